"""Lists of documents: read back, changed one by one, and put together in shards."""

from hypothesis import given
from hypothesis import strategies as st

from plugins.search.postings import END, Shard, decode, encode_run, merge, put, shard_and_key

POSITIONS = st.tuples(st.integers(0, END), st.integers(0, 300))
TERMS = st.sampled_from([0, 1, 2**32, 2**39 - 1, 2**39, 2**40 - 1])
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


@given(st.dictionaries(st.tuples(TERMS, POSITIONS), st.integers(0, 1), max_size=60), st.integers(1, 9))
def test_a_shard_made_step_by_step_is_the_one_made_at_once(postings, size):
    positions = sorted({position for _, position in postings}, reverse=True)

    def terms(position, in_title):
        return [term for (term, other), flag in postings.items() if (other, flag) == (position, in_title)]

    chunks = [positions[first : first + size] for first in range(0, len(positions), size)]
    runs = [encode_run([(terms(position, 1), terms(position, 0)) for position in chunk], chunk) for chunk in chunks]
    by_step = [Shard() for _ in range(256)]
    for (term, position), in_title in postings.items():
        number, key = shard_and_key(term, 8)
        by_step[number].put(key, position, in_title)
        by_step[number] = Shard(by_step[number].encode())
    assert [shard.encode() for shard in by_step] == [merge(runs, number, 8) for number in range(256)]
