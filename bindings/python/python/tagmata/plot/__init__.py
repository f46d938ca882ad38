"""Pictures of a book, drawn by matplotlib: `pip install "tagmata[plot]"`.

>>> import tagmata as tg
>>> from tagmata import plot
>>> book = tg.Book()
>>> ids = [book.create_contact(first_name=name) for name in ["Zoé", "Léo", "Ana"]]
>>> _ = book.create_segment("Nord", members=ids)
>>> axes = plot.segment_sizes(book)
>>> [bar.get_width() for bar in axes.patches]
[3]
"""

from importlib import import_module

try:
    import_module("matplotlib")
except ImportError as _error:
    raise ImportError('tagmata.plot needs matplotlib: `pip install "tagmata[plot]"`') from _error

from ._flow import status_flow
from ._growth import Growth, contact_growth
from ._segments import segment_overlap, segment_sizes

__all__ = ["Growth", "contact_growth", "segment_overlap", "segment_sizes", "status_flow"]
