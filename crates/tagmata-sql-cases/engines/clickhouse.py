"""ClickHouse, in this process."""

import json

from .case import Missing

TYPES = {
    "text": "String", "integer": "Int64", "number": "Float64", "boolean": "Bool", "decimal": "Decimal(24, 6)",
    "timestamp": "DateTime64(6, 'UTC')", "timestamptz": "DateTime64(6, 'America/St_Johns')", "date": "Date32",
    "json": "String", "texts": "Array(String)", "integers": "Array(Int64)",
}


class Database:
    name = dialect = "clickhouse"
    errors = (RuntimeError, ValueError)

    def __enter__(self):
        try:
            from chdb import session
        except ImportError as error:
            raise Missing("pip install chdb") from error
        self.session = session.Session()
        # In the database that is there at first, names of tables are those of files too.
        self.session.query("CREATE DATABASE tagmata ENGINE = Memory")
        self.session.query("USE tagmata")
        # Filters at the limits are longer than what is allowed at first.
        self.session.query("SET max_query_size = 100000000")
        return self

    def __exit__(self, *_):
        self.session.close()

    def folds(self, folds):
        pass

    def create(self, table):
        kinds = [column["kind"] for column in table["columns"]]
        columns = ", ".join(f"{quoted(column['name'])} {type_of(table, at)}" for at, column in enumerate(table["columns"]))
        name = quoted(table["name"])
        self.session.query(f"CREATE TABLE {name} ({columns}) ENGINE = Memory")
        rows = ", ".join("(" + ", ".join(literal(cell, kind) for cell, kind in zip(row, kinds)) + ")" for row in table["rows"])
        if rows:
            self.session.query(f"INSERT INTO {name} VALUES {rows}")

    def drop(self, table):
        self.session.query(f"DROP TABLE IF EXISTS {quoted(table['name'])}")

    def ask(self, statement):
        params = {f"p{at}": bound(param) for at, param in enumerate(statement["params"], 1)}
        found = self.session.query(statement["text"], "JSONCompact", params=params)
        try: return [[int(value) for value in row] for row in json.loads(str(found))["data"]]
        except ValueError as e: raise ValueError(str(found)) from e


def type_of(table, at):
    """A column that has no nulls cannot have any."""
    kind = table["columns"][at]["kind"]
    has_nulls = any(row[at] is None for row in table["rows"])
    return f"Nullable({TYPES[kind]})" if has_nulls else TYPES[kind]


def quoted(name):
    return '"' + name.replace("\\", "\\\\").replace('"', '""') + '"'


def text(value):
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'").replace("\0", "\\0") + "'"


def literal(cell, kind):
    if cell is None:
        return "NULL"
    if kind in ("timestamp", "timestamptz"):
        return f"toDateTime64({text(cell)}, 6, 'UTC')"
    if isinstance(cell, list):
        return "[" + ", ".join(literal(each, "") for each in cell) + "]"
    return text(cell) if isinstance(cell, str) else json.dumps(cell)


def bound(param):
    """A parameter as the database reads it: escaped as in tab-separated values, lists as literals."""
    if isinstance(param, str):
        for written, escaped in [("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"), ("\0", "\\0")]:
            param = param.replace(written, escaped)
        return param
    if isinstance(param, list):
        return "[" + ",".join(literal(each, "") for each in param) + "]"
    return json.dumps(param)
