// The languages of the page.

import { en, type Words } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";

export const languages = { en, fr, es } as const satisfies Record<string, Words>;
export type Language = keyof typeof languages;
export const names: Record<Language, string> = { en: "English", fr: "Français", es: "Español" };

/** The first language of a browser that the page speaks; English if it speaks none. */
export function preferred(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const [language = ""] = tag.toLowerCase().split("-");
    if (language in languages) return language as Language;
  }
  return "en";
}
