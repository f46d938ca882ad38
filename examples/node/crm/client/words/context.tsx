// The language of the page, for all of its parts.

import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import type { WireValue } from "../../shared/api.ts";
import type { Words } from "./en.ts";
import { languages, preferred, type Language } from "./languages.ts";

const STORED = "tagmata-crm-language";

interface Speech {
  language: Language;
  words: Words;
  speak: (language: Language) => void;
}

const SpeechContext = createContext<Speech | null>(null);

export function Speaking({ children }: { children: ReactNode }) {
  const [language, speak] = useState<Language>(() => {
    const stored = localStorage.getItem(STORED);
    return preferred(stored === null ? navigator.languages : [stored]);
  });
  const words = languages[language];
  useEffect(() => {
    localStorage.setItem(STORED, language);
    document.documentElement.lang = language;
    document.title = words.title;
  }, [language, words]);
  const speech = useMemo(() => ({ language, words, speak }), [language, words]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (speech === null) throw new Error("the page has no language");
  return speech;
}

export const useWords = (): Words => useSpeech().words;

/** A language as the browser's user writes it: of English, it may be that of Ireland. */
function variant(language: Language): string {
  return navigator.languages.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
}

/** How the language writes numbers. */
export function useNumber(): (number: number) => string {
  const { language } = useSpeech();
  return useMemo(() => {
    const format = new Intl.NumberFormat(variant(language));
    return (number) => format.format(number);
  }, [language]);
}

export interface Formats {
  number: (number: number) => string;
  instant: (text: string) => string;
  value: (value: WireValue | undefined, type: string) => string;
}

/** Numbers, days and instants as the language writes them; instants in the zone of the book. */
export function useFormats(timezone: string): Formats {
  const { language, words } = useSpeech();
  return useMemo(() => {
    const locale = variant(language);
    const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
    const instants = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: timezone });
    const days = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
    const instant = (text: string) => instants.format(new Date(text));
    const value = (value: WireValue | undefined, type: string): string => {
      if (value === null || value === undefined) return "";
      if (Array.isArray(value)) return value.join(", ");
      if (typeof value === "boolean") return value ? words.contact.yes : words.contact.no;
      if (typeof value === "number") return type === "id" ? String(value) : numbers.format(value);
      if (type === "datetime") return instant(value);
      return type === "date" ? days.format(new Date(value)) : value;
    };
    return { number: (number) => numbers.format(number), instant, value };
  }, [language, words, timezone]);
}
