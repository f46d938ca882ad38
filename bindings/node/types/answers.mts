// What the package answers, for `tsc`: every member has the type that is written here.

import type {
  Advance,
  Audience,
  Automation,
  Book,
  BreakdownRow,
  Cause,
  Change,
  Choice,
  Commit,
  Contact,
  Diagnostic,
  Effects,
  Explained,
  Explanation,
  FieldInfo,
  FieldType,
  FieldValue,
  Filter,
  HistoryEntry,
  ImportReport,
  Interaction,
  KindInfo,
  Outcome,
  Page,
  Preset,
  Problem,
  QueryBuilderField,
  RuleInfo,
  Segment,
  SegmentExplanation,
  SegmentPart,
  SkipReason,
  Sql,
  SqlDifference,
  SqlMapping,
  SqlParam,
  StandardFieldType,
  TagmataError,
} from "tagmata";

/** Takes values of a type, and of no wider one. */
declare function is<T>(...values: T[]): void;

export function definitions(book: Book, field: FieldInfo, choice: Choice, kind: KindInfo): void {
  is<FieldInfo[]>(book.fields());
  is<Choice[]>(book.statuses(), field.options);
  is<KindInfo[]>(book.kinds());
  is<Record<string, number>>(book.tags());
  is<FieldType | StandardFieldType>(field.type);
  is<string>(field.key, field.label, choice.key, choice.label, kind.key);
  is<boolean>(kind.outgoing);
}

export function rules(book: Book, rule: RuleInfo, automation: Automation): void {
  is<RuleInfo[]>(book.rules());
  is<Automation>(book.automation());
  is<Outcome>(book.previewRule("dormant"));
  is<string>(rule.name);
  is<boolean>(rule.enabled, automation.leadToActive, automation.rules.first_payment);
  is<string | null>(rule.on, rule.when, rule.condition, rule.setStatus, rule.error);
  is<string[]>(rule.addTags, rule.removeTags, rule.addToSegments, rule.removeFromSegments);
  is<Record<string, FieldValue>>(rule.setFields);
}

export function contacts(contact: Contact, interaction: Interaction, entry: HistoryEntry): void {
  is<number>(contact.id, entry.commit);
  is<FieldValue>(contact.get("billed"), contact.toObject()["billed"] ?? null);
  is<string | null>(contact.externalId, contact.accountNumber, contact.firstName, contact.lastName, contact.name);
  is<string | null>(contact.email, contact.mobile, contact.country, contact.organization, contact.source, contact.status);
  is<Date | null>(contact.statusChangedAt, contact.createdAt, contact.updatedAt, contact.lastInteraction);
  is<string[]>(contact.tags, contact.segments, contact.staticSegments);
  is<Interaction[]>(contact.interactions);
  is<HistoryEntry[]>(contact.history);
  is<string>(interaction.kind);
  is<Date>(interaction.at, entry.at);
  is<number | null>(interaction.amount);
  is<string | null>(interaction.label, entry.actor, entry.rule);
  is<string | number | null>(entry.old, entry.new);
  is<Change>(entry.change);
  is<Cause>(entry.cause);
}

export function stored(book: Book): void {
  is<boolean>(book.closed, book.readOnly);
  is<string | null>(book.path);
  is<Advance>(book.opened);
}

export function changes(outcome: Outcome, commit: Commit, effects: Effects, advance: Advance): void {
  is<Commit>(outcome.commit);
  is<Effects>(outcome.effects);
  is<Advance>(outcome.advance);
  is<Diagnostic[]>(outcome.warnings);
  is<Commit[]>(advance.commits);
  is<Record<string, Uint32Array>>(effects.entered, effects.left, advance.entered, advance.left);
  is<number>(commit.number, commit.sizeInBytes);
  is<number | null>(commit.undoes);
  is<Date>(commit.at);
  is<string | null>(commit.actor);
  is<Cause>(commit.cause);
  is<boolean>(commit.isEmpty);
  is<Uint32Array>(commit.contacts);
}

export function segments(book: Book, segment: Segment, filter: Filter, explanation: Explanation, part: Explained): void {
  is<Segment[]>(book.segments());
  is<number>(segment.id);
  is<string>(segment.name, filter.toString(), filter.toJson(), explanation.toString(), part.text);
  is<"static" | "dynamic">(segment.kind);
  is<number | null>(segment.count);
  is<string | null>(segment.filter, part.value, part.id);
  is<Uint32Array>(segment.alwaysIn, segment.alwaysOut);
  is<Diagnostic | null>(segment.error);
  is<Diagnostic[]>(filter.lints);
  is<string[]>(filter.fields);
  is<string>(filter.toObject().filter.op, filter.toQueryBuilder().combinator);
  is<boolean>(explanation.verdict, part.verdict, part.decides);
  is<Date | null>(explanation.validUntil, part.validUntil);
  is<Explained>(explanation.tree, ...part.children);
}

export function explanations(explanation: SegmentExplanation, part: SegmentPart): void {
  is<string>(explanation.name, explanation.toString(), part.text);
  is<string | null>(explanation.filter, part.id);
  is<number>(explanation.everybody, part.count);
  is<number | null>(explanation.count, part.removes, part.adds, part.without);
  is<SegmentPart | null>(explanation.tree, explanation.alwaysIn, explanation.alwaysOut);
  is<SegmentPart[]>(part.children);
  is<Diagnostic | null>(explanation.error);
}

export function lists(page: Page, preset: Preset, row: BreakdownRow, audience: Audience, field: QueryBuilderField): void {
  is<number>(page.total, row.count);
  is<Contact[]>(page.contacts);
  is<string>(preset.key, preset.label, preset.filter, row.label);
  is<string | null>(row.value);
  is<number | null>(row.sum, row.avg, row.min, row.max);
  is<Uint32Array>(audience.recipients);
  is<Partial<Record<SkipReason, Uint32Array>>>(audience.skipped);
  is<string>(field.name, field.label);
  is<string | undefined>(field.datatype, field.valueEditorType, field.inputType, field.values?.[0]?.name);
  is<string[]>(field.operators.map(({ name }) => name));
}

export function files(report: ImportReport, problem: Problem): void {
  is<number>(report.created, report.updated, report.unchanged, report.rejected, report.problemsLeftOut, problem.row, problem.line);
  is<string[]>(report.ignoredColumns);
  is<Problem[]>(report.problems);
  is<Outcome>(report.outcome);
  is<string>(report.rejectedCsv(), problem.code, problem.message, problem.value);
  is<string | null>(problem.column);
}

export function sql(statement: Sql, difference: SqlDifference, book: Book): void {
  is<string>(statement.text);
  is<SqlParam[]>(statement.params);
  is<Date | null>(statement.validUntil);
  is<Diagnostic[]>(statement.warnings);
  is<Sql>(difference.entered, difference.left);
  is<string[]>(difference.segments);
  is<Promise<SqlMapping>>(book.sqlMapping());
}

export function errors(error: TagmataError, diagnostic: Diagnostic): void {
  is<string>(error.message, error.code, diagnostic.code, diagnostic.message);
  is<Diagnostic[]>(error.diagnostics);
  is<Uint32Array>(error.contacts);
  is<"error" | "warning">(diagnostic.severity);
  is<number | null>(diagnostic.start, diagnostic.end);
  is<string | null>(diagnostic.pointer, diagnostic.field, diagnostic.id, diagnostic.help);
  is<string[]>(diagnostic.expected);
}
