"""Ctrl-C stops long work, which has changed nothing then."""

import io
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest
import tagmata as tg

HEADER = "Country,First name,Last name,E-mail\n"
ROWS = 200_000


class Interrupted(Exception):
    """What the handler of these tests raises: a late signal fails a test, and does not end the run."""


@pytest.fixture
def interrupted():
    """Calls something, sends a signal from another thread meanwhile, and says how long it took to come back then."""

    def handle(*_):
        raise Interrupted

    def call(function, after):
        sent = []

        def send():
            sent.append(time.monotonic())
            signal.raise_signal(signal.SIGINT)

        timer = threading.Timer(after, send)
        timer.start()
        try:
            with pytest.raises(Interrupted):
                function()
                pytest.fail("it ended before the signal came")
        finally:
            timer.cancel()
            timer.join()
        return time.monotonic() - sent[0]

    before = signal.signal(signal.SIGINT, handle)
    yield call
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="module")
def file():
    return (HEADER + "".join(f"FR,Zoé,Martin,zoe{row}@example.com\n" for row in range(ROWS))).encode()


def rows():
    return [{"email": "zoe@example.com", "first_name": "Zoé", "last_name": "Martin", "tags": ["vip"]}] * ROWS


def stream():
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({"external_id": polars.arange(ROWS, eager=True), "first_name": "Zoé", "last_name": "Martin", "country": "FR"})
    return frame.with_columns(email=polars.format("{}@example.com", "external_id"))


CALLS = {
    "import_csv": lambda book, file: lambda: book.import_csv(file),
    "import_csv, told": lambda book, file: lambda: book.import_csv(file, progress=lambda *at: None),
    "import_csv, dry": lambda book, file: lambda: book.import_csv(file, dry_run=True),
    "import_interactions": lambda book, file: lambda: book.import_interactions(file.replace(HEADER.encode(), b"Kind,Note,Other,E-mail\n").replace(b"FR,", b"message,")),
    "import_table, rows": lambda book, file: (lambda table: lambda: book.import_table(table))(rows()),
    "import_table, a stream": lambda book, file: (lambda table: lambda: book.import_table(table))(stream()),
    "record_many": lambda book, file: (lambda all: lambda: book.record_many(all))([{"contact": 0, "kind": "message"}] * (10 * ROWS)),
}  # fmt: skip


@pytest.mark.parametrize("call", CALLS)
def test_a_signal_stops_what_changes_the_book(book, file, call, interrupted):
    book.create_contact(first_name="Ana", email="ana@example.com")
    before = book.last_outcome
    waited = interrupted(CALLS[call](book, file), after=0.1)
    assert waited < 10  # far less than the call takes on a slow machine, and far more than it takes to stop it
    assert (book.count("everyone"), book.last_outcome) == (1, before)
    assert book.import_csv((HEADER + "FR,Zoé,Martin,zoe@example.com\n").encode()).created == 1
    assert book.check() == []


def test_a_signal_stops_what_writes_a_file(file, tmp_path, interrupted):
    book = tg.Book()
    assert book.import_csv(file).created == ROWS
    path = tmp_path / "contacts.csv"
    path.write_text("as it was")
    interrupted(lambda: book.export_csv(path), after=0.03)
    assert (path.read_text(), os.listdir(tmp_path)) == ("as it was", ["contacts.csv"])
    assert book.export_csv(path, 'external_id = "7"') == 0


def test_export_is_refused_where_it_would_wait_for_itself(book):
    with book.batch() as b:
        with pytest.raises(tg.ConflictError):
            book.export_csv(io.BytesIO())
        b.create_contact(first_name="Zoé")
        assert b.export_csv(io.BytesIO()) == 1

    def change(b):
        with pytest.raises(tg.ConflictError):
            book.export_csv(io.BytesIO())
        b.create_contact(first_name="Léo")

    book.preview(change)


def test_a_handler_cannot_call_the_book_and_others_go_on(file):
    """What handles a signal without raising does not stop the work; a call of the book from it is refused, since it could wait for itself."""
    book, codes = tg.Book(), []

    def handle(*_):
        with pytest.raises(tg.ConflictError) as error:
            book.count("everyone")
        codes.append(error.value.code)

    before = signal.signal(signal.SIGINT, handle)
    timer = threading.Timer(0.05, signal.raise_signal, [signal.SIGINT])
    timer.start()
    try:
        assert book.import_csv(file).created == ROWS
    finally:
        timer.join()
        signal.signal(signal.SIGINT, before)
    assert codes == ["E1208"]


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C goes to a console there")
@pytest.mark.parametrize("kind", ["memory", "file"])
def test_ctrl_c_in_a_program(tmp_path, kind, file):
    (tmp_path / "contacts.csv").write_bytes(file)
    made = "tg.Book()" if kind == "memory" else "tg.Book.open('crm.db')"
    program = f"""
        import signal
        import tagmata as tg
        # Programs that are started in the background ignore it otherwise.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        book = {made}
        book.create_contact(first_name="Ana")
        print("ready", flush=True)
        try:
            book.import_csv("contacts.csv")
        except KeyboardInterrupt:
            print("stopped", book.count("everyone"), book.last_outcome.commit.number, book.check(), flush=True)
    """
    child = subprocess.Popen([sys.executable, "-c", textwrap.dedent(program)], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "ready\n"
    time.sleep(0.1)
    child.send_signal(signal.SIGINT)
    said, errors = child.communicate(timeout=120)
    assert (said, errors, child.returncode) == ("stopped 1 1 []\n", "", 0)
