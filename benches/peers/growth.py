"""What one look-up, one update and one question to bitmaps cost in a book of some size: `growth.py FOLDER` prints JSON."""

import json
import sys
from pathlib import Path
from statistics import median

import book
from imports import resident
from questions import FILTERS
from worker import times_of

RUNS = 200


def main():
    folder = Path(sys.argv[1])
    contacts = book.new()
    before = resident()
    book.fill(contacts, folder)
    memory = resident() - before
    amounts = iter(range(1_000_000))
    calls = {
        "look_up": lambda: contacts.count(FILTERS["q15_point_email"]),
        "update": lambda: contacts.update_contact(1, billed=next(amounts)),
        "bitmaps": lambda: contacts.count(FILTERS["q08_tags_all"]),
        "bitmaps_ids": lambda: contacts.select(FILTERS["q08_tags_all"]),
    }
    times = {name: median(times_of(call, RUNS)[0]) for name, call in calls.items()}
    print(json.dumps({"contacts": contacts.count("everyone"), "bytes": memory, **times}))


if __name__ == "__main__":
    main()
