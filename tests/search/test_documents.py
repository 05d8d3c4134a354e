"""Which documents of an index are others than before, told by columns alone."""

from array import array
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from plugins.search.documents import Documents

ROWS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(0, 1)), max_size=12).map(
    lambda rows: sorted(rows, key=lambda row: row[0])
)


def in_columns(rows):
    """The rows as an index has them. Metadata of another day are always others."""
    days = array("H", [day for day, _, _ in rows]).tobytes()
    return Documents(
        days, bytes(4 * row[0] + row[1] for row in rows for _ in range(16)), "".join(str(row[2]) * 32 for row in rows)
    )


def by_position(rows):
    """Each row with its index, by its day and its number on that day."""
    numbers = Counter()
    placed = {}
    for index, (day, *row) in enumerate(rows):
        placed[day, numbers[day]] = row, index
        numbers[day] += 1
    return placed


@given(ROWS, ROWS)
def test_positions_where_another_document_stands_are_told_and_no_others(before, after):
    old, new = by_position(before), by_position(after)
    left, came = in_columns(after).changed_since(in_columns(before))
    changed = {place for place in old.keys() | new.keys() if old.get(place, [0])[0] != new.get(place, [0])[0]}
    assert sorted(left) == sorted(changed & old.keys())
    assert came == {place: new[place][1] for place in changed & new.keys()}


@given(ROWS, st.integers(0, 12), st.integers(0, 12))
def test_a_part_of_the_documents_stands_where_it_stands_in_the_whole(rows, first, end):
    places = list(in_columns(rows).positions())
    assert places == list(by_position(rows))
    assert list(in_columns(rows).positions(min(first, len(rows)), min(end, len(rows)))) == places[first:end]
