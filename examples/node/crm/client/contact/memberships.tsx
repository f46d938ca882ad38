// The segments that a contact is in and those that it is not in, each with its reason and its pin.

import { useState } from "react";
import type { ContactAnswer, DefinitionsAnswer, SegmentAnswer } from "../../shared/api.ts";
import { Dots } from "../parts/icons.tsx";
import { Menu, type Choice } from "../parts/menu.tsx";
import { useNotices } from "../parts/notices.tsx";
import { server } from "../server.ts";
import { useWords, type Formats } from "../words/context.tsx";
import { Explanation } from "./explanation.tsx";

interface MembershipsProps {
  contact: ContactAnswer;
  definitions: DefinitionsAnswer;
  version: number;
  formats: Formats;
}

export function Memberships({ contact, definitions, version, formats }: MembershipsProps) {
  const words = useWords();
  const names = contact.values["segments"];
  const within = Array.isArray(names) ? names : [];
  const members = definitions.segments.filter(({ name }) => within.includes(name));
  const others = definitions.segments.filter(({ name, kind, error }) => kind === "dynamic" && error === null && !within.includes(name));
  const list = (segments: SegmentAnswer[]) => (
    <ul className="memberships">
      {segments.map((segment) => (
        <Membership key={segment.name} contact={contact} segment={segment} version={version} formats={formats} />
      ))}
    </ul>
  );
  return (
    <section aria-label={words.contact.segments}>
      <h3>{words.contact.segments}</h3>
      {members.length === 0 ? <p className="hint">{words.contact.noSegments}</p> : list(members)}
      {others.length > 0 && (
        <details>
          <summary>{words.contact.otherSegments}</summary>
          {list(others)}
        </details>
      )}
    </section>
  );
}

interface MembershipProps {
  contact: ContactAnswer;
  segment: SegmentAnswer;
  version: number;
  formats: Formats;
}

function Membership({ contact, segment: { name, kind }, version, formats }: MembershipProps) {
  const words = useWords();
  const notices = useNotices();
  const [asked, setAsked] = useState(false);
  const pin = contact.pins[name];
  const set = (pin: "in" | "out" | null) => async () => {
    const refusal = await notices.change(server.pin(name, contact.id, { pin }), words.notices.segmentChanged(name));
    if (refusal !== null) notices.fail(refusal);
  };
  const choices: Choice[] = [
    ...(pin === "in" ? [] : [{ label: words.contact.pinIn, act: () => void set("in")() }]),
    ...(pin === "out" ? [] : [{ label: words.contact.pinOut, act: () => void set("out")() }]),
    ...(pin === undefined ? [] : [{ label: words.contact.unpin, act: () => void set(null)() }]),
  ];
  return (
    <li>
      <div className="membership">
        <span className="membership-name">
          {name}
          <span className="hint">
            {" "}
            {pin === "in" ? words.contact.pinnedIn : pin === "out" ? words.contact.pinnedOut : kind === "static" ? words.contact.byHand : ""}
          </span>
        </span>
        {kind === "dynamic" && (
          <>
            <button
              type="button"
              className="plain"
              aria-label={words.contact.whySegment(name)}
              aria-expanded={asked}
              onClick={() => setAsked(!asked)}
            >
              {words.contact.why}
            </button>
            <Menu label={words.names.menu(name)} choices={choices}>
              <Dots />
            </Menu>
          </>
        )}
      </div>
      {asked && <Explanation contact={contact.id} by={{ segment: name }} version={version} formats={formats} />}
    </li>
  );
}
