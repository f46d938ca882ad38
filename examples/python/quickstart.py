"""A business opens its book: two CSV exports come in, segments are made, statuses change in bulk, and a campaign finds its
audience.

    python examples/python/quickstart.py            # the book is gone at the end
    python examples/python/quickstart.py crm.db     # the book stays in this file

`examples/rust/quickstart.rs` and `examples/node/quickstart.mts` do the same and print the same.
"""

import io
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

import tagmata as tg

DATA = Path(__file__).parents[1] / "data"

# The custom fields of this business, as its French export names them.
FIELDS = [
    ("billed", "number", "Montant facturé"),
    ("employees", "number", "Effectif"),
    ("client_type", "select", "Type de client"),
    ("newsletter", "bool", "Lettre d'information"),
    ("software", "multi_select", "Logiciels"),
    ("birthday", "date", "Anniversaire"),
]

OPTIONS = {
    "client_type": ["Cabinet", "Exploitation", "Concession", "Entreprise de travaux", "Coopérative"],
    "software": [
        "A3", "Agroptima", "Aspel", "Bejerman", "Cegid", "Contasol", "Contpaqi", "EBP", "Ekylibre", "Holded", "Isagri",
        "Pennylane", "Quadra", "Sage", "Smag Farmer", "Tango", "Xubio",
    ],
}  # fmt: skip

# The headers that are no labels here. What the Spanish export calls its types of clients is left out.
FRENCH: dict[str, str | None] = {"Créé le": "created_at"}
SPANISH: dict[str, str | None] = {
    "Tipo de cliente": None,
    "Importe facturado": "billed",
    "Empleados": "employees",
    "Boletín": "newsletter",
    "Cumpleaños": "birthday",
    "Creado el": "created_at",
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "crm.db"
        if path.exists():
            sys.exit(f"{path} is there already: name a file that is not")
        # The clock stands still, so that the answers are the same on every day.
        clock = datetime(2026, 11, 22, 9, 30, tzinfo=timezone.utc)
        with tg.Book.open(path, timezone="Europe/Paris", clock=clock) as book:
            run(book)

        heading("The book is a file: closed, opened a month later")
        with tg.Book.open(path, clock=clock.replace(month=12)) as book:
            entered, left = (len(moved.get("Birthdays", [])) for moved in (book.opened.entered, book.opened.left))
            print(f"{book.count('everyone')} contacts; birthdays: {entered} came up meanwhile, {left} are over")
            print(f"{len(book.check())} problems in the file")


def run(book: tg.Book) -> None:
    for key, value_type, label in FIELDS:
        book.define_field(key, value_type, label=label, options=OPTIONS.get(key))

    heading("Two exports come in")
    for file, columns in [("contacts-fr.csv", FRENCH), ("contactos-es.csv", SPANISH)]:
        print_report(file, book.import_csv(DATA / file, columns=columns, unknown_segments="create"))

    heading("Dynamic segments are filters, static ones are lists")
    book.create_segment("Key accounts", filter="billed > 100000 and status in (active, vip)")
    book.create_segment("Birthdays", filter="birthday anniversary in next 14 days")
    book.create_segment("Greetings", filter='segments has Birthdays and not segments has any (Morosos, "Relance impayés")')
    book.create_segment("Fair 2027", members="newsletter is true and tags has any (fiel, fidèle)")
    for segment in book.segments()[-4:]:
        print(f"{segment.name:12} {segment.count:>3}  {segment.filter or 'a static segment'}")

    heading("The members of one of them, by what they were billed")
    page = book.page('segments has "Key accounts"', sort="-billed", limit=5)
    print(f"{len(page.contacts)} of {page.total}")
    for contact in page.contacts:
        print(f"  {contact['billed']:>10.2f}  {contact.country}  {contact.status:6}  {contact.name}")

    heading("They become VIPs: first a look, then really, then back")
    key_accounts = tg.Selection(book.segment("Key accounts"), expect=page.total)
    look = book.preview(lambda b: b.set_status(key_accounts, "vip"))
    print(f"a look: {len(look.commit.contacts)} would change")
    outcome = book.set_status(key_accounts, "vip", actor="ana")
    print(f"really: {len(outcome.commit.contacts)} changed, {book.count('status = vip')} are VIPs")
    book.undo(outcome)
    print(f"undone: {book.count('status = vip')} are VIPs")

    heading("Why somebody is in a segment, or not")
    celine = book.find(external_id="CRM-10010")
    if celine is not None:
        print(book.explain(celine, "Key accounts"))

    heading("The largest segments, and what their members were billed")
    rows = book.breakdown("segments", measure="billed")
    for row in sorted(rows, key=lambda row: -row.count)[:6]:
        print(f"  {row.count:>3}  {row.sum or 0:>11.2f}  {row.value or 'none'}")

    heading("Who gets a text message, and who does not")
    audience = book.audience(["Key accounts", "Fair 2027"], exclude=["Morosos", "Relance impayés"], channel="sms")
    print(f"{len(audience.recipients)} recipients")
    for reason, contacts in audience.skipped.items():
        print(f"  {len(contacts)} skipped: {reason}")

    heading("A segment goes out as a file")
    exported = io.BytesIO()
    written = book.export_csv(exported, "segments has Greetings", columns=["first_name", "last_name", "mobile", "tags"])
    print(f"{written} rows")
    print(exported.getvalue().decode(), end="")


def heading(text: str) -> None:
    print(f"\n── {text}")


def print_report(file: str, report: tg.ImportReport, shown: int = 3) -> None:
    print(
        f"{file}: {report.created} created, {report.updated} updated, {report.unchanged} unchanged, "
        f"{report.rejected} rejected"
    )
    for problem in report.problems[:shown]:
        print(f"  {problem}")
    print(f"  … and {max(len(report.problems) - shown, 0)} more problems")


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    main()
