"""Asking the databases: `run` is what is timed, `rows` are the ids that came."""

from importlib.metadata import version

import numpy as np
import psycopg


class Postgres:
    dialect = "postgres"

    def __init__(self, connection):
        number = connection.info.server_version
        self.version = f"PostgreSQL {number // 10_000}.{number % 10_000}"
        # Statements are planned for their values each time, whoever wrote them.
        connection.prepare_threshold = None
        self.cursor = psycopg.RawCursor(connection)

    def run(self, sql, params):
        """The rows come over, but no objects of Python are made of them: that would take longer than many of the questions."""
        self.cursor.execute(sql, params, binary=True)
        return self.cursor

    def rows(self, cursor):
        return np.array([row for (row,) in cursor.fetchall()], np.int64)

    def plan(self, sql, params):
        self.cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)
        return "\n".join(line for (line,) in self.cursor.fetchall())


class DuckDb:
    dialect = "duckdb"

    def __init__(self, database):
        self.version = f"DuckDB {version('duckdb')}"
        self.database = database

    def run(self, sql, params):
        return self.database.execute(sql, params).fetchnumpy()

    def rows(self, found):
        (column,) = found.values()
        return column

    def plan(self, sql, params):
        return self.database.execute(f"EXPLAIN ANALYZE {sql}", params).fetchall()[0][1]
