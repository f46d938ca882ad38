"""Several changes as one, and changes that are only tried."""

import pytest
import tagmata as tg


def test_a_batch_is_one_commit(world):
    before = world.book.last_outcome.commit.number
    batch = world.book.batch(actor="ana")
    with batch as b:
        assert batch.outcome is None
        ben = b.create_contact(first_name="Ben", country="FR")
        b.add_tags([ben], ["new"])
        assert b.count("tags has new") == 1
        assert b.last_outcome is not None
    outcome = world.book.last_outcome
    assert batch.outcome is outcome
    assert (outcome.commit.number, outcome.commit.actor) == (before + 1, "ana")
    assert outcome.effects.entered["French"].tolist() == [ben]
    world.book.undo(outcome)
    assert world.book.count("first_name = ben") == 0


def test_a_batch_that_fails_changes_nothing(world):
    before, batch = world.book.last_outcome, world.book.batch()
    with pytest.raises(tg.NotFoundError):
        with batch as b:
            b.delete_contacts("everyone")
            b.set_status([world.zoe], "asleep")
    assert batch.outcome is None
    assert world.book.count("everyone") == 3 and world.book.last_outcome is before


def test_the_book_is_called_through_its_batch(world):
    with world.book.batch() as b:
        for call in [lambda: world.book.count("everyone"), lambda: world.book.define_tag("x"), lambda: b.batch().__enter__()]:
            with pytest.raises(tg.ConflictError) as error:
                call()
            assert error.value.code == "E1207"
    with pytest.raises(tg.ConflictError) as error:
        b.count("everyone")
    assert error.value.code == "E1207"


def test_a_preview_changes_nothing(world):
    outcome = world.book.preview(lambda b: b.create_segment("French VIPs", filter="country = FR and tags has vip"))
    assert outcome.effects.entered["French VIPs"].tolist() == [world.zoe]
    assert [segment.name for segment in world.book.segments()] == ["French", "Nord"]
    assert world.book.preview(lambda b: None).commit.is_empty
    last = world.book.last_outcome
    tried = world.book.preview(lambda b: b.set_status("everyone", "vip"))
    assert world.book.last_outcome is last and world.book.count("status = vip") == 0
    assert world.book.set_status("everyone", "vip").commit.number == tried.commit.number


def test_a_preview_that_fails_leaves_the_book_as_it_was(world):
    class Oops(Exception):
        pass

    def oops(b):
        b.delete_contacts("everyone")
        raise Oops

    with pytest.raises(Oops):
        world.book.preview(oops)
    with pytest.raises(tg.ConflictError):
        world.book.preview(lambda b: world.book.delete_contacts("everyone"))
    with pytest.raises(TypeError):
        world.book.preview(None)
    assert world.book.count("everyone") == 3


def test_a_batch_is_entered_before_it_is_left(book):
    with pytest.raises(RuntimeError, match="with"):
        book.batch().__exit__(None, None, None)


def test_effects_of_segments_that_had_one_name_after_another_are_told_together(world):
    book = world.book
    book.create_segment("Sud", members=[world.zoe])
    with book.batch() as b:
        b.delete_segment("Sud")
        b.rename_segment("Nord", "Sud")
        b.remove_from_segment([world.leo], "Sud")
    assert book.last_outcome.effects.left["Sud"].tolist() == [world.zoe, world.leo]
