"""Segments: made, changed, listed; and as handles."""

import pytest
import tagmata as tg


def plain(members):
    return {name: ids.tolist() for name, ids in members.items()}


def test_a_segment_says_what_it_is(world):
    french, nord = world.book.segments()
    assert (french.name, french.kind, french.count, french.filter) == ("French", "dynamic", 2, 'country = "FR"')
    assert (nord.name, nord.kind, nord.count, nord.filter) == ("Nord", "static", 1, None)
    assert (nord.error, nord.always_in.tolist(), nord.always_out.tolist()) == (None, [], [])
    with pytest.raises(tg.NotFoundError, match="did you mean `Nord`"):
        world.book.segment("Nrd")


def test_a_handle_outlives_a_rename(world):
    nord = world.book.segment("Nord")
    world.book.rename_segment(nord, "Septentrion")
    assert world.book.members(nord).tolist() == world.book.members("Nord").tolist() == [world.leo]
    assert (nord.name, world.book.segment("nord").name) == ("Nord", "Septentrion")


def test_making(world):
    book = world.book
    outcome = book.create_segment("Spanish", filter={"v": 1, "filter": {"op": "=", "field": "country", "value": "ES"}})
    assert plain(outcome.effects.entered) == {"Spanish": [world.ana]}
    book.create_segment("Empty")
    book.create_segment("Pinned", filter="nobody", always_in=[world.zoe, world.leo], always_out=[world.leo])
    assert book.members("Pinned").tolist() == [world.zoe]
    assert book.segment("Pinned").always_in.tolist() == [world.zoe, world.leo]
    book.create_segments(
        ["Sud", {"name": "Est", "members": "country = FR"}, {"name": "Ouest", "filter": "everyone", "always_out": [0]}]
    )
    assert {segment.name: segment.count for segment in book.segments()} == {
        "French": 2, "Nord": 1, "Spanish": 1, "Empty": 0, "Pinned": 1, "Sud": 0, "Est": 2, "Ouest": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "error", "code"),
    [
        ({"members": "everyone", "filter": "everyone"}, tg.ConflictError, "E0809"),
        ({"always_out": [0]}, tg.ConflictError, "E0809"),
        ({"filter": "status = laed"}, tg.FilterError, "E0202"),
        ({"filter": "everyone", "always_in": [99]}, tg.NotFoundError, "E0804"),
    ],
)
def test_what_cannot_be_made(world, parts, error, code):
    for call in [
        lambda: world.book.create_segment("New", **parts),
        lambda: world.book.create_segments(["Sud", {"name": "New", **parts}]),
    ]:
        with pytest.raises(error) as refused:
            call()
        assert refused.value.code == code
    assert [segment.name for segment in world.book.segments()] == ["French", "Nord"]


@pytest.mark.parametrize(
    ("segments", "message"),
    [
        ("Sud", "new segments are a list"),
        ([7], "its name or a dict"),
        ([{"filter": "everyone"}], "needs a `name`"),
        ([{"name": "Sud", "fliter": "everyone"}], "'fliter'; did you mean `filter`"),
    ],
)
def test_lists_of_segments_that_cannot_be_read(book, segments, message):
    with pytest.raises(TypeError, match=message):
        book.create_segments(segments)


def test_changing_and_trying(world):
    effects = world.book.preview_segment("French", filter="country = ES", always_in=[world.leo])
    assert (plain(effects.entered), plain(effects.left)) == ({"French": [world.ana]}, {"French": [world.zoe]})
    assert world.book.members("French").tolist() == [world.zoe, world.leo]
    outcome = world.book.update_segment("French", filter=world.book.filter("country = ES"), always_in=[world.leo])
    assert plain(outcome.effects.entered) == plain(effects.entered)
    world.book.update_segment("French", always_in=[], always_out=[world.ana])
    assert world.book.members("French").tolist() == []
    assert world.book.segment("French").filter == 'country = "ES"'
    with pytest.raises(tg.ConflictError):
        world.book.update_segment("Nord", filter="everyone")


def test_deleting(world):
    world.book.create_segment("Abroad", filter="not segments has French")
    with pytest.raises(tg.ConflictError, match="Abroad"):
        world.book.delete_segment("French")
    outcome = world.book.delete_segment("French", force=True)
    assert plain(outcome.effects.left) == {"French": [world.zoe, world.leo]}
    abroad = world.book.segment("Abroad")
    assert abroad.count is None and "deleted" in abroad.error or "no segment" in abroad.error
    with pytest.raises(tg.ConflictError) as error:
        world.book.members("Abroad")
    assert error.value.code == "E0808"


def test_freezing(world):
    world.book.freeze_segment("French")
    assert (world.book.segment("French").kind, world.book.segment("French").count) == ("static", 2)
