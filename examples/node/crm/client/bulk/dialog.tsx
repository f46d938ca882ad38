// A bulk action: what it needs, what it would come to, and then the action.

import { useState } from "react";
import type { Action, Chosen, DefinitionsAnswer, FieldAnswer, Moves } from "../../shared/api.ts";
import { refused, useAnswer, useSettled } from "../parts/answer.ts";
import { Dialog } from "../parts/dialog.tsx";
import { Field, Refusal } from "../parts/field.tsx";
import { useNotices } from "../parts/notices.tsx";
import { server, type RefusedError } from "../server.ts";
import { useWords } from "../words/context.tsx";
import { fieldLabel, statusLabel } from "../words/labels.ts";
import { editable, readValue, ValueInput } from "../contact/value-input.tsx";
import { actionWord, type Doing } from "./toolbar.tsx";

interface BulkDialogProps {
  doing: Doing;
  chosen: Chosen;
  definitions: DefinitionsAnswer;
  onClose: () => void;
  onDone: () => void;
}

export function BulkDialog({ doing, chosen, definitions, onClose, onDone }: BulkDialogProps) {
  const words = useWords();
  const notices = useNotices();
  const byHand = definitions.segments.filter(({ kind }) => kind === "static");
  const fields = definitions.fields.filter((field) => editable(field) && field.type !== "status" && field.type !== "tags");
  const [tags, setTags] = useState("");
  const [status, setStatus] = useState(definitions.statuses[0]?.key ?? "");
  const [segment, setSegment] = useState(byHand[0]?.name ?? "");
  const [field, setField] = useState(fields.find(({ key }) => key === "organization") ?? fields[0]);
  const [value, setValue] = useState("");
  const [error, setError] = useState<RefusedError | null>(null);
  const [busy, setBusy] = useState(false);

  const action = actionOf(doing, { tags, status, segment, field, value });
  const settled = useSettled(JSON.stringify(action), 200);
  const key = action !== null && settled === JSON.stringify(action) ? settled : null;
  const preview = useAnswer(key, (signal) => server.previewBulk({ contacts: chosen, action: JSON.parse(settled) as Action }, signal));
  const wrong = error ?? preview.error;
  const changed = preview.data?.contacts ?? 0;

  const apply = async () => {
    if (action === null || preview.data === null || busy) return;
    setBusy(true);
    const say = words.bulk[actionWord(doing)];
    try {
      const refusal = await notices.change(
        server.bulk({ contacts: chosen, action }),
        ({ contacts }) => `${say}: ${words.notices.changed(contacts)}`,
      );
      if (refusal === null) onDone();
      else setError(refusal);
    } catch (error) {
      setError(refused(error));
    }
    setBusy(false);
  };
  return (
    <Dialog
      title={words.bulk[actionWord(doing)]}
      onClose={onClose}
      onSubmit={() => void apply()}
      actions={
        <>
          <button type="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className={doing === "delete" ? "danger" : "primary"} disabled={changed === 0 || busy || key === null}>
            {words.bulk.apply(changed)}
          </button>
        </>
      }
    >
      {(doing === "add_tags" || doing === "remove_tags") && (
        <Field label={words.bulk.tags}>
          {(wiring) => (
            <>
              <input {...wiring} list={`${wiring.id}-tags`} value={tags} onChange={({ target }) => setTags(target.value)} />
              <datalist id={`${wiring.id}-tags`}>
                {definitions.tags.map(({ name }) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
            </>
          )}
        </Field>
      )}
      {doing === "set_status" && (
        <Field label={words.bulk.status}>
          {(wiring) => (
            <select {...wiring} value={status} onChange={({ target }) => setStatus(target.value)}>
              {definitions.statuses.map((choice) => (
                <option key={choice.key} value={choice.key}>
                  {statusLabel(words, choice)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {(doing === "add_to_segment" || doing === "remove_from_segment") &&
        (byHand.length === 0 ? (
          <p>{words.bulk.noSegments}</p>
        ) : (
          <Field label={words.bulk.segment}>
            {(wiring) => (
              <select {...wiring} value={segment} onChange={({ target }) => setSegment(target.value)}>
                {byHand.map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            )}
          </Field>
        ))}
      {doing === "set_field" && field !== undefined && (
        <>
          <Field label={words.bulk.field}>
            {(wiring) => (
              <select
                {...wiring}
                value={field.key}
                onChange={({ target }) => {
                  setField(fields.find(({ key }) => key === target.value));
                  setValue("");
                }}
              >
                {fields.map((field) => (
                  <option key={field.key} value={field.key}>
                    {fieldLabel(words, field)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={words.bulk.value}>
            {(wiring) => <ValueInput wiring={wiring} field={field} definitions={definitions} value={value} onChange={setValue} />}
          </Field>
        </>
      )}
      <div role="status" className="preview">
        {wrong !== null ? (
          <p className="problem">
            <Refusal error={wrong} />
          </p>
        ) : preview.data !== null && key !== null ? (
          <>
            <p>{changed === 0 ? words.bulk.nothing : words.bulk.changes(changed, preview.data.chosen)}</p>
            <MovesList moves={preview.data} />
          </>
        ) : (
          <p>{action === null ? "" : words.bulk.previewing}</p>
        )}
      </div>
    </Dialog>
  );
}

/** Who would enter and leave which segments. */
export function MovesList({ moves: { entered, left } }: { moves: Moves }) {
  const { segments } = useWords();
  const lines = [
    ...Object.entries(entered).map(([name, many]) => segments.entered(many, name)),
    ...Object.entries(left).map(([name, many]) => segments.left(many, name)),
  ];
  if (lines.length === 0) return <p className="hint">{segments.nobodyMoves}</p>;
  return (
    <ul className="moves">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

interface Given {
  tags: string;
  status: string;
  segment: string;
  field: FieldAnswer | undefined;
  value: string;
}

/** The action, once there is all that it needs. */
function actionOf(doing: Doing, { tags, status, segment, field, value }: Given): Action | null {
  switch (doing) {
    case "add_tags":
    case "remove_tags": {
      const named = tags.split(",").map((tag) => tag.trim()).filter((tag) => tag !== "");
      return named.length === 0 ? null : { do: doing, tags: named };
    }
    case "set_status":
      return { do: doing, status };
    case "add_to_segment":
    case "remove_from_segment":
      return segment === "" ? null : { do: doing, segment };
    case "set_field":
      return field === undefined ? null : { do: doing, field: field.key, value: readValue(field, value) };
    case "delete":
      return { do: doing };
  }
}
