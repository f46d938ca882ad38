"""What notebooks show: small tables in HTML, without styles of their own. Names are anybody's, so all text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from ._native import Book, Explained, Explanation, ImportReport, Page, Row, Segment, SegmentExplanation, SegmentPart

MOST_ROWS = 20
MOST_CHARACTERS = 200


class Segments(list["Segment"]):
    """A list of segments."""

    def _repr_html_(self) -> str:
        """A small table for notebooks."""
        return segments(self, f"{len(self)} segments")


class Rows(list["Row"]):
    """The rows of a breakdown."""

    def _repr_html_(self) -> str:
        """A small table for notebooks."""
        numbers = ["sum", "avg", "min", "max"]
        numbers = [name for name in numbers if any(getattr(row, name) is not None for row in self)]
        rows = ([row.value, row.label, row.count, *(getattr(row, name) for name in numbers)] for row in self)
        return table(f"{len(self)} values", ["value", "label", "count", *numbers], rows)


def book(book: Book) -> str:
    """Where a book is, how many contacts it has, and its segments."""
    name = "book in memory" if book.path is None else f"book {book.path}"
    if book.closed:
        return table(f"{name}, closed", [], [])
    return segments(book.segments(), f"{name}, {book.count('everyone')} contacts")


def segments(segments: list[Segment], caption: str) -> str:
    """Segments with their sizes."""
    rows = ([each.name, each.kind, "broken" if each.count is None else each.count, each.filter] for each in segments)
    return table(caption, ["segment", "kind", "members", "filter"], rows)


def page(page: Page) -> str:
    """The contacts of a page."""
    keys = ["id", "name", "email", "mobile", "country", "status", "tags"]
    rows = ([getattr(contact, key) for key in keys] for contact in page.contacts)
    return table(f"{len(page.contacts)} of {page.total} contacts", keys, rows)


def import_report(report: ImportReport) -> str:
    """What an import came to, and what was wrong."""
    caption = (
        f"{report.created} created, {report.updated} updated, {report.unchanged} unchanged, {report.rejected} rejected"
    )
    if report.ignored_columns:
        caption += f"; ignored columns: {shown(report.ignored_columns)}"
    if report.problems_left_out:
        caption += f"; {report.problems_left_out} problems left out"
    rows = ([each.row, each.column, each.value, each.message, each.code] for each in report.problems)
    return table(caption, ["row", "column", "value", "problem", "code"], rows)


def explanation(explanation: Explanation) -> str:
    """Each part of a filter, with its answer."""
    caption = "yes" if explanation.verdict else "no"
    return table(caption, ["part", "answer", "value"], parts(explanation.tree, 0))


def parts(part: Explained, depth: int) -> Iterable[Sequence[object]]:
    """A part of a filter and its own parts, indented."""
    yield [indented(part.text, depth), "yes" if part.verdict else "no", part.value]
    for child in part.children:
        yield from parts(child, depth + 1)


def segment_explanation(explanation: SegmentExplanation) -> str:
    """Each part of a segment's filter and its pins, with what they do to the number of members."""
    size = "broken" if explanation.count is None else f"{explanation.count} members"
    roots = [explanation.tree, explanation.always_in, explanation.always_out]
    rows = [row for root in roots if root is not None for row in segment_parts(root, 0)]
    caption = f"{explanation.name}, {size} of {explanation.everybody} contacts"
    return table(caption, ["part", "count", "removes", "adds", "without"], rows)


def segment_parts(part: SegmentPart, depth: int) -> Iterable[Sequence[object]]:
    """A part of a segment's filter and its own parts, indented."""
    yield [indented(part.text, depth), part.count, part.removes, part.adds, part.without]
    for child in part.children:
        yield from segment_parts(child, depth + 1)


def indented(text: str, depth: int) -> str:
    """A text behind as many spaces as are not taken away by HTML."""
    return "\N{EM SPACE}" * depth + text


def table(caption: str, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table with its first rows, and how many more there are."""
    all_rows = list(rows)
    lines = ["<table>", f"<caption>{cell(caption)}</caption>"]
    if all_rows:
        lines += ["<thead>", line("th", headers), "</thead>", "<tbody>"]
        lines += [line("td", row) for row in all_rows[:MOST_ROWS]]
        lines.append("</tbody>")
    lines.append("</table>")
    if len(all_rows) > MOST_ROWS:
        lines.append(f"<p>… and {len(all_rows) - MOST_ROWS} more</p>")
    return "\n".join(lines)


def line(tag: str, cells: Sequence[object]) -> str:
    """One row."""
    return "<tr>" + "".join(f"<{tag}>{cell(value)}</{tag}>" for value in cells) + "</tr>"


def cell(value: object) -> str:
    """A value, cut where it is long, and escaped."""
    text = shown(value)
    return escape(text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + "…")


def shown(value: object) -> str:
    """A value as people read it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(shown, cast("list[object]", value)))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
