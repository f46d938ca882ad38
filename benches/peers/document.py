"""The tables of the document."""

import math
import platform
from dataclasses import dataclass
from datetime import date
from statistics import geometric_mean, median

from engines import PEERS, THREADS
from interactions import PEER as INTERACTIONS_PEER
from report import duration, lines, number, times
from report import machine as described

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
POINT = "q15_point_email"
UPSERT = "DuckDB: read_csv, typed upsert, lists split"
IMPORT = "tagmata: import_csv"


@dataclass
class Measured:
    """What one run has found."""

    versions: dict
    answers: dict
    interactions: dict
    imports: dict
    memory: dict
    growth: list
    rounds: int
    runs: int

    def milliseconds(self, name, what, engine):
        return median(self.answers[name][what][engine]["times"])

    def fastest_peer(self, name, what):
        return min(self.milliseconds(name, what, peer) for peer in PEERS)

    def ratio(self, name, what):
        """How many times as fast as the fastest peer tagmata is."""
        return self.fastest_peer(name, what) / self.milliseconds(name, what, "tagmata")

    def ratios(self, *whats):
        return [self.ratio(name, what) for name in self.answers for what in whats]

    def seconds(self, way, key="seconds"):
        return median(run[key] for run in self.imports[way])

    @property
    def contacts(self):
        return self.memory["Arrow"]["contacts"]

    def bytes_per_contact(self):
        return median(run["bytes"] for run in self.imports[IMPORT]) / self.contacts


def disagreements(answers):
    """Where the programs do not find the same contacts."""
    found = []
    for name, answer in answers.items():
        counts = {engine: kept["result"] for engine, kept in answer["count"].items()}
        ids = {engine: kept["result"] for engine, kept in answer["ids"].items()}
        if len(set(counts.values())) > 1 or any(counts[engine] != ids[engine][0] for engine in ids):
            found.append(f"{name} counts {counts}")
        if len({tuple(result) for result in ids.values()}) > 1:
            found.append(f"{name} ids {ids}")
    return found


def write(path, measured):
    """Puts the tables between the markers of the document."""
    parts = [
        machine(measured),
        goals(measured),
        questions(measured),
        interactions(measured),
        files(measured),
        growth(measured),
    ]
    old = path.read_text("utf-8")
    before, rest = old.split(BEGIN)
    _, after = rest.split(END)
    path.write_text(before + BEGIN + "\n" + "\n\n".join(parts) + "\n" + END + after, "utf-8")


def machine(measured):
    names = [f"{engine} {version}" for engine, version in measured.versions.items()]
    return (
        f"Measured on {date.today()} with {measured.contacts:,} contacts. {described()}, "
        f"Python {platform.python_version()}, {', '.join(names)}. "
        f"The peers run with {THREADS} threads where they have threads. Rounds: {measured.rounds}; calls in a "
        f"round: {measured.runs}."
    )


def goals(measured):
    scans = [measured.ratio(name, what) for name in measured.answers for what in ("count", "ids") if name != POINT]
    first, again = measured.seconds(IMPORT), measured.seconds(IMPORT, "again")
    rows = [
        ("slowest question (without q15), against its fastest peer", "at least 1×", times(min(scans))),
        ("geometric mean of the counts, against the fastest peer of each", "at least 50×", mean_ratio(measured, "count")),
        ("geometric mean of the lists of ids, against the fastest peer of each", "at least 1×", mean_ratio(measured, "ids")),
        ("count of one e-mail address (q15)", "at most 5 µs", duration(measured.milliseconds(POINT, "count", "tagmata"))),
        ("import, against DuckDB's typed upsert", "at least 1×", times(measured.seconds(UPSERT) / first)),
        ("import of the same file again, against the first time", "at least 1×", times(first / again)),
        ("memory, indexes included", "at most 460 bytes a contact", f"{measured.bytes_per_contact():,.0f}"),
    ]
    happened = [
        median(answer[what][INTERACTIONS_PEER]["times"]) / median(answer[what]["tagmata"]["times"])
        for answer in measured.interactions.values()
        for what in ("count", "ids")
    ]
    rows.append(("slowest question about interactions, against DuckDB", "at least 1×", times(min(happened))))
    if len(measured.growth) > 1:
        small, large = measured.growth[0], measured.growth[-1]
        sizes = f"{small['contacts']:,} to {large['contacts']:,} contacts"
        flat = [f"{large[name] / small[name]:.2f}×" for name in ("look_up", "update")]
        rows.append((f"growth of a look-up / of an update, {sizes}", "flat", " / ".join(flat)))
        rows.append((f"slope of a question to bitmaps, {sizes}", "at most 1.1", f"{exponent(small, large):.2f}"))
        if large["contacts"] >= 10_000_000:
            rows.append(("10,000,000 contacts", "at most 8 GB", f"{large['bytes'] / 1e9:.2f} GB"))
    return lines("goal", "is", "measured", rows=rows)


def mean_ratio(measured, what):
    return times(geometric_mean(measured.ratios(what)))


def questions(measured):
    engines = [*PEERS, "tagmata"]
    rows = []
    for name in measured.answers:
        cells = [
            f"{number(measured.milliseconds(name, 'count', engine))} / {number(measured.milliseconds(name, 'ids', engine))}"
            for engine in engines
        ]
        found = measured.answers[name]["count"]["tagmata"]["result"]
        ratio = f"{times(measured.ratio(name, 'count'))} / {times(measured.ratio(name, 'ids'))}"
        rows.append((name.replace("_", " ", 1).replace("_", " "), f"{found:,}", *cells, ratio))
    means = [
        f"{number(geometric_mean(measured.milliseconds(name, 'count', engine) for name in measured.answers))} / "
        f"{number(geometric_mean(measured.milliseconds(name, 'ids', engine) for name in measured.answers))}"
        for engine in engines
    ]
    ratio = f"{mean_ratio(measured, 'count')} / {mean_ratio(measured, 'ids')}"
    rows.append(("geometric mean", "", *means, ratio))
    head = "Milliseconds to count / to list the ids; the last column says how many times as fast as the fastest peer tagmata is."
    wrong = disagreements(measured.answers)
    agreed = "All programs found the same contacts." if not wrong else "They disagree: " + "; ".join(wrong)
    return f"{head} {agreed}\n\n" + lines("question", "found", *engines, "tagmata ×", rows=rows)


def interactions(measured):
    """The questions about interactions, against DuckDB."""
    rows, ratios = [], []
    for name, answer in measured.interactions.items():
        def cell(engine):
            return [median(answer[what][engine]["times"]) for what in ("count", "ids")]

        peer, own = cell(INTERACTIONS_PEER), cell("tagmata")
        ratios.append([one / other for one, other in zip(peer, own)])
        found = answer["count"]["tagmata"]["result"]
        pairs = [" / ".join(number(value) for value in each) for each in (peer, own)]
        rows.append((name.replace("_", " "), f"{found:,}", *pairs, " / ".join(times(ratio) for ratio in ratios[-1])))
    means = " / ".join(times(geometric_mean(each)) for each in zip(*ratios))
    rows.append(("geometric mean", "", "", "", means))
    wrong = disagreements(measured.interactions)
    agreed = "Both found the same contacts." if not wrong else "They disagree: " + "; ".join(wrong)
    head = f"Interactions, 5 for each contact on average: milliseconds to count / to list the ids. {agreed}"
    return f"{head}\n\n" + lines("question", "found", INTERACTIONS_PEER, "tagmata", "tagmata ×", rows=rows)


def files(measured):
    rows = [(way, f"{measured.seconds(way):.2f}") for way in measured.imports]
    rows.append(("tagmata: import_csv of the same file again", f"{measured.seconds(IMPORT, 'again'):.2f}"))
    arrow = measured.memory["Arrow"]["bytes"] / measured.contacts
    note = (
        f"A book takes {measured.bytes_per_contact():,.0f} bytes a contact, indexes included; "
        f"an Arrow table without indexes takes {arrow:.0f}."
    )
    return lines("import", "seconds", rows=rows) + f"\n\n{note}"


def growth(measured):
    rows = []
    for before, size in zip([None, *measured.growth], measured.growth):
        slope = "" if before is None else f"{exponent(before, size):.2f}"
        cells = [duration(size[name]) for name in ("look_up", "update", "bitmaps", "bitmaps_ids")]
        rows.append((f"{size['contacts']:,}", *cells, slope, f"{size['bytes'] / size['contacts']:,.0f}", f"{size['bytes'] / 1e9:.2f}"))
    return lines(
        "contacts", "look-up (q15)", "one update", "bitmaps (q08), count", "ids", "slope of the count", "bytes a contact", "GB", rows=rows
    )


def exponent(before, size):
    """The power of the number of contacts with which the count grows."""
    return math.log(size["bitmaps"] / before["bitmaps"]) / math.log(size["contacts"] / before["contacts"])
