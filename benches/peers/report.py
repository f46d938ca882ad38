"""What all reports have: the machine, tables of Markdown, and numbers in them."""

import math
import os
import platform
from pathlib import Path


def machine():
    """The processor, the memory and the system."""
    return f"{processor()}, {os.cpu_count()} cores, {memory()}; {platform.system()} {platform.release()}"


def processor():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(": ", 1)[1] for line in lines if line.startswith("model name")), platform.machine())


def memory():
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB of memory"


def lines(*head, rows):
    """A table of Markdown."""
    every = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in every)


def number(value):
    """With three digits that say something, and at most four behind the point."""
    digits = max(0, 2 - math.floor(math.log10(value)))
    return f"{value:,.{min(digits, 4)}f}"


def duration(milliseconds):
    return f"{number(milliseconds)} ms" if milliseconds >= 1 else f"{number(milliseconds * 1e3)} µs"


def times(ratio):
    """With two digits that say something, not in the notation with an exponent."""
    digits = max(0, 1 - math.floor(math.log10(ratio)))
    return f"{ratio:,.{digits}f}×"
