"""All segments of a book for contacts that are in Parquet files, on a cluster of Spark: who is in which one, as Parquet again.

    python examples/python/cluster.py                                 # 20,000 contacts, drawn into a temporary folder
    python examples/python/cluster.py lake --contacts 1000000         # a folder that stays; what is there already is taken

Needed: `pip install pyspark pyarrow`, and Java 17 or later. `docs/cluster.md` explains it step by step. With `--check` the same contacts
are put into a book, whose members have to be the same.
"""

import argparse
import json
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import cluster_data
import cluster_processes
import numpy as np
import pyarrow.parquet as pq

import tagmata as tg

# Where the tables have what filters ask for.
MAPPING = {
    "contacts": {"table": "contacts", "id": "id"},
    "fields": {
        "first_name": {"column": "first_name", "folded": "first_name_folded", "searchable": "first_name_searchable"},
        "last_name": {"column": "last_name", "folded": "last_name_folded", "searchable": "last_name_searchable"},
        "email": {"column": "email", "folded": "email_folded", "searchable": "email_searchable"},
        "organization": {"column": "organization", "folded": "organization_folded"},
        "country": {"column": "country"},
        "status": {"column": "status", "nullable": False},
        "client_type": {"column": "client_type"},
        "billed": {"column": "billed"},
        "employees": {"column": "employees"},
        "newsletter": {"column": "newsletter"},
        "birthday": {"column": "birthday"},
        "created_at": {"column": "created_at", "format": "timestamptz", "nullable": False},
        "tags": {"link": {"table": "contact_tags", "contact": "contact_id"}, "column": "tag", "nullable": False},
        "software": {"link": {"table": "contact_software", "contact": "contact_id"}, "column": "software", "nullable": False},
        "segments": {"link": {"table": "contact_segments", "contact": "contact_id"}, "column": "segment", "nullable": False},
    },
    "interactions": {
        "*": {
            "rows": {"table": "interactions", "contact": "contact_id"},
            "kind": "kind",
            "at": "at",
            "at_format": "timestamptz",
            "amount": "amount_micros",
            "amount_format": "micros",
            "label": {"column": "label", "folded": "label_folded"},
        }
    },
}
TABLES = ["contacts", "contact_tags", "contact_software", "contact_segments", "interactions"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", help="where the tables are, or are drawn to; memberships.parquet goes there")
    parser.add_argument("--contacts", type=int, default=20_000, help="how many to draw, if there are none")
    parser.add_argument("--workers", type=int, default=2, help="each with one core")
    parser.add_argument("--memory", default="2g", help="of each worker")
    parser.add_argument("--check", action="store_true", help="compare with a book that has the same contacts")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        if not (folder / "definitions.json").exists():
            with timed(f"{arguments.contacts:,} contacts drawn"):
                cluster_data.write(folder, arguments.contacts)
        run(folder, arguments)


def run(folder, arguments):
    # A book that knows the definitions, and has no contacts.
    book = tg.Book(clock=cluster_data.NOW)
    book.apply_definitions(json.loads((folder / "definitions.json").read_text("utf-8")))
    statements = book.members_sql("spark", MAPPING)

    output = str(folder / "memberships.parquet")
    with cluster_processes.running(arguments.workers, arguments.memory) as address:
        with timed("Spark started"):
            spark = start(address, arguments.workers, arguments.memory)
        try:
            with timed(f"{len(book.segments())} segments computed and written"):
                write(members_of(spark, folder, statements), output)
            counts = dict(spark.read.parquet(output).groupBy("segment_id").count().collect())
        finally:
            spark.stop()
    for segment in book.segments():
        print(f"{counts.get(segment.id, 0):>10,}  {segment.name}")
    if arguments.check:
        check(folder, book)


def start(address, workers, memory):
    """A session whose executors are on the cluster. The first job waits for all of them."""
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.host": cluster_processes.HOST,
        "spark.driver.memory": "1g",
        "spark.executor.memory": memory,
        "spark.cores.max": workers,
        "spark.scheduler.minRegisteredResourcesRatio": 1.0,
        "spark.scheduler.maxRegisteredResourcesWaitingTime": "60s",
        # All tables have rows of all contacts: none is small, even where its file is.
        "spark.sql.autoBroadcastJoinThreshold": -1,
        # Instants are bound with their zone, and days as days: this is for whoever reads the tables besides.
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": False,
        "spark.ui.showConsoleProgress": False,
        "spark.log.level": "ERROR",
    }
    return SparkSession.builder.master(address).appName("tagmata").config(map=settings).getOrCreate()


def members_of(spark, folder, statements):
    """Rows of `segment_id` and `contact_id`. Nothing is read before they are asked for."""
    for table in TABLES:
        spark.read.parquet(str(folder / table)).createOrReplaceTempView(table)
    # There is one statement, or there are several where segments are very many.
    first, *others = (spark.sql(sql.text, args=sql.params) for sql in statements)
    for other in others:
        first = first.unionAll(other)
    return first


def write(members, output):
    """A folder for each segment, with files of a size that others like to read."""
    members.hint("rebalance", "segment_id").write.partitionBy("segment_id").parquet(output, mode="overwrite")


def check(folder, definitions):
    """Puts the same contacts into a book, in memory, and compares the members of each segment."""
    book = cluster_data.load(folder, definitions)
    found = pq.read_table(folder / "memberships.parquet")
    numbers, contacts = found["segment_id"].to_numpy(), found["contact_id"].to_numpy()
    wrong = [
        segment.name for segment in book.segments()
        if not np.array_equal(np.sort(contacts[numbers == segment.id]), book.members(segment))
    ]  # fmt: skip
    if wrong:
        sys.exit(f"the book has other members in: {', '.join(wrong)}")
    print(f"the book has the same members in all {len(book.segments())} segments")


@contextmanager
def timed(what):
    begin = time.perf_counter()
    yield
    print(f"{what}: {time.perf_counter() - begin:.1f} s", flush=True)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    main()
