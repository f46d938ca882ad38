"""Segments of contacts that SQLAlchemy keeps in a database of the host.

    pip install tagmata sqlalchemy
    python examples/python/sqlalchemy_segments.py

The book has the definitions and no contacts. Who is in a segment is a condition like any other: it can be joined with more of them,
sorted and limited. The program runs on SQLite, in memory, and shows what PostgreSQL would be asked.
"""

from __future__ import annotations

import io
import re
import sys
from datetime import datetime, timezone
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ForeignKey,
    Integer,
    Select,
    bindparam,
    create_engine,
    func,
    make_url,
    select,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, validates

import tagmata as tg

NOW = datetime(2026, 11, 24, 9, tzinfo=timezone.utc)


class Base(DeclarativeBase):
    pass


class Tag(Base):
    __tablename__ = "contact_tags"
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)


class Contact(Base):
    __tablename__ = "contacts"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    organization: Mapped[str | None]
    # Filters compare texts without regard to case, which databases do in ways of their own: a column has what tagmata compares.
    organization_folded: Mapped[str | None]
    country: Mapped[str]
    status: Mapped[str]
    billed: Mapped[Decimal | None]
    tags: Mapped[list[Tag]] = relationship()

    @validates("organization")
    def fold_organization(self, _key: str, organization: str | None) -> str | None:
        self.organization_folded = tg.fold(organization)
        return organization


# Where the tables have what filters ask for.
MAPPING = {
    "contacts": {"table": Contact.__tablename__, "id": "id"},
    "fields": {
        "organization": {"column": "organization", "folded": "organization_folded"},
        "country": {"column": "country", "nullable": False},
        "status": {"column": "status", "nullable": False},
        "billed": {"column": "billed"},
        "tags": {"link": {"table": Tag.__tablename__, "contact": "contact_id"}, "column": "name"},
    },
}


def make_book() -> tg.Book:
    """The definitions. A program would take them from a file: `book.apply_definitions(json.loads(…))`."""
    book = tg.Book(timezone="Europe/Paris", clock=NOW)
    book.define_field("billed", "number")
    book.define_tag("fair 2026")
    book.create_segment("VIP FR", filter="status = vip and country = FR")
    book.create_segment("Key accounts", filter='segments has "VIP FR" or billed > 20000')
    book.create_segment("Fair", filter='tags has "FAIR 2026" and not organization contains "coop"')
    return book


def is_in(book: tg.Book, segment: str, dialect: str) -> ColumnElement[bool]:
    """A condition for `where`: the contact is in a segment."""
    wanted = {"op": "has", "field": "segments", "value": segment}
    statement = book.filter({"v": 1, "filter": wanted}).to_sql(dialect, MAPPING, placeholders="format")
    numbers = count()

    def marked(mark: re.Match[str]) -> str:
        # `%s` is a parameter and `%%` a percent sign; a colon begins a parameter of SQLAlchemy, unless it stands behind a backslash.
        return f":segment_{next(numbers)}" if mark[0] == "%s" else {"%%": "%", ":": r"\:"}[mark[0]]

    # Unique: a statement may have conditions for several segments.
    params: list[BindParameter[Any]] = [
        bindparam(f"segment_{number}", value, unique=True) for number, value in enumerate(statement.params)
    ]
    ids = text(re.sub("%s|%%|:", marked, statement.text)).bindparams(*params).columns(id=Integer)
    return Contact.id.in_(ids)


def main() -> None:
    book = make_book()
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(
            [
                Contact(id=7, name="Zoé", organization="Élan SARL", country="FR", status="vip", billed=Decimal("120.50")),
                Contact(id=8, name="Léo", organization="COOP Nord", country="FR", status="lead", tags=[Tag(name="fair 2026")]),
                Contact(id=9, name="Ana", organization=None, country="ES", status="active", billed=Decimal(30000)),
                Contact(id=10, name="Max", organization="Bau", country="DE", status="vip", tags=[Tag(name="fair 2026")]),
            ]
        )
        session.commit()

        for segment in ["VIP FR", "Key accounts", "Fair"]:
            members = select(Contact).where(is_in(book, segment, "sqlite")).order_by(Contact.name)
            print(f"{segment}: {', '.join(contact.name for contact in session.scalars(members))}")

        key_accounts = is_in(book, "Key accounts", "sqlite")
        by_country = select(Contact.country, func.sum(Contact.billed)).where(key_accounts).group_by(Contact.country)
        for country, billed in session.execute(by_country.order_by(Contact.country)):
            print(f"  {country} {billed:.2f}")

        others = select(func.count()).select_from(Contact).where(~key_accounts, Contact.country != "DE")
        print(f"not in Key accounts, nor German: {session.scalar(others)}")
        both = select(Contact.name).where(key_accounts, is_in(book, "VIP FR", "sqlite"))
        print(f"in Key accounts and VIP FR: {', '.join(session.scalars(both))}")

    print()
    for dialect, url in (("sqlite", "sqlite://"), ("postgres", "postgresql+psycopg://")):
        show(dialect, select(Contact.name).where(is_in(book, "VIP FR", dialect)), url)


def show(dialect: str, statement: Select[str], url: str) -> None:
    """The statement as SQLAlchemy gives it to the driver of a database."""
    compiled = statement.compile(dialect=make_url(url).get_dialect()())
    print(f"{dialect}: {compiled.string}")
    print(f"  {compiled.params}")


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    main()
