"""The questions, in the words of each peer; those of tagmata are in `benches/src/queries.txt`."""

import re
from pathlib import Path

import polars as pl

FILTERS = dict(
    line.split(": ", 1)
    for line in (Path(__file__).parents[1] / "src" / "queries.txt").read_text("utf-8").splitlines()
)

# What DuckDB reads; the other dialects of SQL are made from it.
SQL = {
    "q01_status": "status='lead'",
    "q02_status_tag": "status='lead' AND list_contains(tags,'tag_003')",
    "q03_geo_num": "country='FR' AND status IN ('active','vip') AND billed>1000",
    "q04_last_year": "created_at>=TIMESTAMP '2025-11-01 00:00:00' AND created_at<TIMESTAMP '2026-11-01 00:00:00'",
    "q05_email_contains": "lower(email) LIKE '%dupont1%'",
    "q06_search": "(lower(first_name) LIKE '%mart%' OR lower(last_name) LIKE '%mart%' "
    "OR lower(email) LIKE '%mart%' OR mobile LIKE '%000000000000%')",
    "q07_multi_not_seg": "(list_contains(software,'Xero') OR list_contains(software,'MYOB')) "
    "AND NOT list_contains(segments,'Segment 005')",
    "q08_tags_all": "list_contains(tags,'tag_001') AND list_contains(tags,'tag_010')",
    "q09_dormant": "status='active' AND (last_interaction_at IS NULL "
    "OR last_interaction_at<TIMESTAMP '2026-05-05 00:00:00')",
    "q10_range": "billed BETWEEN 1000 AND 2000",
    "q11_nested": "country IN ('FR','BE','CH') "
    "AND (list_contains(tags,'tag_000') OR list_contains(tags,'tag_002') OR billed>5000) "
    "AND NOT coalesce(lower(email) LIKE '%@example.com',false) AND created_at<TIMESTAMP '2025-01-01 00:00:00'",
    "q12_org_prefix": "lower(organization) LIKE 'agri d%'",
    "q13_not_status": "status<>'lead'",
    "q14_rare_tag": "list_contains(tags,'tag_499')",
    "q15_point_email": "lower(email)='mehmet.khan1234@farmline.ca'",
}

SQLITE = {
    name: re.sub(r"list_contains\((\w+),('[^']*')\)", r"id IN (SELECT id FROM \1 WHERE v=\2)", sql)
    .replace("TIMESTAMP ", "")
    .replace("false", "0")
    for name, sql in SQL.items()
}
DATAFUSION = {name: sql.replace("list_contains", "array_has") for name, sql in SQL.items()}
CHDB = {
    name: sql.replace("list_contains", "has").replace("TIMESTAMP ", "").replace("lower(", "lowerUTF8(")
    for name, sql in SQL.items()
}


def polars():
    """Expressions of polars."""
    c = pl.col

    def instant(text):
        return pl.lit(text).str.to_datetime(time_unit="us")

    def contains(column, text):
        return c(column).str.to_lowercase().str.contains(text, literal=True)

    return {
        "q01_status": c("status") == "lead",
        "q02_status_tag": (c("status") == "lead") & c("tags").list.contains("tag_003"),
        "q03_geo_num": (c("country") == "FR") & c("status").is_in(["active", "vip"]) & (c("billed") > 1000),
        "q04_last_year": (c("created_at") >= instant("2025-11-01 00:00:00"))
        & (c("created_at") < instant("2026-11-01 00:00:00")),
        "q05_email_contains": contains("email", "dupont1"),
        "q06_search": pl.any_horizontal(
            [contains(column, "mart") for column in ("first_name", "last_name", "email")]
            + [c("mobile").str.contains("000000000000", literal=True)]
        ),
        "q07_multi_not_seg": (c("software").list.contains("Xero") | c("software").list.contains("MYOB"))
        & ~c("segments").list.contains("Segment 005"),
        "q08_tags_all": c("tags").list.contains("tag_001") & c("tags").list.contains("tag_010"),
        "q09_dormant": (c("status") == "active")
        & (c("last_interaction_at").is_null() | (c("last_interaction_at") < instant("2026-05-05 00:00:00"))),
        "q10_range": c("billed").is_between(1000, 2000),
        "q11_nested": c("country").is_in(["FR", "BE", "CH"])
        & (c("tags").list.contains("tag_000") | c("tags").list.contains("tag_002") | (c("billed") > 5000))
        & ~c("email").str.to_lowercase().str.ends_with("@example.com").fill_null(False)
        & (c("created_at") < instant("2025-01-01 00:00:00")),
        "q12_org_prefix": c("organization").str.to_lowercase().str.starts_with("agri d"),
        "q13_not_status": c("status") != "lead",
        "q14_rare_tag": c("tags").list.contains("tag_499"),
        "q15_point_email": c("email").str.to_lowercase() == "mehmet.khan1234@farmline.ca",
    }
