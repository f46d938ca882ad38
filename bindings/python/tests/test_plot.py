"""Pictures of a book: what is drawn, and that it can be seen."""

import sys

import numpy as np
import pytest
import tagmata as tg

pytest.importorskip("matplotlib")
from matplotlib import colors, pyplot  # noqa: E402
from pictures import color_at, no_figure_is_left, pixels, texts  # noqa: E402, F401
from tagmata import plot  # noqa: E402

DARK, LIGHT = (0x33, 0x55, 0x7F), (0xD8, 0xDD, 0xE4)


@pytest.fixture
def book():
    """`A` has 0 to 5, `B` 4 to 6, `C` nobody else than 6; 7 is in none. The sizes are 6, 3 and 1."""
    book = tg.Book()
    for number in range(8):
        book.create_contact(first_name=f"Zoé {number}")
    book.create_segment("C", members=[6])
    book.create_segment("A", members=range(6))
    book.create_segment("B", members=[4, 5, 6])
    return book


def test_sizes(book):
    axes = plot.segment_sizes(book)
    assert [bar.get_width() for bar in axes.patches] == [6, 3, 1]
    assert texts(axes.get_yticklabels()) == ["A", "B", "C"]
    assert texts(axes.texts) == ["6", "3", "1"]
    assert (axes.get_title(), axes.get_xlabel()) == ("3 segments", "contacts")
    image = pixels(axes.figure)
    for place, size in enumerate([6, 3, 1]):
        assert color_at(image, axes, size / 2, place) == DARK
        assert color_at(image, axes, size * 0.99, place) == DARK
        assert color_at(image, axes, size + 0.05, place) == (255, 255, 255)
    first, last = (axes.transData.transform((0, place))[1] for place in (0, 2))
    assert first > last


def test_sizes_of_some_segments_in_axes_of_ones_own(book):
    _, axes = pyplot.subplots()
    assert plot.segment_sizes(book, ["C", book.segment("B")], axes=axes) is axes
    assert texts(axes.get_yticklabels()) == ["B", "C"]
    with pytest.raises(tg.NotFoundError):
        plot.segment_sizes(book, ["D"])


def test_only_the_largest_are_drawn(book):
    axes = plot.segment_sizes(book, most=2)
    assert (texts(axes.get_yticklabels()), axes.get_title()) == (["A", "B"], "2 of 3 segments")


def test_overlap(book):
    figure = plot.segment_overlap(book)
    bars, dots = figure.axes
    # 0 to 3 are in A, 4 and 5 in A and B, 6 in B and C.
    assert [bar.get_height() for bar in bars.patches] == [4, 2, 1]
    assert (texts(bars.texts), bars.get_title()) == (["4", "2", "1"], "3 combinations")
    assert texts(dots.get_yticklabels()) == ["A (6)", "B (3)", "C (1)"]
    image = pixels(figure)
    assert color_at(image, bars, 0, 2) == color_at(image, bars, 1, 1) == color_at(image, bars, 2, 0.5) == DARK
    drawn = [[color_at(image, dots, across, down) for across in range(3)] for down in range(3)]
    assert drawn == [[DARK, DARK, LIGHT], [LIGHT, DARK, DARK], [LIGHT, LIGHT, DARK]]
    # A line joins the segments of a combination.
    lines = [[color_at(image, dots, across, down) for across in range(3)] for down in (0.5, 1.5)]
    # A line is thin: its edges are between its colour and white.
    assert [[sum(color) < 382 for color in line] for line in lines] == [[False, True, False], [False, False, True]]


def test_overlap_of_some_segments_in_a_figure_of_ones_own(book):
    figure = pyplot.figure()
    assert plot.segment_overlap(book, ["A", "C"], most=1, figure=figure) is figure
    bars, dots = figure.axes
    assert ([bar.get_height() for bar in bars.patches], bars.get_title()) == ([6], "1 of 2 combinations")
    assert texts(plot.segment_overlap(book, most_segments=1).axes[1].get_yticklabels()) == ["A (6)"]


def test_combinations_count_everybody_once(book):
    """The same as counting with sets."""
    random = np.random.default_rng(7)
    book = tg.Book()
    ids = [book.create_contact(first_name="Zoé") for _ in range(60)]
    chosen = {f"S{number}": random.choice(ids, 20, replace=False) for number in range(4)}
    for name, members in chosen.items():
        book.create_segment(name, members=members)
    bars, dots = plot.segment_overlap(book).axes
    names = [label.split(" ")[0] for label in texts(dots.get_yticklabels())]
    points = dots.collections[0]
    dark = [colors.same_color(color, "#33557f") for color in points.get_facecolors()]
    drawn = {}
    for place, bar in enumerate(bars.patches):
        here = {names[int(down)] for (across, down), is_in in zip(points.get_offsets(), dark) if across == place and is_in}
        drawn[frozenset(here)] = bar.get_height()
    expected = {}
    for id in ids:
        here = frozenset(name for name, members in chosen.items() if id in members)
        expected[here] = expected.get(here, 0) + 1
    expected.pop(frozenset(), None)
    assert drawn == expected
    assert list(drawn.values()) == sorted(drawn.values(), reverse=True)


@pytest.mark.parametrize("name", ["$x^$", "a_{", "\\alpha", "<script>", "x" * 100, "%"])
def test_names_are_drawn_as_they_are(name):
    book = tg.Book()
    book.create_segment(name, members=[book.create_contact(first_name="Zoé")])
    shown = name if len(name) <= 40 else name[:39] + "…"
    axes = plot.segment_sizes(book)
    pixels(axes.figure)
    assert texts(axes.get_yticklabels()) == [shown]
    figure = plot.segment_overlap(book)
    pixels(figure)
    assert texts(figure.axes[1].get_yticklabels()) == [f"{shown} (1)"]


@pytest.mark.parametrize("names", [[], ["Empty"]])
def test_books_without_members_can_be_drawn(names):
    book = tg.Book()
    book.create_segments(names)
    axes, figure = plot.segment_sizes(book), plot.segment_overlap(book)
    assert [bar.get_width() for bar in axes.patches] == [0 for _ in names]
    assert (len(figure.axes[0].patches), figure.axes[0].get_title()) == (0, "0 combinations")
    assert pixels(axes.figure).min() < 255 and pixels(figure).min() < 255


def test_broken_segments_are_left_out():
    book = tg.Book()
    book.define_field("billed", "number")
    book.create_segment("Big", filter="billed > 1")
    book.create_segment("All", filter="everyone")
    book.delete_field("billed", force=True)
    assert texts(plot.segment_sizes(book).get_yticklabels()) == ["All"]


def test_matplotlib_is_asked_for(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.delitem(sys.modules, "tagmata.plot")
    with pytest.raises(ImportError, match=r'tagmata.plot needs matplotlib: `pip install "tagmata\[plot\]"`'):
        import tagmata.plot  # noqa: F401
