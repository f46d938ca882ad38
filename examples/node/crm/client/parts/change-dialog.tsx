// Dialogs that end in a change, or in why that was refused.

import { useState, type ReactNode } from "react";
import type { ChangeAnswer } from "../../shared/api.ts";
import type { RefusedError } from "../server.ts";
import { useWords } from "../words/context.tsx";
import { Dialog } from "./dialog.tsx";
import { Field, Refusal } from "./field.tsx";
import { useNotices } from "./notices.tsx";

interface FormProps {
  title: string;
  submit: string;
  danger?: boolean;
  off?: boolean;
  /** What is done; with force once it was refused, where that helps. */
  act: (force: boolean) => Promise<ChangeAnswer>;
  forced?: { submit: string; text: string };
  say: string;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that ends in a change, or in why that was refused. */
export function ChangeDialog({ title, submit, danger = false, off = false, act, forced, say, onClose, children }: FormProps) {
  const words = useWords();
  const notices = useNotices();
  const [error, setError] = useState<RefusedError | null>(null);
  const [busy, setBusy] = useState(false);
  const force = forced !== undefined && error !== null && error.status === 409;
  const send = async () => {
    if (busy || off) return;
    setBusy(true);
    const refusal = await notices.change(act(force), say);
    setBusy(false);
    if (refusal === null) onClose();
    else setError(refusal);
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={() => void send()}
      actions={
        <>
          <button type="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className={danger ? "danger" : "primary"} disabled={busy || off}>
            {force ? forced.submit : submit}
          </button>
        </>
      }
    >
      {children}
      {error !== null && (
        <p className="problem" role="alert">
          <Refusal error={error} />
        </p>
      )}
      {force && <p>{forced.text}</p>}
    </Dialog>
  );
}

interface RenameDialogProps {
  name: string;
  rename: (name: string) => Promise<ChangeAnswer>;
  say: (name: string) => string;
  onClose: () => void;
}

export function RenameDialog({ name: before, rename, say, onClose }: RenameDialogProps) {
  const { names, save } = useWords();
  const [name, setName] = useState(before);
  return (
    <ChangeDialog
      title={names.renameTitle(before)}
      submit={save}
      off={name.trim() === ""}
      act={() => rename(name)}
      say={say(name)}
      onClose={onClose}
    >
      <Field label={names.name}>{(wiring) => <input {...wiring} value={name} onChange={({ target }) => setName(target.value)} />}</Field>
    </ChangeDialog>
  );
}

interface DeleteDialogProps {
  name: string;
  remove: (force: boolean) => Promise<ChangeAnswer>;
  say: string;
  onClose: () => void;
}

/** Where something uses what is to go, that is said first. */
export function DeleteDialog({ name, remove, say, onClose }: DeleteDialogProps) {
  const { names } = useWords();
  return (
    <ChangeDialog
      title={names.deleteTitle(name)}
      submit={names.delete}
      danger
      act={remove}
      forced={{ submit: names.deleteAnyway, text: names.breaks }}
      say={say}
      onClose={onClose}
    >
      <p>{names.deleteText}</p>
    </ChangeDialog>
  );
}
