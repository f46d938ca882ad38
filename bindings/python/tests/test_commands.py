"""The suites of `conformance/commands/`, whose README describes them, run through the package.

The clock of a book is one that its runner sets: a step with a `now` is a call at that time.
"""

import io
import json
import os
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import tagmata as tg
from test_conformance import World, instant, keywords, read

ROOT = Path(os.environ.get("TAGMATA_WORKSPACE") or Path(__file__).parents[3])
SUITES = sorted((ROOT / "conformance" / "commands").glob("*.json"))

KINDS = {
    tg.FilterError: "filter", tg.InvalidValueError: "value", tg.NotFoundError: "not_found", tg.ConflictError: "conflict",
    tg.CsvError: "csv",
}  # fmt: skip
IMPORT = (
    "match", "replace_segments", "unknown_segments", "update", "create", "invalid_values", "dates", "decimal", "columns",
    "delimiter", "dry_run",
)  # fmt: skip
RULE = (
    "rename", "on", "when", "condition", "set_status", "add_tags", "remove_tags", "add_to_segments", "remove_from_segments",
    "set_fields", "enabled", "position", "apply_to_existing",
)  # fmt: skip
SIGNS = {"tag_added": "tag +", "tag_removed": "tag -", "segment_added": "segment +", "segment_removed": "segment -"}


def labelled(options):
    """Options of a suite, as labels by key."""
    return {(o if isinstance(o, str) else o["key"]): (o if isinstance(o, str) else o["label"]) for o in options or []}


def plain(value):
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (date, Decimal)):
        return str(value)
    return value


class Runner:
    """A book, the names that its case gives, and what is said of it in the words of the suites."""

    def __init__(self, suite, settings, new_book):
        self.clock = instant(suite["now"])
        world = World(suite, settings, lambda: self.clock, new_book)
        self.book, self.ids, self.outcomes = world.book, dict(world.ids), {}

    # Arguments

    def contact(self, name):
        return self.ids[name] if isinstance(name, str) else name

    def contacts(self, names):
        return [self.contact(name) for name in names]

    def who(self, book, who):
        if isinstance(who, list):
            return self.contacts(who)
        if isinstance(who, dict) and "segment" in who:
            return book.segment(who["segment"])
        return read(book, who) if isinstance(who, dict) else who

    def selection(self, book, step):
        exclude = self.contacts(step.get("exclude", []))
        expected = {key: step[key] for key in ["expect"] if key in step}
        return tg.Selection(self.who(book, step["who"]), exclude=exclude, **expected)

    def parts(self, book, step):
        """What of a segment is given by keywords."""
        parts = {key: self.contacts(step[key]) for key in ("always_in", "always_out") if key in step}
        if "filter" in step:
            parts["filter"] = read(book, step["filter"]) if isinstance(step["filter"], dict) else step["filter"]
        if "members" in step:
            parts["members"] = self.who(book, step["members"])
        return parts

    # Steps

    def do(self, book, step, actor=None):
        """Does a step; its outcome or report."""
        what, actor = step["do"], {"actor": actor} if actor else {}
        if "now" in step and (book is not self.book or instant(step["now"]) < book.now):
            # A clock that goes back, or on while a batch is open, moves nothing by itself: that has to be asked for.
            book.advance(instant(step["now"]))
        call = getattr(book, what, None)
        given = {key: step[key] for key in ("force", "label", "outgoing", "position", "replacement") if key in step}
        if what in ("add_rule", "update_rule"):
            parts = {key: step[key] for key in RULE if key in step}
            filters = {key: read(book, parts[key]) for key in ("when", "condition") if isinstance(parts.get(key), dict)}
            return call(step["name" if what == "add_rule" else "rule"], **{**parts, **filters}, **actor)
        if what == "set_automation":
            return call(**{key: step[key] for key in ("lead_to_active", "rules") if key in step}, **actor)
        if what == "create_contact":
            made = call(dict(step["fields"]), **actor)
            if "as" in step:
                self.ids[step["as"]] = made
            return book.last_outcome
        if what == "update_contact":
            return call(self.contact(step["contact"]), dict(step["fields"]), **actor)
        if what == "update_contacts":
            return call(self.selection(book, step), dict(step["fields"]), **actor)
        if what == "merge_contacts":
            return call(self.contact(step["keep"]), self.contacts(step["others"]), **actor)
        if what == "record":
            at = instant(step["at"]) if "at" in step else None
            return call(
                self.contact(step["contact"]), step["kind"], at=at, amount=step.get("amount"), label=step.get("label"), **actor
            )
        if what == "record_many":
            def made(one):
                at = {"at": instant(one["at"])} if "at" in one else {}
                return {**one, "contact": self.contact(one["contact"]), **at}

            return call([made(one) for one in step["interactions"]], **actor)
        if what == "delete_interactions":
            parts = {key: step[key] for key in ("kind", "label") if key in step}
            times = {key: instant(step[key]) for key in ("since", "until") if key in step}
            return call(self.selection(book, step), **parts, **times, **actor)
        if what == "create_segments":
            return call([{"name": each["name"], **self.parts(book, each)} for each in step["segments"]], **actor)
        if what in ("create_segment", "update_segment", "preview_segment"):
            return call(step.get("segment", step.get("name")), **self.parts(book, step), **actor)
        if what == "define_field":
            return call(step["key"], step["type"], label=step.get("label"), options=labelled(step.get("options")), **actor)
        if what == "update_field":
            return call(step["field"], label=step.get("label"), add_options=labelled(step.get("add_options")), **actor)
        if what == "change_settings":
            return call(**keywords(step["settings"]), **actor)
        if what == "undo":
            return call(self.outcomes[step["of"]], **given, **actor)
        if what == "preview":
            return call(lambda b: self.do(b, step["step"]))
        if what == "batch":
            with book.batch(**actor) as b:
                for each in step["steps"]:
                    self.do(b, each)
            return book.last_outcome
        if what in ("import_csv", "import_interactions"):
            text = step["text"] if isinstance(step["text"], str) else "".join(f"{line}\n" for line in step["text"])
            report = call(io.BytesIO(text.encode()), **{key: step[key] for key in IMPORT if key in step}, **actor)
            made = [id for id in report.outcome.commit.contacts.tolist() if id not in self.before]
            self.ids.update(zip(step.get("as", []), made))
            return report
        if "who" in step:
            arguments = [step[key] for key in ("tags", "status", "segment") if key in step]
            return call(self.selection(book, step), *arguments, **actor)
        order = ("field", "segment", "status", "kind", "tag", "rule", "key", "option", "name")
        positional = [step[key] for key in order if key in step]
        if what == "rename_option":
            positional.append(given.pop("label"))
        return call(*positional, **given, **actor)

    # Answers

    def name(self, id):
        return next((name for name, other in sorted(self.ids.items()) if other == id), id)

    def names(self, ids):
        return sorted((self.name(id) for id in ids.tolist()), key=str)

    def error(self, error, source=None):
        def described(one):
            at = one.pointer
            if at is None and one.start is not None and isinstance(source, str):
                at = source[one.start : one.end]
            return {
                "code": one.code, "message": one.message, "help": one.help, "expected": one.expected, "field": one.field, "at": at,
            }  # fmt: skip

        all = [described(one) for one in error.diagnostics]
        kind = KINDS[type(error)]
        return {**all[0], "kind": kind, "contacts": [self.name(id) for id in error.contacts.tolist()], "diagnostics": all}

    def or_error(self, ask, source=None):
        try:
            return ask()
        except tg.TagmataError as error:
            return {"error": self.error(error, source)}

    def moved(self, effects):
        return {
            side: {name: self.names(ids) for name, ids in getattr(effects, side).items()} for side in ("entered", "left")
        }

    def values(self, id):
        values = {
            key: self.name(value) if key == "id" else (value or None) if isinstance(value, list) else plain(value)
            for key, value in self.book.contact(id).to_dict().items()
        }
        # The package tells the dynamic ones as well.
        by_hand = {segment.name for segment in self.book.segments() if segment.kind == "static"}
        values["segments"] = [name for name in values["segments"] or [] if name in by_hand] or None
        return values

    def interactions(self, id):
        found = self.book.contact(id).interactions
        return [{"kind": i.kind, "at": plain(i.at), "amount": plain(i.amount), "label": i.label} for i in found]

    def history(self, id):
        def change(entry):
            old, new = entry.old or "?", entry.new or "?"
            if entry.change == "status":
                return f"status {old} -> {new}"
            if entry.change == "merged":
                return f"merged {self.name(entry.old)}"
            sign = SIGNS.get(entry.change)
            return f"{sign} {new if sign.endswith('+') else old}" if sign else entry.change

        entries = self.book.contact(id).history
        return [
            {"change": change(e), "at": plain(e.at), "actor": e.actor, "cause": e.cause, "rule": e.rule} for e in entries
        ]

    def segments(self):
        return [
            {
                "name": s.name, "kind": s.kind, "count": s.count, "filter": s.filter,
                "always_in": self.names(s.always_in), "always_out": self.names(s.always_out),
            }
            for s in self.book.segments()
        ]  # fmt: skip

    def rules(self):
        parts = (
            "name", "enabled", "on", "when", "condition", "set_status", "add_tags", "remove_tags", "add_to_segments",
            "remove_from_segments",
        )  # fmt: skip
        return [
            {
                **{part: getattr(rule, part) for part in parts},
                "set_fields": {key: plain(value) for key, value in rule.set_fields.items()},
            }
            for rule in self.book.rules()
        ]

    def explain_segment(self, name):
        why = self.book.explain_segment(name)
        return {**why.to_dict(), "text": str(why)}

    def audience(self, segments, query):
        found = self.book.audience(segments, **query)
        skipped = {reason: self.names(who) for reason, who in found.skipped.items()}
        return {"recipients": self.names(found.recipients), "skipped": skipped}

    def definitions(self):
        book = self.book
        options = {f.key: [{"key": k, "label": v} for k, v in f.options.items()] for f in book.fields()}
        return {
            "segments": self.segments(),
            "tags": book.tags(),
            "statuses": [{"key": s.key, "label": s.label} for s in book.statuses()],
            "fields": {f.key: {"type": f.type, "label": f.label, "options": options[f.key]} for f in book.fields()},
            "kinds": {k.key: {"outgoing": k.outgoing} for k in book.kinds()},
            "rules": self.rules(),
            "automation": book.automation(),
        }

    def snapshot(self):
        """All that can be seen of the book, but for its clock."""
        everyone = self.book.select("everyone").tolist()
        contacts = {id: [self.values(id), self.interactions(id), self.history(id)] for id in everyone}
        return contacts, self.definitions(), self.book.definitions()

    # Expectations

    def check(self, then, done, error, source):
        if error is not None:
            assert "error" in then, error
            same("error", then["error"], self.error(error, source))
            return self.ask(then)
        assert "error" not in then, "not refused"
        outcome = done.outcome if isinstance(done, tg.ImportReport) else done
        for key, effects in [("effects", getattr(outcome, "effects", outcome)), ("time", getattr(outcome, "advance", None))]:
            if key in then:
                wanted = {side: {s: sorted(w, key=str) for s, w in then[key].get(side, {}).items()} for side in ("entered", "left")}
                assert self.moved(effects) == wanted, key
        if "touched" in then:
            assert self.names(outcome.commit.contacts) == sorted(then["touched"])
        if "commits" in then:
            assert len(getattr(done, "advance", done).commits) == then["commits"]
        if "warnings" in then:
            found = [{"code": w.code, "message": w.message, "help": w.help} for w in outcome.warnings]
            same("warnings", then["warnings"], found)
        if "report" in then:
            keys = ("created", "updated", "unchanged", "rejected", "ignored_columns")
            parts = ("row", "line", "column", "code", "message", "value")
            problems = [{part: getattr(problem, part) for part in parts} for problem in done.problems]
            report = {key: getattr(done, key) for key in keys}
            same("report", then["report"], {**report, "problems": problems, "rejected_csv": done.rejected_csv()})
        return self.ask(then)

    def ask(self, then):
        book = self.book
        everyone = book.select("everyone").tolist()
        for name, expected in then.get("values", {}).items():
            found = self.values(self.ids[name]) if self.ids[name] in everyone else None
            if expected is None or found is None:
                assert expected == found, name
                continue
            for key, value in expected.items():
                if isinstance(value, list):
                    assert sorted(value) == sorted(found[key] or []), (name, key)
                else:
                    same(f"{name}.{key}", value, found[key])
        questions = {
            "interactions": lambda name: self.interactions(self.ids[name]),
            "history": lambda name: self.history(self.ids[name]),
            "segments_of": lambda name: sorted(book.segments_of(self.ids[name])),
            "members": lambda name: self.names(book.members(name)),
            "select": lambda text: self.names(book.select(text)),
            "count": lambda text: book.count(text),
            "explain_segment": self.explain_segment,
        }
        for question, answer in questions.items():
            for about, expected in then.get(question, {}).items():
                if question == "history" and isinstance(expected, list):
                    expected = [{"change": each} if isinstance(each, str) else each for each in expected]
                elif isinstance(expected, list) and question != "interactions":
                    expected = sorted(expected, key=str)
                same(f"{question} {about}", expected, self.or_error(lambda: answer(about), about))
        for asked in then.get("audience", []):
            wanted = {key: asked[key] for key in ("error", "recipients", "skipped") if key in asked}
            if "recipients" in wanted:
                skipped = {reason: sorted(who) for reason, who in wanted["skipped"].items()}
                wanted = {"recipients": sorted(wanted["recipients"]), "skipped": skipped}
            query = {key: asked[key] for key in ("exclude", "channel", "opt_out") if key in asked}
            found = self.or_error(lambda: self.audience(asked["segments"], query))
            same("audience", wanted, found)
            assert wanted.get("skipped", {}).keys() == found.get("skipped", {}).keys()
        for field, keys in then.get("find", {}).items():
            for key, expected in keys.items():
                find = self.or_error(lambda: book.find(**{field: key}))
                same(f"find {key}", expected, find if isinstance(find, dict) or find is None else self.name(find))
        definitions = self.definitions()
        if "tags" in then:
            assert definitions["tags"] == then["tags"]
        if "statuses" in then:
            same("statuses", [{"key": s} if isinstance(s, str) else s for s in then["statuses"]], definitions["statuses"])
        for key in ("fields", "kinds"):
            for name, expected in then.get(key, {}).items():
                same(f"{key} {name}", expected, definitions[key].get(name))
        if "segments" in then:
            broken = [segment.error is not None for segment in book.segments()]
            assert [each.get("error") is not None for each in then["segments"]] == broken
            same("segments", [{k: v for k, v in s.items() if k != "error"} for s in then["segments"]], definitions["segments"])
        if "rules" in then:
            expected = [{"name": rule} if isinstance(rule, str) else rule for rule in then["rules"]]
            for rule, found in zip(expected, book.rules()):
                if "error" in rule:
                    # The package tells the text of the error alone.
                    assert (found.error is None) == (rule["error"] is None)
            same("rules", [{k: v for k, v in rule.items() if k != "error"} for rule in expected], definitions["rules"])
        if "automation" in then:
            same("automation", then["automation"], definitions["automation"])
        if "now" in then:
            assert book.now == instant(then["now"])
        if "next_change" in then:
            next_change = then["next_change"]
            assert book.next_change() == (next_change and instant(next_change))

    def step(self, step):
        then, what = step.get("then", {}), step.get("do")
        self.clock = max(self.book.now, instant(step["now"])) if "now" in step else self.book.now
        before, clock, last = self.snapshot(), self.book.now, self.book.last_outcome
        self.before = set(before[0])
        done = error = None
        try:
            if what == "advance":
                done = self.book.advance(instant(step["now"]))
            elif what:
                done = self.do(self.book, step, step.get("actor"))
        except tg.TagmataError as refused:
            error = refused
        self.check(then, done, error, step.get("who") or step.get("filter"))
        is_tried = what is not None and (what.startswith("preview") or step.get("dry_run", False))
        if error is not None or is_tried:
            assert (self.book.now, self.book.last_outcome) == (clock, last)
        if error is not None or is_tried or then.get("unchanged"):
            assert self.snapshot() == before
        if "id" in step:
            self.outcomes[step["id"]] = done.outcome if isinstance(done, tg.ImportReport) else done


def same(place, expected, found):
    """The members of objects that are expected; others may be there. Numbers as numbers, instants as instants."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            assert key in found, f"{place}.{key} is not there"
            same(f"{place}.{key}", value, found[key])
    elif isinstance(expected, list) and isinstance(found, list):
        assert len(expected) == len(found), f"{place}: found {found}, expected {expected}"
        for at, (one, other) in enumerate(zip(expected, found)):
            same(f"{place}[{at}]", one, other)
    else:
        assert expected == found or is_same_instant(expected, found), f"{place}: found {found!r}, expected {expected!r}"


def is_same_instant(one, other):
    try:
        return instant(one) == instant(other)
    except (AttributeError, TypeError, ValueError):
        return False


@pytest.mark.parametrize("path", SUITES, ids=lambda path: path.stem)
def test_suite(path, new_book):
    suite = json.loads(path.read_text(encoding="utf-8"))
    failures = []
    for case in suite["cases"]:
        runner = Runner(suite, {**suite.get("settings", {}), **case.get("settings", {})}, new_book)
        for at, step in enumerate(case["steps"], 1):
            try:
                runner.step(step)
            except (AssertionError, tg.TagmataError, KeyError, TypeError) as problem:
                failures.append(f"{case['name']}, step {at} ({step.get('do')}): {type(problem).__name__} {problem}")
                break
    assert not failures, "\n".join(failures)
