"""A book as plain Python: dicts and sets, and filters as nested tuples. Slow, small, and written from the documentation.

A call that a book has to refuse raises `Refused`; what the error says is tested elsewhere.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import tagmata as tg


class Refused(Exception):
    """The book has to refuse the call."""


@dataclass
class Person:
    created_at: datetime
    values: dict = field(default_factory=dict)
    """Of the fields `first_name`, `country`, `external_id` and `billed`: those that have one."""
    status: str = "lead"
    tags: set[int] = field(default_factory=set)
    segments: set[int] = field(default_factory=set)
    """The static ones."""
    has_paid: bool = False

    def copy(self) -> Person:
        return replace(self, values=dict(self.values), tags=set(self.tags), segments=set(self.segments))


@dataclass
class Group:
    """A segment. A static one has no filter; the filter of a broken one uses something that is gone."""

    filter: tuple | None = None
    always_in: set[int] = field(default_factory=set)
    always_out: set[int] = field(default_factory=set)
    is_broken: bool = False

    def copy(self) -> Group:
        return replace(self, always_in=set(self.always_in), always_out=set(self.always_out))


class Names:
    """Things of one kind by number. They are found in any case, also by an old name, until another takes that."""

    def __init__(self):
        self.current: dict[int, str] = {}
        self.known: dict[str, int] = {}
        self.used = 0

    def copy(self) -> Names:
        other = copy(self)
        other.current, other.known = dict(self.current), dict(self.known)
        return other

    def find(self, name: str) -> int:
        number = self.known.get(tg.fold(name))
        if number is None:
            raise Refused
        return number

    def is_current(self, name: str) -> bool:
        return tg.fold(name) in map(tg.fold, self.current.values())

    def add(self, name: str) -> int:
        number, self.used = self.used, self.used + 1
        self.current[number] = name
        self.known[tg.fold(name)] = number
        return number

    def rename(self, number: int, name: str) -> None:
        self.current[number] = name
        self.known[tg.fold(name)] = number

    def remove(self, number: int) -> None:
        del self.current[number]
        self.known = {name: other for name, other in self.known.items() if other != number}


class Model:
    """The contacts, tags, statuses and segments of a book that has a number field `billed`."""

    def __init__(self, now: datetime):
        self.now = now
        self.people: dict[int, Person] = {}
        self.next_contact = 0
        self.tags, self.segments = Names(), Names()
        self.groups: dict[int, Group] = {}
        self.statuses = ["lead", "active", "vip", "inactive"]

    def copy(self) -> Model:
        other = copy(self)
        other.people = {id: person.copy() for id, person in self.people.items()}
        other.tags, other.segments = self.tags.copy(), self.segments.copy()
        other.statuses = list(self.statuses)
        other.groups = {number: group.copy() for number, group in self.groups.items()}
        return other

    # Filters

    def resolved(self, filter: tuple) -> tuple:
        """A filter with numbers instead of names."""
        match filter:
            case ("tag", name):
                return ("tag", self.tags.find(name))
            case ("segment", name):
                return ("segment", self.segments.find(name))
            case ("status", status):
                return ("status", self.status(status))
            case ("not", part):
                return ("not", self.resolved(part))
            case ("and" | "or", one, other):
                return (filter[0], self.resolved(one), self.resolved(other))
        return filter

    def holds(self, filter: tuple, id: int) -> bool:
        """Whether a resolved filter matches."""
        person = self.people[id]
        match filter:
            case ("everyone",):
                return True
            case ("country", country):
                return person.values.get("country") == country
            case ("billed", bound):
                return person.values.get("billed", 0) > bound
            case ("status", status):
                return person.status == status
            case ("older", days):
                return person.created_at < self.now - timedelta(days=days)
            case ("tag", number):
                return number in person.tags
            case ("segment", number):
                return self.is_member(number, id)
            case ("not", part):
                return not self.holds(part, id)
            case ("and", one, other):
                return self.holds(one, id) and self.holds(other, id)
            case ("or", one, other):
                return self.holds(one, id) or self.holds(other, id)
        raise AssertionError(filter)

    def is_member(self, segment: int, id: int) -> bool:
        group = self.groups[segment]
        if group.filter is None:
            return segment in self.people[id].segments
        return id not in group.always_out and (id in group.always_in or self.holds(group.filter, id))

    def members(self, segment: int) -> set[int]:
        return {id for id in self.people if self.is_member(segment, id)}

    def accepted(self, filter: tuple) -> tuple:
        """A resolved filter that can be asked: broken never means empty."""
        resolved = self.resolved(filter)
        if self.is_broken(resolved):
            raise Refused
        return resolved

    def select(self, filter: tuple) -> set[int]:
        resolved = self.accepted(filter)
        return {id for id in self.people if self.holds(resolved, id)}

    def used(self, filter: tuple) -> set[tuple[str, int]]:
        """The tags and segments that a resolved filter names."""
        if filter[0] in ("tag", "segment"):
            return {filter}
        return {use for part in filter[1:] if isinstance(part, tuple) for use in self.used(part)}

    def is_broken(self, filter: tuple) -> bool:
        """Whether a resolved filter uses a broken segment, itself or through others."""
        return any(kind == "segment" and self.is_broken_segment(number) for kind, number in self.used(filter))

    def is_broken_segment(self, segment: int) -> bool:
        group = self.groups[segment]
        return group.is_broken or (group.filter is not None and self.is_broken(group.filter))

    def reaches(self, filter: tuple, segment: int) -> bool:
        """Whether a resolved filter uses a segment, itself or through others."""
        used = {number for kind, number in self.used(filter) if kind == "segment"}
        if segment in used:
            return True
        filters = (self.groups[number].filter for number in used if not self.groups[number].is_broken)
        return any(self.reaches(other, segment) for other in filters if other is not None)

    # Contacts

    def create(self, values: dict) -> int:
        id, self.next_contact = self.next_contact, self.next_contact + 1
        person = self.people[id] = Person(self.now)
        self.give(id, values)
        return id

    def give(self, id: int, values: dict) -> None:
        """New values of a contact. `None` clears one."""
        person = self.people[id]
        for key, value in values.items():
            if key == "tags":
                person.tags = {self.tag(name) for name in value or ()}
            elif key == "status":
                person.status = self.status(value)
            elif value is None:
                person.values.pop(key, None)
            else:
                person.values[key] = value

    def delete(self, ids: set[int]) -> None:
        for id in ids:
            del self.people[id]
        for group in self.groups.values():
            group.always_in -= ids
            group.always_out -= ids

    def pay(self, id: int) -> None:
        """Records a payment: the first one makes a client of a lead."""
        person = self.people[id]
        if person.status == "lead" and not person.has_paid:
            person.status = "active"
        person.has_paid = True

    def import_rows(self, rows: list[dict]) -> None:
        """Rows with an `external_id`, which is tried first and is the only key they have."""
        for row in rows:
            found = [id for id, person in self.people.items() if person.values.get("external_id") == row["external_id"]]
            if not found and not ("country" in row and "first_name" in row):
                continue
            values = {key: value for key, value in row.items() if key != "tags"}
            id = found[0] if found else self.create(values)
            self.give(id, values)
            self.people[id].tags |= {self.tag(name) for name in row.get("tags", ())}

    def status(self, status: str) -> str:
        if status not in self.statuses:
            raise Refused
        return status

    # Tags

    def tag(self, name: str) -> int:
        """A tag by its name, made on first use."""
        try:
            return self.tags.find(name)
        except Refused:
            return self.tags.add(name)

    def users(self, use: tuple[str, int]) -> list[int]:
        """The segments whose own filter names a tag or segment."""
        return [
            number
            for number, group in self.groups.items()
            if group.filter is not None and not group.is_broken and use in self.used(group.filter)
        ]

    def break_users(self, use: tuple[str, int], force: bool) -> None:
        """Something is deleted: what uses it is broken then, which has to be said to be meant."""
        users = self.users(use)
        if users and not force:
            raise Refused
        for number in users:
            self.groups[number].is_broken = True

    def delete_tag(self, name: str, force: bool) -> None:
        number = self.tags.find(name)
        self.break_users(("tag", number), force)
        self.tags.remove(number)
        for person in self.people.values():
            person.tags.discard(number)

    # Segments

    def static(self, name: str) -> int:
        number = self.segments.find(name)
        if self.groups[number].filter is not None:
            raise Refused
        return number

    def dynamic(self, name: str) -> int:
        number = self.segments.find(name)
        if self.groups[number].filter is None:
            raise Refused
        return number

    def create_segment(self, name: str, group: Group, members: set[int] = frozenset()) -> None:
        if self.segments.is_current(name):
            raise Refused
        number = self.segments.add(name)
        self.groups[number] = group
        for id in members:
            self.people[id].segments.add(number)

    def delete_segment(self, name: str, force: bool) -> None:
        number = self.segments.find(name)
        self.break_users(("segment", number), force)
        self.segments.remove(number)
        del self.groups[number]
        for person in self.people.values():
            person.segments.discard(number)
