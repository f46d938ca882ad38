"""PostgreSQL, on a server of its own."""

import os
import shutil
import subprocess

from .case import Missing
from .server import Folder, call

USER = "postgres"

TYPES = {
    "text": "text", "integer": "bigint", "number": "double precision", "boolean": "boolean",
    "decimal": "numeric(24, 6)", "timestamp": "timestamp", "timestamptz": "timestamptz", "date": "date",
    "json": "jsonb", "texts": "text[]", "integers": "bigint[]",
}


class Database:
    name = dialect = "postgres"

    def __enter__(self):
        programs = bindir()
        import psycopg

        self.errors = (psycopg.Error,)
        self.raw, self.format = psycopg.RawCursor, psycopg.Cursor
        self.folder = Folder(USER)
        self.stop = [programs / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop"]
        try:
            call([programs / "initdb", "-D", self.folder / "data", "-U", USER, "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync"], USER, self.folder.path)
            # Nothing depends on where the session is.
            options = f"-k {self.folder.path} -c listen_addresses= -c fsync=off -c statement_timeout=60s -c timezone=America/St_Johns"
            call([programs / "pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "-o", options, "start"], USER, self.folder.path)
            self.connection = psycopg.connect(host=self.folder.path, user=USER, dbname=USER, autocommit=True)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        try:
            call(self.stop, USER, self.folder.path)
        except RuntimeError as error:
            print(error)
        self.folder.remove()

    def folds(self, folds):
        pass

    def create(self, table):
        columns = ", ".join(f"{quoted(column['name'])} {TYPES[column['kind']]}" for column in table["columns"])
        name = quoted(table["name"])
        marks = ", ".join(mark(at, column["kind"]) for at, column in enumerate(table["columns"], 1))
        with self.raw(self.connection) as cursor:
            cursor.execute(f"CREATE TABLE {name} ({columns})")
            cursor.executemany(f"INSERT INTO {name} VALUES ({marks})", table["rows"])

    def drop(self, table):
        self.connection.execute(f"DROP TABLE IF EXISTS {quoted(table['name'])}")

    def ask(self, statement):
        cursor = self.format if statement["is_format"] else self.raw
        with cursor(self.connection) as cursor:
            return cursor.execute(statement["text"], statement["params"]).fetchall()


def mark(at, kind):
    if kind == "timestamptz":
        return f"${at}::timestamp AT TIME ZONE 'UTC'"
    return f"${at}::{TYPES[kind]}"


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


class bindir:
    """Where the programs of the server are."""

    def __init__(self):
        if shutil.which("pg_config") is None:
            raise Missing("apt-get install postgresql")
        self.path = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True).stdout.strip()
        if not os.path.exists(self / "initdb"):
            raise Missing("apt-get install postgresql")

    def __truediv__(self, name):
        return os.path.join(self.path, name)
