"""What a call costs through Python; `cargo xtask bench --bench shared` has the same questions in Rust.

The book has no contacts, so that what is left is the call. Install the package as it is released first, into an environment of
your own: `maturin build --release`, then `pip install` of the wheel.
"""

import timeit

import numpy as np
import tagmata as tg

FILTERS = ["everyone", 'status = lead and country = FR and source contains "fair"']


def show(what, call):
    timer = timeit.Timer(call)
    number, _ = timer.autorange()
    best = min(timer.repeat(repeat=5, number=number)) / number
    print(f"{best * 1e6:9.3f} µs  {what}")


def main():
    book = tg.Book(clock=tg.Book().now)
    show("book.now", lambda: book.now)
    for text in FILTERS:
        filter = book.filter(text)
        show(f"book.count({text!r})", lambda: book.count(text))
        show(f"book.count(filter of {text!r})", lambda: book.count(filter))
    zoe = book.create_contact(first_name="Zoé")
    show("book.matches(zoe, 'status = lead')", lambda: book.matches(zoe, "status = lead"))
    show("book.contact(zoe)", lambda: book.contact(zoe))
    show("book.update_contact(zoe, {'source': 'fair'})", lambda: book.update_contact(zoe, {"source": "fair"}))
    many = np.arange(1_000_000, dtype=np.uint32)
    show("a million ids in, none of which is anybody's", lambda: refused(book, many))


def refused(book, ids):
    try:
        book.add_tags(ids, ["vip"])
    except tg.NotFoundError:
        pass


if __name__ == "__main__":
    main()
