"""Errors: their classes, their parts, and how they are drawn."""

import pickle

import numpy as np
import pytest
import tagmata as tg


@pytest.mark.parametrize(
    ("call", "classes"),
    [
        (lambda b: b.count("status ="), (tg.FilterError, ValueError)),
        (lambda b: b.create_contact(email="zoe@"), (tg.InvalidValueError, ValueError)),
        (lambda b: b.contact(7), (tg.NotFoundError, LookupError)),
        (lambda b: b.define_field("email", "text"), (tg.ConflictError,)),
        (lambda b: b.filter("everyone").to_sql("sqlite", {}), (tg.SqlError,)),
    ],
)
def test_classes(book, call, classes):
    with pytest.raises(tg.TagmataError) as error:
        call(book)
    assert all(isinstance(error.value, each) for each in classes)
    assert type(error.value).__module__ == "tagmata"
    assert error.value.code == error.value.diagnostics[0].code
    assert error.value.contacts.dtype == np.uint32


def test_a_filter_error_is_drawn_and_its_places_count_code_points(book):
    with pytest.raises(tg.FilterError) as error:
        book.count('first_name = "Zoé 👍" and status = laed and biled > 1')
    assert str(error.value).startswith(
        "error[E0202]: there is no status `laed`\n"
        "  |\n"
        '1 | first_name = "Zoé 👍" and status = laed and biled > 1\n'
    )
    status, billed = error.value.diagnostics
    text = 'first_name = "Zoé 👍" and status = laed and biled > 1'
    assert (text[status.start : status.end], text[billed.start : billed.end]) == ("laed", "biled")
    assert (status.code, status.severity, status.message) == ("E0202", "error", "there is no status `laed`")
    assert (status.help, status.expected) == ("did you mean `lead`?", ["lead", "active", "vip", "inactive"])
    assert (status.pointer, status.field, status.id) == (None, None, None)


def test_errors_go_through_pickles(book):
    with pytest.raises(tg.FilterError) as error:
        book.count("status = laed")
    copy = pickle.loads(pickle.dumps(error.value))
    assert type(copy) is tg.FilterError and str(copy) == str(error.value)
    assert (copy.code, copy.diagnostics) == (error.value.code, error.value.diagnostics)


def test_every_public_name_is_there():
    assert all(hasattr(tg, name) for name in tg.__all__)
    assert isinstance(tg.__version__, str)
    for name in ["TagmataError", "FilterError", "NotFoundError", "ConflictError", "CsvError", "StoreError", "SqlError"]:
        assert issubclass(getattr(tg, name), tg.TagmataError)
