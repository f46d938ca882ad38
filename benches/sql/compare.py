"""Compares statements that tagmata writes with statements that a person wrote, in one run on one machine: `cargo xtask sql-bench`.

Writes tables in Markdown. Ends with an error when the statements do not find the same contacts.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import document
import engines
import generated
import handwritten
import numpy as np
import psycopg
import server
import tables

SIDES = ("by hand", "tagmata")
SHAPES = ("link tables", "arrays")
# A question is asked at least so often on each side, and more often if it is quick: for so many seconds, but not more often than that.
RUNS, SECONDS, MOST = 11, 0.5, 201


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where contacts.csv is")
    parser.add_argument("--output", type=Path, required=True, help="where the tables go")
    parser.add_argument("--plans", type=Path, help="a folder for the plans of all statements")
    arguments = parser.parse_args()

    database = tables.read(arguments.folder)
    book = generated.book(tables.names_in(database, "contact_tags", "tag"), tables.names_in(database, "contact_segments", "segment"))
    settings = {}
    with server.running() as address, psycopg.connect(**address, autocommit=True) as connection:
        with tempfile.TemporaryDirectory() as folder:
            tables.copy(database, connection, Path(folder))
        for engine, by_hand in [(engines.Postgres(connection), handwritten.postgres), (engines.DuckDb(database), handwritten.duckdb)]:
            for shape in SHAPES:
                written = generated.statements(book, engine.dialect, shape)
                settings[engine.version, shape] = measure(engine, shape, by_hand(shape), written, arguments.plans)
        (contacts,) = database.execute("SELECT count(*) FROM contacts").fetchone()
    document.write(arguments.output, contacts, settings)
    if wrong := [f"{engine}, {shape}, {name}" for (engine, shape), found in settings.items() for name in found if not found[name]["same"]]:
        sys.exit("not the same contacts: " + "; ".join(wrong))


def measure(engine, shape, by_hand, written, plans):
    """Asks each question in both ways, in turns."""
    found = {}
    for name, condition in by_hand.items():
        result = found[name] = {"same": True}
        for what, selected in (("count", "count(*)"), ("ids", "id")):
            sql = written[name][what]
            sides = {"by hand": (f"SELECT {selected} FROM contacts c WHERE {condition}", []), "tagmata": (sql.text, list(sql.params))}
            rows = [np.sort(engine.rows(engine.run(*sides[side]))) for side in SIDES]
            result["same"] &= np.array_equal(*rows)
            result["found"] = len(rows[0])
            result[what] = times_of(engine, sides)
            for side in SIDES if plans else ():
                plans.mkdir(parents=True, exist_ok=True)
                file = plans / f"{engine.dialect}-{shape}-{name}-{what}-{side}.txt".replace(" ", "_")
                file.write_text(f"{sides[side]}\n\n{engine.plan(*sides[side])}\n", "utf-8")
        spent = ", ".join(f"{what} " + " / ".join(f"{result[what][side]:.3f}" for side in SIDES) for what in ("count", "ids"))
        print(f"{engine.version}, {shape}, {name}: {spent}{'' if result['same'] else ', NOT THE SAME'}", flush=True)
    return found


def times_of(engine, sides):
    """The median of each side in milliseconds, and that of how many times as long tagmata took in each turn.

    Who comes first changes with every turn; both were asked once before. The two of a turn follow one another closely, so that whatever else the
    machine does meanwhile slows down both.
    """
    times = {side: [] for side in SIDES}
    begin, turn = perf_counter(), 0
    while turn < RUNS or (turn < MOST and perf_counter() - begin < 2 * SECONDS):
        for side in SIDES if turn % 2 else reversed(SIDES):
            start = perf_counter()
            engine.run(*sides[side])
            times[side].append((perf_counter() - start) * 1e3)
        turn += 1
    ratio = median(own / other for own, other in zip(times["tagmata"], times["by hand"]))
    return {side: median(seen) for side, seen in times.items()} | {"ratio": ratio}


if __name__ == "__main__":
    main()
