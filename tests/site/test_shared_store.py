"""Pictures and the theme's files in a folder that several sites share (``PORTAL_STORE``)."""

import json
import os

import pytest

from plugins.core.build import execute
from plugins.core.build.output import MARK
from plugins.core.build.packing import pack, packed_names
from tests.tiny import a_jpeg


@pytest.fixture
def shared(tiny, monkeypatch):
    """A tiny site with a picture, whose pictures and theme go to a shared folder."""
    tiny.write("tin-tuc/2026/05/bai/anh.jpg", a_jpeg())
    tiny.story(title="Bài có ảnh", image="anh.jpg", image_alt="Toàn cảnh")
    monkeypatch.setenv("PORTAL_STORE", str(tiny.root / "store"))
    monkeypatch.setenv("PORTAL_RESULT", str(tiny.root / "result.json"))
    return tiny


def names(tiny):
    return (tiny.output / MARK / "shared").read_text("utf-8").splitlines()


def test_output_and_store_together_have_what_a_site_of_its_own_has(shared, monkeypatch):
    shared.build()
    files = {path: data for path, data in shared.files().items() if not path.startswith(MARK)}
    files |= {name: (shared.root / "store" / name).read_bytes() for name in names(shared)}
    monkeypatch.delenv("PORTAL_STORE")
    shared.build(OUTPUT_PATH=str(shared.root / "alone"), CACHE_PATH=str(shared.root / "other"))
    folder = shared.root / "alone"
    alone = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and MARK not in path.parts
    }
    packed = {
        name: pack(name, data, is_page=not path.startswith(("anh/", "theme/")))
        for path, data in alone.items()
        for name in packed_names(path)
    }
    assert files == alone | packed
    assert not (shared.output / "anh").exists() and not (shared.output / "theme").exists()


def test_a_photograph_takes_its_room_once(shared):
    shared.build()
    for name in (name for name in names(shared) if name.startswith("anh/")):
        cached = shared.root / "cache" / "pictures" / name.partition("/")[2]
        assert os.path.samefile(cached, shared.root / "store" / name)


@pytest.mark.parametrize("is_fresh", [False, True])
def test_what_readers_have_already_is_neither_made_nor_added_again(shared, monkeypatch, is_fresh):
    """An account that only builds sees the store and may not write there: what was taken over from it, it may forget."""
    shared.build()
    needed, served = names(shared), shared.root / "served"
    (shared.root / "store").rename(served)
    for path in (shared.root / "cache" / "pictures").glob("*-*"):
        path.unlink()
    monkeypatch.setenv("PORTAL_SERVED", str(served))
    shared.build(**({"LOAD_CONTENT_CACHE": False} if is_fresh else {}))
    assert names(shared) == needed
    assert not [path for path in (shared.root / "store").rglob("*") if path.is_file()]
    assert not list((shared.root / "cache" / "pictures").glob("*-*"))


def test_only_what_readers_lack_is_made(shared, monkeypatch):
    shared.build()
    served = shared.root / "served"
    (shared.root / "store").rename(served)
    lost = [name for name in names(shared) if name.startswith("anh/")][-1]
    whole = (served / lost).read_bytes()
    (served / lost).unlink()
    for path in (shared.root / "cache" / "pictures").glob("*-*"):
        path.unlink()
    monkeypatch.setenv("PORTAL_SERVED", str(served))
    shared.build()
    assert {
        path.relative_to(shared.root / "store").as_posix(): path.read_bytes()
        for path in (shared.root / "store").rglob("*.*")
    } == {lost: whole}


def test_that_others_came_to_the_store_has_nothing_looked_at_again(shared, monkeypatch):
    """A push of one word after one that brought a photograph."""
    shared.build()
    (shared.root / "store" / "anh" / "khac.jpg").write_bytes(b"x")
    monkeypatch.setattr(execute, "missing_pictures", None)
    shared.story(title="Bài có ảnh", image="anh.jpg", image_alt="Toàn cảnh", body="Lời khác.")
    shared.build()
    assert "Lời khác." in shared.page("tin-tuc/2026/05/bai/index.html").text


def test_a_file_that_was_lost_from_the_store_is_put_there_again(shared):
    shared.build()
    one_of_each_kind = {name.rpartition(".")[2]: name for name in names(shared)}
    assert len(one_of_each_kind) > 5
    for name in one_of_each_kind.values():
        (shared.root / "store" / name).unlink()
        shared.build()
        assert (shared.root / "store" / name).exists()


def test_what_the_site_needs_no_more_stays_in_the_store_and_leaves_the_list(shared):
    shared.build()
    gone = [name for name in names(shared) if name.endswith((".avif", ".jpg"))]
    shared.story(title="Bài không ảnh")
    (shared.content / "tin-tuc/2026/05/bai/anh.jpg").unlink()
    shared.build()
    assert all((shared.root / "store" / name).exists() for name in gone)
    assert not set(gone) & set(names(shared))


@pytest.mark.parametrize("damage", [lambda raw: raw[:-40], lambda raw: raw[:200] + bytes(len(raw) - 200)])
def test_a_picture_that_the_disk_has_damaged_never_comes_into_the_store(shared, monkeypatch, damage):
    """R2: it would be there for a year. Also one that has its length and its last bytes."""
    monkeypatch.delenv("PORTAL_STORE")
    shared.build()
    pictures = [path for path in (shared.root / "cache" / "pictures").iterdir() if path.name != "shown.txt"]
    whole = {path.name: path.read_bytes() for path in pictures}
    for path in pictures:
        path.write_bytes(damage(whole[path.name]))
    monkeypatch.setenv("PORTAL_STORE", str(shared.root / "store"))
    shared.build()
    for name in (name for name in names(shared) if name.startswith("anh/")):
        assert (shared.root / "store" / name).read_bytes() == whole[name.partition("/")[2]]


def test_a_build_tells_what_is_new_what_is_gone_and_when_the_site_changes_next(shared):
    shared.write(
        "tuyen-dung/ke-toan/index.md",
        "---\ntitle: Tuyển kế toán\ndate: 2026-11-01\ndeadline: 2026-11-26 17:00\nunit: Tỉnh đoàn\n---\n\nHồ sơ.\n",
    )
    shared.build()
    shared.story("moi", title="Bài mới")
    shared.build()
    result = json.loads((shared.root / "result.json").read_text("utf-8"))
    assert "tin-tuc/2026/05/moi/index.html" in result["written"] and result["removed"] == []
    assert result["next_change"] > 1_795_000_000
    (shared.content / "tin-tuc/2026/05/moi/index.md").unlink()
    shared.build()
    result = json.loads((shared.root / "result.json").read_text("utf-8"))
    assert "tin-tuc/2026/05/moi/index.html" in result["removed"]
    shared.build()
    again = json.loads((shared.root / "result.json").read_text("utf-8"))
    assert again == {**result, "written": [], "removed": []}


def test_last_good_versions_come_from_a_commit_where_a_server_has_laid_one_out(shared, monkeypatch):
    """R10: also when the cache has none, as on the day when it is switched on, or after it was lost."""
    shared.build()
    before = shared.root / "before"
    (before / "content/tin-tuc/2026/05/bai").mkdir(parents=True)
    text = (shared.content / "tin-tuc/2026/05/bai/index.md").read_text("utf-8")
    (before / "content/tin-tuc/2026/05/bai/index.md").write_text(text, "utf-8")
    (before / "paths").write_bytes(b"tin-tuc/2026/05/bai/index.md\0tin-tuc/2026/05/moi/index.md\0")
    monkeypatch.setenv("PORTAL_BEFORE", str(before))
    shared.story(title="Hỏng", date="32/5/2026")
    shared.story("moi", title="Mới và hỏng", date="32/5/2026")
    shared.story("khac", title="Bài khác")
    problems = {(p.code, p.path) for p in shared.build(KEEP_LAST_GOOD=True).problems}
    assert ("QUARANTINED", "content/tin-tuc/2026/05/bai") in problems
    assert shared.page("tin-tuc/2026/05/bai/index.html").h1.text == "Bài có ảnh"
    assert not (shared.output / "tin-tuc/2026/05/moi").exists()
    assert shared.page("tin-tuc/2026/05/khac/index.html").h1.text == "Bài khác"
    assert json.loads((shared.root / "result.json").read_text("utf-8"))["stale"] == ["tin-tuc/2026/05/bai"]
    assert not (shared.root / "cache" / "last-good").exists()
