"""The project of Django in `examples/python/django_app`, with a database of its own in memory."""

import os
import sys
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
import tagmata as tg

django = pytest.importorskip("django")
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment, teardown_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402

PROJECT = Path(os.environ.get("TAGMATA_WORKSPACE") or Path(__file__).parents[3]) / "examples" / "python" / "django_app"


@pytest.fixture(scope="module")
def models():
    """The models of the app, in a database that the migrations have made."""
    sys.path.insert(0, str(PROJECT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "crm.settings"
    django.setup()
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    from contacts import models

    yield models
    connection.creation.destroy_test_db(":memory:", verbosity=0)
    teardown_test_environment()
    sys.path.remove(str(PROJECT))


@pytest.fixture
def contacts(models):
    """Zoé is a French VIP, Léo is a lead of a coop who was at the fair, Ana is billed most, Max was at the fair and is new."""
    with transaction.atomic():
        long_ago = timezone.now() - timedelta(days=400)
        kept = [
            models.Contact(first_name="Zoé", last_name="Martin", country="FR", status="vip", billed=Decimal("120.50")),
            models.Contact(first_name="Léo", last_name="Petit", country="FR", organization="COOP du Nord"),
            models.Contact(first_name="Ana", last_name="Ruiz", country="ES", billed=Decimal("30000")),
            models.Contact(first_name="Max", last_name="Bauer", country="DE", organization="Straße GmbH"),
        ]
        for contact in kept[:3]:
            contact.created_at = long_ago
        models.Contact.objects.bulk_create(kept)
        fair = models.Tag.objects.create(name="fair 2026")
        for contact in models.Contact.objects.filter(first_name__in=["Léo", "Max"]):
            contact.tags.add(fair)
        yield models.Contact.objects
        transaction.set_rollback(True)
    from contacts import segments

    segments.book.cache_clear()


def names(contacts):
    return [contact.first_name for contact in contacts]


def test_who_is_in_a_segment(contacts):
    # The coop is one in any case, and a segment may use another one.
    expected = {"VIP FR": ["Zoé"], "Key accounts": ["Zoé", "Ana"], "Fair": ["Max"], "New": ["Max"]}
    assert {segment: names(contacts.in_segment(segment)) for segment in expected} == expected


def test_a_segment_is_one_condition_of_many(contacts):
    assert names(contacts.in_segment("Key accounts").filter(country="ES")) == ["Ana"]
    assert names(contacts.exclude(pk__in=contacts.in_segment("Key accounts"))) == ["Max", "Léo"]
    assert names(contacts.in_segment("Key accounts").order_by("billed").reverse()[:1]) == ["Ana"]
    assert names(contacts.in_segment("Fair").in_segment("New")) == ["Max"]
    assert contacts.in_segment("Key accounts").count() == 2


def test_segments_are_asked_in_one_statement(contacts):
    with CaptureQueriesContext(connection) as queries:
        assert names(contacts.in_segment("VIP FR")) == ["Zoé"]
    [query] = queries
    assert 'IN (SELECT c."id" FROM "contacts_contact" AS c WHERE' in query["sql"]


def test_a_contact_that_changes_is_in_other_segments(contacts):
    max = contacts.get(first_name="Max")
    max.organization, max.status, max.country = "Une Coop", "vip", "FR"
    max.save()
    assert names(contacts.in_segment("Fair")) == []
    assert names(contacts.in_segment("VIP FR")) == ["Max", "Zoé"]


def test_values_are_no_sql(contacts, models):
    """A name with signs in it is a name."""
    name = "100%s ' \" ; DROP TABLE"
    models.Tag.objects.create(name=name)
    from contacts import segments

    segments.book().define_tag(name)
    segments.book().create_segment(name, filter={"v": 1, "filter": {"op": "has", "field": "tags", "value": name}})
    contacts.get(first_name="Ana").tags.add(models.Tag.objects.get(name=name))
    assert names(contacts.in_segment(name)) == ["Ana"]


def test_who_is_in_a_segment_is_who_is_in_it_in_a_book(contacts):
    """The same contacts in a book with the same definitions."""
    from contacts import segments

    book = tg.Book(timezone="Europe/Paris", clock=timezone.now())
    book.apply_definitions(segments.book().definitions())
    for contact in contacts.prefetch_related("tags"):
        keys = ["first_name", "last_name", "organization", "country", "status", "created_at", "billed"]
        values = {key: getattr(contact, key) for key in keys}
        book.create_contact(values, tags=[tag.name for tag in contact.tags.all()])
    for segment in ["VIP FR", "Key accounts", "Fair", "New"]:
        members = [book.contact(int(id)).first_name for id in book.members(segment)]
        assert sorted(members) == sorted(names(contacts.in_segment(segment)))


def test_the_page_of_a_segment(contacts, models):
    models.Contact.objects.bulk_create(
        models.Contact(first_name=f"N{number}", last_name="Zola", country="FR", status="vip") for number in range(25)
    )
    client = Client()
    first = client.get("/segments/VIP FR/")
    assert first.status_code == 200
    assert [contact.first_name for contact in first.context["contacts"]][0] == "Zoé"
    assert len(first.context["contacts"]) == 20
    text = first.content.decode()
    assert "<p>26 contacts</p>" in text and "page 1 of 2" in text and 'href="?page=2"' in text
    second = client.get("/segments/VIP FR/", {"page": 2})
    assert len(second.context["contacts"]) == 6
    tagged = client.get("/segments/Fair/").content.decode()
    assert "<li>Max Bauer, DE <em>fair 2026</em></li>" in tagged


def test_a_segment_that_is_not_there_has_no_page(contacts):
    assert Client().get("/segments/Nord/").status_code == 404


def test_the_migrations_are_those_of_the_models(models):
    call_command("makemigrations", "contacts", check=True, dry_run=True, stdout=StringIO())
    call_command("check", stdout=StringIO())
