"""progress=True shows a bar of tqdm, which is closed whatever happens."""

import sys
from types import ModuleType

import pytest
import tagmata as tg

MANY = ("Country,First name,Last name,E-mail\n" + "".join(f"FR,Ana,Roux,ana{n}@example.com\n" for n in range(5_000))).encode()


class Bar:
    """What a test sees of a bar."""

    made: list["Bar"] = []

    def __init__(self, **options):
        self.options, self.n, self.closed, self.postfix = options, 0, False, None
        Bar.made.append(self)

    def update(self, more):
        self.n += more

    def set_postfix(self, refresh=True, **postfix):
        self.postfix = postfix

    def close(self):
        self.closed = True


@pytest.fixture
def bars(monkeypatch):
    module = ModuleType("tqdm.auto")
    module.tqdm = Bar
    monkeypatch.setitem(sys.modules, "tqdm", ModuleType("tqdm"))
    monkeypatch.setitem(sys.modules, "tqdm.auto", module)
    Bar.made = []
    return Bar.made


def imports(book):
    tables = {"email": [f"ana{n}@example.com" for n in range(5_000)], "first_name": "Ana", "last_name": "Roux", "country": "FR"}
    events = b"E-mail,Kind,Time\n" + b"".join(b"ana%d@example.com,message,2026-11-20\n" % n for n in range(5_000))
    yield lambda: book.import_csv(MANY, progress=True)
    yield lambda: book.import_table(tables, progress=True)
    yield lambda: book.import_interactions(events, progress=True)


def test_a_bar_goes_to_its_end(book, bars):
    for run in imports(book):
        bars.clear()
        run()
        (bar,) = bars
        assert (bar.n, bar.closed, bar.postfix) == (bar.options["total"], True, {"rows": 5_000})
        assert (bar.options["unit"], bar.options["unit_scale"], bar.options["unit_divisor"]) == ("B", True, 1024)


def test_a_bar_is_closed_when_it_fails(book, bars, monkeypatch):
    with pytest.raises(tg.CsvError):
        book.import_csv(b"E-mail,E-mail\na,b\n", progress=True)
    assert all(bar.closed for bar in bars)

    def stop(self, more):
        raise KeyboardInterrupt

    monkeypatch.setattr(Bar, "update", stop)
    with pytest.raises(KeyboardInterrupt):
        book.import_csv(MANY, progress=True)
    assert bars[-1].closed
    assert (book.count("everyone"), book.last_outcome) == (0, None)


def test_tqdm_draws_it(book, capfd):
    pytest.importorskip("tqdm")
    book.import_csv(MANY, progress=True)
    drawn = capfd.readouterr().err
    assert "100%" in drawn and "rows=5000" in drawn


def test_without_tqdm_there_is_a_warning(book, monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.warns(UserWarning, match="pip install tqdm"):
        assert book.import_csv(MANY, progress=True).created == 5_000
    assert book.import_csv(MANY, progress=False).unchanged == 5_000


@pytest.mark.parametrize("progress", [1, "yes", [print]])
def test_what_is_no_progress_is_refused(book, progress):
    with pytest.raises(TypeError, match="`progress` is a function of the bytes done, all bytes and the rows, or True for a bar of tqdm"):
        book.import_csv(MANY, progress=progress)
