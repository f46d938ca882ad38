"""Pictures of what changed over time: what is drawn, and that it can be seen."""

from datetime import datetime, timedelta, timezone

import pytest
import tagmata as tg

pytest.importorskip("matplotlib")
from matplotlib import colors, dates, pyplot  # noqa: E402
from matplotlib.patches import PathPatch, Rectangle  # noqa: E402
from pictures import color_at, no_figure_is_left, pixels, texts  # noqa: E402, F401
from tagmata import plot  # noqa: E402

NOW = datetime(2026, 11, 1, 9, 0, tzinfo=timezone.utc)
LEAD, ACTIVE, VIP = ("#33557f", "#e0a145", "#4f9d80")


def day(number):
    return NOW + timedelta(days=number)


def rgb(color):
    return tuple(round(part * 255) for part in colors.to_rgb(color))


def mixed(color, alpha):
    """A colour that lets white through."""
    return tuple(round(part * alpha + 255 * (1 - alpha)) for part in rgb(color))


def is_near(color, other):
    return all(abs(one - two) <= 2 for one, two in zip(color, other))


def is_dark(color):
    """A line is thin: its edges are between its colour and white."""
    return sum(color) < 382


def points(line):
    """What a line goes through: days since the first of November, and numbers."""
    return [((at - dates.date2num(NOW)), count) for at, count in zip(dates.date2num(line.get_xdata()), line.get_ydata())]


@pytest.fixture
def book():
    """0 and 1 come on the first day, 2 on the third; it is the fifth."""
    book = tg.Book(clock=NOW)
    book.create_contact(country="FR")
    book.create_contact(country="ES")
    book.advance(day(2))
    book.create_contact(country="FR")
    book.advance(day(4))
    return book


def test_contacts_over_time(book):
    axes = plot.contact_growth(book)
    [line] = axes.get_lines()
    assert points(line) == [(0, 0), (0, 2), (2, 3), (4, 3)]
    assert (axes.get_title(), axes.get_ylabel(), line.get_drawstyle()) == ("3 contacts", "contacts", "steps-post")
    image = pixels(axes.figure)
    # Below the line the area is coloured, above it is not; the number goes up on the third day, at once.
    start = dates.date2num(NOW)
    assert is_near(color_at(image, axes, start + 1, 1.5), mixed(LEAD, 0.12))
    assert color_at(image, axes, start + 1, 2.5) == (255, 255, 255)
    assert is_near(color_at(image, axes, start + 3, 2.5), mixed(LEAD, 0.12))
    assert is_dark(color_at(image, axes, start + 1, 2)) and is_dark(color_at(image, axes, start + 3, 3))


def test_some_contacts_in_axes_of_ones_own(book):
    _, axes = pyplot.subplots()
    assert plot.contact_growth(book, "country = FR", axes=axes) is axes
    assert points(axes.get_lines()[0]) == [(0, 0), (0, 1), (2, 2), (4, 2)]
    assert plot.contact_growth(book, book.filter("country = IT")).get_title() == "0 contacts"


def test_creation_dates_count_that_were_imported(book):
    book.create_contact(created_at=day(-3))
    assert points(plot.contact_growth(book).get_lines()[0]) == [(-3, 0), (-3, 1), (0, 3), (2, 4), (4, 4)]


def test_members_over_time(book):
    """Members come and go by changes, by definitions and as time passes."""
    book.create_segment("Nord", members=[0])
    book.create_segment("New", filter="created_at in last 3 days")
    growth = plot.Growth(book)
    growth.add(book.add_to_segment([1, 2], "Nord"))
    growth.add(book.advance(day(6)))
    growth.add(book.create_segment("French", filter="country = FR"))
    growth.add(book.rename_segment("Nord", "North"))
    growth.add(book.remove_from_segment([0], "North"))
    book.advance(day(8))
    assert growth.sizes() == {
        "North": [(day(4), 1), (day(4), 3), (day(6), 2)],
        "New": [(day(4), 1), (day(6), 0)],
        "French": [(day(6), 0), (day(6), 2)],
    }
    axes = growth.draw()
    assert [(line.get_label(), points(line)) for line in axes.get_lines()] == [
        ("North", [(4, 1), (4, 3), (6, 2), (8, 2)]),
        ("French", [(6, 0), (6, 2), (8, 2)]),
        ("New", [(4, 1), (6, 0), (8, 0)]),
    ]
    assert (axes.get_title(), axes.get_ylabel()) == ("3 segments", "members")
    assert sorted(texts(axes.texts)) == ["French", "New", "North"]
    image = pixels(axes.figure)
    assert is_dark(color_at(image, axes, dates.date2num(day(5)), 3))
    # Names do not stand on one another, even where lines end at the same number.
    boxes = sorted((text.get_window_extent() for text in axes.texts), key=lambda box: box.y0)
    assert all(lower.y1 <= upper.y0 + 1 for lower, upper in zip(boxes, boxes[1:]))


def test_members_as_they_are_told_are_the_members(book):
    """The same with a clock that goes by itself, and an import."""
    book.create_segment("French", filter="country = FR")
    book.create_segment("Spanish", filter="country = ES")
    growth = plot.Growth(book, ["French"])
    rows = "first_name,last_name,email,country\n" + "".join(f"Zoé,Roy,z{number}@example.com,FR\n" for number in range(5))
    growth.add(book.import_csv(rows.encode()))
    growth.add(book.delete_contacts([0]))
    growth.add(book.delete_segment("French"))
    assert growth.sizes() == {"French": [(day(4), 2), (day(4), 7), (day(4), 6), (day(4), 0)]}


def test_only_the_largest_lines_are_drawn(book):
    book.create_segments([{"name": f"S{number}", "members": list(range(number))} for number in range(4)])
    axes = plot.Growth(book).draw(most=2)
    assert ([line.get_label() for line in axes.get_lines()], axes.get_title()) == (["S3", "S2"], "2 of 4 segments")


def test_broken_segments_begin_with_nobody(book):
    book.define_field("billed", "number")
    book.create_segment("Big", filter="billed > 1")
    book.delete_field("billed", force=True)
    assert plot.Growth(book).sizes() == {"Big": [(day(4), 0)]}


@pytest.fixture
def moved():
    """0 goes from lead to active and on to VIP, 1 stays a lead, 2 comes later, as a VIP. It is the ninth of November."""
    book = tg.Book(clock=NOW)
    book.create_contact(country="FR")
    book.create_contact(country="ES")
    book.advance(day(2))
    book.set_status([0], "active")
    book.advance(day(5))
    book.create_contact(country="FR", status="vip")
    book.advance(day(6))
    book.set_status([0], "vip")
    book.advance(day(8))
    return book


def blocks(axes):
    """Where blocks are: column, lower end, height, colour."""
    found = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    return [
        (round(block.get_x() + block.get_width() / 2), round(block.get_y(), 6), block.get_height(), colors.to_hex(block.get_facecolor()))
        for block in found
    ]  # fmt: skip


def bands(axes):
    """From where to where bands go: upper and lower end on the left, upper and lower end on the right, colour."""
    found = [patch for patch in axes.patches if isinstance(patch, PathPatch)]
    ends = []
    for band in found:
        heights = [round(float(y), 6) for _, y in band.get_path().vertices]
        ends.append((heights[0], heights[7], heights[3], heights[4], colors.to_hex(band.get_facecolor())))
    return ends


def test_statuses_flow(moved):
    axes = plot.status_flow(moved, [day(1), day(3), day(7)])
    # Between blocks there are 3 % of the 3 contacts.
    assert blocks(axes) == [
        (0, 0, 2, LEAD),
        (1, 1.09, 1, LEAD), (1, 0, 1, ACTIVE),
        (2, 2.09, 1, LEAD), (2, 0, 2, VIP),
    ]  # fmt: skip
    # Whoever comes later is in the lower half of the last block, where no band comes in.
    assert bands(axes) == [
        (2, 1, 2.09, 1.09, LEAD), (1, 0, 1, 0, LEAD),
        (2.09, 1.09, 3.09, 2.09, LEAD), (1, 0, 2, 1, ACTIVE),
    ]  # fmt: skip
    assert texts(axes.texts) == ["Lead 2", "Lead 1", "Active 1", "Lead 1", "VIP 2"]
    assert texts(axes.get_xticklabels()) == ["2026-11-02", "2026-11-04", "2026-11-08"]
    assert axes.get_title() == "3 contacts"
    image = pixels(axes.figure)
    assert color_at(image, axes, 0, 1) == rgb(LEAD)
    assert color_at(image, axes, 2, 1) == rgb(VIP)
    assert is_near(color_at(image, axes, 0.1, 1.5), mixed(LEAD, 0.35))
    assert is_near(color_at(image, axes, 1.9, 1.5), mixed(ACTIVE, 0.35))
    assert color_at(image, axes, 1.9, 0.5) == (255, 255, 255)


def test_moments_can_be_a_number(moved):
    axes = plot.status_flow(moved, 2, "country = FR")
    assert texts(axes.get_xticklabels()) == ["2026-11-05", "2026-11-09"]
    assert texts(axes.texts) == ["Active 1", "VIP 2"]


def test_moments_without_a_zone_are_in_that_of_the_book():
    book = tg.Book(clock=NOW, timezone="Asia/Tokyo")
    book.create_contact()
    # It is six in the evening in Tokyo when the contact comes.
    before, after = datetime(2026, 11, 1, 17, 59), datetime(2026, 11, 1, 18, 0)
    assert texts(plot.status_flow(book, [before, after]).texts) == ["Lead 1"]


@pytest.mark.parametrize("moments", [0, 1, 3, []])
def test_books_without_contacts_can_be_drawn(moments):
    axes = plot.status_flow(tg.Book(clock=NOW), moments)
    assert (blocks(axes), bands(axes), axes.get_title()) == ([], [], "0 contacts")
    pixels(axes.figure)


def test_statuses_that_are_gone_are_one(moved):
    moved.set_status([0], "lead")
    moved.delete_status("active")
    axes = plot.status_flow(moved, [day(3)])
    assert texts(axes.texts) == ["Lead 1", "deleted 1"]


def test_flows_go_into_axes_of_ones_own(moved):
    _, axes = pyplot.subplots()
    assert plot.status_flow(moved, axes=axes) is axes


@pytest.mark.parametrize("name", ["$x^$", "_hidden", "\\alpha", "<script>", "x" * 100])
def test_names_are_drawn_as_they_are(book, name):
    shown = name if len(name) <= 40 else name[:39] + "…"
    book.create_segment(name, members=[0])
    book.update_status("lead", label=name)
    lines, flow = plot.Growth(book).draw(), plot.status_flow(book, 1)
    pixels(lines.figure), pixels(flow.figure)
    assert texts(lines.texts) == [shown]
    assert texts(flow.texts) == [f"{shown} 3"]


def test_nothing_can_be_drawn():
    axes = plot.Growth(tg.Book(clock=NOW)).draw()
    pixels(axes.figure)
    assert (axes.get_lines()[:], axes.get_title()) == ([], "0 segments")
