// The lists that every book has, and the segments with their numbers, which are always current.

import { useState } from "react";
import type { Chosen, DefinitionsAnswer, SegmentAnswer } from "../../shared/api.ts";
import { membersOf } from "../filter/text.ts";
import { Dots, Plus } from "../parts/icons.tsx";
import { Menu } from "../parts/menu.tsx";
import { useFormats, useWords } from "../words/context.tsx";
import { presetLabel } from "../words/labels.ts";
import { SegmentDialog, type SegmentDoing } from "./dialogs.tsx";

interface SidebarProps {
  definitions: DefinitionsAnswer;
  preset: string;
  filter: string;
  chosen: Chosen | null;
  ticked: number;
  version: number;
  onPreset: (key: string) => void;
  onFilter: (text: string) => void;
}

export function Sidebar({ definitions, preset, filter, chosen, ticked, version, onPreset, onFilter }: SidebarProps) {
  const words = useWords();
  const formats = useFormats(definitions.timezone);
  const [doing, setDoing] = useState<SegmentDoing | null>(null);
  return (
    <div className="sidebar">
      <nav aria-label={words.presets}>
        <h2>{words.presets}</h2>
        <ul>
          {definitions.presets.map((choice) => (
            <li key={choice.key}>
              <button
                type="button"
                className="entry"
                aria-current={preset === choice.key && filter === "" ? "true" : undefined}
                onClick={() => onPreset(choice.key)}
              >
                {presetLabel(words, choice)}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <nav aria-label={words.segments.title}>
        <div className="section-head">
          <h2>{words.segments.title}</h2>
          <button type="button" className="icon" aria-label={words.segments.create} onClick={() => setDoing({ what: "create" })}>
            <Plus />
          </button>
        </div>
        <ul>
          {definitions.segments.map((segment) => (
            <li key={segment.name} className="segment">
              <SegmentEntry
                segment={segment}
                current={filter === membersOf(segment.name)}
                count={segment.count === null ? words.segments.broken : formats.number(segment.count)}
                onShow={() => onFilter(membersOf(segment.name))}
              />
              <Menu
                label={words.segments.menu(segment.name)}
                choices={[
                  { label: words.segments.why, act: () => setDoing({ what: "why", segment }) },
                  { label: words.segments.rename, act: () => setDoing({ what: "rename", segment }) },
                  ...(segment.kind === "dynamic" && filter !== "" && filter !== membersOf(segment.name)
                    ? [{ label: words.segments.edit, act: () => setDoing({ what: "edit", segment }) }]
                    : []),
                  { label: words.segments.delete, danger: true, act: () => setDoing({ what: "delete", segment }) },
                ]}
              >
                <Dots />
              </Menu>
            </li>
          ))}
        </ul>
      </nav>
      {doing !== null && (
        <SegmentDialog
          doing={doing}
          filter={filter}
          chosen={chosen}
          ticked={ticked}
          version={version}
          onClose={() => setDoing(null)}
        />
      )}
    </div>
  );
}

interface SegmentEntryProps {
  segment: SegmentAnswer;
  current: boolean;
  count: string;
  onShow: () => void;
}

function SegmentEntry({ segment: { name, kind, filter, error, pins }, current, count, onShow }: SegmentEntryProps) {
  const words = useWords();
  const hints = [error ?? filter ?? words.segments.static, ...(pins > 0 ? [words.segments.pins(pins)] : [])].join(" · ");
  return (
    <button
      type="button"
      className={error === null ? "entry" : "entry wrong"}
      title={hints}
      aria-label={`${words.segments.show(name)}: ${count}`}
      aria-current={current ? "true" : undefined}
      onClick={onShow}
    >
      <span className={`kind ${kind}`} aria-hidden="true" />
      <span className="entry-name">{name}</span>
      <span className="count">{count}</span>
    </button>
  );
}
