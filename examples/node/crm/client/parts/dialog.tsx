// A modal dialog of the browser: it keeps the focus inside, closes on Escape, and gives the focus back.

import { useEffect, useId, useRef, type FormEvent, type ReactNode } from "react";
import { useWords } from "../words/context.tsx";
import { Cross } from "./icons.tsx";

/** What has the focus first: the first input, or else the first of the buttons below. */
const FIRST = [".dialog-body :is(input, select, textarea):enabled", ".dialog-actions button"];

interface DialogProps {
  title: string;
  wide?: boolean;
  onClose: () => void;
  /** What is done when the form in it is sent. */
  onSubmit?: () => void;
  children: ReactNode;
  /** The buttons below. */
  actions?: ReactNode;
}

export function Dialog({ title, wide = false, onClose, onSubmit, children, actions }: DialogProps) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const opened = dialog.current;
    // The browser gives the focus back only to what is still on the page: a menu that was closed meanwhile is not.
    const before = document.activeElement;
    opened?.showModal();
    // Not the button that closes it, but what it is about.
    FIRST.map((element) => opened?.querySelector<HTMLElement>(element)).find((element) => element != null)?.focus();
    return () => {
      opened?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit?.();
  };
  return (
    <dialog
      ref={dialog}
      className={wide ? "dialog wide" : "dialog"}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <form onSubmit={submit} noValidate>
        <header className="dialog-header">
          <h2 id={heading}>{title}</h2>
          <button type="button" className="icon" aria-label={words.close} onClick={onClose}>
            <Cross />
          </button>
        </header>
        <div className="dialog-body">{children}</div>
        {actions !== undefined && <footer className="dialog-actions">{actions}</footer>}
      </form>
    </dialog>
  );
}
