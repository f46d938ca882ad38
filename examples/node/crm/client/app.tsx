// The page: lists and segments on the left, the filter and the contacts, and one contact on the right.

import { useCallback, useEffect, useRef, useState } from "react";
import type { ChangeEvent, DefinitionsAnswer, ImportEvent } from "../shared/api.ts";
import { BulkDialog } from "./bulk/dialog.tsx";
import { BulkToolbar, type Doing } from "./bulk/toolbar.tsx";
import { EditDialog } from "./contact/edit-dialog.tsx";
import { ContactPanel } from "./contact/panel.tsx";
import { useDrop } from "./files/drop-zone.tsx";
import { ImportDialog } from "./files/import-dialog.tsx";
import { FilterPanel } from "./filter/panel.tsx";
import { useFilter } from "./filter/use-filter.ts";
import { Columns, useColumns } from "./list/columns.tsx";
import { Pager } from "./list/pager.tsx";
import { ContactTable } from "./list/table.tsx";
import { useList } from "./list/use-list.ts";
import { useAnswer, useSettled } from "./parts/answer.ts";
import { Refusal } from "./parts/field.tsx";
import { Glass } from "./parts/icons.tsx";
import { useNotices } from "./parts/notices.tsx";
import { Sidebar } from "./segments/sidebar.tsx";
import { listen, server } from "./server.ts";
import { names, type Language } from "./words/languages.ts";
import { useSpeech } from "./words/context.tsx";

/** How long a search has to stand still before the server is asked. */
const PAUSE = 60;

/** What changes in the book, as it does: `version` counts the changes, and numbers of members are brought up to date. */
function useBook() {
  const notices = useNotices();
  const [version, setVersion] = useState(0);
  const [definitionsVersion, setDefinitionsVersion] = useState(0);
  const [definitions, setDefinitions] = useState<DefinitionsAnswer | null>(null);
  const [progress, setProgress] = useState<ImportEvent | null>(null);
  const [connected, setConnected] = useState(true);
  const heard = useRef(notices.hear);
  heard.current = notices.hear;

  const answer = useAnswer(String(definitionsVersion), (signal) => server.definitions(signal));
  useEffect(() => setDefinitions(answer.data), [answer.data]);

  useEffect(() => {
    let lost = false;
    const change = (event: ChangeEvent) => {
      const { counts, everybody, tags } = event;
      setDefinitions(
        (known) =>
          known && {
            ...known,
            everybody,
            tags,
            segments: known.segments.map((segment) => {
              const count = counts[segment.name];
              return count === undefined ? segment : { ...segment, count };
            }),
          },
      );
      if (event.definitions) setDefinitionsVersion((version) => version + 1);
      setVersion((version) => version + 1);
      heard.current(event);
    };
    return listen({
      change,
      import: (event) => setProgress(event.done ? null : event),
      connected: (connected) => {
        setConnected(connected);
        setProgress(null);
        // Whatever happened meanwhile was not heard.
        if (connected && lost) {
          setDefinitionsVersion((version) => version + 1);
          setVersion((version) => version + 1);
        }
        lost = !connected;
      },
    });
  }, []);
  return { definitions, version, progress, connected, error: answer.error };
}

export function App() {
  const { words, language, speak } = useSpeech();
  const { definitions, version, progress, connected, error } = useBook();
  const [preset, setPreset] = useState("everyone");
  const [search, setSearch] = useState("");
  const filter = useFilter(version);
  const list = useList(preset, filter.applied, useSettled(search, PAUSE), version);
  const [columns, setColumns] = useColumns();
  const [open, setOpen] = useState<number | null>(null);
  const [doing, setDoing] = useState<Doing | null>(null);
  const [dialog, setDialog] = useState<"new" | "import" | null>(null);
  const [dropped, setDropped] = useState<File | null>(null);
  const opener = useRef<Element | null>(null);

  const drop = useCallback((file: File) => {
    setDropped(file);
    setDialog("import");
  }, []);
  const over = useDrop(drop);
  const openContact = useCallback((id: number) => {
    opener.current = document.activeElement;
    setOpen(id);
  }, []);
  const closeContact = useCallback(() => {
    setOpen(null);
    if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus();
  }, []);
  const closeDialog = () => {
    setDialog(null);
    setDropped(null);
  };

  if (definitions === null) {
    return <main className="waiting">{error === null ? words.loading : <Refusal error={error} />}</main>;
  }
  return (
    <>
      <a className="skip" href="#contacts">
        {words.skip}
      </a>
      <header className="top">
        <h1>{words.title}</h1>
        <div role="search" className="search">
          <Glass />
          <input
            type="search"
            aria-label={words.search}
            placeholder={words.searchHint}
            value={search}
            onChange={({ target }) => setSearch(target.value)}
          />
        </div>
        <div className="top-actions">
          <button type="button" className="primary" onClick={() => setDialog("new")}>
            {words.list.newContact}
          </button>
          <button type="button" onClick={() => setDialog("import")}>
            {words.files.import}
          </button>
          <a className="button" href={server.exported(list.list)} download="contacts.csv">
            {words.files.export}
          </a>
          <select aria-label={words.language} value={language} onChange={({ target }) => speak(target.value as Language)}>
            {Object.entries(names).map(([key, name]) => (
              <option key={key} value={key} lang={key}>
                {name}
              </option>
            ))}
          </select>
        </div>
      </header>
      {!connected && (
        <p className="lost" role="alert">
          {words.connectionLost}
        </p>
      )}
      {progress !== null && !progress.dryRun && dialog !== "import" && (
        <p className="under-way" role="status">
          <progress value={progress.doneBytes} max={progress.totalBytes} aria-label={words.files.reading} /> {words.files.underWay(progress.rows)}
        </p>
      )}
      <div className={open === null ? "columns-of-page" : "columns-of-page with-panel"}>
        <Sidebar
          definitions={definitions}
          preset={preset}
          filter={filter.applied}
          chosen={list.chosen}
          ticked={list.ticked}
          version={version}
          onPreset={(key) => {
            setPreset(key);
            filter.write("");
          }}
          onFilter={(text) => {
            setPreset("everyone");
            filter.write(text);
          }}
        />
        <main id="contacts" tabIndex={-1}>
          <FilterPanel filter={filter} definitions={definitions} />
          <section className="card list" aria-label={words.title}>
            <div className="list-head">
              <p role="status" className="total">
                {list.page.data === null ? words.loading : words.list.total(list.total)}
              </p>
              <Pager state={list} />
              <Columns fields={definitions.fields} columns={columns} onChange={setColumns} />
            </div>
            <BulkToolbar state={list} onDo={setDoing} />
            {list.page.error !== null && (
              <p className="problem" role="alert">
                <Refusal error={list.page.error} />
              </p>
            )}
            <ContactTable state={list} definitions={definitions} columns={columns} open={open} onOpen={openContact} />
            {list.page.data !== null && list.total === 0 && (
              <p className="nobody">
                {words.list.nobody}{" "}
                <button
                  type="button"
                  className="plain"
                  onClick={() => {
                    setPreset("everyone");
                    setSearch("");
                    filter.write("");
                    document.getElementById("contacts")?.focus();
                  }}
                >
                  {words.list.clear}
                </button>
              </p>
            )}
          </section>
        </main>
        {open !== null && (
          <ContactPanel id={open} list={list.list} definitions={definitions} version={version} onClose={closeContact} />
        )}
      </div>
      {over && dialog === null && <div className="drop-over">{words.files.dropAnywhere}</div>}
      {dialog === "new" && <EditDialog contact={null} definitions={definitions} onClose={closeDialog} onCreated={setOpen} />}
      {dialog === "import" && (
        <ImportDialog key={dropped?.name} file={dropped} definitions={definitions} progress={progress} onClose={closeDialog} />
      )}
      {doing !== null && list.chosen !== null && (
        <BulkDialog
          doing={doing}
          chosen={list.chosen}
          definitions={definitions}
          onClose={() => setDoing(null)}
          onDone={() => setDoing(null)}
        />
      )}
    </>
  );
}
