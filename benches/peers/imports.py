"""What it takes to bring the file in, one way per process: `imports.py WAY FOLDER` prints JSON."""

import csv
import ctypes
import gc
import json
import sqlite3
import sys
from pathlib import Path
from time import perf_counter

from engines import THREADS

DUCKDB_TABLE = """CREATE TABLE k(external_id VARCHAR PRIMARY KEY, first_name VARCHAR, last_name VARCHAR, mobile VARCHAR,
    email VARCHAR, country VARCHAR, organization VARCHAR, status VARCHAR, billed DOUBLE, employees INT, client_type VARCHAR,
    newsletter BOOL, created TIMESTAMP, lasti TIMESTAMP, birthday DATE, tags VARCHAR[], segments VARCHAR[],
    software VARCHAR[])"""
DUCKDB_UPSERT = """INSERT INTO k SELECT "External ID", "First name", "Last name", "Mobile phone number", "Email", "Country code",
    "Organization", "Status", "Billed", "Employees", "Client type", "Newsletter"::BOOL, "Created at"::TIMESTAMP,
    "Last interaction"::TIMESTAMP, "Birthday"::DATE, string_split("Tags", '; '), string_split("Segments", '; '),
    string_split("Software", '; ')
    FROM read_csv('{file}', types={{'Newsletter': 'VARCHAR', 'Mobile phone number': 'VARCHAR'}})
    ON CONFLICT(external_id) DO UPDATE SET status=excluded.status"""
SQLITE_TABLE = "CREATE TABLE k(external_id TEXT PRIMARY KEY, a,b,c,d,e,f,g,h,i,j,l,m,n,o)"
SQLITE_TAGS = "CREATE TABLE tg(v,id,PRIMARY KEY(v,id)) WITHOUT ROWID"
SQLITE_UPSERT = "INSERT INTO k VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(external_id) DO UPDATE SET a=excluded.a"


def duckdb_read(folder):
    import duckdb

    database = duckdb.connect()
    database.execute(f"SET threads={THREADS}")
    return timed(lambda: database.execute(f"CREATE TABLE raw AS SELECT * FROM read_csv('{folder}/contacts.csv')"))


def duckdb_upsert(folder):
    import duckdb

    database = duckdb.connect()
    database.execute(f"SET threads={THREADS}")

    def upsert():
        database.execute(DUCKDB_TABLE)
        database.execute(DUCKDB_UPSERT.format(file=f"{folder}/contacts.csv"))

    return timed(upsert)


def polars_read(folder):
    import polars as pl

    def read():
        rows = pl.read_csv(folder / "contacts.csv", infer_schema_length=1000)
        lists = pl.col("Tags", "Segments", "Software").str.split("; ")
        return rows.with_columns(lists).unique("External ID", keep="last")

    return timed(read)


def sqlite_upsert(folder):
    database = sqlite3.connect(":memory:")
    database.execute(SQLITE_TABLE)
    database.execute(SQLITE_TAGS)

    def upsert():
        with open(folder / "contacts.csv", encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            next(reader)
            tags = []

            def rows():
                for x in reader:
                    for name in (x[8] + ";" + x[9]).split(";"):
                        name = name.strip()
                        if name:
                            tags.append((name, x[7]))
                    yield (x[7], *x[0:7], *x[10:15], *x[16:18])

            database.executemany(SQLITE_UPSERT, rows())
            database.executemany("INSERT OR IGNORE INTO tg VALUES(?,?)", tags)

    return timed(upsert)


def tagmata_import(folder):
    """The first time, the second time, and the memory in between."""
    import book

    contacts = book.new()
    before = resident()
    first = timed(lambda: book.fill(contacts, folder))
    memory = resident() - before
    again = timed(lambda: book.fill(contacts, folder))
    return first | {"again": again["seconds"], "bytes": memory, "contacts": contacts.count("everyone")}


def arrow(folder):
    """What Arrow holds the table in."""
    import pyarrow.parquet as pq

    table = pq.read_table(folder / "contacts.parquet")
    return {"bytes": table.nbytes, "contacts": table.num_rows}


def timed(call):
    start = perf_counter()
    call()
    return {"seconds": perf_counter() - start}


def resident():
    """The bytes of memory that this process has, without what is free already."""
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except AttributeError:
        pass  # not glibc
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


WAYS = {
    "DuckDB: read_csv": duckdb_read,
    "DuckDB: read_csv, typed upsert, lists split": duckdb_upsert,
    "polars: read_csv, lists split, unique": polars_read,
    "SQLite: Python's csv, upsert, tags": sqlite_upsert,
    "tagmata: import_csv": tagmata_import,
}

if __name__ == "__main__":
    print(json.dumps((WAYS | {"Arrow": arrow})[sys.argv[1]](Path(sys.argv[2]))))
