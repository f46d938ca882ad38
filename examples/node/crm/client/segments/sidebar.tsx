// The lists that every book has, the segments with their numbers, which are always current, and the tags.

import { useState } from "react";
import type { Chosen, DefinitionsAnswer, SegmentAnswer } from "../../shared/api.ts";
import { membersOf } from "../filter/text.ts";
import { Plus } from "../parts/icons.tsx";
import type { Choice } from "../parts/menu.tsx";
import { useNumber, useWords } from "../words/context.tsx";
import type { Words } from "../words/en.ts";
import { presetLabel } from "../words/labels.ts";
import { SegmentDialog, type SegmentDoing } from "./dialogs.tsx";
import { Entry } from "./entry.tsx";
import { Tags } from "./tags.tsx";

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
  const number = useNumber();
  const [doing, setDoing] = useState<SegmentDoing | null>(null);
  const choices = (segment: SegmentAnswer): Choice[] => [
    { label: words.segments.why, act: () => setDoing({ what: "why", segment }) },
    { label: words.names.rename, act: () => setDoing({ what: "rename", segment }) },
    ...(segment.kind === "dynamic" && filter !== "" && filter !== membersOf(segment.name)
      ? [{ label: words.segments.edit, act: () => setDoing({ what: "edit", segment }) }]
      : []),
    { label: words.names.delete, danger: true, act: () => setDoing({ what: "delete", segment }) },
  ];
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
            <Entry
              key={segment.name}
              name={segment.name}
              count={segment.count === null ? words.segments.broken : number(segment.count)}
              title={about(segment, words)}
              sign={<span className={`kind ${segment.kind}`} aria-hidden="true" />}
              wrong={segment.error !== null}
              current={filter === membersOf(segment.name)}
              choices={choices(segment)}
              onShow={() => onFilter(membersOf(segment.name))}
            />
          ))}
        </ul>
      </nav>
      <Tags definitions={definitions} filter={filter} onFilter={onFilter} />
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

function about({ filter, error, pins }: SegmentAnswer, words: Words): string {
  return [error ?? filter ?? words.segments.static, ...(pins > 0 ? [words.segments.pins(pins)] : [])].join(" · ");
}
