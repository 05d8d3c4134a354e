"""Pictures: upright, in four widths, with nothing of the camera left."""

from io import BytesIO

import pytest
from PIL import Image

from plugins.core import pictures
from plugins.core.pictures import PictureFile
from plugins.core.problems import Problem


def jpeg(size=(600, 400), orientation=1, **more):
    """A camera's JPEG: red above, blue below, with EXIF and a place."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0], size[1] // 2))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Máy ảnh bí mật"
    exif.get_ifd(0x8825)[1] = "N"
    out = BytesIO()
    image.save(out, "JPEG", exif=exif, quality=95, **more)
    return out.getvalue()


def made(tmp_path, raw, name="anh.jpg", workers=1):
    (tmp_path / name).write_bytes(raw)
    found = pictures.examine(name, raw)
    assert isinstance(found, PictureFile)
    assert pictures.make([found], tmp_path, tmp_path / "cache", workers, lambda done, total: None) == []
    return found, {path.name: path for path in (tmp_path / "cache").iterdir()}


def test_a_picture_is_made_in_both_formats_and_never_enlarged(tmp_path):
    found, files = made(tmp_path, jpeg((600, 400)))
    assert found.widths == (240, 480, 600)
    assert sorted(files) == sorted(found.names)
    with Image.open(files[f"{found.digest}-480.avif"]) as image:
        assert (image.format, image.size) == ("AVIF", (480, 320))


def test_a_large_picture_is_made_in_four_widths():
    assert PictureFile("a.jpg", "0", 4000, 3000).widths == (240, 480, 720, 1080)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_cameras_orientation_is_applied(tmp_path, orientation):
    found, files = made(tmp_path, jpeg((300, 200), orientation))
    upright = (300, 200) if orientation < 5 else (200, 300)
    assert (found.width, found.height) == upright
    corners = {1: (2, 2), 2: (-3, 2), 3: (-3, -3), 4: (2, -3), 5: (2, 2), 6: (-3, 2), 7: (-3, -3), 8: (2, -3)}
    with Image.open(files[f"{found.digest}-{found.widths[-1]}.jpg"]) as image:
        x, y = (place % length for place, length in zip(corners[orientation], image.size, strict=True))
        red, _, blue = image.getpixel((x, y))
        assert red > 200 > 60 > blue
        assert image.size == upright


def test_no_metadata_is_left(tmp_path):
    _, files = made(tmp_path, jpeg(comment=b"bi mat"))
    for path in files.values():
        raw = path.read_bytes()
        assert b"Exif" not in raw and b"bi mat" not in raw and "bí mật".encode() not in raw
        with Image.open(path) as image:
            assert not dict(image.getexif()) and "icc_profile" not in image.info


def test_transparency_becomes_white_and_other_colours_stay_right(tmp_path):
    out = BytesIO()
    Image.new("RGBA", (300, 200), (0, 0, 0, 0)).save(out, "PNG")
    found, files = made(tmp_path, out.getvalue(), "anh.png")
    with Image.open(files[f"{found.digest}-240.jpg"]) as image:
        assert min(image.getpixel((100, 100))) > 250
    out = BytesIO()
    Image.new("CMYK", (300, 200), (0, 255, 255, 0)).save(out, "JPEG")
    found, files = made(tmp_path, out.getvalue())
    with Image.open(files[f"{found.digest}-240.jpg"]) as image:
        red, green, blue = image.getpixel((100, 100))
        assert red > 200 and green < 90 and blue < 90


def test_sixteen_bit_grey_keeps_its_brightness(tmp_path):
    out = BytesIO()
    Image.new("I;16", (300, 200), 32768).save(out, "PNG")
    found, files = made(tmp_path, out.getvalue(), "anh.png")
    with Image.open(files[f"{found.digest}-240.jpg"]) as image:
        assert 120 < image.getpixel((100, 100))[0] < 136


def test_what_is_no_picture_is_a_problem():
    assert isinstance(pictures.examine("a.jpg", b"<html>"), Problem)
    assert isinstance(pictures.examine("a.jpg", b""), Problem)


def test_a_bomb_is_refused_by_its_header():
    header = b"GIF89a" + (60_000).to_bytes(2, "little") * 2 + b"\x00\x00\x00"
    problem = pictures.examine("a.gif", header + b"," + bytes(9) + b"\x02\x00;")
    assert isinstance(problem, Problem) and problem.code == "PICTURE_TOO_LARGE"


def test_a_truncated_picture_is_a_problem_with_its_name(tmp_path):
    raw = jpeg((1200, 800))[:6000]
    (tmp_path / "anh.jpg").write_bytes(raw)
    found = pictures.examine("anh.jpg", raw)
    (problem,) = pictures.make([found], tmp_path, tmp_path / "cache", 1, lambda done, total: None)
    assert problem.path == "content/anh.jpg" and problem.code == "PICTURE_BROKEN"
    assert not list((tmp_path / "cache").iterdir())


def test_a_picture_once_made_is_not_made_again(tmp_path):
    found, files = made(tmp_path, jpeg())
    before = {name: path.stat().st_mtime_ns for name, path in files.items()}
    ticks = []
    pictures.make([found], tmp_path, tmp_path / "cache", 1, lambda done, total: ticks.append(done))
    assert ticks == [] and before == {name: path.stat().st_mtime_ns for name, path in files.items()}


def test_the_bytes_do_not_depend_on_the_number_of_workers(tmp_path):
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    _, one = made(tmp_path / "1", jpeg((1500, 1000)))
    _, two = made(tmp_path / "2", jpeg((1500, 1000)), workers=2)
    assert {name: path.read_bytes() for name, path in one.items()} == {
        name: path.read_bytes() for name, path in two.items()
    }
