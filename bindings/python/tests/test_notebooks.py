"""What notebooks show, as a whole: small, and nobody's name is markup."""

import pytest
import tagmata as tg

HOSTILE = '<script>alert("Zoé & Léo")</script>'
ESCAPED = "&lt;script&gt;alert(&quot;Zoé &amp; Léo&quot;)&lt;/script&gt;"


def html(*lines):
    return "\n".join(lines)


def test_a_book(world):
    world.book.create_segment(HOSTILE)
    where = "in memory" if world.book.path is None else world.book.path
    assert world.book._repr_html_() == html(
        "<table>",
        f"<caption>book {where}, 3 contacts</caption>",
        "<thead>",
        "<tr><th>segment</th><th>kind</th><th>members</th><th>filter</th></tr>",
        "</thead>",
        "<tbody>",
        "<tr><td>French</td><td>dynamic</td><td>2</td><td>country = &quot;FR&quot;</td></tr>",
        "<tr><td>Nord</td><td>static</td><td>1</td><td></td></tr>",
        f"<tr><td>{ESCAPED}</td><td>static</td><td>0</td><td></td></tr>",
        "</tbody>",
        "</table>",
    )
    world.book.close()
    assert world.book._repr_html_() == html("<table>", f"<caption>book {where}, closed</caption>", "</table>")


def test_a_book_without_segments():
    assert tg.Book()._repr_html_() == html("<table>", "<caption>book in memory, 0 contacts</caption>", "</table>")


def test_segments_are_a_list(world):
    segments = world.book.segments()
    assert isinstance(segments, list)
    assert [each.name for each in segments] == ["French", "Nord"]
    assert segments == list(segments)
    assert list(segments) == segments
    assert tg.Book().segments() == []
    assert segments._repr_html_() == html(
        "<table>",
        "<caption>2 segments</caption>",
        "<thead>",
        "<tr><th>segment</th><th>kind</th><th>members</th><th>filter</th></tr>",
        "</thead>",
        "<tbody>",
        "<tr><td>French</td><td>dynamic</td><td>2</td><td>country = &quot;FR&quot;</td></tr>",
        "<tr><td>Nord</td><td>static</td><td>1</td><td></td></tr>",
        "</tbody>",
        "</table>",
    )


def test_a_broken_segment(world):
    world.book.create_segment("VIP", filter="billed > 100")
    world.book.delete_field("billed", force=True)
    assert "<td>VIP</td><td>dynamic</td><td>broken</td><td>billed &gt; 100</td>" in world.book.segments()._repr_html_()


@pytest.mark.parametrize(
    ("count", "rows", "more"),
    [(20, 20, []), (21, 20, ["<p>… and 1 more</p>"]), (1000, 20, ["<p>… and 980 more</p>"])],
)
def test_what_is_long_is_cut(book, count, rows, more):
    book.create_segments([f"S{number}" for number in range(count)])
    shown = book.segments()._repr_html_().split("\n")
    assert sum(line.startswith("<tr><td>") for line in shown) == rows
    assert shown[-2 - len(more) :] == ["</tbody>", "</table>", *more]


def test_what_is_wide_is_cut(book):
    book.create_segment("&" * 201)
    assert f"<td>{'&amp;' * 200}…</td>" in book.segments()._repr_html_()


def test_a_page(world):
    world.book.update_contact(world.zoe, first_name=HOSTILE, last_name=None)
    world.book.add_tags(world.zoe, ["<b>"])
    assert world.book.page("country = FR", sort="-first_name", limit=2)._repr_html_() == html(
        "<table>",
        "<caption>2 of 2 contacts</caption>",
        "<thead>",
        "<tr><th>id</th><th>name</th><th>email</th><th>mobile</th><th>country</th><th>status</th><th>tags</th></tr>",
        "</thead>",
        "<tbody>",
        "<tr><td>1</td><td>Léo</td><td>info@example.com</td><td></td><td>FR</td><td>lead</td><td></td></tr>",
        f"<tr><td>0</td><td>{ESCAPED}</td><td>zoe@example.com</td><td></td><td>FR</td><td>lead</td><td>vip, &lt;b&gt;</td></tr>",
        "</tbody>",
        "</table>",
    )


def test_a_report(book):
    file = f"{HOSTILE},email,country\n,zoe@example.com,{HOSTILE}\n".replace('"', "'")
    report = book.import_csv(file.encode())
    escaped = ESCAPED.replace("&quot;", "&#x27;")
    assert report._repr_html_() == html(
        "<table>",
        f"<caption>0 created, 0 updated, 0 unchanged, 1 rejected; ignored columns: {escaped}</caption>",
        "<thead>",
        "<tr><th>row</th><th>column</th><th>value</th><th>problem</th><th>code</th></tr>",
        "</thead>",
        "<tbody>",
        f"<tr><td>1</td><td>country</td><td>{escaped}</td><td>there is no country `{escaped}`; "
        "use the two letters of ISO 3166-1, such as `FR`</td><td>E0207</td></tr>",
        "</tbody>",
        "</table>",
    )


def test_a_report_of_what_is_right(book):
    table = {"email": ["zoe@example.com"], "first_name": "Zoé", "last_name": "Martin", "country": "FR"}
    assert book.import_table(table)._repr_html_() == html(
        "<table>", "<caption>1 created, 0 updated, 0 unchanged, 0 rejected</caption>", "</table>"
    )


def test_a_breakdown(world):
    world.book.add_tags(world.leo, [HOSTILE])
    rows = world.book.breakdown("tags", measure="billed")
    assert isinstance(rows, list)
    assert rows == list(rows)
    shown = rows._repr_html_().split("\n")
    assert shown[1:4] == [
        f"<caption>{len(rows)} values</caption>",
        "<thead>",
        "<tr><th>value</th><th>label</th><th>count</th><th>sum</th><th>avg</th><th>min</th><th>max</th></tr>",
    ]
    assert "<tr><td>vip</td><td>vip</td><td>1</td><td>300</td><td>300</td><td>300</td><td>300</td></tr>" in shown
    assert f"<tr><td>{ESCAPED}</td><td>{ESCAPED}</td><td>1</td><td></td><td></td><td></td><td></td></tr>" in shown
    shown = world.book.breakdown("country")._repr_html_().split("\n")
    assert shown[3] == "<tr><th>value</th><th>label</th><th>count</th></tr>"


def test_an_explanation_of_a_segment(world):
    world.book.create_segment(HOSTILE, filter="country = FR and tags has vip", always_in=[world.ana])
    assert world.book.explain_segment(HOSTILE)._repr_html_() == html(
        "<table>",
        f"<caption>{ESCAPED}, 2 members of 3 contacts</caption>",
        "<thead>",
        "<tr><th>part</th><th>count</th><th>removes</th><th>adds</th><th>without</th></tr>",
        "</thead>",
        "<tbody>",
        "<tr><td>all of</td><td>1</td><td></td><td></td><td></td></tr>",
        "<tr><td>\u2003country = &quot;FR&quot;</td><td>2</td><td>0</td><td></td><td>1</td></tr>",
        "<tr><td>\u2003tags has &quot;vip&quot;</td><td>1</td><td>1</td><td></td><td>2</td></tr>",
        "<tr><td>always in</td><td>1</td><td></td><td>1</td><td>1</td></tr>",
        "</tbody>",
        "</table>",
    )


def test_an_explanation(world):
    world.book.add_tags(world.zoe, [HOSTILE])
    why = world.book.explain(world.zoe, "country = ES or (tags has vip and not billed > 500)")
    assert why._repr_html_() == html(
        "<table>",
        "<caption>yes</caption>",
        "<thead>",
        "<tr><th>part</th><th>answer</th><th>value</th></tr>",
        "</thead>",
        "<tbody>",
        "<tr><td>any of</td><td>yes</td><td></td></tr>",
        "<tr><td>\u2003country = &quot;ES&quot;</td><td>no</td><td>&quot;FR&quot;</td></tr>",
        "<tr><td>\u2003all of</td><td>yes</td><td></td></tr>",
        f"<tr><td>\u2003\u2003tags has &quot;vip&quot;</td><td>yes</td><td>&quot;vip&quot;, &quot;{ESCAPED}&quot;</td></tr>",
        "<tr><td>\u2003\u2003not</td><td>yes</td><td></td></tr>",
        "<tr><td>\u2003\u2003\u2003billed &gt; 500</td><td>no</td><td>300</td></tr>",
        "</tbody>",
        "</table>",
    )
