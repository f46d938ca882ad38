"""Law: a keyword that a function does not take is an error that lists those that it takes."""

import inspect
import io

import pytest
import tagmata as tg

# One value for each parameter without default, of a type that the parameter takes.
VALUES = {
    "by": "status", "contact": 0, "contacts": [0], "definitions": {}, "dialect": "sqlite", "field": "x", "filter": "everyone", "interactions": [], "keep": 0, "key": "x", "kind": "x", "label": "x",
    "mapping": {"contacts": {"table": "people", "id": "id"}}, "name": "x", "others": [0], "outcome": None, "path": "crm.db", "rule": "x", "segment": "x", "segments": [], "selection": [], "source": b"",
    "status": "x", "table": {}, "tag": "x", "tags": [], "target": io.BytesIO(), "type": "text",
}  # fmt: skip


def signatures():
    for function in [tg.Book, tg.Selection]:
        yield function.__name__, function, inspect.signature(function)
    yield "Book.open", tg.Book.open, inspect.signature(tg.Book.open)
    book = tg.Book()
    for name, method in inspect.getmembers(tg.Book, inspect.ismethoddescriptor):
        if not name.startswith("_"):
            yield f"Book.{name}", getattr(book, name), inspect.signature(getattr(book, name))
    to_sql = book.filter("everyone").to_sql
    yield "Filter.to_sql", to_sql, inspect.signature(to_sql)


def all_cases():
    for name, function, signature in signatures():
        parameters = list(signature.parameters.values())
        named = [parameter for parameter in parameters if parameter.kind.name in ("POSITIONAL_OR_KEYWORD", "KEYWORD_ONLY")]
        if named and parameters[-1].kind is not inspect.Parameter.VAR_KEYWORD:
            yield pytest.param(name, function, named, id=name)


CASES = list(all_cases())


@pytest.mark.parametrize(("name", "function", "named"), CASES)
def test_the_keywords_are_listed(name, function, named):
    required = {each.name: VALUES[each.name] for each in named if each.default is inspect.Parameter.empty}
    with pytest.raises(TypeError) as error:
        function(**required, nonsense=1)
    *others, last = (f"`{each.name}`" for each in named)
    has = f"{', '.join(others)} and {last}" if others else last
    assert str(error.value) == f"{name}() got an unexpected keyword argument 'nonsense'; it has {has}"


def test_a_near_keyword_is_proposed():
    with pytest.raises(TypeError, match="did you mean `label`"):
        tg.Book().define_field("billed", "number", lable="Montant facturé")


@pytest.mark.parametrize(("name", "function", "named"), CASES)
def test_the_listed_keywords_are_taken(name, function, named, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    defaults = {each.name: None if each.name == "clock" else each.default for each in named}
    required = {key: VALUES[key] for key, value in defaults.items() if value is inspect.Parameter.empty}
    try:
        function(**{**defaults, **required})
    except (tg.TagmataError, TypeError) as error:
        assert "keyword" not in str(error)


def test_the_law_meets_what_there_is():
    assert len(CASES) > 35


@pytest.mark.parametrize(
    "call",
    [
        lambda book: book.count("everyone", filter="nobody"),
        lambda book: book.select(),
        lambda book: book.create_contact("Zoé"),
        lambda book: book.define_field("x"),
        lambda book: book.undo(None, True),
    ],
)
def test_calls_of_a_wrong_shape_are_type_errors(book, call):
    with pytest.raises(TypeError):
        call(book)
