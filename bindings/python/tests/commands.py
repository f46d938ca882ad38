"""Random commands, for a book and for its plain model alike.

A command is a tuple of its name and plain values, so that a failing example can be read. Contacts are drawn as places among those that
there are, since ids depend on what came before.
"""

import numpy as np
import tagmata as tg
from hypothesis import strategies as st
from plain_model import Group, Model, Refused

# Different spellings of few names, so that commands are about the same things.
TAGS = ["vip", "VIP", "Émile", "new"]
SEGMENTS = ["Big", "Élan", "Nord", "NORD", "Old", "Sud"]
NEW_NAMES = ["Est", "est", "Gold", "Ouest"]
STATUSES = ["lead", "active", "vip", "inactive", "churned"]
COUNTRIES = ["FR", "ES"]
EXTERNAL_IDS = ["X1", "X2", "X3"]

tags = st.sampled_from([*TAGS, "Est"])
segments = st.sampled_from([*SEGMENTS, "Est"])
place = st.integers(0, 7)
places = st.lists(place, max_size=3, unique=True)

leaf = st.one_of(
    st.just(("everyone",)),
    st.tuples(st.just("country"), st.sampled_from(COUNTRIES)),
    st.tuples(st.just("billed"), st.sampled_from([0, 100])),
    st.tuples(st.just("status"), st.sampled_from(STATUSES)),
    st.tuples(st.just("older"), st.sampled_from([1, 3])),
    st.tuples(st.just("tag"), tags),
    st.tuples(st.just("segment"), segments),
)
filters = st.recursive(
    leaf,
    lambda part: st.tuples(st.just("not"), part) | st.tuples(st.sampled_from(["and", "or"]), part, part),
    max_leaves=3,
)
contacts = st.one_of(
    st.tuples(st.sampled_from(["text", "filter", "dict"]), filters),
    st.tuples(st.sampled_from(["ids", "array"]), places),
    st.tuples(st.just("segment"), segments),
    st.tuples(st.just("but"), filters, places),
)
values = st.fixed_dictionaries(
    {},
    optional={
        "first_name": st.sampled_from(["Zoé", "Léo", None]),
        "country": st.sampled_from([*COUNTRIES, None]),
        "billed": st.sampled_from([50, 150.5, None]),
        "status": st.sampled_from(STATUSES),
        "tags": st.lists(st.sampled_from(TAGS[1:]), max_size=2),
    },
)
rows = st.lists(
    st.fixed_dictionaries(
        {"external_id": st.sampled_from(EXTERNAL_IDS)},
        optional={
            "country": st.sampled_from(COUNTRIES),
            "first_name": st.sampled_from(["Ana", "Max"]),
            "billed": st.sampled_from([50, 150.5]),
            "tags": st.lists(st.sampled_from(TAGS[1:]), max_size=2),
        },
    ),
    max_size=3,
)
pins = st.none() | places
flag = st.booleans()

single = st.one_of(
    st.tuples(st.just("create"), values),
    st.tuples(st.just("update"), place, values),
    st.tuples(st.just("update_all"), contacts, values),
    st.tuples(st.just("delete"), contacts),
    st.tuples(st.sampled_from(["add_tags", "remove_tags"]), contacts, st.lists(tags, max_size=2)),
    st.tuples(st.just("set_status"), contacts, st.sampled_from(STATUSES)),
    st.tuples(st.just("pay"), place),
    st.tuples(st.just("define_status"), st.sampled_from(["churned", "vip"])),
    st.tuples(st.just("define_tag"), tags),
    st.tuples(st.just("rename_tag"), tags, st.sampled_from([*NEW_NAMES, *TAGS])),
    st.tuples(st.just("delete_tag"), tags, flag),
    st.tuples(st.just("create_static"), segments, st.none() | contacts),
    st.tuples(st.just("create_dynamic"), segments, filters, pins, pins),
    st.tuples(st.just("update_segment"), segments, st.none() | filters, pins, pins),
    st.tuples(st.just("update_segment"), segments, st.tuples(st.just("segment"), segments), st.none(), st.none()),
    st.tuples(st.just("rename_segment"), segments, st.sampled_from([*NEW_NAMES, *SEGMENTS])),
    st.tuples(st.just("delete_segment"), segments, flag),
    st.tuples(st.just("freeze"), segments),
    st.tuples(st.sampled_from(["add_to", "remove_from"]), contacts, segments),
    st.tuples(st.just("import"), rows),
)

# What runs begin with, so that most commands are about something.
FIRST = [
    ("create", {"first_name": "Zoé", "country": "FR", "billed": 150.5, "tags": ["vip"]}),
    ("create", {"country": "ES", "status": "active", "tags": ["Émile"]}),
    ("create", {"billed": 50}),
    ("create_static", "Nord", ("ids", [0, 1])),
    ("create_dynamic", "Big", ("or", ("billed", 100), ("segment", "Nord")), None, [1]),
    ("create_dynamic", "Élan", ("and", ("segment", "Big"), ("not", ("tag", "Émile"))), [2], None),
    ("create_dynamic", "Old", ("older", 1), None, None),
]


def text(filter):
    """A filter as people write it."""
    match filter:
        case ("everyone",):
            return "everyone"
        case ("country", country):
            return f"country = {country}"
        case ("billed", bound):
            return f"billed > {bound}"
        case ("status", status):
            return f"status = {status}"
        case ("older", days):
            return f"created_at more than {days} days ago"
        case ("tag", name):
            return f'tags has "{name}"'
        case ("segment", name):
            return f'segments has "{name}"'
        case ("not", part):
            return f"not ({text(part)})"
        case (word, one, other):
            return f"({text(one)}) {word} ({text(other)})"


def csv(rows):
    """Rows as a file. A new contact needs names and an e-mail address, which all rows have or lack with the first name."""
    columns = ["external_id", "country", "first_name", "last_name", "email", "billed", "tags"]
    lines = [",".join(columns)]
    for row in rows:
        full = {**row, "last_name": "Roy", "email": "x@example.com"} if "first_name" in row else row
        cells = {**full, "tags": ";".join(row.get("tags", []))}
        lines.append(",".join(str(cells.get(column, "")) for column in columns))
    return "\n".join(lines).encode()


class Bound:
    """The calls of commands on a book, and the same on its model as it is now."""

    def __init__(self, model: Model):
        self.model = model
        self.ids = sorted(model.people)

    def id(self, place):
        return self.ids[place % len(self.ids)] if self.ids else 999

    def known(self, id):
        if id not in self.model.people:
            raise Refused
        return id

    def given(self, places):
        """The arguments that are optional."""
        return None if places is None else [self.id(place) for place in places]

    def pinned(self, **pins):
        """The pins that are said anything of."""
        return {key: self.given(places) for key, places in pins.items() if places is not None}

    def who(self, book, contacts):
        """A selection as it is given to the book."""
        match contacts:
            case ("text", filter):
                return text(filter)
            case ("filter", filter):
                return book.filter(text(filter))
            case ("dict", filter):
                return book.filter(text(filter)).to_dict()
            case ("ids", places):
                return self.given(places)
            case ("array", places):
                return np.array(self.given(places), np.int64)
            case ("segment", name):
                return book.segment(name)
            case ("but", filter, places):
                return tg.Selection(text(filter), exclude=self.given(places))

    def chosen(self, contacts):
        """A selection as a set of ids."""
        match contacts:
            case ("text" | "filter" | "dict", filter):
                return self.model.select(filter)
            case ("ids" | "array", places):
                return {self.known(id) for id in self.given(places)}
            case ("segment", name):
                return self.model.select(("segment", name))
            case ("but", filter, places):
                return self.model.select(filter) - set(self.given(places))

    def pins(self, places):
        return {self.known(id) for id in self.given(places) or ()}

    def call(self, book, command):
        """The call of a book."""
        match command:
            case ("create", values):
                book.create_contact(values)
            case ("update", place, values):
                book.update_contact(self.id(place), **values)
            case ("update_all", contacts, values):
                book.update_contacts(self.who(book, contacts), values)
            case ("delete", contacts):
                book.delete_contacts(self.who(book, contacts))
            case ("add_tags", contacts, names):
                book.add_tags(self.who(book, contacts), names)
            case ("remove_tags", contacts, names):
                book.remove_tags(self.who(book, contacts), names)
            case ("set_status", contacts, status):
                book.set_status(self.who(book, contacts), status)
            case ("pay", place):
                book.record(self.id(place), "payment", amount=12.5)
            case ("define_status", status):
                book.define_status(status)
            case ("define_tag", name):
                book.define_tag(name)
            case ("rename_tag", old, new):
                book.rename_tag(old, new)
            case ("delete_tag", name, force):
                book.delete_tag(name, force=force)
            case ("create_static", name, contacts):
                book.create_segment(name, members=None if contacts is None else self.who(book, contacts))
            case ("create_dynamic", name, filter, always_in, always_out):
                always = self.pinned(always_in=always_in, always_out=always_out)
                book.create_segment(name, filter=text(filter), **always)
            case ("update_segment", name, filter, always_in, always_out):
                always = self.pinned(always_in=always_in, always_out=always_out)
                book.update_segment(name, filter=None if filter is None else text(filter), **always)
            case ("rename_segment", old, new):
                book.rename_segment(old, new)
            case ("delete_segment", name, force):
                book.delete_segment(name, force=force)
            case ("freeze", name):
                book.freeze_segment(name)
            case ("add_to", contacts, name):
                book.add_to_segment(self.who(book, contacts), name)
            case ("remove_from", contacts, name):
                book.remove_from_segment(self.who(book, contacts), name)
            case ("import", rows):
                book.import_csv(csv(rows), match=["external_id"])
            case _:
                raise AssertionError(command)

    def apply(self, command):
        """The same on the model, or `Refused`; the model is spoilt then."""
        model = self.model
        match command:
            case ("create", values):
                model.create(values)
            case ("update", place, values):
                model.give(self.known(self.id(place)), values)
            case ("update_all", contacts, values):
                model.status(values.get("status", "lead"))
                for id in self.chosen(contacts):
                    model.give(id, values)
            case ("delete", contacts):
                model.delete(self.chosen(contacts))
            case ("add_tags", contacts, names):
                for id in self.chosen(contacts):
                    model.people[id].tags |= {model.tag(name) for name in names}
            case ("remove_tags", contacts, names):
                numbers = {model.tags.find(name) for name in names}
                for id in self.chosen(contacts):
                    model.people[id].tags -= numbers
            case ("set_status", contacts, status):
                status = model.status(status)
                for id in self.chosen(contacts):
                    model.people[id].status = status
            case ("pay", place):
                model.pay(self.known(self.id(place)))
            case ("define_status", status):
                if status in model.statuses:
                    raise Refused
                model.statuses.append(status)
            case ("define_tag", name):
                model.tag(name)
            case ("rename_tag", old, new):
                self.rename(model.tags, old, new)
            case ("delete_tag", name, force):
                model.delete_tag(name, force)
            case ("create_static", name, contacts):
                model.create_segment(name, Group(), set() if contacts is None else self.chosen(contacts))
            case ("create_dynamic", name, filter, always_in, always_out):
                resolved = model.accepted(filter)
                model.create_segment(name, Group(resolved, self.pins(always_in), self.pins(always_out)))
            case ("update_segment", name, filter, always_in, always_out):
                self.update_segment(model.dynamic(name), filter, always_in, always_out)
            case ("rename_segment", old, new):
                self.rename(model.segments, old, new)
            case ("delete_segment", name, force):
                model.delete_segment(name, force)
            case ("freeze", name):
                number = model.dynamic(name)
                if model.is_broken_segment(number):
                    raise Refused
                members = model.members(number)
                model.groups[number] = Group()
                for id in members:
                    model.people[id].segments.add(number)
            case ("add_to", contacts, name):
                number = model.static(name)
                for id in self.chosen(contacts):
                    model.people[id].segments.add(number)
            case ("remove_from", contacts, name):
                number = model.static(name)
                for id in self.chosen(contacts):
                    model.people[id].segments.discard(number)
            case ("import", rows):
                model.import_rows(rows)
            case _:
                raise AssertionError(command)

    def rename(self, names, old, new):
        number = names.find(old)
        if names.is_current(new) and names.find(new) != number:
            raise Refused
        names.rename(number, new)

    def update_segment(self, number, filter, always_in, always_out):
        group = self.model.groups[number]
        if filter is not None:
            resolved = self.model.accepted(filter)
            if self.model.reaches(resolved, number):
                raise Refused
            group.filter, group.is_broken = resolved, False
        if always_in is not None:
            group.always_in = self.pins(always_in)
        if always_out is not None:
            group.always_out = self.pins(always_out)
