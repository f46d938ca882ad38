"""Contacts: made, changed, found, read, merged, deleted; and what happens with them."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import numpy as np
import pytest
import tagmata as tg
from conftest import NOW


def test_values_of_every_type_come_back(book):
    book.define_field("billed", "number")
    book.define_field("opt_in", "bool")
    book.define_field("birthday", "date")
    book.define_field("seen", "datetime")
    book.define_field("plan", "select", options={"basic": "Basique"})
    book.define_field("software", "multi_select", options=["Xero", "MYOB"])
    table = [
        ("first_name", " Zoé ", "Zoé"),
        ("billed", 120, 120.0),
        ("billed", Decimal("12.5"), 12.5),
        ("billed", np.int64(7), 7.0),
        ("billed", np.float32(0.5), 0.5),
        ("opt_in", True, True),
        ("opt_in", np.bool_(False), False),
        ("birthday", date(1990, 2, 28), date(1990, 2, 28)),
        ("birthday", "1990-02-28", date(1990, 2, 28)),
        ("seen", datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=-3))), datetime(2026, 7, 1, 15, tzinfo=timezone.utc)),
        ("seen", datetime(2026, 7, 1, 12, 0, 0, 5), datetime(2026, 7, 1, 10, 0, 0, 5, tzinfo=timezone.utc)),
        ("plan", "Basique", "basic"),
        ("software", ("myob", "XERO"), ["Xero", "MYOB"]),
        ("country", "fr", "FR"),
        ("mobile", "+33 6 12 34 56 78", "+33612345678"),
        ("status", "VIP", "vip"),
        ("tags", {"vip"}, ["vip"]),
        ("billed", None, None),
        ("source", "  ", None),
    ]
    for key, given, read in table:
        contact = book.contact(book.create_contact({key: given}))
        assert contact[key] == read and type(contact[key]) is type(read), (key, given)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"billed": "many"}, "E0104"),
        ({"billed": True}, "E0407"),
        ({"billed": float("nan")}, "E0104"),
        ({"email": "zoe@"}, "E0405"),
        ({"mobile": "06 12 34 56 78"}, "E0403"),
        ({"country": "+33"}, "E0207"),
        ({"status": "asleep"}, "E0202"),
        ({"software": ["Sage"]}, "E0203"),
        ({"segments": ["French"]}, "E0809"),
        ({"biled": 1}, "E0201"),
        ({"id": 7}, "E0806"),
        ({"created_at": date(2026, 1, 1)}, "E0407"),
    ],
)
def test_what_a_field_does_not_take_is_for_the_core_to_say(world, values, code):
    with pytest.raises(tg.TagmataError) as error:
        world.book.create_contact(values)
    assert error.value.code == code
    assert [problem.field for problem in error.value.diagnostics] == list(values)


@pytest.mark.parametrize("value", [object(), b"bytes", {"a": 1}, [1, 2], 1j])
def test_what_no_field_takes_is_a_type_error(book, value):
    with pytest.raises(TypeError, match="text"):
        book.create_contact(source=value)


def test_all_problems_are_told_at_once(book):
    with pytest.raises(tg.InvalidValueError) as error:
        book.create_contact(fist_name="Zoé", email="zoe@")
    assert [(problem.field, problem.code) for problem in error.value.diagnostics] == [
        ("fist_name", "E0201"),
        ("email", "E0405"),
    ]
    assert "did you mean `first_name`" in str(error.value)


def test_a_dict_and_keywords_go_together(book):
    zoe = book.create_contact({"first_name": "Zoé"}, last_name="Martin")
    assert book.contact(zoe).name == "Zoé Martin"


def test_a_contact_is_read_by_attributes_and_keys(world):
    zoe = world.book.contact(world.zoe)
    assert (zoe.id, zoe.first_name, zoe.name, zoe.email) == (world.zoe, "Zoé", "Zoé Martin", "zoe@example.com")
    assert (zoe.external_id, zoe.account_number, zoe.mobile, zoe.organization, zoe.source) == (None,) * 5
    assert (zoe.country, zoe.status, zoe.tags, zoe.segments) == ("FR", "lead", ["vip"], ["French"])
    assert (zoe.created_at, zoe.updated_at, zoe.status_changed_at) == (NOW, NOW, NOW)
    assert zoe.last_interaction is None
    assert (zoe["billed"], zoe["software"], zoe["country"]) == (300.0, None, "FR")
    assert "billed" in zoe and "biled" not in zoe
    assert zoe.to_dict() == {key: zoe[key] for key in zoe.keys()}
    assert world.book.contact(world.leo).segments == ["French", "Nord"]
    assert world.book.contact(world.leo).tags == []
    with pytest.raises(KeyError, match="there is no field `biled`; there are id, .*billed"):
        zoe["biled"]


def test_a_contact_stands_still(world):
    before = world.book.contact(world.zoe)
    world.book.update_contact(world.zoe, {"first_name": "Zoë"})
    assert (before.first_name, world.book.contact(world.zoe).first_name) == ("Zoé", "Zoë")


def test_updates_set_and_clear(world):
    outcome = world.book.update_contact(world.zoe, {"billed": 120, "last_name": None})
    assert isinstance(outcome, tg.Outcome)
    zoe = world.book.contact(world.zoe)
    assert (zoe["billed"], zoe.last_name, zoe.first_name) == (120.0, None, "Zoé")
    world.book.update_contacts("country = FR", {"source": "fair"}, organization="Acme")
    assert world.book.count('source = fair and organization = "acme"') == 2


def test_find(world):
    assert world.book.find(email="ZOE@example.com") == world.zoe
    assert world.book.find(external_id="none") is None
    with pytest.raises(tg.ConflictError) as error:
        world.book.find(email="info@example.com")
    assert (error.value.code, error.value.contacts.tolist()) == ("E1203", [world.leo, world.ana])
    with pytest.raises(tg.InvalidValueError, match="`external_id`, `email`, `mobile` or `account_number`"):
        world.book.find(first_name="Zoé")
    with pytest.raises(tg.NotFoundError, match="did you mean `email`"):
        world.book.find(emial="zoe@example.com")
    for keys in [{}, {"email": "zoe@example.com", "mobile": "1"}, {"email": 1}]:
        with pytest.raises(TypeError):
            world.book.find(**keys)


def test_deleted_contacts_come_back_by_undo(world):
    outcome = world.book.delete_contacts("country = FR")
    assert outcome.effects.left["French"].tolist() == [world.zoe, world.leo]
    with pytest.raises(tg.NotFoundError) as error:
        world.book.contact(world.zoe)
    assert isinstance(error.value, LookupError) and error.value.contacts.tolist() == [world.zoe]
    world.book.undo(outcome)
    assert world.book.contact(world.zoe).tags == ["vip"]


def test_merge_takes_what_is_lacking_in_the_order_of_the_others(world):
    ben = world.book.create_contact(last_name="Blanc", source="fair")
    world.book.merge_contacts(world.leo, [ben, world.zoe])
    leo = world.book.contact(world.leo)
    assert (leo.name, leo.source, leo.tags) == ("Léo Blanc", "fair", ["vip"])
    assert world.book.find(email="zoe@example.com") == world.leo
    assert {entry.old for entry in leo.history if entry.change == "merged"} == {ben, world.zoe}


def test_what_happened_is_recorded(world):
    world.book.record(world.zoe, "payment")
    world.book.record(world.zoe, "payment", at=datetime(2026, 11, 1, 12), amount=Decimal("49.90"), label="Invoice 7")
    world.book.record(world.zoe, "invoice", at=NOW - timedelta(days=1), amount=12.1, actor="till")
    first, invoice, last = world.book.contact(world.zoe).interactions
    assert (first.kind, first.label) == ("payment", "Invoice 7")
    assert first.at == datetime(2026, 11, 1, 11, tzinfo=timezone.utc)
    assert first.amount == Decimal("49.9") and isinstance(first.amount, Decimal)
    assert (invoice.amount, invoice.at) == (Decimal("12.1"), NOW - timedelta(days=1))
    assert (last.at, last.amount, last.label) == (NOW, None, None)
    assert world.book.last_outcome.commit.actor == "till"
    assert world.book.count("sum(payment) = 49.9") == 1


@pytest.mark.parametrize(
    ("call", "error", "code"),
    [
        ({"kind": "paymnt"}, tg.NotFoundError, "E0206"),
        ({"amount": "many"}, tg.InvalidValueError, "E0104"),
        ({"amount": 0.0000001}, tg.InvalidValueError, "E0404"),
        ({"amount": True}, tg.InvalidValueError, "E0104"),
        ({"contact": 99}, tg.NotFoundError, "E0804"),
        ({"contact": -1}, tg.NotFoundError, "E0804"),
    ],
)
def test_what_cannot_be_recorded(world, call, error, code):
    call = {"contact": world.zoe, "kind": "payment", **call}
    with pytest.raises(error) as refused:
        world.book.record(**call)
    assert refused.value.code == code


def test_history_says_who_and_why(world):
    book = world.book
    book.set_status([world.zoe], "vip", actor="ana")
    book.remove_tags([world.zoe], ["vip"])
    book.add_to_segment([world.zoe], "Nord")
    book.undo(book.remove_from_segment([world.zoe], "Nord"))
    history = [(entry.change, entry.old, entry.new, entry.actor) for entry in book.contact(world.zoe).history]
    assert history == [
        ("created", None, None, None),
        ("status", "lead", "vip", "ana"),
        ("tag_removed", "vip", None, None),
        ("segment_added", None, "Nord", None),
    ]
    last = book.contact(world.zoe).history[-1]
    assert (last.at, last.cause, last.commit) == (NOW, "call", book.last_outcome.commit.number - 2)
