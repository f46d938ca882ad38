"""The book of tagmata."""

from datetime import datetime, timezone

import tagmata as tg

NOW = datetime(2026, 11, 1, tzinfo=timezone.utc)
CLIENT_TYPES = ["Individual", "Company", "Trust", "Partnership", "Charity"]
SOFTWARE = ["Xero", "MYOB", "QuickBooks", "Sage", "Odoo", "Pennylane", "Holded", "Zoho"]


def new():
    """A book with the custom fields of the contacts, and without contacts."""
    book = tg.Book(timezone="UTC", clock=NOW)
    # The peers have no rules: a payment is to leave the status as the file says it.
    book.set_automation(lead_to_active=False)
    book.define_field("billed", "number")
    book.define_field("employees", "number")
    book.define_field("client_type", "select", options=CLIENT_TYPES)
    book.define_field("newsletter", "bool")
    book.define_field("software", "multi_select", options=SOFTWARE)
    book.define_field("birthday", "date")
    return book


def fill(book, folder):
    """Imports the contacts, all of which have to be accepted."""
    report = book.import_csv(folder / "contacts.csv", unknown_segments="create")
    assert report.rejected == 0 and not report.problems, report.problems[:3]
    return report
