// Pins: who is in a dynamic segment whatever its filter says, or out.

import type { Segment, SegmentChanges } from "tagmata";

export type Pin = "in" | "out" | null;

export function pinOf({ alwaysIn, alwaysOut }: Segment, contact: number): Pin {
  if (alwaysIn.includes(contact)) return "in";
  return alwaysOut.includes(contact) ? "out" : null;
}

/** The pins of a contact, by the names of segments. */
export function pinsOf(segments: readonly Segment[], contact: number): Record<string, "in" | "out"> {
  const pins: Record<string, "in" | "out"> = {};
  for (const segment of segments) {
    const pin = pinOf(segment, contact);
    if (pin !== null) pins[segment.name] = pin;
  }
  return pins;
}

/** The pins of a segment, with another one for a contact. */
export function pinned({ alwaysIn, alwaysOut }: Segment, contact: number, pin: Pin): SegmentChanges {
  const others = (contacts: Uint32Array) => [...contacts].filter((other) => other !== contact);
  const more = (side: Pin) => (pin === side ? [contact] : []);
  return {
    alwaysIn: [...others(alwaysIn), ...more("in")],
    alwaysOut: [...others(alwaysOut), ...more("out")],
  };
}
