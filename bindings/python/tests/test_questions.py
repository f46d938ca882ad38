"""Who matches, how many, and why."""

from datetime import timedelta

import numpy as np
import pytest
import tagmata as tg
from conftest import NOW


def test_counts_and_members(world):
    book = world.book
    assert (book.count("country = FR"), book.count("nobody")) == (2, 0)
    assert book.select("country = FR").tolist() == [world.zoe, world.leo]
    assert book.members("Nord").tolist() == book.members(book.segment("nord")).tolist() == [world.leo]
    assert book.select("nobody").dtype == np.uint32
    assert book.matches(world.zoe, "tags has vip") and not book.matches(world.leo, "tags has vip")
    assert book.segments_of(world.leo) == ["French", "Nord"]


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda w: w.book.count("status = laed"), tg.FilterError),
        (lambda w: w.book.count(7), TypeError),
        (lambda w: w.book.members("Sud"), tg.NotFoundError),
        (lambda w: w.book.members(7), TypeError),
        (lambda w: w.book.matches(99, "everyone"), tg.NotFoundError),
        (lambda w: w.book.matches("zoe", "everyone"), TypeError),
        (lambda w: w.book.matches(1.0, "everyone"), TypeError),
        (lambda w: w.book.segments_of(99), tg.NotFoundError),
        (lambda w: w.book.explain(w.zoe, "Nrd"), tg.NotFoundError),
        (lambda w: w.book.explain(w.zoe, "status = laed"), tg.FilterError),
        (lambda w: w.book.explain(w.zoe, 7), TypeError),
    ],
)
def test_wrong_questions(world, call, error):
    with pytest.raises(error):
        call(world)


def test_explanations_of_segments_and_filters(world):
    explain, book = world.book.explain, world.book
    assert str(explain(world.leo, "nord")) == "yes: put in by hand"
    assert str(explain(world.zoe, book.segment("Nord"))) == "no: not put in by hand"
    assert str(explain(world.zoe, "French")) == 'yes: country = "FR" ("FR")'
    for spelling in ["country = FR", book.filter("country = FR"), book.filter("country = FR").to_dict()]:
        assert explain(world.zoe, spelling).verdict and not explain(world.ana, spelling).verdict


def test_an_explanation_is_a_tree(world):
    tree = {"op": "or", "args": [
        {"op": "=", "field": "status", "value": "vip", "id": "r1"},
        {"op": ">=", "field": "created_at", "value": {"anchor": "now", "offset": -30, "unit": "day"}},
    ]}  # fmt: skip
    why = world.book.explain(world.zoe, {"v": 1, "filter": tree})
    assert (why.verdict, why.valid_until) == (True, NOW + timedelta(days=30, microseconds=1))
    root = why.tree
    assert (root.text, root.verdict, root.decides, root.value, root.id) == ("any of", True, True, None, None)
    status, created = root.children
    assert (status.text, status.verdict, status.value, status.id) == ('status = "vip"', False, '"lead"', "r1")
    assert (status.valid_until, status.decides, status.children) == (None, False, [])
    assert created.decides and created.valid_until == why.valid_until
    assert [node.text for node in why.deciding] == [created.text]


def test_explanations_of_whole_segments(world):
    book = world.book
    book.create_segment("VIP FR", filter="status = vip and country = FR", always_in=[world.ana], always_out=[world.zoe])
    why = book.explain_segment("vip fr")
    assert (why.name, why.filter) == ("VIP FR", 'status = "vip" and country = "FR"')
    assert (why.count, why.everybody, why.error) == (1, 3, None)
    vips, french = why.tree.children
    assert (vips.text, vips.count, vips.removes, vips.adds, vips.without, vips.id) == ('status = "vip"', 0, 2, None, 2, None)
    assert (french.count, french.removes, french.children, repr(french)) == (2, 0, [], '<SegmentPart 2: country = "FR", removes nobody>')
    assert (why.always_in.count, why.always_in.adds, why.always_out.removes, why.always_out.children) == (1, 1, 0, [])
    assert str(why).splitlines() == [
        "VIP FR: 1 of 3 contacts",
        "  0: all of",
        '    0: status = "vip", removes 2',
        '    2: country = "FR", removes nobody',
        "  1: always in, adds 1",
        "  1: always out, removes nobody",
    ]
    plain = why.to_dict()
    assert list(plain) == ["name", "filter", "count", "everybody", "tree", "always_in", "always_out", "error"]
    assert plain["tree"]["children"][0] == {
        "text": vips.text, "count": 0, "removes": 2, "adds": None, "without": 2, "id": None, "children": [],
    }  # fmt: skip
    assert str(book.explain_segment(book.segment("Nord"))) == "Nord: 1 of 3 contacts\n  1: put in by hand"


def test_a_broken_segment_is_explained_by_its_error(world):
    book = world.book
    book.create_segment("Northern", filter="segments has Nord")
    book.delete_segment("Nord", force=True)
    why = book.explain_segment("Northern")
    assert (why.count, why.tree, why.always_in, why.to_dict()["tree"]) == (None, None, None, None)
    assert "broken" in why.error and str(why).startswith("Northern: cannot be counted\n")


@pytest.mark.parametrize(("segment", "error"), [("Sud", tg.NotFoundError), (7, TypeError), ("status = lead", tg.NotFoundError)])
def test_segments_that_cannot_be_explained(world, segment, error):
    with pytest.raises(error):
        world.book.explain_segment(segment)
