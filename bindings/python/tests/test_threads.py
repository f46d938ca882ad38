"""Locks: threads go on, and nothing waits for itself."""

import io
import os
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import tagmata as tg


def test_many_threads_lose_no_change(book):
    def work(thread):
        for turn in range(25):
            name = f"t{thread}-{turn}"
            if turn % 5 == 0:
                with book.batch() as b:
                    b.create_contact(first_name=name)
            else:
                book.create_contact(first_name=name)
            book.update_contacts(tg.Selection(f'first_name = "{name}"', expect=1), {"source": name})
            assert book.count(f'source = "{name}"') == 1

    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(work, thread) for thread in range(4)]:
            done.result(timeout=60)
    assert book.count("everyone") == 100
    assert book.last_outcome.commit.number == 200


def test_others_wait_for_a_batch_without_the_interpreter(book):
    seen = []
    reader = threading.Thread(target=lambda: seen.append(book.count("everyone")))
    with book.batch() as b:
        reader.start()
        b.create_contact(first_name="Zoé")
        time.sleep(0.05)  # a reader that held the interpreter would stop this thread for good
        assert seen == []
        b.create_contact(first_name="Léo")
    reader.join(timeout=10)
    assert seen == [2]


def test_a_batch_can_be_used_by_several_threads(book):
    with book.batch() as b, ThreadPoolExecutor(4) as threads:
        made = [threads.submit(b.create_contact, first_name=f"t{number}") for number in range(20)]
        assert sorted(each.result(timeout=10) for each in made) == list(range(20))
    assert book.last_outcome.commit.number == 1


def test_a_preview_calls_python_without_a_lock(world):
    answers = []

    def change(b):
        # Another thread waits for the end of the preview; this one is told to go through it.
        with pytest.raises(tg.ConflictError):
            world.book.count("everyone")
        other = threading.Thread(target=lambda: answers.append(world.book.count("status = vip")))
        other.start()
        b.set_status("everyone", "vip")
        answers.append(other)

    world.book.preview(change)
    answers[0].join(timeout=10)
    assert answers[1:] == [0]


def test_threads_ask_while_others_import_and_write(book):
    """An import is seen whole or not at all, whatever is asked meanwhile."""
    rows, done, seen = 2_000, threading.Event(), set()

    def file(number):
        lines = (f"FR,Ana,Roux,ana{number}-{row}@example.com\n" for row in range(rows))
        return ("Country,First name,Last name,E-mail\n" + "".join(lines)).encode()

    def ask():
        while not done.is_set():
            seen.add(book.count("everyone"))
            seen.add(len(book.to_arrow(columns=["id", "email", "tags"])))
            seen.add(len(book.select("country = FR")))
            seen.add(book.page(limit=1).total)
            seen.add(book.export_csv(io.BytesIO(), columns=["email"]))

    def write():
        turn = 0
        while not done.is_set():
            book.set_status("everyone", "vip" if (turn := turn + 1) % 2 else "lead")
            book.add_tags("status = vip", [f"t{turn % 3}"])

    with ThreadPoolExecutor(6) as threads:
        others = [threads.submit(ask) for _ in range(3)] + [threads.submit(write)]
        imports = [threads.submit(book.import_csv, file(number)) for number in range(2)]
        try:
            assert [each.result(timeout=120).created for each in imports] == [rows, rows]
        finally:
            done.set()
        for other in others:
            other.result(timeout=60)
    assert seen <= {0, rows, 2 * rows}
    assert book.check() == []


SEGMENTS = {
    "Vips": "status = vip",
    "Tagged": "tags has any (t0, t1)",
    "Both": "segments has Vips and segments has Tagged",
    "Late": "not segments has Vips and source is not empty",
}


def test_what_all_threads_hear_adds_up(book):
    """Random changes by many threads: who entered and left, in the order of the commits, makes the members."""
    for tag in ("t0", "t1", "t2"):
        book.define_tag(tag)
    for name, text in SEGMENTS.items():
        book.create_segment(name, filter=text)
    made = [book.create_contact(first_name=f"c{number}") for number in range(40)]
    heard, runs = [], 60 * int(os.environ.get("TAGMATA_RUNS", "1"))

    def change(dice, last):
        some = dice.sample(made, dice.randint(1, 10))
        match dice.randrange(7):
            case 0:
                return book.add_tags(some, [f"t{dice.randrange(3)}"])
            case 1:
                return book.remove_tags("tags has t0", ["t0"])
            case 2:
                return book.set_status(some, dice.choice(["vip", "lead"]))
            case 3:
                return book.update_contacts(some, {"source": dice.choice(["web", None])})
            case 4 if last is not None:
                return book.undo(last, force=True)
            case 5:
                batch = book.batch()
                with batch as b:
                    b.set_status(some, "vip")
                    b.add_tags(some[:1], ["t1"])
                return batch.outcome
            case _:
                rows = "".join(f"FR,Ana,Roux,ana{dice.randrange(30)}@example.com,t1\n" for _ in range(5))
                file = f"Country,First name,Last name,E-mail,Tags\n{rows}".encode()
                return book.import_csv(file).outcome

    def work(seed):
        dice, last = random.Random(seed), None
        for _ in range(runs):
            last = change(dice, last)
            heard.append((last.commit.number, last.effects))
            # A question sees one moment: nobody is counted twice, or not at all.
            assert sum(row.count for row in book.breakdown(by="status")) >= len(made)

    with ThreadPoolExecutor(6) as threads:
        for done in [threads.submit(work, seed) for seed in range(6)]:
            done.result(timeout=600)
    members = {name: set() for name in SEGMENTS}
    for _, effects in sorted(heard, key=lambda commit: commit[0]):
        for name, contacts in effects.left.items():
            assert members[name] >= set(contacts)
            members[name] -= set(contacts)
        for name, contacts in effects.entered.items():
            assert members[name].isdisjoint(contacts)
            members[name] |= set(contacts)
    assert members == {name: set(book.members(name)) for name in SEGMENTS}
    assert book.check() == []
