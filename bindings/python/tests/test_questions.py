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
