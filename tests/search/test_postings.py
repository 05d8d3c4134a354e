"""Lists of documents: read back, changed one by one, and put together in shards."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from plugins.search.postings import END, Shard, decode, encode_shard, put, shard_and_key, sorted_codes

POSITIONS = st.tuples(st.integers(0, END), st.integers(0, 300))
LISTS = st.dictionaries(POSITIONS, st.integers(0, 1), max_size=30)


def encoded(postings):
    data = b""
    for position, in_title in postings.items():
        data = put(data, position, in_title)
    return data


@given(LISTS)
def test_a_list_is_read_back_newest_first_and_has_no_zero(postings):
    data = encoded(postings)
    assert decode(data) == sorted(postings.items(), reverse=True)
    assert 0 not in data


@given(LISTS, POSITIONS, st.sampled_from([None, 0, 1]))
def test_a_document_that_comes_goes_or_changes_leaves_what_a_list_from_nothing_is(postings, position, in_title):
    changed = {key: flag for key, flag in postings.items() if key != position}
    if in_title is not None:
        changed[position] = in_title
    assert put(encoded(postings), position, in_title) == encoded(changed)


@given(st.dictionaries(st.tuples(st.integers(0, 2**32 - 1), POSITIONS), st.integers(0, 1), max_size=40))
def test_a_shard_made_step_by_step_is_the_one_made_at_once(postings):
    positions = sorted({position for _, position in postings}, reverse=True)
    lists = defaultdict(list)
    for (term, position), in_title in sorted(postings.items(), key=lambda row: row[0][1], reverse=True):
        lists[term].append(positions.index(position) << 1 | in_title)
    by_step = Shard()
    for (term, position), in_title in postings.items():
        by_step.put(shard_and_key(term, 8)[1], position, in_title)
        by_step = Shard(by_step.encode())
    assert by_step.encode() == encode_shard(sorted_codes(lists), positions)
