"""How the number of contacts, and of the members of segments, grew over time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.ticker import MaxNLocator

from .._native import Advance, Effects, ImportReport, Outcome, Segment
from ._style import DARK, LIGHT, axes_of, color, label, take_frame_away, title

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .._native import Book, Filter


def contact_growth(book: Book, filter: str | Filter | None = None, *, axes: Axes | None = None) -> Axes:
    """How many contacts there were over time: a line that goes up by one wherever a contact begins to be there, by its `created_at`.

    The contacts are those that are there now and match `filter`, all if there is none. Who was deleted, or merged into another
    contact, is not counted at any time. The line goes into `axes`, or into a figure of its own.

    ```python
    from tagmata import plot

    axes = plot.contact_growth(book, "country = FR")
    axes.figure.savefig("growth.png")
    ```
    """
    batches = book.for_each("everyone" if filter is None else filter, batch=10_000)
    created = sorted(contact["created_at"] for batch in batches for contact in batch)
    times, counts = np.unique(np.array([_naive(at) for at in created], "datetime64[us]"), return_counts=True)
    axes = _time_axes(axes)
    if len(times):
        # The line starts at nothing, and goes on until now.
        times = np.concatenate([times[:1], times, [np.datetime64(_naive(max(book.now, created[-1])), "us")]])
        totals = np.concatenate([[0], np.cumsum(counts), [len(created)]])
        axes.step(times, totals, where="post", color=DARK, linewidth=2)
        axes.fill_between(times, totals, step="post", color=DARK, alpha=0.12, linewidth=0)
    axes.set_ylim(bottom=0)
    axes.set_title(f"{len(created)} contacts")
    return axes


class Growth:
    """Keeps how many members segments have over time, from what changes tell.

    A book knows who is in its segments, and not who was: whoever wants to see that over time takes the outcomes of its changes down.
    Give every outcome to `add`, also that of `advance()`. The segments are those that are named, or all of the book, later ones included.

    ```python
    from tagmata import plot

    growth = plot.Growth(book, ["VIP FR"])
    growth.add(book.set_status("country = FR", "vip"))
    [size for _, size in growth.sizes()["VIP FR"]]      # [0, 2]
    axes = growth.draw()
    ```
    """

    def __init__(self, book: Book, segments: Iterable[str | Segment] | None = None):
        self._book = book
        self._names: dict[int, str] = {}
        self._sizes: dict[int, list[tuple[datetime, int]]] = {}
        self._is_of_all = segments is None
        given = book.segments() if segments is None else [_segment(book, segment) for segment in segments]
        for segment in given:
            self._begin(segment, book.now, segment.count or 0)

    def add(self, change: Outcome | Advance | ImportReport) -> None:
        """Takes down who entered and who left by a change, or because time passed. Each change counts once, in their order."""
        if isinstance(change, ImportReport):
            change = change.outcome
        if isinstance(change, Advance):
            self._move(self._book.now, change)
        else:
            self._move(change.commit.at, change.advance)
            self._move(change.commit.at, change.effects)

    def sizes(self) -> dict[str, list[tuple[datetime, int]]]:
        """From when on segments have how many members, by their names."""
        return {self._names[id]: list(sizes) for id, sizes in self._sizes.items()}

    def draw(self, *, most: int = 8, axes: Axes | None = None) -> Axes:
        """A line for each segment, with its name at the end, until now.

        No more than `most` are drawn, the largest now; the title says of how many. They go into `axes`, or into a figure of their own.
        """
        named = sorted(self.sizes().items(), key=lambda each: -each[1][-1][1])
        shown = named[:most]
        axes = _time_axes(axes)
        now = self._book.now
        for place, (name, sizes) in enumerate(shown):
            points = [*sizes, (max(now, sizes[-1][0]), sizes[-1][1])]
            times, counts = np.array([_naive(at) for at, _ in points], "datetime64[us]"), [size for _, size in points]
            axes.step(times, counts, where="post", color=color(place), linewidth=2, label=label(name))
        _name_lines(axes)
        axes.set_ylabel("members")
        axes.set_title(title(len(shown), len(named), "segments"))
        return axes

    def _begin(self, segment: Segment, at: datetime, size: int) -> None:
        self._names[segment.id] = segment.name
        self._sizes[segment.id] = [(at, size)]

    def _move(self, at: datetime, moves: Advance | Effects) -> None:
        ids = {name: id for id, name in self._names.items()}
        for segment in self._book.segments():
            ids[segment.name] = segment.id
            if segment.id in self._names:
                self._names[segment.id] = segment.name
            elif self._is_of_all:
                self._begin(segment, at, 0)
        for side, sign in ((moves.entered, 1), (moves.left, -1)):
            for name, members in side.items():
                sizes = self._sizes.get(ids[name])
                if sizes is not None:
                    sizes.append((at, sizes[-1][1] + sign * len(members)))


def _segment(book: Book, segment: str | Segment) -> Segment:
    return book.segment(segment if isinstance(segment, str) else segment.name)


def _naive(at: datetime) -> datetime:
    """An instant as matplotlib and NumPy take it: in UTC, without saying so."""
    return at.astimezone(timezone.utc).replace(tzinfo=None)


def _time_axes(axes: Axes | None) -> Axes:
    """Axes with time from left to right, and numbers of contacts from nothing up."""
    axes = axes_of(axes, 7, 3.8)
    take_frame_away(axes)
    axes.margins(x=0)
    axes.grid(axis="y", color=LIGHT, linewidth=0.8)
    axes.set_axisbelow(True)
    # These two say nothing about their types.
    new_locator, new_formatter = cast(Any, AutoDateLocator), cast(Any, ConciseDateFormatter)
    locator = new_locator(minticks=3, maxticks=8)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(new_formatter(locator))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylabel("contacts")
    return axes


def _name_lines(axes: Axes) -> None:
    """Writes the name of each line behind its end, in its colour. Names keep a distance, whatever that of the lines is."""
    axes.set_ylim(bottom=0)
    height = axes.get_window_extent().height / axes.figure.dpi * 72
    least, above = 13 / max(height, 1), -1.0
    lines = sorted(axes.get_lines(), key=lambda line: float(np.asarray(line.get_ydata(), float)[-1]))
    _, top = axes.get_ylim()
    for line in lines:
        end = float(np.asarray(line.get_ydata(), float)[-1]) / top
        above = max(end, above + least)
        axes.annotate(
            str(line.get_label()),
            (1, above),
            xycoords="axes fraction",
            xytext=(6, 0),
            textcoords="offset points",
            color=line.get_color(),
            verticalalignment="center",
            parse_math=False,
            usetex=False,
        )
