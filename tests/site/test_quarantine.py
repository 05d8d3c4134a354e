"""``KEEP_LAST_GOOD``: one broken story does not hold up the others."""

import os
import shutil
import time

import pytest

from plugins.core.build.last_good import LastGood
from plugins.core.errors import ContentError
from plugins.core.hashing import digest
from plugins.core.source import listing, reader
from tests.tiny import a_jpeg, a_story


def build(tiny, **more):
    return tiny.build(KEEP_LAST_GOOD=True, **more)


def problems_of(planned):
    return {(problem.code, problem.path, problem.severity) for problem in planned.problems}


def test_a_broken_story_keeps_its_last_good_version_and_the_others_are_published(tiny):
    tiny.write("tin-tuc/2026/05/bai/anh.jpg", a_jpeg())
    tiny.story(title="Bản tốt", image="anh.jpg", image_alt="x")
    build(tiny)
    tiny.story(title="Bản hỏng", date="32/5/2026")
    (tiny.content / "tin-tuc/2026/05/bai/anh.jpg").unlink()
    tiny.story("khac", title="Bài khác mới")
    problems = problems_of(build(tiny))
    assert ("DATE_INVALID", "content/tin-tuc/2026/05/bai/index.md", "warning") in problems
    assert ("QUARANTINED", "content/tin-tuc/2026/05/bai", "warning") in problems
    page = tiny.page("tin-tuc/2026/05/bai/index.html")
    assert page.h1.text == "Bản tốt" and page.find("main").find("img")
    assert tiny.page("tin-tuc/2026/05/khac/index.html").h1.text == "Bài khác mới"


def test_a_new_broken_story_stays_out(tiny):
    build(tiny)
    tiny.story("moi", title="Chưa xong", category="khong-co")
    tiny.write("tin-tuc/le.md", "không có khai báo")
    problems = problems_of(build(tiny))
    assert {path for code, path, _ in problems if code == "QUARANTINED"} == {
        "content/tin-tuc/2026/05/moi",
        "content/tin-tuc/le.md",
    }
    assert (
        not (tiny.output / "tin-tuc/2026/05/moi").exists() and (tiny.output / "tin-tuc/2026/05/bai/index.html").exists()
    )


def test_what_links_to_a_story_that_stays_out_stays_as_it_was_too(tiny):
    tiny.story(title="Chưa có liên kết")
    build(tiny)
    tiny.story("moi", date="32/5/2026")
    tiny.story(title="Có liên kết", body="[x](../moi/index.md)")
    build(tiny)
    assert tiny.page("tin-tuc/2026/05/bai/index.html").h1.text == "Chưa có liên kết"


@pytest.mark.parametrize("is_renamed", [True, False])
def test_a_story_whose_last_good_version_links_to_what_is_gone_stays_out_and_the_others_are_published(tiny, is_renamed):
    tiny.story("a", body="[b](/tin-tuc/2026/05/b/)")
    tiny.story("b", title="Bài B")
    build(tiny)
    (tiny.content / "tin-tuc/2026/05/b").rename(tiny.root / "b")
    if is_renamed:
        (tiny.root / "b").rename(tiny.content / "tin-tuc/2026/05/b2")
    tiny.story("c", title="Bài khác mới")
    problems = problems_of(build(tiny))
    assert ("QUARANTINED", "content/tin-tuc/2026/05/a", "warning") in problems
    assert ("LINK_BROKEN", "content/tin-tuc/2026/05/a/index.md", "warning") in problems
    assert (tiny.output / "tin-tuc/2026/05/c/index.html").exists()
    assert not (tiny.output / "tin-tuc/2026/05/a").exists()
    (tiny.content / "tin-tuc/2026/05/a/index.md").write_text(a_story(body="Không dẫn đi đâu."), "utf-8")
    build(tiny)
    assert (tiny.output / "tin-tuc/2026/05/a/index.html").exists()


def test_the_next_good_save_heals_it(tiny):
    build(tiny)
    tiny.story(title="Hỏng", date="32/5/2026")
    build(tiny)
    tiny.story(title="Đã sửa")
    assert problems_of(build(tiny)) == set()
    assert tiny.page("tin-tuc/2026/05/bai/index.html").h1.text == "Đã sửa"


def test_links_out_of_the_folder_are_told_and_never_followed(tiny):
    build(tiny)
    (tiny.content / "tin-tuc/2026/05/bai/trom.jpg").symlink_to("/etc/passwd")
    problems = problems_of(build(tiny))
    assert ("FILE_SPECIAL", "content/tin-tuc/2026/05/bai/trom.jpg", "warning") in problems
    assert not [path for path, data in tiny.files().items() if b"root:" in data]
    assert tiny.page("tin-tuc/2026/05/bai/index.html").h1.text == "Một câu chuyện"


def test_without_it_a_mistake_stops_the_build(tiny):
    build(tiny)
    tiny.story(date="32/5/2026")
    with pytest.raises(ContentError):
        tiny.build()


STORY = "tin-tuc/2026/05/bai/index.md"


def test_a_text_of_the_same_size_and_time_is_another_version_all_the_same(tiny):
    """What was kept is known by its bytes: an older good text never comes back."""
    tiny.story(title="Bản cũ một")
    os.utime(tiny.content / STORY, ns=(1, 1))
    build(tiny)
    tiny.story(title="Bản cũ hai")
    os.utime(tiny.content / STORY, ns=(1, 1))
    build(tiny)
    tiny.story(title="Hỏng", date="32/5/2026")
    build(tiny)
    assert tiny.page("tin-tuc/2026/05/bai/index.html").h1.text == "Bản cũ hai"


def test_a_folder_without_a_text_is_no_last_good_version(tiny):
    tiny.write("tin-tuc/2026/05/moi/anh.jpg", a_jpeg())
    build(tiny)
    tiny.story("moi", date="32/5/2026")
    (message,) = [p.message for p in build(tiny).problems if p.code == "QUARANTINED"]
    assert "chưa từng đăng" in message and not (tiny.output / "tin-tuc/2026/05/moi").exists()


def test_a_version_that_was_taken_out_in_between_is_not_the_last_good_one(tiny):
    tiny.story("cu")
    build(tiny)
    shutil.rmtree(tiny.content / "tin-tuc/2026/05/cu")
    build(tiny)
    tiny.story("cu", date="32/5/2026")
    build(tiny)
    assert not (tiny.output / "tin-tuc/2026/05/cu").exists()


def test_files_in_folders_of_a_broken_story_stand_and_fall_with_it(tiny):
    tiny.write("tin-tuc/2026/05/bai/anh/1.jpg", a_jpeg())
    tiny.story(image="anh/1.jpg", image_alt="x")
    build(tiny)
    tiny.write("tin-tuc/2026/05/bai/anh/1.jpg", a_jpeg()[:-50])
    problems = problems_of(build(tiny))
    assert ("QUARANTINED", "content/tin-tuc/2026/05/bai", "warning") in problems
    assert tiny.page("tin-tuc/2026/05/bai/index.html").find("main").find("img")


def test_no_file_of_the_content_is_touched_and_nothing_else_is_read_again(tiny, monkeypatch):
    tiny.story("khac")
    for path in tiny.content.rglob("*"):
        os.utime(path, ns=(10**18, 10**18))
    time.sleep(3.1)  # what was just written is read again in any case
    build(tiny)
    stamps = {path: path.stat() for path in tiny.content.rglob("*.md") if path != tiny.content / STORY}
    tiny.story(date="32/5/2026")
    opened = []
    real = reader.read_file
    monkeypatch.setattr(reader, "read_file", lambda path, *more: opened.append(path) or real(path, *more))
    build(tiny, WORKERS=1)
    tiny.story(date="33/5/2026")
    build(tiny, WORKERS=1)
    assert set(opened) == {STORY}
    for path, was in stamps.items():
        now = path.stat()
        assert (now.st_nlink, now.st_mtime_ns, now.st_ctime_ns) == (1, was.st_mtime_ns, was.st_ctime_ns)


def test_each_text_is_kept_once_and_only_as_long_as_it_is_the_last_good_one(tiny):
    tiny.write("tin-tuc/2026/05/hai/index.md", a_story("Một câu chuyện"))  # the same bytes as bai
    build(tiny)
    objects = tiny.root / "cache/last-good/objects"
    first = set(os.listdir(objects))
    assert len(first) == len({path.read_bytes() for path in tiny.content.rglob("*.md")})
    tiny.story(title="Khác")
    build(tiny)
    shutil.rmtree(tiny.content / "tin-tuc/2026/05/hai")
    build(tiny)
    assert len(os.listdir(objects)) == len(first) and set(os.listdir(objects)) != first


def test_a_version_that_the_disk_has_spoilt_is_not_used(tiny):
    build(tiny)
    stored = tiny.root / "cache/last-good/objects" / digest((tiny.content / STORY).read_bytes()).hex()
    stored.write_bytes(b"x" * stored.stat().st_size)
    tiny.story(date="32/5/2026")
    build(tiny)
    assert not (tiny.output / "tin-tuc/2026/05/bai").exists()


def test_it_may_be_turned_on_when_nothing_has_changed(tiny):
    tiny.build()
    build(tiny)
    tiny.story(title="Hỏng", date="32/5/2026")
    build(tiny)
    assert tiny.page("tin-tuc/2026/05/bai/index.html").h1.text == "Một câu chuyện"


def test_a_file_that_changes_while_it_is_kept_leaves_the_version_before(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("tốt")
    good = LastGood(tmp_path / "last-good", tmp_path / "content")
    good.keep(listing.list_files(tmp_path / "content"), {"a.md": digest("tốt".encode())})
    before = good.versions()
    (tmp_path / "content/a.md").write_text("sửa")
    good.keep(listing.list_files(tmp_path / "content"), {"a.md": digest("đã đọc".encode())})
    assert good.versions() == before and good.exists
