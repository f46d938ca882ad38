// Numbers in words: `1 contact`, `2 contacts`.

export interface Counting {
  /** A number as it is written. */
  n: (number: number) => string;
  /** A number and what it counts. */
  count: (number: number, one: string, other: string) => string;
}

/** How a language counts: in French, 0 takes the singular. */
export function counting(language: string): Counting {
  const format = new Intl.NumberFormat(language);
  const rules = new Intl.PluralRules(language);
  const n = (number: number) => format.format(number);
  const count = (number: number, one: string, other: string) =>
    `${n(number)} ${rules.select(number) === "one" ? one : other}`;
  return { n, count };
}
