"""A small book that most tests start from, in memory and in a file. Its clock stands still."""

from dataclasses import dataclass
from datetime import datetime, timezone

import pytest
import tagmata as tg

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)


@dataclass
class World:
    book: tg.Book
    zoe: int
    leo: int
    ana: int


@pytest.fixture(params=["memory", "file"])
def new_book(request, tmp_path_factory):
    """Makes books: in memory, or in files that have to be sound at the end of the test."""
    if request.param == "memory":
        yield tg.Book
        return
    books, folder = [], tmp_path_factory.mktemp("books")

    def new_book(**settings):
        books.append(tg.Book.open(folder / f"{len(books)}.db", synchronous="normal", **settings))
        return books[-1]

    yield new_book
    for book in books:
        if not book.closed:
            assert book.check() == []
            book.close()


@pytest.fixture
def book(new_book) -> tg.Book:
    return new_book(timezone="Europe/Paris", clock=NOW)


@pytest.fixture
def world(book: tg.Book) -> World:
    """Zoé is French and a VIP, Léo is French, Ana is Spanish; `French` is a dynamic segment, `Nord` has Léo in it."""
    book.define_field("billed", "number", label="Montant facturé")
    book.define_field("software", "multi_select", options={"xero": "Xero", "myob": "MYOB"})
    zoe = book.create_contact(
        first_name="Zoé", last_name="Martin", country="FR", email="zoe@example.com", tags=["vip"], billed=300
    )
    leo = book.create_contact(first_name="Léo", country="FR", email="info@example.com")
    ana = book.create_contact(first_name="Ana", country="ES", email="info@example.com")
    book.create_segment("French", filter="country = FR")
    book.create_segment("Nord", members=[leo])
    return World(book, zoe, leo, ana)
