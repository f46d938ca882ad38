"""Contacts go out as a table of Arrow, and come back as they were."""

import datetime
import io
from datetime import date, timezone
from decimal import Decimal

import hypothesis
import pytest
import tagmata as tg
from hypothesis import strategies as st

pyarrow = pytest.importorskip("pyarrow")
polars = pytest.importorskip("polars")
pandas = pytest.importorskip("pandas")
duckdb = pytest.importorskip("duckdb")

SEEN = datetime.datetime(2026, 11, 20, 10, 30, 0, 5, tzinfo=timezone.utc)
FIELDS = {
    "billed": {"type": "number"},
    "born": {"type": "date"},
    "seen": {"type": "datetime"},
    "vip": {"type": "bool"},
    "size": {"type": "select", "options": {"s": "Small", "l": "Large"}},
    "software": {"type": "multi_select", "options": {"xero": "Xero", "myob": "MYOB"}},
}
# A column, its type in Arrow, and what Zoé and Léo have in it.
COLUMNS = [
    ("id", "uint32", [0, 1]),
    ("external_id", "large_string", ["7", None]),
    ("first_name", "large_string", ["Zoé", "Léo"]),
    ("name", "large_string", ["Zoé Martin", "Léo"]),
    ("email", "large_string", ["Zoe@example.com", None]),
    ("mobile", "string", ["+33612345678", None]),
    ("country", "string", ["FR", None]),
    ("status", "dictionary<values=string, indices=int32>", ["vip", "lead"]),
    ("tags", "list<item: large_string>", [["vip", "à b"], []]),
    ("segments", "list<item: large_string>", [["Nord"], []]),
    ("billed", "double", [120.5, None]),
    ("born", "date32[day]", [date(1990, 4, 3), None]),
    ("seen", "timestamp[us, tz=UTC]", [SEEN, None]),
    ("vip", "bool", [True, None]),
    ("size", "dictionary<values=string, indices=int32>", ["l", None]),
    ("software", "list<item: large_string>", [["xero", "myob"], None]),
    ("last_interaction", "timestamp[us, tz=UTC]", [SEEN, None]),
]
NAMES = [name for name, _, _ in COLUMNS]


def define(book):
    for key, field in FIELDS.items():
        book.define_field(key, **field)


@pytest.fixture
def two(book):
    define(book)
    zoe = {"external_id": 7, "first_name": "Zoé", "last_name": "Martin", "email": "Zoe@example.com", "mobile": "06 12 34 56 78"}
    zoe |= {"country": "FR", "status": "vip", "tags": ["vip", "à b"], "billed": Decimal("120.5"), "born": date(1990, 4, 3)}
    zoe |= {"external_id": "7", "seen": SEEN, "vip": True, "size": "Large", "software": ["MYOB", "xero"]}
    id = book.create_contact(zoe)
    book.create_contact(first_name="Léo")
    book.create_segment("Nord", members=[id])
    book.create_segment("French", filter="country = FR")
    book.record(id, "payment", at=SEEN)
    return book


@pytest.mark.parametrize(("column", "type", "values"), COLUMNS)
def test_values_and_types(two, column, type, values):
    table = two.to_arrow(columns=[column])
    assert (table.columns, table.schema, len(table)) == ([column], {column: type}, 2)
    arrow = pyarrow.table(table)
    assert str(arrow.schema.field(column).type).replace(", ordered=0", "").replace(" not null", "") == type
    assert arrow.column(column).to_pylist() == values
    assert pyarrow.schema(table) == arrow.schema


def test_all_libraries_read_it(two):
    table = contacts = two.to_arrow(columns=NAMES)
    expected = {name: values for name, _, values in COLUMNS}
    assert polars.DataFrame(table).to_dict(as_series=False) == expected
    assert polars.from_arrow(table).struct.unnest().height == 2
    frame = pandas.DataFrame.from_arrow(table)
    assert list(frame.columns) == NAMES
    assert (frame["status"].tolist(), frame["billed"].sum(), frame["id"].tolist()) == (["vip", "lead"], 120.5, [0, 1])
    rows = duckdb.sql("SELECT id, status, tags, billed, born, vip FROM contacts ORDER BY id").fetchall()
    assert rows == [(0, "vip", ["vip", "à b"], 120.5, date(1990, 4, 3), True), (1, "lead", [], None, None, None)]


def test_categories_are_all_that_there_are(two):
    column = pyarrow.table(two.to_arrow(columns=["status"])).column(0)
    assert column.chunk(0).dictionary.to_pylist() == ["lead", "active", "vip", "inactive"]
    two.rename_option("size", "l", "Big")
    two.update_field("size", add_options={"xl": "Huge"})
    assert polars.DataFrame(two.to_arrow(columns=["size"]))["size"].to_list() == ["l", None]


def test_columns_are_the_id_and_those_of_files(two):
    two.export_csv(file := io.BytesIO())
    header = file.getvalue().decode().splitlines()[0].split(",")
    assert two.to_arrow().columns == ["id", *header]
    assert two.to_arrow(columns=["E-mail", "billed"]).columns == ["email", "billed"]
    empty = pyarrow.table(two.to_arrow(columns=[]))
    assert empty.column_names == []


def test_a_filter_says_which_contacts(two):
    for filter in ["status = vip", two.filter("status = vip"), two.filter("status = vip").to_dict()]:
        assert pyarrow.table(two.to_arrow(filter, ["id"])).to_pydict() == {"id": [0]}
    none = two.to_arrow("status = inactive")
    assert (len(none), polars.DataFrame(none).height, pyarrow.table(none).num_rows) == (0, 0, 0)
    assert repr(two.to_arrow("status = vip", ["id", "email"])) == "<ArrowTable: 1 row; id, email>"


def test_it_stays_as_it_was_and_is_read_as_often_as_one_likes(two):
    table = two.to_arrow(columns=["id", "status", "tags"])
    before = pyarrow.table(table)
    two.set_status("everyone", "inactive")
    two.rename_tag("vip", "star")
    two.delete_contacts([1])
    assert pyarrow.table(table) == before
    assert before.to_pydict() == {"id": [0, 1], "status": ["vip", "lead"], "tags": [["vip", "à b"], []]}
    two.close()
    assert polars.DataFrame(table).height == 2
    # A stream that nobody takes, and one that is given up.
    table.__arrow_c_stream__()
    reader = pyarrow.RecordBatchReader.from_stream(table)
    reader.read_next_batch()


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"columns": ["emial"]}, tg.NotFoundError, "did you mean `email`?"),
        ({"columns": ["email", "E-mail"]}, tg.InvalidValueError, "the column `email` is asked for twice"),
        ({"columns": "email"}, TypeError, "not `str`"),
        ({"filter": "status = vpi"}, tg.FilterError, "did you mean `vip`?"),
        ({"collumns": ["email"]}, TypeError, "did you mean `columns`?"),
    ],
)
def test_what_is_wrong_is_told(two, arguments, error, message):
    with pytest.raises(error) as caught:
        two.to_arrow(**arguments)
    assert message in str(caught.value)


def test_many_rows_are_several_batches():
    book, rows = tg.Book(), 140_000
    ids = polars.DataFrame({"external_id": polars.arange(rows, eager=True)})
    made = book.import_table(ids.with_columns(first_name=polars.lit("Zoé"), last_name=polars.lit("Martin"), country=polars.lit("FR"), email=polars.format("z{}@example.com", "external_id")))
    assert made.created == rows
    book.set_status('external_id = "7"', "vip")
    table = pyarrow.table(book.to_arrow(columns=["id", "external_id", "status", "tags"]))
    assert [len(chunk) for chunk in table.column("id").chunks] == [65_536, 65_536, rows - 2 * 65_536]
    assert table.column("external_id").to_pylist() == [str(row) for row in range(rows)]
    assert table.column("id").to_pylist() == list(range(rows))
    assert table.column("status").to_pylist() == ["vip" if row == 7 else "lead" for row in range(rows)]


def drawn():
    """What contacts can have, in all of the types."""
    texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8).map(str.strip)
    names = st.lists(st.text("ab;\"'=, é", min_size=1, max_size=5).map(str.strip).filter(bool), max_size=3, unique_by=str.lower)
    times = st.datetimes(datetime.datetime(1, 1, 2), datetime.datetime(9999, 12, 30), timezones=st.just(timezone.utc))
    return st.fixed_dictionaries(
        {
            "organization": st.none() | texts.filter(lambda text: text and text == text.strip("\ufeff")),
            "mobile": st.none() | st.sampled_from(["+33612345678", "+5491123456789"]),
            "country": st.sampled_from(["FR", "BE"]),
            "status": st.sampled_from(["lead", "active", "vip", "inactive"]),
            "tags": names,
            "segments": names,
            "billed": st.none() | st.floats(allow_nan=False, allow_infinity=False),
            "born": st.none() | st.dates(),
            "seen": st.none() | times,
            "created_at": st.datetimes(datetime.datetime(2020, 1, 1), datetime.datetime(2026, 1, 1), timezones=st.just(timezone.utc)),
            "vip": st.none() | st.booleans(),
            "size": st.none() | st.sampled_from(["s", "l"]),
            "software": st.none() | st.lists(st.sampled_from(["xero", "myob"]), min_size=1, unique=True),
        }
    )


# How a table goes from one book into the other.
WAYS = {
    "as it is": lambda table: table,
    "pyarrow": pyarrow.table,
    "polars": polars.DataFrame,
    "pandas": pandas.DataFrame.from_arrow,
    "DuckDB": lambda contacts: duckdb.sql("FROM contacts ORDER BY id"),
}


@pytest.mark.parametrize("way", WAYS)
def test_contacts_come_back_as_they_were(way):
    """A law: out of a book and into an empty one with the same fields, contacts are the same, field by field."""

    def book():
        book = tg.Book(timezone="Europe/Paris", clock=datetime.datetime(2026, 11, 24, tzinfo=timezone.utc))
        define(book)
        return book

    @hypothesis.settings(max_examples=40, deadline=None, database=None)
    @hypothesis.given(st.lists(drawn(), min_size=1, max_size=4))
    def law(all):
        one, other = book(), book()
        for name in {name.lower(): name for each in all for name in each["segments"]}.values():
            one.create_segment(name)
        for at, each in enumerate(all):
            needed = {"first_name": "Zoé", "last_name": "Martin", "email": f"{at}@example.com", "external_id": str(at)}
            one.create_contact({**each, **needed})
        report = other.import_table(WAYS[way](one.to_arrow()), columns={"id": None}, unknown_segments="create")
        assert (report.created, report.problems) == (len(all), [])
        for at in range(len(all)):
            was, became = one.contact(at).to_dict(), other.contact(at).to_dict()
            for lists in ["tags", "segments", "software"]:
                was[lists], became[lists] = sorted(was[lists] or []), sorted(became[lists] or [])
            assert {key: value for key, value in became.items() if key != "updated_at"} == {
                key: value for key, value in was.items() if key != "updated_at"
            }

    law()
