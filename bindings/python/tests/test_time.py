"""The time of a book."""

import gc
import weakref
from datetime import datetime, timedelta, timezone

import pytest
import tagmata as tg
from conftest import NOW


def test_a_fixed_clock_moves_only_by_advance(world):
    book = world.book
    book.create_segment("Recent", filter="created_at in last 30 days")
    book.create_segment("Old", filter="created_at more than 30 days ago")
    assert book.now == NOW and book.now.tzinfo is timezone.utc
    assert not book.advance().left and book.now == NOW
    advance = book.advance(NOW + timedelta(days=31))
    everybody = [world.zoe, world.leo, world.ana]
    assert (advance.left["Recent"].tolist(), advance.entered["Old"].tolist()) == (everybody, everybody)
    assert advance.commits == [] and book.now == NOW + timedelta(days=31)


def test_a_naive_time_is_in_the_zone_of_the_book(book):
    book.advance(datetime(2026, 12, 1, 12))
    assert book.now == datetime(2026, 12, 1, 11, tzinfo=timezone.utc)


def test_time_does_not_go_back(book):
    with pytest.raises(tg.ConflictError) as error:
        book.advance(NOW - timedelta(seconds=1))
    assert error.value.code == "E1205"
    with pytest.raises(TypeError, match="`datetime`, not `str`"):
        book.advance("2026-12-01")
    with pytest.raises(tg.InvalidValueError):
        tg.Book(timezone="Asia/Tokyo", clock=datetime(1, 1, 1))


def test_what_is_no_clock_is_refused():
    with pytest.raises(tg.InvalidValueError) as error:
        tg.Book(clock="sytem")
    told = error.value.diagnostics[0]
    assert (told.code, told.message) == ("E0805", "`clock` does not take `sytem`")
    assert told.help == "did you mean `system`? it takes `system`, a datetime or a function that gives one"


def test_advance_without_an_instant_goes_to_the_clock():
    book = tg.Book()
    book.create_segment("New", filter="created_at in last 1 minute")
    book.create_contact(created_at=datetime.now(timezone.utc) - timedelta(minutes=1) + timedelta(milliseconds=200))
    zoe = book.select("everyone")[0]
    while book.advance().left == {}:
        pass
    assert not book.matches(zoe, "segments has New")


def test_a_clock_may_be_a_function_that_is_asked_before_each_change():
    shown = [NOW]
    book = tg.Book(timezone="Europe/Paris", clock=lambda: shown[0])
    book.create_segment("Recent", filter="created_at in last 30 days")
    zoe = book.create_contact(first_name="Zoé")
    shown[0] += timedelta(days=31)
    assert book.now == NOW and book.members("Recent").tolist() == [zoe]
    # What is refused or only tried moves nothing, but tells what it would.
    with pytest.raises(tg.NotFoundError):
        book.set_status([zoe], "asleep")
    tried = book.preview(lambda b: b.set_status([zoe], "vip"))
    assert (tried.commit.at, tried.advance.left["Recent"].tolist()) == (shown[0], [zoe])
    assert book.now == NOW
    for change in [
        lambda: book.set_status([zoe], "vip"),
        lambda: book.record(zoe, "message"),
        lambda: book.import_csv(b"Country,First name,Last name,E-mail\nFR,A,B,a@example.com\n"),
        lambda: book.advance(),
        lambda: book.change_settings(week_start="sunday"),
    ]:
        shown[0] += timedelta(hours=1)
        change()
        assert book.now == shown[0]
    shown[0] += timedelta(hours=1)
    with book.batch() as b:
        assert b.now == shown[0]
        shown[0] += timedelta(hours=1)
        b.define_tag("new")  # in a batch time stands still
    assert book.now == shown[0] - timedelta(hours=1)


def test_a_clock_that_goes_back_stands_still():
    shown = [NOW]
    book = tg.Book(clock=lambda: shown[0])
    shown[0] -= timedelta(days=1)
    book.define_tag("vip")
    assert book.now == NOW


def test_a_naive_clock_is_in_the_zone_of_the_book():
    book = tg.Book(timezone="Europe/Paris", clock=lambda: datetime(2026, 12, 1, 12))
    assert book.now == datetime(2026, 12, 1, 11, tzinfo=timezone.utc)
    book.change_settings(timezone="America/New_York")
    book.define_tag("vip")
    assert book.now == datetime(2026, 12, 1, 17, tzinfo=timezone.utc)


def test_what_a_clock_raises_comes_out_and_changes_nothing():
    answers = [NOW]
    book = tg.Book(clock=lambda: answers.pop())
    with pytest.raises(IndexError):
        book.define_tag("vip")
    answers.append("noon")
    with pytest.raises(TypeError, match="a clock gives a `datetime`, not `str`"):
        book.define_tag("vip")
    assert book.tags() == {} and book.now == NOW


def test_a_clock_may_call_its_book_and_goes_with_it():
    class Watch:
        book = None

        def __call__(self):
            return self.book.now + timedelta(seconds=1) if self.book else NOW

    watch = Watch()
    watch.book = tg.Book(clock=watch)
    watch.book.define_tag("vip")
    assert watch.book.now == NOW + timedelta(seconds=1)
    gone = weakref.ref(watch)
    del watch
    gc.collect()
    assert gone() is None


def test_the_next_change_is_an_instant_or_none(world):
    book = world.book
    assert book.next_change() is None
    book.create_segment("Recent", filter="created_at in last 30 days")
    book.create_segment("Old", filter="created_at more than 30 days ago")
    left = NOW + timedelta(days=30)
    assert book.next_change() == left and book.next_change().tzinfo is timezone.utc
    assert sorted(book.advance(left).left) == ["Recent"]
    assert book.next_change() == left + timedelta(microseconds=1)
    assert sorted(book.advance(book.next_change()).entered) == ["Old"]
    assert book.next_change() is None
