"""Files come in by path, bytes or file, and go out again."""

import io
import threading

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


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt"])
def test_templates_can_be_imported(book, language):
    assert book.import_csv(tg.import_template(language).encode()).created == 1


def test_an_unknown_language_is_refused():
    with pytest.raises(tg.InvalidValueError):
        tg.import_template("xx")
