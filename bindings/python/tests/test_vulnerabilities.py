"""Classes of vulnerabilities that others published, where Python is its own case (docs/vulnerability-classes.md)."""

import copy
import io
import pickle

import pytest
import tagmata as tg

# Odoo unpickled what had been stored: CVE-2017-10803, https://nvd.nist.gov/vuln/detail/CVE-2017-10803


class Bomb:
    """What a pickle may call as it is read."""

    armed = True

    def __reduce__(self):
        return (pytest.fail, ("a pickle was read",))


def test_only_what_is_plain_goes_through_pickles(world):
    """A book, a filter or a contact in a pickle would tempt hosts to read pickles; filters are stored as JSON, books as files."""
    book = world.book
    book.create_segment("Rich", filter="billed > 100")
    outcome = book.set_status([world.zoe], "vip")
    mapping = {"contacts": {"table": "t", "id": "id"}}
    things = [
        book, book.filter("everyone"), book.contact(world.zoe), book.segment("Rich"), outcome, outcome.commit,
        book.filter("everyone").to_sql("sqlite", mapping), book.explain(world.zoe, "everyone"),
    ]  # fmt: skip
    for thing in things:
        for call in [pickle.dumps, copy.copy, copy.deepcopy]:
            with pytest.raises(TypeError):
                call(thing)


def test_nothing_is_unpickled(book, tmp_path):
    bomb = pickle.dumps(Bomb())
    file = tmp_path / "bomb.db"
    file.write_bytes(bomb)
    for call in [
        lambda: tg.Filter.from_json(book, bomb.decode("latin-1")),
        lambda: book.filter(bomb.decode("latin-1")),
        lambda: book.apply_definitions(bomb.decode("latin-1")),
        lambda: book.filter("everyone").to_sql("sqlite", bomb.decode("latin-1")),
        lambda: tg.Book.open(file),
    ]:
        with pytest.raises((tg.TagmataError, TypeError)):
            call()
    with pytest.raises(TypeError):
        book.count(Bomb())
    with pytest.raises(TypeError):
        book.count({"v": 1, "filter": Bomb()})


# Keys of dicts as something else than keys

# Django took the word between conditions from a key: CVE-2025-64459, https://nvd.nist.gov/vuln/detail/CVE-2025-64459


@pytest.mark.parametrize("key", ["_connector", "_negated", "__class__", "__init__", "self", "status__in", "contacts.password"])
def test_keys_of_requests_are_no_arguments(world, key):
    book = world.book
    before = book.count("everyone")
    for call in [
        lambda: book.count({"v": 1, "filter": {"op": "everyone", key: "OR 1=1"}}),
        lambda: book.count({"combinator": "and", "rules": [{"field": key, "operator": "=", "value": 1}]}),
        lambda: book.count({"combinator": "and", key: "or", "rules": [{"field": "status", "operator": "=", "value": "lead"}]}),
        lambda: book.create_contact(**{"first_name": "Mallory", key: "x"}),
        lambda: book.update_contact(world.zoe, **{key: "x"}),
        lambda: book.filter("everyone").to_sql("sqlite", {"contacts": {"table": "t", "id": "id", key: "x"}}),
        lambda: book.page(sort=key),
    ]:
        with pytest.raises((tg.TagmataError, TypeError)):
            call()
    assert book.count("everyone") == before


# Filters that fail open

# Prisma dropped conditions without a value: https://github.com/prisma/orm/issues/20169

NOTHING = [
    None, "", "  ", {}, [], (), True, 0.5, {"v": 1}, {"v": 1, "filter": None}, {"v": 1, "filter": {}},
    {"v": 1, "filter": {"op": "and", "args": []}}, {"v": 1, "filter": {"op": "or", "args": []}}, {"v": 1, "filter": {"op": "not", "arg": None}},
    {"v": 1, "filter": {"op": "=", "field": "status", "value": None}}, {"v": 1, "filter": {"op": "in", "field": "status", "value": []}},
    {"v": 1, "filter": {"op": "not_in", "field": "status", "value": []}}, {"combinator": "and", "rules": []},
    {"combinator": "and", "rules": [None]}, {"combinator": "and", "rules": [{"field": "status", "operator": "=", "value": None}]},
]  # fmt: skip


@pytest.mark.parametrize("nothing", NOTHING, ids=str)
def test_what_says_nothing_finds_nobody(world, nothing):
    book = world.book
    before = sorted(book.select("everyone").tolist()), book.last_outcome.commit.number
    is_list = isinstance(nothing, (list, tuple))
    questions = [
        lambda: book.filter(nothing),
        lambda: book.select(nothing),
        lambda: book.count(nothing),
        lambda: book.matches(world.zoe, nothing),
        lambda: book.explain(world.zoe, nothing),
    ]
    changes = [
        lambda: book.add_tags(nothing, ["new"]),
        lambda: book.set_status(nothing, "inactive"),
        lambda: book.add_to_segment(nothing, "Nord"),
        lambda: book.delete_contacts(nothing),
    ]
    # A list is one of ids, and an empty one is nobody.
    for call in questions + ([] if is_list else changes):
        with pytest.raises((tg.TagmataError, TypeError)):
            call()
    assert (sorted(book.select("everyone").tolist()), book.last_outcome.commit.number) == before
    if is_list:
        book.delete_contacts(nothing)
        assert book.count("everyone") == len(before[0])


FILE = b"First name,Last name,Email\nZoe,Martin,zoe@example.com\n"

# A call that narrows by an option, and the option.
NARROWED = [
    *((lambda w, **k: w.book.delete_interactions("everyone", **k), key) for key in ["kind", "label", "since", "until"]),
    *((lambda w, **k: w.book.audience(["Nord"], **k), key) for key in ["exclude", "channel", "opt_out"]),
    *((lambda w, **k: w.book.delete_contacts(tg.Selection("everyone", **k)), key) for key in ["exclude", "expect"]),
    (lambda w, **k: w.book.create_segment("New", filter="everyone", **k), "always_out"),
    (lambda w, **k: w.book.create_segments([{"name": "New", "filter": "everyone", **k}]), "always_out"),
    *((lambda w, **k: w.book.add_rule("new", on="payment", set_status="vip", **k), key) for key in ["condition", "enabled"]),
    *((lambda w, **k: w.book.import_csv(FILE, **k), key) for key in ["update", "create", "dry_run"]),
    *((lambda w, **k: w.book.import_table({"first_name": ["Zoe"]}, **k), key) for key in ["update", "create", "dry_run"]),
    (lambda w, **k: w.book.import_interactions(b"Email,Kind,Time\nzoe@example.com,payment,2026-11-20\n", **k), "dry_run"),
]


@pytest.mark.parametrize(("call", "option"), NARROWED, ids=lambda value: value if isinstance(value, str) else "")
def test_options_that_narrow_say_something_or_are_left_out(world, call, option):
    book = world.book
    book.record(world.zoe, "payment", amount=12)
    before = book.last_outcome.commit.number
    with pytest.raises(tg.InvalidValueError) as error:
        call(world, **{option: None})
    assert error.value.code == "E0407"
    assert f"is given nothing as its `{option}`" in str(error.value)
    assert f"or leave `{option}` out to " in str(error.value)
    assert book.last_outcome.commit.number == before
    call(world)


def test_signatures_show_what_says_the_same_as_leaving_it_out(world):
    """A wrapper may pass on the defaults that it has looked up."""
    book = world.book
    book.record(world.zoe, "payment", amount=12)
    assert book.preview(lambda b: b.add_tags(tg.Selection("everyone", exclude=(), expect=...), ["new"])).commit.contacts.tolist() == [0, 1, 2]
    assert len(book.audience(["French"], exclude=(), channel=..., opt_out=()).recipients) == 2
    book.create_segment("All", filter="everyone", always_out=...)
    assert book.segment("All").count == 3
    book.add_rule("paid", on="payment", condition=..., set_status="vip")
    assert book.rules()[-1].condition is None
    book.delete_interactions("everyone", kind=..., label=..., since=..., until=...)
    assert book.contact(world.zoe).interactions == []


def test_questions_take_none_for_what_is_not_asked(world):
    book = world.book
    assert book.page(filter=None, preset=None, search=None, after=None).total == 3
    assert sum(row.count for row in book.breakdown("status", filter=None, measure=None)) == 3
    assert book.export_csv(io.BytesIO(), filter=None, columns=None) == 3
    assert len(book.to_arrow(filter=None, columns=None)) == 3


# Formulas in files

# Mautic exported contacts as they were typed: CVE-2018-8092, https://github.com/mautic/mautic/releases/tag/2.13.0


def test_rejected_rows_hold_no_formulas(book, tmp_path):
    file = tmp_path / "hostile.csv"
    file.write_text("First name,Email,Mobile\n=cmd|' /C calc'!A0,none,+33 6 12 34 56 78\n")
    report = book.import_csv(file)
    assert report.rejected == 1
    rejected = report.rejected_csv()
    assert "'=cmd|" in rejected and ",+33 6 12 34 56 78" in rejected and ",=cmd" not in rejected
