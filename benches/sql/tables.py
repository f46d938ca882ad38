"""The tables that both databases have: contacts with the texts by which filters compare, and the values of sets twice, as arrays and in link tables.

DuckDB reads the CSV file and makes the tables; PostgreSQL gets the same rows.
"""

import duckdb
import tagmata as tg

# The columns of contacts, their headers in the file, and their types, which are names in both databases.
COLUMNS = [
    ("external_id", "External ID", "varchar"),
    ("first_name", "First name", "varchar"),
    ("last_name", "Last name", "varchar"),
    ("email", "Email", "varchar"),
    ("mobile", "Mobile phone number", "varchar"),
    ("country", "Country code", "varchar"),
    ("organization", "Organization", "varchar"),
    ("status", "Status", "varchar"),
    ("billed", "Billed", "double precision"),
    ("employees", "Employees", "integer"),
    ("client_type", "Client type", "varchar"),
    ("newsletter", "Newsletter", "boolean"),
    ("created_at", "Created at", "timestamptz"),
    ("last_interaction_at", "Last interaction", "timestamptz"),
    ("birthday", "Birthday", "date"),
]
FOLDED = ["first_name", "last_name", "email", "organization"]
NOT_NULL = ["country", "status", "created_at"]
# The sets: the column of the array and header, the link table, and its column of the value.
SETS = [
    ("tags", "Tags", "contact_tags", "tag"),
    ("segments", "Segments", "contact_segments", "segment"),
    ("software", "Software", "contact_software", "software"),
]


def read(folder):
    """A DuckDB database with the tables, made of `contacts.csv`."""
    database = duckdb.connect()
    database.execute("SET threads=2; SET TimeZone='UTC'")
    database.create_function("tagmata_fold", tg.fold, ["VARCHAR"], "VARCHAR")
    plain = [f'CAST("{header}" AS {type_}) AS {name}' for name, header, type_ in COLUMNS]
    folds = [f'tagmata_fold("{dict((name, header) for name, header, _ in COLUMNS)[name]}") AS {name}_folded' for name in FOLDED]
    sets = [f"CASE WHEN \"{header}\" IS NULL THEN [] ELSE string_split(\"{header}\", '; ') END AS {name}" for name, header, _, _ in SETS]
    columns = ", ".join(["CAST(substr(\"External ID\", 2) AS BIGINT) AS id", *plain, *folds, *sets])
    file = f"read_csv('{folder}/contacts.csv', header = true, all_varchar = true)"
    database.execute(f"CREATE TABLE contacts AS SELECT {columns} FROM {file} ORDER BY id")
    for name, _, table, value in SETS:
        database.execute(f"CREATE TABLE {table} AS SELECT id AS contact_id, unnest({name}) AS {value} FROM contacts")
    return database


def names_in(database, table, value):
    """All different values of a link table."""
    return [name for (name,) in database.execute(f"SELECT DISTINCT {value} FROM {table} ORDER BY 1").fetchall()]


def copy(database, connection, folder):
    """Gives PostgreSQL the same tables, with the indexes that a person makes who knows what will be asked."""
    connection.execute("CREATE EXTENSION pg_trgm")
    # Texts compare by code points, so that the indexes serve beginnings of texts, too.
    text = 'text COLLATE "C"'
    types = [(name, text if type_ == "varchar" else type_) for name, _, type_ in COLUMNS]
    types += [(f"{name}_folded", text) for name in FOLDED] + [(name, f"{text.replace('text', 'text[]')} NOT NULL") for name, *_ in SETS]
    columns = ", ".join(f"{name} {type_}" + (" NOT NULL" if name in NOT_NULL else "") for name, type_ in types)
    connection.execute(f"CREATE TABLE contacts (id bigint, {columns})")
    for _, _, table, value in SETS:
        connection.execute(f"CREATE TABLE {table} (contact_id bigint NOT NULL, {value} {text} NOT NULL)")
    for table in ["contacts", *(table for _, _, table, _ in SETS)]:
        transfer(database, connection, table, folder / f"{table}.csv")
    for statement in INDEXES:
        connection.execute(statement)
    connection.execute("VACUUM ANALYZE")


def transfer(database, connection, table, file):
    """Copies a table by way of a file. PostgreSQL reads arrays in braces."""
    lists = {name for name, *_ in SETS} if table == "contacts" else set()
    columns = [row[0] for row in database.execute(f"DESCRIBE {table}").fetchall()]
    braced = [f"'{{' || array_to_string({name}, ',') || '}}'" if name in lists else name for name in columns]
    written = ", ".join(braced)
    database.execute(f"COPY (SELECT {written} FROM {table}) TO '{file}' (HEADER false)")
    with connection.cursor().copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT csv)") as copy, file.open("rb") as rows:
        while block := rows.read(1 << 20):
            copy.write(block)
    file.unlink()


INDEXES = [
    "ALTER TABLE contacts ADD PRIMARY KEY (id)",
    *(f"CREATE INDEX ON contacts ({name})" for name in ["status", "country", "billed", "created_at", "last_interaction_at"]),
    *(f"CREATE INDEX ON contacts ({name}_folded)" for name in ["email", "organization"]),
    *(f"CREATE INDEX ON contacts USING gin ({name} gin_trgm_ops)" for name in ["first_name_folded", "last_name_folded", "email_folded", "mobile"]),
    *(f"CREATE INDEX ON contacts USING gin ({name})" for name, *_ in SETS),
    *(f"ALTER TABLE {table} ADD PRIMARY KEY (contact_id, {value})" for _, _, table, value in SETS),
    *(f"CREATE INDEX ON {table} ({value}, contact_id)" for _, _, table, value in SETS),
    *(f"ALTER TABLE {table} ADD FOREIGN KEY (contact_id) REFERENCES contacts" for _, _, table, _ in SETS),
]
