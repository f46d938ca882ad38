// The editors for the values of rules.

import { useId, useState, type KeyboardEvent } from "react";
import type { BuilderField } from "../../shared/api.ts";
import { Cross, Plus } from "../parts/icons.tsx";
import { useWords } from "../words/context.tsx";
import { DAYS, PERIODS, UNITS, type Anchored, type Moment, type Period, type Span, type Unit } from "./values.ts";

interface EditorProps<T> {
  value: T;
  onChange: (value: T) => void;
}

interface SelectProps {
  label: string;
  value: string;
  choices: [value: string, label: string][];
  onChange: (value: string) => void;
}

export function Select({ label, value, choices, onChange }: SelectProps) {
  return (
    <select aria-label={label} value={value} onChange={({ target }) => onChange(target.value)}>
      {choices.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** Values that are added one by one, from a list where there is one. */
export function ItemsEditor({ value, onChange, field }: EditorProps<unknown[]> & { field: BuilderField }) {
  const words = useWords();
  const [typed, setTyped] = useState("");
  const id = useId();
  const labelOf = (name: string) => field.values?.find((choice) => choice.name === name)?.label ?? name;
  const items = value.map(String);
  const add = (text: string) => {
    const label = text.trim();
    const found = field.values?.find((choice) => choice.label === label || choice.name === label);
    const name = found?.name ?? label;
    if (name !== "" && !items.includes(name)) onChange([...value, name]);
    setTyped("");
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      event.preventDefault();
      add(typed);
    } else if (event.key === "Backspace" && typed === "") {
      onChange(value.slice(0, -1));
    }
  };
  return (
    <span className="items">
      {items.map((name, index) => (
        <span key={name} className="chip">
          {labelOf(name)}
          <button
            type="button"
            className="icon"
            aria-label={words.filter.removeItem(labelOf(name))}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          >
            <Cross />
          </button>
        </span>
      ))}
      <input
        list={id}
        aria-label={words.filter.addItem}
        value={typed}
        size={10}
        onChange={({ target }) => {
          const chosen = field.values?.some(({ label }) => label === target.value) === true;
          if (chosen) add(target.value);
          else setTyped(target.value);
        }}
        onKeyDown={press}
        onBlur={() => add(typed)}
      />
      <datalist id={id}>
        {field.values?.filter(({ name }) => !items.includes(name)).map(({ name, label }) => <option key={name} value={label} />)}
      </datalist>
      <button type="button" className="icon" aria-label={words.filter.addItem} onClick={() => add(typed)}>
        <Plus />
      </button>
    </span>
  );
}

export function RangeEditor({ value, onChange, inputType }: EditorProps<unknown[]> & { inputType: string }) {
  const words = useWords();
  const [from, to] = value;
  return (
    <span className="pair">
      <input type={inputType} step="any" aria-label={words.filter.from} value={String(from ?? "")} onChange={({ target }) => onChange([target.value, to])} />
      <span aria-hidden="true">–</span>
      <input type={inputType} step="any" aria-label={words.filter.to} value={String(to ?? "")} onChange={({ target }) => onChange([from, target.value])} />
    </span>
  );
}

function HowMany({ value, onChange }: EditorProps<number>) {
  const words = useWords();
  return (
    <input
      type="number"
      className="short"
      min={1}
      max={10_000}
      aria-label={words.filter.amount}
      value={value}
      onChange={({ target }) => onChange(target.valueAsNumber || 1)}
    />
  );
}

const unitsOf = (field: BuilderField) => (field.datatype === "date" ? UNITS.slice(2) : UNITS);

export function SpanEditor({ value, onChange, field }: EditorProps<Span> & { field: BuilderField }) {
  const words = useWords();
  const choices = unitsOf(field).map((unit): [string, string] => [unit, words.units[unit]]);
  return (
    <span className="pair">
      <HowMany value={value.n} onChange={(n) => onChange({ ...value, n })} />
      <Select label={words.filter.unit} value={value.unit} choices={choices} onChange={(unit) => onChange({ ...value, unit: unit as Unit })} />
    </span>
  );
}

type Window = Span | { period: Period };

/** The last or next days, full months, or the one before or after this one. */
export function WindowEditor({ value, onChange, field, ahead }: EditorProps<Window> & { field: BuilderField; ahead: boolean }) {
  const words = useWords();
  const near = ahead ? words.following : words.previous;
  const choices: [string, string][] = [
    ...unitsOf(field).map((unit): [string, string] => [`rolling ${unit}`, words.units[unit]]),
    ...PERIODS.map((unit): [string, string] => [`calendar ${unit}`, words.calendarUnits[unit]]),
    ...PERIODS.map((period): [string, string] => [`period ${period}`, near[period]]),
  ];
  const many = "n" in value ? value.n : 1;
  const chosen = "period" in value ? `period ${value.period}` : `${value.calendar ? "calendar" : "rolling"} ${value.unit}`;
  const choose = (choice: string) => {
    const [kind, unit] = choice.split(" ") as [string, Unit];
    if (kind === "period") onChange({ period: unit as Period });
    else onChange(kind === "calendar" ? { n: many, unit, calendar: true } : { n: many, unit });
  };
  return (
    <span className="pair">
      {"n" in value && <HowMany value={value.n} onChange={(n) => onChange({ ...value, n })} />}
      <Select label={words.filter.unit} value={chosen} choices={choices} onChange={choose} />
    </span>
  );
}

export function PeriodEditor({ value, onChange }: EditorProps<{ period: Period }>) {
  const words = useWords();
  const choices = PERIODS.map((period): [string, string] => [period, words.periods[period]]);
  return <Select label={words.filter.value} value={value.period} choices={choices} onChange={(period) => onChange({ period: period as Period })} />;
}

type Day = { day: (typeof DAYS)[number] };

export function DayEditor({ value, onChange }: EditorProps<Day>) {
  const words = useWords();
  const choices = DAYS.map((day): [string, string] => [day, words.days[day]]);
  return <Select label={words.filter.value} value={value.day} choices={choices} onChange={(day) => onChange({ day } as Day)} />;
}

/** A day of the calendar, or one that moves on with the time. */
export function MomentEditor({ value, onChange, field, label }: EditorProps<Moment> & { field: BuilderField; label: string }) {
  const words = useWords();
  const anchors = words.anchors;
  const choices: [string, string][] = [
    ["fixed", words.filter.fixed],
    ["today 0", anchors.today],
    ["today -1", anchors.todayBefore],
    ["today 1", anchors.todayAfter],
    ...(field.datatype === "datetime"
      ? ([["now 0", anchors.now], ["now -1", anchors.nowBefore], ["now 1", anchors.nowAfter]] as [string, string][])
      : []),
  ];
  const relative = typeof value === "string" ? null : value;
  const offset = relative?.offset ?? 0;
  const unit = relative?.unit ?? "day";
  const chosen = relative === null ? "fixed" : `${relative.anchor} ${Math.sign(offset)}`;
  const choose = (choice: string) => {
    const [anchor, sign] = choice.split(" ") as [Anchored["anchor"] | "fixed", string | undefined];
    if (anchor === "fixed") onChange(new Date().toISOString().slice(0, 10));
    else if (sign === "0") onChange({ anchor });
    else onChange({ anchor, offset: Number(sign) * (Math.abs(offset) || 30), unit });
  };
  const units = unitsOf(field).map((unit): [string, string] => [unit, words.units[unit]]);
  return (
    <span className="pair">
      {typeof value === "string" && (
        <input
          type={/^\d{4}-\d\d-\d\d$/.test(value) ? "date" : "text"}
          aria-label={label}
          value={value}
          onChange={({ target }) => target.value !== "" && onChange(target.value)}
        />
      )}
      {relative !== null && offset !== 0 && (
        <>
          <HowMany value={Math.abs(offset)} onChange={(n) => onChange({ ...relative, offset: Math.sign(offset) * n })} />
          <Select label={words.filter.unit} value={unit} choices={units} onChange={(unit) => onChange({ ...relative, unit: unit as Unit })} />
        </>
      )}
      <Select label={words.filter.kind} value={chosen} choices={choices} onChange={choose} />
    </span>
  );
}

type Anniversary = Record<string, unknown>;

/** When an anniversary is: today, in the next days, in this month, or on a date. */
export function AnniversaryEditor({ value, onChange }: EditorProps<Anniversary>) {
  const words = useWords();
  const kinds = words.anniversaries;
  const kind = ["day", "on", "this", "last", "next"].find((kind) => kind in value) ?? "next";
  const choose = (kind: string) => {
    const values: Record<string, Anniversary> = {
      day: { day: "today" },
      on: { on: "12-25" },
      this: { this: "month" },
      last: { last: 7, unit: "day" },
      next: { next: 7, unit: "day" },
    };
    onChange(values[kind] ?? value);
  };
  const many = value[kind];
  const units = UNITS.slice(2, 6).map((unit): [string, string] => [unit, words.units[unit]]);
  const periods = PERIODS.slice(0, 3).map((period): [string, string] => [period, words.periods[period]]);
  const days = DAYS.map((day): [string, string] => [day, words.days[day]]);
  return (
    <span className="pair">
      <Select label={words.filter.kind} value={kind} choices={Object.entries(kinds)} onChange={choose} />
      {kind === "day" && <Select label={words.filter.value} value={String(many)} choices={days} onChange={(day) => onChange({ day })} />}
      {kind === "on" && (
        <input aria-label={words.filter.monthDay} size={6} value={String(many)} onChange={({ target }) => onChange({ on: target.value })} />
      )}
      {(kind === "this" || typeof many === "string") && kind !== "day" && kind !== "on" && (
        <Select label={words.filter.unit} value={String(many)} choices={periods} onChange={(period) => onChange({ [kind]: period })} />
      )}
      {typeof many === "number" && (
        <>
          <HowMany value={many} onChange={(n) => onChange({ ...value, [kind]: n })} />
          <Select label={words.filter.unit} value={String(value["unit"] ?? "day")} choices={units} onChange={(unit) => onChange({ ...value, unit })} />
        </>
      )}
    </span>
  );
}
