"""What type checkers have to say about the package. It is checked by mypy and pyright, and never run.

A line with `type: ignore` is a call that has to be refused: without the refusal, both complain about the comment.
"""

import datetime
import io
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import tagmata as tg
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from tagmata import plot
from typing_extensions import assert_type

Ids = npt.NDArray[np.uint32]


def changes(book: tg.Book, values: dict[str, str], more: dict[str, float | None]) -> None:
    assert_type(book.create_contact(first_name="Zoé", billed=Decimal("1.5"), tags=["vip"], birthday=datetime.date.today()), int)
    assert_type(book.create_contact(values, actor="ana"), int)
    assert_type(book.update_contact(0, more), tg.Outcome)
    assert_type(book.set_status("country = FR", "vip"), tg.Outcome)
    assert_type(book.last_outcome, tg.Outcome | None)
    outcome = book.undo(book.add_tags([1, 2], ["vip"]), force=True)
    assert_type(outcome.effects.entered, dict[str, Ids])
    assert_type(outcome.commit.contacts, Ids)
    assert_type(outcome.advance.commits, list[tg.Commit])
    assert_type(book.preview(lambda b: b.delete_contacts("everyone")), tg.Outcome)
    with book.batch(actor="ana") as b:
        assert_type(b, tg.Book)
    book.create_contact(first_name=b"Zoe")  # type: ignore[arg-type]
    book.update_contact("Zoé", {})  # type: ignore[arg-type]
    book.create_contact("Zoé")  # type: ignore[arg-type]


def selections(book: tg.Book, numbers: list[int], array: npt.NDArray[np.int64], segment: tg.Segment) -> None:
    for selection in (numbers, array, segment, "everyone", book.filter("everyone"), 7, range(3), {1, 2}):
        book.set_status(selection, "vip")
    book.set_status(tg.Selection(segment, exclude=numbers, expect=3), "vip")
    book.set_status(1.5, "vip")  # type: ignore[arg-type]
    tg.Selection("everyone", exclude=None)  # type: ignore[arg-type]
    tg.Selection("everyone", expect=None)  # type: ignore[arg-type]
    book.delete_interactions("everyone", kind="payment", until=datetime.datetime.now())
    book.delete_interactions("everyone", kind=None)  # type: ignore[arg-type]
    book.delete_interactions("everyone", since=None)  # type: ignore[arg-type]
    book.create_segment("Nord", filter="everyone", always_out=None)  # type: ignore[arg-type]
    book.add_rule("paid", on="payment", condition=None, set_status="vip")  # type: ignore[arg-type]
    book.update_rule("paid", condition=None)


def questions(book: tg.Book) -> None:
    assert_type(book.select("everyone"), Ids)
    assert_type(book.members("Nord"), Ids)
    assert_type(book.count("everyone"), int)
    assert_type(book.matches(0, "everyone"), bool)
    assert_type(book.find(email="zoe@example.com"), int | None)
    assert_type(book.tags(), dict[str, int])
    assert_type(book.fields(), list[tg.Field])
    assert_type(book.segments()[0], tg.Segment)
    assert_type(book.segments()[0].kind, Literal["static", "dynamic"])
    assert_type(book.page(sort="-billed").contacts, list[tg.Contact])
    assert_type([row.sum for row in book.breakdown("segments", measure="billed")], list[float | None])
    assert_type(book.audience(["Nord"], channel="sms").skipped, dict[str, Ids])
    book.audience(["Nord"], exclude=["Stop"], opt_out="no_sms")
    book.audience(["Nord"], channel="fax")  # type: ignore[arg-type]
    book.audience(["Nord"], exclude=None)  # type: ignore[arg-type]
    book.audience(["Nord"], opt_out=None)  # type: ignore[arg-type]
    for batch in book.for_each("everyone", batch=10):
        assert_type(batch, list[dict[str, Any]])
    contact = book.contact(0)
    assert_type(contact.first_name, str | None)
    assert_type(contact.history[0].at, datetime.datetime)
    assert_type(contact.interactions[0].amount, Decimal | None)
    assert_type(book.explain(0, "Nord").tree.children, list[tg.Explained])
    contact.first_name = "Léo"  # type: ignore[misc]


def filters(book: tg.Book, mapping: dict[str, Any], now: datetime.datetime) -> None:
    filter = book.filter("country = FR")
    assert_type(filter, tg.Filter)
    assert_type(filter.to_dict(), dict[str, Any])
    sql = filter.to_sql("sqlite", mapping, output="condition", placeholders="format", now=now)
    assert_type(sql.text, str)
    assert_type(sql.params, list[Any])
    assert_type(book.members_sql("postgres", mapping), list[tg.Sql])
    filter.to_sql("sqlite", mapping, output="ids")  # type: ignore[arg-type]


def files(book: tg.Book, columns: dict[str, str], ignored: dict[str, None]) -> None:
    report = book.import_csv(Path("contacts.csv"), columns=columns, dates="dmy")
    assert_type(report, tg.ImportReport)
    assert_type(report.problems[0].line, int | None)
    assert_type(report.problems_left_out, int)
    book.import_csv(b"first_name\nZo\xc3\xa9\n", columns={"Total": "billed", "Note": None})
    book.import_csv(io.BytesIO(), progress=lambda done, total, rows: None)
    book.import_table({"first_name": ["Zoé"]}, columns=ignored)
    book.import_table([{"first_name": "Zoé"}])
    assert_type(book.export_csv(io.BytesIO(), "everyone", columns=["id"]), int)
    book.import_csv(Path("contacts.csv"), dates="ymd")  # type: ignore[arg-type]
    book.import_csv(io.StringIO())  # type: ignore[arg-type]


def time_and_files() -> None:
    with tg.Book.open("crm.db", retention=datetime.timedelta(days=90)) as book:
        assert_type(book, tg.Book)
        assert_type(book.next_change(), datetime.datetime | None)
        assert_type(book.advance(), tg.Advance)
        assert_type(book.path, str | None)
    tg.Book(clock=lambda: datetime.datetime.now(datetime.timezone.utc))
    tg.Book(clock="utc")  # type: ignore[arg-type]
    assert_type(tg.fold("Zoé"), str)
    assert_type(tg.fold(None), None)
    try:
        tg.Book().count("biled > 1")
    except tg.FilterError as error:
        assert_type(error.diagnostics, list[tg.Diagnostic])
        assert_type(error.code, str)


def pictures(book: tg.Book, now: datetime.datetime) -> None:
    assert_type(plot.segment_sizes(book), Axes)
    assert_type(plot.segment_overlap(book), Figure)
    assert_type(plot.contact_growth(book, "everyone"), Axes)
    assert_type(plot.status_flow(book, [now]), Axes)
    growth = plot.Growth(book)
    growth.add(book.advance())
    assert_type(growth.sizes(), dict[str, list[tuple[datetime.datetime, int]]])
