"""Durable books and several processes: one writes, others read, and any of them may die."""

import os
import signal
import subprocess
import sys
import textwrap
from datetime import timedelta

import pytest
import tagmata as tg
from conftest import NOW


@pytest.fixture
def path(tmp_path):
    return tmp_path / "crm.db"


def opened(path, **options):
    return tg.Book.open(path, **{"clock": NOW, "synchronous": "normal", **options})


class Program:
    """A process that runs some Python with the path of a book, and is asked and answers line by line."""

    def __init__(self, path, source):
        source = "import sys\nimport tagmata as tg\npath = sys.argv[1]\n" + textwrap.dedent(source)
        command = [sys.executable, "-u", "-c", source, str(path)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def answer(self):
        return self.process.stdout.readline().strip()

    def ask(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.answer()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()


def test_a_second_writer_in_another_process_is_refused(path):
    source = """
        try:
            tg.Book.open(path)
        except tg.StoreError as error:
            print(error.code)
    """
    with opened(path), Program(path, source) as other:
        assert other.answer() == "E1504"


def test_a_reader_in_another_process_refreshes(path):
    source = """
        with tg.Book.open(path, read_only=True) as book:
            print(book.count("everyone"))
            for _ in sys.stdin:
                entered = {name: ids.tolist() for name, ids in book.refresh().entered.items()}
                print(book.count("everyone"), entered, flush=True)
    """
    with opened(path) as book:
        book.create_segment("VIPs", filter="status = vip")
        with Program(path, source) as reader:
            assert reader.answer() == "0"
            zoe = book.create_contact(first_name="Zoé")
            book.set_status([zoe], "vip")
            assert reader.ask() == "1 {'VIPs': [0]}"
            assert reader.ask() == "1 {}"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal")
@pytest.mark.parametrize("answers", [1, 7, 60])
def test_nothing_that_was_answered_is_lost_by_a_kill(path, answers):
    source = """
        with tg.Book.open(path) as book:
            print("begun", flush=True)
            book.create_segment("Nord")
            while True:
                zoe = book.create_contact(first_name="Zoé", tags=["vip"])
                with book.batch() as b:
                    b.add_to_segment([zoe], "Nord")
                    b.set_status([zoe], "vip")
                print(zoe, flush=True)
    """
    with Program(path, source) as writer:
        assert writer.answer() == "begun"
        told = [int(writer.answer()) for _ in range(answers)]
        writer.process.send_signal(signal.SIGKILL)
        told += [int(line) for line in writer.process.stdout if line.endswith("\n")]
    with tg.Book.open(path) as book:
        assert book.check() == []
        found = book.members("Nord").tolist()
        # One more may be there, which was not told any more.
        assert found[: len(told)] == told and len(found) <= len(told) + 1
        assert book.select("status = vip").tolist() == found
        book.create_contact(first_name="Léo")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_process_that_was_forked_leaves_the_file_alone(path):
    with opened(path) as book:
        book.define_tag("vip")
        child = os.fork()
        if child == 0:
            said = "nothing"
            try:
                said = str(book.tags())
                book.define_tag("new")
            except tg.StoreError as error:
                said += error.code
            book.close()
            os._exit(0 if said == "{'vip': 0}E1504" else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        book.define_tag("old")
        assert book.check() == []
    with opened(path, clock=NOW + timedelta(days=1)) as book:
        assert book.tags() == {"vip": 0, "old": 0}
