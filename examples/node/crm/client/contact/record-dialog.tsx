// Notes that something happened with a contact.

import { useState } from "react";
import { Dialog } from "../parts/dialog.tsx";
import { Field, Refusal } from "../parts/field.tsx";
import { useNotices } from "../parts/notices.tsx";
import { server, type RefusedError } from "../server.ts";
import { useWords } from "../words/context.tsx";
import { kindLabel } from "../words/labels.ts";

export function RecordDialog({ contact, kinds, onClose }: { contact: number; kinds: string[]; onClose: () => void }) {
  const words = useWords();
  const notices = useNotices();
  const [kind, setKind] = useState(kinds[0] ?? "");
  const [details, setDetails] = useState({ at: "", amount: "", label: "" });
  const [error, setError] = useState<RefusedError | null>(null);
  const set = (key: keyof typeof details) => (value: string) => setDetails((details) => ({ ...details, [key]: value }));

  const record = async () => {
    const given = Object.fromEntries(Object.entries(details).filter(([, text]) => text.trim() !== ""));
    const refusal = await notices.change(server.record(contact, { kind, ...given }), `${words.contact.record}: ${kindLabel(words, kind)}`);
    if (refusal === null) onClose();
    else setError(refusal);
  };
  const inputs = [
    ["at", words.contact.when, "datetime-local"],
    ["amount", words.contact.amount, "text"],
    ["label", words.contact.label, "text"],
  ] as const;
  return (
    <Dialog
      title={words.contact.recordTitle}
      onClose={onClose}
      onSubmit={() => void record()}
      actions={
        <>
          <button type="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="primary">
            {words.contact.record}
          </button>
        </>
      }
    >
      <Field label={words.contact.kind}>
        {(wiring) => (
          <select {...wiring} value={kind} onChange={({ target }) => setKind(target.value)}>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {kindLabel(words, kind)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {inputs.map(([key, label, type]) => (
        <Field key={key} label={label}>
          {(wiring) => <input {...wiring} type={type} value={details[key]} onChange={({ target }) => set(key)(target.value)} />}
        </Field>
      ))}
      {error !== null && (
        <p className="problem" role="alert">
          <Refusal error={error} />
        </p>
      )}
    </Dialog>
  );
}
