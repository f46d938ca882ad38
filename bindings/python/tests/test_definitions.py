"""Fields, options, statuses, kinds and tags."""

import pytest
import tagmata as tg


def test_fields(world):
    book = world.book
    fields = {field.key: field for field in book.fields()}
    assert (fields["billed"].label, fields["billed"].type, fields["billed"].options) == ("Montant facturé", "number", {})
    assert fields["software"].options == {"xero": "Xero", "myob": "MYOB"}
    assert fields["email"].type == "email"
    book.update_field("software", label="Logiciel", add_options=["Sage"])
    book.rename_option("software", "xero", "Xero Ltd")
    book.delete_option("software", "myob")
    software = next(field for field in book.fields() if field.key == "software")
    assert (software.label, software.options) == ("Logiciel", {"xero": "Xero Ltd", "Sage": "Sage"})
    book.create_segment("Big", filter="billed > 10")
    with pytest.raises(tg.ConflictError, match="Big"):
        book.delete_field("billed")
    book.delete_field("billed", force=True)
    assert "billed" not in [field.key for field in book.fields()]


@pytest.mark.parametrize(
    ("call", "error", "code"),
    [
        (lambda b: b.define_field("billed", "numbr"), tg.InvalidValueError, "E0805"),
        (lambda b: b.define_field("billed", "tags"), tg.InvalidValueError, "E0407"),
        (lambda b: b.define_field("billed", "number", options=["a"]), tg.InvalidValueError, "E0407"),
        (lambda b: b.define_field("in", "number"), tg.InvalidValueError, "E0801"),
        (lambda b: b.define_field("email", "text"), tg.ConflictError, "E0803"),
        (lambda b: b.update_field("biled", label="x"), tg.NotFoundError, "E0201"),
        (lambda b: b.delete_field("email"), tg.ConflictError, "E0806"),
        (lambda b: b.define_status("lead"), tg.ConflictError, "E0803"),
        (lambda b: [b.delete_status(each.key) for each in b.statuses()], tg.ConflictError, "E0807"),
        (lambda b: b.define_tag(" "), tg.InvalidValueError, "E0802"),
        (lambda b: b.rename_tag("vip", "x"), tg.NotFoundError, "E0204"),
    ],
)
def test_what_cannot_be_defined(book, call, error, code):
    with pytest.raises(error) as refused:
        call(book)
    assert refused.value.code == code


def test_statuses(world):
    book = world.book
    book.define_status("churned", label="Perdu")
    book.update_status("churned", label="Parti", position=1)
    assert [(status.key, status.label) for status in book.statuses()][:2] == [("lead", "Lead"), ("churned", "Parti")]
    book.set_status([world.zoe], "churned")
    with pytest.raises(tg.ConflictError):
        book.delete_status("churned")
    book.delete_status("churned", replacement="inactive")
    assert book.contact(world.zoe).status == "inactive"


def test_kinds(book):
    book.define_kind("demo")
    book.define_kind("letter", outgoing=True)
    assert [(kind.key, kind.outgoing) for kind in book.kinds()][-2:] == [("demo", False), ("letter", True)]


def test_tags(world):
    world.book.define_tag("newsletter")
    assert world.book.tags() == {"vip": 1, "newsletter": 0}
    world.book.rename_tag("vip", "VIP+")
    assert world.book.count("tags has vip") == 1
    world.book.delete_tag("VIP+")
    assert world.book.tags() == {"newsletter": 0}


def test_a_definition_can_be_undone(book):
    outcome = book.define_field("billed", "number")
    book.undo(outcome)
    assert "billed" not in [field.key for field in book.fields()]


def test_definitions_go_to_another_book(world):
    document = world.book.definitions()
    other = tg.Book(clock=world.book.now)
    other.define_tag("old")
    outcome = other.apply_definitions(document, actor="ana")
    assert (outcome.commit.actor, other.last_outcome) == ("ana", outcome)
    assert [segment.name for segment in other.segments()] == ["French", "Nord"]
    assert "old" in other.tags()
    other.apply_definitions(document, prune=True)
    assert other.definitions() == document
    with pytest.raises(tg.TagmataError):
        other.apply_definitions({"v": 1, "tags": [1]})


def test_a_kind_can_be_deleted(book):
    book.define_kind("demo")
    book.delete_kind("demo")
    assert "demo" not in [kind.key for kind in book.kinds()]
