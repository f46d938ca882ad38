"""What it costs to compute all segments on a cluster of Spark: reading, computing and writing, by the number of workers.

    python benches/spark/measure.py FOLDER [--contacts N] [--workers 1 2] [--runs 3]

Prints a table in Markdown. The cluster and the contacts are those of `examples/python/cluster.py`.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from statistics import median

sys.path[:0] = [str(Path(__file__).parents[2] / "examples" / "python"), str(Path(__file__).parents[1] / "peers")]

import cluster  # noqa: E402
import cluster_data  # noqa: E402
import cluster_processes  # noqa: E402
from report import lines, machine  # noqa: E402

import tagmata as tg  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--contacts", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--memory", default="2g")
    parser.add_argument("--runs", type=int, default=3, help="after one that warms up; 0: the first one counts")
    arguments = parser.parse_args()
    if not (arguments.folder / "definitions.json").exists():
        cluster_data.write(arguments.folder, arguments.contacts)
    book = tg.Book(clock=cluster_data.NOW)
    book.apply_definitions(json.loads((arguments.folder / "definitions.json").read_text("utf-8")))
    statements = book.members_sql("spark", cluster.MAPPING)
    rows = [measure(arguments, workers, statements) for workers in arguments.workers]
    print(f"{machine()}\n")
    print(lines("contacts", "workers", "start", "reading", "and computing", "and writing", "memberships", rows=rows))


def measure(arguments, workers, statements):
    """A row of the table, with the medians in seconds. Each step does what those before it do, too."""
    seen = []
    with cluster_processes.running(workers, arguments.memory) as address:
        begin = time.perf_counter()
        spark = cluster.start(address, workers, arguments.memory)
        try:
            started = time.perf_counter() - begin
            members = cluster.members_of(spark, arguments.folder, statements)
            output = str(arguments.folder / "memberships.parquet")
            steps = [lambda: read(spark), lambda: drop(members), lambda: cluster.write(members, output)]
            for _ in range(arguments.runs + 1):
                seen.append([seconds(step) for step in steps])
                print(f"{workers} workers: " + ", ".join(f"{each:.1f}" for each in seen[-1]), file=sys.stderr, flush=True)
            contacts, written = spark.table("contacts").count(), spark.read.parquet(output).count()
        finally:
            spark.stop()
    counted = seen[1:] or seen
    times = [f"{median(each):.1f} s" for each in zip(*counted)]
    return [f"{contacts:,}", str(workers), f"{started:.1f} s", *times, f"{written:,}"]


def read(spark):
    for table in cluster.TABLES:
        drop(spark.table(table))


def drop(rows):
    """Makes all rows, and keeps none."""
    rows.write.format("noop").mode("overwrite").save()


def seconds(step):
    begin = time.perf_counter()
    step()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
