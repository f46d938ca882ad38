"""Files come in by path, bytes or file, and go out again."""

import io
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import tagmata as tg

CONTACTS = "Country,First name,Last name,E-mail,Mobile\nFR,Zoé,Martin,zoe@example.com,\nFR,Léo,Petit,nonsense,\n".encode()
MANY = "Country,First name,Last name,E-mail\n" + "".join(f"FR,Ana{n},Roux,ana{n}@example.com\n" for n in range(20_000))


def by_path(folder):
    path = folder / "contacts.csv"
    path.write_bytes(CONTACTS)
    return path


SOURCES = [
    pytest.param(by_path, id="path"),
    pytest.param(lambda folder: str(by_path(folder)), id="path as text"),
    pytest.param(lambda folder: CONTACTS, id="bytes"),
    pytest.param(lambda folder: bytearray(CONTACTS), id="bytearray"),
    pytest.param(lambda folder: io.BytesIO(CONTACTS), id="file"),
]


@pytest.mark.parametrize("source", SOURCES)
def test_a_file_comes_in(book, tmp_path, source):
    report = book.import_csv(source(tmp_path), actor="ana")
    assert (report.created, report.updated, report.unchanged, report.rejected) == (1, 0, 0, 1)
    (problem,) = report.problems
    assert (problem.row, problem.line, problem.column, problem.value) == (2, 3, "E-mail", "nonsense")
    assert str(problem) == f"row 2, line 3, E-mail: {problem.message} [{problem.code}]"
    assert "nonsense" in report.rejected_csv()
    commit = report.outcome.commit
    assert (commit.cause, commit.actor, commit.contacts.tolist()) == ("import", "ana", [0])
    assert book.last_outcome is report.outcome


def test_a_dry_run_changes_nothing_and_names_new_segments(book):
    file = "Country,First name,Last name,E-mail,Segments\nFR,Zoé,Martin,z@example.com,Nord\n".encode()
    report = book.import_csv(file, dry_run=True, unknown_segments="create")
    assert (report.created, book.count("everyone"), book.last_outcome) == (1, 0, None)
    assert {name: ids.tolist() for name, ids in report.outcome.effects.entered.items()} == {"Nord": [0]}


def test_of_very_many_problems_the_others_are_counted(book):
    numbers = [f"n{at}" for at in range(100)]
    for key in numbers:
        book.define_field(key, "number")
    file = ",".join(numbers) + "\n" + (",".join(["many"] * 100) + "\n") * 1_001
    report = book.import_csv(file.encode())
    assert (report.rejected, len(report.problems), report.problems_left_out) == (1_001, 100_000, 100)
    assert repr(report) == "<ImportReport: 0 created, 0 updated, 0 unchanged, 1001 rejected, 100 problems left out>"
    assert "1001 rejected; 100 problems left out</caption>" in report._repr_html_()
    report = book.import_interactions(b"Email,Kind,Time,Amount\nzoe@example.com,payment,soon,much\n")
    assert (len(report.problems), report.problems_left_out) == (2, 0)


def test_columns_are_mapped_and_left_out(book):
    book.define_field("billed", "number")
    file = "Country,First name,Last name,E-mail,Total,Other\nFR,Zoé,Martin,z@example.com,\"1,5\",x\n".encode()
    report = book.import_csv(file, columns={"Total": "billed", "Other": None}, decimal=",", match=["email"])
    assert (report.created, book.contact(0)["billed"]) == (1, 1.5)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"update": "sometimes"}, tg.InvalidValueError),
        ({"match": ["shoe size"]}, tg.InvalidValueError),
        ({"match": "email"}, TypeError),
        ({"columns": ["Total"]}, TypeError),
        ({"progress": 1}, TypeError),
        ({"dry_run": 2}, TypeError),
    ],
)
def test_wrong_options_are_refused(book, options, error):
    with pytest.raises(error):
        book.import_csv(CONTACTS, **options)


def test_what_is_no_file_is_refused(book, tmp_path):
    with pytest.raises(FileNotFoundError) as error:
        book.import_csv(tmp_path / "none.csv")
    assert error.value.filename == str(tmp_path / "none.csv")
    for source in [1, io.StringIO("text")]:
        with pytest.raises(TypeError):
            book.import_csv(source)


def test_progress_is_told(book):
    told = []
    book.import_csv(MANY.encode(), progress=lambda *at: told.append(at))
    size = len(MANY.encode())
    assert told == sorted(told)
    assert told[-1] == (size, size, 20_000)


def test_an_exception_in_progress_stops_and_changes_nothing(book):
    def stop(done, total, rows):
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        book.import_csv(MANY.encode(), progress=stop)
    assert (book.count("everyone"), book.last_outcome) == (0, None)


def test_the_book_cannot_be_called_inside_progress(book):
    errors = []

    def ask(done, total, rows):
        with pytest.raises(tg.ConflictError) as error:
            book.count("everyone")
        errors.append(error.value)

    book.import_csv(MANY.encode(), progress=ask)
    assert errors
    assert book.count("everyone") == 20_000


def test_threads_go_on_while_an_import_runs(book):
    running, counts = threading.Event(), []

    def ask():
        running.wait(10)
        counts.append(book.count("nobody"))

    other = threading.Thread(target=ask)
    other.start()

    def progress(done, total, rows):
        running.set()
        other.join(10)  # it would wait for ever if the import held the interpreter or the book

    book.import_csv(MANY.encode(), progress=progress)
    assert counts == [0]


def test_imports_at_once_wait_for_each_other(book):
    with ThreadPoolExecutor(4) as threads:
        running = [threads.submit(book.import_csv, MANY.encode()) for _ in range(4)]
        reports = [each.result(timeout=60) for each in running]
    assert sorted((each.created, each.unchanged) for each in reports) == [(0, 20_000)] * 3 + [(20_000, 0)]


def test_an_import_waits_for_the_batch_of_another_thread(book):
    with ThreadPoolExecutor(1) as threads:
        with book.batch() as b:
            other = threads.submit(book.import_csv, CONTACTS)
            b.create_contact(first_name="Zoé")
            time.sleep(0.05)
            assert not other.done()
            with pytest.raises(tg.ConflictError) as error:
                book.import_csv(CONTACTS)
            assert error.value.code == "E1207"
        assert other.result(timeout=10).created == 1
    assert book.last_outcome.commit.number == 2


def test_an_import_inside_the_progress_of_another_is_refused_but_one_of_another_thread_is_waited_for(book):
    codes, reports = [], []

    def progress(done, total, rows):
        with pytest.raises(tg.ConflictError) as error:
            book.import_csv(CONTACTS)
        codes.append(error.value.code)
        other = threading.Thread(target=lambda: reports.append(book.import_csv(CONTACTS)))
        other.start()
        other.join(10)  # it would wait for ever if the import waited for this call

    book.import_csv(MANY.encode(), progress=progress)
    assert codes and set(codes) == {"E1208"}
    assert [report.created for report in reports] == [1] + [0] * (len(codes) - 1)
    assert book.count("everyone") == 20_001


def test_effects_have_the_names_that_the_import_left(book):
    file = "Country,First name,Last name,E-mail,Segments\nFR,Zoé,Martin,z{}@example.com,Nord\n"
    done = threading.Event()

    def delete():
        while not done.is_set():
            try:
                book.delete_segment("Nord")
            except tg.NotFoundError:
                pass

    other = threading.Thread(target=delete)
    other.start()
    try:
        for turn in range(100):
            report = book.import_csv(file.format(turn).encode(), unknown_segments="create")
            assert list(report.outcome.effects.entered) == ["Nord"]
    finally:
        done.set()
        other.join(10)


def test_a_file_goes_out(world, tmp_path):
    columns = ["first_name", "Montant facturé"]
    expected = "first_name,billed\nZoé,300\nLéo,\n"
    assert world.book.export_csv(tmp_path / "out.csv", "country = FR", columns=columns) == 2
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == expected
    file = io.BytesIO()
    assert world.book.export_csv(file, filter="country = FR", columns=columns) == 2
    assert file.getvalue().decode() == expected


def test_formulas_are_guarded(book):
    book.create_contact(first_name="=1+1")
    for guard, expected in [(True, "'=1+1"), (False, "=1+1")]:
        file = io.BytesIO()
        book.export_csv(file, columns=["first_name"], guard_formulas=guard)
        assert file.getvalue().decode() == f"first_name\n{expected}\n"


def test_a_refused_export_leaves_the_file(world, tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("before")
    with pytest.raises(tg.NotFoundError):
        world.book.export_csv(path, columns=["frist_name"])
    assert path.read_text() == "before"
    with pytest.raises(OSError):
        world.book.export_csv(tmp_path)


def test_an_export_replaces_the_file_and_leaves_nothing_beside_it(world, tmp_path):
    path, link = tmp_path / "out.csv", tmp_path / "link.csv"
    path.write_text("before")
    if sys.platform != "win32":
        path.chmod(0o640)
        link.symlink_to(path)
        world.book.export_csv(link, columns=["first_name"])
        assert link.is_symlink() and path.stat().st_mode & 0o777 == 0o640
    else:
        world.book.export_csv(path, columns=["first_name"])
    assert path.read_text(encoding="utf-8") == "first_name\nZoé\nLéo\nAna\n"
    world.book.export_csv(tmp_path / "new.csv", columns=["first_name"])
    assert {each.name for each in tmp_path.iterdir()} <= {"out.csv", "link.csv", "new.csv"}
    with pytest.raises(FileNotFoundError) as error:
        world.book.export_csv(tmp_path / "none" / "out.csv")
    assert error.value.filename == str(tmp_path / "none" / "out.csv")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not limit the size of files")
def test_a_disk_that_is_full_leaves_the_file(book, tmp_path):
    import resource
    import signal

    book.import_csv(MANY.encode())
    path = tmp_path / "out.csv"
    path.write_text("before")
    limits, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
    try:
        with pytest.raises(OSError) as error:
            book.export_csv(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert error.value.filename == str(path)
    assert (path.read_text(), os.listdir(tmp_path)) == ("before", ["out.csv"])


def test_an_export_goes_into_a_pipe(world):
    read, write = os.pipe()
    if not os.path.exists(f"/dev/fd/{write}"):
        pytest.skip("there is no /dev/fd")
    world.book.export_csv(f"/dev/fd/{write}", columns=["first_name"])
    os.close(write)
    with open(read, "rb") as pipe:
        assert pipe.read().decode() == "first_name\nZoé\nLéo\nAna\n"


def test_the_book_goes_on_while_an_export_is_written(world):
    class Sink:
        def write(self, data):
            other = threading.Thread(target=lambda: world.book.create_contact(first_name="Ben"))
            other.start()
            other.join(10)
            self.count = world.book.count("everyone")

    sink = Sink()
    assert (world.book.export_csv(sink), sink.count) == (3, 4)


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt"])
def test_templates_can_be_imported(book, language):
    assert book.import_csv(tg.import_template(language).encode()).created == 1


def test_an_unknown_language_is_refused():
    with pytest.raises(tg.InvalidValueError):
        tg.import_template("xx")
