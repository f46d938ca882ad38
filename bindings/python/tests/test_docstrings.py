"""Everything that is public says what it is, and the examples in that are programs that run."""

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


@pytest.fixture
def names(tmp_path, monkeypatch):
    """What examples may use: a book in the file `crm.db`, another one, contacts, and a database of a host."""
    monkeypatch.chdir(tmp_path)
    book = tg.Book.open("crm.db", timezone="Europe/Paris", clock=NOW)
    book.define_field("billed", "number", label="Montant facturé")
    book.define_field("software", "multi_select", options=["Xero", "MYOB"])
    book.define_field("no_sms", "bool")
    zoe = book.create_contact(first_name="Zoé", country="FR", email="zoe@example.com", tags=["vip"], billed=300, status="active")
    leo = book.create_contact(first_name="Léo", country="FR", mobile="+33612345678")
    ana = book.create_contact(first_name="Ana", country="ES")
    book.create_segment("VIP FR", filter="status = vip and country = FR")
    for name in ["Nord", "Sud"]:
        book.create_segment(name, members=[leo])
    outcome = book.record(zoe, "payment", amount=120)
    host = sqlite3.connect(":memory:")
    host.executescript("""
        CREATE TABLE people (id INTEGER PRIMARY KEY, country TEXT, status TEXT NOT NULL);
        CREATE TABLE segment_members (segment_id INTEGER, contact_id INTEGER);
    """)
    mapping = {
        "contacts": {"table": "people", "id": "id"},
        "fields": {"country": {"column": "country"}, "status": {"column": "status"}},
        "members": {"table": "segment_members", "segment": "segment_id", "contact": "contact_id"},
    }
    with open("contacts.csv", "w", encoding="utf-8") as file:
        file.write("First name,Last name,E-mail,Country\nMax,Bauer,max@example.com,DE\n")
    with open("interactions.csv", "w", encoding="utf-8") as file:
        file.write("E-mail,Kind,Date,Amount\nzoe@example.com,payment,2026-11-20,12.50\n")
    yield {
        "tg": tg, "book": book, "other": tg.Book(clock=NOW), "zoe": zoe, "leo": leo, "ana": ana, "id": zoe, "contact": zoe,
        "outcome": outcome, "connection": host, "cursor": Cursor(), "mapping": mapping,
        "sqlite3": sqlite3, "datetime": datetime, "timedelta": timedelta, "timezone": timezone,
    }  # fmt: skip
    book.close()
    host.close()


class Cursor:
    """That of a database which is not there: it takes what a driver of PostgreSQL would."""

    def execute(self, text, params):
        assert text.count("%s") == len(params)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_runs(example, names):
    if 'Book.open("crm.db"' in example:
        names["book"].close()
    exec(compile(example, "the example", "exec"), names)
