"""Bulk actions, what they come to, and the way back."""

import pytest
import tagmata as tg


def plain(members):
    return {name: ids.tolist() for name, ids in members.items()}


def test_tags(world):
    world.book.add_tags("country = FR", ["VIP", "newsletter"])
    assert world.book.tags() == {"vip": 2, "newsletter": 2}
    world.book.remove_tags([world.zoe], ["Newsletter"])
    assert world.book.tags() == {"vip": 2, "newsletter": 1}
    with pytest.raises(tg.NotFoundError):
        world.book.remove_tags([world.zoe], ["newsleter"])
    with pytest.raises(TypeError, match=r"\['vip'\]"):
        world.book.add_tags([world.zoe], "vip")


def test_statuses_and_effects(world):
    world.book.create_segment("VIPs", filter="status = vip")
    outcome = world.book.set_status("country = FR", "VIP")
    assert plain(outcome.effects.entered) == {"VIPs": [world.zoe, world.leo]}
    assert outcome.effects.left == {} and outcome.effects
    outcome = world.book.set_status([world.zoe], "lead")
    assert (plain(outcome.effects.entered), plain(outcome.effects.left)) == ({}, {"VIPs": [world.zoe]})
    assert not world.book.set_status([world.zoe], "lead").effects


def test_static_segments(world):
    outcome = world.book.add_to_segment("country = FR", "nord")
    assert plain(outcome.effects.entered) == {"Nord": [world.zoe]}
    world.book.remove_from_segment([world.leo], world.book.segment("Nord"))
    assert world.book.members("Nord").tolist() == [world.zoe]
    with pytest.raises(tg.ConflictError, match="is a dynamic segment"):
        world.book.add_to_segment([world.ana], "French")


def test_undo(world):
    active = world.book.set_status([world.zoe], "active")
    vip = world.book.set_status([world.zoe], "vip")
    with pytest.raises(tg.ConflictError) as error:
        world.book.undo(active)
    assert (error.value.code, error.value.contacts.tolist()) == ("E1202", [world.zoe])
    undone = world.book.undo(vip.commit, actor="ana")
    assert (undone.commit.cause, undone.commit.actor) == ("undo", "ana")
    assert world.book.contact(world.zoe).status == "active"
    world.book.undo(undone)
    assert world.book.contact(world.zoe).status == "vip"
    both = world.book.set_status([world.zoe, world.leo], "inactive")
    world.book.set_status([world.zoe], "lead")
    world.book.undo(both, force=True)
    assert [world.book.contact(id).status for id in (world.zoe, world.leo)] == ["lead", "lead"]
    with pytest.raises(TypeError, match="an Outcome or a Commit"):
        world.book.undo(7)
