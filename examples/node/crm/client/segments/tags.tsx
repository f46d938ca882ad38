// The tags with their numbers.

import { useState } from "react";
import type { DefinitionsAnswer } from "../../shared/api.ts";
import { taggedWith } from "../filter/text.ts";
import { DeleteDialog, RenameDialog } from "../parts/change-dialog.tsx";
import { server } from "../server.ts";
import { useNumber, useWords } from "../words/context.tsx";
import { Entry } from "./entry.tsx";

interface TagsProps {
  definitions: DefinitionsAnswer;
  filter: string;
  onFilter: (text: string) => void;
}

export function Tags({ definitions, filter, onFilter }: TagsProps) {
  const words = useWords();
  const number = useNumber();
  const [doing, setDoing] = useState<{ what: "rename" | "delete"; tag: string } | null>(null);
  const close = () => setDoing(null);
  if (definitions.tags.length === 0) return null;
  return (
    <nav aria-label={words.tags.title}>
      <h2>{words.tags.title}</h2>
      <ul>
        {definitions.tags.map(({ name, count }) => (
          <Entry
            key={name}
            name={name}
            count={number(count)}
            sign={<span className="kind tag" aria-hidden="true" />}
            current={filter === taggedWith(name)}
            choices={[
              { label: words.names.rename, act: () => setDoing({ what: "rename", tag: name }) },
              { label: words.names.delete, danger: true, act: () => setDoing({ what: "delete", tag: name }) },
            ]}
            onShow={() => onFilter(taggedWith(name))}
          />
        ))}
      </ul>
      {doing?.what === "rename" && (
        <RenameDialog
          name={doing.tag}
          rename={(name) => server.renameTag(doing.tag, { name })}
          say={words.notices.tagRenamed}
          onClose={close}
        />
      )}
      {doing?.what === "delete" && (
        <DeleteDialog
          name={doing.tag}
          remove={(force) => server.deleteTag(doing.tag, force)}
          say={words.notices.tagDeleted(doing.tag)}
          onClose={close}
        />
      )}
    </nav>
  );
}
