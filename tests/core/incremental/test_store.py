"""The store: a row is whole, or it is not used."""

import os
import shutil
import sqlite3
from contextlib import closing

import msgspec
import pytest

from plugins.core import hashing
from plugins.core.hashing import CorruptedCacheError, verified, with_checksum
from plugins.core.incremental.store import Store
from plugins.core.source.record import ReadText, SourceRecord

VERSION, OTHER = b"v" * 16, b"w" * 16
PATH = "tin-tuc/bai/index.md"
RECORD = SourceRecord(b"stamp", b"digest", metadata_digest=b"f", body_digest="t1")
NAME = f"store-{'a' * 16}.sqlite"


def text(body_digest, *pieces, path=PATH, digest=b"digest", item=b"{}"):
    return ReadText(path, digest, item, body_digest, msgspec.msgpack.encode(pieces))


def items(store, records=None):
    return store.items(store.records if records is None else records, lambda path, data: (path, bytes(data)))


def a_store(folder, version=VERSION, name=NAME):
    return Store(folder / name, version)


@pytest.fixture
def store(tmp_path):
    with closing(a_store(tmp_path)) as store:
        yield store


def keep(folder, version=VERSION):
    store = a_store(folder, version)
    assert store.records == {}
    store.add_texts([text("t1", "<p>Chữ</p>")])
    store.save({PATH: RECORD})


def test_what_was_kept_is_there_for_the_same_version_and_for_no_other(tmp_path):
    keep(tmp_path)
    with closing(a_store(tmp_path)) as store:
        assert store.records == {PATH: RECORD} and store.fragment("t1") == ("<p>Chữ</p>",)
        assert items(store) == {PATH: (PATH, b"{}")}
    with closing(a_store(tmp_path, OTHER)) as store:
        assert store.records == {}
        with pytest.raises(CorruptedCacheError):
            store.fragment("t1")


def test_an_item_whose_body_is_gone_is_read_again_with_all_others(tmp_path):
    keep(tmp_path)
    with closing(sqlite3.connect(tmp_path / NAME)) as connection, connection:
        connection.execute("DELETE FROM fragment")
    with closing(a_store(tmp_path)) as store, pytest.raises(CorruptedCacheError):
        store.fragment("t1")
    store.forget(but="")
    assert store.records == {}


@pytest.mark.parametrize("table", ["source", "item", "fragment", "snapshot"])
@pytest.mark.parametrize("offset", [0, 3, 4, 15, 16, -1])
def test_one_flipped_bit_in_a_row_and_it_is_not_used(tmp_path, table, offset):
    keep(tmp_path)
    with closing(a_store(tmp_path)) as store:
        store.save_snapshot("manifest", OTHER, b"data")
    column = {"source": "record", "item": "json", "fragment": "html", "snapshot": "data"}[table]
    with closing(sqlite3.connect(tmp_path / NAME)) as connection, connection:
        for rowid, data in connection.execute(f"SELECT rowid, {column} FROM {table} WHERE {column} != ''").fetchall():
            changed = bytearray(data)
            changed[min(offset, len(data) - 1)] ^= 1
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (bytes(changed), rowid))
    with closing(a_store(tmp_path)) as store, pytest.raises(CorruptedCacheError):
        match table:
            case "source":
                assert store.records
            case "item":
                assert items(store)
            case "fragment":
                assert store.fragment("t1")
            case "snapshot":
                assert store.snapshot("manifest", OTHER)


@pytest.mark.parametrize("offset", range(0, 16384 * 7, 997))
def test_one_flipped_bit_anywhere_in_the_file_and_nothing_wrong_is_there(tmp_path, offset):
    keep(tmp_path)
    data = bytearray((tmp_path / NAME).read_bytes())
    data[offset % len(data)] ^= 1 << offset % 8
    (tmp_path / NAME).write_bytes(data)
    store = a_store(tmp_path)
    try:
        assert store.records in ({PATH: RECORD}, {})
        assert items(store) == {path: (path, b"{}") for path in store.records}
        assert store.fragment("t1") == ("<p>Chữ</p>",)
    except CorruptedCacheError:
        store.forget(but="")
        assert store.records == {}
    finally:
        store.close()


def test_a_row_under_the_key_of_another_is_not_used(tmp_path):
    keep(tmp_path)
    with closing(sqlite3.connect(tmp_path / NAME)) as connection, connection:
        connection.execute("UPDATE source SET path = 'tin-tuc/khac/index.md'")
    with closing(a_store(tmp_path)) as store, pytest.raises(CorruptedCacheError):
        assert store.records


@pytest.mark.parametrize("column", ["path", "record"])
@pytest.mark.parametrize("value", [None, 5, 1.5, "chữ", b"\xff"])
def test_a_row_that_is_of_another_kind_is_not_used(tmp_path, column, value):
    keep(tmp_path)
    with closing(sqlite3.connect(tmp_path / NAME)) as connection, connection:
        connection.execute(f"UPDATE source SET {column} = ?", (value,))
    with closing(a_store(tmp_path)) as store, pytest.raises(CorruptedCacheError):
        assert store.records


@pytest.mark.parametrize("column", ["path", "json"])
@pytest.mark.parametrize("value", [None, 5, "chữ", b"\xff"])
def test_an_item_of_another_kind_is_not_used(tmp_path, column, value):
    keep(tmp_path)
    with closing(sqlite3.connect(tmp_path / NAME)) as connection, connection:
        connection.execute(f"UPDATE item SET {column} = ?", (value,))
    with closing(a_store(tmp_path)) as store, pytest.raises(CorruptedCacheError):
        items(store)


def test_an_item_of_other_bytes_than_its_file_is_not_used(tmp_path):
    """A build that was broken off had read the file while it held them."""
    keep(tmp_path)
    with closing(a_store(tmp_path)) as store:
        store.add_texts([text("t2", digest=b"other", item=b"[]")])
    with closing(a_store(tmp_path)) as store, pytest.raises(CorruptedCacheError):
        items(store)


@pytest.mark.parametrize("releases", [False, True])
def test_items_are_those_of_the_files_as_they_are_now(store, releases):
    assert items(store, {}) == {}
    records = {
        path: SourceRecord(b"s", b"1", metadata_digest=b"m", body_digest="t") for path in ("a.md", "b.md", "c.md")
    }
    store.add_texts(text("t", path=path, digest=b"1", item=path.encode()) for path in records)
    assert items(store, records).keys() == records.keys()
    store.save(dict(records))
    if releases:
        store.release()
    del records["a.md"]  # is gone
    records["b.md"] = SourceRecord(b"s", b"2", metadata_digest=b"m", body_digest="t")  # was changed
    records["c.md"] = SourceRecord(b"s", b"3")  # is broken
    store.add_texts([text("t", path="b.md", digest=b"2", item=b"new")])
    items(store, records)
    store.save(records)
    assert items(store) == {"b.md": ("b.md", b"new")}


def test_a_body_that_is_not_whole_is_lost_and_never_wrong(tmp_path, store):
    keep(tmp_path)
    with closing(sqlite3.connect(tmp_path / NAME)) as connection, connection:
        connection.execute("UPDATE fragment SET html = substr(html, 1, length(html) - 1)")
    with pytest.raises(CorruptedCacheError):
        store.fragment("t1")
    with pytest.raises(CorruptedCacheError):
        store.fragment("t2")


def test_a_broken_database_is_begun_anew(tmp_path):
    keep(tmp_path)
    (tmp_path / NAME).write_bytes(b"x" * 9000)
    with closing(a_store(tmp_path)) as store:
        with pytest.raises(CorruptedCacheError):
            assert store.records
        store.forget(but="")
        assert store.records == {}
        store.add_texts([text("t1", "<p>Mới</p>")])
        assert store.fragment("t1") == ("<p>Mới</p>",)


def test_a_database_that_is_none_is_let_go_of(tmp_path, store):
    """Its file is removed: on some systems that fails while it is open."""
    (tmp_path / NAME).write_bytes(b"x" * 9000)
    with pytest.raises(CorruptedCacheError):
        assert store.records
    store.forget(but="")
    assert store.records == {}
    store.close()
    assert not open_files()


def open_files():
    return [fd for fd in os.listdir("/proc/self/fd") if "/store-" in os.path.realpath(f"/proc/self/fd/{fd}")]


def test_what_is_forgotten_is_all_but_what_no_build_can_make_again(tmp_path):
    keep(tmp_path)
    with closing(a_store(tmp_path)) as store:
        store.save_snapshot("history-a", VERSION, b"addresses")
        store.save_snapshot("manifest-a", VERSION, b"pages")
        store.forget(but="history-*")
    with closing(a_store(tmp_path)) as store:
        assert store.records == {} and store.snapshot("manifest-a", VERSION) is None
        assert store.snapshot("history-a", VERSION) == b"addresses"


def test_a_history_that_is_not_whole_is_forgotten_too(tmp_path):
    with closing(a_store(tmp_path)) as store:
        store.save_snapshot("history-a", VERSION, b"addresses")
    with closing(sqlite3.connect(tmp_path / NAME)) as connection, connection:
        connection.execute("UPDATE snapshot SET data = 'x'")
    with closing(a_store(tmp_path)) as store:
        store.forget(but="history-*")
        assert store.snapshot("history-a", VERSION) is None


@pytest.mark.parametrize("sizes", [(1 << 20, 3), (3, 1 << 20), (1 << 20, 1 << 21)])
def test_a_snapshot_is_kept_whole_however_large_it_and_the_one_before_are(tmp_path, sizes):
    for size in sizes:
        with closing(a_store(tmp_path)) as store:
            store.save_snapshots(VERSION, [("a", b"x"), ("b", b"b" * size)])
        with closing(a_store(tmp_path)) as store:
            assert store.snapshot("b", VERSION) == b"b" * size and store.snapshot("a", VERSION) == b"x"


def test_many_are_saved_while_others_are_read_and_a_fork_closes_the_file_meanwhile(tmp_path):
    with closing(a_store(tmp_path)) as store:
        store.save_snapshots(VERSION, [("1", b"one"), ("2", b"two")])
        store.save_snapshot("3", OTHER, b"three")

        def twice():
            for name, data in zip("123", store.each_snapshot("123", VERSION), strict=True):
                if not (child := os.fork()):
                    os._exit(0)
                os.waitpid(child, 0)
                yield name, bytes(data or b"none") * 2

        store.save_snapshots(VERSION, twice())
    with closing(a_store(tmp_path)) as store:
        assert list(store.each_snapshot("1234", VERSION)) == [b"oneone", b"twotwo", b"nonenone", None]


def test_a_fork_opens_the_file_itself(tmp_path):
    keep(tmp_path)
    with closing(a_store(tmp_path)) as store:
        assert store.records and open_files()
        if (child := os.fork()) == 0:
            os._exit(0 if not open_files() and store.fragment("t1") == ("<p>Chữ</p>",) else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert store.fragment("t1") == ("<p>Chữ</p>",)


def test_bodies_that_nothing_shows_do_not_pile_up(tmp_path, store):
    assert store.records == {}
    store.add_texts(text(str(number), "x", path=f"{number}.md") for number in range(500))
    store.save({name: SourceRecord(b"s", b"d", body_digest=name) for name in ("1", "2")})
    with closing(sqlite3.connect(tmp_path / NAME)) as connection:
        assert {digest for (digest,) in connection.execute("SELECT digest FROM fragment")} == {"1", "2"}


def test_a_digest_tells_how_its_parts_were_cut():
    assert hashing.digest(b"ab", b"c") != hashing.digest(b"a", b"bc")


@pytest.mark.parametrize("cut", [0, 1, 3, 4, 5])
def test_what_was_cut_short_is_not_what_was_kept(cut):
    stored = with_checksum(b"key", b"data")
    assert verified(b"key", stored) == b"data"
    with pytest.raises(CorruptedCacheError):
        verified(b"key", stored[:cut])
    with pytest.raises(CorruptedCacheError):
        verified(b"other", stored)


def test_what_is_different_now_is_found_by_the_next_and_what_is_gone_is_not(tmp_path):
    records = {f"a{number}.md": SourceRecord(b"stamp", bytes([number])) for number in range(40)}
    store = a_store(tmp_path)
    assert store.records == {}
    store.save(dict(records))
    del records["a8.md"]
    store = a_store(tmp_path)
    assert len(store.records) == 40
    store.save({path: store.records[path] for path in records} | {"a7.md": SourceRecord(b"later", b"new")})
    with closing(a_store(tmp_path)) as store:
        assert store.records == {**records, "a7.md": SourceRecord(b"later", b"new")}


def test_what_was_let_go_is_loaded_again(store):
    assert store.records == {}
    store.save({"a.md": SourceRecord(b"stamp", b"digest")})
    store.release()
    assert store.records == {"a.md": SourceRecord(b"stamp", b"digest")}


def test_a_cache_that_is_cleared_while_we_live_is_written_anew(tmp_path):
    store = a_store(tmp_path / "state")
    assert store.records == {}
    store.save({"a.md": SourceRecord(b"stamp", b"digest")})
    shutil.rmtree(tmp_path / "state")
    records = {"a.md": SourceRecord(b"stamp", b"digest"), "b.md": SourceRecord(b"stamp", b"other")}
    store.save(records)
    with closing(a_store(tmp_path / "state")) as store:
        assert store.records == records


def test_the_stores_of_folders_that_nobody_builds_any_more_go(tmp_path):
    old, new, ours, foreign = "a" * 16, "b" * 16, "c" * 16, "cua-toi"
    for name in (old, new, ours, foreign):
        keep_one(tmp_path, name)
    for name in (old, ours, foreign):
        os.utime(tmp_path / f"store-{name}.sqlite", (1, 1))
    keep_one(tmp_path, ours)
    left = sorted(path.name for path in tmp_path.glob("store-*"))
    assert left == [f"store-{new}.sqlite", f"store-{ours}.sqlite", f"store-{foreign}.sqlite"]


def keep_one(folder, name):
    store = a_store(folder, name=f"store-{name}.sqlite")
    assert store.records is not None
    store.save({"a.md": SourceRecord(b"s", b"d")})
