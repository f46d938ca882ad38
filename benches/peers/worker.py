"""One program in a process of its own: loads the contacts, then times what it is asked.

`worker.py ENGINE FOLDER SUBJECT`, where the questions are about `contacts` or `interactions`, writes a line of JSON when it is ready, and one for each line of JSON that it reads.
"""

import hashlib
import json
import os
import sys
from pathlib import Path
from time import perf_counter

import numpy as np

import engines
import interactions

SUBJECTS = {"contacts": engines.ENGINES, "interactions": interactions.ENGINES}

# After so many seconds a question is not asked again.
ENOUGH = 2.0


def main():
    # What a program prints goes to the errors, and does not mix with the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def answer(value):
        print(json.dumps(value), file=answers, flush=True)

    name, folder, subject = sys.argv[1:]
    engine = SUBJECTS[subject][name](Path(folder))
    answer({"version": engine.version})
    for line in sys.stdin:
        question = json.loads(line)
        if question["what"] == "count":
            times, result = times_of(lambda: engine.count(question["name"]), question["runs"])
        else:
            times, ids = times_of(lambda: engine.ids(question["name"]), question["runs"])
            rows = np.sort(np.asarray(engine.rows(ids)).astype(np.int64))
            result = [len(rows), hashlib.sha256(rows.tobytes()).hexdigest()]
        answer({"times": times, "result": result})


def times_of(call, runs):
    """Calls once to warm up, then so many times; in milliseconds."""
    result = call()
    times = []
    begin = perf_counter()
    while len(times) < runs and (not times or perf_counter() - begin < ENOUGH):
        start = perf_counter()
        result = call()
        times.append((perf_counter() - start) * 1e3)
    return times, result


if __name__ == "__main__":
    main()
