// What the page and the server say to each other. Requests are schemas, so that the server refuses whatever else
// comes; their types, and those of the answers, are all that the page takes from here.

import { Type, type Static } from "@sinclair/typebox";

const exact = { additionalProperties: false } as const;
const optional = Type.Optional;

/** The longest filter, as tagmata has it. */
const FILTER = Type.String({ maxLength: 65_536 });
const NAME = Type.String({ minLength: 1, maxLength: 1_000 });
const ID = Type.Integer({ minimum: 0, maximum: 4_294_967_295 });

/** Which contacts a list shows: all that are given have to match. */
export const ListQuery = Type.Object(
  { preset: optional(NAME), filter: optional(FILTER), search: optional(Type.String({ maxLength: 1_000 })) },
  exact,
);
export type ListQuery = Static<typeof ListQuery>;

/** A page of a list: by its place, or behind a contact. */
export const PageRequest = Type.Object(
  {
    list: ListQuery,
    sort: optional(NAME),
    offset: optional(Type.Integer({ minimum: 0 })),
    after: optional(ID),
    limit: Type.Integer({ minimum: 1, maximum: 200 }),
  },
  exact,
);
export type PageRequest = Static<typeof PageRequest>;

/** Ticked contacts, or all of a list but some; then with the number that there must be. */
export const Chosen = Type.Union([
  Type.Object({ ids: Type.Array(ID, { minItems: 1, maxItems: 100_000 }) }, exact),
  Type.Object(
    { list: ListQuery, exclude: Type.Array(ID, { maxItems: 100_000 }), expect: Type.Integer({ minimum: 0 }) },
    exact,
  ),
]);
export type Chosen = Static<typeof Chosen>;

const Value = Type.Union([
  Type.String({ maxLength: 4_096 }),
  Type.Number(),
  Type.Boolean(),
  Type.Array(NAME, { maxItems: 1_000 }),
  Type.Null(),
]);
const TAGS = Type.Array(NAME, { minItems: 1, maxItems: 100 });

/** What is done to many contacts at once. */
export const Action = Type.Union([
  Type.Object({ do: Type.Literal("add_tags"), tags: TAGS }, exact),
  Type.Object({ do: Type.Literal("remove_tags"), tags: TAGS }, exact),
  Type.Object({ do: Type.Literal("set_status"), status: NAME }, exact),
  Type.Object({ do: Type.Literal("add_to_segment"), segment: NAME }, exact),
  Type.Object({ do: Type.Literal("remove_from_segment"), segment: NAME }, exact),
  Type.Object({ do: Type.Literal("set_field"), field: NAME, value: Value }, exact),
  Type.Object({ do: Type.Literal("delete") }, exact),
]);
export type Action = Static<typeof Action>;

export const BulkRequest = Type.Object({ contacts: Chosen, action: Action }, exact);
export type BulkRequest = Static<typeof BulkRequest>;

export const UndoRequest = Type.Object({ force: optional(Type.Boolean()) }, exact);
export type UndoRequest = Static<typeof UndoRequest>;

/** Values of one contact by the keys of fields; `null` clears a field. */
export const ContactRequest = Type.Object({ values: Type.Record(NAME, Value, { maxProperties: 500 }) }, exact);
export type ContactRequest = Static<typeof ContactRequest>;

export const InteractionRequest = Type.Object(
  {
    kind: NAME,
    at: optional(Type.String({ maxLength: 64 })),
    amount: optional(Type.String({ maxLength: 64 })),
    label: optional(Type.String({ maxLength: 1_000 })),
  },
  exact,
);
export type InteractionRequest = Static<typeof InteractionRequest>;

/** Why a contact is in a segment, or in a list. */
export const ExplainRequest = Type.Union([
  Type.Object({ segment: NAME }, exact),
  Type.Object({ list: ListQuery }, exact),
]);
export type ExplainRequest = Static<typeof ExplainRequest>;

/** A filter in one of its spellings; the answer has the other. */
export const FilterRequest = Type.Union([
  Type.Object({ text: FILTER }, exact),
  Type.Object({ tree: Type.Object({}, { additionalProperties: true }) }, exact),
]);
export type FilterRequest = { text: string } | { tree: QueryTree };

/** A segment by a filter, or with these first members, or empty. */
export const SegmentRequest = Type.Object(
  { name: NAME, filter: optional(FILTER), members: optional(Chosen) },
  exact,
);
export type SegmentRequest = Static<typeof SegmentRequest>;

export const SegmentChange = Type.Object({ name: optional(NAME), filter: optional(FILTER) }, exact);
export type SegmentChange = Static<typeof SegmentChange>;

export const SegmentPreview = Type.Object({ filter: FILTER }, exact);
export type SegmentPreview = Static<typeof SegmentPreview>;

/** Whether somebody is in a segment whatever its filter says, or out, or neither. */
export const PinRequest = Type.Object(
  { pin: Type.Union([Type.Literal("in"), Type.Literal("out"), Type.Null()]) },
  exact,
);
export type PinRequest = Static<typeof PinRequest>;

export const TagChange = Type.Object({ name: NAME }, exact);
export type TagChange = Static<typeof TagChange>;

/** How an uploaded file is read. */
export const ImportRequest = Type.Object(
  {
    of: Type.Union([Type.Literal("contacts"), Type.Literal("interactions")]),
    columns: optional(Type.Record(NAME, Type.Union([NAME, Type.Null()]), { maxProperties: 500 })),
    unknownSegments: optional(Type.Union([Type.Literal("skip"), Type.Literal("reject"), Type.Literal("create")])),
    update: optional(Type.Union([Type.Literal("always"), Type.Literal("fill_empty"), Type.Literal("never")])),
    invalidValues: optional(Type.Union([Type.Literal("reject"), Type.Literal("skip")])),
    dates: optional(Type.Union([Type.Literal("dmy"), Type.Literal("mdy")])),
    decimal: optional(Type.Union([Type.Literal("."), Type.Literal(",")])),
    replaceSegments: optional(Type.Boolean()),
  },
  exact,
);
export type ImportRequest = Static<typeof ImportRequest>;

/** A value as it is on the way: instants are texts of RFC 3339. */
export type WireValue = string | number | boolean | string[] | null;

/** A group or rule of react-querybuilder. */
export interface QueryTree {
  id?: string;
  combinator: string;
  not?: boolean;
  rules: (QueryTree | QueryRule)[];
}
export interface QueryRule {
  id?: string;
  field: string;
  operator: string;
  value?: unknown;
}

/** One problem, as tagmata tells it. */
export interface Problem {
  code: string;
  severity: "error" | "warning";
  message: string;
  start: number | null;
  end: number | null;
  pointer: string | null;
  field: string | null;
  id: string | null;
  help: string | null;
  expected: string[];
}

/** The answer to a request that is refused. */
export interface Refusal {
  code: string;
  message: string;
  diagnostics: Problem[];
}

export interface ContactRow {
  id: number;
  name: string | null;
  values: Record<string, WireValue>;
}

export interface PageAnswer {
  total: number;
  contacts: ContactRow[];
}

export interface ContactAnswer extends ContactRow {
  staticSegments: string[];
  interactions: { kind: string; at: string; amount: number | null; label: string | null }[];
  history: {
    change: string;
    at: string;
    actor: string | null;
    cause: string;
    rule: string | null;
    old: string | number | null;
    new: string | number | null;
  }[];
  /** The dynamic segments in which the contact is pinned. */
  pins: Record<string, "in" | "out">;
}

export interface ExplainedPart {
  text: string;
  verdict: boolean;
  decides: boolean;
  value: string | null;
  validUntil: string | null;
  children: ExplainedPart[];
}

export interface ExplanationAnswer {
  verdict: boolean;
  validUntil: string | null;
  tree: ExplainedPart;
  /** Whether the filter does not decide, because the contact is pinned. */
  pin: "in" | "out" | null;
}

export interface FilterAnswer {
  /** The canonical text; blank where everybody matches because nothing is asked. */
  text: string;
  /** The tree, or `null` where a query builder cannot show the filter. */
  tree: QueryTree | null;
  /** Why there is no tree. */
  untold: string | null;
  lints: Problem[];
  count: number;
}

export interface SegmentAnswer {
  name: string;
  kind: "static" | "dynamic";
  count: number | null;
  filter: string | null;
  error: string | null;
  pins: number;
}

export interface TagAnswer {
  name: string;
  count: number;
}

export interface SegmentShare {
  text: string;
  count: number;
  removes: number | null;
  adds: number | null;
  children: SegmentShare[];
}

export interface SegmentExplanationAnswer {
  name: string;
  count: number | null;
  everybody: number;
  tree: SegmentShare | null;
  alwaysIn: SegmentShare | null;
  alwaysOut: SegmentShare | null;
  error: string | null;
}

export interface Choice {
  key: string;
  label: string;
}

export interface FieldAnswer {
  key: string;
  label: string;
  type: string;
  options: Choice[];
}

export interface BuilderField {
  name: string;
  label: string;
  datatype?: string;
  operators: { name: string; label: string }[];
  valueEditorType?: string;
  inputType?: string;
  values?: { name: string; label: string }[];
}

/** All that a page has to know of a book to draw itself. */
export interface DefinitionsAnswer {
  timezone: string;
  everybody: number;
  fields: FieldAnswer[];
  statuses: Choice[];
  kinds: string[];
  tags: TagAnswer[];
  presets: { key: string; label: string }[];
  segments: SegmentAnswer[];
  builder: BuilderField[];
}

/** Who enters and leaves segments, as numbers by the names of the segments. */
export interface Moves {
  entered: Record<string, number>;
  left: Record<string, number>;
}

/** What a change came to, or would come to. */
export interface ChangeAnswer extends Moves {
  /** The number of the commit, by which it is undone; `null` where nothing changed. */
  commit: number | null;
  contacts: number;
  warnings: Problem[];
}

export interface PreviewAnswer extends ChangeAnswer {
  /** How many contacts were chosen; the others of them are so already. */
  chosen: number;
}

export interface CreatedAnswer extends ChangeAnswer {
  id: number;
}

/** What everybody who looks at the page is told after each change. */
export interface ChangeEvent extends Moves {
  commit: number | null;
  cause: "call" | "import" | "undo" | "rule" | "time";
  contacts: number;
  everybody: number;
  /** The new numbers of members of the segments that somebody entered or left; `null` of one that is broken. */
  counts: Record<string, number | null>;
  tags: TagAnswer[];
  /** Whether fields, tags or segments were made, renamed or deleted. */
  definitions: boolean;
}

export interface UploadAnswer {
  id: string;
  bytes: number;
}

/** How far a file has been read; the last time with `done`. Meanwhile the book takes no other changes. */
export interface ImportEvent {
  id: string;
  dryRun: boolean;
  done: boolean;
  doneBytes: number;
  totalBytes: number;
  rows: number;
}

export interface ImportProblem {
  row: number;
  line: number;
  column: string | null;
  code: string;
  message: string;
  value: string;
}

export interface ReportAnswer {
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  ignoredColumns: string[];
  /** The first problems, of so many. */
  problems: ImportProblem[];
  problemsTotal: number;
  /** What it came to; of a dry run, what it would come to. */
  change: ChangeAnswer;
}
