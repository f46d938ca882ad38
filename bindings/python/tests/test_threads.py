"""Locks: threads go on, and nothing waits for itself."""

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
