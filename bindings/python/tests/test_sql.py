"""Filters as SQL. What each database is asked is tested in Rust; here SQLite runs what it is asked."""

import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, timezone

import pytest
import tagmata as tg
from conftest import NOW

MAPPING = {
    "contacts": {"table": "people", "id": "id"},
    "fields": {
        "first_name": {"column": "first", "folded": "first_folded", "searchable": "first_search"},
        "last_name": {"column": "last", "fold": {"function": "tagmata_fold"}, "search_fold": {"function": "tagmata_accent_fold"}},
        "email": {"column": "mail", "fold": {"function": "tagmata_fold"}, "search_fold": {"function": "tagmata_accent_fold"}},
        "country": {"column": "land"},
        "status": {"column": "stage", "names": {"map": {"lead": 1, "active": 2, "vip": 3, "inactive": 4}}, "nullable": False},
        "billed": {"column": "total"},
        "created_at": {"column": "made", "format": "seconds", "nullable": False},
        "software": {"column": "custom", "path": ["software"], "list": "json"},
        "tags": {"link": {"table": "people_tags", "contact": "person"}, "column": "tag"},
        "segments": {"link": {"table": "lists", "contact": "person"}, "column": "list", "names": {"map": {"Nord": "north"}}},
    },
    "interactions": {"payment": {"rows": {"table": "payments", "contact": "person"}, "at": "at", "at_format": "seconds", "amount": "amount"}},
    "members": {"table": "segment_members", "segment": "segment_id", "contact": "contact_id"},
}

TABLES = """
CREATE TABLE people (id INTEGER PRIMARY KEY, first TEXT, first_folded TEXT, first_search TEXT, last TEXT, mail TEXT, land TEXT, stage INTEGER NOT NULL,
                     total REAL, made INTEGER NOT NULL, custom TEXT);
CREATE TABLE people_tags (person INTEGER, tag TEXT);
CREATE TABLE lists (person INTEGER, list TEXT);
CREATE TABLE payments (person INTEGER, at INTEGER, amount REAL);
CREATE TABLE segment_members (segment_id INTEGER, contact_id INTEGER, PRIMARY KEY (segment_id, contact_id));
"""

FILTERS = [
    "everyone",
    "country = FR",
    "not country = FR",
    "country is empty or billed is empty",
    "status = vip",
    "status in (lead, vip) and billed > 100",
    'first_name = "ZOÉ"',
    'not last_name starts with "MAR"',
    'name = "zoé martin"',
    'search "zoe m"',
    'search "EXAMPLE.com"',
    "tags has vip",
    "not tags has vip",
    "software has all (xero, myob)",
    "segments has French",
    "segments has Nord and not segments has Rich",
    "count(payment) >= 2",
    "sum(payment in last 7 days) < 50",
    "created_at today",
    "created_at in last month",
]


def seconds(at):
    return int(at.timestamp())


@pytest.fixture
def connection():
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.create_function("tagmata_fold", 1, tg.fold, deterministic=True)
        connection.create_function("tagmata_accent_fold", 1, tg.accent_fold, deterministic=True)
        connection.executescript(TABLES)
        yield connection


@pytest.fixture
def host(world, connection):
    """The contacts of the book in tables of a host."""
    book = world.book
    book.set_status([world.zoe], "vip")
    book.update_contact(world.zoe, software=["xero", "myob"])
    book.update_contact(world.leo, software=["xero"], billed=50)
    book.record(world.zoe, "payment", amount=30, at=NOW - timedelta(days=30))
    book.record(world.zoe, "payment", amount=45, at=NOW - timedelta(days=1))
    book.record(world.leo, "payment", amount=99, at=NOW - timedelta(days=2))
    book.create_segment("Rich", filter="billed >= 300", always_in=[world.ana])
    stages = MAPPING["fields"]["status"]["names"]["map"]
    for contact in map(book.contact, book.select("everyone").tolist()):
        first = contact["first_name"]
        software = json.dumps({"software": contact["software"]}) if contact["software"] else None
        connection.execute(
            "INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                contact.id, first, tg.fold(first), tg.accent_fold(first), contact["last_name"], contact["email"], contact["country"],
                stages[contact.status], contact["billed"], seconds(contact["created_at"]), software,
            ),
        )  # fmt: skip
        connection.executemany("INSERT INTO people_tags VALUES (?, ?)", [(contact.id, tag) for tag in contact.tags])
        paid = [(contact.id, seconds(payment.at), float(payment.amount)) for payment in contact.interactions]
        connection.executemany("INSERT INTO payments VALUES (?, ?, ?)", paid)
    connection.execute("INSERT INTO lists VALUES (?, 'north')", (world.leo,))
    return world


def ids(connection, sql):
    return sorted(id for (id,) in connection.execute(*sql))


def pairs(connection, sql):
    return sorted(connection.execute(*sql))


def members(book):
    """The members of all segments as rows."""
    return sorted((segment.id, contact) for segment in book.segments() for contact in book.members(segment).tolist())


def refused(call, kind=tg.SqlError):
    with pytest.raises(kind) as error:
        call()
    return error.value


# Statements


@pytest.mark.parametrize("filter", FILTERS)
def test_a_database_finds_whom_the_book_finds(host, connection, filter):
    book = host.book
    expected = book.select(filter).tolist()
    checked = book.filter(filter)
    assert ids(connection, checked.to_sql("sqlite", MAPPING)) == expected
    assert connection.execute(*checked.to_sql("sqlite", MAPPING, output="count")).fetchone() == (len(expected),)
    text, params = checked.to_sql("sqlite", MAPPING, output="condition")
    assert sorted(connection.execute(f"SELECT c.id FROM people AS c WHERE {text}", params)) == [(id,) for id in expected]
    others = connection.execute(f"SELECT c.id FROM people AS c WHERE NOT ({text})", params)
    assert sorted(id for (id,) in others) == book.select(f"not ({filter})").tolist()


@pytest.mark.parametrize(
    ("dialect", "options", "text", "params"),
    [
        ("sqlite", {}, 'SELECT c."id" FROM "people" AS c WHERE (c."total" IS NOT NULL AND c."total" > ?)', [100.0]),
        ("postgres", {"output": "count"}, 'SELECT COUNT(*) FROM "people" AS c WHERE (c."total" IS NOT NULL AND c."total" > CAST($1 AS double precision))', [100.0]),
        ("mysql", {"output": "condition"}, "(c.`total` IS NOT NULL AND c.`total` > ?)", [100.0]),
        ("MySQL", {"output": "condition", "placeholders": "format"}, "(c.`total` IS NOT NULL AND c.`total` > %s)", [100.0]),
    ],
)  # fmt: skip
def test_statements_are_written_as_asked(host, dialect, options, text, params):
    sql = host.book.filter("billed > 100").to_sql(dialect, MAPPING, **options)
    assert (sql.text, sql.params, sql.valid_until, sql.warnings) == (text, params, None, [])


def test_signs_of_per_cent_are_doubled_where_parameters_are_marked_by_one(host):
    mapping = {"contacts": {"table": "100%", "id": "id"}}
    text, params = host.book.filter("everyone").to_sql("postgres", mapping, placeholders="format")
    assert (text % tuple(params)).startswith('SELECT c."id" FROM "100%" AS c WHERE ')


@pytest.mark.parametrize(
    ("filter", "params"),
    [
        ("country = FR", ["FR"]),
        ("status = vip", [3]),
        ("billed > 1.5", [1.5]),
        ("id in (0, 1)", [0, 1]),
        ("everyone", []),
        ("id in (%s)" % ", ".join(map(str, range(30))), [list(range(30))]),
        ("country in (%s)" % ", ".join(COUNTRIES := sorted("FR ES CH BE LU DE IT PT NL AT DK SE NO FI IS IE GB PL CZ SK HU RO BG GR HR SI".split())), [COUNTRIES]),
    ],
)  # fmt: skip
def test_parameters_are_values_of_python(host, filter, params):
    found = host.book.filter(filter).to_sql("postgres", MAPPING).params
    found = [sorted(param) if isinstance(param, list) else param for param in found]
    assert found == params
    assert [type(param) for param in found] == [type(param) for param in params]


def test_a_tenant_may_be_a_bool(host):
    mapping = {**MAPPING, "contacts": {"table": "people", "id": "id", "tenant": "is_ours"}, "tenant": True}
    assert host.book.filter("everyone").to_sql("duckdb", mapping).params == [True]


def test_statements_are_values(host):
    french = host.book.filter("country = FR")
    sql = french.to_sql("sqlite", MAPPING)
    assert tuple(sql) == (sql.text, sql.params)
    assert sql == french.to_sql("sqlite", MAPPING) != french.to_sql("sqlite", MAPPING, output="count")
    assert sql != tuple(sql)
    assert repr(sql) == f"<Sql {sql.text}, ['FR']>"
    with pytest.raises(TypeError):
        hash(sql)


def test_a_mapping_is_a_dict_or_its_json(host):
    french = host.book.filter("country = FR")
    assert french.to_sql("sqlite", json.dumps(MAPPING)) == french.to_sql("sqlite", MAPPING)


def test_warnings_are_diagnostics(host):
    (warning,) = host.book.filter("last_name = martin").to_sql("sqlite", MAPPING).warnings
    assert (warning.code, warning.severity) == ("W0908", "warning")
    assert warning.message == "the statement calls the function `tagmata_fold` of the database"
    mapping = {**MAPPING, "fields": {"last_name": {"column": "last"}}}
    named = host.book.filter("last_name = martin")
    assert refused(lambda: named.to_sql("sqlite", mapping)).code == "E1603"
    assert [warning.code for warning in named.to_sql("sqlite", mapping, True).warnings] == ["W0907"]


# Time

OCTOBER = [1_790_805_600, 1_793_487_600]  # from 30 September 22:00 to 31 October 23:00 in UTC, where Paris begins its months
NOVEMBER = [1_793_487_600, 1_796_079_600]


def test_statements_are_written_for_an_instant(host):
    last_month = host.book.filter("created_at in last month")
    sql = last_month.to_sql("sqlite", MAPPING)
    assert sql.params == OCTOBER
    assert sql.valid_until == datetime(2026, 11, 30, 23, tzinfo=timezone.utc) and sql.valid_until.tzinfo is not None
    assert last_month.to_sql("sqlite", MAPPING, now=sql.valid_until - timedelta(seconds=1)).params == OCTOBER
    assert last_month.to_sql("sqlite", MAPPING, now=sql.valid_until).params == NOVEMBER
    assert last_month.to_sql("sqlite", MAPPING, now=datetime(2026, 12, 1)).params == NOVEMBER  # in the zone of the book
    assert host.book.now == NOW
    host.book.create_segment("October", filter=last_month)
    (sql,) = host.book.members_sql("sqlite", MAPPING, ["October"], now=datetime(2026, 12, 1))
    assert sql.params == NOVEMBER
    (difference,) = host.book.differences_sql("sqlite", MAPPING, ["October"], now=datetime(2026, 12, 1))
    assert set(difference.entered.params) >= set(NOVEMBER)


# Tenants


def test_only_the_rows_of_a_tenant_count(book, connection):
    connection.executescript(
        "CREATE TABLE accounts (id INTEGER, owner INTEGER, land TEXT);"
        "INSERT INTO accounts VALUES (1, 7, 'FR'), (2, 8, 'FR'), (3, 7, 'ES'), (4, 7, 'FR');"
        "CREATE TABLE marks (account INTEGER, owner INTEGER, mark TEXT);"
        "INSERT INTO marks VALUES (1, 7, 'vip'), (2, 8, 'vip'), (4, 8, 'vip');"
    )
    book.define_tag("vip")
    book.create_segment("French", filter="country = FR")
    book.create_segment("VIP", filter="tags has vip")
    mapping = {
        "contacts": {"table": "accounts", "id": "id", "tenant": "owner"},
        "tenant": 7,
        "fields": {
            "country": {"column": "land"},
            "tags": {"link": {"table": "marks", "contact": "account", "tenant": "owner"}, "column": "mark"},
        },
    }
    assert ids(connection, book.filter("country = FR").to_sql("sqlite", mapping)) == [1, 4]
    assert ids(connection, book.filter("not country = FR").to_sql("sqlite", mapping)) == [3]
    assert ids(connection, book.filter("tags has vip").to_sql("sqlite", mapping)) == [1]
    (sql,) = book.members_sql("sqlite", mapping)
    french, vip = (segment.id for segment in book.segments())
    assert pairs(connection, sql) == [(french, 1), (french, 4), (vip, 1)]
    error = refused(lambda: book.filter("everyone").to_sql("sqlite", {key: mapping[key] for key in ["contacts", "fields"]}))
    assert error.diagnostics[0].message == "the mapping has a column of tenants, `owner`, but no tenant"


# Members


def test_members_are_rows(host, connection):
    book = host.book
    (sql,) = book.members_sql("sqlite", MAPPING)
    assert pairs(connection, sql) == members(book)
    french, nord, rich = book.segments()
    assert [french.name, nord.name, rich.name] == ["French", "Nord", "Rich"]
    (sql,) = book.members_sql("sqlite", MAPPING, ["rich", nord, "Rich"])
    assert pairs(connection, sql) == [(nord.id, host.leo), (rich.id, host.zoe), (rich.id, host.ana)]
    assert book.members_sql("sqlite", MAPPING, []) == []
    assert "%s" in book.members_sql("postgres", MAPPING, (name for name in ["French"]), placeholders="format")[0].text


def test_segments_have_their_numbers(host):
    numbers = [segment.id for segment in host.book.segments()]
    assert len(set(numbers)) == 3 and all(type(number) is int for number in numbers)
    assert host.book.segment("Nord").id == numbers[1]
    host.book.delete_segment("French")
    assert [segment.id for segment in host.book.segments()] == numbers[1:]


def test_many_segments_are_asked_for_in_several_statements(host, connection):
    host.book.create_segments([{"name": f"S{number}", "filter": f"billed >= {number}"} for number in range(150)])
    statements = host.book.members_sql("sqlite", MAPPING)
    assert len(statements) == 2
    assert sorted(row for sql in statements for row in pairs(connection, sql)) == members(host.book)


def test_a_table_of_members_is_brought_up_to_date(host, connection):
    book = host.book
    french, nord, rich = book.segments()
    connection.executemany("INSERT INTO segment_members VALUES (?, ?)", [(french.id, host.zoe), (french.id, 99), (nord.id, host.ana)])
    assert [difference.segments for difference in book.differences_sql("sqlite", MAPPING, [nord, "French"])] == [["Nord", "French"]]
    (difference,) = differences = book.differences_sql("sqlite", MAPPING)
    assert difference.segments == ["French", "Nord", "Rich"] and repr(difference) == "<SqlDifference of French, Nord, Rich>"
    assert differences == book.differences_sql("sqlite", MAPPING)
    entered, left = pairs(connection, difference.entered), pairs(connection, difference.left)
    assert entered == [(french.id, host.leo), (nord.id, host.leo), (rich.id, host.zoe), (rich.id, host.ana)]
    assert left == [(french.id, 99), (nord.id, host.ana)]
    connection.executemany("DELETE FROM segment_members WHERE segment_id = ? AND contact_id = ?", left)
    text, params = difference.entered
    connection.execute(f"INSERT INTO segment_members (segment_id, contact_id) {text}", params)
    assert sorted(connection.execute("SELECT segment_id, contact_id FROM segment_members")) == members(book)
    assert pairs(connection, difference.entered) == pairs(connection, difference.left) == []


def test_segments_within_filters_come_from_filters_or_from_the_table_of_members(host, connection):
    segment = host.book.segment("French")
    connection.execute("INSERT INTO segment_members VALUES (?, ?)", (segment.id, host.ana))
    french = host.book.filter("segments has French")
    assert ids(connection, french.to_sql("sqlite", MAPPING)) == [host.zoe, host.leo]
    assert ids(connection, french.to_sql("sqlite", MAPPING, segments_from="members")) == [host.ana]
    host.book.create_segment("Rest", filter="not segments has French")
    (sql,) = host.book.members_sql("sqlite", MAPPING, ["Rest"], segments_from="members")
    assert [contact for _, contact in pairs(connection, sql)] == [host.zoe, host.leo]


# Durable books


@pytest.mark.parametrize("keeps_members", [False, True])
def test_the_file_of_a_book_is_asked(tmp_path, connection, keeps_members):
    path = tmp_path / "crm.db"
    with tg.Book.open(path, timezone="Europe/Paris", clock=NOW, materialize_segments=keeps_members) as book:
        book.define_field("software", "multi_select", options=["xero", "myob"])
        zoe = book.create_contact(first_name="Zoé", last_name="Martin", country="FR", email="zoe@example.com", tags=["vip"], software=["xero"])
        leo = book.create_contact(first_name="Léo", country="FR", mobile="+33612345678")
        book.record(zoe, "payment", amount="12.50", at=NOW - timedelta(days=3), label="Dépôt")
        book.create_segment("French", filter="country = FR", always_out=[zoe])
        book.create_segment("Nord", members=[leo])
        mapping = book.sql_mapping()
        assert isinstance(mapping, dict) and ("members" in mapping) == keeps_members
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
            for name, function in [("tagmata_fold", tg.fold), ("tagmata_accent_fold", tg.accent_fold)]:
                file.create_function(name, 1, function, deterministic=True)
            for text in [
                'first_name = "ZOÉ"', 'search "zoe"', 'search "06 12"', "tags has vip", "software has xero", "country = FR and not tags has vip",
                "segments has French or segments has Nord", "sum(payment in last 7 days) = 12.5", 'count(payment labelled "DÉPÔT") = 1',
                "last_interaction in last 7 days", "created_at today",
            ]:  # fmt: skip
                assert ids(file, book.filter(text).to_sql("sqlite", mapping)) == book.select(text).tolist(), text
            (sql,) = book.members_sql("sqlite", mapping)
            assert pairs(file, sql) == members(book)
            french = book.filter("segments has French")
            if keeps_members:
                assert ids(file, french.to_sql("sqlite", mapping, segments_from="members")) == [leo]
            else:
                assert refused(lambda: french.to_sql("sqlite", mapping, segments_from="members")).code == "E1602"
    for call in [book.sql_mapping, lambda: french.to_sql("sqlite", mapping), lambda: book.members_sql("sqlite", mapping)]:
        assert refused(call, tg.StoreError).code == "E1508"


def test_a_book_in_memory_has_no_tables():
    error = refused(tg.Book().sql_mapping, tg.StoreError)
    assert error.diagnostics[0].message == "the book is in memory, without a file"


# Folds


def test_folds():
    assert tg.fold("  STRASSE ") == tg.fold("straße") == "strasse"
    assert tg.fold("Zoé") == "zoé" and tg.accent_fold("Élodie NÚÑEZ") == "elodie nunez"
    assert tg.fold(None) is tg.accent_fold(None) is None
    for fold in [tg.fold, tg.accent_fold]:
        with pytest.raises(TypeError):
            fold(5)


# What is refused


@pytest.mark.parametrize(
    ("arguments", "options", "kind", "code", "message", "help"),
    [
        (("postgress", MAPPING), {}, tg.SqlError, "E1605", "there is no database `postgress`", "did you mean `postgres`?"),
        (("sqlite", MAPPING), {"output": "delete"}, tg.InvalidValueError, "E0805", "`output` does not take `delete`", "it takes `select`, `count` or `condition`"),
        (("sqlite", MAPPING), {"segments_from": "here"}, tg.InvalidValueError, "E0805", "`segments_from` does not take `here`", "it takes `filters` or `members`"),
        (("sqlite", MAPPING), {"placeholders": "?"}, tg.InvalidValueError, "E0805", "`placeholders` does not take `?`", "it takes `native` or `format`"),
        (("sqlite", {"contacts": {"table": "people", "id": "id"}}), {}, tg.SqlError, "E1602", "the mapping does not say where `country` is",
         'add `"country": {"column": …}` to its `fields`'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_what_is_allowed(host, arguments, options, kind, code, message, help):
    error = refused(lambda: host.book.filter("country = FR").to_sql(*arguments, **options), kind)
    (problem,) = error.diagnostics
    assert (error.code, problem.message, problem.help) == (code, message, help)


@pytest.mark.parametrize(
    ("mapping", "pointer"),
    [
        ({"contacts": {"table": "people", "key": "id"}}, "/contacts/key"),
        ({"contacts": {"table": "people", "id": "id"}, "fields": {"a/b": {"column": 5}}}, "/fields/a~1b/column"),
        ({"contacts": {"table": "people", "id": "id"}, "fields": {"billed": {"format": "cents"}}}, "/fields/billed/format"),
        ("{", ""),
    ],
)
def test_a_wrong_mapping_is_told_with_its_place(host, mapping, pointer):
    for call in [host.book.filter("everyone").to_sql, host.book.members_sql, host.book.differences_sql]:
        error = refused(lambda call=call: call("sqlite", mapping))
        assert (error.code, error.diagnostics[0].pointer) == ("E1601", pointer)


def test_all_that_is_missing_is_told_at_once(host):
    error = refused(lambda: host.book.filter("billed > 1 and not tags has vip").to_sql("sqlite", {"contacts": {"table": "people", "id": "id"}}))
    assert [problem.message for problem in error.diagnostics] == [
        "the mapping does not say where `billed` is",
        "the mapping does not say where `tags` is",
    ]


@pytest.mark.parametrize("mapping", [None, 5, [], {"contacts": NOW}])
def test_a_mapping_of_another_type_is_a_type_error(host, mapping):
    with pytest.raises(TypeError):
        host.book.filter("everyone").to_sql("sqlite", mapping)


def test_segments_that_are_not_there(host):
    book = host.book
    for call in [book.members_sql, book.differences_sql]:
        error = refused(lambda call=call: call("sqlite", MAPPING, ["Frnch"]), tg.NotFoundError)
        assert error.diagnostics[0].help == "did you mean `French`?"
        with pytest.raises(TypeError, match="segments are a list"):
            call("sqlite", MAPPING, "French")
        with pytest.raises(ValueError, match="of another book"):
            call("sqlite", MAPPING, segments_of_another_book())
    book.create_segment("Xero", filter="software has xero")
    book.delete_field("software", force=True)
    error = refused(lambda: book.members_sql("sqlite", MAPPING))
    assert error.code == "E0808" and "`Xero` is broken" in str(error)
    assert len(book.members_sql("sqlite", MAPPING, [segment for segment in book.segments() if segment.error is None])) == 1


def segments_of_another_book():
    other = tg.Book()
    other.create_segment("French", filter="country = FR")
    return other.segments()


def test_a_filter_whose_field_is_gone(host):
    filter = host.book.filter("billed > 1")
    host.book.delete_segment("Rich")
    host.book.delete_field("billed")
    error = refused(lambda: filter.to_sql("sqlite", MAPPING), tg.NotFoundError)
    assert error.code == refused(lambda: host.book.count(filter), tg.NotFoundError).code == "E0804"


def test_in_a_batch_segments_are_written_by_its_book_and_filters_behind_it(host):
    with host.book.batch() as batch:
        batch.create_segment("Sud", filter="country = ES")
        assert batch.members_sql("sqlite", MAPPING, ["Sud"])[0].params == ["ES"]
        french = batch.filter("country = FR")
        assert refused(lambda: french.to_sql("sqlite", MAPPING), tg.ConflictError).code == "E1207"
    assert french.to_sql("sqlite", MAPPING).params == ["FR"]
