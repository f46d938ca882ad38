"""What a business keeps in its data lake: contacts, their tags and software, who must not be contacted, and what happened, as Parquet.

    python examples/python/cluster_data.py FOLDER [CONTACTS]

Everything is drawn at random, but is the same in every run. The book's definitions, segments included, go into `definitions.json`.
"""

import json
import sys
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import tagmata as tg

# The instant at which everything was exported.
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone.utc)
# So many contacts are drawn and written at once, which bounds the memory that is needed.
CHUNK = 250_000

FIRST_NAMES = """Jean Marie Zoë François Hélène José Ana Luís João Sofía Åsa Björn Emma Liam Noah Olivia Léa Chloé Hugo Lucas Inês
    Pedro Diego Carmen Ivan Olga Mehmet Ayşe Wei Ling Yuki Sanjay Priya Fatima Omar Chinedu Amara Kofi Thabo Élodie""".split()
LAST_NAMES = """Dupont Martin Bernard Durand García Rodríguez Martínez Silva Santos Oliveira Smith Johnson Brown Jones Müller Schmidt
    Schneider Weiß Fischer Nguyen Tran Kowalski Nowak Ivanov Petrov Öztürk Kaya Wang Li Zhang Sato Tanaka Patel Sharma Khan
    Okafor Mensah Dlamini Lefèvre Öberg Núñez MARTINEAU""".split()
DOMAINS = "example.com gmail.example outlook.example agro-sud.example Tractores.example farmline.example acme.example".split()
COMPANIES = ["AGRI", "Farm", "Terra", "Straße", "Nord", "Sud", "Green", "Silo", "Campo", "Delta"]
COUNTRIES = {"FR": 0.3, "ES": 0.2, "BE": 0.15, "CH": 0.1, "DE": 0.1, "BR": 0.1, "MX": 0.05}
STATUSES = {"lead": 0.45, "active": 0.35, "vip": 0.05, "inactive": 0.15}
CLIENT_TYPES = {"Farm": 0.5, "Dealer": 0.3, "Cooperative": 0.15, "Office": 0.05}
SOFTWARE = ["Xero", "MYOB", "Sage", "EBP", "Odoo", "Holded"]
TAGS = "newsletter fair_2025 fair_2026 organic dairy cereals wine partner referral trial call_back webinar press supplier alumni".split()
KINDS = {"email_viewed": 0.3, "email_sent": 0.25, "payment": 0.12, "invoice": 0.1, "email_clicked": 0.08, "message": 0.07, "appointment": 0.08}
LABELS = ["Plan S", "Plan M", "Plan L", "PLAN XL"]

SEGMENTS = {
    "French leads": "status = lead and country = FR",
    "New this month": "created_at in this month",
    "Newcomers": "created_at in last 30 days and status != inactive",
    "Large": "billed > 5000 and employees >= 20",
    "Cooperatives": "client_type in (Cooperative, Office) and newsletter is true",
    "Birthdays": "birthday anniversary in next 14 days",
    "Wine and dairy": "tags has all (wine, dairy)",
    "Fairs": "tags has any (fair_2025, fair_2026) and not tags has press",
    "Untagged": "tags is empty and software is empty",
    "To migrate": "software has any (Xero, MYOB) and not software has Sage",
    "Agro": 'email ends with "@agro-sud.example"',
    "Martins": 'search "martin"',
    "Streets": 'organization starts with "STRASSE"',
    "Regular payers": "count(payment in last 90 days) >= 2",
    "Good customers": "sum(payment in last 12 months) > 500",
    "Lapsed": "last(payment) more than 365 days ago",
    "Plan M": 'count(payment labelled "plan m" in last 365 days) >= 1',
    "Large invoices": "avg(invoice in last year) > 150 and max(invoice) < 1000",
    "Opens, never clicks": "count(email_viewed in last 180 days) >= 2 and count(email_clicked) = 0",
    "Silent": "last_interaction is empty or last_interaction more than 180 days ago",
    "Best": 'segments has "Good customers" and segments has "Regular payers"',
    # A book with contacts pins them. This one has none, and its filters name those who are always in, or never.
    "Advisory board": "(status = vip and country = CH or id in (3, 14, 159)) and not id in (26, 53)",
    "Campaign": 'segments has any (Best, "Plan M", Fairs) and not segments has "Do not contact"',
}


def book():
    """A book with the definitions of the business, and without contacts."""
    new = tg.Book(timezone="Europe/Paris", clock=NOW)
    # Statuses are as they were exported: no payment changes them.
    new.set_automation(lead_to_active=False, rules={rule: False for rule in new.automation()["rules"]})
    new.define_field("billed", "number")
    new.define_field("employees", "number")
    new.define_field("client_type", "select", options=list(CLIENT_TYPES))
    new.define_field("newsletter", "bool")
    new.define_field("birthday", "date")
    new.define_field("software", "multi_select", options=SOFTWARE)
    for tag in TAGS:
        new.define_tag(tag)
    new.create_segment("Do not contact")
    for name, filter in SEGMENTS.items():
        new.create_segment(name, filter=filter)
    return new


def write(folder, contacts):
    """Writes so many contacts with all that belongs to them, and the definitions last: where they are, all is there."""
    for chunk, first in enumerate(range(0, contacts, CHUNK)):
        tables = draw(np.random.default_rng([7, chunk]), np.arange(first, min(first + CHUNK, contacts)))
        for name, table in tables.items():
            (folder / name).mkdir(parents=True, exist_ok=True)
            pq.write_table(table, folder / name / f"{chunk:04}.parquet")
    (folder / "definitions.json").write_text(json.dumps(book().definitions(), indent=1, ensure_ascii=False), "utf-8")


def draw(dice, ids):
    """The tables of some contacts."""
    count = len(ids)
    first, last = (Words(names, dice.integers(0, len(names), count)) for names in (FIRST_NAMES, LAST_NAMES))
    domain = dice.integers(0, len(DOMAINS), count)
    names = zip(first.folded("searchable"), last.folded("searchable"), domain, ids)
    email = [f"{one}.{other}.{number}@{DOMAINS[at]}" for one, other, at, number in names]
    email = [text if there else None for text, there in zip(email, dice.random(count) < 0.92)]
    number = dice.integers(0, 20_000, count)
    companies = [f"{COMPANIES[at % len(COMPANIES)]} {LAST_NAMES[at % len(LAST_NAMES)]} {at}" for at in range(20_000)]
    company = Words(companies, np.where(dice.random(count) < 0.6, number, -1))
    created = before(dice, dice.random(count) * 6 * 365)
    contacts = pa.table({
        "id": pa.array(ids, pa.int64()),
        "first_name": first.written(), "first_name_folded": first.arrow("folded"), "first_name_searchable": first.arrow("searchable"),
        "last_name": last.written(), "last_name_folded": last.arrow("folded"), "last_name_searchable": last.arrow("searchable"),
        "email": pa.array(email),
        "email_folded": pa.array([text and tg.fold(text) for text in email]),
        "email_searchable": pa.array([text and tg.accent_fold(text) for text in email]),
        "organization": company.written(), "organization_folded": company.arrow("folded"),
        "country": weighed(dice, COUNTRIES, count),
        "status": weighed(dice, STATUSES, count),
        "client_type": weighed(dice, CLIENT_TYPES, count),
        "billed": pa.array(np.round(dice.lognormal(6, 1.5, count), 2), mask=dice.random(count) < 0.3),
        "employees": pa.array(dice.integers(1, 100, count), mask=dice.random(count) < 0.4),
        "newsletter": pa.array(dice.random(count) < 0.4, mask=dice.random(count) < 0.1),
        "birthday": pa.array(np.datetime64("1940-01-01") + dice.integers(0, 365 * 65, count), mask=dice.random(count) < 0.5),
        "created_at": created,
    })  # fmt: skip
    per_contact = dice.poisson(dice.gamma(0.7, 4 / 0.7, count))
    return {
        "contacts": contacts,
        "contact_tags": several(dice, ids, TAGS, 0.12, "tag"),
        "contact_software": several(dice, ids, SOFTWARE, 0.2, "software"),
        "contact_segments": several(dice, ids, ["Do not contact"], 0.05, "segment"),
        "interactions": happened(dice, np.repeat(ids, per_contact)),
    }


class Words:
    """Texts out of a list, as a column of numbers: each text is folded once, however often it is there. -1 is none."""

    def __init__(self, words, numbers):
        self.words, self.numbers = words, pa.array(numbers, pa.int32(), mask=numbers < 0)

    def forms(self, form):
        return [{"folded": tg.fold, "searchable": tg.accent_fold, "written": str}[form](word) for word in self.words]

    def folded(self, form):
        return self.arrow(form).to_pylist()

    def arrow(self, form):
        return pa.DictionaryArray.from_arrays(self.numbers, self.forms(form)).cast(pa.string())

    def written(self):
        return self.arrow("written")


def weighed(dice, weights, count):
    names = list(weights)
    return Words(names, dice.choice(len(names), count, p=list(weights.values()))).written()


def before(dice, days):
    """Instants so many days before now."""
    now = np.datetime64(NOW.replace(tzinfo=None), "us")
    return pa.array(now - (days * 86_400).astype("timedelta64[s]"), pa.timestamp("us", "UTC"))


def several(dice, ids, names, chance, column):
    """A row for each name that a contact has."""
    rows, at = np.nonzero(dice.random((len(ids), len(names))) < chance)
    return pa.table({"contact_id": pa.array(ids[rows], pa.int64()), column: Words(names, at).written()})


def happened(dice, contacts):
    """An interaction for each of these contacts, over two years; a few appointments are still to come."""
    count = len(contacts)
    kind = dice.choice(len(KINDS), count, p=list(KINDS.values()))
    names = np.array(list(KINDS))
    days = dice.random(count) * 730
    days = np.where((names[kind] == "appointment") & (dice.random(count) < 0.1), -days / 12, days)
    money = np.isin(names[kind], ["payment", "invoice"])
    cents = np.round(dice.lognormal(4.5, 1, count) * 100).astype(np.int64)
    label = Words(LABELS, np.where(money & (dice.random(count) < 0.5), dice.integers(0, len(LABELS), count), -1))
    return pa.table({
        "contact_id": pa.array(contacts, pa.int64()),
        "kind": Words(list(KINDS), kind).written(),
        "at": before(dice, days),
        "amount_micros": pa.array(cents * 10_000, mask=~money),
        "label": label.written(),
        "label_folded": label.arrow("folded"),
    })  # fmt: skip


def load(folder, definitions):
    """A book in memory with the definitions of another one and the same contacts, whose numbers are those of the tables."""
    new = tg.Book(clock=NOW)
    new.apply_definitions(definitions.definitions())
    columns = {field.key for field in new.fields()} - {"id"}
    sets = {"tags": "tag", "software": "software", "segments": "segment"}
    values = {name: {} for name in sets}
    for name, column in sets.items():
        for row in pq.read_table(folder / f"contact_{name}").to_pylist():
            values[name].setdefault(row["contact_id"], []).append(row[column])
    with new.batch() as batch:
        for row in pq.read_table(folder / "contacts").sort_by("id").to_pylist():
            given = {key: row[key] for key in columns if row.get(key) is not None}
            given |= {name: of[row["id"]] for name, of in values.items() if row["id"] in of}
            assert batch.create_contact(given) == row["id"]
    happened = pq.read_table(folder / "interactions")
    amounts = [None if micros is None else Decimal(micros).scaleb(-6) for micros in happened["amount_micros"].to_pylist()]
    given = {name: happened[name].to_pylist() for name in ("kind", "at", "label")}
    new.record_many({"contact": happened["contact_id"].to_numpy(), "amount": amounts, **given})
    return new


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
