"""The suites of `conformance/`, whose README describes them, run through the package."""

import json
import os
from datetime import datetime
from pathlib import Path

import pytest
import tagmata as tg

ROOT = Path(os.environ.get("TAGMATA_WORKSPACE") or Path(__file__).parents[3])
SUITES = sorted((ROOT / "conformance").glob("*.json"))

# A contact of a book always has these, a contact of a suite only where it says so.
GIVEN_BY_THE_BOOK = {"status", "status_changed_at", "created_at", "updated_at"}


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def keywords(settings):
    """Settings of a suite as keywords of Python."""
    return {("timezone" if key == "time_zone" else key): value for key, value in settings.items()}


class World:
    """A book with the names and contacts of a suite."""

    def __init__(self, suite, settings, clock, new_book):
        self.suite = suite
        self.book = book = new_book(clock=clock, **keywords(settings))
        schema = suite.get("schema", {})
        for field in schema.get("fields", []):
            options = field.get("options")
            if options is not None:
                pairs = [(each, each) if isinstance(each, str) else (each["key"], each["label"]) for each in options]
                options = dict(pairs)
            book.define_field(field["key"], field["type"], label=field.get("label"), options=options)
        for status in schema.get("statuses", []):
            book.define_status(status["key"], label=status.get("label"))
        for kind in schema.get("kinds", []):
            book.define_kind(kind["key"], outgoing=kind.get("outgoing", False))
        for tag in schema.get("tags", []):
            book.define_tag(tag)
        segments = schema.get("segments", [])
        for segment in segments:
            book.create_segment(segment["name"], filter=segment.get("filter"))
        # What contacts come with has happened before: no default rule fires by it.
        book.set_automation(lead_to_active=False)
        self.ids = {name: self.create(values) for name, values in suite.get("contacts", {}).items()}
        book.set_automation(lead_to_active=True)
        for segment in segments:
            pins = {key: [self.ids[name] for name in segment[key]] for key in ("always_in", "always_out") if key in segment}
            if pins:
                book.update_segment(segment["name"], **pins)

    def create(self, values):
        values = dict(values)
        interactions = values.pop("interactions", [])
        contact = self.book.create_contact(values)
        for interaction in interactions:
            interaction = dict(interaction, at=instant(interaction["at"]))
            self.book.record(contact, interaction.pop("kind"), **interaction)
        return contact

    def fields_of(self, filter):
        """The fields that a filter reads, by way of the segments that it uses, too."""
        fields, texts = set(filter.fields), [segment.filter for segment in self.book.segments()]
        for text in texts if "segments" in fields else []:
            fields |= set(self.book.filter(text).fields) if text else set()
        return fields


def read(book, filter):
    if isinstance(filter, dict) and "raw" in filter:
        return tg.Filter.from_json(book, filter["raw"])
    return book.filter(filter)


def described(problem, source):
    place = problem.pointer
    if problem.start is not None:
        place = source[problem.start : problem.end]
    return {
        "code": problem.code, "message": problem.message, "help": problem.help, "expected": problem.expected,
        "id": problem.id, "at": place,
    }  # fmt: skip


def check_problems(expected, problems, source):
    found = [described(problem, source) for problem in problems]
    assert [{key: problem[key] for key in wanted} for wanted, problem in zip(expected, found)] == expected, found
    assert len(found) == len(expected)


def check(world, case):
    book, filter = world.book, case["filter"]
    source = filter if isinstance(filter, str) else filter.get("raw")
    try:
        filter = read(book, filter)
    except tg.FilterError as error:
        assert "diagnostics" in case, error
        check_problems(case["diagnostics"], error.diagnostics, source)
        return
    assert "diagnostics" not in case, f"accepted as {filter}"
    if "prints" in case:
        assert str(filter) == case["prints"]
    if "lints" in case:
        check_problems(case["lints"], filter.lints, source)
    try:
        tree = filter.to_query_builder()
    except tg.FilterError as error:
        if "tree_diagnostics" in case:
            check_problems(case["tree_diagnostics"], error.diagnostics, None)
    else:
        assert "tree_diagnostics" not in case, f"written as {tree}"
        assert book.filter(tree) == filter
    assert book.filter(str(filter)) == book.filter(filter.to_dict()) == filter
    assert tg.Filter.from_json(book, filter.to_json()) == filter
    if "members" in case:
        always = world.fields_of(filter) & GIVEN_BY_THE_BOOK
        given = {
            name: {key for key in GIVEN_BY_THE_BOOK if (values.get(key) or "").strip()}
            for name, values in world.suite["contacts"].items()
        }
        comparable = {name for name, keys in given.items() if always <= keys}
        found = {name for name, id in world.ids.items() if id in book.select(filter).tolist()}
        assert found & comparable == set(case["members"]) & comparable
        for name in comparable:
            assert book.matches(world.ids[name], filter) == book.explain(world.ids[name], filter).verdict == (name in found)


@pytest.mark.parametrize("path", SUITES, ids=lambda path: path.stem)
def test_suite(path, new_book):
    suite = json.loads(path.read_text())
    worlds, failures = {}, []
    for case in suite["cases"]:
        settings = {**suite.get("settings", {}), **case.get("settings", {})}
        now = case.get("now", suite["now"])
        key = json.dumps([settings, now])
        if key not in worlds:
            worlds[key] = World(suite, settings, instant(now), new_book)
        try:
            check(worlds[key], case)
        except (AssertionError, tg.TagmataError) as problem:
            failures.append(f"{case['name']}: {case['filter']}\n{problem}")
    assert not failures, "\n\n".join(failures)
