// Contacts that are drawn: the same number gives the same contacts on every machine.

import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export const OPTIONS: Record<string, string[]> = {
  client_type: ["Cabinet", "Exploitation", "Concession", "Entreprise de travaux", "Coopérative"],
  software: [
    "A3", "Agroptima", "Aspel", "Bejerman", "Cegid", "Contasol", "Contpaqi", "EBP", "Ekylibre", "Holded", "Isagri", "Pennylane",
    "Quadra", "Sage", "Smag Farmer", "Tango", "Xubio",
  ],
};

const HEADER =
  "external_id,country,first_name,last_name,email,mobile,organization,status,tags,segments,created_at,last_interaction,billed,employees,client_type,newsletter,software,birthday";

const FIRST = [
  "Adèle", "Agnès", "Ana", "Arthur", "Aurélie", "Béatrice", "Benoît", "Camille", "Carmen", "Cédric", "Chloé", "Clément", "Daniel", "Diego",
  "Élodie", "Émile", "Estelle", "Fanny", "François", "Gaëlle", "Hugo", "Inès", "Jérôme", "José", "Julie", "Karim", "Léa", "Léo", "Lucía",
  "Manon", "Marc", "María", "Mateo", "Nadia", "Noé", "Océane", "Paul", "Rosa", "Sofía", "Thomas", "Valérie", "Yann", "Zoé",
];
const LAST = [
  "Álvarez", "Bernard", "Blanc", "Bonnet", "Castro", "Chevalier", "D'Hœker", "Dupont", "Durand", "Étienne", "Faure", "Fernández", "Fontaine",
  "Garcia", "Gauthier", "Gómez", "Guérin", "Hébrard", "Jiménez", "Lambert", "Leclerc", "Lefèvre", "López", "Marchand", "Martin", "Martínez",
  "Mercier", "Moreau", "Muñoz", "Navarro", "Noël", "Olivier", "Ortega", "Perrin", "Petit", "Renard", "Robin", "Rousseau", "Ruiz", "Sánchez",
];
const COMPANIES = ["Agri Services", "Cabinet Loire", "Compta Rivière", "Coop du Val", "Ferme des Tilleuls", "Groupe Armor", "Rancho Los Piñones", "Talleres Peña"];
const TAGS = ["fidèle", "référence", "à rappeler", "salon", "newsletter", "pièces détachées", "premium", "export"];
const SEGMENTS = ["Région Nord", "Région Sud", "Région Est", "Région Ouest"];
const DIALLED: [country: string, prefix: string, digits: number][] = [
  ["FR", "+336", 8],
  ["BE", "+32475", 6],
  ["ES", "+346", 8],
];
/** The day before which everything was: 1 November 2026. */
const TODAY = Date.UTC(2026, 10, 1);
const DAY = 86_400_000;

/** Numbers that look random, from 0 to `below`: mulberry32. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

const of = <T>(items: readonly T[], index: number): T => items[index % items.length] as T;
const plain = (text: string) => text.normalize("NFD").replace(/[^a-zA-Z]/g, "").toLowerCase();
const day = (daysAgo: number) => new Date(TODAY - daysAgo * DAY).toISOString().slice(0, 10);

export function contactRow(index: number): string {
  const draw = numbers(index + 1);
  const first = of(FIRST, draw(FIRST.length));
  const last = of(LAST, draw(LAST.length));
  const [country, prefix, digits] = of(DIALLED, draw(DIALLED.length));
  const mobile = draw(10) === 0 ? "" : prefix + String(draw(10 ** digits)).padStart(digits, "0");
  const status = of(["lead", "lead", "lead", "active", "active", "inactive", "vip"], draw(7));
  const some = (items: readonly string[], most: number) =>
    [...new Set(Array.from({ length: draw(most + 1) }, () => of(items, draw(items.length))))].join("; ");
  const age = draw(2_000);
  const heard = draw(3) === 0 ? "" : day(draw(age + 1));
  const cells = [
    `G-${index}`,
    country,
    first,
    last,
    `${plain(first)}.${plain(last)}.${index}@example.com`,
    mobile,
    of(COMPANIES, draw(COMPANIES.length)),
    status,
    some(TAGS, 2),
    some(SEGMENTS, 1),
    day(age),
    heard,
    draw(4) === 0 ? "" : (draw(20_000_000) / 100).toFixed(2),
    String(1 + draw(250)),
    of(OPTIONS["client_type"] ?? [], draw(5)),
    of(["yes", "no", ""], draw(3)),
    some(OPTIONS["software"] ?? [], 2),
    draw(2) === 0 ? "" : day(7_000 + draw(18_000)),
  ];
  return cells.join(",");
}

/** Writes a CSV file of so many contacts. */
export async function writeContacts(path: string, contacts: number): Promise<void> {
  await pipeline(Readable.from(chunks(contacts)), createWriteStream(path));
}

/** The file in pieces of some thousand rows. */
function* chunks(contacts: number): Generator<string> {
  yield `${HEADER}\n`;
  const size = 5_000;
  for (let from = 0; from < contacts; from += size) {
    const rows = Array.from({ length: Math.min(size, contacts - from) }, (_, index) => contactRow(from + index));
    yield `${rows.join("\n")}\n`;
  }
}
