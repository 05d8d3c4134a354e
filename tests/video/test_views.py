"""Videos → pages and a strip."""

import pytest

from plugins.core.render.renderer import Renderer
from plugins.core.site.identity import Assets
from plugins.video import SECTION
from plugins.video.model import Video
from plugins.video.views import clock
from tests.world import MARKUP, ROOT, a_content, a_site, check, codes, front, item, make_pages, pages_of, read

FIELDS = {"title": "Phim", "date": "2026-05-01", "poster": "bia.jpg", "poster_alt": "Biển", "duration": "4:35"}


def a_video(name="phim", **fields):
    return item(Video, f"video/{name}/index.md", "Lời bình.", **{**FIELDS, **fields})


def content_of(*videos, files=()):
    posters = tuple(f"{video.document.folder}/bia.jpg" for video in videos)
    return a_content(*videos, sections=(SECTION,), pictures=posters, files=dict.fromkeys(files, 5))


def detail(content, name="phim"):
    return pages_of(content)[f"video/{name}/index.html"].view


def rendered(content, name="phim"):
    """Render the film's whole page."""
    scripts = {"video": "/theme/video.js", "share": "/theme/share.js"}
    site = a_site(assets=Assets({}, {"print": "/theme/print.css"}, scripts, {"logo": "/theme/logo.svg"}))
    page = pages_of(content)[f"video/{name}/index.html"]
    renderer = Renderer(site, (SECTION,), str(ROOT / "theme"), lambda _: MARKUP.parse("Lời bình.").pieces)
    return renderer.render(page, page.view)[0].decode()


def test_a_youtube_film_is_a_plain_link_until_the_reader_clicks():
    view = detail(content_of(a_video(youtube="aqz-KE-bpKQ")))
    assert view.watch_url == "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
    assert view.structured(a_site())[0]["embedUrl"].startswith("https://www.youtube-nocookie.com/")


def test_an_own_film_is_published_and_linked():
    content = content_of(a_video(file="phim.mp4"), files=("video/phim/phim.mp4",))
    view = detail(content)
    assert view.watch_url == "/tep/video/phim/phim.mp4" == view.file.url
    assert content.published_files == {"video/phim/phim.mp4"}
    assert view.structured(a_site())[0]["contentUrl"] == "https://thu.example/tep/video/phim/phim.mp4"


def test_the_length_is_shown_and_told_to_search_engines():
    view = detail(content_of(a_video(youtube="aqz-KE-bpKQ")))
    assert (view.duration, view.structured(a_site())[0]["duration"]) == ("4:35", "PT4M35S")
    assert clock(3730) == "1:02:10"


def test_a_film_in_no_place_or_in_two_is_a_mistake():
    for video in (a_video(), a_video(youtube="aqz-KE-bpKQ", file="phim.mp4")):
        content = content_of(video, files=("video/phim/phim.mp4",))
        assert codes(check(content, make_pages(content))) == ["VIDEO_SOURCE"]


def test_a_pasted_address_is_refused_with_the_form_to_write():
    _, (problem,) = read(Video, front(**FIELDS, youtube='"https://youtu.be/aqz-KE-bpKQ?t=5"'), "video/phim/index.md")
    assert problem.code == "VALUE_FORM" and "aqz-KE-bpKQ" in problem.message


def test_the_strip_shows_the_newest_with_their_length():
    content = content_of(*(a_video(f"phim-{n}", youtube="aqz-KE-bpKQ", date=f"2026-05-{n:02}") for n in range(1, 11)))
    block = content.blocks["video"]
    assert len(block.cards) == 4 and block.cards[0].url == "/video/phim-10/" and block.cards[0].badge == "4:35"
    assert "video" not in content_of().blocks


def test_captions_are_published_beside_the_film_and_offered():
    files = ("video/phim/phim.mp4", "video/phim/phu-de.vtt")
    content = content_of(a_video(file="phim.mp4", captions="phu-de.vtt"), files=files)
    assert detail(content).captions.url == "/tep/video/phim/phu-de.vtt" and content.published_files == set(files)
    assert '<track kind="captions" src="/tep/video/phim/phu-de.vtt" srclang="vi" label="Phụ đề">' in rendered(content)
    without = content_of(a_video(file="phim.mp4"), files=files)
    assert "<track" not in rendered(without) and without.published_files == {files[0]}


@pytest.mark.parametrize(
    "fields",
    [
        {"youtube": "aqz-KE-bpKQ", "captions": "phu-de.vtt"},
        {"file": "phim.mp4", "captions": "phu-de.srt"},
        {"file": "phim.mp4", "captions": "phim.mp4"},
    ],
)
def test_captions_that_no_player_of_ours_shows_are_a_mistake(fields):
    content = content_of(
        a_video(**fields), files=("video/phim/phim.mp4", "video/phim/phu-de.vtt", "video/phim/phu-de.srt")
    )
    assert codes(check(content, make_pages(content))) == ["VIDEO_CAPTIONS"]


def test_captions_that_lie_beside_a_film_and_are_not_offered_are_told():
    files = ("video/phim/phim.mp4", "video/phim/phu-de.vtt", "video/khac/loi.VTT")
    content = content_of(a_video(file="phim.mp4"), a_video("khac", youtube="aqz-KE-bpKQ"), files=files)
    [problem] = check(content, make_pages(content))
    assert (problem.code, problem.severity) == ("VIDEO_CAPTIONS", "warning")
    assert problem.path == "content/video/phim/index.md" and "captions: phu-de.vtt" in problem.message
    with_captions = content_of(a_video(file="phim.mp4", captions="phu-de.vtt"), files=files)
    assert codes(check(with_captions, make_pages(with_captions))) == []
