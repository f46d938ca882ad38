"""Everything that is public says what it is, and the examples in that are programs that run."""

import ast
import inspect
import re
import sqlite3
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

import pytest
import tagmata as tg

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)


def documented():
    """All names that are public, those in classes included, and what they are."""
    names = {name: getattr(tg, name) for name in tg.__all__ if not name.startswith("__")}
    try:
        from tagmata import plot
    except ImportError:
        plot = SimpleNamespace(__all__=[])
    names.update((f"plot.{name}", getattr(plot, name)) for name in plot.__all__)
    for name, what in list(names.items()):
        if inspect.isclass(what):
            own = {f"{name}.{part}": value for part, value in vars(what).items() if not part.startswith("_")}
            names.update(own)
    return names


DOCUMENTED = documented()
EXAMPLES = [
    pytest.param(example, id=name)
    for name, what in DOCUMENTED.items()
    for example in re.findall(r"^```python\n(.*?)^```", inspect.getdoc(what) or "", re.DOTALL | re.MULTILINE)
]


def test_everything_that_is_public_is_described():
    undescribed = [name for name, what in DOCUMENTED.items() if not (inspect.getdoc(what) or "").strip()]
    # What an exception of Python says of itself is not ours.
    inherited = [name for name, what in DOCUMENTED.items() if inspect.getdoc(what) == inspect.getdoc(Exception)]
    assert (undescribed, inherited) == ([], [])


def test_blocks_of_code_are_programs():
    """A block without a language would never run."""
    fences = {name: re.findall(r"^```(\w*)$", inspect.getdoc(what) or "", re.MULTILINE)[::2] for name, what in DOCUMENTED.items()}
    assert {language for languages in fences.values() for language in languages} == {"python"}
    assert len(EXAMPLES) == sum(map(len, fences.values())) > 40


# What examples may use where it is installed.
LIBRARIES = ["duckdb", "pandas", "polars", "pyarrow"]

# These define what the book of the others has.
BEGIN = ["Book.define_field", "Book.create_segment"]


def define(book):
    book.define_field("billed", "number", label="Montant facturé")
    book.define_field("software", "multi_select", options=["Xero", "MYOB"])
    book.define_field("no_sms", "bool")


def create_segments(book, leo):
    book.create_segment("VIP FR", filter="status = vip and country = FR")
    for name in ["Nord", "Stop"]:
        book.create_segment(name, members=[leo])


def write_files():
    with open("contacts.csv", "w", encoding="utf-8") as file:
        file.write("First name,Last name,E-mail,Country,Créé le\nMax,Bauer,max@example.com,DE,2026-11-20\n")
    with open("payments.csv", "w", encoding="utf-8") as file:
        file.write("E-mail,Kind,Paid on,Amount\nzoe@example.com,payment,2026-11-20,12.50\n")


def host():
    """The database of a host, and its mapping."""
    connection = sqlite3.connect(":memory:")
    connection.executescript("""
        CREATE TABLE people (id INTEGER PRIMARY KEY, country TEXT, status TEXT NOT NULL);
        CREATE TABLE segment_members (segment_id INTEGER, contact_id INTEGER);
    """)
    members = {"table": "segment_members", "contact": "contact_id"}
    mapping = {
        "contacts": {"table": "people", "id": "id"},
        "fields": {
            "country": {"column": "country"},
            "status": {"column": "status"},
            "segments": {"link": members, "column": "segment_id", "names": "numbers"},
        },
        "members": {**members, "segment": "segment_id"},
    }
    return connection, mapping


class Cursor:
    """That of a database which is not there: it takes what a driver of PostgreSQL would."""

    def execute(self, text, params):
        assert text.count("%s") == len(params)


@pytest.fixture
def names(request, tmp_path, monkeypatch):
    """What examples may use: a book in the file `crm.db`, another one, contacts, files, and the database of a host."""
    monkeypatch.chdir(tmp_path)
    write_files()
    connection, mapping = host()
    begins = request.node.callspec.id in BEGIN
    book = tg.Book.open("crm.db", timezone="Europe/Paris", clock=NOW)
    if not begins:
        define(book)
    zoe = book.create_contact(first_name="Zoé", country="FR", email="zoe@example.com", tags=["vip"], status="active")
    ana = book.create_contact(first_name="Ana", country="ES")
    leo = book.create_contact(first_name="Léo", country="FR", mobile="+33612345678")
    if not begins:
        create_segments(book, leo)
    yield {
        "tg": tg, "book": book, "other": tg.Book(clock=NOW),
        "zoe": zoe, "leo": leo, "ana": ana, "id": zoe, "contact": zoe, "ids": [zoe, leo], "times": [NOW, NOW],
        "connection": connection, "cursor": Cursor(), "mapping": mapping, "send": len,
        "sqlite3": sqlite3, "datetime": datetime, "timedelta": timedelta, "timezone": timezone,
    }  # fmt: skip
    book.close()
    connection.close()


def run(example, names):
    """Runs a program. Where a value is written behind an expression, or below it, as a comment, that is what it has to be."""
    lines = example.splitlines()
    for statement in ast.parse(example).body:
        if not isinstance(statement, ast.Expr):
            exec(compile(ast.Module([statement], []), "the example", "exec"), names)
            continue
        value = eval(compile(ast.Expression(statement.value), "the example", "eval"), names)
        behind = lines[statement.end_lineno - 1].encode()[statement.end_col_offset :].decode()
        below = lines[statement.end_lineno] if statement.end_lineno < len(lines) else ""
        for comment in (behind, below):
            written = comment.partition("#")[2].strip() if comment.strip().startswith("#") else ""
            if re.match(r"[\[{('\"\d]|True$|False$|None$|array", written):
                assert repr(value) == written


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_runs(example, names):
    if 'Book.open("crm.db"' in example:
        names["book"].close()
    for library in LIBRARIES:
        if f"{library}." in example:
            names[library] = pytest.importorskip(library)
    if "contacts.parquet" in example:
        frame = {"First name": ["Zoé"], "Last name": ["Roy"], "E-mail": ["z@example.com"], "Total": [120.5]}
        names["pandas"].DataFrame(frame).to_parquet("contacts.parquet")
    run(example, names)


def test_values_that_are_written_are_held_to():
    """The test of the tests."""
    run("1 + 1      # 2", {})
    run("1 + 1      # two", {})
    for example in ("1 + 1      # 3", "[1]\n# [2]", "'é'   # 'è'"):
        with pytest.raises(AssertionError):
            run(example, {})
