// A file is sent, tried with the settings, and imported.

import { useEffect, useRef, useState } from "react";
import type { DefinitionsAnswer, ImportEvent, ImportRequest, ReportAnswer } from "../../shared/api.ts";
import { refused } from "../parts/answer.ts";
import { Dialog } from "../parts/dialog.tsx";
import { Refusal, Told } from "../parts/field.tsx";
import { useNotices } from "../parts/notices.tsx";
import { server, type RefusedError } from "../server.ts";
import { useSpeech } from "../words/context.tsx";
import { DropZone } from "./drop-zone.tsx";
import { ImportSettings } from "./settings.tsx";
import { Report } from "./report.tsx";

type Step = "choose" | "upload" | "preview" | "run" | "look" | "done";

interface ImportDialogProps {
  /** The file that was dropped on the page. */
  file: File | null;
  definitions: DefinitionsAnswer;
  progress: ImportEvent | null;
  onClose: () => void;
}

export function ImportDialog({ file: dropped, definitions, progress, onClose }: ImportDialogProps) {
  const { words, language } = useSpeech();
  const notices = useNotices();
  const [file, setFile] = useState(dropped);
  const [id, setId] = useState<string | null>(null);
  const [settings, setSettings] = useState<ImportRequest>({ of: "contacts" });
  const [step, setStep] = useState<Step>(dropped === null ? "choose" : "upload");
  const [report, setReport] = useState<ReportAnswer | null>(null);
  const [error, setError] = useState<RefusedError | null>(null);
  const kept = useRef<string | null>(null);
  const left = useRef(false);

  // A file that is not imported is forgotten with the dialog. The others stay a while: their rejected rows can be had.
  const forget = () => {
    if (kept.current !== null) void server.dropImport(kept.current).catch(() => {});
    kept.current = null;
  };
  useEffect(() => forget, []);

  useEffect(() => {
    if (file === null) return;
    const stop = new AbortController();
    setStep("upload");
    server.upload(file, stop.signal).then(
      ({ id }) => {
        kept.current = id;
        setId(id);
      },
      (error: unknown) => {
        if (stop.signal.aborted) return;
        setError(refused(error));
        setStep("choose");
      },
    );
    return () => stop.abort();
  }, [file]);

  useEffect(() => {
    if (id === null) return;
    let latest = true;
    setStep("preview");
    server.previewImport(id, settings).then(
      (report) => {
        if (!latest) return;
        setReport(report);
        setError(null);
        setStep("look");
      },
      (error: unknown) => {
        if (!latest) return;
        setReport(null);
        setError(refused(error));
        setStep("look");
      },
    );
    return () => {
      latest = false;
    };
  }, [id, settings]);

  const choose = (file: File) => {
    forget();
    setId(null);
    setReport(null);
    setError(null);
    setFile(file);
  };
  const run = async () => {
    if (id === null || step !== "look") return;
    setStep("run");
    let answer: ReportAnswer | null = null;
    const running = server.runImport(id, settings).then((report) => {
      answer = report;
      return report.change;
    });
    const refusal = await notices.change(running, () => {
      const { created = 0, updated = 0, rejected = 0 } = answer ?? {};
      const { notices: said, files } = words;
      const text = settings.of === "contacts" ? said.imported(created, updated, rejected) : said.recorded(created, rejected);
      return { text, link: rejected === 0 ? null : { href: server.rejected(id), text: files.download } };
    });
    if (refusal === null) kept.current = null;
    else if (left.current) notices.fail(refusal);
    setReport(answer);
    setError(refusal);
    setStep(refusal === null ? "done" : "look");
  };
  // An import that was begun goes on when the dialog is closed; a notice tells of its end.
  const leave = () => {
    left.current = true;
    if (step === "run") kept.current = null;
    onClose();
  };
  const stop = () => {
    left.current = true;
    forget();
    onClose();
  };
  const another = () => {
    setFile(null);
    setId(null);
    setReport(null);
    setStep("choose");
  };

  const rows = report === null ? 0 : report.created + report.updated;
  const busy = step === "upload" || step === "preview" || step === "run";
  const hasFile = file !== null && id !== null;
  return (
    <Dialog
      wide
      title={words.files.importTitle}
      onClose={leave}
      onSubmit={() => void run()}
      actions={
        step === "done" ? (
          <>
            <button type="button" onClick={another}>
              {words.files.another}
            </button>
            <button type="button" className="primary" onClick={leave}>
              {words.files.done}
            </button>
          </>
        ) : step === "run" ? (
          <>
            <button type="button" onClick={stop}>
              {words.files.stop}
            </button>
            <button type="button" className="primary" onClick={leave}>
              {words.files.background}
            </button>
          </>
        ) : (
          <>
            <button type="button" onClick={leave}>
              {words.cancel}
            </button>
            <button type="submit" className="primary" disabled={step !== "look" || rows === 0}>
              {report !== null && rows === 0 ? words.files.nothing : words.files.run(rows)}
            </button>
          </>
        )
      }
    >
      {file === null ? (
        <>
          <DropZone onFile={choose} />
          <p>
            <a href={server.template(language)} download>
              {words.files.template}
            </a>
          </p>
        </>
      ) : (
        <p className="file-name">
          <strong>{file.name}</strong>
        </p>
      )}
      {hasFile && step !== "done" && (
        <ImportSettings
          settings={settings}
          ignored={report?.ignoredColumns ?? []}
          definitions={definitions}
          off={step === "run"}
          onChange={setSettings}
        />
      )}
      <div role="status" className="import-status">
        {busy && <Progress label={step === "upload" ? words.files.uploading : words.files.reading} progress={progress?.id === id ? progress : null} />}
      </div>
      {error !== null && (
        <div role="alert">
          <ul className="told problems">
            {error.problems.length === 0 && (
              <li>
                <Refusal error={error} />
              </li>
            )}
            {error.problems.map((problem, index) => (
              <li key={index}>
                <Told problem={problem} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {report !== null && !busy && id !== null && (
        <Report report={report} of={settings.of} done={step === "done"} rejected={server.rejected(id)} />
      )}
    </Dialog>
  );
}

function Progress({ label, progress }: { label: string; progress: ImportEvent | null }) {
  const { words } = useSpeech();
  return (
    <p className="progress">
      <label>
        {label}{" "}
        {progress === null ? <progress /> : <progress value={progress.doneBytes} max={progress.totalBytes} />}
      </label>
      {progress !== null && <span className="hint"> {words.files.progress(progress.rows)}</span>}
    </p>
  );
}
