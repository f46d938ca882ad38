"""The deepest legal filters, and deeper ones, as objects of Python, on threads with small stacks (docs/limits.md). A new call is one line."""

import threading

import pytest
import tagmata as tg
from conftest import NOW

NESTING, SEGMENTS = 64, 16
LEAD = {"op": "=", "field": "status", "value": "lead"}
RULE = {"field": "status", "operator": "=", "value": "lead"}


def on_a_small_stack(run):
    """What overflows the stack of a thread ends the process, and this test with it."""
    errors = []

    def caught():
        try:
            run()
        except BaseException as error:  # noqa: BLE001
            errors.append(error)

    before = threading.stack_size(256 * 1024)
    try:
        thread = threading.Thread(target=caught)
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join()
    if errors:
        raise errors[0]


def nested(wrap, inner, depth=NESTING):
    for _ in range(depth):
        inner = wrap(inner)
    return inner


def canonical(node):
    return {"v": 1, "filter": node}


DEEPEST = {
    "text": lambda depth=NESTING: "(" * depth + "status = lead" + ")" * depth,
    "nots": lambda depth=NESTING: canonical(nested(lambda arg: {"op": "not", "arg": arg}, LEAD, depth)),
    "groups": lambda depth=NESTING: canonical(nested(lambda arg: {"op": "and", "args": [LEAD, arg]}, LEAD, depth)),
    "tuples": lambda depth=NESTING: canonical(nested(lambda arg: {"op": "or", "args": (LEAD, arg)}, LEAD, depth)),
    "rules": lambda depth=NESTING: nested(lambda arg: {"combinator": "and", "rules": [RULE, arg]}, RULE, depth),
}

CALLS = [
    lambda book, zoe, filter: book.filter(filter),
    lambda book, zoe, filter: book.select(filter),
    lambda book, zoe, filter: book.count(filter),
    lambda book, zoe, filter: book.matches(zoe, filter),
    lambda book, zoe, filter: str(book.explain(zoe, filter)),
    lambda book, zoe, filter: book.page(filter=filter),
    lambda book, zoe, filter: book.breakdown("status", filter=filter),
    lambda book, zoe, filter: book.add_tags(filter, ["new"]),
    lambda book, zoe, filter: book.set_status(filter, "lead"),
    lambda book, zoe, filter: book.add_to_segment(filter, "Nord"),
    lambda book, zoe, filter: book.update_segment("French", filter=filter),
    lambda book, zoe, filter: book.preview_segment("French", filter=filter),
    lambda book, zoe, filter: book.create_segment("Made", filter=filter),
    lambda book, zoe, filter: book.delete_segment("Made"),
    lambda book, zoe, filter: book.add_rule("rule", when=filter, add_tags=["new"]),
    lambda book, zoe, filter: book.delete_rule("rule"),
    lambda book, zoe, filter: book.delete_contacts(filter),
]

READINGS = [
    lambda filter: str(filter),
    lambda filter: repr(filter),
    lambda filter: filter.to_json(),
    lambda filter: filter.to_dict(),
    lambda filter: filter.to_query_builder(),
    lambda filter: hash(filter),
    lambda filter: filter.lints,
    lambda filter: [filter.to_sql(dialect, MAPPING) for dialect in ["sqlite", "postgres", "mysql", "duckdb", "clickhouse", "spark"]],
]

MAPPING = {"contacts": {"table": "people", "id": "id"}, "fields": {"status": {"column": "status"}}}


def book_of_one(new_book=tg.Book):
    book = new_book(clock=NOW)
    zoe = book.create_contact(first_name="Zoé", country="FR")
    book.create_segment("French", filter="country = FR")
    book.create_segment("Nord")
    return book, zoe


@pytest.mark.parametrize("name", DEEPEST)
def test_the_deepest_filters_work(new_book, name):
    def run():
        book, zoe = book_of_one(new_book)
        for call in CALLS:
            call(book, zoe, DEEPEST[name]())
        for read in READINGS:
            read(book.filter(DEEPEST[name]()))

    on_a_small_stack(run)


@pytest.mark.parametrize("name", DEEPEST)
def test_deeper_ones_are_refused(name):
    def run():
        book, zoe = book_of_one()
        for depth in [NESTING + 1, 10_000]:
            deeper = DEEPEST[name](depth)
            for call in CALLS:
                # What was never made cannot be deleted, which is another error.
                with pytest.raises(tg.TagmataError):
                    call(book, zoe, deeper)
            with pytest.raises(tg.FilterError) as error:
                book.count(deeper)
            assert error.value.code == ("E0502" if depth < 10_000 or name != "text" else error.value.code)
            unnest(deeper)

    on_a_small_stack(run)


def unnest(filter):
    """Takes a deep dict apart: Python itself may need a stack to drop it."""
    while isinstance(filter, dict):
        inner = [filter.pop(key) for key in ["filter", "arg"] if key in filter]
        for key in ["args", "rules"]:
            inner += [item for item in filter.pop(key, []) if isinstance(item, dict) and item not in (LEAD, RULE)] if key in filter else []
        filter = inner[0] if inner else None


def test_dicts_and_lists_within_themselves_come_to_an_end(book):
    circle = {"v": 1}
    circle["filter"] = circle
    args = []
    args.append({"op": "and", "args": args})
    rules = {"combinator": "and", "rules": []}
    rules["rules"].append(rules)
    value = []
    value.append(value)
    for filter in [circle, canonical({"op": "and", "args": args}), rules, canonical({"op": "in", "field": "source", "value": value})]:
        with pytest.raises(tg.FilterError):
            book.count(filter)
    document = {"v": 1, "tags": []}
    document["tags"].append(document)
    mapping = {"contacts": {}}
    mapping["contacts"]["table"] = mapping
    for call in [lambda: book.apply_definitions(document), lambda: book.filter("everyone").to_sql("sqlite", mapping)]:
        with pytest.raises((tg.TagmataError, ValueError)):
            call()


def test_objects_that_change_or_fail_as_they_are_read(book):
    class Growing(list):
        def __iter__(self):
            while True:
                yield "a"

    class Failing(dict):
        def items(self):
            raise RuntimeError("mine")

    with pytest.raises(tg.FilterError) as error:
        book.count(canonical({"op": "in", "field": "source", "value": Growing()}))
    assert error.value.code == "E0501"
    with pytest.raises((RuntimeError, tg.FilterError)):
        book.count(Failing(v=1))
    with pytest.raises((tg.TagmataError, TypeError, ValueError)):
        book.count({"v": 1, "filter": {"op": ">", "field": "id", "value": 10**5000}})
    with pytest.raises((tg.TagmataError, TypeError, ValueError)):
        book.count({"v": 1, "filter": {"op": "=", "field": "source", "value": "\ud800"}})


def test_the_longest_chains_of_segments(new_book):
    def run():
        book, zoe = book_of_one(new_book)
        book.create_segment("deep 0", filter="status = lead")
        for at in range(1, SEGMENTS):
            book.create_segment(f"deep {at}", filter=canonical(nested(lambda arg: {"op": "not", "arg": arg}, has(at - 1))))
        assert book.members("deep 15").tolist() == [zoe]
        book.explain_segment("deep 15")
        str(book.explain(zoe, book.segment("deep 15")))
        book.set_status([zoe], "vip")
        for dialect in ["sqlite", "postgres", "mysql", "duckdb", "clickhouse", "spark"]:
            book.members_sql(dialect, MAPPING | {"fields": {"status": {"column": "status"}, "country": {"column": "c"}}}, ["deep 15"])
        book.apply_definitions(book.definitions())

    def has(at):
        return {"op": "has", "field": "segments", "value": f"deep {at}"}

    on_a_small_stack(run)
