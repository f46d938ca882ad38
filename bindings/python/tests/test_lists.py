"""Pages, presets and batches."""

import pytest
import tagmata as tg


def test_a_page_has_its_part_of_the_list(world):
    page = world.book.page("country = FR", sort="-billed", limit=1)
    assert (page.total, [contact.id for contact in page.contacts]) == (2, [world.zoe])
    assert page.contacts[0].segments == ["French"]
    assert [contact.id for contact in world.book.page("country = FR", sort="-billed", after=world.zoe).contacts] == [world.leo]
    assert [contact.id for contact in world.book.page(sort="first_name", offset=1).contacts] == [world.leo, world.zoe]
    assert world.book.page(search="mart").total == 1
    assert world.book.page(preset="status:vip").total == 0


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"sort": "tags"}, {"preset": "x"}, {"offset": 1, "after": 0}, {"sort": "x"}])
def test_what_is_no_page_is_refused(world, wrong):
    with pytest.raises(tg.TagmataError):
        world.book.page(**wrong)


def test_presets_are_filters(world):
    presets = world.book.presets()
    assert [(each.key, each.label, each.filter) for each in presets[:2]] == [
        ("everyone", "Everyone", "everyone"),
        ("status:lead", "Lead", 'status = "lead"'),
    ]
    assert all(world.book.page(preset=each.key).total == world.book.count(each.filter) for each in presets)


def test_batches_are_lists_of_dicts(world):
    batches = list(world.book.for_each("everyone", batch=2))
    assert [[contact["first_name"] for contact in batch] for batch in batches] == [["Zoé", "Léo"], ["Ana"]]
    assert batches[0][0] == world.book.contact(world.zoe).to_dict()
    assert list(world.book.for_each([])) == []


def test_the_book_may_be_changed_between_batches(world):
    seen = []
    for batch in world.book.for_each("everyone", batch=1):
        seen += [contact["id"] for contact in batch]
        if len(seen) == 1:
            world.book.delete_contacts([world.leo])
    assert seen == [world.zoe, world.ana]


@pytest.mark.parametrize("size", [0, 100_001])
def test_what_is_no_size_is_refused(world, size):
    with pytest.raises(tg.InvalidValueError):
        world.book.for_each("everyone", batch=size)
