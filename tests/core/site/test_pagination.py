"""Long lists in pages that keep their content for ever."""

from hypothesis import given
from hypothesis import strategies as st

from plugins.core.site.pagination import SIZE, paginate


def test_a_short_list_is_one_page():
    ((path, entries, pager),) = paginate([3, 2, 1], "/tin/")
    assert (path, entries, pager.number, pager.newer, pager.older) == ("/tin/", (3, 2, 1), 0, "", "")


def test_an_empty_list_still_has_its_page():
    assert paginate([], "/tin/")[0][:2] == ("/tin/", ())


@given(st.integers(min_value=0, max_value=95))
def test_every_entry_stands_on_exactly_one_page(count):
    pages = paginate(list(range(count, 0, -1)), "/tin/")
    assert [entry for _, entries, _ in pages for entry in entries] == list(range(count, 0, -1))
    assert len(pages[0][1]) < 2 * SIZE
    assert all(len(entries) == SIZE for _, entries, _ in pages[1:])


@given(st.integers(min_value=0, max_value=95))
def test_a_new_entry_changes_the_first_page_and_adds_at_most_one(count):
    before = {path: entries for path, entries, _ in paginate(list(range(count, 0, -1)), "/tin/")}
    after = {path: entries for path, entries, _ in paginate(list(range(count + 1, 0, -1)), "/tin/")}
    changed = [path for path in before if path != "/tin/" and before[path] != after[path]]
    assert changed == [] and len(after) - len(before) in (0, 1)


def test_neighbours_lead_to_each_other():
    pages = {path: pager for path, _, pager in paginate(list(range(45)), "/tin/")}
    for path, pager in pages.items():
        if pager.older:
            assert pages[pager.older].newer == path
