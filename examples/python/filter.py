"""Reads contacts from CSV files and puts a filter to them.

    python examples/python/filter.py            # the two files of `examples/data`
    python examples/python/filter.py --help     # other files and filters

`examples/rust/filter.rs` prints the same.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import tagmata as tg

DATA = Path(__file__).parents[1] / "data"
FILES = [DATA / "contacts-fr.csv", DATA / "contactos-es.csv"]
NOW = "2026-11-22T09:30:00Z"

# Leads and customers who pay well and on time, and who are new or have a birthday coming up.
FILTER = """status in (lead, active) and billed > 20000
and not segments has any ("Relance impayés", "Morosos")  # reminders sent, arrears
and (created_at in last 12 months or birthday anniversary in next 14 days)"""

WRONG = "status = laed and biled > 1000 and created_at in last day"

# The type and key of each field of this business, and its header in French, Spanish and English.
FIELDS = [
    ("number", "billed", "Montant facturé", "Importe facturado", "Amount billed"),
    ("number", "employees", "Effectif", "Empleados", "Employees"),
    ("select", "client_type", "Type de client", "Tipo de cliente", "Type of client"),
    ("bool", "newsletter", "Lettre d'information", "Boletín", "Newsletter"),
    ("multi_select", "software", "Logiciels", "Programas", "Software"),
    ("date", "birthday", "Anniversaire", "Cumpleaños", "Birthday"),
]
# The key of each type of client, and its names in French, Spanish and English.
CLIENT_TYPES = [
    ("practice", "Cabinet", "Despacho", "Accountants"),
    ("farm", "Exploitation", "Explotación", "Farm"),
    ("dealer", "Concession", "Concesionario", "Dealer"),
    ("contractor", "Entreprise de travaux", "Contratista", "Contractor"),
    ("cooperative", "Coopérative", "Cooperativa", "Cooperative"),
]
SOFTWARE = """A3;Agroptima;Aspel;Bejerman;Cegid;Contasol;Contpaqi;EBP;Ekylibre;Holded;Isagri;Pennylane;Quadra;\
Sage;Smag Farmer;Tango;Xubio""".split(";")


def main() -> None:
    arguments = read_arguments()
    # A book has a time of its own; a clock that is a datetime stands still, so that the output is the same every day.
    book = tg.Book(clock=datetime.fromisoformat(arguments.now.replace("Z", "+00:00")))
    define_fields(book)
    reports = [(path, read(book, path)) for path in arguments.files or FILES]

    # A filter is accepted whole, or refused with all its problems. An accepted one cannot fail any more.
    is_default = not (arguments.files or arguments.filter or arguments.json)
    source: str | dict[str, Any] = arguments.filter or (FILTER if is_default else "everyone")
    if arguments.json:
        source = json.loads(arguments.json.read_text(encoding="utf-8"))
    filter = book.filter(source)
    if arguments.to:
        tree = json.dumps(filter.to_query_builder(), ensure_ascii=False, separators=(",", ":"))
        print(filter.to_json() if arguments.to == "json" else tree)
        return
    for path, report in reports:
        print_report(path, report)
    print_filter(FILTER if is_default else str(filter), filter, arguments.now)
    matching = book.select(filter).tolist()
    print_contacts(book, matching)

    if arguments.explain:
        for contact in find(book, arguments.explain):
            print_explanation(book, contact, filter)
    elif is_default:
        # Who leaves first when only time moves on, and somebody whom a single condition keeps out.
        ends = {contact: book.explain(contact, filter).valid_until for contact in matching}
        leaving = [contact for contact, end in sorted(ends.items(), key=lambda each: str(each[1])) if end is not None]
        others = [contact for contact in book.select("everyone").tolist() if contact not in matching]
        near_misses = (contact for contact in others if len(book.explain(contact, filter).deciding) == 1)
        for contact in [*leaving[:1], *list(near_misses)[:1]]:
            print_explanation(book, contact, filter)
        print_wrong_filter(book)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Reads contacts from CSV files and puts a filter to them.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="if not given, the two files of examples/data")
    spelled = parser.add_mutually_exclusive_group()
    spelled.add_argument("--filter", metavar="TEXT", help="the filter, as text")
    spelled.add_argument("--json", type=Path, metavar="FILE", help="the filter: canonical JSON or a query-builder tree")
    parser.add_argument("--now", default=NOW, metavar="INSTANT", help=f"the instant of the question; if not given {NOW}")
    parser.add_argument("--explain", metavar="NAME", help="say why the contacts with NAME in their names match, or do not")
    parser.add_argument("--to", choices=["json", "tree"], help="print the filter in this spelling, and nothing else")
    return parser.parse_args()


def define_fields(book: tg.Book) -> None:
    """What gets another label still answers to its old ones, so that files in each language are understood."""
    for type, key, french, *others in FIELDS:
        book.define_field(key, type, label=french, options=OPTIONS.get(key))
        for label in others:
            book.update_field(key, label=label)
    for key, _, *others in CLIENT_TYPES:
        for label in others:
            book.rename_option("client_type", key, label)
    for label in ["Créé le", "Creado el", "Created at"]:
        book.update_field("created_at", label=label)


OPTIONS: dict[str, dict[str, str]] = {
    "client_type": {key: french for key, french, *_ in CLIENT_TYPES},
    "software": {name: name for name in SOFTWARE},
}


def read(book: tg.Book, path: Path) -> tg.ImportReport:
    """Headers, encoding, delimiter, dates and decimals are found out from the file.

    Each row that can be read is a contact of its own here. So external ids are left out: they are one contact's.
    """
    _, _, header = written(path)
    external_ids = {name: None for name in ("Identifiant externe", "Id externo") if name in header}
    return book.import_csv(path, match=[], columns=external_ids, unknown_segments="create")


def find(book: tg.Book, name: str) -> list[int]:
    """Who is called so, whatever the case and accents."""
    everybody = book.select("everyone").tolist()
    found = [contact for contact in everybody if tg.accent_fold(name) in tg.accent_fold(book.contact(contact).name or "")]
    if not found:
        print(f"error: no contact is called `{name}`", file=sys.stderr)
        sys.exit(2)
    return found


def heading(text: str) -> None:
    print(f"\n── {text}\n")


def print_report(path: Path, report: tg.ImportReport) -> None:
    """A file, and the rows that could not be read."""
    encoding, delimiter, _ = written(path)
    read = report.created + report.rejected
    print(f"{path.name}: {read} rows read, {report.rejected} of them refused ({encoding}, separator `{delimiter}`)")
    if report.ignored_columns:
        print(f"  ignored columns: {', '.join(report.ignored_columns)}")
    problems = [problem for problem in report.problems if not problem.code.startswith("W")]
    rows = [[f"row {each.row}", each.column or "", f'"{each.value}"', each.message] for each in problems]
    print_table(rows, most=4)


def written(path: Path) -> tuple[str, str, str]:
    """The encoding, delimiter and header of a file, as an import finds them: what is no UTF-8 is Windows-1252."""
    content = path.read_bytes()
    try:
        text, encoding = content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        text, encoding = content.decode("cp1252"), "windows-1252"
    header = text.splitlines()[0]
    return encoding, max(",;", key=header.count), header


def print_filter(text: str, filter: tg.Filter, now: str) -> None:
    heading(f"The filter, as of {now} (the same every day, unless `--now` is given)")
    for line in text.splitlines():
        print(f"  {line}")
    for warning in filter.lints:
        print(f"  {warning}")


def print_contacts(book: tg.Book, contacts: list[int]) -> None:
    heading(f"{len(contacts)} of {book.count('everyone')} contacts match")
    header = ["name", "country", "organization", "status", "billed", "created", "birthday"]
    labels = {status.key: status.label for status in book.statuses()}
    rows = []
    for contact in map(book.contact, contacts):
        keys = ["name", "country", "organization", "billed", "created_at", "birthday"]
        name, country, organization, billed, created, birthday = (shown(contact[key]) for key in keys)
        rows.append([name, country, organization, labels[contact.status], billed, created, birthday])
    print_table([header, *rows], most=1 + 12)


def shown(value: object) -> str:
    """A value in words; empty if it is missing."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat()[:10] if isinstance(value, date) else str(value)


def print_explanation(book: tg.Book, contact: int, filter: tg.Filter) -> None:
    why = book.explain(contact, filter)
    heading(f"Why {book.contact(contact).name} {'matches' if why.verdict else 'does not match'}")
    for line in str(why).splitlines():
        print(f"  {line}")


def print_wrong_filter(book: tg.Book) -> None:
    """What the author of a wrong filter gets to read."""
    try:
        book.filter(WRONG)
    except tg.FilterError as error:
        heading("A wrong filter is refused, with all its problems at once")
        print(error)


def print_table(rows: list[list[str]], most: int) -> None:
    """The first rows of a table, and how many more there are."""
    shown = rows[:most]
    widths = [max(map(len, column)) for column in zip(*shown)]
    for row in shown:
        print("".join(f"  {cell:{width}}" for cell, width in zip(row, widths)).rstrip())
    if len(rows) > most:
        print(f"  … and {len(rows) - most} more")


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    try:
        main()
    except tg.TagmataError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
