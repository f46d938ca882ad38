"""The same questions as filters, written as SQL by tagmata."""

import sys
from pathlib import Path

PEERS = Path(__file__).parents[1] / "peers"
sys.path.append(str(PEERS))

import book as contacts  # noqa: E402
from tables import COLUMNS, FOLDED, NOT_NULL, SETS  # noqa: E402

FILTERS = dict(line.split(": ", 1) for line in (PEERS.parent / "src" / "queries.txt").read_text("utf-8").splitlines())
# Columns that are called otherwise than the field.
KEYS = {"last_interaction_at": "last_interaction"}


def mapping(shape):
    """Where the tables have what filters ask for."""
    fields = {KEYS.get(name, name): {"column": name} for name, *_ in COLUMNS}
    for name in FOLDED:
        fields[name]["folded"] = f"{name}_folded"
    for name in NOT_NULL:
        fields[name]["nullable"] = False
    for name in ("created_at", "last_interaction"):
        fields[name]["format"] = "timestamptz"
    for name, _, table, value in SETS:
        link = {"link": {"table": table, "contact": "contact_id"}, "column": value, "nullable": False}
        fields[name] = link if shape == "link tables" else {"column": name, "nullable": False}
    return {"contacts": {"table": "contacts", "id": "id"}, "fields": fields}


def book(tags, segments):
    """A book that knows the names that filters use, and has no contacts."""
    new = contacts.new()
    new.apply_definitions({"v": 1, "tags": tags, "segments": [{"name": name} for name in segments]})
    return new


def statements(book, dialect, shape):
    """The statements of each question, which count and which find ids, with their parameters."""
    questions = {name: book.filter(text) for name, text in FILTERS.items()}
    outputs = {"count": "count", "ids": "select"}
    return {
        name: {what: question.to_sql(dialect, mapping(shape), output=output) for what, output in outputs.items()}
        for name, question in questions.items()
    }
