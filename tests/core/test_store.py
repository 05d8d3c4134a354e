"""What a build keeps for the next: whole, or as if it were not there."""

import os
import shutil
from contextlib import closing

import pytest

from plugins.core import hashing
from plugins.core.incremental.store import CacheCorruptedError, FragmentStore, SourceRecord, Store, pack

VERSION, OTHER = b"v" * 16, b"w" * 16
KEPT = SourceRecord(b"stamp", b"digest", item=b"{}", metadata_digest=b"f", text="t1")


@pytest.fixture
def texts(tmp_path):
    with closing(FragmentStore(tmp_path, VERSION)) as store:
        yield store


def kept_in(folder, version=VERSION):
    store = Store(folder, "a", version)
    store.files = {"tin-tuc/bai/index.md": KEPT}
    store.fragments.add([("t1", pack(("<p>Chữ</p>",)))])
    store.save()


def test_what_was_kept_is_there_for_the_same_version_and_for_no_other(tmp_path):
    kept_in(tmp_path)
    store = Store(tmp_path, "a", VERSION)
    with closing(store.fragments) as texts:
        assert store.files == {"tin-tuc/bai/index.md": KEPT} and texts.parts("t1") == ("<p>Chữ</p>",)
    assert Store(tmp_path, "a", OTHER).files == {}


def test_an_item_whose_text_is_gone_is_read_again(tmp_path):
    kept_in(tmp_path)
    next(tmp_path.glob("texts-*")).unlink()
    assert Store(tmp_path, "a", VERSION).files == {}


@pytest.mark.parametrize("offset", [0, 20, 40, -1])
def test_one_flipped_bit_and_nothing_is_there(tmp_path, offset):
    kept_in(tmp_path)
    path = tmp_path / "reading-a"
    data = bytearray(path.read_bytes())
    data[offset] ^= 1
    path.write_bytes(data)
    assert Store(tmp_path, "a", VERSION).files == {}


def test_a_text_that_is_not_whole_is_lost_and_never_wrong(texts):
    texts.add([("t1", pack(("<p>Chữ</p>",))[:-1])])
    with pytest.raises(CacheCorruptedError):
        texts.parts("t1")
    with pytest.raises(CacheCorruptedError):
        texts.parts("t2")


def test_a_broken_database_is_begun_anew(tmp_path):
    kept_in(tmp_path)
    next(tmp_path.glob("texts-*")).write_bytes(b"x" * 9000)
    store = Store(tmp_path, "a", VERSION)
    assert store.files == {}
    with closing(store.fragments) as texts:
        texts.add([("t1", pack(("<p>Mới</p>",)))])
        assert texts.parts("t1") == ("<p>Mới</p>",)


def test_a_database_that_is_none_is_let_go_of(tmp_path, texts):
    """Its file is removed: on some systems that fails while it is open."""
    (tmp_path / f"texts-{VERSION.hex()[:16]}.sqlite").write_bytes(b"x" * 9000)
    assert texts.digests() == set()
    assert not [fd for fd in os.listdir("/proc/self/fd") if "texts-" in os.path.realpath(f"/proc/self/fd/{fd}")]


def test_texts_that_nothing_shows_do_not_pile_up(texts):
    texts.add((str(number), pack(("x",))) for number in range(500))
    texts.keep_only({"1", "2"})
    assert texts.digests() == {"1", "2"}


def test_a_seal_tells_how_its_parts_were_cut():
    assert hashing.digest(b"ab", b"c") != hashing.digest(b"a", b"bc")


def grown(path, *parts, version=VERSION):
    store = hashing.AppendLog(path, version)
    store.write(parts[0])
    for part in parts[1:]:
        store.append(part)
    return store


def test_what_was_added_comes_after_what_was_written(tmp_path):
    grown(tmp_path / "a", b"first", b"second", b"third")
    assert hashing.AppendLog(tmp_path / "a", VERSION).read() == [b"first", b"second", b"third"]


def test_one_who_has_read_may_add(tmp_path):
    grown(tmp_path / "a", b"first", b"second")
    store = hashing.AppendLog(tmp_path / "a", VERSION)
    store.read()
    store.append(b"third")
    assert hashing.AppendLog(tmp_path / "a", VERSION).read() == [b"first", b"second", b"third"]


def test_nothing_is_added_to_another_beginning(tmp_path):
    grown(tmp_path / "a", b"first", b"second")
    hashing.write(tmp_path / "a", VERSION, b"other")
    assert hashing.AppendLog(tmp_path / "a", VERSION).read() == [b"other"]


def test_another_version_finds_nothing(tmp_path):
    grown(tmp_path / "a", b"first", b"second")
    assert hashing.AppendLog(tmp_path / "a", b"another version!").read() == []


@pytest.mark.parametrize("cut", range(1, 70))
def test_what_was_added_by_halves_counts_as_not_added(tmp_path, cut):
    grown(tmp_path / "a", b"first", b"second")
    more = tmp_path / "a.more"
    second = more.stat().st_size
    grown(tmp_path / "a", b"first", b"second", b"third")
    third = more.stat().st_size - second
    more.write_bytes(more.read_bytes()[:-cut])
    store = hashing.AppendLog(tmp_path / "a", VERSION)
    assert store.read() == ([b"first", b"second"] if cut <= third else [b"first"])
    store.append(b"again")
    assert hashing.AppendLog(tmp_path / "a", VERSION).read()[-1] == b"again"


@pytest.mark.parametrize("offset", [0, 20, 35, 41])
def test_a_flipped_bit_in_what_was_added_ends_it_there(tmp_path, offset):
    grown(tmp_path / "a", b"first", b"second", b"third")
    more = tmp_path / "a.more"
    raw = bytearray(more.read_bytes())
    raw[offset] ^= 1
    more.write_bytes(raw)
    assert hashing.AppendLog(tmp_path / "a", VERSION).read() == [b"first"]


def test_a_store_is_written_anew_when_much_was_added(tmp_path):
    store = grown(tmp_path / "a", b"f" * 1000, b"s" * 100)
    assert not store.is_full
    store.append(b"t" * 200)
    assert store.is_full
    store.write(b"all")
    assert not store.is_full
    assert not (tmp_path / "a.more").exists()


def test_what_is_different_now_is_added_and_found_by_the_next(tmp_path):
    files = {f"a{number}.md": SourceRecord(b"stamp", bytes([number])) for number in range(40)}
    store = Store(tmp_path, "site", VERSION)
    store.files = dict(files)
    store.save()
    size = (tmp_path / "reading-site").stat().st_size
    store = Store(tmp_path, "site", VERSION)
    changed = SourceRecord(b"later", b"new")
    store.files = {**store.files, "a7.md": changed}
    store.save()
    assert (tmp_path / "reading-site").stat().st_size == size
    assert Store(tmp_path, "site", VERSION).files == {**files, "a7.md": changed}


def test_what_was_let_go_is_loaded_again(tmp_path):
    store = Store(tmp_path, "site", VERSION)
    store.files = {"a.md": SourceRecord(b"stamp", b"digest")}
    store.save()
    store.release()
    assert store.files == {"a.md": SourceRecord(b"stamp", b"digest")}


def test_a_cache_that_is_cleared_while_we_live_is_written_anew(tmp_path):
    store = Store(tmp_path / "state", "site", VERSION)
    store.files = {"a.md": SourceRecord(b"stamp", b"digest")}
    store.save()
    shutil.rmtree(tmp_path / "state")
    store.files = {**store.files, "b.md": SourceRecord(b"stamp", b"other")}
    store.save()
    assert Store(tmp_path / "state", "site", VERSION).files == store.files


def test_what_was_read_of_folders_that_nobody_builds_any_more_goes(tmp_path):
    old, new, ours, foreign = "a" * 16, "b" * 16, "c" * 16, "cua-toi"
    for name in (old, new, ours, foreign):
        store = a_memory_of(tmp_path, name)
        store.files = {"a.md": SourceRecord(b"s", b"d")}
        store.save()
    for name in (old, ours, foreign):
        os.utime(tmp_path / f"reading-{name}", (1, 1))
    store = a_memory_of(tmp_path, ours)
    store.files = {"b.md": SourceRecord(b"s", b"d")}
    store.save()
    left = sorted(path.name for path in tmp_path.glob("reading-*"))
    assert left == [f"reading-{new}", f"reading-{ours}", f"reading-{foreign}"]


def a_memory_of(folder, name):
    return Store(folder, name, b"v" * 16)
