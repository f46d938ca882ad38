"""MariaDB, on a server of its own."""

import shutil
import subprocess
import time

from .case import Missing
from .server import Folder, call, start_as

USER = "mysql"

# Without a collation of its own, a text ignores case, accents and spaces at its end.
TYPES = {
    "text": "LONGTEXT", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "decimal": "DECIMAL(24, 6)",
    "timestamp": "DATETIME(6)", "timestamptz": "TIMESTAMP(6) NULL", "date": "DATE", "json": "JSON",
}


class Database:
    name = dialect = "mysql"

    def __enter__(self):
        if shutil.which("mariadbd") is None or shutil.which("mariadb-install-db") is None:
            raise Missing("apt-get install mariadb-server")
        import pymysql

        self.errors = (pymysql.err.Error,)
        self.server = None
        self.folder = Folder(USER)
        try:
            data, socket = self.folder / "data", self.folder / "socket"
            call(["mariadb-install-db", "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal", "--skip-test-db"], USER, self.folder.path)
            options = [
                f"--datadir={data}", f"--socket={socket}", f"--pid-file={self.folder / 'pid'}", "--skip-networking",
                "--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync", "--innodb-file-per-table=0", "--sync-frm=0", "--character-set-server=utf8mb4", "--max-statement-time=60",
                "--max-allowed-packet=64M", "--thread-stack=1M",
            ]
            with open(self.folder / "log", "wb") as log:
                self.server = subprocess.Popen(
                    [shutil.which("mariadbd"), "--no-defaults", *options], stdout=log, stderr=log, cwd=self.folder.path, **start_as(USER)
                )
            self.connection = self.connect(pymysql, socket)
            self.execute("CREATE DATABASE tagmata CHARACTER SET utf8mb4")
            self.connection.select_db("tagmata")
            # Nothing depends on where the session is.
            self.execute("SET time_zone = '-03:30'")
        except BaseException:
            self.__exit__()
            raise
        return self

    def connect(self, pymysql, socket):
        for _ in range(300):
            try:
                return pymysql.connect(unix_socket=socket, user="root", charset="utf8mb4", autocommit=True)
            except pymysql.err.OperationalError:
                if self.server.poll() is not None:
                    break
                time.sleep(0.1)
        with open(self.folder / "log", encoding="utf-8", errors="replace") as log:
            raise RuntimeError(f"the server did not start: {log.read()[-2000:]}")

    def __exit__(self, *_):
        if self.server is not None:
            self.server.terminate()
            self.server.wait()
        self.folder.remove()

    def execute(self, text, params=None):
        with self.connection.cursor() as cursor:
            cursor.execute(text, params)
            return cursor.fetchall()

    def folds(self, folds):
        pass

    def create(self, table):
        columns = ", ".join(f"{quoted(column['name'])} {TYPES[column['kind']]}" for column in table["columns"])
        name = quoted(table["name"])
        self.execute(f"CREATE TABLE {name} ({columns})")
        marks = ", ".join(mark(column["kind"]) for column in table["columns"])
        rows = ", ".join(f"({marks})" for _ in table["rows"])
        if rows:
            insert = f"INSERT INTO {name} VALUES {rows}".replace("%", "%%").replace("\0", "%s")
            self.execute(insert, [cell for row in table["rows"] for cell in row])

    def drop(self, table):
        self.execute(f"DROP TABLE IF EXISTS {quoted(table['name'])}")

    def ask(self, statement):
        return self.execute(statement["text"], statement["params"])


def mark(kind):
    return "CONVERT_TZ(\0, '+00:00', '-03:30')" if kind == "timestamptz" else "\0"


def quoted(name):
    return "`" + name.replace("`", "``") + "`"
