"""Compares tagmata with the programs that one would take instead, in one run on one machine: `cargo xtask peers`.

Writes the tables into a document, between two markers. Ends with an error when the programs disagree.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from statistics import median

import document
import interactions
import table
from engines import ENGINES
from imports import WAYS
from questions import FILTERS

HERE = Path(__file__).parent


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where contacts.csv is")
    parser.add_argument("--growth", type=Path, action="append", default=[], help="a folder with another number of contacts")
    parser.add_argument("--document", type=Path, required=True, help="where the tables go")
    parser.add_argument("--rounds", type=int, default=3, help="how often all questions are asked")
    parser.add_argument("--runs", type=int, default=5, help="how often one is asked in a row")
    arguments = parser.parse_args()

    table.write(arguments.folder)
    table.write_interactions(arguments.folder)
    growth = [alone("growth.py", str(folder)) for folder in arguments.growth]
    memory = {"Arrow": alone("imports.py", "Arrow", str(arguments.folder))}
    imports = {way: [] for way in WAYS}
    for _ in range(arguments.rounds):
        for way, seen in imports.items():
            seen.append(alone("imports.py", way, str(arguments.folder)))
            print(f"{way}: {seen[-1]}", flush=True)
    how_often = (arguments.rounds, arguments.runs)
    versions, answers = ask_all(arguments.folder, "contacts", ENGINES, FILTERS, *how_often)
    _, happened = ask_all(arguments.folder, "interactions", interactions.ENGINES, interactions.FILTERS, *how_often)
    disagreements = document.disagreements(answers) + document.disagreements(happened)
    measured = document.Measured(versions, answers, happened, imports, memory, growth, *how_often)
    document.write(arguments.document, measured)
    if disagreements:
        sys.exit("the programs disagree: " + "; ".join(disagreements))


def alone(script, *arguments):
    """What a script finds in a process of its own."""
    done = subprocess.run([sys.executable, HERE / script, *arguments], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout.splitlines()[-1])


class Worker:
    """A program that has loaded the contacts, and their interactions if it is asked about them, and waits to be asked."""

    def __init__(self, engine, folder, subject):
        command = [sys.executable, HERE / "worker.py", engine, folder, subject]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.version = self.hear()["version"]

    def hear(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.process.args} ended with {self.process.wait()}")
        return json.loads(line)

    def ask(self, what, name, runs):
        self.process.stdin.write(json.dumps({"what": what, "name": name, "runs": runs}) + "\n")
        self.process.stdin.flush()
        return self.hear()

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def ask_all(folder, subject, engines, names, rounds, runs):
    """Asks all programs one question after the other: who comes first changes with every question, and the rounds are apart in time."""
    workers = {engine: Worker(engine, folder, subject) for engine in engines}
    answers = {name: {what: {engine: {"times": []} for engine in workers} for what in ("count", "ids")} for name in names}
    turn = 0
    for number in range(rounds):
        for name in names:
            for what in ("count", "ids"):
                turn += 1
                order = list(workers)
                order = order[turn % len(order) :] + order[: turn % len(order)]
                for engine in order:
                    answer = workers[engine].ask(what, name, runs)
                    kept = answers[name][what][engine]
                    kept["times"] += answer["times"]
                    kept["result"] = answer["result"]
            print(f"round {number + 1}, {name}: " + line(answers[name]), flush=True)
    versions = {engine: worker.version for engine, worker in workers.items()}
    for worker in workers.values():
        worker.end()
    return versions, answers


def line(answer):
    counts, ids = answer["count"], answer["ids"]
    return ", ".join(f"{engine} {median(counts[engine]['times']):.3f} / {median(ids[engine]['times']):.3f}" for engine in counts)


if __name__ == "__main__":
    main()
