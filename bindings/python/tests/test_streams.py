"""Tables that give themselves out as streams of Arrow come to the same as their cells in Python."""

import io
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import hypothesis
import pytest
import tagmata as tg
from hypothesis import strategies as st

pyarrow = pytest.importorskip("pyarrow")
polars = pytest.importorskip("polars")
pandas = pytest.importorskip("pandas")
duckdb = pytest.importorskip("duckdb")

NOW = datetime(2026, 11, 24, tzinfo=timezone.utc)
PARIS = "Europe/Paris"


@pytest.fixture
def book(book):
    return define(book)


def define(book):
    for key, type in [("billed", "number"), ("born", "date"), ("seen", "datetime"), ("vip", "bool")]:
        book.define_field(key, type)
    return book


def complete(columns, rows):
    """What new contacts need beside."""
    needed = {"first_name": "Zoé", "last_name": "Martin", "country": "FR"}
    emails = [f"{row}@example.com" for row in range(rows)]
    return {**columns, **{name: [value] * rows for name, value in needed.items()}, "email": emails}


def imported(book, array, field):
    """What contacts have in a field that come from an array of Arrow."""
    report = book.import_table(pyarrow.table(complete({field: array}, len(array))))
    assert (report.created, report.problems) == (len(array), [])
    return [book.contact(row)[field] for row in range(len(array))]


def utc(*parts):
    return datetime(*parts, tzinfo=timezone.utc)


# An array, a field, and what the field has then.
ARRAYS = [
    (pyarrow.array(["Coop", None, " ", "=1"]), "organization", ["Coop", None, None, "=1"]),
    (pyarrow.array(["Coop", None], pyarrow.large_string()), "organization", ["Coop", None]),
    (pyarrow.array(["Coop", None], pyarrow.string_view()), "organization", ["Coop", None]),
    (pyarrow.array(["Coop", None, "Coop"]).dictionary_encode(), "organization", ["Coop", None, "Coop"]),
    (pyarrow.array([None, None], pyarrow.dictionary(pyarrow.int8(), pyarrow.string())), "organization", [None, None]),
    (pyarrow.array([2**60 + 1, None]), "organization", [str(2**60 + 1), None]),
    (pyarrow.array([-7, 8], pyarrow.int8()), "organization", ["-7", "8"]),
    (pyarrow.array([2**64 - 1], pyarrow.uint64()), "organization", [str(2**64 - 1)]),
    (pyarrow.array([7.0, float("nan"), None]), "organization", ["7", None, None]),
    (pyarrow.array([0.1], pyarrow.float32()), "organization", ["0.10000000149011612"]),
    (pyarrow.array([True, None, False]), "organization", ["true", None, "false"]),
    (pyarrow.array([None, None]), "organization", [None, None]),
    (pyarrow.array([1e-7, -1e21, None]), "billed", [1e-7, -1e21, None]),
    (pyarrow.array([0.5, None], pyarrow.float16()), "billed", [0.5, None]),
    (pyarrow.array([Decimal("-0.25"), None]), "billed", [-0.25, None]),
    (pyarrow.array([Decimal("1.50")], pyarrow.decimal256(40, 2)), "billed", [1.5]),
    (pyarrow.array([1, 0, None]), "vip", [True, False, None]),
    (pyarrow.array([date(1990, 4, 3), None, date(1, 1, 1)]), "born", [date(1990, 4, 3), None, date(1, 1, 1)]),
    (pyarrow.array([date(1969, 12, 31)], pyarrow.date64()), "born", [date(1969, 12, 31)]),
    (pyarrow.array([datetime(1990, 4, 3), None]), "born", [date(1990, 4, 3), None]),
    (pyarrow.array([datetime(2026, 7, 1)]), "seen", [utc(2026, 6, 30, 22)]),
    (pyarrow.array([datetime(2026, 7, 1, 2, 3, 4, 5)]), "seen", [utc(2026, 7, 1, 0, 3, 4, 5)]),
    (pyarrow.array([utc(2026, 7, 1)], pyarrow.timestamp("s", PARIS)), "seen", [utc(2026, 7, 1)]),
    (pyarrow.array([utc(2026, 7, 1)], pyarrow.timestamp("ms", "UTC")), "seen", [utc(2026, 7, 1)]),
    (pyarrow.array([-1], pyarrow.int64()).cast(pyarrow.timestamp("ns", "UTC")), "seen", [utc(1969, 12, 31, 23, 59, 59, 999_999)]),
    (pyarrow.array([["a;b", None, "c"], [], None]), "tags", [["a;b", "c"], [], []]),
    (pyarrow.array([["a"]], pyarrow.large_list(pyarrow.large_string())), "tags", [["a"]]),
    (pyarrow.array([["a", "b"], None], pyarrow.list_(pyarrow.string(), 2)), "tags", [["a", "b"], []]),
    (pyarrow.array([["x"], ["a", "b"], ["c"]]).slice(1, 2), "tags", [["a", "b"], ["c"]]),
    (pyarrow.array([[2026, None, 7]]), "tags", [["2026", "7"]]),
    (pyarrow.array([["a", "a"]], pyarrow.list_(pyarrow.dictionary(pyarrow.int32(), pyarrow.string()))), "tags", [["a"]]),
    (pyarrow.array(["a; b"]), "tags", [["a", "b"]]),
]  # fmt: skip


@pytest.mark.parametrize(("array", "field", "expected"), ARRAYS, ids=lambda value: str(getattr(value, "type", "")) or None)
def test_types(book, array, field, expected):
    assert imported(book, array, field) == expected


# What gives out a stream of these columns.
SOURCES = {
    "pyarrow": pyarrow.table,
    "a reader, which can be read once": lambda columns: pyarrow.table(columns).to_reader(),
    "batches": lambda columns: pyarrow.concat_tables([pyarrow.table(columns).slice(0, 1), pyarrow.table(columns).slice(1)]),
    "a batch": pyarrow.RecordBatch.from_pydict,
    "polars": polars.DataFrame,
    "polars, categorical": lambda columns: polars.DataFrame(columns).with_columns(polars.col("first_name").cast(polars.Categorical)),
    "polars, a slice": lambda columns: polars.concat([polars.DataFrame(columns)] * 2).slice(2, 2),
    "pandas": pandas.DataFrame,
    "pandas, with an index": lambda columns: pandas.DataFrame(columns, index=["organization", "b"]),
    "pandas, objects": lambda columns: pandas.DataFrame(columns, dtype=object),
    "DuckDB": lambda columns: duckdb.from_arrow(pyarrow.table(columns)),
}


@pytest.mark.parametrize("source", SOURCES)
def test_sources(book, source):
    columns = complete({"tags": [["vip", "new"], []], "billed": [1.5, None], "born": [date(1990, 4, 3), None]}, 2)
    report = book.import_table(SOURCES[source](columns), actor="ana")
    assert (report.created, report.problems, report.ignored_columns) == (2, [], [])
    contacts = [book.contact(row) for row in (0, 1)]
    assert [(each.first_name, each["tags"], each["billed"], each["born"]) for each in contacts] == [
        ("Zoé", ["vip", "new"], 1.5, date(1990, 4, 3)),
        ("Zoé", [], None, None),
    ]


class Cells:
    """The same table without a stream."""

    def __init__(self, table):
        self.table, self.columns = table, table.column_names

    def __getitem__(self, name):
        return self.table[name]


def told(report):
    problems = [(each.row, each.line, each.column, each.code, each.message, each.value) for each in report.problems]
    return report.created, report.rejected, report.ignored_columns, problems, report.rejected_csv()


def columns(rows):
    """Columns of Arrow, most of which make sense."""
    texts = st.none() | st.sampled_from(["Zoé", "=1", "'=1", "-", " ", "", "a;b", 'x"y', "x@example.com", "FR", "03/04/1990", "yes"])
    texts |= st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=4)
    times = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30))
    days = st.dates().map(lambda day: datetime(day.year, day.month, day.day))
    kinds = [
        (pyarrow.string(), texts),
        (pyarrow.dictionary(pyarrow.int16(), pyarrow.string()), texts),
        (pyarrow.int64(), st.none() | st.integers(-(2**63), 2**63 - 1)),
        (pyarrow.float64(), st.none() | st.floats()),
        (pyarrow.float32(), st.none() | st.floats(width=32)),
        (pyarrow.decimal128(12, 3), st.none() | st.decimals(-(10**8), 10**8, places=3)),
        (pyarrow.bool_(), st.none() | st.booleans()),
        (pyarrow.date32(), st.none() | st.dates()),
        (pyarrow.timestamp("us"), st.none() | times | days),
        (pyarrow.timestamp("us", "UTC"), st.none() | times),
        (pyarrow.list_(pyarrow.string()), st.none() | st.lists(texts, max_size=3)),
        (pyarrow.list_(pyarrow.int64()), st.none() | st.lists(st.none() | st.integers(0, 9), max_size=3)),
        (pyarrow.duration("us"), st.none() | st.timedeltas(timedelta(-9), timedelta(9))),
    ]
    return st.one_of(
        *(st.lists(values, min_size=rows, max_size=rows).map(lambda all, type=type: pyarrow.array(all, type)) for type, values in kinds)
    )


def test_a_stream_comes_to_the_same_as_its_cells():
    """A law of tables of all types: the same contacts, or the same error."""
    names = st.sampled_from(["external_id", "organization", "billed", "born", "seen", "vip", "tags", "first_name", "Note"])

    @hypothesis.settings(max_examples=300, deadline=None, database=None)
    @hypothesis.given(st.integers(1, 4).flatmap(lambda rows: st.dictionaries(names, columns(rows), min_size=1, max_size=5)), st.booleans())
    def law(given, is_skipping):
        rows = len(next(iter(given.values())))
        table = pyarrow.table({**complete({}, rows), **given})
        outcomes = []
        for form in (table, Cells(table)):
            book = define(tg.Book(timezone="Europe/Paris", clock=NOW))
            try:
                report = book.import_table(form, dates="dmy", invalid_values="skip" if is_skipping else "reject")
                book.export_csv(file := io.BytesIO())
                outcomes.append((told(report), file.getvalue()))
            except Exception as error:
                outcomes.append((type(error), str(error)))
        assert outcomes[0] == outcomes[1]

    law()


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"seen": pyarrow.array([timedelta(1)])}, "row 1, seen: a cell is text, a number, a bool, a date, a datetime, a list of names or missing, not `timedelta`"),
        ({"seen": pyarrow.array([b"x"])}, "not `bytes`"),
        ({"tags": pyarrow.array([None, {"a": 1}])}, "row 2, tags: "),
        ({"tags": pyarrow.array([[["a"]]])}, "row 1, tags: "),
    ],
)  # fmt: skip
def test_what_no_cell_takes_is_refused_as_in_python(book, table, message):
    for form in (pyarrow.table(table), polars.DataFrame(pyarrow.table(table))):
        with pytest.raises(TypeError) as caught:
            book.import_table(form)
        assert message in str(caught.value)
    with pytest.raises(TypeError) as caught:
        book.import_table(pyarrow.table(table).to_reader())
    (name,) = table
    assert str(caught.value).startswith(f"`{name}`: a cell is text, ")
    assert book.count("everyone") == 0


@pytest.mark.parametrize(
    ("table", "error", "message"),
    [
        (lambda: pyarrow.table({"born": pyarrow.array([0, 2**31 - 1], pyarrow.int32()).cast(pyarrow.date32())}), ValueError, "row 2, born: it is outside the years 0001 to 9999"),
        (lambda: pyarrow.table({"seen": pyarrow.array([2**62]).cast(pyarrow.timestamp("s"))}), ValueError, "row 1, seen: it is outside the years 0001 to 9999"),
        (lambda: pyarrow.table({}), tg.CsvError, "E1004"),
        (lambda: pyarrow.table([["a"], ["b"]], names=["email", "E-mail"]), tg.CsvError, "are both `email`"),
        (lambda: polars.Series("email", ["a"]), TypeError, "contacts are a table with columns, or a list of dicts, not `str`"),
        (lambda: pandas.DataFrame({1: ["a"]}), TypeError, "a name is text, not `int`"),
        (lambda: pyarrow.RecordBatchReader.from_batches(pyarrow.schema({"email": pyarrow.string()}), broken()), ValueError, "the disk is gone"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(book, table, error, message):
    with pytest.raises(error) as caught:
        book.import_table(table())
    assert message in str(caught.value)
    assert book.count("everyone") == 0


def broken():
    yield pyarrow.RecordBatch.from_pydict({"email": ["a"]})
    raise OSError("the disk is gone")


def test_columns_of_objects_are_what_they_are_in_python(book):
    """Arrow has one zone for a column of times, and pandas keeps each one's."""
    times = [datetime(2026, 11, 20, 11), datetime(2026, 11, 20, 11, tzinfo=timezone(timedelta(hours=2)))]
    frame = pandas.DataFrame(complete({"tags": [["vip"], None]}, 2))
    frame["seen"] = pandas.Series(times, dtype=object)
    frame["organization"] = pandas.Series([Decimal("7"), Decimal("7.50")], dtype=object)
    assert book.import_table(frame).problems == []
    seen = [(book.contact(row)["seen"], book.contact(row).organization) for row in (0, 1)]
    assert seen == [(utc(2026, 11, 20, 10), "7"), (utc(2026, 11, 20, 9), "7.50")]
    frame = pandas.DataFrame(complete({"seen": pandas.Series([date(2026, 11, 20), datetime(2026, 11, 20, 11)], dtype=object)}, 2))
    frame["born"] = pandas.Series([date(1990, 4, 3), None], dtype=object)
    assert book.import_table(frame).updated == 2
    seen = [(book.contact(row)["seen"], book.contact(row)["born"]) for row in (0, 1)]
    assert seen == [(utc(2026, 11, 19, 23), date(1990, 4, 3)), (utc(2026, 11, 20, 10), None)]
    frame = pandas.DataFrame(complete({"organization": pandas.period_range("2026-01", periods=1, freq="M")}, 1))
    with pytest.raises(TypeError, match="row 1, organization: a cell is text.*not `Period`"):
        book.import_table(frame)


def test_many_rows_are_in_their_order(book):
    rows = 20_000
    frame = polars.DataFrame({"external_id": polars.arange(rows, eager=True), "first_name": "Zoé", "last_name": "Martin", "country": "FR"})
    frame = frame.with_columns(email=polars.format("{}@example.com", "external_id"))
    report = book.import_table(polars.concat([frame[:7_000], frame[7_000:7_001], frame[7_001:]], rechunk=False))
    assert report.created == rows
    assert [book.contact(row).external_id for row in range(0, rows, 999)] == [str(row) for row in range(0, rows, 999)]
    bad = frame.with_columns(country=polars.when(polars.col("external_id") == 15_000).then(polars.lit("Utopia")).otherwise("country"))
    (problem,) = book.import_table(bad).problems
    assert (problem.row, problem.line, problem.value) == (15_001, None, "Utopia")


def test_columns_of_nothing_but_nulls_are_blank(book):
    nothing = complete({"billed": [None, None], "tags": [[], []], "organization": [None, None]}, 2)
    for table in (polars.DataFrame(nothing), pyarrow.table(nothing), pandas.DataFrame(nothing)):
        report = book.import_table(table, match=[])
        assert (report.created, report.problems) == (2, []), type(table)
        contacts = [book.contact(int(row)) for row in report.outcome.commit.contacts]
        assert [(contact["billed"], contact.tags, contact.organization) for contact in contacts] == [(None, [], None)] * 2
