// An entry of the sidebar: it shows a list, has a number, and a menu.

import type { ReactNode } from "react";
import { Dots } from "../parts/icons.tsx";
import { Menu, type Choice } from "../parts/menu.tsx";
import { useWords } from "../words/context.tsx";

interface EntryProps {
  name: string;
  count: string;
  /** What there is to know beside the name. */
  title?: string;
  sign: ReactNode;
  wrong?: boolean;
  current: boolean;
  choices: Choice[];
  onShow: () => void;
}

export function Entry({ name, count, title, sign, wrong = false, current, choices, onShow }: EntryProps) {
  const { names } = useWords();
  return (
    <li className="segment">
      <button
        type="button"
        className={wrong ? "entry wrong" : "entry"}
        title={title}
        aria-current={current ? "true" : undefined}
        onClick={onShow}
      >
        {sign}
        <span className="entry-name">{name}</span>{" "}
        <span className="count">{count}</span>
      </button>
      <Menu label={names.menu(name)} choices={choices}>
        <Dots />
      </Menu>
    </li>
  );
}
