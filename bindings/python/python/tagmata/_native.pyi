"""What the compiled module has; `mypy.stubtest` holds it to this file."""

import datetime
import os
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from types import TracebackType
from typing import Any, Literal, Protocol, TypeAlias, final, overload
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from ._notebook import Rows, Segments

__version__: str

_Ids: TypeAlias = npt.NDArray[np.uint32]
_Contacts: TypeAlias = Iterable[int] | npt.NDArray[np.integer[Any]]
_Filter: TypeAlias = str | Filter | dict[str, Any]
_Selection: TypeAlias = _Filter | Segment | Selection | int | _Contacts
_Columns: TypeAlias = dict[str, str] | dict[str, None] | dict[str, str | None]
_Options: TypeAlias = Iterable[str] | dict[str, str]
_Clock: TypeAlias = Literal["system"] | datetime.datetime | Callable[[], datetime.datetime]
_Mapping: TypeAlias = dict[str, Any] | str
_Retention: TypeAlias = Literal["all"] | int | datetime.timedelta
_Value: TypeAlias = str | float | Decimal | bool | datetime.date | Iterable[str] | None

_Interactions: TypeAlias = Iterable[dict[str, Any]] | Iterable[tuple[Any, ...]] | dict[str, Any] | _Table

_ContactTable: TypeAlias = dict[str, Any] | Iterable[dict[str, Any]] | _Table | _ArrowStream

_Progress: TypeAlias = Callable[[int, int, int], object] | bool

class _Table(Protocol):
    """A table of pandas, polars or Arrow: it has `columns` or `column_names`, and gives a column by its name."""

    def __getitem__(self, key: Any, /) -> Any: ...

class _ArrowStream(Protocol):
    """A table that gives itself out by the Arrow PyCapsule interface, as polars, pandas, pyarrow and DuckDB do."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...

class _Readable(Protocol):
    def read(self) -> bytes: ...

class _Writable(Protocol):
    def write(self, data: bytes, /) -> object: ...

def import_template(language: str, /) -> str: ...
@overload
def fold(text: str, /) -> str: ...
@overload
def fold(text: None, /) -> None: ...
@overload
def accent_fold(text: str, /) -> str: ...
@overload
def accent_fold(text: None, /) -> None: ...

class TagmataError(Exception):
    """Why tagmata refused a call; as text, drawn with carets under what is wrong."""

    code: str
    diagnostics: list[Diagnostic]
    contacts: _Ids

class FilterError(TagmataError, ValueError):
    """A filter is wrong; `diagnostics` say where."""

class InvalidValueError(TagmataError, ValueError):
    """A value cannot be read."""

class NotFoundError(TagmataError, LookupError):
    """Something that was named is not there."""

class ConflictError(TagmataError):
    """What was asked contradicts what is there."""

class CsvError(TagmataError):
    """A CSV file cannot be read or written as a whole."""

class StoreError(TagmataError):
    """A stored book cannot be read or written."""

class SqlError(TagmataError):
    """A filter cannot be asked in a database; `diagnostics` say why."""

@final
class Diagnostic:
    """One problem: what is wrong, where, what to do about it, and what is allowed instead."""

    def __new__(
        cls,
        code: str,
        severity: str,
        message: str,
        start: int | None,
        end: int | None,
        pointer: str | None,
        field: str | None,
        help: str | None,
        expected: list[str],
        id: str | None,
    ) -> Diagnostic: ...
    @property
    def code(self) -> str: ...
    @property
    def severity(self) -> Literal["error", "warning"]: ...
    @property
    def message(self) -> str: ...
    @property
    def start(self) -> int | None: ...
    @property
    def end(self) -> int | None: ...
    @property
    def pointer(self) -> str | None: ...
    @property
    def field(self) -> str | None: ...
    @property
    def help(self) -> str | None: ...
    @property
    def expected(self) -> list[str]: ...
    @property
    def id(self) -> str | None: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __getnewargs__(self) -> tuple[Any, ...]: ...

@final
class Effects:
    """Who entered and who left which segments."""

    @property
    def entered(self) -> dict[str, _Ids]: ...
    @property
    def left(self) -> dict[str, _Ids]: ...
    def __bool__(self) -> bool: ...

@final
class Commit:
    """What became true by a change, and when, by whom and why."""

    @property
    def number(self) -> int: ...
    @property
    def at(self) -> datetime.datetime: ...
    @property
    def actor(self) -> str | None: ...
    @property
    def cause(self) -> str: ...
    @property
    def is_empty(self) -> bool: ...
    @property
    def contacts(self) -> _Ids: ...
    @property
    def size_in_bytes(self) -> int: ...
    def to_dict(self, *, most: int = 100) -> dict[str, Any]: ...

@final
class Advance:
    """What happened because time moved on."""

    @property
    def entered(self) -> dict[str, _Ids]: ...
    @property
    def left(self) -> dict[str, _Ids]: ...
    @property
    def commits(self) -> list[Commit]: ...

@final
class Outcome:
    """What a change came to."""

    @property
    def commit(self) -> Commit: ...
    @property
    def effects(self) -> Effects: ...
    @property
    def advance(self) -> Advance: ...
    @property
    def warnings(self) -> list[Diagnostic]: ...

@final
class Explanation:
    """Why a contact matches a filter or is in a segment, or is not; as text, indented."""

    @property
    def verdict(self) -> bool: ...
    @property
    def valid_until(self) -> datetime.datetime | None: ...
    @property
    def tree(self) -> Explained: ...
    @property
    def deciding(self) -> list[Explained]: ...
    def _repr_html_(self) -> str: ...

@final
class Explained:
    """One part of a filter, with its answer."""

    @property
    def text(self) -> str: ...
    @property
    def verdict(self) -> bool: ...
    @property
    def decides(self) -> bool: ...
    @property
    def value(self) -> str | None: ...
    @property
    def valid_until(self) -> datetime.datetime | None: ...
    @property
    def id(self) -> str | None: ...
    @property
    def children(self) -> list[Explained]: ...

@final
class SegmentExplanation:
    """Why a segment has as many members as it has; as text, indented."""

    @property
    def name(self) -> str: ...
    @property
    def filter(self) -> str | None: ...
    @property
    def count(self) -> int | None: ...
    @property
    def everybody(self) -> int: ...
    @property
    def tree(self) -> SegmentPart | None: ...
    @property
    def always_in(self) -> SegmentPart | None: ...
    @property
    def always_out(self) -> SegmentPart | None: ...
    @property
    def error(self) -> str | None: ...
    def to_dict(self) -> dict[str, Any]: ...
    def _repr_html_(self) -> str: ...

@final
class SegmentPart:
    """A condition or group of a segment's filter, or its pins, with what they do to the number of contacts."""

    @property
    def text(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def removes(self) -> int | None: ...
    @property
    def adds(self) -> int | None: ...
    @property
    def without(self) -> int | None: ...
    @property
    def id(self) -> str | None: ...
    @property
    def children(self) -> list[SegmentPart]: ...

@final
class Filter:
    """A filter that a book has accepted; as text, canonical."""

    @staticmethod
    def from_json(book: Book, text: str, /) -> Filter: ...
    def to_dict(self) -> dict[str, Any]: ...
    def to_json(self) -> str: ...
    def to_query_builder(self) -> dict[str, Any]: ...
    def to_sql(
        self,
        dialect: str,
        mapping: _Mapping,
        approximate_text: bool = False,
        *,
        output: Literal["select", "count", "condition"] = "select",
        segments_from: Literal["filters", "members"] = "filters",
        placeholders: Literal["native", "format"] = "native",
        now: datetime.datetime | None = None,
    ) -> Sql: ...
    @property
    def fields(self) -> list[str]: ...
    @property
    def lints(self) -> list[Diagnostic]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Sql:
    """A statement or a condition with its parameters: `cursor.execute(*sql)`."""

    @property
    def text(self) -> str: ...
    @property
    def params(self) -> list[Any]: ...
    @property
    def valid_until(self) -> datetime.datetime | None: ...
    @property
    def warnings(self) -> list[Diagnostic]: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class SqlDifference:
    """How a table of members differs from the members of some segments."""

    @property
    def segments(self) -> list[str]: ...
    @property
    def entered(self) -> Sql: ...
    @property
    def left(self) -> Sql: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Segment:
    """A segment as it was when it was asked for, and a handle that can be used as a selection."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> Literal["static", "dynamic"]: ...
    @property
    def count(self) -> int | None: ...
    @property
    def filter(self) -> str | None: ...
    @property
    def error(self) -> str | None: ...
    @property
    def always_in(self) -> _Ids: ...
    @property
    def always_out(self) -> _Ids: ...

@final
class Rule:
    """A rule as it was when it was asked for."""

    @property
    def name(self) -> str: ...
    @property
    def enabled(self) -> bool: ...
    @property
    def on(self) -> str | None: ...
    @property
    def when(self) -> str | None: ...
    @property
    def condition(self) -> str | None: ...
    @property
    def set_status(self) -> str | None: ...
    @property
    def add_tags(self) -> list[str]: ...
    @property
    def remove_tags(self) -> list[str]: ...
    @property
    def add_to_segments(self) -> list[str]: ...
    @property
    def remove_from_segments(self) -> list[str]: ...
    @property
    def set_fields(self) -> dict[str, Any]: ...
    @property
    def error(self) -> str | None: ...

@final
class Selection:
    """Contacts minus exclusions, with an expected count."""

    def __new__(
        cls,
        contacts: _Filter | Segment | int | _Contacts,
        *,
        exclude: _Contacts = (),
        expect: int = ...,
    ) -> Selection: ...

@final
class Contact:
    """A contact as it was when it was asked for."""

    @property
    def id(self) -> int: ...
    @property
    def external_id(self) -> str | None: ...
    @property
    def account_number(self) -> str | None: ...
    @property
    def first_name(self) -> str | None: ...
    @property
    def last_name(self) -> str | None: ...
    @property
    def name(self) -> str | None: ...
    @property
    def email(self) -> str | None: ...
    @property
    def mobile(self) -> str | None: ...
    @property
    def country(self) -> str | None: ...
    @property
    def organization(self) -> str | None: ...
    @property
    def source(self) -> str | None: ...
    @property
    def status(self) -> str: ...
    @property
    def status_changed_at(self) -> datetime.datetime: ...
    @property
    def tags(self) -> list[str]: ...
    @property
    def segments(self) -> list[str]: ...
    @property
    def created_at(self) -> datetime.datetime: ...
    @property
    def updated_at(self) -> datetime.datetime: ...
    @property
    def last_interaction(self) -> datetime.datetime | None: ...
    @property
    def interactions(self) -> list[Interaction]: ...
    @property
    def history(self) -> list[HistoryEntry]: ...
    def keys(self) -> list[str]: ...
    def to_dict(self) -> dict[str, Any]: ...
    def __getitem__(self, key: str, /) -> Any: ...
    def __contains__(self, key: str, /) -> bool: ...

@final
class Interaction:
    """Something that happened with a contact."""

    @property
    def kind(self) -> str: ...
    @property
    def at(self) -> datetime.datetime: ...
    @property
    def amount(self) -> Decimal | None: ...
    @property
    def label(self) -> str | None: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class HistoryEntry:
    """One change in the history of a contact."""

    @property
    def change(
        self,
    ) -> Literal[
        "created", "status", "tag_added", "tag_removed", "segment_added", "segment_removed", "merged"
    ]: ...
    @property
    def old(self) -> str | int | None: ...
    @property
    def new(self) -> str | int | None: ...
    @property
    def at(self) -> datetime.datetime: ...
    @property
    def actor(self) -> str | None: ...
    @property
    def cause(self) -> str: ...
    @property
    def rule(self) -> str | None: ...
    @property
    def commit(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Field:
    """A field of contacts."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def options(self) -> dict[str, str]: ...

@final
class Status:
    """A status of contacts."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...

@final
class Kind:
    """A kind of interaction."""

    @property
    def key(self) -> str: ...
    @property
    def outgoing(self) -> bool: ...

@final
class Problem:
    """Something that is wrong with a row of a file or table; as text, a sentence with its place."""

    @property
    def row(self) -> int: ...
    @property
    def line(self) -> int | None: ...
    @property
    def column(self) -> str | None: ...
    @property
    def code(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def value(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class ArrowTable:
    """Contacts as they were when `Book.to_arrow` was called, for polars, pandas, pyarrow and DuckDB."""

    @property
    def columns(self) -> list[str]: ...
    @property
    def schema(self) -> dict[str, str]:
        """Types of Arrow by the names of the columns, as pyarrow writes them."""

    def __len__(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...
    def __arrow_c_schema__(self) -> Any: ...

@final
class ImportReport:
    """What an import came to."""

    @property
    def created(self) -> int: ...
    @property
    def updated(self) -> int: ...
    @property
    def unchanged(self) -> int: ...
    @property
    def rejected(self) -> int: ...
    @property
    def ignored_columns(self) -> list[str]: ...
    @property
    def problems(self) -> list[Problem]: ...
    @property
    def problems_left_out(self) -> int: ...
    @property
    def outcome(self) -> Outcome: ...
    def rejected_csv(self) -> str: ...
    def _repr_html_(self) -> str: ...

@final
class Page:
    """One page of a list."""

    @property
    def total(self) -> int: ...
    @property
    def contacts(self) -> list[Contact]: ...
    def _repr_html_(self) -> str: ...

@final
class Preset:
    """A filter that every book has, to start a list with."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def filter(self) -> str: ...

@final
class Batches:
    """The contacts of a selection, a list of dicts at a time."""

    def __iter__(self) -> Batches: ...
    def __next__(self) -> list[dict[str, Any]]: ...

@final
class Row:
    """How many contacts have one value, and what their numbers come to."""

    @property
    def value(self) -> str | None: ...
    @property
    def label(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def sum(self) -> float | None: ...
    @property
    def avg(self) -> float | None: ...
    @property
    def min(self) -> float | None: ...
    @property
    def max(self) -> float | None: ...

@final
class Audience:
    """Who gets a broadcast, and who does not."""

    @property
    def recipients(self) -> _Ids: ...
    @property
    def skipped(self) -> dict[str, _Ids]: ...

@final
class Batch:
    """Several changes that become one commit: all of them, or none if the block ends with an exception."""

    @property
    def outcome(self) -> Outcome | None: ...
    def __enter__(self) -> Book: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
        /,
    ) -> Literal[False]: ...

@final
class Book:
    """Contacts with their fields, tags, segments and statuses: in memory, or in a file where `Book.open` opened it."""

    def __new__(
        cls,
        *,
        timezone: str | ZoneInfo | None = None,
        default_country: str | None = None,
        week_start: str | None = None,
        leap_day: str | None = None,
        limits: dict[str, int] | None = None,
        clock: _Clock = "system",
    ) -> Book: ...
    @property
    def last_outcome(self) -> Outcome | None: ...
    def _repr_html_(self) -> str: ...

    # Durable books
    @staticmethod
    def open(
        path: str | os.PathLike[str],
        *,
        timezone: str | ZoneInfo | None = None,
        default_country: str | None = None,
        week_start: str | None = None,
        leap_day: str | None = None,
        limits: dict[str, int] | None = None,
        clock: _Clock = "system",
        read_only: bool = False,
        create: bool = True,
        synchronous: Literal["full", "normal"] = "full",
        materialize_segments: bool | None = None,
        retention: _Retention | None = None,
    ) -> Book: ...
    def close(self) -> None: ...
    def __enter__(self) -> Book: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
        /,
    ) -> Literal[False]: ...
    @property
    def closed(self) -> bool: ...
    @property
    def path(self) -> str | None: ...
    @property
    def read_only(self) -> bool: ...
    @property
    def opened(self) -> Advance: ...
    def refresh(self) -> Advance: ...
    def backup(self, path: str | os.PathLike[str], /) -> None: ...
    def check(self) -> list[str]: ...
    def sql_mapping(self) -> dict[str, Any]: ...
    def commit(self, number: int, /) -> Commit: ...
    def compact(self, retention: _Retention, /) -> int: ...

    # Time
    @property
    def now(self) -> datetime.datetime: ...
    def next_change(self) -> datetime.datetime | None: ...
    def advance(self, now: datetime.datetime | None = None, /) -> Advance: ...

    # Definitions
    def define_field(
        self,
        key: str,
        type: str,
        *,
        label: str | None = None,
        options: _Options | None = None,
        actor: str | None = None,
    ) -> Outcome: ...
    def update_field(
        self,
        key: str,
        *,
        label: str | None = None,
        add_options: _Options | None = None,
        actor: str | None = None,
    ) -> Outcome: ...
    def rename_option(
        self, field: str, key: str, label: str, *, actor: str | None = None
    ) -> Outcome: ...
    def delete_option(
        self, field: str, key: str, *, force: bool = False, actor: str | None = None
    ) -> Outcome: ...
    def delete_field(
        self, key: str, *, force: bool = False, actor: str | None = None
    ) -> Outcome: ...
    def fields(self) -> list[Field]: ...
    def define_status(
        self, key: str, *, label: str | None = None, actor: str | None = None
    ) -> Outcome: ...
    def update_status(
        self,
        key: str,
        *,
        label: str | None = None,
        position: int | None = None,
        actor: str | None = None,
    ) -> Outcome: ...
    def delete_status(
        self,
        key: str,
        *,
        replacement: str | None = None,
        force: bool = False,
        actor: str | None = None,
    ) -> Outcome: ...
    def statuses(self) -> list[Status]: ...
    def define_kind(
        self, key: str, *, outgoing: bool = False, actor: str | None = None
    ) -> Outcome: ...
    def delete_kind(
        self, kind: str, *, force: bool = False, actor: str | None = None
    ) -> Outcome: ...
    def kinds(self) -> list[Kind]: ...
    def define_tag(self, name: str, *, actor: str | None = None) -> Outcome: ...
    def rename_tag(self, tag: str, name: str, *, actor: str | None = None) -> Outcome: ...
    def delete_tag(
        self, tag: str, *, force: bool = False, actor: str | None = None
    ) -> Outcome: ...
    def tags(self) -> dict[str, int]: ...
    def change_settings(
        self,
        *,
        timezone: str | ZoneInfo | None = None,
        default_country: str | None = ...,
        week_start: str | None = None,
        leap_day: str | None = None,
        limits: dict[str, int] | None = None,
        actor: str | None = None,
    ) -> Outcome: ...
    def definitions(self) -> dict[str, Any]: ...
    def apply_definitions(
        self, definitions: dict[str, Any], *, prune: bool = False, actor: str | None = None
    ) -> Outcome: ...

    # Contacts
    def create_contact(
        self,
        values: dict[str, Any] | None = None,
        /,
        *,
        actor: str | None = None,
        **fields: _Value,
    ) -> int: ...
    def update_contact(
        self,
        contact: int,
        values: dict[str, Any] | None = None,
        /,
        *,
        actor: str | None = None,
        **fields: _Value,
    ) -> Outcome: ...
    def update_contacts(
        self,
        selection: _Selection,
        values: dict[str, Any] | None = None,
        /,
        *,
        actor: str | None = None,
        **fields: _Value,
    ) -> Outcome: ...
    def contact(self, contact: int, /) -> Contact: ...
    def find(self, **key: str) -> int | None: ...
    def delete_contacts(self, selection: _Selection, *, actor: str | None = None) -> Outcome: ...
    def merge_contacts(
        self, keep: int, others: _Contacts, *, actor: str | None = None
    ) -> Outcome: ...
    def record(
        self,
        contact: int,
        kind: str,
        *,
        at: datetime.datetime | None = None,
        amount: str | float | Decimal | None = None,
        label: str | None = None,
        actor: str | None = None,
    ) -> Outcome: ...
    def record_many(self, interactions: _Interactions, *, actor: str | None = None) -> Outcome: ...
    def delete_interactions(
        self,
        selection: _Selection,
        *,
        kind: str = ...,
        label: str = ...,
        since: datetime.datetime = ...,
        until: datetime.datetime = ...,
        actor: str | None = None,
    ) -> Outcome: ...

    # Bulk actions
    def add_tags(
        self, selection: _Selection, tags: Iterable[str], *, actor: str | None = None
    ) -> Outcome: ...
    def remove_tags(
        self, selection: _Selection, tags: Iterable[str], *, actor: str | None = None
    ) -> Outcome: ...
    def set_status(
        self, selection: _Selection, status: str, *, actor: str | None = None
    ) -> Outcome: ...
    def add_to_segment(
        self, selection: _Selection, segment: str | Segment, *, actor: str | None = None
    ) -> Outcome: ...
    def remove_from_segment(
        self, selection: _Selection, segment: str | Segment, *, actor: str | None = None
    ) -> Outcome: ...
    def undo(
        self, outcome: Outcome | Commit, *, force: bool = False, actor: str | None = None
    ) -> Outcome: ...

    # Several changes as one, and changes that are only tried
    def batch(self, *, actor: str | None = None) -> Batch: ...
    def preview(self, change: Callable[[Book], object], /) -> Outcome: ...

    # Rules
    def add_rule(
        self,
        name: str,
        *,
        on: str | None = None,
        when: _Filter | None = None,
        condition: _Filter = ...,
        set_status: str | None = None,
        add_tags: Iterable[str] | None = None,
        remove_tags: Iterable[str] | None = None,
        add_to_segments: Iterable[str] | None = None,
        remove_from_segments: Iterable[str] | None = None,
        set_fields: dict[str, Any] | None = None,
        enabled: bool = True,
        position: int | None = None,
        apply_to_existing: bool = False,
        actor: str | None = None,
    ) -> Outcome: ...
    def update_rule(
        self,
        rule: str,
        *,
        rename: str | None = None,
        on: str | None = None,
        when: _Filter | None = None,
        condition: _Filter | None = ...,
        set_status: str | None = ...,
        add_tags: Iterable[str] | None = None,
        remove_tags: Iterable[str] | None = None,
        add_to_segments: Iterable[str] | None = None,
        remove_from_segments: Iterable[str] | None = None,
        set_fields: dict[str, Any] | None = None,
        enabled: bool | None = None,
        position: int | None = None,
        apply_to_existing: bool = False,
        actor: str | None = None,
    ) -> Outcome: ...
    def delete_rule(self, rule: str, *, actor: str | None = None) -> Outcome: ...
    def preview_rule(self, rule: str, /) -> Outcome: ...
    def rules(self) -> list[Rule]: ...
    def set_automation(
        self,
        *,
        lead_to_active: bool | None = None,
        rules: dict[str, bool] | None = None,
        actor: str | None = None,
    ) -> Outcome: ...
    def automation(self) -> dict[str, Any]: ...

    # Segments
    def create_segment(
        self,
        name: str,
        *,
        members: _Selection | None = None,
        filter: _Filter | None = None,
        always_in: _Contacts | None = None,
        always_out: _Contacts = ...,
        actor: str | None = None,
    ) -> Outcome: ...
    def create_segments(
        self, segments: Iterable[str | dict[str, Any]], *, actor: str | None = None
    ) -> Outcome: ...
    def update_segment(
        self,
        segment: str | Segment,
        *,
        filter: _Filter | None = None,
        always_in: _Contacts | None = None,
        always_out: _Contacts | None = None,
        actor: str | None = None,
    ) -> Outcome: ...
    def preview_segment(
        self,
        segment: str | Segment,
        *,
        filter: _Filter | None = None,
        always_in: _Contacts | None = None,
        always_out: _Contacts | None = None,
    ) -> Effects: ...
    def rename_segment(
        self, segment: str | Segment, name: str, *, actor: str | None = None
    ) -> Outcome: ...
    def delete_segment(
        self, segment: str | Segment, *, force: bool = False, actor: str | None = None
    ) -> Outcome: ...
    def freeze_segment(
        self, segment: str | Segment, *, actor: str | None = None
    ) -> Outcome: ...
    def segment(self, name: str, /) -> Segment: ...
    def segments(self) -> Segments: ...

    # Questions
    def count(self, filter: _Filter, /) -> int: ...
    def select(self, filter: _Filter, /) -> _Ids: ...
    def members(self, segment: str | Segment, /) -> _Ids: ...
    def matches(self, contact: int, filter: _Filter, /) -> bool: ...
    def segments_of(self, contact: int, /) -> list[str]: ...
    def explain(
        self, contact: int, segment_or_filter: _Filter | Segment, /
    ) -> Explanation: ...
    def explain_segment(self, segment: str | Segment, /) -> SegmentExplanation: ...

    # Lists and reports
    def page(
        self,
        filter: _Filter | None = None,
        preset: str | None = None,
        search: str | None = None,
        sort: str | None = "last_name",
        offset: int | None = 0,
        limit: int | None = 50,
        after: int | None = None,
    ) -> Page: ...
    def presets(self) -> list[Preset]: ...
    def for_each(self, selection: _Selection, *, batch: int = 1000) -> Batches: ...
    def breakdown(
        self, by: str, filter: _Filter | None = None, measure: str | None = None
    ) -> Rows: ...
    def audience(
        self,
        segments: Iterable[_Selection],
        *,
        exclude: Iterable[_Selection] = (),
        channel: Literal["sms", "email"] = ...,
        opt_out: str | Iterable[str] = (),
    ) -> Audience: ...

    # Files
    def import_csv(
        self,
        source: str | os.PathLike[str] | bytes | bytearray | _Readable,
        *,
        match: Iterable[Literal["external_id", "email", "mobile", "account_number"]] | None = None,
        replace_segments: bool = False,
        unknown_segments: Literal["skip", "reject", "create"] = "skip",
        update: Literal["always", "fill_empty", "never"] = "always",
        create: bool = True,
        invalid_values: Literal["reject", "skip"] = "reject",
        dates: Literal["dmy", "mdy"] | None = None,
        decimal: Literal[".", ","] | None = None,
        columns: _Columns | None = None,
        delimiter: Literal[",", ";", "\t"] | None = None,
        encoding: str | None = None,
        dry_run: bool = False,
        progress: _Progress | None = None,
        actor: str | None = None,
    ) -> ImportReport: ...
    def import_table(
        self,
        table: _ContactTable,
        *,
        match: Iterable[Literal["external_id", "email", "mobile", "account_number"]] | None = None,
        replace_segments: bool = False,
        unknown_segments: Literal["skip", "reject", "create"] = "skip",
        update: Literal["always", "fill_empty", "never"] = "always",
        create: bool = True,
        invalid_values: Literal["reject", "skip"] = "reject",
        dates: Literal["dmy", "mdy"] | None = None,
        columns: _Columns | None = None,
        dry_run: bool = False,
        progress: _Progress | None = None,
        actor: str | None = None,
    ) -> ImportReport: ...
    def import_interactions(
        self,
        source: str | os.PathLike[str] | bytes | bytearray | _Readable,
        *,
        match: Iterable[Literal["external_id", "email", "mobile", "account_number"]] | None = None,
        invalid_values: Literal["reject", "skip"] = "reject",
        dates: Literal["dmy", "mdy"] | None = None,
        decimal: Literal[".", ","] | None = None,
        columns: _Columns | None = None,
        delimiter: Literal[",", ";", "\t"] | None = None,
        encoding: str | None = None,
        dry_run: bool = False,
        progress: _Progress | None = None,
        actor: str | None = None,
    ) -> ImportReport: ...
    def export_csv(
        self,
        target: str | os.PathLike[str] | _Writable,
        filter: _Filter | None = None,
        columns: Iterable[str] | None = None,
        *,
        guard_formulas: bool = True,
    ) -> int: ...

    # Tables
    def to_arrow(self, filter: _Filter | None = None, columns: Iterable[str] | None = None) -> ArrowTable: ...

    # Filters
    def filter(self, filter: _Filter, /) -> Filter: ...
    def query_builder_fields(self) -> list[dict[str, Any]]: ...

    # SQL
    def members_sql(
        self,
        dialect: str,
        mapping: _Mapping,
        segments: Iterable[str | Segment] | None = None,
        *,
        approximate_text: bool = False,
        segments_from: Literal["filters", "members"] = "filters",
        placeholders: Literal["native", "format"] = "native",
        now: datetime.datetime | None = None,
    ) -> list[Sql]: ...
    def differences_sql(
        self,
        dialect: str,
        mapping: _Mapping,
        segments: Iterable[str | Segment] | None = None,
        *,
        approximate_text: bool = False,
        segments_from: Literal["filters", "members"] = "filters",
        placeholders: Literal["native", "format"] = "native",
        now: datetime.datetime | None = None,
    ) -> list[SqlDifference]: ...
