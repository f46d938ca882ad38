"""Contacts from a data frame, segments, and back into a data frame: pandas, then polars.

    pip install tagmata pandas polars
    python examples/python/dataframes.py
"""

from __future__ import annotations

import io
import sys
from datetime import datetime, timezone

import numpy as np
import pandas as pd
import polars as pl

import tagmata as tg

NOW = datetime(2026, 11, 24, 9, tzinfo=timezone.utc)


def main() -> None:
    # Columns are found by their names, in French here. What is not text is taken as it is; NaN and NaT are missing.
    customers = pd.DataFrame(
        {
            "Prénom": ["Zoé", "Léo", "Ana", "Max"],
            "Nom": ["Martin", "Petit", "Ruiz", "Bauer"],
            "Pays": ["FR", "FR", "ES", "DE"],
            "E-mail": ["zoe@example.com", "leo@example.com", "ana@example.com", "nonsense"],
            "Montant facturé": [12_000.0, np.nan, 48_000.5, 7_000.0],
            "Client depuis": pd.to_datetime(["2024-03-01", "2026-11-02", "2025-07-15", "2026-11-20"]),
            "tags": [["fair"], [], ["fair", "press"], []],
        }
    )
    book = tg.Book(timezone="Europe/Paris", clock=NOW)
    book.define_field("billed", "number", label="Montant facturé")
    report = book.import_table(customers, columns={"Client depuis": "created_at"})
    print(report)
    for problem in report.problems:
        print(f"  {customers.iloc[problem.row - 1]['Prénom']}: {problem.message}")

    book.create_segment("Large", filter="billed > 10000")
    book.create_segment("New", filter="created_at in last 30 days")
    book.create_segment("Fair", filter="tags has fair and not segments has New")
    print()
    print(members(book))

    print()
    # Its last row, without a value, is about those who are in no static segment.
    breakdown = [row for row in book.breakdown("segments", measure="billed") if row.value is not None]
    frame = pd.DataFrame({"segment": [row.label for row in breakdown], "contacts": [row.count for row in breakdown]})
    frame["billed"] = [row.sum for row in breakdown]
    print(frame.to_string(index=False))

    # polars reads the same file. What it computes comes back as values of the contacts.
    print()
    exported = pl.read_csv(written(book, "billed is not empty", ["id", "first_name", "billed"]))
    book.define_field("share", "number", label="Share of all that was billed")
    shares = exported.with_columns(share=(pl.col("billed") / pl.col("billed").sum() * 100).round(1))
    for contact, share in shares.select("id", "share").iter_rows():
        book.update_contact(contact, share=share)
    print(shares)
    print(f"most of it by: {', '.join(book.contact(int(id)).first_name or '' for id in book.select('share > 50'))}")


def members(book: tg.Book) -> pd.DataFrame:
    """A row for each contact, and a column for each segment."""
    frame = pd.read_csv(written(book, "everyone", ["id", "first_name", "country"]), index_col="id", keep_default_na=False)
    for segment in book.segments():
        frame[segment.name] = np.isin(frame.index, book.members(segment))
    return frame


def written(book: tg.Book, filter: str, columns: list[str]) -> io.BytesIO:
    """Contacts as a CSV file in memory."""
    file = io.BytesIO()
    book.export_csv(file, filter, columns, guard_formulas=False)
    file.seek(0)
    return file


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    main()
