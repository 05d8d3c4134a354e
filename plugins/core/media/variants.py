"""Pictures: from the camera's file to what a phone should load.

Each picture becomes AVIF and JPEG in up to four widths, upright, in sRGB, without any
metadata. One that a text offers as a file becomes a JPEG at full size besides. Results
are kept by the digest of the original's bytes, so a picture is worked on once however
often the site is built. Originals are never published.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal, NamedTuple

from msgspec import Struct
from PIL import Image

from plugins.core.errors import MachineError, Problem
from plugins.core.media import decode, gif, integrity, jpeg, sniff
from plugins.core.runtime.workers import end_silently

WIDTHS = (240, 480, 720, 1080)
FORMATS: Mapping[str, Mapping[str, Any]] = {
    # one thread each: the picture must not depend on the number of cores
    "avif": {"format": "AVIF", "quality": 44, "speed": 6, "max_threads": 1},
    "jpg": {"format": "JPEG", "quality": 72, "optimize": True, "progressive": True},
}
EXTENSIONS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif")
HEIC = (".heic", ".heif")

#: Any change to how pictures are made must change this, so that old ones are made again.
_DIGEST_BYTES = 10
DIGEST = "[0-9a-f]" * 2 * _DIGEST_BYTES
"""What the names of pictures that were made begin with, as a pattern of file names."""
_RECIPE = repr((WIDTHS, FORMATS, "2")).encode()
_FULL: Mapping[str, Any] = {"format": "JPEG", "quality": 85, "optimize": True, "progressive": True}
_FULL_PIXELS = 25_000_000  # a page of A3 at 300 dots per inch has 17, most cameras' pictures 12 to 24
_MOST_HEIGHT = 16_000  # of the widest picture made: taller ones no phone shows, nor AVIF holds

_BROKEN = "Ảnh bị hỏng giữa chừng. Chép lại ảnh gốc, hoặc mở ra xuất lại thành JPEG, rồi thay tệp."
_TOO_LARGE = "Ảnh quá lớn (trên 100 triệu điểm ảnh). Thu nhỏ ảnh rồi lưu lại."
_ANIMATED = "Ảnh động hoặc ảnh nhiều trang: cổng chỉ hiện hình đầu tiên. Cần chuyển động thì xuất thành phim MP4."
_KILLED = (
    "Việc chuẩn bị ảnh này bị máy dừng giữa chừng (có lẽ thiếu bộ nhớ). Dựng lại khi máy rảnh hơn, hoặc thu nhỏ ảnh."
)


class PictureFile(Struct, frozen=True):
    """A picture that an editor committed. ``path`` is from the content folder; ``width``
    and ``height`` are those of the upright picture, in pixels."""

    path: str
    digest: str
    width: int
    height: int

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths made of it: never more pixels than the original has."""
        return _widths(self.width)

    @property
    def names(self) -> list[str]:
        """The names of the files made of it."""
        return [f"{self.digest}-{width}.{kind}" for width in self.widths for kind in FORMATS]

    @property
    def full_name(self) -> str:
        """The name of the file for those who want all of it: a scan, a poster to be printed."""
        return f"{self.digest}-full.jpg"

    @property
    def full_size(self) -> tuple[int, int]:
        """The width and height of that file."""
        scale = min(1.0, (_FULL_PIXELS / (self.width * self.height)) ** 0.5)
        return max(1, int(self.width * scale)), max(1, int(self.height * scale))


@cache
def _widths(most: int) -> tuple[int, ...]:
    return tuple(sorted({min(width, most) for width in WIDTHS}))


class Job(NamedTuple):
    """An original, what is known of it, the folder for what is made of it, and whether that is
    the one file at full size or those for pages."""

    original: Path
    picture: PictureFile
    cache: Path
    is_full: bool


def examine(path: str, raw: bytes) -> tuple[PictureFile | None, list[Problem]]:
    """What the build must know of a picture before it draws any page; with errors, no picture.

    Only the header is decoded. Refused: what is no picture or another kind than its name
    says, what was cut off, what hides code, what is larger than 100 megapixels (a bomb,
    or a mistake).
    """
    if path.lower().endswith(HEIC):
        return None, [sniff.heic(path)]
    if disguised := sniff.disguise(path, raw):
        return None, [disguised]
    if not integrity.is_whole(sniff.kind_of(raw), raw):
        return None, [_problem(path, "PICTURE_BROKEN", _BROKEN)]
    if integrity.has_code(raw):
        return None, [
            _problem(path, "UPLOAD_HIDDEN", "Trong ảnh có giấu mã (HTML, PHP hoặc ZIP). Mở ảnh, xuất lại rồi thay tệp.")
        ]
    try:
        width, height, animated = decode.measure(raw)
    except (decode.TooManyPixels, MemoryError):
        return None, [_problem(path, "PICTURE_TOO_LARGE", _TOO_LARGE)]
    except decode.Unreadable:
        return None, [_problem(path, "PICTURE_UNREADABLE", "Không đọc được ảnh này. Xuất lại thành JPEG rồi thay tệp.")]
    found = PictureFile(path, _digest(raw), width, height)
    if height * found.widths[-1] > _MOST_HEIGHT * width:
        return None, [
            _problem(path, "PICTURE_TOO_TALL", f"Ảnh {width} × {height} quá dài. Cắt thành nhiều ảnh ngắn hơn.")
        ]
    return found, [_problem(path, "PICTURE_ANIMATED", _ANIMATED, "warning")] if animated else []


def make(
    shown: Iterable[PictureFile],
    offered: Iterable[PictureFile],
    locate: Callable[[str], Path],
    cache: Path,
    workers: int,
    tick: Callable[[int, int], None],
) -> list[Problem]:
    """Make in ``cache`` every missing file: of ``shown`` pictures those for pages, of ``offered``
    ones that at full size. ``locate`` tells where an original lies.

    ``tick(done, total)`` is called after each picture. Returns what could not be read.
    Raises ``MachineError`` when the machine cannot do it: a full disk, too little memory.
    However it ends, ``cache`` holds whole files only.
    """
    try:
        cache.mkdir(parents=True, exist_ok=True)
        _sweep(cache)
        present = set(os.listdir(cache))
        missing = {(picture.digest, False): picture for picture in shown if not present.issuperset(picture.names)}
        missing.update({(picture.digest, True): picture for picture in offered if picture.full_name not in present})
        jobs = [Job(locate(one.path), one, cache, is_full) for (_, is_full), one in sorted(missing.items())]
        return _make_all(jobs, workers, tick) if jobs else []
    except OSError as error:
        reason = f"Không chuẩn bị được ảnh: {error.strerror or error}. Kiểm tra chỗ trống và quyền ghi của ổ đĩa."
        raise MachineError([Problem(error.filename or str(cache), 0, 0, "PICTURE_DISK", reason)]) from error
    finally:
        _sweep(cache)


def _make_all(jobs: Sequence[Job], workers: int, tick: Callable[[int, int], None]) -> list[Problem]:
    """All ``jobs`` side by side; if a worker dies, what is left once more, one by one.

    Ten cameras' pictures at once may need more memory than there is, where each alone would do.
    """
    problems = []
    done = 0
    tick(0, len(jobs))
    for crew in (min(workers, len(jobs)), 1):
        try:
            with ProcessPoolExecutor(crew, initializer=end_silently) as pool:
                for problem in pool.map(_make_one, jobs[done:]):
                    done += 1
                    tick(done, len(jobs))
                    if problem:
                        problems.append(problem)
            return problems
        except (BrokenProcessPool, MemoryError):
            continue
    # alone in its pool, the first one without an answer is the one that ended it
    raise MachineError([_problem(jobs[done].picture.path, "PICTURE_KILLED", _KILLED)])


def _make_one(job: Job) -> Problem | None:
    picture = job.picture
    raw = job.original.read_bytes()
    if _digest(raw) != picture.digest:
        return _problem(picture.path, "PICTURE_CHANGED", "Ảnh vừa bị thay trong lúc dựng trang. Dựng lại lần nữa.")
    try:
        fills = _FILLS.get(sniff.kind_of(raw))
        if fills and not fills(raw):
            return _problem(picture.path, "PICTURE_BROKEN", _BROKEN)
        upright = decode.read(raw, picture.full_size[0] if job.is_full else WIDTHS[-1])
    except (decode.Unreadable, decode.TooManyPixels):
        return _problem(picture.path, "PICTURE_BROKEN", _BROKEN)
    if job.is_full:
        _save(_resized(upright, picture.full_size), job.cache / picture.full_name, _FULL)
        return None
    for width in picture.widths:
        small = _resized(upright, (width, max(1, round(picture.height * width / picture.width))))
        for kind, options in FORMATS.items():
            _save(small, job.cache / f"{picture.digest}-{width}.{kind}", options)
    return None


_FILLS: Mapping[str, Callable[[bytes], bool]] = {"jpg": jpeg.fills_picture, "gif": gif.fills_picture}


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _save(image: Image.Image, target: Path, options: Mapping[str, Any]) -> None:
    temporary = target.with_suffix(f".{os.getpid()}.tmp")
    image.save(temporary, **options)
    os.replace(temporary, target)


def _sweep(cache: Path) -> None:
    """Take away what a worker left half written. Builds of one cache never run side by side."""
    for left in cache.glob(f"{DIGEST}-*.tmp"):
        with suppress(OSError):
            left.unlink()


def _digest(raw: bytes) -> str:
    return blake2b(raw, digest_size=_DIGEST_BYTES, key=blake2b(_RECIPE, digest_size=16).digest()).hexdigest()


def _problem(path: str, code: str, message: str, severity: Literal["error", "warning"] = "error") -> Problem:
    return Problem(f"content/{path}", 0, 0, code, message, severity)
