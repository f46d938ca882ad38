"""The tables of the document."""

import platform
import sys
from datetime import date
from pathlib import Path
from statistics import geometric_mean

sys.path.append(str(Path(__file__).parents[1] / "peers"))

from report import lines, machine, number, times  # noqa: E402

MOST = 1.2


def write(path, contacts, settings):
    versions = ", ".join(dict.fromkeys(engine for engine, _ in settings))
    head = f"Measured on {date.today()} with {contacts:,} contacts. {machine()}; Python {platform.python_version()}, {versions}."
    parts = [head, goal(settings), *(questions(engine, shape, found) for (engine, shape), found in settings.items())]
    path.write_text("\n\n".join(parts) + "\n", "utf-8")


def goal(settings):
    """For each setting, the slowest statement of tagmata against that of the person, and the mean."""
    rows = []
    for (engine, shape), found in settings.items():
        ratios = {f"{name} {what}": found[name][what]["ratio"] for name in found for what in ("count", "ids")}
        worst = max(ratios, key=ratios.get)
        above = sum(value > MOST for value in ratios.values())
        mean = times(geometric_mean(ratios.values()))
        rows.append((f"{engine}, {shape}", f"{times(ratios[worst])} ({worst.split('_')[0]} {worst.split()[-1]})", mean, str(above)))
    return lines("statements of tagmata against those by hand", "slowest", "geometric mean", f"above {MOST}×", rows=rows)


def questions(engine, shape, found):
    rows = []
    for name, result in found.items():
        cells = [" / ".join(number(result[what][side]) for what in ("count", "ids")) for side in ("by hand", "tagmata")]
        ratios = " / ".join(times(result[what]["ratio"]) for what in ("count", "ids"))
        rows.append((name.replace("_", " "), f"{result['found']:,}", *cells, ratios))
    title = f"{engine}, sets in {shape}: milliseconds to count / to list the ids."
    return f"{title}\n\n" + lines("question", "found", "by hand", "tagmata", "tagmata ÷ by hand", rows=rows)
