"""What all pictures share: colours, short names, and axes that are made where none are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib import pyplot

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DARK, LIGHT, TEXT = "#33557f", "#d8dde4", "#4a5362"
# Told apart also by people who see few colours: their lightness goes up and down.
SERIES = ("#33557f", "#e0a145", "#4f9d80", "#a8475e", "#8fb3d9", "#6b5b95", "#c7cf6a", "#7a7f87")
LONGEST_NAME = 40


def color(place: int) -> str:
    """The colour of a line or block by its place among them."""
    return SERIES[place % len(SERIES)]


def label(name: str) -> str:
    """A name on one line."""
    name = " ".join(name.split())
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def title(shown: int, there: int, what: str) -> str:
    """How many things are drawn, and of how many."""
    return f"{there} {what}" if shown == there else f"{shown} of {there} {what}"


def axes_of(axes: Axes | None, width: float, height: float) -> Axes:
    """The axes that were given, or new ones in a figure of this size."""
    if axes is not None:
        return axes
    return pyplot.figure(figsize=(width, height), layout="constrained").add_subplot()


def take_frame_away(axes: Axes) -> None:
    """Leaves the axes their left and lower line, faint ones."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(LIGHT)
    axes.tick_params(color=LIGHT, labelcolor=TEXT)
