"""Interactions: many at once, from lists and from columns; deleted; from files."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from types import SimpleNamespace

import numpy as np
import pytest
import tagmata as tg
from conftest import NOW

# The zone of the book, Europe/Paris, is an hour ahead of UTC in November.
AT = datetime(2026, 11, 20, 10, tzinfo=timezone.utc)
LOCAL = datetime(2026, 11, 20, 11)
EARLY = timezone(timedelta(hours=14))


def seen(book, contact):
    return [(one.kind, one.at, one.amount, one.label) for one in book.contact(contact).interactions]


# Made anew for each test: one of them is a generator.
ROWS = [
    lambda: [{"contact": 1, "kind": "payment", "at": AT, "amount": "12.5", "label": "Plan A"}, {"contact": 0, "kind": "message", "at": None}],
    lambda: [(1, "payment", LOCAL, Decimal("12.50"), "Plan A"), [0, "message"]],
    lambda: ({"contact": np.int64(row), "kind": kind, **more} for row, kind, more in [(1, "payment", {"at": LOCAL, "amount": 12.5, "label": "Plan A"}), (0, "message", {})]),
    lambda: {"contact": [1, 0], "kind": ["payment", "message"], "at": [AT, None], "amount": [12.5, float("nan")], "label": ["Plan A", None]},
    lambda: {"contact": np.array([1, 0], np.uint32), "kind": np.array(["payment", "message"]), "at": [LOCAL, NOW], "amount": np.array([12.5, np.nan]), "label": np.array(["Plan A", None], object)},
]  # fmt: skip


@pytest.mark.parametrize("rows", ROWS)
def test_all_spellings_of_many_say_the_same(world, rows):
    outcome = world.book.record_many(rows(), actor="ana")
    assert seen(world.book, 1) == [("payment", AT, Decimal("12.5"), "Plan A")]
    assert seen(world.book, 0) == [("message", NOW, None, None)]
    assert world.book.last_outcome is outcome
    world.book.undo(outcome)
    assert seen(world.book, 0) == seen(world.book, 1) == []


def times(*texts):
    return np.array(texts, "datetime64[s]")


def column(values, **more):
    """What pandas, polars and Arrow have: an array with more to it."""
    return SimpleNamespace(__array__=lambda dtype=None, copy=None: np.asarray(values, dtype), **more)


COLUMNS = [
    # What a wall clock shows, in seconds or in nanoseconds.
    (times("2026-11-20T11:00:00"), AT),
    (times("2026-11-20T11:00:00").astype("datetime64[ns]"), AT),
    # Instants: as polars, Arrow and pandas say it.
    (column(times("2026-11-20T10:00:00"), dtype=SimpleNamespace(time_zone="UTC")), AT),
    (column(times("2026-11-20T10:00:00"), type=SimpleNamespace(tz="Europe/Paris")), AT),
    (column(times("2026-11-20T10:00:00"), dtype=SimpleNamespace(tz="UTC")), AT),
    (column(times("2026-11-20T11:00:00"), dtype=SimpleNamespace(time_zone=None)), AT),
    (np.array([AT], object), AT),
    ([AT + timedelta(microseconds=1)], AT + timedelta(microseconds=1)),
    (AT, AT),
]


@pytest.mark.parametrize(("given", "expected"), COLUMNS)
def test_columns_of_times(world, given, expected):
    world.book.record_many({"contact": np.array([2]), "kind": "payment", "at": given})
    assert seen(world.book, 2) == [("payment", expected, None, None)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (np.array([0.1]), "0.1"), (np.array([7]), "7"), (np.array([7], np.uint8), "7"), (np.array([0.5], np.float32), "0.5"),
        (np.array([Decimal("1234567890123.123456")], object), "1234567890123.123456"), (5, "5"), (["5.25"], "5.25"),
    ],
)  # fmt: skip
def test_columns_of_amounts(world, given, expected):
    world.book.record_many({"contact": [2], "kind": "payment", "amount": given})
    assert seen(world.book, 2)[0][2] == Decimal(expected)


class Frame:
    """A table as pandas and polars (`columns`) or Arrow (`column_names`) have it."""

    def __init__(self, names, **columns):
        setattr(self, names, list(columns))
        self.given = columns

    def __getitem__(self, name):
        return self.given[name]


@pytest.mark.parametrize("names", ["columns", "column_names"])
def test_tables(world, names):
    table = Frame(names, contact=column([2, 2]), kind=column(["payment", "payment"]), amount=column([1.5, 2.5]))
    world.book.record_many(table)
    assert world.book.count("sum(payment) = 4") == 1


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"contact": [0, 1], "kind": ["payment"]}, ValueError, "`kind` has the length 1, `contact` the length 2"),
        ({"contact": [0]}, TypeError, "a table of interactions has `contact` and `kind`"),
        ({"contact": [0], "kind": "payment", "ammount": [1]}, TypeError, "unexpected keyword argument 'ammount'; did you mean `amount`?"),
        ("payment", TypeError, "interactions are a list of dicts or tuples, or a table with columns, not `str`"),
        ({"contact": [0], "kind": "payment", "at": np.array(["NaT"], "datetime64[us]")}, ValueError, "there is no time at 0 in the times"),
        ({"contact": [0], "kind": "payment", "amount": np.array([np.inf])}, tg.InvalidValueError, "E0104"),
        ({"contact": [0], "kind": [7]}, TypeError, "names and labels are text, a list or an array of text, not `int`"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(world, given, error, message):
    with pytest.raises(error) as caught:
        world.book.record_many(given)
    assert message in str(caught.value)
    assert world.book.count("last_interaction is empty") == 3


# The first kind of problem is that of the whole; `bindings/node/test/interactions.test.mjs` has the same rows.
PROBLEMS = [
    (
        [(0, "payment"), (7, "paymnt"), (1, "call")],
        tg.NotFoundError,
        [
            ("/1/contact", "E0804", "there is no contact 7"),
            ("/1/kind", "E0206", "there is no kind of interaction `paymnt`"),
            ("/2/kind", "E0206", "there is no kind of interaction `call`"),
        ],
    ),
    (
        [
            (0, "payment", AT, "1,5"), {"contact": 0, "kind": "paymnt", "amount": "1.0000001"}, (0, "payment", AT, True),
            (0, "payment", AT, float("inf")), (7, 8, 9, [1], 5), (1.5, "payment"), (-1, "payment"), ("Zoé", "payment"),
        ],
        tg.InvalidValueError,
        [
            ("/0/amount", "E0104", "`1,5` is not a number"),
            ("/1/kind", "E0206", "there is no kind of interaction `paymnt`"),
            ("/1/amount", "E0404", "`1.0000001` is not an amount"),
            ("/2/amount", "E0407", "`amount` takes a number, not true or false"),
            ("/3/amount", "E0104", "`inf` is not a number"),
            ("/4/contact", "E0804", "there is no contact 7"),
            ("/4/kind", "E0407", "`kind` takes text, not a number"),
            ("/4/at", "E0407", "`at` takes a datetime, not a number"),
            ("/4/amount", "E0407", "`amount` takes a number, not a list"),
            ("/4/label", "E0407", "`label` takes text, not a number"),
            ("/5/contact", "E0407", "`contact` takes the id of a contact, not 1.5"),
            ("/6/contact", "E0804", "there is no contact -1"),
            ("/7/contact", "E0407", "`contact` takes the id of a contact, not text"),
        ],
    ),
    (
        [
            (0, "payment"), {"contact": 0}, {}, {"contact": 0, "kind": "payment", "ammount": 1, "a/b": 2}, 7, "payment", None,
            (0, "payment", None, None, None, None),
        ],
        tg.InvalidValueError,
        [
            ("/1/kind", "E0407", "`kind` takes the key of a kind, not nothing"),
            ("/2/contact", "E0407", "`contact` takes the id of a contact, not nothing"),
            ("/2/kind", "E0407", "`kind` takes the key of a kind, not nothing"),
            ("/3/ammount", "E0602", "`record_many` has no option `ammount`"),
            ("/3/a~1b", "E0602", "`record_many` has no option `a/b`"),
            ("/4", "E0407", "`record_many` takes dicts or tuples, not a number"),
            ("/5", "E0407", "`record_many` takes dicts or tuples, not text"),
            ("/6", "E0407", "`record_many` takes dicts or tuples, not nothing"),
            ("/7", "E0407", "`record_many` takes at most 5 values for each, not 6"),
        ],
    ),
    (
        [(0, "payment", LOCAL), (0, "payment", "2026-11-20"), (0, "payment", datetime(1, 1, 1, tzinfo=EARLY))],
        tg.InvalidValueError,
        [
            ("/1/at", "E0407", "`at` takes a datetime, not text"),
            ("/2/at", "E0407", "`at` takes a datetime, not 0001-01-01 00:00:00+14:00"),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("given", "error", "expected"), PROBLEMS)
def test_all_problems_are_told_in_their_places(world, given, error, expected):
    with pytest.raises(error) as caught:
        world.book.record_many(given)
    assert [(one.pointer, one.code, one.message) for one in caught.value.diagnostics] == expected
    assert world.book.count("last_interaction is empty") == 3


def test_what_an_iterator_raises_stays_what_it_is(world):
    def rows():
        yield (0, "payment")
        raise KeyError("zoe")

    with pytest.raises(KeyError, match="zoe"):
        world.book.record_many(rows())
    assert world.book.count("last_interaction is empty") == 3


def test_a_hundred_thousand_from_arrays(book):
    book.import_csv(("country,first name,last name,email\n" + "".join(f"FR,A,B,{n}@example.com\n" for n in range(1000))).encode())
    numbers = np.arange(100_000)
    start = np.datetime64("2026-01-01T00:00:00", "us")
    book.record_many({
        "contact": numbers % 1000, "kind": np.where(numbers % 2, "payment", "message"), "at": start + numbers.astype("timedelta64[m]"),
        "amount": np.where(numbers % 2, numbers / 4, np.nan),
    })  # fmt: skip
    assert book.count("count(payment) = 100") == 500
    assert book.count("count(message) = 100 and sum(message) = 0") == 500
    # Contact 1: 1, 1001, …, 99001, a quarter of each.
    assert book.contact(1).interactions[1].amount == Decimal("250.25")


def test_deletion(world):
    book = world.book
    book.record_many([(0, "payment", AT, 1, "Plan A"), (0, "message", AT), (1, "payment", AT)])
    book.delete_interactions("country = FR", kind="payment", label="PLAN A")
    assert [kind for kind, *_ in seen(book, 0)] == ["message"]
    book.delete_interactions([0, 1], until=LOCAL)
    assert len(seen(book, 0)) == len(seen(book, 1)) == 1
    outcome = book.delete_interactions([0, 1], since=LOCAL, actor="ana")
    assert seen(book, 0) == seen(book, 1) == []
    book.undo(outcome)
    assert len(seen(book, 0)) == 1


def test_files(world, tmp_path):
    path, text = tmp_path / "payments.csv", "email,kind,time,amount\nzoe@example.com,payment,2026-11-20 11:00,12.5\ninfo@example.com,payment,2026-11-20,1\n"
    path.write_text(text)
    told = []
    report = world.book.import_interactions(path, progress=lambda *at: told.append(at), actor="ana")
    assert (report.created, report.unchanged, report.rejected, told[-1][2]) == (1, 0, 1, 2)
    assert seen(world.book, world.zoe) == [("payment", AT, Decimal("12.5"), None)]
    assert report.problems[0].code == "E1203" and report.rejected_csv().startswith("(why rejected),email")
    again = world.book.import_interactions(text.encode(), dry_run=True)
    assert (again.created, again.unchanged) == (0, 1)
    world.book.undo(report.outcome)
    assert seen(world.book, world.zoe) == []
    with pytest.raises(TypeError, match="has no option|unexpected keyword argument 'create'"):
        world.book.import_interactions(path, create=False)
    with pytest.raises(tg.CsvError):
        world.book.import_interactions(b"email,kind\n")
