// The values of a contact in a form; only those that were changed are sent.

import { useState } from "react";
import type { ContactAnswer, ContactRequest, DefinitionsAnswer } from "../../shared/api.ts";
import { Dialog } from "../parts/dialog.tsx";
import { Field, Refusal, Told } from "../parts/field.tsx";
import { useNotices } from "../parts/notices.tsx";
import { server, type RefusedError } from "../server.ts";
import { useWords } from "../words/context.tsx";
import { fieldLabel } from "../words/labels.ts";
import { editable, readValue, ValueInput, writeValue } from "./value-input.tsx";

interface EditDialogProps {
  /** The contact; a new one is made if there is none. */
  contact: ContactAnswer | null;
  definitions: DefinitionsAnswer;
  onClose: () => void;
  onCreated: (id: number) => void;
}

export function EditDialog({ contact, definitions, onClose, onCreated }: EditDialogProps) {
  const words = useWords();
  const notices = useNotices();
  const fields = definitions.fields.filter(editable);
  const before = (key: string) => {
    const field = fields.find((field) => field.key === key);
    if (field === undefined) return "";
    const first = key === "status" ? (definitions.statuses[0]?.key ?? "") : "";
    return contact === null ? first : writeValue(field, contact.values[key]);
  };
  const [values, setValues] = useState<Record<string, string>>({});
  const [error, setError] = useState<RefusedError | null>(null);
  const [busy, setBusy] = useState(false);

  const save = async () => {
    const changed: ContactRequest["values"] = {};
    for (const field of fields) {
      const text = values[field.key];
      if (text !== undefined && text !== before(field.key)) changed[field.key] = readValue(field, text);
    }
    if (busy) return;
    if (contact !== null && Object.keys(changed).length === 0) return onClose();
    setBusy(true);
    const name = [values["first_name"], values["last_name"]].filter(Boolean).join(" ") || words.list.noName;
    const refusal =
      contact === null
        ? await notices.change(
            server.create({ values: changed }).then((answer) => {
              onCreated(answer.id);
              return answer;
            }),
            words.notices.contactMade(name),
          )
        : await notices.change(server.update(contact.id, { values: changed }), words.notices.changed(1));
    setBusy(false);
    if (refusal === null) onClose();
    else setError(refusal);
  };
  const elsewhere = error?.problems.find(({ field }) => !fields.some(({ key }) => key === field));
  return (
    <Dialog
      wide
      title={contact === null ? words.contact.newTitle : words.contact.editTitle(contact.name ?? words.list.noName)}
      onClose={onClose}
      onSubmit={() => void save()}
      actions={
        <>
          <button type="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="primary" disabled={busy}>
            {contact === null ? words.contact.create : words.save}
          </button>
        </>
      }
    >
      {error !== null && (elsewhere !== undefined || error.problems.length === 0) && (
        <p className="problem" role="alert">
          {elsewhere === undefined ? <Refusal error={error} /> : <Told problem={elsewhere} />}
        </p>
      )}
      <div className="form-grid">
        {fields.map((field) => {
          const isList = field.type === "tags" || field.type === "multi_select";
          return (
            <Field
              key={field.key}
              label={fieldLabel(words, field)}
              problem={error?.problems.find((problem) => problem.field === field.key)}
              {...(isList ? { hint: words.contact.listHint } : {})}
            >
              {(wiring) => (
                <ValueInput
                  wiring={wiring}
                  field={field}
                  definitions={definitions}
                  value={values[field.key] ?? before(field.key)}
                  onChange={(value) => setValues((values) => ({ ...values, [field.key]: value }))}
                />
              )}
            </Field>
          );
        })}
      </div>
    </Dialog>
  );
}
