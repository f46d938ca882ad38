"""How large segments are, and who is in which at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from matplotlib import pyplot
from matplotlib.ticker import MaxNLocator

from .._native import Segment
from ._style import DARK, LIGHT, axes_of, label, title

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .._native import Book


def segment_sizes(
    book: Book, segments: Iterable[str | Segment] | None = None, *, most: int = 20, axes: Axes | None = None
) -> Axes:
    """How many members segments have: a bar for each, the largest on top.

    Without `segments`, these are all of the book but broken ones. No more than `most` are drawn, the largest; the title says of
    how many. They go into `axes`, or into a figure of their own.
    """
    named = _members(book, segments)
    shown = named[:most]
    axes = axes_of(axes, 7, 1.2 + 0.3 * len(shown))
    places = range(len(shown))
    bars = axes.barh(places, [len(members) for _, members in shown], color=DARK)
    axes.bar_label(bars, padding=3)
    axes.set_yticks(places, [label(name) for name, _ in shown], parse_math=False, usetex=False)
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.set_xlabel("contacts")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_title(title(len(shown), len(named), "segments"))
    return axes


def segment_overlap(
    book: Book,
    segments: Iterable[str | Segment] | None = None,
    *,
    most_segments: int = 10,
    most: int = 20,
    figure: Figure | None = None,
) -> Figure:
    """Who is in which segments at once (an UpSet plot): a bar for each combination, above the dots that say which it is.

    Each contact is counted once, in the combination of all drawn segments that it is in; who is in none of them is left out. Without
    `segments`, these are the largest of the book, no more than `most_segments`. The combinations are the most frequent, no more than
    `most`; the title says of how many. They go into `figure`, or into a figure of their own.
    """
    named = _members(book, segments)
    if segments is None:
        named = named[:most_segments]
    combinations, counts = _combinations([members for _, members in named])
    shown = combinations[:most]
    if figure is None:
        size = (3 + 0.35 * max(len(shown), 4), 3 + 0.3 * len(named))
        figure = pyplot.figure(figsize=size, layout="constrained")
    grid = figure.add_gridspec(2, 1, height_ratios=[2.2, max(0.3 * len(named), 0.5)])
    bars_axes = figure.add_subplot(grid[0])
    dots_axes = figure.add_subplot(grid[1], sharex=bars_axes)

    bars = bars_axes.bar(range(len(shown)), counts[:most], color=DARK)
    bars_axes.bar_label(bars)
    bars_axes.margins(y=0.12)
    bars_axes.set_ylabel("contacts")
    bars_axes.tick_params(bottom=False, labelbottom=False)
    bars_axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    bars_axes.set_title(title(len(shown), len(combinations), "combinations"))

    across, down = np.meshgrid(range(len(shown)), range(len(named)))
    colors = np.where(shown.T.ravel(), DARK, LIGHT)
    for place, combination in enumerate(shown):
        ends = np.flatnonzero(combination)
        dots_axes.plot([place, place], [ends[0], ends[-1]], color=DARK, linewidth=2, zorder=1)
    dots_axes.scatter(across.ravel(), down.ravel(), c=list(colors), s=60, zorder=2)
    labels = [f"{label(name)} ({len(members)})" for name, members in named]
    dots_axes.set_yticks(range(len(named)), labels, parse_math=False, usetex=False)
    dots_axes.set_ylim(max(len(named), 1) - 0.5, -0.5)
    dots_axes.tick_params(bottom=False, labelbottom=False)
    dots_axes.set_frame_on(False)
    return figure


def _members(book: Book, segments: Iterable[str | Segment] | None) -> list[tuple[str, npt.NDArray[np.uint32]]]:
    """The names and members of segments, the largest first."""
    if segments is None:
        segments = [segment for segment in book.segments() if segment.error is None and segment.count is not None]
    given = [segment if isinstance(segment, Segment) else book.segment(segment) for segment in segments]
    named = [(segment.name, book.members(segment)) for segment in given]
    return sorted(named, key=lambda each: -len(each[1]))


def _combinations(
    members: Sequence[npt.NDArray[np.uint32]],
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.intp]]:
    """Which segments contacts are in, a row for each combination that there is, and how many: the most first."""
    if not members:
        return np.zeros((0, 0), bool), np.zeros(0, np.intp)
    everybody = np.unique(np.concatenate(members))
    are_in = np.stack([np.isin(everybody, each, assume_unique=True) for each in members], axis=1)
    combinations, counts = np.unique(are_in, axis=0, return_counts=True)
    # Of those that are equally frequent, that of few segments comes first, and then that of large ones.
    order = np.lexsort((*np.flipud((~combinations).T), combinations.sum(axis=1), -counts))
    return combinations[order], counts[order]
