"""What holds after any commands: a book does what its plain model does, in memory and in a file.

`TAGMATA_CASES=5000` draws that many runs, others each time.
"""

import os
import shutil
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

import commands
import tagmata as tg
from commands import Bound
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from plain_model import Model, Refused

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)
VALUES = ["first_name", "country", "external_id", "billed"]


class Stopped(Exception):
    """Raised in a batch, which is dropped by it."""


def after(model, command):
    """The model behind a command; nothing if that is to be refused."""
    expected = model.copy()
    try:
        Bound(expected).apply(command)
    except Refused:
        return None
    return expected


def moves(effects):
    """Who enters and leaves which segments."""
    return tuple({name: set(ids.tolist()) for name, ids in side.items()} for side in (effects.entered, effects.left))


def expected_moves(before, after):
    """The same from one model to the next. A broken segment is entered and left by nobody."""
    entered, left = {}, {}
    for number in before.groups.keys() | after.groups.keys():
        there = [model for model in (before, after) if number in model.groups]
        if any(model.is_broken_segment(number) for model in there):
            continue
        old, new = (model.members(number) if number in model.groups else set() for model in (before, after))
        name = there[-1].segments.current[number]
        for side, ids in ((entered, new - old), (left, old - new)):
            if ids:
                side[name] = side.get(name, set()) | ids
    return entered, left


def person(contact):
    """All of a contact, but for its segments."""
    happened = [(each.kind, each.at, each.amount, each.label) for each in contact.interactions]
    history = [(each.change, each.old, each.new, each.at, each.cause, each.rule) for each in contact.history]
    return {**contact.to_dict(), "segments": None, "interactions": happened, "history": history}


def values(person):
    """What a contact has of its own, whatever that is called."""
    keys = [*VALUES, "status", "created_at", "updated_at", "interactions"]
    return person and [person[key] for key in keys] + [len(person["tags"]), len(person["history"])]


def state(book):
    """All of a book that can be seen."""
    return {
        "now": book.now,
        "next change": book.next_change(),
        "definitions": book.definitions(),
        "tags": book.tags(),
        "contacts": {id: person(book.contact(id)) for id in book.select("everyone").tolist()},
        "segments": [
            {
                "id": each.id,
                "name": each.name,
                "filter": each.filter,
                "error": each.error,
                "pins": (each.always_in.tolist(), each.always_out.tolist()),
                "members": None if each.error else book.members(each).tolist(),
            }
            for each in book.segments()
        ],
    }


class Laws(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.model = Model(NOW)
        # The members of segments by their ids, added up from effects.
        self.told = {}
        # What there was before the last change, if that was a command.
        self.before = None
        self.books = [tg.Book(clock=NOW), self.open()]
        for book in self.books:
            book.define_field("billed", "number")
        self.seen = state(self.books[0])
        for command in commands.FIRST:
            done = [self.call(book, command) for book in self.books]
            self.accept(after(self.model, command), done)

    def open(self):
        return tg.Book.open(self.folder / "book.db", clock=self.model.now, synchronous="normal")

    def teardown(self):
        self.open_again()
        self.carry_the_definitions_over()
        memory, file = self.books
        assert file.check() == []
        file.close()
        shutil.rmtree(self.folder)

    @rule(several=st.lists(commands.single, min_size=1, max_size=5))
    def do(self, several):
        for command in several:
            self.do_one(command)

    def do_one(self, command):
        """A look at a call tells what the call comes to, and changes nothing. What is refused changes nothing either."""
        expected = after(self.model, command)
        looks, done = [], []
        for book in self.books:
            try:
                looks.append(book.preview(lambda b: self.call(b, command)))
                assert expected is not None, "the model refuses this"
            except tg.TagmataError as error:
                assert expected is None, error
            assert state(book) == self.seen
            try:
                done.append(self.call(book, command))
                assert expected is not None, "a preview refuses this"
            except tg.TagmataError as error:
                assert expected is None, error
        if expected is None:
            self.nothing_has_changed()
            return
        self.accept(expected, done)
        for look, outcome in zip(looks, done):
            assert moves(look.effects) == moves(outcome.effects)
            assert look.commit.contacts.tolist() == outcome.commit.contacts.tolist()

    def call(self, book, command):
        Bound(self.model).call(book, command)
        return book.last_outcome

    @rule(several=st.lists(commands.single, min_size=1, max_size=4), end=st.sampled_from(["lenient", "strict", "stopped"]))
    def batch(self, several, end):
        """Several changes become one, without those that are refused; or nothing has changed."""
        done = []
        for book in self.books:
            expected = self.model.copy()
            try:
                with book.batch() as b:
                    for command in several:
                        expected = self.do_in_batch(b, command, expected, is_strict=end != "lenient")
                    if end == "stopped":
                        raise Stopped
                done.append(book.last_outcome)
            except (tg.TagmataError, Stopped):
                assert end != "lenient"
        if done:
            self.accept(expected, done)
        else:
            self.nothing_has_changed()

    def do_in_batch(self, book, command, model, is_strict):
        """The model behind a command."""
        expected = after(model, command)
        try:
            Bound(model).call(book, command)
        except tg.TagmataError as error:
            assert expected is None, (error, command)
            if is_strict:
                raise
            return model
        assert expected is not None, ("the model refuses this", command)
        return expected

    @rule(hours=st.sampled_from([1, 24, 49]))
    def let_time_pass(self, hours):
        expected = self.model.copy()
        expected.now += timedelta(hours=hours)
        self.accept(expected, [book.advance(expected.now) for book in self.books])

    @precondition(lambda self: self.before is not None)
    @rule()
    def undo(self):
        """An undo of the last change gives back all that was before, and can be undone itself. Ids stay used up."""
        (seen, model), (changed, changed_model) = self.before, (self.seen, self.model)
        model = model.copy()
        model.next_contact = changed_model.next_contact
        model.tags.used, model.segments.used = changed_model.tags.used, changed_model.segments.used
        for expected_state, expected in ((seen, model), (changed, changed_model), (seen, model)):
            (memory, file), (in_memory, in_file) = self.books, self.done
            self.accept(expected, [memory.undo(in_memory), file.undo(file.commit(in_file.commit.number))])
            assert self.seen == expected_state
        self.before = None

    @rule()
    def open_again(self):
        """A book that is opened again is the same."""
        self.books[1].close()
        self.books[1] = self.open()
        assert state(self.books[1]) == self.seen

    @rule()
    def carry_the_definitions_over(self):
        """An empty book that gets the definitions has the same, unless there is a broken segment."""
        definitions = self.seen["definitions"]
        other = tg.Book(clock=NOW)
        try:
            other.apply_definitions(definitions)
            assert other.definitions() == definitions
        except tg.ConflictError:
            assert any("broken_filter" in segment for segment in definitions["segments"])

    def nothing_has_changed(self):
        for book in self.books:
            assert state(book) == self.seen

    def accept(self, expected, done):
        """Holds what has become true in both books, and what they tell of it, to the expected model."""
        before, (memory, file) = self.seen, map(state, self.books)
        assert memory == file
        for outcome in done:
            is_change = isinstance(outcome, tg.Outcome)
            assert moves(outcome.effects if is_change else outcome) == expected_moves(self.model, expected)
            # Who has other values than before is named by the commit.
            everybody = before["contacts"].keys() | memory["contacts"].keys()
            others = {id for id in everybody if values(before["contacts"].get(id)) != values(memory["contacts"].get(id))}
            assert others <= set(outcome.commit.contacts.tolist() if is_change else ())
        can_be_undone = is_change and not outcome.commit.is_empty
        self.before, self.done = (before, self.model) if can_be_undone else None, done
        self.seen, self.model = memory, expected
        self.tell(before, *moves(outcome.effects if is_change else outcome))
        self.compare_contacts()
        self.compare_segments()

    def tell(self, before, entered, left):
        """Effects added up are the members, from where a segment begins, is mended, or takes the name of another one."""
        ids = {each["name"]: each["id"] for each in before["segments"]}
        broken = {each["id"] for each in before["segments"] if each["members"] is None}
        for each in self.seen["segments"]:
            name, id, members = each["name"], each["id"], each["members"]
            if members is None:
                continue
            if id in broken or ids.get(name, id) != id:
                self.told[id] = set(members)
            else:
                self.told[id] = (self.told.get(id, set()) | entered.get(name, set())) - left.get(name, set())
            assert self.told[id] == set(members)

    def compare_contacts(self):
        book, model = self.books[0], self.model
        contacts = self.seen["contacts"]
        assert contacts.keys() == model.people.keys()
        for id, contact in contacts.items():
            person = model.people[id]
            assert {key: contact[key] for key in VALUES if contact[key] is not None} == person.values
            assert (contact["status"], contact["created_at"]) == (person.status, person.created_at)
            assert {tg.fold(name) for name in contact["tags"]} == {tg.fold(model.tags.current[tag]) for tag in person.tags}
        assert {tg.fold(name): count for name, count in book.tags().items()} == {
            tg.fold(name): sum(tag in person.tags for person in model.people.values())
            for tag, name in model.tags.current.items()
        }

    def compare_segments(self):
        book, model = self.books[0], self.model
        segments = {segment.name: segment for segment in book.segments()}
        assert list(segments) == list(model.segments.current.values())
        for number, name in model.segments.current.items():
            segment, question = segments[name], f'segments has "{name}"'
            group = model.groups[number]
            assert (segment.kind == "static") == (group.filter is None)
            assert (set(segment.always_in.tolist()), set(segment.always_out.tolist())) == (group.always_in, group.always_out)
            if model.is_broken_segment(number):
                assert segment.count is None
                for ask in (book.members, lambda name: book.select(f'segments has "{name}"')):
                    try:
                        ask(name)
                        raise AssertionError("broken never means empty")
                    except tg.ConflictError:
                        continue
                continue
            members = book.members(name).tolist()
            assert set(members) == model.members(number)
            assert members == book.select(question).tolist() == sorted(members)
            assert book.count(question) == segment.count == len(members)


cases = int(os.environ.get("TAGMATA_CASES", "0"))
Laws.TestCase.settings = settings(
    max_examples=cases or 30, stateful_step_count=16, derandomize=not cases, deadline=None, database=None
)
TestLaws = Laws.TestCase
