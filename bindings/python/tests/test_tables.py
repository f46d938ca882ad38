"""Contacts come in from tables as they do from files."""

import csv
import io
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from types import SimpleNamespace

import hypothesis
import numpy as np
import pytest
import tagmata as tg
from hypothesis import strategies as st

PARIS = timezone(timedelta(hours=1))
KEYS = ["external_id", "first_name", "billed", "born", "seen", "vip", "software", "tags", "segments"]
COLUMNS = {
    "external_id": [1, 2, None],
    "First name": ["Zoé", "=Léo", " Ana\n"],
    "Montant facturé": [0.5, None, -3],
    "born": [date(1990, 4, 3), None, date(1, 1, 1)],
    "seen": [datetime(2026, 11, 20, 11), datetime(2026, 11, 20, 11, tzinfo=PARIS), None],
    "vip": [True, False, None],
    "software": [["xero", "MYOB"], [], None],
    "Étiquettes": [["vip", 'a "b"; c', "=d"], None, ["-"]],
}
EXPECTED = [
    ["1", "Zoé", 0.5, date(1990, 4, 3), datetime(2026, 11, 20, 10, tzinfo=timezone.utc), True, ["myob", "xero"], ["vip", 'a "b"; c', "=d"], []],
    ["2", "=Léo", None, None, datetime(2026, 11, 20, 10, tzinfo=timezone.utc), False, None, [], []],
    [None, "Ana", -3, date(1, 1, 1), None, None, None, ["-"], []],
]  # fmt: skip


@pytest.fixture
def book(book):
    book.define_field("billed", "number", label="Montant facturé")
    book.define_field("born", "date")
    book.define_field("seen", "datetime")
    book.define_field("vip", "bool")
    book.define_field("software", "multi_select", options={"xero": "Xero", "myob": "MYOB"})
    return book


def complete(columns):
    """What a new contact needs beside."""
    rows = len(next(iter(columns.values())))
    emails = [f"{row}@example.com" for row in range(rows)]
    return {**columns, "country": ["FR"] * rows, "Last name": ["Martin"] * rows, "E-mail": emails}


def seen(book):
    contacts = [book.contact(id).to_dict() for id in book.select("everyone").tolist()]
    for contact in contacts:
        contact["software"] = contact["software"] and sorted(contact["software"])
    return [[contact[key] for key in KEYS] for contact in contacts]


class Frame:
    """A table as polars has it; as Arrow has it, with `column_names`."""

    def __init__(self, columns, names="columns"):
        setattr(self, names, list(columns))
        self.given = columns

    def __getitem__(self, name):
        return self.given[name]


def rows_of(columns):
    return [dict(zip(columns, row)) for row in zip(*columns.values())]


def without_missing(rows):
    return [{name: value for name, value in row.items() if value is not None} for row in rows]


TABLES = [
    pytest.param(lambda columns: columns, id="dict of lists"),
    pytest.param(lambda columns: {**columns, "country": "FR"}, id="one value for all rows"),
    pytest.param(lambda columns: {name: tuple(values) for name, values in columns.items()}, id="dict of tuples"),
    pytest.param(lambda columns: {name: iter(values) for name, values in columns.items()}, id="dict of iterators"),
    pytest.param(lambda columns: {name: objects(values) for name, values in columns.items()}, id="arrays of objects"),
    pytest.param(rows_of, id="list of dicts"),
    pytest.param(lambda columns: iter(without_missing(rows_of(columns))), id="dicts without missing values"),
    pytest.param(Frame, id="columns"),
    pytest.param(lambda columns: Frame(columns, "column_names"), id="column_names"),
    pytest.param(lambda columns: pytest.importorskip("pandas").DataFrame(columns), id="pandas"),
    pytest.param(lambda columns: pytest.importorskip("pandas").DataFrame(columns).convert_dtypes(), id="pandas, nullable"),
    pytest.param(lambda columns: polars(columns), id="polars"),
    pytest.param(lambda columns: polars(columns).to_arrow(), id="Arrow"),
]  # fmt: skip


def objects(values):
    array = np.empty(len(values), object)
    array[:] = values
    return array


def polars(columns):
    """As polars has only one zone for a column: all times are instants."""
    polars = pytest.importorskip("polars")
    times = [at and (at if at.tzinfo else at.replace(tzinfo=PARIS)).astimezone(timezone.utc) for at in columns["seen"]]
    return polars.DataFrame({**columns, "seen": times}, strict=False)


@pytest.mark.parametrize("table", TABLES)
def test_all_tables_say_the_same(book, table):
    report = book.import_table(table(complete(COLUMNS)), actor="ana")
    assert (report.created, report.rejected, report.problems, report.ignored_columns) == (3, 0, [], [])
    assert seen(book) == EXPECTED
    assert (report.outcome.commit.cause, report.outcome.commit.actor) == ("import", "ana")
    assert book.last_outcome is report.outcome
    report = book.import_table(table(complete(COLUMNS)))
    assert (report.created, report.updated, report.unchanged) == (0, 0, 3)


# A cell, the field, and what the field has then.
CELLS = [
    ("a; b", "tags", ["a", "b"]),
    (["a; b"], "tags", ["a; b"]),
    (("a", None, "b"), "tags", ["a", "b"]),
    (np.array(["a", "b"]), "tags", ["a", "b"]),
    ({"a"}, "tags", ["a"]),
    ([2026, 7.0], "tags", ["2026", "7"]),
    ([], "tags", []),
    ("'=1", "first_name", "'=1"),
    ("''", "first_name", "''"),
    ("a\r\nb", "first_name", "a\r\nb"),
    ('"a","b";', "first_name", '"a","b";'),
    ("\ufeffa", "first_name", "\ufeffa"),
    (2**70, "external_id", str(2**70)),
    (np.int64(2**60 + 1), "external_id", str(2**60 + 1)),
    (12.0, "external_id", "12"),
    (Decimal("1E+3"), "external_id", "1000"),
    (np.float32(0.5), "billed", 0.5),
    (1.234, "billed", 1.234),
    (1e-7, "billed", 1e-7),
    (-1e21, "billed", -1e21),
    ("1,234.5", "billed", 1234.5),
    (Decimal("-0.25"), "billed", -0.25),
    (datetime(1990, 4, 3), "born", date(1990, 4, 3)),
    (np.datetime64("1990-04-03"), "born", date(1990, 4, 3)),
    (np.datetime64("1990-04-03T00:00:00", "ns"), "born", date(1990, 4, 3)),
    ("13/04/1990", "born", date(1990, 4, 13)),
    (date(2026, 7, 1), "seen", datetime(2026, 6, 30, 22, tzinfo=timezone.utc)),
    (datetime(2026, 7, 1), "seen", datetime(2026, 6, 30, 22, tzinfo=timezone.utc)),
    (datetime(2026, 7, 1, 2, 3, 4, 5), "seen", datetime(2026, 7, 1, 0, 3, 4, 5, timezone.utc)),
    (np.bool_(True), "vip", True),
    (0, "vip", False),
    ("Oui", "vip", True),
    ("xero; MYOB", "software", ["myob", "xero"]),
    *((missing, field, [] if field == "tags" else None)
      for missing in [None, float("nan"), np.nan, np.float32("nan"), Decimal("nan"), np.datetime64("NaT"), "", " \n"]
      for field in ["organization", "billed", "born", "vip", "tags"]),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "field", "expected"), CELLS)
def test_cells(book, cell, field, expected):
    report = book.import_table([{"first_name": "Zoé", "last_name": "Martin", "country": "FR", "email": "z@example.com", field: cell}])
    assert (report.created, report.problems) == (1, [])
    value = book.contact(0)[field]
    assert (sorted(value) if field == "software" else value) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.array([7, 8], np.uint8), ["7", "8"]),
        (np.array([7, np.nan]), ["7", None]),
        (np.ma.array([7, 8], mask=[False, True]), ["7", None]),
        (np.array(["a", ""]), ["a", None]),
        (np.array(["1990-04-03", "NaT"], "datetime64[ns]"), ["1990-04-03", None]),
        (np.array([True, False]), ["true", "false"]),
        (SimpleNamespace(__array__=lambda dtype=None, copy=None: np.array(["a", "b"])), ["a", "b"]),
    ],
)
def test_arrays(book, values, expected):
    report = book.import_table(complete({"first_name": ["Zoé", "Léo"], "organization": values}))
    assert report.problems == []
    assert [book.contact(id).organization for id in (0, 1)] == expected


def test_problems_name_rows_and_columns(book):
    report = book.import_table(
        complete({"Prénom": ["Zoé", "Léo", "Ana"], "Mobile": ["+33 12", None, None], "born": ["=1", None, 3], "Note": 1})
    )
    problems = [(each.row, each.line, each.column, each.value, each.code) for each in report.problems]
    assert problems == [
        (1, None, "Mobile", "+33 12", "E0403"),
        (1, None, "born", "=1", "E0105"),
        (3, None, "born", "3", "E0105"),
    ]
    assert str(report.problems[1]) == f"row 1, born: {report.problems[1].message} [E0105]"
    assert (report.created, report.rejected, report.ignored_columns) == (1, 2, ["Note"])
    rows = list(csv.reader(io.StringIO(report.rejected_csv())))
    assert [row[1:] for row in rows] == [
        ["Prénom", "Mobile", "born", "Note", "country", "Last name", "E-mail"],
        ["Zoé", "'+33 12", "'=1", "1", "FR", "Martin", "0@example.com"],
        ["Ana", "", "3", "1", "FR", "Martin", "2@example.com"],
    ]


def test_a_problem_of_a_whole_row_has_no_column(book):
    (problem,) = book.import_table({"email": ["z@example.com"]}, create=False).problems
    assert str(problem) == f"row 1: {problem.message} [E1018]"


def test_rows_of_nothing_are_rows(book):
    report = book.import_table({"email": [" ", None, "", "nonsense"]})
    assert {problem.row for problem in report.problems} == {1, 2, 3, 4}
    assert report.rejected == 4


def test_options_are_those_of_files(book):
    table = complete({"first_name": ["Zoé"], "Total": [1.5], "Other": ["x"], "segments": [["Nord"]]})
    options = {"columns": {"Total": "billed", "Other": None}, "unknown_segments": "create", "match": ["email"]}
    before = book.last_outcome
    report = book.import_table(table, dry_run=True, **options)
    assert (report.created, report.ignored_columns, book.count("everyone"), book.last_outcome) == (1, [], 0, before)
    assert book.import_table(table, **options).created == 1
    assert (book.contact(0)["billed"], book.contact(0).segments) == (1.5, ["Nord"])
    table = complete({"first_name": ["Léa"], "organization": ["Coop"], "segments": [[]]})
    assert book.import_table(table, update="fill_empty").updated == 1
    contact = book.contact(0)
    assert (contact.first_name, contact.organization, contact.segments) == ("Zoé", "Coop", ["Nord"])
    assert book.import_table(table, replace_segments=True).updated == 1
    assert (book.contact(0).first_name, book.contact(0).segments) == ("Léa", [])
    told = []
    book.import_table(table, progress=lambda *at: told.append(at))
    assert told[-1][2] == 1


def test_days_in_text_are_read_as_in_files(book):
    table = complete({"first_name": ["Zoé"], "born": ["03/04/1990"]})
    with pytest.raises(tg.CsvError) as error:
        book.import_table(table)
    assert error.value.code == "E1008"
    book.import_table(table, dates="mdy")
    assert book.contact(0)["born"] == date(1990, 3, 4)


@pytest.mark.parametrize(
    ("table", "options", "error", "message"),
    [
        ({"email": ["a", "b"], "tags": [[]]}, {}, ValueError, "`tags` has the length 1, `email` the length 2"),
        ({"email": "z@example.com"}, {}, TypeError, "a table has a column with a list or an array of cells"),
        ({"email": [None, {}]}, {}, TypeError, "row 2, email: a cell is text, a number, a bool, a date, a datetime, a list of names or missing, not `dict`"),
        ({"email": ["a"], "tags": b"x"}, {}, TypeError, "`tags`: a cell is text, a number, a bool, a date, a datetime, a list of names or missing, not `bytes`"),
        ({"tags": [[["a"]]]}, {}, TypeError, "row 1, tags: a cell is text"),
        ({"billed": [1j]}, {}, TypeError, "not `complex`"),
        ({"seen": [timedelta(1)]}, {}, TypeError, "not `timedelta`"),
        ({1: ["a"]}, {}, TypeError, "the columns of a table have names, not `int`"),
        ("contacts.csv", {}, TypeError, "contacts are a table with columns, or a list of dicts, not `str`"),
        (7, {}, TypeError, "contacts are a table with columns, or a list of dicts, not `int`"),
        ([("a", "b")], {}, TypeError, "contacts are a table with columns, or a list of dicts, not `tuple`"),
        ({}, {}, tg.CsvError, "E1004"),
        ([], {}, tg.CsvError, "E1004"),
        ({"shoe size": [42]}, {}, tg.CsvError, "E1004"),
        ({"email": ["a"], "E-mail": ["b"]}, {}, tg.CsvError, "the columns `email` and `E-mail` are both `email`"),
        ({"email": ["a"]}, {"decimal": ","}, TypeError, "Book.import_table() got an unexpected keyword argument 'decimal'"),
        ({"email": ["a"]}, {"encoding": None}, TypeError, "Book.import_table() got an unexpected keyword argument 'encoding'"),
        ({"email": ["a"]}, {"dry_rum": True}, TypeError, "did you mean `dry_run`?"),
        ({"email": ["a"]}, {"update": "sometimes"}, tg.InvalidValueError, "sometimes"),
    ],
)  # fmt: skip
def test_what_is_wrong_as_a_whole_is_refused(book, table, options, error, message):
    before = book.last_outcome
    with pytest.raises(error) as caught:
        book.import_table(table, **options)
    assert message in str(caught.value)
    assert (book.count("everyone"), book.last_outcome) == (0, before)


def test_two_columns_of_pandas_with_one_name_are_refused(book):
    pandas = pytest.importorskip("pandas")
    with pytest.raises(tg.CsvError, match="`email` and `email` are both `email`"):
        book.import_table(pandas.DataFrame([["a", "b"]], columns=["email", "email"]))


def test_times_of_pandas_are_days_and_instants(book):
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame(
        {
            "born": pandas.to_datetime(["1990-04-03", None]),
            "seen": pandas.to_datetime(["2026-11-20 11:00", None]).tz_localize("Europe/Paris"),
            "tags": pandas.Categorical(["vip", None]),
        }
    ).assign(first_name="Zoé", last_name="Martin", country="FR", email=["a@example.com", "b@example.com"])
    assert book.import_table(table).problems == []
    assert [(row[3], row[4], row[7]) for row in seen(book)] == [
        (date(1990, 4, 3), datetime(2026, 11, 20, 10, tzinfo=timezone.utc), ["vip"]),
        (None, None, []),
    ]


def as_file(columns):
    """The same as a file, as people write it."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows(zip(*columns.values()))
    return file.getvalue().encode()


def told(report):
    """What a report says that has nothing to do with lines."""
    problems = [(each.row, each.column, each.code, each.message, each.value) for each in report.problems]
    return report.created, report.updated, report.unchanged, report.rejected, report.ignored_columns, problems


def test_texts_come_to_the_same_as_a_file():
    """A law of texts without guards, which mean themselves in a table."""
    words = st.sampled_from(["Zoé", "x@example.com", "y@example.com", "FR", "Utopia", "vip; new", '"a;b"; c', "06 12 34 56 78"])
    words |= st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)
    headers = ["external_id", "Prénom", "last name", "Pays", "E-mail", "Mobile", "Tags", "Note"]
    row = st.tuples(*(words.filter(lambda text: not text.startswith("'")) for _ in headers))

    @hypothesis.settings(max_examples=200, deadline=None, database=None)
    @hypothesis.given(st.lists(row, min_size=1, max_size=5))
    def law(rows):
        columns = dict(zip(headers, map(list, zip(*rows))))
        books = [tg.Book(clock=datetime(2026, 11, 24, tzinfo=timezone.utc)) for _ in range(2)]
        reports = [books[0].import_table(columns), books[1].import_csv(as_file(columns), encoding="utf-8", delimiter=",")]
        assert told(reports[0]) == told(reports[1])
        files = [io.BytesIO(), io.BytesIO()]
        for book, file in zip(books, files):
            book.export_csv(file)
        assert files[0].getvalue() == files[1].getvalue()

    law()


def test_values_come_back_as_they_went_in():
    """A law of values, each of the type of its field."""
    texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8)
    texts = texts.map(str.strip).filter(lambda text: text and text == text.strip("\ufeff"))
    names = st.lists(st.text("ab;\"'=, ", min_size=1, max_size=5).map(str.strip).filter(bool), max_size=3, unique=True)
    times = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(timezone.utc))
    contact = st.fixed_dictionaries(
        {
            "external_id": st.integers(0, 2**80),
            "organization": st.none() | texts,
            "billed": st.none() | st.floats(allow_nan=False, allow_infinity=False),
            "born": st.none() | st.dates(),
            "seen": st.none() | times,
            "vip": st.none() | st.booleans(),
            "tags": names,
        }
    )

    @hypothesis.settings(max_examples=200, deadline=None, database=None)
    @hypothesis.given(st.lists(contact, min_size=1, max_size=4, unique_by=lambda contact: contact["external_id"]))
    def law(contacts):
        book = tg.Book(timezone="Europe/Paris", clock=datetime(2026, 11, 24, tzinfo=timezone.utc))
        for key, type in [("billed", "number"), ("born", "date"), ("seen", "datetime"), ("vip", "bool")]:
            book.define_field(key, type)
        needed = {"first_name": "Zoé", "last_name": "Martin", "country": "FR"}
        rows = [{**each, **needed, "email": f"{at}@example.com"} for at, each in enumerate(contacts)]
        report = book.import_table(rows)
        assert (report.created, report.problems) == (len(contacts), [])
        for at, each in enumerate(contacts):
            found = book.contact(at).to_dict()
            expected = {**each, "external_id": str(each["external_id"]), "tags": list(each["tags"])}
            expected["tags"].sort()
            found["tags"].sort()
            assert {key: found[key] for key in each} == expected
        assert book.import_table(rows).unchanged == len(contacts)

    law()
