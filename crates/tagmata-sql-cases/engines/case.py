"""Cases: tables, and statements with what they have to find."""

import sqlglot


class Missing(Exception):
    """The database is not there; the text says how to get it."""


class Mismatch(Exception):
    """The database found something else, or refused the statement."""


class Outcome:
    """How many statements were run, and what was wrong."""

    SHOWN = 12

    def __init__(self, name):
        self.name = name
        self.statements = 0
        self.mismatches = 0
        self.reasons = set()

    def show(self, case, statement, reason):
        """Shows a mismatch, unless there were enough of them, or one that was refused in the same words."""
        self.mismatches += 1
        reason = str(reason)
        if len(self.reasons) < self.SHOWN and reason[:80] not in self.reasons:
            self.reasons.add(reason[:80])
            about = f"{case['about']}: {statement['about']}"
            print(f"{about[:2000]}\n{statement['text'][:6000]}\n{str(statement['params'])[:2000]}\n{reason}\n", flush=True)

    def __str__(self):
        return f"{self.name}: {self.statements} statements, {self.mismatches} mismatches"


def run(case, database, outcome):
    """Makes the tables of a case, asks its statements, and drops the tables."""
    for refusal in case["refused"]:
        print(f"refused: {refusal[:500]}")
    try:
        database.folds(case["folds"])
        for table in case["tables"]:
            database.create(table)
        for statement in case["statements"]:
            outcome.statements += 1
            try:
                ask(statement, database)
            except Mismatch as mismatch:
                outcome.show(case, statement, mismatch)
    finally:
        for table in case["tables"]:
            database.drop(table)


def ask(statement, database):
    expected = expected_rows(statement["answer"])
    try:
        found = sorted([list(row) for row in database.ask(statement)])
    except database.errors as error:
        raise Mismatch(f"refused: {str(error)[:2000]}") from error
    if found != expected:
        raise Mismatch(f"found {found}\nexpected {expected}")
    parse(statement, database)


def parse(statement, database):
    """Another program reads the statement as one of the same dialect."""
    text = statement["text"]
    if len(text) > 20_000 or statement["is_format"]:
        return
    try:
        trees = sqlglot.parse(text, read=database.dialect)
    except RecursionError:
        # It nests calls as deep as the statement is, which the database does not.
        return
    except sqlglot.errors.SqlglotError as error:
        raise Mismatch(f"sqlglot reads it otherwise: {str(error)[:600]}") from error
    if len(trees) != 1:
        raise Mismatch(f"sqlglot reads {len(trees)} statements")


def expected_rows(answer):
    (kind, value), = answer.items()
    match kind:
        case "ids":
            return sorted([number] for number in value)
        case "count":
            return [[value]]
        case "pairs":
            return sorted(value)
