"""``KEEP_LAST_GOOD``: one broken story does not hold up the others."""

import pytest

from plugins.core.problems import ContentError
from tests.tiny import a_jpeg


def build(tiny, **more):
    return tiny.build(KEEP_LAST_GOOD=True, **more)


def told(planned):
    return {(problem.code, problem.path, problem.severity) for problem in planned.problems}


def test_a_broken_story_keeps_its_last_good_version_and_the_others_are_published(tiny):
    tiny.write("tin-tuc/2026/05/bai/anh.jpg", a_jpeg())
    tiny.story(title="Bản tốt", image="anh.jpg", image_alt="x")
    build(tiny)
    tiny.story(title="Bản hỏng", date="32/5/2026")
    (tiny.content / "tin-tuc/2026/05/bai/anh.jpg").unlink()
    tiny.story("khac", title="Bài khác mới")
    found = told(build(tiny))
    assert ("DATE_INVALID", "content/tin-tuc/2026/05/bai/index.md", "warning") in found
    assert ("QUARANTINED", "content/tin-tuc/2026/05/bai", "warning") in found
    page = tiny.page("tin-tuc/2026/05/bai/index.html")
    assert page.h1.text == "Bản tốt" and page.find("main").find("img")
    assert tiny.page("tin-tuc/2026/05/khac/index.html").h1.text == "Bài khác mới"


def test_a_new_broken_story_stays_out(tiny):
    build(tiny)
    tiny.story("moi", title="Chưa xong", category="khong-co")
    tiny.write("tin-tuc/le.md", "không có khai báo")
    found = told(build(tiny))
    assert {path for code, path, _ in found if code == "QUARANTINED"} == {
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


def test_the_next_good_save_heals_it(tiny):
    build(tiny)
    tiny.story(title="Hỏng", date="32/5/2026")
    build(tiny)
    tiny.story(title="Đã sửa")
    assert told(build(tiny)) == set()
    assert tiny.page("tin-tuc/2026/05/bai/index.html").h1.text == "Đã sửa"


def test_links_out_of_the_folder_are_told_and_never_followed(tiny):
    build(tiny)
    (tiny.content / "tin-tuc/2026/05/bai/trom.jpg").symlink_to("/etc/passwd")
    found = told(build(tiny))
    assert ("FILE_SPECIAL", "content/tin-tuc/2026/05/bai/trom.jpg", "warning") in found
    assert not [path for path, data in tiny.files().items() if b"root:" in data]
    assert tiny.page("tin-tuc/2026/05/bai/index.html").h1.text == "Một câu chuyện"


def test_without_it_a_mistake_stops_the_build(tiny):
    build(tiny)
    tiny.story(date="32/5/2026")
    with pytest.raises(ContentError):
        tiny.build()
