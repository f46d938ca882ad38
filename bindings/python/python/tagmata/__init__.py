"""Embeddable customer segmentation: contacts, tags, segments and a filter language with one exact meaning.

>>> import tagmata as tg
>>> book = tg.Book(timezone="Europe/Paris")
>>> zoe = book.create_contact(first_name="Zoé", country="FR", tags=["vip"])
>>> book.count("country = FR and tags has vip")
1
"""

from ._native import (
    Advance,
    Batch,
    Book,
    Commit,
    ConflictError,
    Contact,
    CsvError,
    Diagnostic,
    Effects,
    Explained,
    Explanation,
    Field,
    Filter,
    FilterError,
    HistoryEntry,
    Interaction,
    InvalidValueError,
    Kind,
    NotFoundError,
    Outcome,
    Segment,
    Selection,
    Status,
    StoreError,
    TagmataError,
    __version__,
)

__all__ = [
    "Advance",
    "Batch",
    "Book",
    "Commit",
    "ConflictError",
    "Contact",
    "CsvError",
    "Diagnostic",
    "Effects",
    "Explained",
    "Explanation",
    "Field",
    "Filter",
    "FilterError",
    "HistoryEntry",
    "Interaction",
    "InvalidValueError",
    "Kind",
    "NotFoundError",
    "Outcome",
    "Segment",
    "Selection",
    "Status",
    "StoreError",
    "TagmataError",
    "__version__",
]
