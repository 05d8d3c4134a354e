"""Pictures: upright, in four widths, with nothing of the camera left."""

import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import time
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from plugins.core.errors import MachineError
from plugins.core.media import decode, gif, jpeg, picture_cache, variants
from plugins.core.media.picture_file import PictureFile

ORIENTATION, MAKER, SERIAL, GPS = 0x0112, 0x010F, 0xA431, 0x8825
#: What stands in every place where a camera or a program leaves something behind.
TRACE = b"BIMAT"


def encoded(image, kind, **options):
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def camera_exif(orientation=1):
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKER] = TRACE.decode()
    exif.get_ifd(0x8769)[SERIAL] = TRACE.decode()
    exif.get_ifd(0x8769)[0x927C] = TRACE  # the maker's own note
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[29] = TRACE.decode()
    return exif


def camera_jpeg(size=(600, 400), orientation=1, **more):
    """Return a camera's JPEG: red above, blue below, with EXIF and a place."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0], size[1] // 2))
    return encoded(image, "JPEG", exif=camera_exif(orientation), quality=95, **more)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, *chunks, depth=8, colour=2):
    """Return a PNG of zeros, as small as its promise is large."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    channels = {0: 1, 2: 3, 3: 1, 6: 4}[colour]
    packer = zlib.compressobj(9)
    row = bytes(1 + (width * channels * depth + 7) // 8)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    chunks = [chunk(b"IHDR", header), *chunks, chunk(b"IDAT", data), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def examined(raw, name="anh.jpg"):
    """Return the codes of a picture's problems."""
    picture, problems = variants.examine(name, raw)
    assert all(problem.path == f"content/{name}" and problem.line == 0 for problem in problems)
    assert (picture is None) == any(problem.severity == "error" for problem in problems)
    return [problem.code for problem in problems]


def make_files(tmp_path, raw, name="anh.jpg", workers=1):
    (tmp_path / name).write_bytes(raw)
    picture, _ = variants.examine(name, raw)
    assert picture
    assert make(tmp_path, picture, workers=workers) == []
    return picture, {path.name: path for path in (tmp_path / "cache").iterdir()}


def make(tmp_path, *pictures, workers=1):
    return make_purposes(tmp_path, pictures, (), (), workers=workers)


def make_purposes(tmp_path, *purposes, workers=1, on_progress=lambda done, total: None):
    """Make what is missing of pictures that are shown, shared and offered."""
    cache = tmp_path / "cache"
    return variants.make(picture_cache.missing(*purposes, tmp_path.joinpath, cache), cache, workers, on_progress)


def colour(tmp_path, raw, name="anh.png"):
    """Return the colour in the middle of a published picture."""
    picture, files = make_files(tmp_path, raw, name)
    with Image.open(files[f"{picture.digest}-240.jpg"]) as image:
        assert image.mode == "RGB"
        return image.getpixel((image.width // 2, image.height // 2))


def difference(first, second):
    """Return how far apart two sRGB colours look (CIE 1976 ΔE; 2.3 is just noticeable)."""

    def lab(rgb):
        linear = [(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4) for v in (c / 255 for c in rgb)]
        rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
        xyz = [sum(a * b for a, b in zip(row, linear, strict=True)) for row in rows]
        x, y, z = (
            v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116
            for v in (a / b for a, b in zip(xyz, (0.9505, 1.0, 1.089), strict=True))
        )
        return 116 * y - 16, 500 * (x - y), 200 * (y - z)

    return sum((a - b) ** 2 for a, b in zip(lab(first), lab(second), strict=True)) ** 0.5


def display_p3():
    """Return the profile of an iPhone's screen: Pillow's sRGB with the three colours of Display P3."""
    raw = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    primaries = {
        b"rXYZ": (0.51512, 0.24120, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.15710, 0.06657, 0.78407),
    }
    for entry in range(132, 132 + 12 * int.from_bytes(raw[128:132]), 12):
        if values := primaries.get(bytes(raw[entry : entry + 4])):
            offset = int.from_bytes(raw[entry + 4 : entry + 8])
            struct.pack_into(">3i", raw, offset + 8, *(round(value * 65536) for value in values))
    return bytes(raw)


def test_a_picture_is_made_in_both_formats_and_never_enlarged(tmp_path):
    picture, files = make_files(tmp_path, camera_jpeg((600, 400)))
    assert picture.widths == (240, 480, 600)
    assert sorted(files) == sorted(picture.names)
    with Image.open(files[f"{picture.digest}-480.avif"]) as image:
        assert (image.format, image.size) == ("AVIF", (480, 320))


def test_a_large_picture_is_made_in_four_widths():
    assert PictureFile("a.jpg", "0", 4000, 3000).widths == (240, 480, 720, 1080)


BOMBS = {
    "gif": b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0, 0, 0)
    + b"," + struct.pack("<HHHHB", 0, 0, 65535, 65535, 0) + b"\x02\x02\x4c\x01\x00;",
    "png": png(30_000, 1).replace(struct.pack(">II", 30_000, 1), struct.pack(">II", 30_000, 30_000)),
    "webp": b"RIFF" + struct.pack("<I", 22) + b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + b"\xfe\x3f\x00" * 2,
}  # fmt: skip


@pytest.mark.parametrize("kind", BOMBS)
def test_case_56_a_bomb_is_refused_by_its_header(kind):
    assert len(BOMBS[kind]) < 300
    raw = BOMBS[kind]
    if kind == "png":  # its checksum has to be right
        raw = raw[:8] + chunk(b"IHDR", raw[16:29]) + raw[33:]
    assert examined(raw, f"anh.{kind}") == ["PICTURE_TOO_LARGE"]


@pytest.mark.parametrize("kind", [b"iCCP", b"zTXt"])
def test_case_56_a_bomb_in_a_png_chunk_is_refused(kind):
    packed = b"x\0\0" + zlib.compress(bytes(50_000_000), 9)
    assert examined(png(10, 10, chunk(kind, packed)), "anh.png") == ["PICTURE_UNREADABLE"]
    many = chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(1_000_000), 9)) * 100
    assert examined(png(10, 10, many), "anh.png") == ["PICTURE_UNREADABLE"]


def test_case_56_an_icon_is_no_picture_whatever_its_name_says():
    icon = encoded(Image.new("RGBA", (16, 16)), "ICO")
    assert examined(icon, "anh.png") == ["UPLOAD_CONTENT"]


def test_case_56_a_progressive_jpeg_of_a_thousand_scans_is_refused():
    raw = encoded(Image.new("RGB", (600, 400)), "JPEG", progressive=True)
    assert examined(raw) == []
    scan = raw[raw.rfind(b"\xff\xda") : -2]
    assert examined(raw[:-2] + scan * 1000 + raw[-2:]) == ["PICTURE_BROKEN"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_case_56_no_bomb_costs_a_second_or_200_mb(tmp_path):
    """In a process of its own: there the peak of memory is the bombs' alone."""
    for name, raw in {
        **BOMBS,
        "icc": png(10, 10, chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(100_000_000), 9))),
        "many": png(10, 10, chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(1_000_000), 9)) * 100),
        "whole": png(30_000, 30_000, depth=1, colour=0),
    }.items():
        (tmp_path / f"{name}.{name if name in BOMBS else 'png'}").write_bytes(raw)
    program = """
import re, sys, time, pathlib
from plugins.core.media import variants
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    start = time.process_time()
    picture, problems = variants.examine(path.name, path.read_bytes())
    assert problems and not picture, path.name
    assert time.process_time() - start < 1, path.name
status = pathlib.Path("/proc/self/status").read_text()
print(re.search(r"VmHWM:\\s+(\\d+)", status)[1])
""".replace("\\\\", "\\")
    done = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 200_000


def test_a_picture_too_tall_for_any_screen_is_refused():
    assert examined(png(20, 40_000), "anh.png") == ["PICTURE_TOO_TALL"]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP"])
def test_case_57_a_truncated_picture_is_found_at_check_time(kind):
    image = Image.effect_noise((300, 200), 60).convert("RGB")
    name = f"anh.{kind.lower().replace('jpeg', 'jpg')}"
    raw = encoded(image, kind)
    assert examined(raw, name) == []
    assert examined(raw[: len(raw) * 2 // 3], name) == ["PICTURE_BROKEN"]


@pytest.mark.parametrize("kind", [b"IHDR", b"IDAT", b"PLTE", b"IEND"])
def test_one_flipped_bit_in_what_makes_a_png_is_found_at_check_time(kind):
    raw = encoded(Image.effect_noise((300, 200), 60).quantize(16), "PNG")
    assert examined(raw, "anh.png") == []
    assert examined(flipped(raw, raw.index(kind) + 6), "anh.png") == ["PICTURE_BROKEN"]


def flipped(raw, position):
    return raw[:position] + bytes([raw[position] ^ 16]) + raw[position + 1 :]


#: How cameras, phones and programs write a JPEG.
WAYS = {
    "plain": {},
    "full colour": {"subsampling": 0},
    "progressive": {"progressive": True},
    "restarts by row": {"restart_marker_rows": 1},
    "restarts by block": {"restart_marker_blocks": 7},
    "optimised": {"optimize": True},
}
DAMAGES = {
    "zeros": lambda raw, at: raw[:at] + bytes(600) + raw[at + 600 :],
    "a piece gone": lambda raw, at: raw[:at] + raw[at + 900 :],
    "the end gone": lambda raw, at: raw[:at] + b"\xff\xd9",
    "a marker": lambda raw, at: raw[:at] + b"\xff\xc4\x00" + raw[at + 3 :],
    "a piece twice": lambda raw, at: raw[:at] + raw[at - 900 :],
}


def a_scene(size=(640, 480), mode="RGB"):
    noise = Image.frombytes("L", size, random.Random(7).randbytes(size[0] * size[1]))
    grey = Image.blend(Image.effect_mandelbrot(size, (-2, -1.5, 1, 1.5), 60), noise, 0.3)
    return Image.merge("RGB", [grey, grey.rotate(180), grey]).convert(mode)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("way", ["plain", "full colour", "restarts by row", "restarts by block"])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_jpeg_damaged_in_the_middle_is_found_at_the_latest_when_made(tmp_path, damage, way, mode):
    raw = encoded(a_scene(mode=mode), "JPEG", quality=88, **WAYS[way])
    raw = DAMAGES[damage](raw, len(raw) // 2)
    (tmp_path / "anh.jpg").write_bytes(raw)
    picture, problems = variants.examine("anh.jpg", raw)
    (problem,) = problems or make(tmp_path, picture)
    assert problem.path == "content/anh.jpg" and problem.code == "PICTURE_BROKEN"
    assert picture is None or not list((tmp_path / "cache").iterdir())


def test_a_progressive_jpeg_whose_first_scan_is_damaged_is_found(tmp_path):
    raw = encoded(a_scene(), "JPEG", progressive=True)
    start = raw.index(b"\xff\xda") + 200
    (tmp_path / "anh.jpg").write_bytes(raw[:start] + raw[start + 500 :])
    picture, _ = variants.examine("anh.jpg", (tmp_path / "anh.jpg").read_bytes())
    assert [problem.code for problem in make(tmp_path, picture)] == ["PICTURE_BROKEN"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("size", [(1, 1), (16, 9), (17, 70), (40, 40), (333, 222)])
def test_a_whole_jpeg_is_no_false_alarm(way, mode, size):
    """Nor one that ends in the very grey that decoders put where data are missing."""
    flat = Image.new(mode, size, {"RGB": (128, 128, 128), "L": 128, "CMYK": (127, 127, 127, 127)}[mode])
    for image in (a_scene(size, mode), flat):
        raw = encoded(image, "JPEG", **WAYS[way])
        assert jpeg.is_whole(raw) and jpeg.fills_picture(raw)
        assert jpeg.is_whole(raw + b"\0" * 999 + raw) and jpeg.fills_picture(raw + b"\0" * 999 + raw)


@pytest.mark.parametrize("quality", [1, 10, 50])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_nor_are_the_bits_that_fill_the_last_byte_of_a_scan_taken_for_more(mode, quality):
    for width in (*range(1, 9), 21, 149, 170, 310):
        for height in (1, 25, 173, 217):
            for way in ("progressive", "plain", "full colour"):
                raw = encoded(a_scene((width, height), mode), "JPEG", quality=quality, **WAYS[way])
                assert jpeg.fills_picture(raw), (width, height, way)


@pytest.mark.parametrize(
    "change", [lambda raw: raw.replace(b"\xff\xd3", b"\xff\xd5"), lambda raw: raw.replace(b"\xff\xd2", b"\0\0")]
)
def test_restart_marks_that_are_missing_or_out_of_order_are_found_at_check_time(change):
    raw = encoded(a_scene((320, 240)), "JPEG", restart_marker_rows=1)
    assert raw != change(raw)
    assert examined(change(raw)) == ["PICTURE_BROKEN"]


def test_a_gif_whose_blocks_lead_nowhere_is_found_at_check_time():
    raw = encoded(Image.effect_noise((300, 200), 60), "GIF")
    start = raw.index(b",\0\0\0\0")
    assert raw[start + 11] == 255
    assert examined(raw[: start + 11] + b"\xf0" + raw[start + 12 :], "anh.gif") == ["PICTURE_BROKEN"]
    assert examined(raw + b"whatever hangs on", "anh.gif") == []


def test_a_gif_without_the_last_byte_is_whole_as_browsers_take_it_and_one_that_is_cut_is_not():
    raw = encoded(Image.effect_noise((30, 20), 60), "GIF")
    assert examined(raw[:-1], "anh.gif") == []
    assert examined(raw[:-2], "anh.gif") == examined(raw[:-200], "anh.gif") == ["PICTURE_BROKEN"]


def test_a_gif_whose_data_make_too_few_points_or_too_many_is_found_when_made(tmp_path):
    raw = encoded(Image.effect_mandelbrot((300, 200), (-2, -1.5, 1, 1.5), 30), "GIF")
    assert gif.fills_picture(raw)
    start = raw.index(b",\0\0\0\0")
    for height in (199, 201):
        bad = raw[: start + 7] + struct.pack("<H", height) + raw[start + 9 :]
        (tmp_path / "anh.gif").write_bytes(bad)
        picture, _ = variants.examine("anh.gif", bad)
        assert [problem.code for problem in make(tmp_path, picture)] == ["PICTURE_BROKEN"]


def test_a_webp_whose_parts_do_not_fit_is_found_at_check_time():
    raw = encoded(a_scene((300, 200)), "WEBP", exif=camera_exif())
    assert examined(raw, "anh.webp") == []
    start = raw.index(b"VP8 ") + 4
    size = int.from_bytes(raw[start : start + 4], "little")
    assert examined(raw[:start] + struct.pack("<I", size + 5000) + raw[start + 4 :], "anh.webp") == ["PICTURE_BROKEN"]


def tiff(bits, photometric, *planes, planar=1, sample=1, packed=False):
    """Return a TIFF of 40 × 30 points, written by hand: Pillow writes few of its kinds."""
    planes = [zlib.compress(plane) if packed else plane for plane in planes]
    starts, body = [], b"II*\0" + bytes(4)
    for plane in planes:
        starts.append(len(body))
        body += plane
    entries = b""
    tags = [
        (256, [40]), (257, [30]), (258, bits), (259, [8 if packed else 1]), (262, [photometric]), (273, starts),
        (277, [len(bits)]), (278, [30]), (279, [len(plane) for plane in planes]), (284, [planar]), (339, [sample] * len(bits)),
    ]  # fmt: skip
    for tag, values in tags:
        data = struct.pack(f"<{len(values)}I", *values)
        if len(values) > 1:
            data, body = struct.pack("<I", len(body)), body + data
        entries += struct.pack("<HHI", tag, 4, len(values)) + data
    return body[:4] + struct.pack("<I", len(body)) + body[8:] + struct.pack("<H", len(tags)) + entries + bytes(4)


POINTS = 40 * 30
APART = [struct.pack("<H", value * 256) * POINTS for value in (200, 100, 50)]
ODD = {
    "float": tiff([32], 1, struct.pack("<f", 0.5) * POINTS, sample=3),
    "unsigned of 32 bits": tiff([32], 1, struct.pack("<I", 1 << 31) * POINTS),
    "signed of 32 bits": tiff([32], 1, struct.pack("<i", 1 << 30) * POINTS, sample=2),
    "signed of 16 bits": tiff([16], 1, struct.pack("<h", 1 << 14) * POINTS, sample=2),
    "12 bits": tiff([12], 1, b"\x80\x08\x80" * (POINTS // 2)),
    "16 bits, white first": tiff([16], 0, struct.pack("<H", 1 << 14) * POINTS),
    "16 bits, colours apart": tiff([16] * 3, 2, *APART, planar=2),
    "float colours": tiff([32] * 3, 2, struct.pack("<3f", 0.5, 0.5, 0.5) * POINTS, sample=3),
}
KNOWN = {
    "16 bits": (tiff([16], 1, struct.pack("<H", 1 << 15) * POINTS), (128, 128, 128)),
    "8 bits, white first": (tiff([8], 0, b"\x40" * POINTS), (191, 191, 191)),
    "4 bits": (tiff([4], 1, b"\x88" * (POINTS // 2)), (136, 136, 136)),
    "1 bit": (tiff([1], 1, b"\xff" * (5 * 30)), (255, 255, 255)),
    "1 bit, white first": (tiff([1], 0, b"\xff" * (5 * 30)), (0, 0, 0)),
    "inks": (tiff([8] * 4, 5, b"\0\xff\xff\0" * POINTS), (255, 0, 0)),
    "inks of 16 bits": (tiff([16] * 4, 5, b"\0\0\xff\xff\xff\xff\0\0" * POINTS), (255, 0, 0)),
    "colours apart": (tiff([8] * 3, 2, *(bytes([v]) * POINTS for v in (200, 100, 50)), planar=2), (200, 100, 50)),
    "packed, 16 bits, apart": (tiff([16] * 3, 2, *APART, planar=2, packed=True), (200, 100, 50)),
    "Lab": (encoded(Image.new("LAB", (40, 30), (137, 208 - 128, 195 - 128)), "TIFF"), None),
}


@pytest.mark.parametrize("kind", ODD)
def test_a_picture_whose_numbers_say_no_brightness_is_refused(kind):
    assert examined(ODD[kind], "anh.tif") == ["PICTURE_UNREADABLE"]


@pytest.mark.parametrize("kind", KNOWN)
def test_a_tiff_of_every_other_kind_keeps_its_colours(tmp_path, kind):
    raw, meant = KNOWN[kind]
    (tmp_path / "anh.tif").write_bytes(raw)
    picture, _ = variants.examine("anh.tif", raw)
    assert make(tmp_path, picture) == []
    with Image.open(tmp_path / "cache" / f"{picture.digest}-40.jpg") as image:
        if meant is None:
            profile = ImageCms.createProfile("LAB")
            with Image.open(tmp_path / "anh.tif") as lab:
                meant = ImageCms.profileToProfile(
                    lab, profile, ImageCms.createProfile("sRGB"), outputMode="RGB"
                ).getpixel((20, 15))
        assert difference(image.getpixel((20, 15)), meant) < 4


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_a_picture_that_is_offered_becomes_a_jpeg_at_full_size_without_metadata(tmp_path, kind):
    raw = encoded(a_scene((1300, 700)), kind, exif=camera_exif(6))
    (tmp_path / "scan").write_bytes(raw)
    picture, _ = variants.examine(f"scan.{ {'JPEG': 'jpg', 'TIFF': 'tif'}.get(kind, kind.lower()) }", raw)
    picture = PictureFile("scan", picture.digest, picture.width, picture.height)
    assert make_purposes(tmp_path, (), (), [picture]) == []
    assert os.listdir(tmp_path / "cache") == [picture.full_name]
    data = (tmp_path / "cache" / picture.full_name).read_bytes()
    assert TRACE not in data and b"Exif" not in data
    with Image.open(BytesIO(data)) as image:
        assert (image.format, image.size) == ("JPEG", (700, 1300)) and not dict(image.getexif())


def test_a_picture_of_very_many_points_is_offered_with_25_millions_of_them():
    assert PictureFile("a.jpg", "d", 12_000, 8_000).full_size == (6123, 4082)
    assert PictureFile("a.jpg", "d", 4032, 3024).full_size == (4032, 3024)


def test_the_name_of_what_is_published_holds_eighty_bits_of_a_digest():
    picture, _ = variants.examine("anh.jpg", camera_jpeg((60, 40)))
    assert len(bytes.fromhex(picture.digest)) * 8 >= 80


def test_case_57_an_empty_file_and_a_page_named_jpg_are_named():
    assert examined(b"") == ["UPLOAD_EMPTY"]
    assert examined(b"\n<!DOCTYPE html><p>404") == ["UPLOAD_CONTENT"]
    assert "trang HTML" in variants.examine("a.jpg", b"<html>")[1][0].message
    assert examined(b"no picture at all") == ["UPLOAD_CONTENT"]


def test_case_57_damaged_bytes_never_raise(tmp_path):
    """Bytes changed anywhere: a problem or a picture, never an exception."""
    chance = random.Random(57)
    image = Image.effect_mandelbrot((120, 90), (-2, -1.5, 1, 1.5), 30).convert("RGB")
    kinds = {"jpg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP", "avif": "AVIF", "bmp": "BMP", "tif": "TIFF"}
    for extension, kind in kinds.items():
        whole = encoded(image, kind, **({} if kind in ("GIF", "BMP") else {"exif": camera_exif(6)}))
        for _ in range(60):
            raw = bytearray(whole)
            for _ in range(chance.choice((1, 3, 20))):
                raw[chance.randrange(min(len(raw), chance.choice((80, 10**6))))] = chance.randrange(256)
            picture, problems = variants.examine(f"a.{extension}", bytes(raw))
            assert picture or problems
            if picture:
                with suppress(decode.Unreadable, decode.TooManyPixels):
                    assert decode.read(bytes(raw), 240).mode == "RGB"


CORNERS = {1: (2, 2), 2: (-3, 2), 3: (-3, -3), 4: (2, -3), 5: (2, 2), 6: (-3, 2), 7: (-3, -3), 8: (2, -3)}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "tif", "avif"])
def test_case_58_the_cameras_orientation_is_applied(tmp_path, orientation, kind):
    image = Image.new("RGB", (300, 200), "blue")
    image.paste("red", (0, 0, 150, 100))  # one corner: it tells all eight apart
    codec = {"jpg": "JPEG", "tif": "TIFF"}.get(kind, kind.upper())
    picture, files = make_files(tmp_path, encoded(image, codec, exif=camera_exif(orientation)), f"anh.{kind}")
    upright = (300, 200) if orientation < 5 else (200, 300)
    assert (picture.width, picture.height) == upright
    with Image.open(files[f"{picture.digest}-{picture.widths[-1]}.jpg"]) as image:
        assert abs(image.width / image.height - upright[0] / upright[1]) < 0.01
        red = {
            (x, y)
            for x in (0, 1)
            for y in (0, 1)
            if image.getpixel((x * (image.width - 20) + 10, y * (image.height - 20) + 10))[0] > 200
        }
        x, y = CORNERS[orientation]
        assert red == {(int(x < 0), int(y < 0))}
        assert ORIENTATION not in image.getexif()


def test_case_58_a_large_picture_on_its_side_keeps_its_proportions(tmp_path):
    picture, files = make_files(tmp_path, camera_jpeg((5000, 9000), 6))
    with Image.open(files[f"{picture.digest}-1080.jpg"]) as image:
        assert image.size == (1080, 600)
        right, left = image.getpixel((1000, 300)), image.getpixel((80, 300))
        assert right[0] > 200 > 60 > right[2] and left[2] > 200 > 60 > left[0]


def test_case_59_transparency_becomes_white(tmp_path):
    clear = Image.new("RGBA", (300, 200), (200, 0, 0, 0))
    palette = Image.new("P", (300, 200), 0)
    palette.putpalette([200, 0, 0, 0, 200, 0])
    half = Image.new("LA", (300, 200), (0, 128))
    assert min(colour(tmp_path, encoded(clear, "PNG"))) > 250
    assert min(colour(tmp_path, encoded(clear, "WEBP", lossless=True), "a.webp")) > 250
    assert min(colour(tmp_path, encoded(palette, "PNG", transparency=0), "b.png")) > 250
    assert min(colour(tmp_path, png(300, 200, chunk(b"tRNS", bytes(6))), "c.png")) > 250
    assert all(120 < value < 135 for value in colour(tmp_path, encoded(half, "PNG"), "d.png"))


def test_case_59_cmyk_grey_and_progressive_keep_their_colours(tmp_path):
    cmyk = encoded(Image.new("CMYK", (300, 200), (0, 255, 255, 0)), "JPEG", quality=95)
    assert difference(colour(tmp_path, cmyk, "a.jpg"), (255, 0, 0)) < 5
    grey = encoded(Image.new("L", (300, 200), 90), "JPEG")
    assert difference(colour(tmp_path, grey, "b.jpg"), (90, 90, 90)) < 2
    progressive = encoded(Image.new("RGB", (300, 200), (30, 140, 90)), "JPEG", progressive=True, quality=95)
    assert difference(colour(tmp_path, progressive, "c.jpg"), (30, 140, 90)) < 3


def test_case_59_sixteen_bits_keep_their_brightness(tmp_path):
    grey = encoded(Image.new("I;16", (300, 200), 32768), "PNG")
    assert difference(colour(tmp_path, grey), (128, 128, 128)) < 2
    grey = encoded(Image.new("I;16", (300, 200), 32768), "TIFF")
    assert difference(colour(tmp_path, grey, "a.tif"), (128, 128, 128)) < 2
    assert difference(colour(tmp_path, png(300, 200, depth=16, colour=2), "b.png"), (0, 0, 0)) < 2


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@pytest.mark.parametrize(("in_p3", "in_srgb"), [((200, 100, 100), (213, 95, 97)), ((80, 160, 90), (44, 162, 84))])
def test_case_59_display_p3_looks_as_it_did_on_the_phone(tmp_path, mode, in_p3, in_srgb):
    """A screenshot has an alpha channel beside its profile, a photograph has not."""
    raw = encoded(Image.new(mode, (300, 200), in_p3), "PNG", icc_profile=display_p3())
    colours = colour(tmp_path, raw)
    assert difference(colours, in_srgb) < 3
    assert difference(colours, in_p3) > 4


def test_case_59_a_broken_profile_or_one_of_another_mode_leaves_the_numbers(tmp_path):
    flat = Image.new("RGB", (300, 200), (30, 140, 90))
    assert difference(colour(tmp_path, encoded(flat, "PNG", icc_profile=b"no profile")), (30, 140, 90)) < 3
    grey = encoded(Image.new("L", (300, 200), 90), "PNG", icc_profile=display_p3())
    assert difference(colour(tmp_path, grey, "b.png"), (90, 90, 90)) < 2


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "AVIF", "TIFF"])
def test_case_60_of_an_animation_the_first_frame_is_shown_with_a_warning(tmp_path, kind):
    frames = [Image.new("RGB", (300, 200), name) for name in ("red", "blue")]
    raw = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
    name = f"anh.{kind.lower().replace('tiff', 'tif')}"
    assert examined(raw, name) == ["PICTURE_ANIMATED"]
    red, _, blue = colour(tmp_path, raw, name)
    assert red > 200 > 60 > blue


def test_case_60_the_preview_in_a_cameras_file_is_no_animation():
    photo, preview = Image.new("RGB", (600, 400), "red"), Image.new("RGB", (60, 40), "red")
    assert examined(encoded(photo, "MPO", save_all=True, append_images=[preview])) == []


def test_case_61_heic_is_refused_with_how_to_get_a_jpeg():
    heic = struct.pack(">I", 24) + b"ftypheic" + bytes(4) + b"mif1heic" + bytes(200)
    for name in ("IMG_1.HEIC", "anh.heif", "anh.jpg"):
        _, (problem,) = variants.examine(name, heic)
        assert problem.code == "PICTURE_HEIC"
        assert "Xuất JPEG" in problem.message and "Tương thích nhất" in problem.message


def test_case_61_avif_is_converted(tmp_path):
    raw = encoded(Image.new("RGB", (300, 200), (30, 140, 90)), "AVIF", quality=95)
    assert difference(colour(tmp_path, raw, "anh.avif"), (30, 140, 90)) < 3


@pytest.mark.parametrize("kind", ["bmp", "tif", "jpg"])
def test_case_62_a_heavy_original_becomes_light(tmp_path, kind):
    """A BMP of 1.7 MB, a TIFF, a camera's JPEG of some megabytes: at most 250 KB a file."""
    size = (4032, 3024) if kind == "jpg" else (870, 650)
    scene = Image.effect_mandelbrot(size, (-2, -1.5, 1, 1.5), 30)
    grain = Image.effect_noise(size, 24)
    image = Image.merge("RGB", [Image.blend(scene, grain, share) for share in (0.2, 0.3, 0.4)])
    raw = encoded(image, {"jpg": "JPEG", "tif": "TIFF"}.get(kind, "BMP"), **({"quality": 88} if kind == "jpg" else {}))
    assert len(raw) > 1_600_000
    _, files = make_files(tmp_path, raw, f"anh.{kind}")
    assert max(path.stat().st_size for path in files.values()) < 250_000


def test_case_63_two_pictures_of_one_name_both_stay(tmp_path):
    """In two folders, or in one folder differing by case: what is made is named by content."""
    names = ("a/anh.jpg", "b/anh.jpg", "b/Anh.JPG")
    pictures = []
    for name, shade in zip(names, ("red", "blue", "green"), strict=True):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(encoded(Image.new("RGB", (300, 200), shade), "JPEG"))
        picture, problems = variants.examine(name, (tmp_path / name).read_bytes())
        assert problems == []
        pictures.append(picture)
    assert make(tmp_path, *pictures) == []
    written = {path.name.lower() for path in (tmp_path / "cache").iterdir()}
    assert len(written) == sum(len(picture.names) for picture in pictures)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_case_51_no_metadata_is_left(tmp_path, kind):
    more = {"JPEG": {"comment": TRACE, "xmp": TRACE}, "WEBP": {"xmp": TRACE}, "AVIF": {"xmp": TRACE}}.get(kind, {})
    image = Image.effect_mandelbrot((600, 400), (-2, -1.5, 1, 1.5), 30).convert("RGB")
    raw = encoded(image, kind, exif=camera_exif(), **more)
    if kind == "JPEG":  # IPTC, and the small picture that shows what was cut away
        iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", 10) + b"\x1c\x02\x78\0\x05" + TRACE
        raw = raw[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + raw[2:]
    if kind == "PNG":
        text = chunk(b"tEXt", b"Author\0" + TRACE) + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + TRACE)
        raw = raw[:33] + text + raw[33:]
    assert TRACE in raw
    extension = {"JPEG": "jpg", "TIFF": "tif"}.get(kind, kind.lower())
    _, files = make_files(tmp_path, raw, f"anh.{extension}")
    for path in files.values():
        data = path.read_bytes()
        assert not [mark for mark in (TRACE, b"Exif", b"http://ns.adobe", b"Photoshop", b"ICC_P") if mark in data]
        with Image.open(path) as image:
            assert not dict(image.getexif()) and not {"icc_profile", "xmp", "comment", "exif"} & set(image.info)


def test_case_50_code_hidden_in_a_picture_is_found():
    raw = camera_jpeg()
    comment = b"<?php system($_GET[0]); ?>"
    hidden = raw[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + raw[2:]
    archive = b"PK\3\4" + bytes(26) + b"PK\5\6" + bytes(18)
    for polyglot in (hidden, raw + b"<HTML><SCRIPT>alert(1)</SCRIPT>", raw + archive):
        assert examined(polyglot) == ["UPLOAD_HIDDEN"]
    # phones hang a film or a map of depth on their pictures: nobody's harm
    assert examined(raw + struct.pack(">I", 16) + b"ftypmp42" + bytes(500)) == []


def test_case_50_a_picture_of_another_kind_is_told_its_name():
    _, (problem,) = variants.examine("tin/Ảnh 1.jpg", encoded(Image.new("RGB", (9, 9)), "PNG"))
    assert problem.code == "UPLOAD_EXTENSION"
    assert "ảnh PNG" in problem.message and "“Ảnh 1.png”" in problem.message


def test_case_50_only_the_decoders_of_pictures_see_a_file(tmp_path):
    """PostScript would be run by Ghostscript, if Pillow were asked."""
    postscript = encoded(Image.new("RGB", (9, 9)), "EPS")
    assert examined(postscript) == ["UPLOAD_CONTENT"]
    with pytest.raises(decode.Unreadable):
        decode.measure(postscript)


def dying(monkeypatch, tmp_path, times):
    """Kill the worker while it writes its second file, the first ``times`` times."""
    counter = tmp_path / "deaths"
    counter.write_text("")
    save = Image.Image.save

    def killed(image, target, **options):
        save(image, target, **options)
        if options["format"] == "JPEG" and len(counter.read_text()) < times:
            counter.write_text(counter.read_text() + "x")
            target.write_bytes(b"half")
            os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(Image.Image, "save", killed)


def test_case_66_a_killed_worker_leaves_nothing_half_done(tmp_path, monkeypatch):
    (tmp_path / "anh.jpg").write_bytes(camera_jpeg())
    picture, _ = variants.examine("anh.jpg", camera_jpeg())
    with monkeypatch.context() as patch:
        dying(patch, tmp_path, times=9)
        with pytest.raises(MachineError) as caught:
            make(tmp_path, picture)
    (problem,) = caught.value.problems
    assert problem.path == "content/anh.jpg" and problem.code == "PICTURE_KILLED"
    for leftovers in (tmp_path / "cache").iterdir():
        assert leftovers.suffix == ".avif"
        Image.open(leftovers).verify()
    assert make(tmp_path, picture) == []
    assert sorted(os.listdir(tmp_path / "cache")) == sorted(picture.names)


def test_case_66_pictures_that_are_too_much_together_are_made_one_by_one(tmp_path, monkeypatch):
    pictures = []
    for number in range(4):
        raw = camera_jpeg((300 + number, 200))
        (tmp_path / f"{number}.jpg").write_bytes(raw)
        pictures.append(variants.examine(f"{number}.jpg", raw)[0])
    dying(monkeypatch, tmp_path, times=1)
    assert make(tmp_path, *pictures, workers=2) == []
    assert sorted(os.listdir(tmp_path / "cache")) == sorted(name for picture in pictures for name in picture.names)


def test_case_66_too_little_memory_and_a_full_disk_are_the_machines_fault(tmp_path, monkeypatch):
    (tmp_path / "anh.jpg").write_bytes(camera_jpeg())
    picture, _ = variants.examine("anh.jpg", camera_jpeg())
    for error, code in ((MemoryError(), "PICTURE_KILLED"), (OSError(28, "No space left"), "PICTURE_DISK")):

        def fail(image, target, error=error, **options):
            target.write_bytes(b"half")
            raise error

        with monkeypatch.context() as patch:
            patch.setattr(Image.Image, "save", fail)
            with pytest.raises(MachineError) as caught:
                make(tmp_path, picture)
        assert [problem.code for problem in caught.value.problems] == [code]
        assert os.listdir(tmp_path / "cache") == []


def test_case_66_what_an_earlier_killed_build_left_is_swept(tmp_path):
    (tmp_path / "cache").mkdir()
    stem = "0123456789" * 2
    killed = subprocess.Popen([sys.executable, "-c", ""])
    killed.wait()
    for process in (killed.pid, os.getppid()):  # the second runs, and may still write
        (tmp_path / "cache" / f"{stem}-240.{process}.tmp").write_bytes(b"half")
    (tmp_path / "cache" / "cua-toi.tmp").write_bytes(b"a person's")
    assert make(tmp_path) == []
    assert {*os.listdir(tmp_path / "cache")} == {"cua-toi.tmp", f"{stem}-240.{os.getppid()}.tmp"}


def test_what_no_build_has_shown_for_ninety_days_is_deleted(tmp_path):
    cache, notes, today = tmp_path / "cache", tmp_path / "cache" / "shown.txt", int(time.time() // 86_400)
    cache.mkdir()
    shown, recent, old, new = (letter * 20 for letter in "abcd")
    for name in (f"{shown}-480.jpg", f"{recent}-card.png", f"{old}-240.avif", f"{old}-240.jpg", f"{new}-240.jpg"):
        (cache / name).write_bytes(b"x")
    (cache / "cua-toi.jpg").write_bytes(b"a person's")
    notes.write_text(f"{shown} {today - 91}\n{recent} {today - 90}\n{old} {today - 91}\nhalf a li")
    assert picture_cache.prune(cache, {f"{shown}-480.jpg", f"{'e' * 20}-240.jpg"}) == 0  # noted within the week
    os.utime(notes, (time.time() - 8 * 86_400,) * 2)
    assert picture_cache.prune(cache, {f"{shown}-480.jpg", f"{'e' * 20}-240.jpg"}) == 2
    assert {*os.listdir(cache)} == {
        *(f"{shown}-480.jpg", f"{recent}-card.png", f"{new}-240.jpg"),
        *("cua-toi.jpg", "shown.txt"),
    }
    assert notes.read_text() == f"{shown} {today}\n{recent} {today - 90}\n{new} {today}\n"


def test_a_picture_that_changed_since_it_was_examined_is_not_kept_under_the_old_name(tmp_path):
    picture, _ = variants.examine("anh.jpg", camera_jpeg())
    (tmp_path / "anh.jpg").write_bytes(camera_jpeg((500, 400)))
    assert [problem.code for problem in make(tmp_path, picture)] == ["PICTURE_CHANGED"]
    assert os.listdir(tmp_path / "cache") == []


def test_a_picture_once_made_is_not_made_again(tmp_path):
    picture, files = make_files(tmp_path, camera_jpeg())
    before = {name: path.stat().st_mtime_ns for name, path in files.items()}
    ticks = []
    make_purposes(tmp_path, [picture], (), (), on_progress=lambda done, total: ticks.append(done))
    assert ticks == [] and before == {name: path.stat().st_mtime_ns for name, path in files.items()}


def test_the_bytes_do_not_depend_on_the_number_of_workers(tmp_path):
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    _, first = make_files(tmp_path / "1", camera_jpeg((1500, 1000)))
    _, two = make_files(tmp_path / "2", camera_jpeg((1500, 1000)), workers=2)
    assert {name: path.read_bytes() for name, path in first.items()} == {
        name: path.read_bytes() for name, path in two.items()
    }


@pytest.mark.parametrize("size", [(2600, 1700), (1150, 800), (900, 700)])
def test_the_bytes_do_not_depend_on_which_other_files_are_made_with_them(tmp_path, size):
    raw = camera_jpeg(size, orientation=6)
    (tmp_path / "anh.jpg").write_bytes(raw)
    picture, _ = variants.examine("anh.jpg", raw)
    cache = tmp_path / "cache"

    def files(*purposes):
        assert make_purposes(tmp_path, *purposes) == []
        return {path.name: path.read_bytes() for path in cache.iterdir()}

    everything = files([picture], [picture], [picture])
    assert everything.keys() == {*picture.names, picture.shared_name, picture.full_name}
    for name in everything:
        (cache / name).unlink()
        assert files([picture], [picture], [picture]) == everything
    shutil.rmtree(cache)
    for purposes in (([], [], [picture]), ([], [picture], []), ([picture], [], [])):
        files(*purposes)
    assert files([picture], [picture], [picture]) == everything
