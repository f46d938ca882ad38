"""DuckDB, in this process."""

from .case import Missing

TYPES = {
    "text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "decimal": "DECIMAL(24, 6)",
    "timestamp": "TIMESTAMP", "timestamptz": "TIMESTAMPTZ", "date": "DATE", "json": "JSON",
    "texts": "VARCHAR[]", "integers": "BIGINT[]",
}


class Database:
    name = dialect = "duckdb"

    def __enter__(self):
        try:
            import duckdb
        except ImportError as error:
            raise Missing("pip install duckdb") from error
        self.errors = (duckdb.Error,)
        self.connection = duckdb.connect()
        # Nothing depends on where the session is.
        self.connection.execute("SET TimeZone = 'America/St_Johns'")
        self.known = {}
        functions = {"tagmata_fold": lambda text: self.known[text][0], "tagmata_accent_fold": lambda text: self.known[text][1]}
        for name, function in functions.items():
            self.connection.create_function(name, function, ["VARCHAR"], "VARCHAR")
        return self

    def __exit__(self, *_):
        self.connection.close()

    def folds(self, folds):
        self.known.clear()
        self.known.update(folds)

    def create(self, table):
        columns = ", ".join(f"{quoted(column['name'])} {TYPES[column['kind']]}" for column in table["columns"])
        name = quoted(table["name"])
        marks = ", ".join(mark(column["kind"]) for column in table["columns"])
        self.connection.execute(f"CREATE TABLE {name} ({columns})")
        if table["rows"]:
            all_marks = ", ".join(f"({marks})" for _ in table["rows"])
            self.connection.execute(f"INSERT INTO {name} VALUES {all_marks}", [cell for row in table["rows"] for cell in row])

    def drop(self, table):
        self.connection.execute(f"DROP TABLE IF EXISTS {quoted(table['name'])}")

    def ask(self, statement):
        return self.connection.execute(statement["text"], statement["params"]).fetchall()


def mark(kind):
    return "CAST(? || '+00' AS TIMESTAMPTZ)" if kind == "timestamptz" else f"CAST(? AS {TYPES[kind]})"


def quoted(name):
    return '"' + name.replace('"', '""') + '"'
