"""The contacts as a typed table, which the peers load; made from the CSV file."""

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

NAMES = {
    "External ID": "external_id",
    "First name": "first_name",
    "Last name": "last_name",
    "Email": "email",
    "Mobile phone number": "mobile",
    "Country code": "country",
    "Organization": "organization",
    "Status": "status",
    "Tags": "tags",
    "Segments": "segments",
    "Software": "software",
    "Billed": "billed",
    "Employees": "employees",
    "Client type": "client_type",
    "Newsletter": "newsletter",
    "Created at": "created_at",
    "Last interaction": "last_interaction_at",
    "Birthday": "birthday",
}
# Offsets of 32 bits, as Arrow's own text has them.
PLAIN = {pa.large_string(): pa.string(), pa.string_view(): pa.string()}
LISTS = ["tags", "segments", "software"]


def write(folder):
    """Writes `contacts.parquet` beside `contacts.csv`."""
    c = pl.col
    rows = pl.read_csv(folder / "contacts.csv", infer_schema=False)
    instants = [c(name).str.strip_suffix("Z").str.to_datetime(time_unit="us") for name in ("created_at", "last_interaction_at")]
    lists = [
        pl.when(c(name).is_null()).then(pl.lit([], pl.List(pl.String))).otherwise(c(name).str.split("; ")).alias(name)
        for name in LISTS
    ]
    typed = rows.select(c(header).alias(name) for header, name in NAMES.items()).with_columns(
        c("billed").cast(pl.Float64),
        c("employees").cast(pl.Int64),
        c("newsletter") == "yes",
        c("birthday").str.to_date(),
        *instants,
        *lists,
    )
    numbers = pl.int_range(pl.len(), dtype=pl.Int64).alias("id")
    table = typed.select(numbers, *NAMES.values()).to_arrow()
    plain = [field.with_type(pa.list_(pa.string()) if field.name in LISTS else PLAIN.get(field.type, field.type)) for field in table.schema]
    pq.write_table(table.cast(pa.schema(plain)), folder / "contacts.parquet", row_group_size=122_880)


def write_interactions(folder):
    """Writes `interactions.parquet` beside `interactions.csv`: a row for each interaction, with the id of its contact."""
    c = pl.col
    rows = pl.read_csv(folder / "interactions.csv", infer_schema=False)
    rows.select(
        c("External ID").str.strip_prefix("C").cast(pl.Int64).alias("contact"),
        c("Kind").alias("kind"),
        c("Time").str.strip_suffix("Z").str.to_datetime(time_unit="us").alias("moment"),
        c("Amount").cast(pl.Decimal(18, 2)).alias("amount"),
        c("Label").alias("label"),
    ).write_parquet(folder / "interactions.parquet", row_group_size=122_880)
