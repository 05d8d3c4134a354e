"""A build warns of what the last good one had and this one lacks."""

from contextlib import closing

import pytest

from plugins.core.errors import ContentError
from plugins.core.incremental.store import Store


def warnings(planned):
    return [(problem.code, problem.path, problem.message) for problem in planned.problems]


def test_case_38_a_published_address_that_changes_is_told_with_the_line_to_add(tiny):
    tiny.build()
    (tiny.content / "tin-tuc/2026/05/bai").rename(tiny.content / "tin-tuc/2026/05/ten-moi")
    ((code, path, message),) = warnings(tiny.build())
    assert (code, path) == ("URL_CHANGED", "content/tin-tuc/2026/05/ten-moi/index.md")
    assert "aliases: [/tin-tuc/2026/05/bai/]" in message
    tiny.story("ten-moi", aliases="[/tin-tuc/2026/05/bai/]")
    assert warnings(tiny.build()) == []


def test_case_38_a_slug_that_changes_is_told_too(tiny):
    tiny.build()
    tiny.story(slug="ten-khac")
    ((code, _, message),) = warnings(tiny.build())
    assert code == "URL_CHANGED" and "/tin-tuc/2026/05/bai/" in message


def test_case_73_a_site_that_loses_a_fifth_of_its_stories_stops_unless_that_is_meant(tiny):
    for number in range(10):
        tiny.story(f"bai-{number}", body=f"Nội dung số {number}.")
    tiny.build()
    before = tiny.files()
    for number in range(6):
        (tiny.content / f"tin-tuc/2026/05/bai-{number}/index.md").unlink()
    with pytest.raises(ContentError) as caught:
        tiny.build()
    assert [problem.code for problem in caught.value.problems] == ["SITE_SHRINKS"] and tiny.files() == before
    tiny.build(ALLOW_SHRINK=True)
    assert len(tiny.files()) < len(before)


def test_case_73_an_empty_content_folder_is_a_mistake(tiny):
    import shutil

    shutil.rmtree(tiny.content)
    tiny.content.mkdir()
    with pytest.raises(ContentError) as caught:
        tiny.build()
    assert [problem.code for problem in caught.value.problems if problem.code != "LINK_BROKEN"] == ["CONTENT_EMPTY"]


def test_a_history_that_cannot_be_read_is_no_history(tiny):
    tiny.build()
    (path,) = (tiny.root / "cache/state").glob("store-*.sqlite")
    with closing(Store(path)) as store:
        ((name, version, _),) = store.snapshots("history-*")
        store.save_snapshot(name, version, b'{"addresses": 5')
    (tiny.content / "tin-tuc/2026/05/bai").rename(tiny.content / "tin-tuc/2026/05/ten-moi")
    assert warnings(tiny.build()) == []
