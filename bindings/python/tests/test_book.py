"""How a book is made, and what it says of its last change."""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import tagmata as tg
from conftest import NOW


def test_the_example_of_the_package():
    book = tg.Book(timezone="Europe/Paris")
    book.create_segment("VIP FR", filter="status = vip and country = FR")
    zoe = book.create_contact(first_name="Zoé", country="FR", mobile="06 12 34 56 78")
    assert book.last_outcome.effects.entered == {}
    outcome = book.set_status("country = FR", "vip")
    assert {name: ids.tolist() for name, ids in outcome.effects.entered.items()} == {"VIP FR": [zoe]}
    assert book.contact(zoe).mobile == "+33612345678"


@pytest.mark.parametrize("zone", ["Europe/Paris", "europe/paris", ZoneInfo("Europe/Paris")])
def test_a_zone_is_a_name_or_a_zone_info(zone):
    book = tg.Book(timezone=zone, clock=datetime(2026, 1, 31, 12, 0))
    assert book.now == datetime(2026, 1, 31, 11, 0, tzinfo=timezone.utc)


def test_settings_reach_the_core():
    book = tg.Book(default_country="fr", week_start="sunday", leap_day="mar_1", limits={"nesting": 1}, clock=NOW)
    zoe = book.create_contact(mobile="06 12 34 56 78", created_at=datetime(2026, 11, 22, 12, 0))
    assert book.find(mobile="+33 6 12 34 56 78") == zoe
    assert book.matches(zoe, "created_at in this week")
    with pytest.raises(tg.FilterError) as error:
        book.count("((status = lead))")
    assert error.value.code == "E0502"


@pytest.mark.parametrize(
    ("settings", "choice"),
    [
        ({"timezone": "Europe/Pariss"}, "Europe/Paris"),
        ({"default_country": "France"}, "FR"),
        ({"week_start": "lundi"}, "monday"),
        ({"leap_day": "never"}, "feb_28"),
        ({"limits": {"node": 1}}, "nodes"),
    ],
)
def test_a_wrong_setting_is_an_error_with_choices(book, settings, choice):
    before = book.definitions()
    for call in [tg.Book, book.change_settings]:
        with pytest.raises(ValueError, match=choice):
            call(**settings)
    assert book.definitions() == before and book.last_outcome is None


@pytest.mark.parametrize(("clock", "error"), [("sundial", ValueError), (1, TypeError)])
def test_a_wrong_clock_is_an_error_with_choices(clock, error):
    with pytest.raises(error, match="system['`], a datetime or a function that gives one"):
        tg.Book(clock=clock)


def test_settings_are_changed_one_by_one_and_taken_back(book):
    def settings():
        return book.definitions()["settings"]

    before = settings()
    outcome = book.change_settings(default_country="fr", leap_day="mar_1", actor="ana")
    assert outcome is book.last_outcome and outcome.commit.actor == "ana"
    assert settings() == {**before, "default_country": "FR", "leap_day": "mar_1"}
    book.undo(outcome)
    assert settings() == before
    book.change_settings(timezone=ZoneInfo("Asia/Tokyo"), default_country="FR", week_start="sunday")
    assert book.change_settings().commit.is_empty
    assert book.change_settings(default_country=...).commit.is_empty
    book.change_settings(default_country=None)
    assert settings() == {**before, "time_zone": "Asia/Tokyo", "week_start": "sunday"}
    with pytest.raises(TypeError, match="a country is the text of its code or None, not `int`"):
        book.change_settings(default_country=33)


def test_a_change_of_settings_moves_contacts_between_segments(book):
    book.create_segment("Today", filter="created_at today")
    # The day of NOW began at 23:00 UTC in Paris, and at 11:00 UTC in Auckland.
    zoe = book.create_contact(created_at=datetime(2026, 11, 23, 12, tzinfo=timezone.utc))
    effects = book.change_settings(timezone="Pacific/Auckland").effects
    assert {name: ids.tolist() for name, ids in effects.entered.items()} == {"Today": [zoe]}


def test_limits_are_changed_one_by_one(book):
    book.change_settings(limits={"nesting": 2})
    book.change_settings(limits={"nodes": 100})
    with pytest.raises(tg.FilterError) as error:
        book.count("(((status = lead)))")
    assert error.value.code == "E0502"
    with pytest.raises(TypeError):
        book.change_settings(limits={"nesting": "deep"})


def test_the_system_clock_moves_the_book_with_each_change():
    before = datetime.now(timezone.utc)
    book = tg.Book()
    stands_at = book.now
    assert book.now == stands_at
    book.define_tag("vip")
    assert before <= stands_at < book.now <= datetime.now(timezone.utc)


def test_the_last_outcome_is_that_of_the_last_change(book):
    assert book.last_outcome is None
    zoe = book.create_contact(first_name="Zoé", actor="ana")
    assert isinstance(zoe, int)
    outcome = book.last_outcome
    assert (outcome.commit.number, outcome.commit.at, outcome.commit.actor) == (1, NOW, "ana")
    assert (outcome.commit.cause, outcome.commit.is_empty) == ("call", False)
    assert book.add_tags([zoe], ["vip"]) is book.last_outcome
    book.count("everyone")
    assert book.last_outcome.commit.number == 2
    with pytest.raises(tg.NotFoundError):
        book.set_status([zoe], "asleep")
    assert book.last_outcome.commit.number == 2


def test_what_another_book_gave_out_is_refused(world):
    other = tg.Book(clock=NOW)
    for call in [
        lambda: other.count(world.book.filter("status = lead")),
        lambda: other.members(world.book.segment("Nord")),
        lambda: other.add_tags(world.book.segment("Nord"), ["vip"]),
    ]:
        with pytest.raises(ValueError, match="is of another book"):
            call()


def test_ids_are_one_array(world):
    ids = world.book.select("everyone")
    assert ids.dtype == np.uint32 and ids.tolist() == [world.zoe, world.leo, world.ana]
    ids[0] = 7  # it is the caller's own
    assert world.book.select("everyone").tolist() == [world.zoe, world.leo, world.ana]
