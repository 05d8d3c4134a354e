"""Albums: the pictures of a text, as a gallery."""

import pytest

from plugins.albums import SECTION
from plugins.albums.model import Album
from plugins.core.media.picture_file import PictureFile
from plugins.core.render.renderer import Renderer
from plugins.core.site.identity import Assets
from tests.world import MARKUP, ROOT, a_content, a_site, changed, check, codes, item, make_pages, pages_of

THREE = 'Lời đầu.\n\n![Vòng rước đèn](anh-1.jpg "Xuất phát")\n![Phá cỗ](anh-2.jpg)\n\nLời giữa.\n\n![Ra về](anh-3.jpg "Đêm tàn")'


def an_album(name="trung-thu", body=THREE, **fields):
    values = {"title": name.replace("-", " ").capitalize(), "date": "2026-10-01", **fields}
    return item(Album, f"thu-vien-anh/{name}/index.md", body, **values)


def content_of(*albums, more=(), **changes):
    """Return a content with the pictures that the albums name, and ``more``."""
    shown = tuple(f"{album.document.folder}/{ref.src}" for album in albums for ref in album.shown)
    return a_content(*albums, sections=(SECTION,), pictures=(*shown, *more), **changes)


def detail(content, name="trung-thu"):
    return pages_of(content)[f"thu-vien-anh/{name}/index.html"].view


def problems_of(*albums, **more):
    content = content_of(*albums, **more)
    return check(content, make_pages(content))


def rendered(content, body):
    """Render the album's whole page."""
    site = a_site(
        assets=Assets(
            {},
            {"print": "/theme/print.css"},
            {"albums": "/theme/albums.js", "share": "/theme/share.js"},
            {"logo": "/theme/logo.svg"},
        )
    )
    page = pages_of(content)["thu-vien-anh/trung-thu/index.html"]
    html, _ = Renderer(site, (SECTION,), str(ROOT / "theme"), lambda _: MARKUP.parse(body).pieces).render(
        page, page.view
    )
    return html.decode()


# -- the photographs -------------------------------------------------------------


def test_the_pictures_of_the_text_are_the_photographs_in_their_order():
    view = detail(content_of(an_album()))
    assert [(photo.picture.alt, photo.caption) for photo in view.photos] == [
        ("Vòng rước đèn", "Xuất phát"),
        ("Phá cỗ", ""),
        ("Ra về", "Đêm tàn"),
    ]
    assert view.count == "3 ảnh"


def test_each_photograph_leads_to_its_largest_size_and_the_words_stay_around_them():
    before, _, rest = rendered(content_of(an_album()), THREE).partition('<div class="prose photos">')
    html = rest.partition("<dialog")[0]
    assert html.count('<figure><a href="/anh/') == html.count('-1080.jpg"><picture>') == 3
    assert html.index("Lời đầu") < html.index("Vòng rước đèn") < html.index("Lời giữa") < html.index("Ra về")
    assert "<figcaption>Xuất phát</figcaption>" in html and html.count("<figcaption>") == 2
    assert '<script src="/theme/albums.js" defer></script>' in before
    assert html.count('loading="lazy"') == html.count('width="1440" height="960"') == 3


def test_a_photograph_without_a_description_is_a_link_with_a_name_all_the_same():
    album = an_album(body='![](anh-1.jpg "Phá cỗ")\n![](anh-2.jpg)')
    assert [photo.picture.alt for photo in detail(content_of(album)).photos] == ["Phá cỗ", "Ảnh 2"]


def test_a_photograph_that_is_not_there_is_told_and_does_not_shift_the_others():
    album = an_album()
    whole = content_of(album)
    pictures = {path: picture for path, picture in whole.pictures.items() if not path.endswith("anh-1.jpg")}
    files = {path: size for path, size in whole.files.items() if not path.endswith("anh-1.jpg")}
    content = changed(whole, files=files, pictures=pictures)
    assert "PICTURE_MISSING" in codes(check(content, make_pages(content)))
    assert [photo.picture.alt for photo in detail(content).photos] == ["Phá cỗ", "Ra về"]
    assert [getattr(target, "alt", target) for target in detail(content).body.targets] == ["", "Phá cỗ", "Ra về"]


def test_search_engines_are_told_of_a_gallery_with_each_photograph():
    view = detail(content_of(an_album(place="La Dạ", photographer="Ban Thiếu nhi")))
    (gallery,) = view.structured(a_site())
    assert (gallery["@type"], gallery["contentLocation"]["name"]) == ("ImageGallery", "La Dạ")
    first, second, _ = gallery["associatedMedia"]
    assert (first["@type"], first["caption"], first["creditText"]) == ("ImageObject", "Xuất phát", "Ban Thiếu nhi")
    assert first["contentUrl"].startswith("https://thu.example/anh/") and second["caption"] == "Phá cỗ"
    (bare,) = detail(content_of(an_album())).structured(a_site())
    assert "contentLocation" not in bare and "creditText" not in bare["associatedMedia"][0]


# -- lists -----------------------------------------------------------------------


def test_the_cover_is_the_first_photograph_unless_another_is_chosen():
    first, chosen = an_album("mot"), an_album("hai", image="bia.jpg", image_alt="Trăng")
    content = content_of(first, chosen, more=("thu-vien-anh/hai/bia.jpg",))
    stems = {card.title: card.picture.stem for card in pages_of(content)["thu-vien-anh/index.html"].view.cards}
    wanted = {path: content.picture(path).stem for path in content.pictures}
    assert stems == {"Mot": wanted["thu-vien-anh/mot/anh-1.jpg"], "Hai": wanted["thu-vien-anh/hai/bia.jpg"]}
    assert detail(content, "hai").picture.alt == "Trăng" and detail(content, "hai").count == "3 ảnh"


def test_the_list_shows_the_newest_first_with_how_many_photographs():
    content = content_of(an_album("cu", date="2025-01-01"), an_album("moi", body="![Một](a.jpg)\n![Hai](b.jpg)"))
    cards = pages_of(content)["thu-vien-anh/index.html"].view.cards
    assert [(card.title, card.badge) for card in cards] == [("Moi", "2 ảnh"), ("Cu", "3 ảnh")]
    assert all(card.picture.alt == "" for card in cards)


def test_the_list_is_paged_and_says_something_useful_when_it_is_empty():
    many = pages_of(content_of(*(an_album(f"album-{number}") for number in range(25))))
    assert len(many["thu-vien-anh/index.html"].view.cards) == 15
    assert len(many["thu-vien-anh/trang/1/index.html"].view.cards) == 10
    empty = pages_of(content_of())["thu-vien-anh/index.html"].view
    assert empty.cards == () and "Tin tức" in empty.empty


def test_the_block_shows_the_three_newest_covers_or_is_not_there():
    content = content_of(*(an_album(f"album-{day}", date=f"2026-05-{day:02}", summary="Dài.") for day in range(1, 6)))
    assert [card.title for card in content.blocks["albums"].cards] == ["Album 5", "Album 4", "Album 3"]
    assert [card.summary for card in content.blocks["albums"].cards] == ["Dài.", "", ""]
    assert "albums" not in content_of().blocks


def test_tags_and_feeds_know_albums_but_not_those_that_are_drafts_or_unlisted():
    states = [an_album("mo", tags="[thiếu nhi]"), an_album("nhap", status="draft"), an_album("kin", status="unlisted")]
    content = content_of(*states)
    assert [(entry.section, entry.story.name) for entry in content.entries] == [("albums", "mo")]
    assert {path for path in pages_of(content) if path.count("/") == 2} == {
        "thu-vien-anh/mo/index.html",
        "thu-vien-anh/kin/index.html",
    }
    assert [card.title for card in detail(content, "kin").others] == ["Mo"]


# -- the doctor ------------------------------------------------------------------


def test_a_good_album_is_left_alone():
    assert problems_of(an_album()) == []


@pytest.mark.parametrize("body", ["Chưa có ảnh nào.", "![Một](anh-1.jpg)"])
def test_fewer_than_two_photographs_are_no_album(body):
    (problem,) = problems_of(an_album(body=body))
    assert (problem.code, problem.severity, problem.line) == ("ALBUM_SMALL", "warning", 2)


def test_a_photograph_that_stands_twice_is_told_at_its_second_line():
    (problem,) = problems_of(an_album(body="![Một](anh-1.jpg)\n![Hai](anh-1.jpg)"))
    assert (problem.code, problem.severity, problem.line) == ("ALBUM_PHOTO_TWICE", "warning", 7)


def test_a_copy_under_another_name_is_the_same_photograph():
    album = an_album(body="![Một](a.jpg)\n![Hai](b.jpg)")
    content = content_of(album)
    same = {path: PictureFile(path, "0" * 12, 1440, 960) for path in content.pictures}
    content = changed(content, pictures=same)
    (problem,) = check(content, make_pages(content))
    assert problem.code == "ALBUM_PHOTO_TWICE" and "“a.jpg”" in problem.message and "“b.jpg”" in problem.message


def test_one_description_for_all_describes_none():
    (problem,) = problems_of(an_album(body="![Trung thu](a.jpg)\n![Trung thu](b.jpg)\n![Trung thu](c.jpg)"))
    assert (problem.code, problem.line) == ("ALBUM_ALT_SAME", 7)
    assert problems_of(an_album(body="![Trung thu](a.jpg)\n![Trung thu](b.jpg)\n![Phá cỗ](c.jpg)")) == []


def test_missing_descriptions_are_told_once_each_and_not_as_equal_ones():
    assert codes(problems_of(an_album(body="![](a.jpg)\n![](b.jpg)"))) == ["ALT_MISSING", "ALT_MISSING"]


def test_a_picture_of_the_folder_that_the_album_does_not_show_is_told():
    problems = problems_of(an_album(), more=("thu-vien-anh/trung-thu/thua.jpg",))
    assert [(problem.code, problem.path) for problem in problems] == [
        ("PICTURE_UNUSED", "content/thu-vien-anh/trung-thu/thua.jpg")
    ]


def test_a_draft_may_be_unfinished():
    assert problems_of(an_album(body="![](a.jpg)\n![](a.jpg)", status="draft")) == []
