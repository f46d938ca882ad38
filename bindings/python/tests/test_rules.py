"""Rules and default rules: what the suites of commands do not say about the package."""

from datetime import UTC, date, datetime

import pytest
import tagmata as tg

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def book():
    book = tg.Book(clock=NOW)
    book.define_field("due", "date")
    book.define_field("billed", "number")
    return book


def test_a_rule_tells_what_it_was_given(book):
    book.create_segment("Nord")
    made = book.add_rule(
        "all", on="payment", condition=book.filter("billed > 1"), set_status="vip", add_tags=["gold"], add_to_segments=["Nord"],
        set_fields={"due": date(2026, 12, 1), "billed": None}, enabled=False,
    )  # fmt: skip
    assert made.warnings == []
    (rule,) = book.rules()
    assert (rule.name, rule.enabled, rule.on, rule.when, rule.condition) == ("all", False, "payment", None, "billed > 1")
    assert (rule.set_status, rule.add_tags, rule.remove_tags) == ("vip", ["gold"], [])
    assert (rule.add_to_segments, rule.remove_from_segments) == (["Nord"], [])
    assert rule.set_fields == {"due": date(2026, 12, 1), "billed": None}
    assert rule.error is None
    assert repr(rule) == '<Rule "all", not enabled>'


def test_a_condition_stays_unless_none_takes_it_away(book):
    book.add_rule("r", when="everyone", condition="billed > 1", set_status="vip", add_tags=["gold"])
    book.update_rule("r", enabled=False)
    assert (book.rules()[0].condition, book.rules()[0].set_status) == ("billed > 1", "vip")
    book.update_rule("r", condition=None, set_status=None)
    assert (book.rules()[0].condition, book.rules()[0].set_status) == (None, None)


def test_filters_come_in_every_form(book):
    tree = {"combinator": "and", "rules": [{"field": "billed", "operator": ">", "value": 1}]}
    book.add_rule("r", when=tree, condition={"v": 1, "filter": {"op": "everyone"}}, add_tags=["gold"])
    assert (book.rules()[0].when, book.rules()[0].condition) == ("billed > 1", "everyone")


def test_all_problems_are_told_each_in_its_part(book):
    condition = {"v": 1, "filter": {"op": "=", "field": "status", "value": "laed"}}
    with pytest.raises(tg.FilterError) as caught:
        book.add_rule("é", when="source = é and biled > 1", condition=condition, add_to_segments=["Nrod"])
    told = [(one.code, one.pointer, one.start, one.end) for one in caught.value.diagnostics]
    assert told == [
        ("E0201", "/when", 15, 20),
        ("E0202", "/condition/filter/value", None, None),
        ("E0205", "/add_to_segments/0", None, None),
    ]


def test_warnings_are_told(book):
    book.add_rule("a", on="payment", condition="billed > 1", set_status="vip")
    warnings = book.add_rule("b", on="payment", set_status="inactive").warnings
    assert [(warning.code, warning.severity) for warning in warnings] == [("W0905", "warning")] * 2
    (warning,) = book.add_rule("c", when="status = vip", set_status="vip").warnings
    assert warning.message == "the rule `c` sets the status `vip`, which is so already wherever it fires"


def test_a_default_rule_that_is_switched_on_says_what_it_gives_way_to(book):
    book.set_automation(lead_to_active=False)
    assert book.add_rule("a", on="payment", set_status="vip").warnings == []
    (warning,) = book.set_automation(lead_to_active=True).warnings
    assert warning.message == (
        "the rule `a` and the default rule `first_payment` may fire together: "
        "`a` is first and sets the status `vip` instead of `active`"
    )


def test_a_switch_is_true_or_false(book):
    with pytest.raises(TypeError, match="`first_invoice` is True or False, not `str`"):
        book.set_automation(rules={"first_payment": False, "first_invoice": "no"})
    assert all(book.automation()["rules"].values())


def test_time_makes_commits(book):
    zoe = book.create_contact(first_name="Zoé")
    book.record(zoe, "appointment", at=datetime(2026, 11, 25, 10, tzinfo=UTC))
    advance = book.advance(datetime(2026, 11, 26, tzinfo=UTC))
    (commit,) = advance.commits
    assert (commit.cause, commit.at, commit.contacts.tolist()) == ("rule", datetime(2026, 11, 25, 10, tzinfo=UTC), [zoe])
    entry = book.contact(zoe).history[-1]
    assert (entry.cause, entry.rule, entry.old, entry.new) == ("rule", "first_appointment", "lead", "active")


def test_a_rule_that_is_gone_has_no_name_in_histories(book):
    book.add_rule("r", when="billed > 1", add_tags=["gold"])
    zoe = book.create_contact(billed=2)
    assert book.contact(zoe).history[-1].rule == "r"
    book.delete_rule("r")
    assert (book.contact(zoe).history[-1].cause, book.contact(zoe).history[-1].rule) == ("rule", None)


def test_switches_are_given_as_they_are_told(book):
    switches = book.automation()
    assert switches["lead_to_active"] is True
    switches["rules"]["first_invoice"] = False
    book.set_automation(**switches)
    assert book.automation() == switches


def test_a_preview_is_not_the_last_outcome(book):
    book.create_contact(billed=2)
    book.add_rule("r", when="billed > 1", add_tags=["gold"])
    last = book.last_outcome
    assert book.preview_rule("r").commit.contacts.tolist() == [0]
    assert book.last_outcome is last
    assert book.count("tags has gold") == 0


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"set_fields": [1]}, "fields to set are a dict from keys to values"),
        ({"add_tags": "gold"}, "names are a list, such as ['vip']"),
        ({"on": 1}, "a name is text"),
    ],
)
def test_arguments_of_other_types(book, parts, message):
    with pytest.raises(TypeError) as error:
        book.add_rule("r", **parts)
    assert message in str(error.value)
