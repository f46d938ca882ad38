"""The programs that are compared, each with the contacts loaded: `count` and `ids` are timed, `rows` are what the ids come to."""

import sqlite3
from importlib.metadata import version

import numpy as np

import questions
from table import LISTS

THREADS = 2


class DuckDb:
    def __init__(self, folder):
        import duckdb

        self.version = version("duckdb")
        self.database = duckdb.connect()
        self.database.execute(f"SET threads={THREADS}")
        self.database.execute(f"CREATE TABLE t AS SELECT * FROM '{folder}/contacts.parquet'")

    def count(self, name):
        return self.database.execute(f"SELECT count(*) FROM t WHERE {questions.SQL[name]}").fetchone()[0]

    def ids(self, name):
        return self.database.execute(f"SELECT id FROM t WHERE {questions.SQL[name]}").fetchnumpy()

    def rows(self, ids):
        return ids["id"]


class Polars:
    def __init__(self, folder):
        import polars as pl

        self.version = version("polars")
        self.questions = questions.polars()
        self.length = pl.len()
        self.table = pl.read_parquet(f"{folder}/contacts.parquet").with_columns(
            pl.col("status", "country", "client_type").cast(pl.Categorical),
            pl.col(LISTS).cast(pl.List(pl.Categorical)),
        )

    def count(self, name):
        return self.table.lazy().filter(self.questions[name]).select(self.length).collect().item()

    def ids(self, name):
        return self.table.lazy().filter(self.questions[name]).select("id").collect()["id"].to_numpy()

    def rows(self, ids):
        return ids


class Sqlite:
    INDEXED = ["status", "country", "billed", "created_at", "last_interaction_at", "lower(email)", "lower(organization)"]

    def __init__(self, folder):
        import pyarrow.parquet as pq

        self.version = sqlite3.sqlite_version
        table = pq.read_table(f"{folder}/contacts.parquet")
        columns = [name for name in table.column_names if name not in LISTS]
        self.database = run = sqlite3.connect(":memory:")
        definitions = (f"{name} INTEGER PRIMARY KEY" if name == "id" else name for name in columns)
        run.execute(f"CREATE TABLE t({', '.join(definitions)})")
        places = ", ".join("?" * len(columns))
        run.executemany(f"INSERT INTO t VALUES({places})", zip(*(self.cells(table[name]) for name in columns)))
        for name in LISTS:
            run.execute(f"CREATE TABLE {name}(v TEXT, id INTEGER, PRIMARY KEY(v,id)) WITHOUT ROWID")
            pairs = ((value, row) for row, values in enumerate(table[name].to_pylist()) for value in values)
            run.executemany(f"INSERT INTO {name} VALUES(?,?)", pairs)
        for number, what in enumerate(self.INDEXED):
            run.execute(f"CREATE INDEX i{number} ON t({what})")
        run.execute("ANALYZE")

    @staticmethod
    def cells(column):
        """Instants and dates as text that sorts as they do."""
        values = column.to_pylist()
        if str(column.type).startswith("timestamp"):
            return [value and value.strftime("%Y-%m-%d %H:%M:%S") for value in values]
        if str(column.type).startswith("date"):
            return [value and str(value) for value in values]
        return values

    def count(self, name):
        return self.database.execute(f"SELECT count(*) FROM t WHERE {questions.SQLITE[name]}").fetchone()[0]

    def ids(self, name):
        return self.database.execute(f"SELECT id FROM t WHERE {questions.SQLITE[name]}").fetchall()

    def rows(self, ids):
        return np.array([row for (row,) in ids], np.int64)


class DataFusion:
    def __init__(self, folder):
        import pyarrow.parquet as pq
        from datafusion import SessionConfig, SessionContext

        self.version = version("datafusion")
        self.session = SessionContext(SessionConfig().with_target_partitions(THREADS))
        batches = pq.read_table(f"{folder}/contacts.parquet").to_batches(max_chunksize=8192)
        self.session.register_record_batches("t", [batches])

    def count(self, name):
        found = self.session.sql(f"SELECT count(*) c FROM t WHERE {questions.DATAFUSION[name]}").collect()
        return found[0]["c"][0].as_py()

    def ids(self, name):
        return self.session.sql(f"SELECT id FROM t WHERE {questions.DATAFUSION[name]}").collect()

    def rows(self, ids):
        return np.concatenate([np.zeros(0, np.int64), *(batch["id"].to_numpy() for batch in ids)])


class ChDb:
    def __init__(self, folder):
        from chdb import session

        self.version = version("chdb")
        self.session = session.Session()
        self.session.query("CREATE DATABASE d")
        self.session.query(f"SET max_threads={THREADS}")
        self.session.query(
            "CREATE TABLE d.t ENGINE=MergeTree ORDER BY id AS SELECT * REPLACE("
            "toLowCardinality(assumeNotNull(status)) AS status, toLowCardinality(assumeNotNull(country)) AS country, "
            f"assumeNotNull(id) AS id) FROM file('{folder}/contacts.parquet', Parquet) "
            "SETTINGS schema_inference_make_columns_nullable=1"
        )

    def count(self, name):
        found = self.session.query(f"SELECT count() FROM d.t WHERE {questions.CHDB[name]}", "CSV")
        return int(str(found).strip())

    def ids(self, name):
        return self.session.query(f"SELECT id FROM d.t WHERE {questions.CHDB[name]}", "Native").bytes()

    def rows(self, ids):
        """The blocks of ClickHouse's format Native: numbers of columns and rows, then per column a name, a type and its cells."""
        found, at = [np.zeros(0, np.int64)], 0

        def number():
            nonlocal at
            value, shift = 0, 0
            while True:
                byte = ids[at]
                at += 1
                value |= (byte & 127) << shift
                shift += 7
                if byte < 128:
                    return value

        while at < len(ids):
            columns, rows = number(), number()
            for _ in range(columns):
                for _ in ("name", "type"):
                    length = number()
                    at += length
                found.append(np.frombuffer(ids, np.int64, rows, at))
                at += 8 * rows
        return np.concatenate(found)


class Tagmata:
    def __init__(self, folder):
        import book

        self.version = version("tagmata")
        self.book = book.new()
        book.fill(self.book, folder)

    def count(self, name):
        return self.book.count(questions.FILTERS[name])

    def ids(self, name):
        return self.book.select(questions.FILTERS[name])

    def rows(self, ids):
        return ids


PEERS = {"DuckDB": DuckDb, "polars": Polars, "SQLite": Sqlite, "DataFusion": DataFusion, "chDB": ChDb}
ENGINES = PEERS | {"tagmata": Tagmata}
