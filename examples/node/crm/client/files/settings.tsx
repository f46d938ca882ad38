// How a file is read, and what its rows may do.

import { useId } from "react";
import type { DefinitionsAnswer, ImportRequest } from "../../shared/api.ts";
import { useWords } from "../words/context.tsx";
import { fieldLabel } from "../words/labels.ts";

interface SettingsProps {
  settings: ImportRequest;
  /** The headers that are no field's. */
  ignored: string[];
  definitions: DefinitionsAnswer;
  off: boolean;
  onChange: (settings: ImportRequest) => void;
}

export function ImportSettings({ settings, ignored, definitions, off, onChange }: SettingsProps) {
  const words = useWords();
  const { files } = words;
  const set = <K extends keyof ImportRequest>(key: K, value: ImportRequest[K] | "") => {
    const { [key]: _, ...others } = settings;
    onChange((value === "" ? others : { ...others, [key]: value }) as ImportRequest);
  };
  const named = Object.keys(settings.columns ?? {});
  const columns = [...new Set([...named, ...ignored])];
  const fields = definitions.fields.filter(({ key }) => !["id", "name", "updated_at", "status_changed_at"].includes(key));
  return (
    <fieldset className="settings" disabled={off}>
      <legend className="hidden">{files.settings}</legend>
      <Choice
        label={files.of}
        value={settings.of}
        choices={[["contacts", files.contacts], ["interactions", files.interactions]]}
        onChange={(of) => onChange({ of: of as ImportRequest["of"] })}
      />
      <details>
        <summary>{files.settings}</summary>
        <div className="form-grid">
          {settings.of === "contacts" && (
            <>
              <Choice
                label={files.unknownSegments}
                value={settings.unknownSegments ?? "skip"}
                choices={[["skip", files.skip], ["reject", files.reject], ["create", files.make]]}
                onChange={(value) => set("unknownSegments", value as "skip")}
              />
              <Choice
                label={files.update}
                value={settings.update ?? "always"}
                choices={[["always", files.always], ["fill_empty", files.fillEmpty], ["never", files.never]]}
                onChange={(value) => set("update", value as "always")}
              />
            </>
          )}
          <Choice
            label={files.invalidValues}
            value={settings.invalidValues ?? "reject"}
            choices={[["reject", files.reject], ["skip", files.skipValue]]}
            onChange={(value) => set("invalidValues", value as "reject")}
          />
          <Choice
            label={files.dates}
            value={settings.dates ?? ""}
            choices={[["", files.findOut], ["dmy", files.dmy], ["mdy", files.mdy]]}
            onChange={(value) => set("dates", value as "dmy")}
          />
          <Choice
            label={files.decimal}
            value={settings.decimal ?? ""}
            choices={[["", files.findOut], [".", files.point], [",", files.comma]]}
            onChange={(value) => set("decimal", value as ".")}
          />
          {settings.of === "contacts" && (
            <label className="check">
              <input type="checkbox" checked={settings.replaceSegments === true} onChange={({ target }) => set("replaceSegments", target.checked || "")} />
              {files.replaceSegments}
            </label>
          )}
        </div>
      </details>
      {settings.of === "contacts" && columns.length > 0 && (
        <fieldset className="columns-of-file">
          <legend>{files.ignored}</legend>
          <div className="form-grid">
            {columns.map((column) => (
              <Choice
                key={column}
                label={column}
                value={settings.columns?.[column] ?? ""}
                choices={[["", files.ignore], ...fields.map((field): [string, string] => [field.key, fieldLabel(words, field)])]}
                onChange={(field) => {
                  const { [column]: _, ...others } = settings.columns ?? {};
                  onChange({ ...settings, columns: field === "" ? others : { ...others, [column]: field } });
                }}
              />
            ))}
          </div>
        </fieldset>
      )}
    </fieldset>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  choices: [value: string, label: string][];
  onChange: (value: string) => void;
}

function Choice({ label, value, choices, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
        {choices.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
