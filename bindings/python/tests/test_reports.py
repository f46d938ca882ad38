"""Breakdowns and audiences."""

import pytest
import tagmata as tg


def test_a_breakdown_adds_up(world):
    rows = world.book.breakdown("country", measure="billed")
    found = [(row.value, row.label, row.count, row.sum, row.avg, row.min, row.max) for row in rows]
    assert [each for each in found if each[0] == "FR"][0][2:] == (2, 300.0, 300.0, 300.0, 300.0)
    assert [(each[0], each[2:]) for each in found if each[0] == "ES"] == [("ES", (1, None, None, None, None))]
    rows = world.book.breakdown(by="segments", filter="country = ES")
    assert {row.value: row.count for row in rows} == {"French": 0, "Nord": 0, None: 1}


def test_an_audience_skips_with_a_reason(world):
    book = world.book
    book.define_field("no_mail", "bool")
    book.update_contact(world.zoe, no_mail=True)
    book.create_segment("All", filter="everyone")
    audience = book.audience(["All"], channel="email", opt_out="no_mail")
    assert audience.recipients.tolist() == [world.leo]
    assert {reason: ids.tolist() for reason, ids in audience.skipped.items()} == {
        "opted_out": [world.zoe],
        "same_address": [world.ana],
    }
    audience = book.audience([book.segment("All")], exclude=["Nord", tg.Selection([world.ana])])
    assert audience.recipients.tolist() == [world.zoe]


def test_what_is_no_audience_is_refused(world):
    with pytest.raises(TypeError):
        world.book.audience("Nord")
    for wrong in [{"channel": "fax"}, {"opt_out": "nothing"}, {"exclude": ["Sud"]}]:
        with pytest.raises(tg.TagmataError):
            world.book.audience(["Nord"], **wrong)
