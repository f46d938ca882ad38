// The editor that the operator of a rule needs.

import type { ValueEditorProps } from "react-querybuilder";
import type { BuilderField } from "../../shared/api.ts";
import { useWords } from "../words/context.tsx";
import {
  AnniversaryEditor,
  DayEditor,
  ItemsEditor,
  MomentEditor,
  PeriodEditor,
  RangeEditor,
  Select,
  SpanEditor,
  WindowEditor,
} from "./editors.tsx";
import { editorOf, fits, initial, type Moment, type Span } from "./values.ts";

export function ValueEditor({ fieldData, operator, value: given, handleOnChange }: ValueEditorProps) {
  const words = useWords();
  const field = fieldData as unknown as BuilderField;
  const editor = editorOf(field, operator);
  const value: unknown = fits(editor, given) ? given : initial(editor, field);
  const onChange = handleOnChange as (value: unknown) => void;
  switch (editor) {
    case "none":
      return null;
    case "flag": {
      const choices: [string, string][] = [["true", words.contact.yes], ["false", words.contact.no]];
      return <Select label={words.filter.value} value={String(value)} choices={choices} onChange={(flag) => onChange(flag === "true")} />;
    }
    case "choice": {
      const choices = (field.values ?? []).map(({ name, label }): [string, string] => [name, label]);
      const unknown: [string, string][] = choices.some(([name]) => name === value) ? [] : [[String(value), String(value)]];
      return <Select label={words.filter.value} value={String(value)} choices={[...unknown, ...choices]} onChange={onChange} />;
    }
    case "choices":
    case "texts":
      return <ItemsEditor value={value as unknown[]} onChange={onChange} field={field} />;
    case "range":
      return <RangeEditor value={value as unknown[]} onChange={onChange} inputType={field.inputType ?? "text"} />;
    case "moment":
      return <MomentEditor value={value as Moment} onChange={onChange} field={field} label={words.filter.value} />;
    case "moments": {
      const [from, to] = value as [Moment, Moment];
      return (
        <span className="pair">
          <MomentEditor value={from} onChange={(from) => onChange([from, to])} field={field} label={words.filter.from} />
          <span aria-hidden="true">–</span>
          <MomentEditor value={to} onChange={(to) => onChange([from, to])} field={field} label={words.filter.to} />
        </span>
      );
    }
    case "span":
      return <SpanEditor value={value as Span} onChange={onChange} field={field} />;
    case "window":
      return <WindowEditor value={value as Span} onChange={onChange} field={field} ahead={/next/i.test(operator)} />;
    case "period":
      return <PeriodEditor value={value as { period: "month" }} onChange={onChange} />;
    case "day":
      return <DayEditor value={value as { day: "today" }} onChange={onChange} />;
    case "anniversary":
      return <AnniversaryEditor value={value as Record<string, unknown>} onChange={onChange} />;
    case "number":
    case "text":
      return (
        <input
          type={editor}
          step="any"
          aria-label={words.filter.value}
          value={String(value)}
          onChange={({ target }) => onChange(target.value)}
        />
      );
  }
}
