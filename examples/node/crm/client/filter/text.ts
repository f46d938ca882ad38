// Pieces of filter text.

/** A name as a filter has it. */
export function quoted(name: string): string {
  return `"${name.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t")}"`;
}

/** The filter that shows the members of a segment. */
export function membersOf(segment: string): string {
  return `segments has ${quoted(segment)}`;
}

/** The filter that shows who has a tag. */
export function taggedWith(tag: string): string {
  return `tags has ${quoted(tag)}`;
}
