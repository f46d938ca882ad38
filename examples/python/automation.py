"""A business lets its book do things by itself: default rules, rules of its own, and what is to come.

    python examples/python/automation.py

`examples/rust/automation.rs` and `examples/node/automation.mts` do the same and print the same.
"""

import io
import sys
from datetime import datetime, timezone
from pathlib import Path

import tagmata as tg

DATA = Path(__file__).parents[1] / "data"


def main() -> None:
    # The clock stands still until the book is advanced, so that the answers are the same on every day.
    book = tg.Book(timezone="Europe/Paris", clock=datetime(2026, 11, 22, 9, 30, tzinfo=timezone.utc))

    heading("Contacts come in, and what happened with them")
    contacts = book.import_csv(
        DATA / "contacts-fr.csv", columns={"Créé le": "created_at"}, unknown_segments="create"
    )
    print(f"contacts-fr.csv: {contacts.created} created, {contacts.rejected} rejected")
    happened = book.import_interactions(DATA / "interactions-fr.csv")
    print(f"interactions-fr.csv: {happened.created} recorded, {happened.rejected} rejected")

    heading("A first payment makes a client of a lead; after that, a person has the last word")
    ludivine = known(book, "CRM-10046")
    print(f"{book.contact(ludivine).name} is {book.contact(ludivine).status}")
    book.record(ludivine, "payment", amount="120.00")
    print(f"she pays: {book.contact(ludivine).status}")
    book.set_status(ludivine, "lead", actor="ana")
    print(f"ana knows better: {book.contact(ludivine).status}")
    book.record(ludivine, "payment", amount="80.00")
    print(f"she pays again: {book.contact(ludivine).status}")

    heading("A default rule is switched off")
    book.set_automation(rules={"first_invoice": False})
    nadege = known(book, "CRM-10055")
    book.record(nadege, "invoice", amount="300.00")
    print(f"{book.contact(nadege).name} gets her first invoice: {book.contact(nadege).status}")

    heading("A rule on payments, with a condition")
    book.add_rule(
        "big spender", on="payment", condition="sum(payment) > 1000", set_status="vip", add_tags=["gold"]
    )
    marijke = known(book, "CRM-10001")
    book.record(marijke, "payment", amount="50.00")
    print(f"{book.contact(marijke).name} pays 50.00 more: {book.contact(marijke).status}")
    print(f"{book.count('tags has gold')} has the tag gold")

    heading("A rule on a filter that becomes true, tried before it counts")
    book.create_segment("Regulars")
    twice = "count(payment in last 90 days) >= 2"
    book.add_rule("regular", when=twice, add_to_segments=["Regulars"], enabled=False)
    look = book.preview_rule("regular")
    print(f"a look, {len(look.effects.entered['Regulars'])} would enter:")
    for id in look.commit.contacts.tolist():
        print(f"  {book.contact(id).name}")
    book.update_rule("regular", enabled=True, apply_to_existing=True)
    print(f"for those who are there already: {book.segment('Regulars').count} are Regulars")
    edith = known(book, "CRM-10031")
    entered = book.record(edith, "payment", amount="80.00").effects.entered["Regulars"]
    count = book.segment("Regulars").count
    print(f"{book.contact(edith).name} pays for the second time: {len(entered)} enters, {count} are Regulars")

    heading("Rules that contradict each other are told of when they are saved")
    for warning in book.add_rule("welcome back", on="payment", set_status="active").warnings:
        print(f"{warning.code}: {warning.message}")
    try:
        book.add_rule("refund", on="payment", set_status="inactive")
    except tg.ConflictError as error:
        print(f"{error.code}: {error.diagnostics[0].message}")
    book.delete_rule("welcome back")

    heading("What is to come fires when its time comes")
    gaelle = known(book, "CRM-10061")
    book.record(gaelle, "appointment", at=datetime(2026, 12, 1, 10, tzinfo=timezone.utc))
    print(f"{book.contact(gaelle).name} has an appointment in December: {book.contact(gaelle).status}")
    for commit in book.advance(datetime(2026, 12, 2, 8, tzinfo=timezone.utc)).commits:
        print(f"{commit.at.astimezone(timezone.utc):%Y-%m-%d %H:%M}: {len(commit.contacts)} contact changes")
    print(f"{book.contact(gaelle).name} has had it: {book.contact(gaelle).status}")

    heading("Who had which status, since when and why")
    veronique = known(book, "CRM-10022")
    for contact in map(book.contact, (veronique, ludivine, gaelle)):
        print(contact.name)
        print_history(contact)

    heading("Two records of one person become one")
    book.create_contact(
        first_name="Valérie", email="v.hebrard@example.org", mobile="+33 6 47 90 61 20", tags=["fair"],
        segments=["Grands comptes"],
    )  # fmt: skip
    valerie, twin = book.select('mobile = "+33 6 47 90 61 20"').tolist()
    book.record(twin, "appointment")
    book.merge_contacts(valerie, [twin], actor="ana")
    contact = book.contact(valerie)
    print(contact.name)
    print(f"  tags: {'; '.join(contact.tags)}")
    print(f"  segments: {'; '.join(contact.segments)}")
    print(f"  interactions: {'; '.join(interaction.kind for interaction in contact.interactions)}")
    print_history(contact)
    found = book.find(email="v.hebrard@example.org")
    print(f"v.hebrard@example.org leads to {book.contact(found).name if found is not None else 'nobody'}")

    heading("An undo takes back what rules did, too")
    leads = 'segments has "Région Nord" and status = lead'
    print(f"{book.count(leads)} leads in Région Nord")
    paid = book.record_many({"contact": book.select(leads), "kind": "payment"})
    print(f"all have paid: {book.count(leads)} leads")
    book.undo(paid)
    print(f"undone: {book.count(leads)} leads")

    heading("Why so many are on a list, and who calls whom")
    callable_leads = f'{leads} and mobile is not empty and not segments has any ("Relance impayés", "Ne plus contacter")'
    book.create_segment("To call", filter=callable_leads)
    print(book.explain_segment("To call"))
    for caller, batch in zip(["ana", "ben"], book.for_each(book.segment("To call"), batch=10)):
        print(f"{caller} calls {len(batch)}, first {batch[0]['name']} at {batch[0]['mobile']}")

    heading("The rules go to another book")
    other = tg.Book()
    other.apply_definitions(book.definitions())
    for rule in other.rules():
        occasion = f"on {rule.on}" if rule.on else f"when {rule.when}"
        condition = f" if {rule.condition}" if rule.condition else ""
        print(f"{rule.name}: {occasion}{condition}")
    print(f"first_invoice: {'on' if other.automation()['rules']['first_invoice'] else 'off'}")
    again = other.apply_definitions(book.definitions())
    print(f"applied again: {'nothing' if again.commit.is_empty else 'something'} changes")


def known(book: tg.Book, external_id: str) -> int:
    """The contact with this external id. `find` gives nothing where there is none, which is not the case here."""
    contact = book.find(external_id=external_id)
    assert contact is not None
    return contact


def heading(text: str) -> None:
    print(f"\n── {text}")


def print_history(contact: tg.Contact) -> None:
    for entry in contact.history:
        if entry.change not in ("created", "status", "merged"):
            continue
        what = f"{entry.old} → {entry.new}" if entry.change == "status" else entry.change
        rule = f" {entry.rule}" if entry.rule else ""
        actor = f" of {entry.actor}" if entry.actor else ""
        print(f"  {entry.at.astimezone(timezone.utc):%Y-%m-%d}  {what:13}  by {entry.cause}{rule}{actor}")


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    main()
