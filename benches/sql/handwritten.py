"""The questions of `benches/src/queries.txt` as a person writes them who knows the database and the tables."""


def postgres(shape):
    """For PostgreSQL: sets are asked by one of the two tables below."""
    has = POSTGRES_SETS[shape]
    return {
        "q01_status": "status = 'lead'",
        "q02_status_tag": f"status = 'lead' AND {has('tags', 'tag_003')}",
        "q03_geo_num": "country = 'FR' AND status IN ('active', 'vip') AND billed > 1000",
        "q04_last_year": "created_at >= '2025-11-01 00:00Z' AND created_at < '2026-11-01 00:00Z'",
        "q05_email_contains": "email_folded LIKE '%dupont1%'",
        "q06_search": "(first_name_folded LIKE '%mart%' OR last_name_folded LIKE '%mart%' OR email_folded LIKE '%mart%' "
        "OR mobile LIKE '%000000000000%')",
        "q07_multi_not_seg": f"{has('software', 'Xero', 'MYOB')} AND NOT {has('segments', 'Segment 005')}",
        "q08_tags_all": f"{has('tags', 'tag_001')} AND {has('tags', 'tag_010')}",
        "q09_dormant": "status = 'active' AND (last_interaction_at IS NULL OR last_interaction_at < '2026-05-05 00:00Z')",
        "q10_range": "billed BETWEEN 1000 AND 2000",
        "q11_nested": f"country IN ('FR', 'BE', 'CH') AND ({has('tags', 'tag_000', 'tag_002')} OR billed > 5000) "
        "AND (email_folded IS NULL OR email_folded NOT LIKE '%@example.com') AND created_at < '2025-01-01 00:00Z'",
        "q12_org_prefix": "organization_folded LIKE 'agri d%'",
        "q13_not_status": "status <> 'lead'",
        "q14_rare_tag": has("tags", "tag_499"),
        "q15_point_email": "email_folded = 'mehmet.khan1234@farmline.ca'",
    }


def duckdb(shape):
    """For DuckDB, which differs in sets, and in how parts of texts are best asked for."""
    has = DUCKDB_SETS[shape]
    return postgres("link tables") | {
        "q02_status_tag": f"status = 'lead' AND {has('tags', 'tag_003')}",
        "q04_last_year": "created_at >= TIMESTAMPTZ '2025-11-01 00:00Z' AND created_at < TIMESTAMPTZ '2026-11-01 00:00Z'",
        "q07_multi_not_seg": f"{has('software', 'Xero', 'MYOB')} AND NOT {has('segments', 'Segment 005')}",
        "q08_tags_all": f"{has('tags', 'tag_001')} AND {has('tags', 'tag_010')}",
        "q09_dormant": "status = 'active' AND (last_interaction_at IS NULL OR last_interaction_at < TIMESTAMPTZ '2026-05-05 00:00Z')",
        "q11_nested": f"country IN ('FR', 'BE', 'CH') AND ({has('tags', 'tag_000', 'tag_002')} OR billed > 5000) "
        "AND (email_folded IS NULL OR email_folded NOT LIKE '%@example.com') AND created_at < TIMESTAMPTZ '2025-01-01 00:00Z'",
        "q14_rare_tag": has("tags", "tag_499"),
    }


LINKS = {"tags": ("contact_tags", "tag"), "segments": ("contact_segments", "segment"), "software": ("contact_software", "software")}


def quoted(values):
    return ", ".join(f"'{value}'" for value in values)


def linked(name, *values):
    """One value at least, by a link table."""
    table, column = LINKS[name]
    listed = f"= {quoted(values)}" if len(values) == 1 else f"IN ({quoted(values)})"
    return f"EXISTS (SELECT 1 FROM {table} t WHERE t.contact_id = c.id AND t.{column} {listed})"


def in_array(name, *values):
    """One value at least, by an array of PostgreSQL, whose operators use the index."""
    operator = "@>" if len(values) == 1 else "&&"
    return f"{name} {operator} ARRAY[{quoted(values)}]"


def in_list(name, *values):
    """One value at least, by a list of DuckDB: asked singly, that takes a half of the time of `list_has_any`."""
    return "(" + " OR ".join(f"list_contains({name}, '{value}')" for value in values) + ")"


POSTGRES_SETS = {"link tables": linked, "arrays": in_array}
DUCKDB_SETS = {"link tables": linked, "arrays": in_list}
