"""Whom a change is about: every form that a selection has."""

import numpy as np
import pytest
import tagmata as tg


def selected(world, selection):
    """The contacts of a selection, by what a change of them touches."""
    world.book.define_tag("chosen")
    world.book.add_tags(selection, ["chosen"])
    members = world.book.select("tags has chosen").tolist()
    world.book.delete_tag("chosen", force=True)
    return members


@pytest.mark.parametrize(
    ("form", "names"),
    [
        (lambda w: "country = FR", "zoe leo"),
        (lambda w: w.book.filter("country = FR"), "zoe leo"),
        (lambda w: {"v": 1, "filter": {"op": "=", "field": "country", "value": "ES"}}, "ana"),
        (lambda w: w.book.segment("french"), "zoe leo"),
        (lambda w: w.book.segment("Nord"), "leo"),
        (lambda w: w.ana, "ana"),
        (lambda w: [w.ana, w.zoe, w.ana], "zoe ana"),
        (lambda w: (w.ana,), "ana"),
        (lambda w: {w.ana}, "ana"),
        (lambda w: (id for id in [w.ana]), "ana"),
        (lambda w: range(1, 3), "leo ana"),
        (lambda w: [], ""),
        (lambda w: w.book.select("country = FR"), "zoe leo"),
        (lambda w: np.array([0, 2]), "zoe ana"),
        (lambda w: np.array([0, 2], dtype=np.int8), "zoe ana"),
        (lambda w: np.arange(3, dtype=np.uint32)[::2], "zoe ana"),
        (lambda w: np.array([]), ""),
        (lambda w: np.uint32(1), "leo"),
        (lambda w: tg.Selection("country = FR"), "zoe leo"),
        (lambda w: tg.Selection("everyone", exclude=[w.leo], expect=2), "zoe ana"),
        (lambda w: tg.Selection(w.book.segment("French"), exclude=np.array([w.zoe])), "leo"),
        (lambda w: tg.Selection([0, 1], expect=2), "zoe leo"),
    ],
)
def test_forms(world, form, names):
    assert selected(world, form(world)) == [getattr(world, name) for name in names.split()]


@pytest.mark.parametrize(
    "selection",
    [None, 1.5, True, b"everyone", ["zoe"], [1.0], [True], np.array([1.0]), np.array([True]), np.array([[1]]), object()],
)
def test_what_is_no_selection_is_a_type_error(world, selection):
    with pytest.raises(TypeError):
        world.book.add_tags(selection, ["vip"])


@pytest.mark.parametrize("ids", [[99], [-1], np.array([99]), np.array([-1]), np.array([2**40])])
def test_ids_that_are_nobodys(world, ids):
    with pytest.raises(tg.NotFoundError) as error:
        world.book.add_tags(ids, ["vip"])
    assert error.value.code == "E0804"


def test_a_selection_that_drifted_is_a_conflict_and_nothing_changes(world):
    with pytest.raises(tg.ConflictError) as error:
        world.book.set_status(tg.Selection("country = FR", expect=3), "vip")
    assert error.value.code == "E1201"
    assert world.book.count("status = vip") == 0
