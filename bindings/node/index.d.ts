/** An instant: a date, or text such as `2026-11-24T09:00:00Z`; text without a zone is in the zone of the book. */
export type Instant = Date | string

/** Ids of contacts. */
export type Ids = Uint32Array | readonly number[]

/** A filter: its text, canonical JSON or a query-builder tree as an object, or one that `book.filter` has made. */
export type FilterLike = string | Filter | CanonicalFilter | QueryBuilderGroup

/** A segment by its name, or as `book.segment` has given it. */
export type SegmentLike = string | Segment

/** Contacts: a filter (text is always a filter), a segment as `book.segment` has given it, an id, ids, or a selection. */
export type SelectionLike = FilterLike | Segment | number | Ids | Selection

/** A value of a contact: days are texts such as `2026-11-24`, lists are names, `null` is no value. */
export type FieldValue = string | number | boolean | Date | string[] | null

/** What a custom field holds. */
export type FieldType = 'text' | 'number' | 'bool' | 'date' | 'datetime' | 'select' | 'multi_select'

/** What only standard fields hold. */
export type StandardFieldType = 'email' | 'phone' | 'status' | 'country' | 'tags' | 'segments' | 'id'

/** What made a change: a call, the import of a file, an undo, or a rule. */
export type Cause = 'call' | 'import' | 'undo' | 'rule'

/** The rules that every book has. */
export type DefaultRule = 'first_appointment' | 'first_group_event' | 'first_payment' | 'first_invoice'

/** What changed in the history of a contact. */
export type Change =
  | 'created'
  | 'status'
  | 'tag_added'
  | 'tag_removed'
  | 'segment_added'
  | 'segment_removed'
  | 'merged'

/** Values of a contact by the keys of fields. `null` clears a field, `undefined` says nothing about it. */
export interface ContactValues {
  /** The id of the contact in another system. */
  external_id?: string | null
  /** The number of its account. */
  account_number?: string | null
  /** Its first name. */
  first_name?: string | null
  /** Its last name. */
  last_name?: string | null
  /** Its e-mail address, by which it is found. */
  email?: string | null
  /** Its phone number, international or as it is written in its country or that of the book; kept as E.164. */
  mobile?: string | null
  /** Its country: two letters of ISO 3166-1. */
  country?: string | null
  /** Where it works. */
  organization?: string | null
  /** Where it came from. */
  source?: string | null
  /** The key of its status; `lead` for a new contact of which nothing is said. */
  status?: string | null
  /** Its tags by name; those that are new are made. */
  tags?: string[] | null
  /** Its static segments by name. */
  segments?: string[] | null
  /** When it was created; now if nothing is said. */
  created_at?: Instant | null
  /** When it was last heard of. */
  last_interaction?: Instant | null
  /** The value of a custom field by its key. */
  [field: string]: FieldValue | undefined
}

/** One key of a contact and its value. */
export type ContactKey =
  | { external_id: string }
  | { email: string }
  | { mobile: string }
  | { account_number: string }

/** How a book is made. */
export interface BookOptions {
  /** The IANA zone in which days begin; UTC if nothing is said. */
  timezone?: string
  /** The country in which phone numbers without country are read: two letters of ISO 3166-1; none if nothing is said. */
  defaultCountry?: string | null
  /** The first day of the week; Monday if nothing is said. */
  weekStart?: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday'
  /** When 29 February is kept in other years; on 28 February if nothing is said. */
  leapDay?: 'feb_28' | 'mar_1' | 'skip'
  /**
   * The clock of the system; an instant at which the book stands until it is moved by `advance`; or a clock of your own,
   * which is asked before each change. Where it runs backwards, time stands still.
   */
  clock?: 'system' | Instant | (() => Instant)
  /** How large filters may be. */
  limits?: FilterLimits
}

/** What a book tells those who listen to it. */
export interface BookEvents {
  /** What became true: by a call, an import, an undo, or a rule. */
  commit: Commit
  /** Who is in a segment now and was not before. */
  entered: Move
  /** Who was in a segment before and is not now. */
  left: Move
}

/** What is called at an event of a book. */
export type BookListener<Name extends keyof BookEvents> = (event: BookEvents[Name]) => void

/** Contacts that entered or left a segment. */
export interface Move {
  /** The segment, by the name that it had then. */
  segment: string
  /** The contacts, by their ids, ascending. */
  contacts: Uint32Array
  /** The change that made it happen; null where time passed, or where another program changed the book. */
  commit: Commit | null
}

/** What a commit says, for people. */
export interface CommitObject {
  /** Its number. */
  commit: number
  /** When it happened, as text of RFC 3339. */
  at: string
  /** Who did it; null if nobody was named. */
  actor: string | null
  /** What made it happen. */
  cause: Cause
  /** What became true, in its order. */
  facts: Array<{ fact: string; [member: string]: unknown }>
  /** What else there is to say, such as the commit that it undoes. */
  [member: string]: unknown
}

/** How much of a commit is told. */
export interface CommitObjectOptions {
  /** How many items its lists have at most; 100 if nothing is said. */
  most?: number
}

/** Which commits a durable book keeps: all of them, so many of the last ones, or those of so many days. */
export type Retention = 'all' | { commits: number } | { days: number }

/** How work on the file of a book is watched and stopped. */
export interface WatchOptions {
  /** Stops the work: nothing has changed then, and the promise is rejected with the reason. What has come to its end by then stays. */
  signal?: StopSignal
  /**
   * Called at most ten times a second, and at the end. It is not waited for: where it throws, the work stops as soon as it hears of that, and the
   * promise is rejected with what was thrown.
   */
  onProgress?: (progress: WorkProgress) => void
}

/** How far work on the file of a book has come: in rows, pages, commits or steps, as the work is. */
export interface WorkProgress {
  /** What is done. */
  done: number
  /** What there is to do. */
  total: number
}

/** How a durable book is opened. Settings are those of a new book; one that is there must have those that are named. */
export interface OpenOptions extends BookOptions, WatchOptions {
  /** For reading only, while another program may change the book: `refresh` takes over what it did. */
  readOnly?: boolean
  /** Whether a new book is made where there is no file; it is if nothing is said. */
  create?: boolean
  /**
   * When a change waits for the disk: before it is answered, if nothing is said, or with `normal` now and then, so that a loss
   * of power may undo the last changes. The crash of a program undoes nothing.
   */
  synchronous?: 'full' | 'normal'
  /** Whether the file has a table of the members of dynamic segments, for other programs; as the file says if nothing is said. */
  materializeSegments?: boolean
  /** Which commits are kept; as the file says if nothing is said, which for a new one is all. */
  retention?: Retention
}

/** How large filters may be. */
export interface FilterLimits {
  /** Bytes of a filter text. */
  source?: number
  /** Groups, `not`s and brackets inside each other. */
  nesting?: number
  /** Segments that refer to segments in a row. */
  segmentDepth?: number
  /** Groups, `not`s and conditions of a filter. */
  nodes?: number
  /** Items of one list. */
  listItems?: number
  /** Bytes of one string. */
  string?: number
  /** Diagnostics that are reported at once. */
  diagnostics?: number
}

/** Settings that are changed; those that are not named stay. */
export type SettingsChanges = Omit<BookOptions, 'clock'>

/** All definitions of a book as one document. */
export interface Definitions {
  /** The version of the format. */
  v: 1
  /** Fields, statuses, kinds, tags, segments, rules and settings. */
  [section: string]: unknown
}

/** How definitions are applied. */
export interface ApplyOptions extends ChangeOptions {
  /** Whether what the document does not list is deleted, within each list that it has. */
  prune?: boolean
}

/** What a page of a list is to hold. */
export interface PageOptions {
  /** Only whom this filter finds. */
  filter?: FilterLike
  /** The key of a preset. */
  preset?: string
  /** What is in the name, the e-mail address or the phone number; blank leaves nobody out. */
  search?: string
  /** A field, with `-` before it for the largest value first; `last_name` if nothing is said. */
  sort?: string
  /** How many are passed over. */
  offset?: number
  /** At most so many contacts: 1 to 1,000; 50 if nothing is said. */
  limit?: number
  /** The contact behind which the page starts. */
  after?: number
}

/** How many contacts come at once. */
export interface BatchOptions {
  /** How many contacts at once: 1 to 100,000; 1,000 if nothing is said. */
  batch?: number
}

/** A contact as a plain object: its values by field, `id` and all segments included. */
export type ContactRecord = { id: number } & Record<string, FieldValue>

/** By what contacts are counted, and whom. */
export interface BreakdownOptions {
  /** The field whose values are the rows. */
  by: string
  /** Only whom this filter finds. */
  filter?: FilterLike
  /** The field of numbers that is added up. */
  measure?: string
}

/** Why somebody does not get a broadcast. */
export type SkipReason = 'excluded' | 'opted_out' | 'no_mobile' | 'no_email' | 'same_address'

/** Who is left out of an audience. What is `null` or `undefined` is refused. */
export interface AudienceOptions {
  /** Segments whose members are left out. */
  exclude?: readonly SegmentLike[]
  /** Only those whom it reaches, and each address once. */
  channel?: 'sms' | 'email'
  /** Fields of type `bool` or tags of those who have opted out. */
  optOut?: string | readonly string[]
}

/** A CSV file: a path, bytes, or a readable stream, which is read to its end before anything is imported. */
export type CsvSource = string | Uint8Array | AsyncIterable<Uint8Array | string>

/** What an `AbortSignal` has. */
export interface StopSignal {
  /** Whether work is to stop. */
  readonly aborted: boolean
  /** Why. */
  readonly reason: any
  /** Throws the reason if work is to stop. */
  throwIfAborted(): void
}

/** To where a CSV file is written: a path, or a stream of Node or of the web, which is ended behind it. */
export type CsvTarget = string | WritableTarget | WritableStreamTarget

/** What is called of a `Writable` of Node. */
export interface WritableTarget {
  /** Takes a part of the file. */
  write(chunk: any, ...rest: any[]): any
  /** Is told that there is no more. */
  end(...rest: any[]): any
}

/** What is called of a `WritableStream` of the web. */
export interface WritableStreamTarget {
  /** Gives what takes the parts of the file. */
  getWriter(): any
}

/** How far an export has come that is written to a stream. */
export interface ExportProgress {
  /** The bytes that the stream took. */
  doneBytes: number
  /** The bytes of the whole file. */
  totalBytes: number
}

/** How far an import has come. */
export interface ImportProgress {
  /** The bytes that were read. */
  doneBytes: number
  /** The bytes of the whole file. */
  totalBytes: number
  /** Rows that were read. */
  rows: number
}

/** How a CSV file is read. */
export interface CsvImportOptions extends ChangeOptions {
  /** By which keys a row finds its contact; by external id, e-mail address and mobile number if nothing is said. */
  match?: ReadonlyArray<'external_id' | 'email' | 'mobile' | 'account_number'>
  /** What becomes of a row with a value that cannot be read; `reject` if nothing is said. */
  invalidValues?: 'reject' | 'skip'
  /** Which number of `31/12/2026` is the day; found out if nothing is said. */
  dates?: 'dmy' | 'mdy'
  /** The sign before fractions; found out if nothing is said. */
  decimal?: '.' | ','
  /** Fields by headers; `null` ignores a column. */
  columns?: Record<string, string | null>
  /** The sign between cells; found out if nothing is said. */
  delimiter?: ',' | ';' | '\t'
  /** A label of the WHATWG Encoding Standard; found out if nothing is said. */
  encoding?: string
  /** Whether it only says what would happen; refused where it is `null` or `undefined`. */
  dryRun?: boolean
  /** Stops the import: nothing has changed then, and the promise is rejected with the reason. */
  signal?: StopSignal
  /** Called at most ten times a second. What it throws stops the import. Inside, the book takes no calls. */
  onProgress?: (progress: ImportProgress) => void
}

/** How a CSV file is read, and how its rows become contacts. */
export interface ImportOptions extends CsvImportOptions {
  /** Whether contacts leave the static segments that their row does not name. */
  replaceSegments?: boolean
  /** What becomes of names of segments that there are not; `skip` if nothing is said. */
  unknownSegments?: 'skip' | 'reject' | 'create'
  /** What rows change at contacts that are there; `always` if it is left out, refused where it is `null` or `undefined`. */
  update?: 'always' | 'fill_empty' | 'never'
  /** Whether rows that are nobody's make contacts; they do if it is left out, and it is refused where it is `null` or `undefined`. */
  create?: boolean
}

/** What a CSV file is to hold. */
export interface ExportOptions {
  /** Everyone if nothing is said. */
  filter?: FilterLike
  /** The keys or labels of fields. */
  columns?: readonly string[]
  /** Whether cells that a spreadsheet would run as formulas are guarded; they are if nothing is said. */
  guardFormulas?: boolean
  /** Stops the export, before it has begun or while a stream takes it; the promise is then rejected with the reason of the signal. */
  signal?: StopSignal
  /** Called as a stream takes the file. What it throws stops the export. */
  onProgress?: (progress: ExportProgress) => void
}

/**
 * Changes of many contacts, made on a thread of their own: the same as those of the book, as promises. What is asked of the book meanwhile waits
 * until the change is true.
 */
export interface BookPromises {
  /** `addTags` of the book. */
  addTags(...given: Parameters<Book['addTags']>): Promise<Outcome>
  /** `removeTags` of the book. */
  removeTags(...given: Parameters<Book['removeTags']>): Promise<Outcome>
  /** `setStatus` of the book. */
  setStatus(...given: Parameters<Book['setStatus']>): Promise<Outcome>
  /** `updateContacts` of the book. */
  updateContacts(...given: Parameters<Book['updateContacts']>): Promise<Outcome>
  /** `deleteContacts` of the book. */
  deleteContacts(...given: Parameters<Book['deleteContacts']>): Promise<Outcome>
  /** `addToSegment` of the book. */
  addToSegment(...given: Parameters<Book['addToSegment']>): Promise<Outcome>
  /** `removeFromSegment` of the book. */
  removeFromSegment(...given: Parameters<Book['removeFromSegment']>): Promise<Outcome>
  /** `deleteInteractions` of the book. */
  deleteInteractions(...given: Parameters<Book['deleteInteractions']>): Promise<Outcome>
  /** `undo` of the book. */
  undo(...given: Parameters<Book['undo']>): Promise<Outcome>
}

/** Long work is done on a thread of its own, and iteration on the caller's. */
export interface Book {
  /**
   * Changes of many contacts as promises: a server takes other requests while they are written.
   *
   * ```js
   * await book.promises.addTags("last_interaction more than 90 days ago", ["dormant"]);
   * ```
   */
  readonly promises: BookPromises
  /**
   * Calls a function at each event, in the order in which things became true; in a durable book, once they are on the disk. Changes by
   * other threads and through other objects of the same book are told, too, and what `refresh` takes over.
   *
   * It is called when the call that changed the book has returned, and before its promise is kept. Where it throws, the change is true
   * all the same, and the error is that of the process.
   *
   * ```js
   * book.on("entered", ({ segment, contacts }) => console.log(`${contacts.length} entered ${segment}`));
   * ```
   */
  on<Name extends keyof BookEvents>(event: Name, listener: BookListener<Name>): this
  /** Calls a function at the next event. */
  once<Name extends keyof BookEvents>(event: Name, listener: BookListener<Name>): this
  /** Calls a function no more. */
  off<Name extends keyof BookEvents>(event: Name, listener: BookListener<Name>): this
  /** The same as `on`. */
  addListener<Name extends keyof BookEvents>(event: Name, listener: BookListener<Name>): this
  /** The same as `off`. */
  removeListener<Name extends keyof BookEvents>(event: Name, listener: BookListener<Name>): this
  /** Calls a function at each event, before those that are called already. */
  prependListener<Name extends keyof BookEvents>(event: Name, listener: BookListener<Name>): this
  /** Calls a function at the next event, before those that are called already. */
  prependOnceListener<Name extends keyof BookEvents>(event: Name, listener: BookListener<Name>): this
  /** Calls no function any more, at one event or at all. */
  removeAllListeners(event?: keyof BookEvents): this
  /** How many functions are called at an event. */
  listenerCount(event: keyof BookEvents): number
  /** The functions that are called at an event. */
  listeners<Name extends keyof BookEvents>(event: Name): Array<BookListener<Name>>
  /** The events at which functions are called. */
  eventNames(): Array<keyof BookEvents>
  /** Imports a CSV file as one commit: a row is imported, or rejected with all that is wrong with it. */
  importCsv(source: CsvSource, options?: ImportOptions): Promise<ImportReport>
  /** Imports interactions of contacts that are there as one commit; what is recorded already is counted as unchanged. */
  importInteractions(source: CsvSource, options?: CsvImportOptions): Promise<ImportReport>
  /**
   * Writes contacts as a CSV file, and gives the number of rows. A stream gets it as fast as it takes it, as the contacts were at one moment,
   * and is ended; a path has the whole file, or what was there before.
   *
   * ```js
   * response.setHeader("content-type", "text/csv; charset=utf-8");
   * await book.exportCsv(response, { filter: "status = vip" });
   * ```
   */
  exportCsv(target: CsvTarget, options?: ExportOptions): Promise<number>
  /** Writes contacts as the text of a CSV file. */
  exportCsv(path?: null, options?: ExportOptions): Promise<string>
  /** The contacts of a selection in batches, as plain objects; who is deleted meanwhile is passed over. */
  forEach(selection: SelectionLike, options?: BatchOptions): Generator<ContactRecord[], void, undefined>
  /** Closes the book at the end of the block of an `await using`. */
  [Symbol.asyncDispose](): Promise<void>
}

declare global {
  interface SymbolConstructor {
    readonly asyncDispose: unique symbol
  }
}

/** Options of every call that changes a book. */
export interface ChangeOptions {
  /** Who makes the change, in words of your own: a user, a job. */
  actor?: string | null
}

/** Options of calls that something may stand against. */
export interface ForceOptions extends ChangeOptions {
  /** Even if something stands against it. */
  force?: boolean
}

/** Options of calls that name something. */
export interface LabelOptions extends ChangeOptions {
  /** What people see; made from the key if nothing is said. */
  label?: string | null
}

/** What a new field has. */
export interface FieldOptions extends LabelOptions {
  /** The options of a field of options: names, or labels by key. */
  options?: readonly string[] | Record<string, string>
}

/** What changes of a field. */
export interface FieldChanges extends LabelOptions {
  /** More options of a field of options: names, or labels by key. */
  addOptions?: readonly string[] | Record<string, string>
}

/** The parts of a rule. It fires `on` something, or `when` a filter becomes true. */
export interface RuleOptions extends ChangeOptions {
  /** A kind of interaction or a field, by its key. */
  on?: string
  /** A filter that becomes true. */
  when?: FilterLike
  /** A filter that must be true as well; of a new rule it is refused where it is `null` or `undefined`, and so is `enabled`. */
  condition?: FilterLike
  /** The status that contacts get. */
  setStatus?: string | null
  /** The tags that they get; those that are new are made. */
  addTags?: readonly string[]
  /** The tags that they lose. */
  removeTags?: readonly string[]
  /** The static segments into which they are put. */
  addToSegments?: readonly string[]
  /** The static segments out of which they are taken. */
  removeFromSegments?: readonly string[]
  /** Values by the keys of fields; `null` clears a field. */
  setFields?: Record<string, FieldValue | undefined>
  /** Whether the rule is switched on. */
  enabled?: boolean
  /** Its place among the rules, from 0. */
  position?: number
  /** Does the same at once for the contacts for whom the rule would have fired. */
  applyToExisting?: boolean
}

/** What is to be another about a rule; `null` takes its condition or its status away. */
export interface RuleChanges extends Omit<RuleOptions, 'condition'> {
  /** A filter that must be true as well. */
  condition?: FilterLike | null
  /** Its new name. */
  rename?: string
}

/** Which of the rules that every book has are on. */
export interface AutomationOptions extends ChangeOptions {
  /** The switch of all default rules. */
  leadToActive?: boolean
  /** The switches of single ones. */
  rules?: Partial<Record<DefaultRule, boolean>>
}

/** What changes of a status. */
export interface StatusChanges extends LabelOptions {
  /** The place among the statuses, from 0. */
  position?: number
}

/** How a status is deleted. */
export interface DeleteStatusOptions extends ForceOptions {
  /** The status that its contacts get. */
  replacement?: string | null
}

/** What a new kind of interaction has. */
export interface KindOptions extends ChangeOptions {
  /** Whether it says nothing about the contact's own activity. */
  outgoing?: boolean
}

/** What is recorded of an interaction. */
export interface RecordOptions extends ChangeOptions {
  /** When it happened, or will happen; now if nothing is said. */
  at?: Instant | null
  /** How much was paid, invoiced, …: at most 6 fraction digits. */
  amount?: number | string | null
  /** What it is called. */
  label?: string | null
}

/** An interaction that is to be recorded, also as a list of these in this order. */
export type NewInteraction =
  | { contact: number; kind: string; at?: Instant | null; amount?: number | string | null; label?: string | null }
  | readonly [contact: number, kind: string, at?: Instant | null, amount?: number | string | null, label?: string | null]

/** Interactions that are to be recorded, by columns: one value for all, or one for each contact. */
export interface NewInteractionColumns {
  /** The contacts, one for each interaction. */
  contact: Ids
  /** The kind of all of them, or of each. */
  kind: string | readonly string[]
  /** Milliseconds where it is a `Float64Array`. */
  at?: Instant | ReadonlyArray<Instant | null> | Float64Array | null
  /** The amount of all of them, or of each; null for none. */
  amount?: number | string | ReadonlyArray<number | string | null> | Float64Array | null
  /** The label of all of them, or of each; null for none. */
  label?: string | ReadonlyArray<string | null> | null
}

/** Which interactions are meant: all, unless something is asked of them. What is `null` or `undefined` is refused. */
export interface InteractionQuery extends ChangeOptions {
  /** Only interactions of this kind. */
  kind?: string
  /** In any case. */
  label?: string
  /** At this instant, or later. */
  since?: Instant
  /** Before this instant. */
  until?: Instant
}

/** Who is left out of a selection, and how many there must be. What is `null` or `undefined` is refused. */
export interface SelectionOptions {
  /** Who is left out. */
  exclude?: Ids
  /** How many contacts there must be, those that are left out taken off. */
  expect?: number
}

/** What makes a dynamic segment. */
export interface SegmentChanges {
  /** Who is in it. */
  filter?: FilterLike
  /** Who is in it whatever the filter says. */
  alwaysIn?: Ids
  /** Who is not in it whatever the filter says; of a new segment it is refused where it is `null` or `undefined`. */
  alwaysOut?: Ids
}

/** A dynamic segment has a filter; a static one may have its first members. */
export type SegmentDefinition =
  | (SegmentChanges & { filter: FilterLike; members?: undefined })
  | { members?: SelectionLike; filter?: undefined; alwaysIn?: undefined; alwaysOut?: never }

/** What a new segment is, and who makes it. */
export type SegmentOptions = SegmentDefinition & ChangeOptions

/** A segment to be made with others. */
export type NewSegment = SegmentDefinition & { name: string }

/** A filter as canonical JSON. */
export interface CanonicalFilter {
  /** The version of the format. */
  v: number
  /** The condition. */
  filter: CanonicalNode
}

/** A condition of a canonical filter. */
export interface CanonicalNode {
  /** The operator. */
  op: string
  /** What it is asked of: a field, a value, other conditions. */
  [member: string]: unknown
}

/** A group of a query builder (react-querybuilder). */
export interface QueryBuilderGroup {
  /** The id that the user interface gave it, which errors name. */
  id?: string
  /** `and` or `or`. */
  combinator: string
  /** Whether the opposite is meant. */
  not?: boolean
  /** What is combined. */
  rules: Array<QueryBuilderRule | QueryBuilderGroup>
}

/** A rule of a query builder (react-querybuilder). */
export interface QueryBuilderRule {
  /** The id that the user interface gave it, which errors name. */
  id?: string
  /** The key of a field. */
  field: string
  /** An operator of that field. */
  operator: string
  /** What the field is compared with. */
  value?: unknown
  /** `value`: fields are not compared with each other. */
  valueSource?: string
}

/** A field of a query builder (react-querybuilder). */
export interface QueryBuilderField {
  /** The key of the field. */
  name: string
  /** What people see. */
  label: string
  /** The type of its values. */
  datatype?: string
  /** What can be asked of it. */
  operators: Array<{ name: string; label: string }>
  /** The kind of editor for a value. */
  valueEditorType?: string
  /** The type of the HTML input for a value. */
  inputType?: string
  /** The values to choose from. */
  values?: Array<{ name: string; label: string }>
}

/** A database that filters are written for. */
export type SqlDialect =
  | 'sqlite'
  | 'postgres'
  | 'postgresql'
  | 'mysql'
  | 'mariadb'
  | 'duckdb'
  | 'clickhouse'
  | 'spark'

/** A value that a statement binds. A whole number that no number of JavaScript is exactly is a `bigint`. */
export type SqlParam = string | number | bigint | boolean | string[] | Array<number | bigint>

/** How statements are written. */
export interface SqlOptions {
  /** Whether texts without folds may be compared as the database does it, which a warning says; they may not if nothing is said. */
  approximateText?: boolean
  /**
   * Where the members of segments within filters come from: their filters, which become part of the statement, if nothing is said;
   * or the table of members of the mapping.
   */
  segmentsFrom?: 'filters' | 'members'
  /** How parameters are marked: as the database has them, if nothing is said, or with `%s`. */
  placeholders?: 'native' | 'format'
  /** As of which instant; that of the book if nothing is said. */
  now?: Instant
}

/** What a statement of one filter gives. */
export interface FilterSqlOptions extends SqlOptions {
  /**
   * What is written: a statement that finds the ids of those who match, if nothing is said; one that counts them; or a condition
   * on the table of contacts, which has the name `c` there.
   */
  output?: 'select' | 'count' | 'condition'
}

/** Of which segments a statement is. */
export interface SegmentsSqlOptions extends SqlOptions {
  /** All segments if nothing is said. */
  segments?: readonly SegmentLike[]
}

/** The name of a table, or the names of what it is in, then its own. */
export type SqlTable = string | readonly string[]

/** A value in a mapping. */
export type SqlLiteral = string | number | boolean

/** How statuses, options, tags, segments or kinds are written: by key or name, by number, or as the host writes each. */
export type SqlNames = 'keys' | 'numbers' | { map: Record<string, SqlLiteral> }

/** What makes a fold of a text: functions that the database has, or one that the host gives it. */
export type SqlFolding = 'native' | { function: string }

/** How days, instants, flags and amounts are kept. */
export type SqlFormat =
  | 'timestamp'
  | 'timestamptz'
  | 'seconds'
  | 'millis'
  | 'micros'
  | 'text'
  | 'iso_millis'
  | 'date'
  | 'days'
  | 'boolean'
  | 'number'

/** Where the host keeps contacts, their fields, interactions and memberships: `docs/sql.md` describes it. */
export interface SqlMapping {
  /** The table of contacts, with a row for each. */
  contacts: { table: SqlTable; id: string; tenant?: string }
  /** Whose rows count, where tables have a column `tenant`. */
  tenant?: SqlLiteral
  /** Where the values of fields are, by their keys. */
  fields?: Record<string, SqlField>
  /** Where interactions are, by the key of their kind; `*` for all others. */
  interactions?: Record<string, SqlInteractions>
  /** The table of the members of segments. */
  members?: { table: SqlTable; segment: string; contact: string; tenant?: string }
}

/** Where the values of a field are, and how they are written. */
export interface SqlField {
  /** The column with the value. */
  column?: string
  /** The keys that lead to the value inside a JSON object in the column. */
  path?: readonly string[]
  /** The table with the column, if it is not that of contacts. */
  link?: SqlLink
  /** The table that has the names of what the column refers to. */
  names_in?: { table: SqlTable; id: string; name: string; tenant?: string }
  /** How days, instants and flags are kept. */
  format?: SqlFormat
  /** How statuses, options, tags and segments are written. */
  names?: SqlNames
  /** The column has several values. */
  list?: 'array' | 'json'
  /** The column with what `fold` gives for the text. */
  folded?: string
  /** What compares texts whatever their case. */
  fold?: SqlFolding
  /** The column with what `accentFold` gives for the text. */
  searchable?: string
  /** What searches texts. */
  search_fold?: SqlFolding
  /** Whether it may be null; it may if nothing is said. */
  nullable?: boolean
  /** Whether what was recorded counts too; of `last_interaction` only. */
  recorded?: boolean
}

/** A table with any number of rows for a contact. */
export interface SqlLink {
  /** The table. */
  table: SqlTable
  /** The column of the contact's id. */
  contact: string
  /** Columns that must have a value for a row to count. */
  where?: Record<string, SqlLiteral>
  /** The column with the tenant, if there are several. */
  tenant?: string
}

/** The table of a kind of interactions, or of several. */
export interface SqlInteractions {
  /** The table with a row for each interaction. */
  rows: SqlLink
  /** The column of the kind. */
  kind?: string
  /** How kinds are written. */
  kinds?: SqlNames
  /** The column of the instant. */
  at: string
  /** How the instant is kept. */
  at_format?: SqlFormat
  /** The column with the amount. */
  amount?: string
  /** How the amount is kept. */
  amount_format?: SqlFormat
  /** Where the label is. */
  label?: SqlField
}

/** The form by which a text is compared: what columns of folds hold, and such functions of a database give. */
export declare function fold(text: string): string
/** No text has no form. */
export declare function fold(text: null | undefined): null

/** The form in which a text is searched: folded, without accents. */
export declare function accentFold(text: string): string
/** No text has no form. */
export declare function accentFold(text: null | undefined): null

/** A part of an explanation, with its answer. */
export interface Explained {
  /** The condition in canonical text; `all of`, `any of` or `not` for a group. */
  text: string
  /** The answer for the contact. */
  verdict: boolean
  /** Whether it decided: if every deciding condition were the other way round, so would be the whole. */
  decides: boolean
  /** What a condition looked at, in words. */
  value: string | null
  /** An instant before which the answer certainly holds, if the contact does not change; `null` for ever. */
  validUntil: Date | null
  /** The `id` of the JSON node. */
  id: string | null
  /** The parts below. */
  children: Explained[]
}

/** A condition or group of a segment's filter, or its pins, with what they do to the number of contacts. */
export interface SegmentPart {
  /** The condition in canonical text; `all of`, `any of` or `not` for a group; `always in` or `always out` for pins. */
  text: string
  /** How many contacts match it by itself, or are pinned. */
  count: number
  /** Of a member of `all of`: how many match all other members and not this one. Of pins: how many are out by them alone. */
  removes: number | null
  /** Of a member of `any of`: how many match this one and no other. Of pins: how many are in by them alone. */
  adds: number | null
  /** How many the group would have without it or, without pins, the segment; `null` for what is not in a group. */
  without: number | null
  /** The `id` of the JSON node. */
  id: string | null
  /** The parts below. */
  children: SegmentPart[]
}

/** One problem: what is wrong, where, what is allowed, what is near. */
export interface Diagnostic {
  /** A stable code such as `E0201`. */
  code: string
  /** Errors are refused; warnings say what may surprise. */
  severity: 'error' | 'warning'
  /** What is wrong, in one line. */
  message: string
  /** Where it begins in the text, as an index of the string. */
  start: number | null
  /** Where it ends in the text, as an index of the string. */
  end: number | null
  /** Where it is in a JSON document, or in which part of a rule, as a JSON Pointer. */
  pointer: string | null
  /** The field of a contact that it is about. */
  field: string | null
  /** The `id` of the JSON node that it is in. */
  id: string | null
  /** What to do about it. */
  help: string | null
  /** What is allowed instead: all choices where they are few, the near ones where they are many. */
  expected: string[]
}

/** Whatever tagmata refuses. The message draws all problems over their source. */
export declare class TagmataError extends Error {
  /** The stable code of the first problem, such as `E0201`. */
  code: string
  /** All problems, in the order of their source. */
  diagnostics: Diagnostic[]
  /** The contacts that stand in the way. */
  contacts: Uint32Array
}
/** A filter is wrong: its author mends it with the help of the diagnostics. */
export declare class FilterError extends TagmataError {}
/** A value or an option cannot be read. */
export declare class InvalidValueError extends TagmataError {}
/** Something that was named is not there. */
export declare class NotFoundError extends TagmataError {}
/** What was asked contradicts what is there. */
export declare class ConflictError extends TagmataError {}
/** A CSV file cannot be read or written. */
export declare class CsvError extends TagmataError {}
/** A book cannot be read from where it is stored, or written there. */
export declare class StoreError extends TagmataError {}
/** A filter cannot be asked in a database. */
export declare class SqlError extends TagmataError {}


/**
 * Which binding artifact the generated loader actually loaded: `'native'` for
 * a native addon, otherwise the `platformArchABI` of the WASI flavor. Every
 * flavor napi-rs can build is listed, because `NAPI_RS_NATIVE_LIBRARY_PATH`
 * can point the loader at a WASI artifact this package does not build itself.
 */
export declare const __napiBindingTarget: 'native' | 'wasm32-wasi' | 'wasm32-wasip1'

/** Contacts with their fields, tags, segments and statuses: in memory, or in a file where `Book.open` opened it. */
export declare class Book {
  /** Makes an empty book in memory. */
  constructor(options?: BookOptions)
  /** What the last changing call came to, whatever it returned. */
  get lastOutcome(): Outcome | null
  /** A number by which another thread of this process gets the same book: see `attach`. */
  get handle(): number
  /**
   * The book of another thread of this process, by the `handle` that it has there: one book with one truth, which all threads may ask
   * and change. While one of them changes it, the others wait. It has to be in use there still.
   *
   * A clock that is a function is asked by its own thread only: here, the book shows what it showed last.
   *
   * ```js
   * // The main thread:
   * new Worker("./worker.mjs", { workerData: book.handle });
   * // worker.mjs:
   * const book = Book.attach(workerData);
   * book.count("status = lead");
   * ```
   */
  static attach(handle: number): Book

  /** Reads a filter: from its text, from canonical JSON, or from the tree of a query builder. */
  filter(filter: FilterLike): Filter
  /** The fields as a query builder takes them (react-querybuilder): operators, editors and values included. */
  queryBuilderFields(): QueryBuilderField[]
  /** The instant as of which questions are answered. With the clock of the system, it is that of the last change. */
  get now(): Date
  /**
   * When time alone changes something next: somebody enters or leaves a segment, or a rule does something; null if that never
   * happens. Nothing changes before it, and `advance` to it tells what does. It is rounded up to the millisecond.
   */
  nextChange(): Date | null
  /**
   * Moves the book on to an instant, or to what the clock of the system shows: who enters and leaves segments because
   * time passes.
   */
  advance(to?: Instant | null): Advance
  /** Makes a custom field. */
  defineField(key: string, type: FieldType, options?: FieldOptions): Outcome
  /** Gives a field another label, or more options. */
  updateField(field: string, changes?: FieldChanges): Outcome
  /** Deletes a custom field with all its values. */
  deleteField(field: string, options?: ForceOptions): Outcome
  /** Gives an option another label; the old one keeps working until another option takes it. */
  renameOption(field: string, option: string, label: string, options?: ChangeOptions): Outcome
  /** Deletes an option; contacts lose it. */
  deleteOption(field: string, option: string, options?: ForceOptions): Outcome
  /** All fields, the standard ones first. */
  fields(): Array<FieldInfo>
  /** Makes a status, behind the others. */
  defineStatus(key: string, options?: LabelOptions): Outcome
  /** Gives a status another label, or another place among the statuses, from 0. New contacts get the first one. */
  updateStatus(status: string, changes?: StatusChanges): Outcome
  /** Deletes a status; its contacts get the replacement. */
  deleteStatus(status: string, options?: DeleteStatusOptions): Outcome
  /** All statuses, in their order. */
  statuses(): Array<Choice>
  /** Makes a kind of interaction. */
  defineKind(key: string, options?: KindOptions): Outcome
  /** Deletes a kind of interaction, of which there are no interactions. */
  deleteKind(kind: string, options?: ForceOptions): Outcome
  /** All kinds of interaction. */
  kinds(): Array<KindInfo>
  /** Makes a tag ahead of its use, so that filters may name it. */
  defineTag(name: string, options?: ChangeOptions): Outcome
  /** Gives a tag another name; the old one keeps working until another tag takes it. */
  renameTag(tag: string, name: string, options?: ChangeOptions): Outcome
  /** Deletes a tag; contacts lose it. */
  deleteTag(tag: string, options?: ForceOptions): Outcome
  /** How many contacts have each tag. */
  tags(): Record<string, number>
  /** Gives contacts tags, which are made if they are new. */
  addTags(selection: SelectionLike, tags: string[], options?: ChangeOptions): Outcome
  /** Takes tags from contacts. */
  removeTags(selection: SelectionLike, tags: string[], options?: ChangeOptions): Outcome
  /** Gives contacts a status by hand: any status, at any time. */
  setStatus(selection: SelectionLike, status: string, options?: ChangeOptions): Outcome
  /** Gives contacts new values; `null` clears a field, `undefined` says nothing about it. */
  updateContacts(selection: SelectionLike, values: ContactValues, options?: ChangeOptions): Outcome
  /** Puts contacts into a static segment. */
  addToSegment(selection: SelectionLike, segment: SegmentLike, options?: ChangeOptions): Outcome
  /** Takes contacts out of a static segment. */
  removeFromSegment(selection: SelectionLike, segment: SegmentLike, options?: ChangeOptions): Outcome
  /**
   * Undoes a change. Nothing that came later is overwritten: where something did, the undo is refused, or by `force`
   * leaves that out.
   */
  undo(change: Outcome | Commit, options?: ForceOptions): Outcome
  /** Makes a contact, and gives its id. Tags are made on first use. */
  createContact(values: ContactValues, options?: ChangeOptions): number
  /** Gives a contact new values; `null` clears a field, `undefined` says nothing about it. */
  updateContact(contact: number, values: ContactValues, options?: ChangeOptions): Outcome
  /** A contact with all its values, segments and interactions, and its history. */
  contact(contact: number): Contact
  /** The id of the contact that a key leads to, in any spelling: `{ email: "ZOE@example.com" }`; `null` if there is none. */
  find(key: ContactKey): number | null
  /** Deletes contacts, all they hold included. Their ids are never given out again; an undo brings them back. */
  deleteContacts(selection: SelectionLike, options?: ChangeOptions): Outcome
  /** Makes several contacts one: the one that stays keeps its values and gets those it lacks. */
  mergeContacts(keep: number, others: Ids, options?: ChangeOptions): Outcome
  /** Makes a segment: a dynamic one with a filter, else a static one, with its first members if there are any. */
  createSegment(name: string, options?: SegmentOptions): Outcome
  /** Makes several segments at once: all, or none if one is refused. */
  createSegments(segments: Array<string | NewSegment>, options?: ChangeOptions): Outcome
  /** Gives a dynamic segment another filter, or exactly these pins. */
  updateSegment(segment: SegmentLike, changes?: SegmentChanges & ChangeOptions): Outcome
  /** Who would enter and leave a dynamic segment by another filter or other pins. Nothing changes. */
  previewSegment(segment: SegmentLike, changes?: SegmentChanges): Effects
  /** Gives a segment another name; the old one keeps working in stored filters until another segment takes it. */
  renameSegment(segment: SegmentLike, name: string, options?: ChangeOptions): Outcome
  /** Deletes a segment; its contacts stay. By `force` even one that other segments use: those are broken then. */
  deleteSegment(segment: SegmentLike, options?: ForceOptions): Outcome
  /** Makes a dynamic segment static, with the members that it has now. */
  freezeSegment(segment: SegmentLike, options?: ChangeOptions): Outcome
  /** A segment by its name: to be looked at, and to be named in calls that take a filter or a segment. */
  segment(segment: SegmentLike): Segment
  /** All segments, in the order in which they were made. */
  segments(): Array<Segment>
  /** The names of the segments that a contact is in, static and dynamic. */
  segmentsOf(contact: number): Array<string>
  /**
   * Makes a rule that fires on a kind of interaction or another value of a field, or when a filter becomes true. Existing
   * contacts are enrolled by `applyToExisting` only.
   */
  addRule(name: string, rule: RuleOptions): Outcome
  /** Makes a rule another one; what is not given stays. `null` takes its condition or its status away. */
  updateRule(rule: string, changes?: RuleChanges): Outcome
  /** Deletes a rule; what it did stays. */
  deleteRule(rule: string, options?: ChangeOptions): Outcome
  /** What a rule would do if it were applied to existing contacts now. Nothing changes. */
  previewRule(rule: string): Outcome
  /** All rules in their order, without the default rules. */
  rules(): Array<RuleInfo>
  /** Switches default rules on or off: all of them by `leadToActive`, single ones by their names. */
  setAutomation(switches: AutomationOptions): Outcome
  /** The switches of the default rules. */
  automation(): Automation
  /** How many contacts match a filter. */
  count(filter: FilterLike): number
  /** The ids of the contacts that match a filter, ascending. */
  select(filter: FilterLike): Uint32Array
  /** The ids of the members of a segment, ascending. */
  members(segment: SegmentLike): Uint32Array
  /** Whether a contact matches a filter. */
  matches(contact: number, filter: FilterLike): boolean
  /** Why a contact is in a segment or not, by the name of the segment; or why it matches a filter or not. */
  explain(contact: number, by: SegmentLike | FilterLike): Explanation
  /** Why a segment has as many members as it has: what each condition of its filter and its pins do. */
  explainSegment(segment: SegmentLike): SegmentExplanation

  /**
   * Opens a durable book, one SQLite file, or makes one where there is none. What it answers is on the disk; one program
   * changes it at a time, others may read it meanwhile with `readOnly`.
   *
   * Settings are those of a new book. A book that is there has its own: a setting that is named must be the same.
   *
   * ```js
   * const book = await Book.open("crm.db", { timezone: "Europe/Paris" });
   * book.createContact({ first_name: "Zoé" });
   * await book.close();
   * ```
   */
  static open(path: string, options?: OpenOptions): Promise<Book>
  /** Closes the book once work on it has ended; every other call is refused from then on. A book in memory is gone. */
  close(): Promise<void>
  /** Whether the book was closed. */
  get closed(): boolean
  /** The path by which the book was opened; `null` for a book in memory. */
  get path(): string | null
  /** Whether the book was opened for reading only. */
  get readOnly(): boolean
  /** What happened in the time in which the book was closed, up to the instant of its opening. */
  get opened(): Advance
  /**
   * Takes over what another program has done to a book that is open for reading only, and tells who entered and left segments
   * by it. A book that is open for changes has nothing to take over.
   *
   * ```js
   * const reader = await Book.open("crm.db", { readOnly: true });
   * const { entered, commits } = await reader.refresh();
   * ```
   */
  refresh(options?: WatchOptions): Promise<Advance>
  /**
   * Copies a durable book into another file, as it is at one moment. It may be changed meanwhile.
   *
   * ```js
   * await book.backup(`crm-${new Date().toISOString().slice(0, 10)}.db`);
   * ```
   */
  backup(path: string, options?: WatchOptions): Promise<void>
  /**
   * What is wrong inside the book and its file, one line each: nothing, as it always should be. It looks at everything;
   * changes are refused meanwhile.
   */
  check(options?: WatchOptions): Promise<Array<string>>
  /**
   * Where the tables of the file have what filters ask for: the mapping for `toSql` with `sqlite`, for other programs that read
   * the file. Segments can be read from its table of members if it has one (`materializeSegments`).
   *
   * Searches, and labels of interactions, call two functions that a connection has to be given: `tagmata_fold` is `fold`, and
   * `tagmata_accent_fold` is `accentFold`.
   *
   * ```js
   * const { text, params } = book.filter("country = FR").toSql("sqlite", await book.sqlMapping());
   * ```
   */
  sqlMapping(): Promise<SqlMapping>
  /**
   * A commit of a durable book by its number, to be looked at or undone.
   *
   * ```js
   * book.undo(await book.commit(17));
   * ```
   */
  commit(number: number): Promise<Commit>
  /**
   * Removes the commits that need not be kept, gives their room back to the system, and tells how many were removed. From now
   * on so many are kept. Changes are refused meanwhile.
   *
   * ```js
   * await book.compact({ days: 90 });
   * ```
   */
  compact(retention: Retention, options?: WatchOptions): Promise<number>
  /** Notes that something happened with a contact, now if no instant is given. */
  record(contact: number, kind: string, options?: RecordOptions): Outcome
  /** Notes all that happened, as one change: a list of interactions, or columns of them. Without an instant it is now. */
  recordMany(interactions: readonly NewInteraction[] | NewInteractionColumns, options?: ChangeOptions): Outcome
  /** Deletes the interactions of contacts: all of them, or those of a kind, with a label, from an instant on, before an instant. */
  deleteInteractions(selection: SelectionLike, options?: InteractionQuery): Outcome
  /** A page of a list: a preset, a filter and a search, which all have to match; by last name if nothing else is said. */
  page(options?: PageOptions): Page
  /** The filters that every book has, in the order in which they are offered; one for each status among them. */
  presets(): Array<Preset>
  /** How contacts spread over the values of a field: a row for each value, and the totals of a number if one is asked for. */
  breakdown(options?: BreakdownOptions): Array<BreakdownRow>
  /** Who gets a broadcast to segments, and who of their members does not and why. */
  audience(segments: SegmentLike[], options?: AudienceOptions): Audience
  /** Changes settings; those that are not named stay. `defaultCountry: null` means none. */
  changeSettings(settings?: SettingsChanges & ChangeOptions): Outcome
  /** All definitions as one document, to be kept under version control and applied to other books. */
  definitions(): Definitions
  /**
   * Brings the definitions to a document, an object or its JSON text: all of it in one commit, or nothing. What it does
   * not list stays, or is deleted by `prune`.
   */
  applyDefinitions(document: Definitions | string, options?: ApplyOptions): Outcome
  /**
   * Statements that find the members of segments in a database of the host, of all segments if none are named: rows of
   * `segment_id`, the number that a segment has as its `id`, and `contact_id`.
   *
   * Each passes over the contacts once, however many segments it is about; there is more than one only where there are more
   * segments than a statement takes. A segment that is broken is an error.
   *
   * ```js
   * for (const { text, params } of book.membersSql("postgres", mapping, { segments: ["VIP FR"] })) {
   *   const { rows } = await client.query(text, params);
   * }
   * ```
   */
  membersSql(dialect: SqlDialect, mapping: SqlMapping | string, options?: SegmentsSqlOptions): Sql[]
  /**
   * Statements that find how the table of members of the mapping differs from the members of segments, of all segments if none
   * are named: who entered and who left since it was brought up to date.
   *
   * ```js
   * for (const { entered } of book.differencesSql("postgres", mapping)) {
   *   await client.query(`INSERT INTO segment_members (segment_id, contact_id) ${entered.text}`, entered.params);
   * }
   * ```
   */
  differencesSql(dialect: SqlDialect, mapping: SqlMapping | string, options?: SegmentsSqlOptions): SqlDifference[]
  /**
   * Makes several changes, which become one commit: all of them, or none if one is refused. They come through the book
   * that the function gets.
   */
  batch(changes: (book: Book) => void, options?: ChangeOptions): Outcome
  /** Makes changes, says what they would come to, and takes them back. They come through the book that the function gets. */
  preview(changes: (book: Book) => void, options?: ChangeOptions): Outcome
}

/** What one change made true. */
export declare class Commit {
  /** Its place among the commits of the book, from 1. */
  get number(): number
  /** When it happened. */
  get at(): Date
  /** Who did it. */
  get actor(): string | null
  /** What made it happen. */
  get cause(): Cause
  /** The number of the commit that it undoes. */
  get undoes(): number | null
  /** Whether nothing changed. */
  get isEmpty(): boolean
  /** The contacts that it is about, ascending. */
  get contacts(): Uint32Array
  /** About how many bytes it takes. */
  get sizeInBytes(): number
  /**
   * What it says, for people, by the present names of the book; by numbers where something has no name any more. Lists have at
   * most so many items, and say how many there are.
   *
   * ```js
   * book.addTags(zoe, ["gold"], { actor: "ana" }).commit.toObject().facts.at(-1);
   * // { fact: 'linked', field: 'tags', name: 'gold', count: 1, contacts: [ 0 ] }
   * ```
   */
  toObject(options?: CommitObjectOptions): CommitObject
}

/** A contact as it was when it was asked for, with all names as they were then. */
export declare class Contact {
  /** The value of a field by its key or label; `null` if there is none. Days are texts such as `2026-11-24`. */
  get(field: string): FieldValue
  /** The values of all fields by key. */
  toObject(): Record<string, FieldValue>
  /** Its number. */
  get id(): number
  /** The host's own id. */
  get externalId(): string | null
  /** The account number. */
  get accountNumber(): string | null
  /** The first name. */
  get firstName(): string | null
  /** The last name. */
  get lastName(): string | null
  /** First and last name. */
  get name(): string | null
  /** The e-mail address. */
  get email(): string | null
  /** The mobile number in E.164 form. */
  get mobile(): string | null
  /** The country: two letters of ISO 3166-1. */
  get country(): string | null
  /** The organization. */
  get organization(): string | null
  /** Where the contact comes from. */
  get source(): string | null
  /** The key of the status. */
  get status(): string | null
  /** When the status changed last. */
  get statusChangedAt(): Date | null
  /** When the contact was made. */
  get createdAt(): Date | null
  /** When a value of the contact changed last. */
  get updatedAt(): Date | null
  /** When the contact was active last. */
  get lastInteraction(): Date | null
  /** The names of its tags. */
  get tags(): Array<string>
  /** The names of all segments that it is in, static and dynamic. */
  get segments(): Array<string>
  /** The names of the static segments that it was put into. */
  get staticSegments(): Array<string>
  /** What happened, earliest first. */
  get interactions(): Array<Interaction>
  /** What changed its status, tags and static segments, oldest first. */
  get history(): Array<HistoryEntry>
}

/** Why a contact matches a filter or not: which conditions decided, on what values, and until when. */
export declare class Explanation {
  /** Whether the contact matches. */
  get verdict(): boolean
  /** An instant before which the answer certainly holds, if the contact does not change; `null` for ever. */
  get validUntil(): Date | null
  /** The filter, each part with its answer. */
  get tree(): Explained
  /** The explanation as an indented text. */
  toString(): string
}

/** A filter that a book has checked: it means the same in each of its spellings. */
export declare class Filter {
  /** Reads a filter that was stored as JSON, canonical or of a query builder. */
  static fromJson(book: Book, json: string): Filter
  /** The canonical text. */
  toString(): string
  /** The canonical JSON, to be stored. */
  toJson(): string
  /** The canonical JSON as an object. */
  toObject(): CanonicalFilter
  /** The tree of a query builder (react-querybuilder). */
  toQueryBuilder(): QueryBuilderGroup
  /** The keys of the fields that it reads. */
  get fields(): Array<string>
  /** Warnings: what may not say what its author thinks. */
  get lints(): Diagnostic[]
  /**
   * The filter as SQL for a database of the host: a statement that finds the ids of those who match, one that counts them, or
   * a condition on the table of contacts, which has the name `c` there.
   *
   * ```js
   * const { text, params } = book.filter("country = FR").toSql("postgres", mapping);
   * const { rows } = await client.query(text, params);
   * ```
   */
  toSql(dialect: SqlDialect, mapping: SqlMapping | string, options?: FilterSqlOptions): Sql
}

/** What the import of a file came to: contacts are counted, and rejected rows. */
export declare class ImportReport {
  /** How many contacts were made. */
  get created(): number
  /** How many contacts have other values than before. */
  get updated(): number
  /** How many contacts had all that the file says of them. */
  get unchanged(): number
  /** How many rows were rejected. */
  get rejected(): number
  /** The headers that are no field's. */
  get ignoredColumns(): Array<string>
  /** All that is wrong with rows, in the order of the file; of very many problems, the first 100,000. */
  get problems(): Array<Problem>
  /** How many problems there are besides these. */
  get problemsLeftOut(): number
  /** What became true, and who entered and left segments by it. */
  get outcome(): Outcome
  /** The rejected rows as they were, with a column that says why: a file to be mended and imported again. */
  rejectedCsv(): string
}

/** What a change came to: what became true, and who entered and left which segments. */
export declare class Outcome {
  /** What became true. */
  get commit(): Commit
  /** Who entered and left which segments by it. */
  get effects(): Effects
  /** What happened because time moved on to the instant of the change. */
  get advance(): Advance
  /** What is worth knowing about it, such as rules that may fire together. */
  get warnings(): Diagnostic[]
}

/** A segment as it was when it was asked for. */
export declare class Segment {
  /** Its number, which never changes. */
  get id(): number
  /** Its name. */
  get name(): string
  /** Whether its members are put in by hand, or found by a filter. */
  get kind(): "static" | "dynamic"
  /** How many members it had; `null` if it was broken. */
  get count(): number | null
  /** The canonical text of its filter; `null` if it is static. */
  get filter(): string | null
  /** Who is in it whatever its filter says. */
  get alwaysIn(): Uint32Array
  /** Who is not in it whatever its filter says. */
  get alwaysOut(): Uint32Array
  /** Why it is broken; `null` if it is not. */
  get error(): Diagnostic | null
}

/** Why a segment has as many members as it has: what each condition of its filter and its pins do. */
export declare class SegmentExplanation {
  /** The name of the segment. */
  get name(): string
  /** The canonical text of its filter; `null` if it is static. */
  get filter(): string | null
  /** How many members it has; `null` if it is broken or stands on a broken segment. */
  get count(): number | null
  /** How many contacts the book has. */
  get everybody(): number
  /** The filter, each part with its numbers; of a static segment those put in by hand, of a broken one `null`. */
  get tree(): SegmentPart | null
  /** Who is in whatever the filter says; `null` if nobody is. */
  get alwaysIn(): SegmentPart | null
  /** Who is out whatever the filter says; `null` if nobody is. */
  get alwaysOut(): SegmentPart | null
  /** Why it is broken; `null` if it is not. */
  get error(): Diagnostic | null
  /** The explanation as an indented text. */
  toString(): string
}

/** Contacts by a filter, a segment or their ids; without some of them, and with the number that there must be. */
export declare class Selection {
  /** Selects contacts. Where there are more or fewer of them than expected, nothing is changed. */
  constructor(of: SelectionLike, options?: SelectionOptions)
}

/** What happened because time moved on. */
export interface Advance {
  /** The contacts that are in a segment now and were not before. */
  entered: Record<string, Uint32Array>
  /** The contacts that were in a segment before and are not now. */
  left: Record<string, Uint32Array>
  /** What became true by it. */
  commits: Array<Commit>
}

/** Who gets a broadcast, and who does not. */
export interface Audience {
  /** Who gets it. */
  recipients: Uint32Array
  /** Who does not, by the reason. */
  skipped: Partial<Record<SkipReason, Uint32Array>>
}

/** The switches of the default rules. */
export interface Automation {
  /** The switch of all of them. */
  leadToActive: boolean
  /** The switch of each, by its name. */
  rules: Record<DefaultRule, boolean>
}

/** One value of a field, and the contacts that have it. */
export interface BreakdownRow {
  /**
   * The key of the status or option, the code of the country, the name of the tag or segment, `true` or `false`, or the
   * text; `null` for those without a value.
   */
  value: string | null
  /** What people see of the value. */
  label: string
  /** How many contacts have the value. */
  count: number
  /** The sum of their numbers; `null`, like the other three, if nobody has a number or none is asked for. */
  sum: number | null
  /** The mean of their numbers. */
  avg: number | null
  /** The smallest of their numbers. */
  min: number | null
  /** The largest of their numbers. */
  max: number | null
}

/** Something that can be chosen: an option of a field, or a status. */
export interface Choice {
  /** Its key, which never changes. */
  key: string
  /** What people see. */
  label: string
}

/** Who entered and left which segments, by the names of the segments. */
export interface Effects {
  /** The contacts that are in a segment now and were not before. */
  entered: Record<string, Uint32Array>
  /** The contacts that were in a segment before and are not now. */
  left: Record<string, Uint32Array>
}

/** A field of contacts, standard or custom. */
export interface FieldInfo {
  /** Its key, which never changes. */
  key: string
  /** What people see. */
  label: string
  /** What it holds. */
  type: FieldType | StandardFieldType
  /** The options of a field of options; empty for others. */
  options: Array<Choice>
}

/** A change in the history of a contact: what changed, and by what. */
export interface HistoryEntry {
  /** What changed. */
  change: Change
  /** When. */
  at: Date
  /** The number of the commit. */
  commit: number
  /** Who did it. */
  actor: string | null
  /** What made it happen. */
  cause: Cause
  /** The name of the rule that did it; `null` if it was none, or was deleted since. */
  rule: string | null
  /**
   * The status before, the tag that was taken, the static segment that the contact was taken out of, or the id of the
   * contact that was merged into this one; `null` for what was deleted since, too.
   */
  old: string | number | null
  /**
   * The status after, the tag that was given, or the static segment that the contact was put into; `null` for what was
   * deleted since, too.
   */
  new: string | number | null
}

/** A CSV file to start from, with one example row: `en`, `fr`, `es` or `pt`. */
export declare function importTemplate(language: 'en' | 'fr' | 'es' | 'pt'): string

/** Something that happened between a contact and the business. */
export interface Interaction {
  /** Its kind. */
  kind: string
  /** When it happened, or will happen. */
  at: Date
  /** How much was paid, invoiced, … */
  amount: number | null
  /** What it is called. */
  label: string | null
}

/** A kind of interaction. */
export interface KindInfo {
  /** Its key, which never changes. */
  key: string
  /** Whether it says nothing about the contact's own activity. */
  outgoing: boolean
}

/** A page of a list. */
export interface Page {
  /** How many contacts the whole list has. */
  total: number
  /** The contacts of the page, in the order of the list. */
  contacts: Contact[]
}

/** A filter that every book has, to start a list with. */
export interface Preset {
  /** What it is called in `page`; never changes. That of a status is `status:` and its key. */
  key: string
  /** What people see. */
  label: string
  /** The text of its filter. */
  filter: string
}

/** One problem of one row of a file. */
export interface Problem {
  /** The row: data records are counted from 1; the header and blank lines are none. */
  row: number
  /** The line of the file on which the row begins, counted from 1. */
  line: number
  /** The header of the column as it is written; `null` if the problem is the whole row's. */
  column: string | null
  /** The stable code; those that begin with `W` are warnings, which reject nothing. */
  code: string
  /** What is wrong and what is allowed, in one line. */
  message: string
  /** The cell as it is written, or the item of a list; empty if the problem is the whole row's. */
  value: string
}

/** A rule. */
export interface RuleInfo {
  /** Its name. */
  name: string
  /** Whether it is switched on. */
  enabled: boolean
  /** The kind of interaction or the field on which it fires, by its key. */
  on: string | null
  /** The filter that makes it fire when it becomes true. */
  when: string | null
  /** The filter that must be true as well. */
  condition: string | null
  /** The key of the status that contacts get. */
  setStatus: string | null
  /** The tags that they get. */
  addTags: Array<string>
  /** The tags that they lose. */
  removeTags: Array<string>
  /** The static segments into which they are put. */
  addToSegments: Array<string>
  /** The static segments out of which they are taken. */
  removeFromSegments: Array<string>
  /** The values that are set, by the keys of the fields; `null` clears a field. */
  setFields: Record<string, FieldValue>
  /** Why it never fires: it, or a segment that it stands on, is broken. */
  error: string | null
}

/** A statement or a condition with its parameters. It is written for one instant: from `validUntil` on, write it anew. */
export interface Sql {
  /** The text, with a mark for each parameter. */
  text: string
  /** The parameters, in the order of their marks; those of ClickHouse are named `p1`, `p2` and so on. */
  params: SqlParam[]
  /** Until when text and parameters stay the same while time moves on; `null` for ever. */
  validUntil: Date | null
  /** What is worth knowing, such as texts that are compared as the database does it. */
  warnings: Diagnostic[]
}

/** How a table of members differs from the members of some segments. */
export interface SqlDifference {
  /** The names of the segments that the statements are about. */
  segments: Array<string>
  /** Finds who is to be added: rows of `segment_id` and `contact_id`. */
  entered: Sql
  /** Finds who is to be removed, in the same columns. */
  left: Sql
}
