"""How contacts moved from status to status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timezone
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from ._style import TEXT, axes_of, color, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .._native import Book, Contact, Filter

# How often contacts had which status at each of the moments.
_Ways: TypeAlias = Counter[tuple[str | None, ...]]

# Stands for the statuses that are gone since: histories do not know their names any more. No key is like it.
_DELETED = "(deleted)"

# Of the distance of two columns, and of the height of all contacts.
_WIDTH = 0.06
_GAP = 0.03


def status_flow(
    book: Book, moments: int | Iterable[datetime] = 4, filter: str | Filter | None = None, *, axes: Axes | None = None
) -> Axes:
    """How contacts moved from status to status: a column of blocks for each moment, one for each status, and bands between them.

    What status contacts had when is in their histories; those that were deleted since are one. The `moments` are datetimes, or how many there are to be: then they are at the
    ends of so many equal parts of the time since the first contact was there. A band is as high as many contacts went that way; whoever was not there yet at
    one moment is in the block of the next one, where no band comes in. The contacts are those that are there now and match `filter`, all
    if there is none. The picture goes into `axes`, or into a figure of its own.

    ```python
    from tagmata import plot

    axes = plot.status_flow(book, 3, "country = FR")
    axes.figure.savefig("flow.png")
    ```
    """
    contacts = [book.contact(int(id)) for id in book.select("everyone" if filter is None else filter)]
    times = _times(book, contacts, moments)
    ways = Counter(tuple(_status_at(contact, at) for at in times) for contact in contacts)
    names = {status.key: label(status.label) for status in book.statuses()}
    if any(_DELETED in way for way in ways):
        names[_DELETED] = "deleted"

    axes = axes_of(axes, max(6, 2 + 1.8 * len(times)), 4.5)
    gap = _GAP * len(contacts)
    columns = [_Column(ways, place, names, gap) for place in range(len(times))]
    colors = {status: color(place) for place, status in enumerate(names)}
    for column, following in zip(columns, columns[1:]):
        _draw_bands(axes, ways, column, following, colors)
    for column in columns:
        _draw_blocks(axes, column, names, colors, is_first=column is columns[0], is_last=column is columns[-1])
    axes.set_xlim(-0.7, max(len(times) - 1, 0) + 0.7)
    height = max((column.height for column in columns), default=0) or 1
    axes.set_ylim(-0.02 * height, height)
    axes.set_xticks(range(len(times)), [at.astimezone(timezone.utc).strftime("%Y-%m-%d") for at in times])
    axes.set_yticks([])
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, labelcolor=TEXT)
    axes.set_title(f"{len(contacts)} contacts")
    return axes


class _Column:
    """How many contacts have which status at one moment, and where their blocks stand: the first status on top."""

    def __init__(self, ways: _Ways, place: int, order: Iterable[str], gap: float):
        counts = Counter[str]()
        for way, count in ways.items():
            status = way[place]
            if status is not None:
                counts[status] += count
        self.place = place
        self.counts = {status: counts[status] for status in order if counts[status]}
        self.bottoms: dict[str, float] = {}
        self.height = 0.0
        for status in reversed(self.counts):
            self.bottoms[status] = self.height
            self.height += self.counts[status] + gap

    def tops(self) -> dict[str, float]:
        return {status: bottom + self.counts[status] for status, bottom in self.bottoms.items()}


def _times(book: Book, contacts: Sequence[Contact], moments: int | Iterable[datetime]) -> list[datetime]:
    """The moments, in their order. One without a zone is in that of the book."""
    if isinstance(moments, int):
        first = min((contact.created_at for contact in contacts), default=book.now)
        return [first + (book.now - first) * step / moments for step in range(1, moments + 1)]
    zone = ZoneInfo(book.definitions()["settings"]["time_zone"])
    return sorted(at if at.tzinfo is not None else at.replace(tzinfo=zone) for at in moments)


def _status_at(contact: Contact, at: datetime) -> str | None:
    """The status that a contact had; `None` where it was not there yet."""
    if contact.created_at > at:
        return None
    changes = [entry for entry in contact.history if entry.change == "status"]
    later = [entry.old for entry in changes if entry.at > at]
    if not later:
        return contact.status
    return _DELETED if later[0] is None else str(later[0])


def _draw_blocks(
    axes: Axes, column: _Column, names: dict[str, str], colors: dict[str, str], *, is_first: bool, is_last: bool
) -> None:
    """The blocks of a column, with their names beside them: outside of the picture, where that is near."""
    side = -1 if is_first and not is_last else 1
    for status, count in column.counts.items():
        bottom = column.bottoms[status]
        block = Rectangle((column.place - _WIDTH / 2, bottom), _WIDTH, count, facecolor=colors[status], linewidth=0, zorder=2)
        axes.add_patch(block)
        axes.annotate(
            f"{names[status]} {count}",
            (column.place + side * _WIDTH / 2, bottom + count / 2),
            xytext=(side * 4, 0),
            textcoords="offset points",
            horizontalalignment="right" if side < 0 else "left",
            verticalalignment="center",
            color=TEXT,
            parse_math=False,
            usetex=False,
            zorder=3,
            path_effects=[withStroke(linewidth=2.5, foreground="white", alpha=0.75)],
        )


def _draw_bands(axes: Axes, ways: _Ways, column: _Column, following: _Column, colors: dict[str, str]) -> None:
    """The bands from one column to the next, in the colour of where they come from. They leave and arrive in the order of blocks."""
    flows = Counter[tuple[str, str]]()
    for way, count in ways.items():
        old, new = way[column.place], way[following.place]
        if old is not None and new is not None:
            flows[old, new] += count
    leaving, arriving = column.tops(), following.tops()
    left, right = column.place + _WIDTH / 2, following.place - _WIDTH / 2
    middle = (left + right) / 2
    for old in column.counts:
        for new in following.counts:
            count = flows[old, new]
            if not count:
                continue
            start, end = leaving[old], arriving[new]
            leaving[old], arriving[new] = start - count, end - count
            points = [
                (left, start), (middle, start), (middle, end), (right, end),
                (right, end - count), (middle, end - count), (middle, start - count), (left, start - count),
                (left, start),
            ]  # fmt: skip
            codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
            band = PathPatch(Path(points, codes), facecolor=colors[old], alpha=0.35, linewidth=0, zorder=1)
            axes.add_patch(band)
