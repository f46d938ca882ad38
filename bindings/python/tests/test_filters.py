"""Filters in their three spellings, and what they say of themselves."""

from datetime import date, datetime, timezone

import pytest
import tagmata as tg

TREE = {"combinator": "and", "rules": [
    {"id": "r1", "field": "status", "operator": "=", "value": "lead"},
    {"field": "tags", "operator": "contains", "value": "vip"},
]}  # fmt: skip
STORED = {"v": 1, "filter": {"op": "and", "args": [
    {"op": "=", "field": "status", "value": "lead", "id": "r1"},
    {"op": "has", "field": "tags", "value": "vip"},
]}}  # fmt: skip


def test_three_spellings_are_one_filter(world):
    book = world.book
    text, stored, tree = book.filter("Status=Lead and tags has VIP"), book.filter(STORED), book.filter(TREE)
    assert text == stored == tree and hash(stored) == hash(tree)
    assert str(text) == 'status = "lead" and tags has "vip"'
    assert (stored.to_dict(), stored.to_query_builder()) == (STORED, TREE)
    assert tg.Filter.from_json(book, stored.to_json()) == stored
    assert book.filter(stored) is stored
    assert text.fields == ["status", "tags"]
    assert [book.count(filter) for filter in (text, STORED, TREE, str(text))] == [1, 1, 1, 1]


def test_filters_that_differ(world):
    filter = world.book.filter("status = lead")
    assert filter != world.book.filter("status = vip") and filter != "status = lead"
    assert filter != tg.Book().filter("status = lead")


def test_lints_point_into_the_text(book):
    (lint,) = book.filter('first_name = "Zoé" or source != "web"').lints
    assert (lint.code, lint.severity) == ("W0901", "warning")
    assert (lint.start, lint.end) == (22, 37)
    assert lint.help == "add `and source is not empty` to leave them out"
    assert book.filter("status = lead").lints == []


def test_dicts_hold_values_of_python(book):
    book.define_field("birthday", "date")
    stored = {"v": 1, "filter": {"op": "and", "args": (
        {"op": "between", "field": "birthday", "value": [date(1990, 2, 28), date(1990, 3, 1)]},
        {"op": ">", "field": "created_at", "value": datetime(2026, 1, 1, 12, tzinfo=timezone.utc)},
        {"op": "is_empty", "field": "source"},
    )}}  # fmt: skip
    text = "birthday between 1990-02-28 and 1990-03-01 and created_at > 2026-01-01T12:00:00Z and source is empty"
    assert book.filter(stored) == book.filter(text)


@pytest.mark.parametrize(
    ("value", "message"),
    [(object(), "a filter holds dicts"), ({1: 2}, "the keys of a filter are texts"), (b"x", "a filter holds dicts")],
)
def test_dicts_that_hold_something_else(book, value, message):
    with pytest.raises(TypeError, match=message):
        book.filter({"v": 1, "filter": {"op": "=", "field": "source", "value": value}})


def test_problems_of_dicts_have_pointers(world):
    with pytest.raises(tg.FilterError) as error:
        world.book.filter({"combinator": "and", "rules": [{"id": "r1", "field": "biled", "operator": "=", "value": 1}]})
    (problem,) = error.value.diagnostics
    assert (problem.code, problem.pointer, problem.id, problem.start) == ("E0201", "/rules/0/field", "r1", None)
    assert problem.help == "did you mean `billed`?"


def test_a_filter_that_no_tree_can_say(book):
    with pytest.raises(tg.FilterError) as error:
        book.filter("everyone").to_query_builder()
    assert error.value.code == "E0705"


def test_hostile_dicts_end_at_the_limits(book):
    deep = tree = {}
    for _ in range(100_000):
        tree["not"] = tree = {}
    circle = {"v": 1}
    circle["filter"] = circle
    endless = {"v": 1, "filter": {"op": "in", "field": "source", "value": ["x" * 100] * 100_000}}
    for filter, code in [({"v": 1, "filter": deep}, "E0502"), (circle, "E0502"), (endless, "E0501")]:
        with pytest.raises(tg.FilterError) as error:
            book.filter(filter)
        assert error.value.code == code
    while deep:
        deep = deep.pop("not", None)  # without the recursion of a destructor


def test_json_that_is_none(book):
    with pytest.raises(tg.FilterError) as error:
        tg.Filter.from_json(book, '{"v": "é", ]')
    assert (error.value.code, error.value.diagnostics[0].start) == ("E0601", 11)


def test_fields_for_query_builders(world):
    fields = {field["name"]: field for field in world.book.query_builder_fields()}
    assert fields["billed"]["label"] == "Montant facturé"
    assert "count(payment)" in fields and "search" in fields
    assert [value["name"] for value in fields["software"]["values"]] == ["xero", "myob"]
