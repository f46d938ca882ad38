// Making segments, changing them, and what makes one up.

import { useState } from "react";
import type { Chosen, SegmentAnswer, SegmentShare } from "../../shared/api.ts";
import { MovesList } from "../bulk/dialog.tsx";
import { useAnswer } from "../parts/answer.ts";
import { ChangeDialog, DeleteDialog, RenameDialog } from "../parts/change-dialog.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Field, Refusal } from "../parts/field.tsx";
import { server } from "../server.ts";
import { useNumber, useWords } from "../words/context.tsx";

export type SegmentDoing = { what: "create" } | { what: "rename" | "edit" | "delete" | "why"; segment: SegmentAnswer };

interface DialogsProps {
  doing: SegmentDoing;
  /** The filter of the list. */
  filter: string;
  chosen: Chosen | null;
  ticked: number;
  version: number;
  onClose: () => void;
}

export function SegmentDialog({ doing, filter, chosen, ticked, version, onClose }: DialogsProps) {
  const words = useWords();
  switch (doing.what) {
    case "create":
      return <CreateDialog filter={filter} chosen={chosen} ticked={ticked} onClose={onClose} />;
    case "rename":
      return (
        <RenameDialog
          name={doing.segment.name}
          rename={(name) => server.changeSegment(doing.segment.name, { name })}
          say={words.notices.segmentChanged}
          onClose={onClose}
        />
      );
    case "edit":
      return <EditDialog segment={doing.segment} filter={filter} onClose={onClose} />;
    case "delete":
      return (
        <DeleteDialog
          name={doing.segment.name}
          remove={(force) => server.deleteSegment(doing.segment.name, force)}
          say={words.notices.segmentDeleted(doing.segment.name)}
          onClose={onClose}
        />
      );
    case "why":
      return <WhyDialog segment={doing.segment} version={version} onClose={onClose} />;
  }
}

function CreateDialog({ filter, chosen, ticked, onClose }: { filter: string; chosen: Chosen | null; ticked: number; onClose: () => void }) {
  const words = useWords();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<"filter" | "selection" | "empty">(
    chosen !== null ? "selection" : filter !== "" ? "filter" : "empty",
  );
  const create = () => {
    if (kind === "filter") return server.createSegment({ name, filter });
    return server.createSegment(kind === "selection" && chosen !== null ? { name, members: chosen } : { name });
  };
  const kinds = [
    { key: "filter", label: words.segments.byFilter, off: filter === "" },
    { key: "selection", label: words.segments.bySelection(ticked), off: chosen === null },
    { key: "empty", label: words.segments.empty, off: false },
  ] as const;
  return (
    <ChangeDialog
      title={words.segments.create}
      submit={words.save}
      off={name.trim() === ""}
      act={create}
      say={words.notices.segmentMade(name)}
      onClose={onClose}
    >
      <Field label={words.names.name}>
        {(wiring) => <input {...wiring} value={name} onChange={({ target }) => setName(target.value)} />}
      </Field>
      <fieldset className="choices-list">
        <legend>{words.segments.kind}</legend>
        {kinds.map(({ key, label, off }) => (
          <label key={key} className={off ? "off" : undefined}>
            <input type="radio" name="kind" checked={kind === key} disabled={off} onChange={() => setKind(key)} />
            {label}
          </label>
        ))}
      </fieldset>
      {kind === "filter" ? <FilterText text={filter} /> : filter === "" && <p className="hint">{words.segments.noFilter}</p>}
    </ChangeDialog>
  );
}

function FilterText({ text }: { text: string }) {
  return (
    <p className="filter-text">
      <code>{text}</code>
    </p>
  );
}

function EditDialog({ segment, filter, onClose }: { segment: SegmentAnswer; filter: string; onClose: () => void }) {
  const words = useWords();
  const { data, error } = useAnswer(`${segment.name} ${filter}`, (signal) => server.previewSegment(segment.name, filter, signal));
  return (
    <ChangeDialog
      title={words.segments.editTitle(segment.name)}
      submit={words.save}
      off={error !== null}
      act={() => server.changeSegment(segment.name, { filter })}
      say={words.notices.segmentChanged(segment.name)}
      onClose={onClose}
    >
      <h3>{words.segments.editFrom}</h3>
      <FilterText text={segment.filter ?? ""} />
      <h3>{words.segments.editTo}</h3>
      <FilterText text={filter} />
      <div role="status">
        {error !== null && (
          <p className="problem">
            <Refusal error={error} />
          </p>
        )}
        {data !== null && <MovesList moves={data} />}
      </div>
    </ChangeDialog>
  );
}

function WhyDialog({ segment, version, onClose }: { segment: SegmentAnswer; version: number; onClose: () => void }) {
  const words = useWords();
  const { data, error } = useAnswer(`${segment.name} ${version}`, (signal) => server.explainSegment(segment.name, signal));
  const problem = data?.error ?? null;
  const shares = data === null ? [] : [data.tree, data.alwaysIn, data.alwaysOut].filter((share) => share !== null);
  return (
    <Dialog title={words.segments.whyTitle(segment.name)} onClose={onClose}>
      {error !== null && (
        <p className="problem">
          <Refusal error={error} />
        </p>
      )}
      {problem !== null && <p className="problem">{problem}</p>}
      {data !== null && data.count !== null && <p>{words.segments.whyCount(data.count, data.everybody)}</p>}
      {shares.length > 0 && (
        <ul className="parts">
          {shares.map((share, index) => (
            <Share key={index} share={share} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function Share({ share: { text, count, removes, adds, children } }: { share: SegmentShare }) {
  const { segments } = useWords();
  const number = useNumber();
  const does = removes !== null ? segments.removes(removes) : adds !== null ? segments.adds(adds) : null;
  return (
    <li className="part">
      <span className="part-text">
        <strong>{number(count)}</strong> <code>{text}</code>
        {does !== null && <span className="hint"> {does}</span>}
      </span>
      {children.length > 0 && (
        <ul>
          {children.map((child, index) => (
            <Share key={index} share={child} />
          ))}
        </ul>
      )}
    </li>
  );
}
