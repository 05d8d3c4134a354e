"""A picture that is offered as a file, not shown: what readers open is all of it, and betrays nobody."""

from io import BytesIO

import pytest
from PIL import Image

from plugins.consultations.codes import consultation
from plugins.core.errors import ContentError
from plugins.documents.codes import paper
from plugins.publications.codes import publication
from plugins.recruitment.codes import notice
from plugins.video.codes import video
from tests.tiny import a_story

PLACES = {
    "documents": paper(files="quet.jpg"),
    "recruitment": notice(files="quet.jpg"),
    "consultations": consultation(files="quet.jpg"),
    "answer": consultation(
        questions="Có nên không?", date="2026-05-01", closes="2026-06-01", answered="2026-06-20", answer="quet.jpg"
    ),
    "publications": publication(files="quet.jpg", part_titles="Bìa"),
    "text": {"tin-tuc/2026/05/bai-quet/index.md": a_story(body="Xin [tải ảnh](quet.jpg).")},
    "enlarged": {"tin-tuc/2026/05/bai-quet/index.md": a_story(body="[![Bảng điểm](quet.jpg)](quet.jpg)")},
}


def a_scan(kind="JPEG", size=(1800, 1200), orientation=6):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "BIMAT"
    exif.get_ifd(0x8825).update({1: "N", 2: (10.0, 55.0, 0.0)})
    out = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, exif=exif)
    return out.getvalue()


def offered(tiny):
    return sorted(path for path in tiny.files() if path.startswith("tep/"))


@pytest.mark.parametrize("where", PLACES)
def test_every_field_and_link_leads_to_the_whole_picture_without_metadata(tiny, where):
    ((path, text),) = PLACES[where].items()
    folder = path.rpartition("/")[0]
    tiny.write(path, text)
    tiny.write(f"{folder}/quet.jpg", a_scan())
    tiny.build()
    (address,) = offered(tiny)
    assert address == f"tep/{folder}/quet.jpg"
    raw = (tiny.output / address).read_bytes()
    assert b"BIMAT" not in raw and b"Exif" not in raw
    with Image.open(BytesIO(raw)) as image:
        assert (image.format, image.size) == ("JPEG", (1200, 1800))
    pages = [path for path, data in tiny.files().items() if f'"/{address}"'.encode() in data]
    assert pages
    shown = [path for path in tiny.files() if path.startswith("anh/") and not path.endswith("-card.png")]
    assert bool(shown) == (where == "enlarged")  # only what pages show is made for them
    before = tiny.files()
    assert tiny.build().written == () and tiny.files() == before
    tiny.write(f"{folder}/quet.jpg", a_scan(size=(900, 600)))
    tiny.build()
    assert offered(tiny) == [address]
    with Image.open(tiny.output / address) as image:
        assert image.size == (600, 900)


@pytest.mark.parametrize(
    ("name", "kind"), [("quet.png", "PNG"), ("quet.tif", "TIFF"), ("Quét 1.JPEG", "JPEG"), ("quet.webp", "WEBP")]
)
def test_a_picture_of_any_kind_is_offered_as_a_jpeg(tiny, name, kind):
    tiny.write(f"tin-tuc/2026/05/bai/{name}", a_scan(kind))
    tiny.story(body=f"Xin [tải ảnh](<{name}>).")
    tiny.build()
    (address,) = offered(tiny)
    assert address in ("tep/tin-tuc/2026/05/bai/quet.jpg", "tep/tin-tuc/2026/05/bai/quet-1.jpg")
    assert tiny.page("tin-tuc/2026/05/bai/index.html").find("a", href=f"/{address}")


def test_two_pictures_that_would_have_one_address_are_told(tiny):
    tiny.write("tin-tuc/2026/05/bai/quet.png", a_scan("PNG"))
    tiny.write("tin-tuc/2026/05/bai/quet.jpg", a_scan())
    tiny.story(body="Xin [tải ảnh](quet.jpg), [bản khác](quet.png).")
    with pytest.raises(ContentError, match="URL_TAKEN"):
        tiny.build()


def test_a_picture_that_only_a_draft_or_a_later_story_offers_is_not_published_yet(tiny):
    tiny.write("tin-tuc/2026/05/bai/quet.jpg", a_scan())
    tiny.story(body="Xin [tải ảnh](quet.jpg).", status="draft")
    tiny.build(ALLOW_SHRINK=True)
    assert offered(tiny) == []
    tiny.story(body="Xin [tải ảnh](quet.jpg).", date="2026-12-01 08:00")
    tiny.build(ALLOW_SHRINK=True)
    assert offered(tiny) == []
    tiny.build(now="2026-12-01 08:00")
    assert offered(tiny) == ["tep/tin-tuc/2026/05/bai/quet.jpg"]


def test_what_is_made_for_pages_does_not_depend_on_whether_the_picture_is_offered_too(tiny):
    tiny.write("tin-tuc/2026/05/bai/quet.jpg", a_scan(size=(5000, 3000)))
    tiny.story(body="![Bảng điểm](quet.jpg)")
    tiny.build()
    shown = {
        path: data for path, data in tiny.files().items() if path.startswith("anh/") and not path.endswith("-card.png")
    }
    tiny.story(body="![Bảng điểm](quet.jpg)\n\nXin [tải ảnh](quet.jpg).")
    tiny.build(CACHE_PATH=str(tiny.root / "other"))
    assert shown == {
        path: data for path, data in tiny.files().items() if path.startswith("anh/") and not path.endswith("-card.png")
    }


@pytest.mark.parametrize("name", ["quet.pdf", "phim.mp4"])
def test_what_is_no_picture_cannot_be_shown(tiny, name):
    tiny.story(image=name, image_alt="x")
    with pytest.raises(ContentError, match="PICTURE_KIND"):
        tiny.build()


def test_what_is_no_film_cannot_be_played(tiny):
    for path, data in video(youtube="", file="quet.jpg", poster="quet.jpg").items():
        tiny.write(path, data)
        tiny.write(path.replace("index.md", "quet.jpg"), a_scan())
    with pytest.raises(ContentError, match="VIDEO_SOURCE"):
        tiny.build()


def test_a_text_is_no_file_to_be_offered(tiny):
    for path, text in paper(files="index.md").items():
        tiny.write(path, text)
    with pytest.raises(ContentError, match="FILE_PATH"):
        tiny.build()
