"""The time of a book."""

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


def test_advance_without_an_instant_goes_to_the_clock():
    book = tg.Book()
    book.create_segment("New", filter="created_at in last 1 minute")
    book.create_contact(created_at=datetime.now(timezone.utc) - timedelta(minutes=1) + timedelta(milliseconds=200))
    zoe = book.select("everyone")[0]
    while book.advance().left == {}:
        pass
    assert not book.matches(zoe, "segments has New")
