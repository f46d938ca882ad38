"""Durable books: opened, read by others, copied, checked, closed, and killed."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import tagmata as tg
from conftest import NOW


@pytest.fixture
def path(tmp_path):
    return tmp_path / "crm.db"


def opened(path, **options):
    return tg.Book.open(path, **{"clock": NOW, "synchronous": "normal", **options})


def store_error(call, code):
    with pytest.raises(tg.StoreError) as error:
        call()
    assert error.value.code == code, error.value
    return error.value.diagnostics[0].message


def test_a_book_goes_on_where_it_was_closed(path):
    with tg.Book.open(str(path), timezone="Europe/Paris", clock=NOW) as book:
        book.define_field("billed", "number")
        book.create_segment("VIP FR", filter="status = vip and country = FR")
        zoe = book.create_contact(first_name="Zoé", country="FR", tags=["new"], billed=300)
        book.set_status([zoe], "vip", actor="ana")
        book.record(zoe, "payment", amount="12.50", label="INV-1")
        definitions, contact = book.definitions(), book.contact(zoe).to_dict()
    with opened(path) as book:
        assert book.definitions() == definitions and book.contact(zoe).to_dict() == contact
        assert book.members("VIP FR").tolist() == [zoe]
        assert [entry.actor for entry in book.contact(zoe).history][-1] == "ana"
        assert book.create_contact(first_name="Léo") == zoe + 1
        assert book.last_outcome.commit.number == 6
        assert book.check() == []


def test_a_book_says_what_it_is(path):
    book = opened(path)
    assert (book.path, book.read_only, book.closed) == (str(path), False, False)
    book.close()
    assert (book.path, book.closed) == (str(path), True)
    with opened(str(path), read_only=True) as book:
        assert (book.path, book.read_only) == (str(path), True)
    book = tg.Book(clock=NOW)
    assert (book.path, book.read_only, book.closed) == (None, False, False)
    assert (book.opened.entered, book.opened.left, book.opened.commits) == ({}, {}, [])


# Settings


def test_settings_are_those_of_a_new_book(path):
    settings = {"timezone": "Europe/Paris", "default_country": "fr", "week_start": "sunday", "leap_day": "mar_1", "limits": {"nesting": 1}}
    opened(path, **settings).close()
    with opened(path) as book:
        assert book.definitions()["settings"] == {
            "time_zone": "Europe/Paris", "week_start": "sunday", "leap_day": "mar_1", "default_country": "FR",
        }  # fmt: skip
        with pytest.raises(tg.FilterError):
            book.count("((status = lead))")
    opened(path, **settings).close()


@pytest.mark.parametrize("read_only", [False, True])
def test_settings_that_are_not_those_of_the_book_are_refused(path, read_only):
    opened(path, timezone="Europe/Paris", retention="all").close()
    before = path.read_bytes()
    with pytest.raises(tg.ConflictError) as error:
        opened(path, timezone="Europe/London", default_country="FR", read_only=read_only, retention=1)
    assert [(told.code, told.message, told.help) for told in error.value.diagnostics] == [
        (
            "E1509",
            f"the time zone of the book `{path}` is `Europe/Paris`, not `Europe/London`",
            "open the book without this setting, then change its settings if that is meant",
        ),
        (
            "E1509",
            f"the default country of the book `{path}` is none, not `FR`",
            "open the book without this setting, then change its settings if that is meant",
        ),
    ]
    assert path.read_bytes() == before
    with opened(path) as book:
        book.change_settings(timezone="Europe/London")
    opened(path, timezone="Europe/London").close()


def test_what_no_option_takes_is_refused_before_there_is_a_file(path):
    with pytest.raises(tg.InvalidValueError) as raised:
        opened(path, synchronous="ful")
    told = raised.value.diagnostics[0]
    assert (told.code, told.message, told.help) == (
        "E0805", "`synchronous` does not take `ful`", "it takes `full` or `normal`",
    )  # fmt: skip
    takes = "`retention` is 'all', a number of commits or a `timedelta` of whole days"
    for retention in ["al", -1, timedelta(hours=36), timedelta(days=-1)]:
        with pytest.raises(ValueError) as raised:
            opened(path, retention=retention)
        assert str(raised.value) == f"{takes}, not {retention}"
    for retention, name in [(True, "bool"), (1.5, "float")]:
        with pytest.raises(TypeError) as raised:
            opened(path, retention=retention)
        assert str(raised.value) == f"{takes}, not `{name}`"
    with pytest.raises(TypeError, match="a path is text or an `os.PathLike`, not `int`"):
        tg.Book.open(1)
    with pytest.raises(tg.InvalidValueError, match="Europe/Paris"):
        opened(path, timezone="Europe/Pariss")
    assert not path.exists()


# Time


def test_what_happened_while_it_was_closed_is_told(path):
    with opened(path) as book:
        book.create_segment("Recent", filter="created_at in last 30 days")
        book.add_rule("dormant", when="created_at more than 60 days ago", set_status="inactive")
        zoe = book.create_contact(first_name="Zoé")
        assert (book.opened.entered, book.opened.left, book.opened.commits) == ({}, {}, [])
    with opened(path, clock=NOW + timedelta(days=90)) as book:
        assert {name: ids.tolist() for name, ids in book.opened.left.items()} == {"Recent": [zoe]}
        [commit] = book.opened.commits
        assert (commit.cause, commit.contacts.tolist()) == ("rule", [zoe])
        assert commit.at == NOW + timedelta(days=60, microseconds=1)
        assert book.now == NOW + timedelta(days=90) and book.contact(zoe).status == "inactive"
    with opened(path, clock=NOW + timedelta(days=90)) as book:
        assert not book.opened.left and not book.opened.commits


def test_a_fixed_clock_does_not_go_back_and_a_running_one_stands_still(path):
    with opened(path) as book:
        book.define_tag("vip")
    with pytest.raises(tg.ConflictError) as error:
        opened(path, clock=NOW - timedelta(seconds=1), retention=0)
    assert error.value.code == "E1205"
    with opened(path) as book:
        assert book.commit(1).number == 1  # nothing was written
    with opened(path, clock=lambda: NOW - timedelta(seconds=1)) as book:
        book.define_tag("new")
        assert book.now == NOW


def test_a_naive_clock_is_in_the_zone_of_the_file(path):
    opened(path, timezone="America/New_York").close()
    for clock in [datetime(2026, 12, 1, 12), lambda: datetime(2026, 12, 1, 12)]:
        with opened(path, clock=clock) as book:
            assert book.now == datetime(2026, 12, 1, 17, tzinfo=timezone.utc)


def test_what_a_clock_raises_makes_no_file(path):
    def clock():
        raise RuntimeError("no battery")

    with pytest.raises(RuntimeError, match="no battery"):
        opened(path, clock=clock)
    assert not path.exists()


def test_the_system_clock_moves_the_book_with_each_change(path):
    before = datetime.now(timezone.utc)
    with tg.Book.open(path) as book:
        stands_at = book.now
        book.define_tag("vip")
        assert before <= stands_at < book.now <= datetime.now(timezone.utc)


# Closing

CALLS = {
    "count": lambda book: book.count("everyone"),
    "members": lambda book: book.members("Nord"),
    "contact": lambda book: book.contact(0),
    "now": lambda book: book.now,
    "filter": lambda book: book.filter("status = lead"),
    "create_contact": lambda book: book.create_contact(first_name="Zoé"),
    "advance": lambda book: book.advance(),
    "change_settings": lambda book: book.change_settings(week_start="sunday"),
    "preview": lambda book: book.preview(lambda b: b.set_status("everyone", "vip")),
    "batch": lambda book: book.batch().__enter__(),
    "import_csv": lambda book: book.import_csv(b"First name\nZo\xc3\xa9\n"),
    "refresh": lambda book: book.refresh(),
    "check": lambda book: book.check(),
    "with": lambda book: book.__enter__(),
}
OF_FILES = {
    "commit": lambda book: book.commit(1),
    "compact": lambda book: book.compact("all"),
    "backup": lambda book: book.backup("nowhere.db"),
}


@pytest.mark.parametrize("call", [*CALLS, *OF_FILES])
def test_a_closed_book_answers_nothing(new_book, call):
    book = new_book(clock=NOW)
    path, named = book.path, "" if book.path is None else f" `{book.path}`"
    book.create_segment("Nord", members=[book.create_contact(first_name="Zoé")])
    last = book.last_outcome
    book.close()
    book.close()
    assert store_error(lambda: {**CALLS, **OF_FILES}[call](book), "E1508") == f"the book{named} is closed"
    assert book.closed and book.last_outcome is last and book.path == path


@pytest.mark.parametrize("call", OF_FILES)
def test_a_book_in_memory_has_no_file(call):
    book = tg.Book(clock=NOW)
    assert store_error(lambda: OF_FILES[call](book), "E1501") == "the book is in memory, without a file"
    assert book.refresh().commits == [] and book.check() == []


def test_a_block_closes_the_book_also_after_an_exception(path):
    with pytest.raises(KeyError), opened(path) as book:
        book.define_tag("vip")
        raise KeyError
    assert book.closed
    with opened(path) as book:
        assert book.tags() == {"vip": 0}


def test_a_batch_is_ended_before_its_book_is_closed(book):
    with book.batch() as b:
        b.create_contact(first_name="Zoé")
        for close in [book.close, b.close]:
            with pytest.raises(tg.ConflictError) as error:
                close()
            assert error.value.code == "E1207"
        assert not b.closed
    assert book.count("everyone") == 1


def test_a_batch_is_all_or_nothing_in_the_file(path):
    with opened(path) as book:
        with pytest.raises(KeyError), book.batch() as b:
            b.create_contact(first_name="Zoé")
            raise KeyError
        with book.batch() as b:
            b.create_contact(first_name="Léo")
            b.define_tag("vip")
            with opened(path, read_only=True) as reader:
                assert reader.count("everyone") == 0
    with opened(path) as book:
        assert [contact.name for contact in book.page().contacts] == ["Léo"] and book.tags() == {"vip": 0}
        assert book.check() == []


def test_a_book_that_nobody_holds_any_more_lets_its_file_go(path):
    book = opened(path)
    book.define_tag("vip")
    del book
    with opened(path) as book:
        assert book.tags() == {"vip": 0}


def test_closing_waits_for_the_change_of_another_thread(path):
    book, answered, began = opened(path), [], threading.Event()

    def change():
        try:
            for number in range(100_000):
                answered.append(book.create_contact(first_name=f"t{number}"))
                began.set()
        except tg.StoreError as error:
            answered.append(error.code)

    threads = [threading.Thread(target=change) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert began.wait(30)
    book.close()
    for thread in threads:
        thread.join(30)
    codes = [each for each in answered if isinstance(each, str)]
    assert codes == ["E1508"] * 3
    with opened(path) as book:
        assert book.count("everyone") == len(answered) - 3 and book.check() == []


# Files


def test_files_that_are_no_books(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    picture, other, newer = tmp_path / "photo.png", tmp_path / "other.db", tmp_path / "newer.db"
    picture.write_bytes(b"\x89PNG and so on" * 10)
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE t (a)")
    connection.close()
    for file in [picture, other]:
        content = file.read_bytes()
        assert store_error(lambda: opened(file), "E1502") == f"`{file}` is no stored book"
        assert file.read_bytes() == content
    opened(newer).close()
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    store_error(lambda: opened(newer), "E1503")
    store_error(lambda: opened(tmp_path / "no" / "folder.db"), "E1501")
    for nothing in ["", ":memory:"]:
        assert store_error(lambda: opened(nothing), "E1501") == f"`{nothing}` names no file"
    missing = tmp_path / "missing.db"
    assert store_error(lambda: opened(missing, create=False), "E1501") == f"there is no book `{missing}`"
    store_error(lambda: opened(missing, read_only=True), "E1501")
    assert not missing.exists()


def test_a_backup_is_a_book(path, tmp_path):
    copy = tmp_path / "copy.db"
    with opened(path) as book:
        zoe = book.create_contact(first_name="Zoé")
        book.backup(copy)
        book.create_contact(first_name="Léo")
        assert store_error(lambda: book.backup(str(copy)), "E1501") == f"there is a file `{copy}` already"
    with opened(copy) as book:
        assert book.select("everyone").tolist() == [zoe] and book.check() == []
        book.undo(book.commit(1))
        assert book.count("everyone") == 0


def test_damage_is_found(path):
    with opened(path) as book:
        zoe = book.create_contact(first_name="Zoé")
        book.set_status([zoe], "vip")
        connection = sqlite3.connect(path)
        connection.execute("DELETE FROM commits WHERE number = 2")
        connection.commit()
        connection.close()
        assert "the last commit is 2, and it is missing" in book.check()


def test_members_of_segments_can_be_read_by_other_programs(path):
    def members():
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        rows = connection.execute(
            "SELECT s.name, m.contact_id FROM segment_members m JOIN segments s ON s.id = m.segment_id ORDER BY 1, 2"
        ).fetchall()
        connection.close()
        return rows

    with opened(path, materialize_segments=True) as book:
        book.create_segment("VIPs", filter="status = vip")
        zoe, leo = (book.create_contact(first_name=name) for name in ["Zoé", "Léo"])
        book.create_segment("Nord", members=[leo])
        assert members() == [("Nord", leo)]
        book.set_status([zoe], "vip")
        assert members() == [("Nord", leo), ("VIPs", zoe)]
    with opened(path) as book:
        book.set_status([leo], "vip")
        assert members() == [("Nord", leo), ("VIPs", zoe), ("VIPs", leo)]
    with opened(path, materialize_segments=False) as book:
        assert members() == []


# Commits


def test_a_commit_is_read_from_the_file_and_undone(path):
    with opened(path) as book:
        zoe = book.create_contact(first_name="Zoé", actor="ana")
        book.set_status([zoe], "vip", actor="léo")
    with opened(path) as book:
        commit = book.commit(2)
        assert type(commit) is tg.Commit
        assert (commit.number, commit.at, commit.actor, commit.cause) == (2, NOW, "léo", "call")
        assert commit.contacts.tolist() == [zoe] and not commit.is_empty
        outcome = book.undo(commit)
        assert (outcome.commit.number, outcome.commit.cause) == (3, "undo")
        assert book.last_outcome is outcome and book.contact(zoe).status == "lead"
        book.undo(book.commit(3))
        assert book.contact(zoe).status == "vip"
        assert book.commit(4).to_dict()["undone"] == 3
        message = f"there is no commit 9: the last one of the book `{path}` is commit 4"
        assert store_error(lambda: book.commit(9), "E1507") == message


def test_a_commit_says_what_it_is_about(new_book):
    book = new_book(clock=NOW)
    zoe, leo = (book.create_contact(first_name=name) for name in ["Zoé", "Léo"])
    commit = book.add_tags([zoe, leo], ["gold"], actor="ana").commit
    told = {"commit": 3, "at": "2026-11-24T09:00:00Z", "actor": "ana", "cause": "call"}
    made = {"fact": "name", "of": "tags", "number": 0, "old": None, "new": "gold"}
    linked = {"fact": "linked", "field": "tags", "name": "gold", "count": 2, "contacts": [zoe, leo]}
    assert commit.to_dict() == {**told, "facts": [made, linked]}
    book.rename_tag("gold", "or")
    assert commit.to_dict(most=1)["facts"][-1] == {**linked, "name": "or", "contacts": [zoe]}
    if book.path:
        assert book.commit(3).to_dict(most=1) == commit.to_dict(most=1)
    book.close()
    assert store_error(commit.to_dict, "E1508").startswith("the book")


def test_a_commit_keeps_no_file_open(path):
    book = opened(path)
    commit = book.define_tag("vip").commit
    del book
    assert store_error(commit.to_dict, "E1508") == "the book is closed"
    opened(path).close()


def test_only_the_commits_are_kept_that_retention_says(path):
    def tag(book, names):
        for name in names:
            book.define_tag(name)

    with opened(path) as book:
        tag(book, "abcde")
        assert book.compact("all") == 0
        assert book.compact(3) == 2
        assert store_error(lambda: book.commit(2), "E1507") == f"commit 2 of the book `{path}` is no longer kept"
        assert book.commit(3).number == 3
        tag(book, "fg")
    with opened(path) as book:
        # Three, as was said before.
        assert store_error(lambda: book.commit(4), "E1507") == f"commit 4 of the book `{path}` is no longer kept"
        assert book.commit(5).number == 5 and book.check() == []
    later = NOW + timedelta(days=10)
    with opened(path, clock=later, retention=timedelta(days=9)) as book:
        tag(book, "h")
        assert book.compact(timedelta(days=9)) == 3
        assert book.commit(8).number == 8 and book.check() == []


# Readers


def test_a_reader_follows_the_writer(path):
    with opened(path) as writer:
        writer.create_segment("VIPs", filter="status = vip")
        writer.create_segment("Nord")
        zoe = writer.create_contact(first_name="Zoé")
        with opened(path, read_only=True) as reader:
            assert reader.count("everyone") == 1 and reader.refresh().commits == []
            writer.set_status([zoe], "vip", actor="ana")
            writer.add_to_segment([zoe], "Nord")
            assert reader.members("VIPs").tolist() == []
            advance = reader.refresh()
            assert [(commit.number, commit.actor) for commit in advance.commits] == [(4, "ana"), (5, None)]
            assert {name: ids.tolist() for name, ids in advance.entered.items()} == {"VIPs": [zoe], "Nord": [zoe]}
            assert reader.members("VIPs").tolist() == [zoe] and reader.check() == []
            writer.delete_segment("Nord")
            assert {name: ids.tolist() for name, ids in reader.refresh().left.items()} == {"Nord": [zoe]}
        assert writer.refresh().commits == []


def test_a_reader_changes_nothing(path):
    opened(path).close()
    with opened(path, read_only=True) as reader:
        refused = f"the book `{path}` is open for reading only"
        for change in [
            lambda: reader.create_contact(first_name="Zoé"),
            lambda: reader.change_settings(week_start="sunday"),
            lambda: reader.import_csv(b"Country,First name,Last name,E-mail\nFR,A,B,a@example.com\n"),
            lambda: reader.compact(1),
        ]:
            assert store_error(change, "E1506") == refused
        with pytest.raises(tg.StoreError), reader.batch() as b:
            b.define_tag("vip")
        assert reader.preview(lambda b: b.create_contact(first_name="Zoé")).commit.contacts.tolist() == [0]
        assert reader.count("everyone") == 0 and reader.tags() == {} and reader.check() == []


def test_a_second_writer_is_refused(path):
    with opened(path) as book:
        assert store_error(lambda: opened(path), "E1504") == f"the book `{path}` is open for changes already"
        book.define_tag("vip")


# Long work, and several threads


def test_a_file_is_imported_into_a_durable_book(path):
    rows = "".join(f"FR,A{number},B,a{number}@example.com\n" for number in range(5_000))
    text, told = f"Country,First name,Last name,E-mail\n{rows}".encode(), []
    with opened(path) as book:
        report = book.import_csv(text, progress=lambda *at: told.append(at))
        assert report.created == 5_000 and told[-1] == (len(text), len(text), 5_000)
        assert book.last_outcome is report.outcome

        def stop(*_):
            raise KeyError

        with pytest.raises(KeyError):
            book.import_csv(text.replace(b"@", b"@x"), progress=stop)
    with opened(path) as book:
        assert book.count("everyone") == 5_000 and book.commit(1).cause == "import"
        book.undo(book.commit(1))
        assert book.count("everyone") == 0 and book.check() == []


def test_many_threads_write_and_look_after_the_file(path, tmp_path):
    def work(thread):
        for turn in range(20):
            name = f"t{thread}-{turn}"
            book.create_contact(first_name=name)
            assert book.count(f'first_name = "{name}"') == 1
            if turn % 5 == thread:
                assert book.check() == []
                book.backup(tmp_path / f"{name}.db")
                assert book.refresh().commits == []

    with opened(path) as book:
        with ThreadPoolExecutor(4) as threads:
            for done in [threads.submit(work, thread) for thread in range(4)]:
                done.result(timeout=120)
        assert book.last_outcome.commit.number == 80 and book.check() == []
    for copy in tmp_path.glob("t*.db"):
        with opened(copy, read_only=True) as book:
            assert 1 <= book.count("everyone") <= 80 and book.check() == []


def test_a_callback_cannot_close_its_book(book):
    refused = []

    def progress(*_):
        for call in [book.close, book.check, book.refresh]:
            with pytest.raises(tg.ConflictError) as error:
                call()
            refused.append(error.value.code)

    book.import_csv(b"Country,First name,Last name,E-mail\nFR,A,B,a@example.com\n", progress=progress)
    assert set(refused) == {"E1208"}


def test_paths_are_taken_as_they_are(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with opened("café d'été ?#%.db") as book:
        book.define_tag("vip")
        assert book.path == "café d'été ?#%.db"
    assert Path("café d'été ?#%.db").exists()
    with opened(Path("café d'été ?#%.db"), read_only=True) as book:
        assert book.tags() == {"vip": 0}
