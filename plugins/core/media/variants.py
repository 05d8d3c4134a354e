"""Make the files of a picture that pages show: smaller, upright, without metadata.

Each picture becomes AVIF and JPEG in up to four widths, upright, in sRGB, without any
metadata. One that a text offers as a file becomes a JPEG at full size, too. The files
are cached by the digest of the original's bytes, so a picture is processed once however
often the site is built. Originals are never published.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal, NamedTuple

from PIL import Image

from plugins.core.errors import MachineError, Problem
from plugins.core.media import decode, gif, integrity, jpeg, picture_sums, sniff
from plugins.core.media.formats import HEIC_EXTENSIONS
from plugins.core.media.picture_file import FORMATS, SHARED_WIDTH, WIDTHS, PictureFile
from plugins.core.runtime.workers import worker_pool

_DIGEST_BYTES = 10
DIGEST = "[0-9a-f]" * 2 * _DIGEST_BYTES
"""The beginning of the names of the files made of pictures, as a glob."""

# part of each digest: any change to how pictures are made must change it, so that they are made again
_RECIPE = repr((WIDTHS, FORMATS, "2")).encode()
_FULL: Mapping[str, Any] = {"format": "JPEG", "quality": 85, "optimize": True, "progressive": True}
_MAX_HEIGHT = 16_000  # of the widest file, in pixels: no phone shows a taller picture, and AVIF cannot hold it

_BROKEN = "Ảnh bị hỏng giữa chừng. Chép lại ảnh gốc, hoặc mở ra xuất lại thành JPEG, rồi thay tệp."
_TOO_LARGE = "Ảnh quá lớn (trên 100 triệu điểm ảnh). Thu nhỏ ảnh rồi lưu lại."
_ANIMATED = "Ảnh động hoặc ảnh nhiều trang: cổng chỉ hiện hình đầu tiên. Cần chuyển động thì xuất thành phim MP4."
_KILLED = (
    "Việc chuẩn bị ảnh này bị máy dừng giữa chừng (có lẽ thiếu bộ nhớ). Dựng lại khi máy rảnh hơn, hoặc thu nhỏ ảnh."
)


Purpose = Literal["pages", "sharing", "full size"]


class Job(NamedTuple):
    """A picture whose files have to be made."""

    original: Path
    picture: PictureFile
    cache: Path
    """The folder to write to."""

    purpose: Purpose
    """The use of the files: on pages, where the page is shared, or opened at full size."""


def examine(path: str, raw: bytes) -> tuple[PictureFile | None, list[Problem]]:
    """Examine a picture's file; return its description, ``None`` with errors, and its problems.

    Only the header is decoded. Refused are files that are no picture or of another kind than their
    name says, that were cut off, that hide code, or that have more than 100 megapixels (a bomb, or
    a mistake).
    """
    if path.lower().endswith(HEIC_EXTENSIONS):
        return None, [sniff.heic_problem(path)]
    if disguised := sniff.check_kind(path, raw):
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
    picture = PictureFile(path, _digest(raw), width, height)
    if height * picture.widths[-1] > _MAX_HEIGHT * width:
        return None, [
            _problem(path, "PICTURE_TOO_TALL", f"Ảnh {width} × {height} quá dài. Cắt thành nhiều ảnh ngắn hơn.")
        ]
    return picture, [_problem(path, "PICTURE_ANIMATED", _ANIMATED, "warning")] if animated else []


def make(
    shown: Iterable[PictureFile],
    shared: Iterable[PictureFile],
    offered: Iterable[PictureFile],
    locate: Callable[[str], Path],
    cache: Path,
    workers: int,
    on_progress: Callable[[int, int], None],
) -> list[Problem]:
    """Make every file that is missing in ``cache``; return problems of the pictures that cannot be decoded.

    Of ``shown`` pictures the files for pages are made, of ``shared`` ones that for social networks, of
    ``offered`` ones the file at full size.
    ``locate`` returns the path of an original; ``on_progress(done, total)`` is called after each
    picture. Raises ``MachineError`` when the machine fails: a full disk, too little memory. However
    it ends, ``cache`` holds complete files only.
    """
    try:
        cache.mkdir(parents=True, exist_ok=True)
        _sweep(cache)
        present = set(os.listdir(cache))
        missing: dict[tuple[str, Purpose], PictureFile] = {
            (picture.digest, "pages"): picture for picture in shown if not present.issuperset(picture.names)
        }
        missing.update(
            ((picture.digest, "sharing"), picture)
            for picture in shared
            if picture.shared_name not in picture.names and picture.shared_name not in present
        )
        missing.update(
            ((picture.digest, "full size"), picture) for picture in offered if picture.full_name not in present
        )
        jobs = [Job(locate(picture.path), picture, cache, purpose) for (_, purpose), picture in sorted(missing.items())]
        return _make_all(jobs, workers, on_progress) if jobs else []
    except OSError as error:
        raise disk_error(error, cache) from error
    finally:
        _sweep(cache)


def disk_error(error: OSError, cache: Path) -> MachineError:
    """Return what stops a build whose pictures cannot be written."""
    reason = f"Không chuẩn bị được ảnh: {error.strerror or error}. Kiểm tra chỗ trống và quyền ghi của ổ đĩa."
    return MachineError([Problem(error.filename or str(cache), 0, 0, "PICTURE_DISK", reason)])


def _make_all(jobs: Sequence[Job], workers: int, on_progress: Callable[[int, int], None]) -> list[Problem]:
    """Do all ``jobs`` in parallel; if a worker dies, do the remaining ones again, one by one.

    Ten pictures of cameras at once may need more memory than there is, where one at a time does not.
    """
    problems = []
    completed = 0
    on_progress(0, len(jobs))
    for worker_count in (min(workers, len(jobs)), 1):
        try:
            with worker_pool(worker_count) as pool:
                for problem in pool.map(_make_picture, jobs[completed:]):
                    completed += 1
                    on_progress(completed, len(jobs))
                    if problem:
                        problems.append(problem)
            return problems
        except (BrokenProcessPool, MemoryError):
            continue
    # with one worker, the first job without a result is the one that killed it
    raise MachineError([_problem(jobs[completed].picture.path, "PICTURE_KILLED", _KILLED)])


def _make_picture(job: Job) -> Problem | None:
    picture = job.picture
    raw = job.original.read_bytes()
    if _digest(raw) != picture.digest:
        return _problem(picture.path, "PICTURE_CHANGED", "Ảnh vừa bị thay trong lúc dựng trang. Dựng lại lần nữa.")
    try:
        fills = _FILLS_PICTURE.get(sniff.kind_of(raw))
        if fills and not fills(raw):
            return _problem(picture.path, "PICTURE_BROKEN", _BROKEN)
        least = {"pages": WIDTHS[-1], "sharing": SHARED_WIDTH, "full size": picture.full_size[0]}
        upright = decode.read(raw, least[job.purpose])
    except (decode.Unreadable, decode.TooManyPixels):
        return _problem(picture.path, "PICTURE_BROKEN", _BROKEN)
    if job.purpose == "full size":
        save(_resized(upright, picture.full_size), job.cache / picture.full_name, _FULL)
        return None
    if job.purpose == "sharing":
        width = min(picture.width, SHARED_WIDTH)
        save(_resized(upright, picture.size_at(width)), job.cache / picture.shared_name, FORMATS["jpg"])
        return None
    for width in picture.widths:
        small = _resized(upright, picture.size_at(width))
        for kind, options in FORMATS.items():
            save(small, job.cache / f"{picture.digest}-{width}.{kind}", options)
    return None


_FILLS_PICTURE: Mapping[str, Callable[[bytes], bool]] = {"jpg": jpeg.fills_picture, "gif": gif.fills_picture}


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def save(image: Image.Image, target: Path, options: Mapping[str, Any]) -> None:
    """Write a picture whole or not at all, also where the power fails. What a killed build leaves of it, the next
    call of ``make`` deletes."""
    temporary = target.with_suffix(f".{os.getpid()}.tmp")
    image.save(temporary, **options)
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
        picture_sums.add(target, file.read())
    os.replace(temporary, target)


def _sweep(cache: Path) -> None:
    """Delete files that a worker left half written. Builds with one cache never run at the same time."""
    for leftover in cache.glob(f"{DIGEST}-*.tmp"):
        with suppress(OSError):
            leftover.unlink()


def _digest(raw: bytes) -> str:
    return blake2b(raw, digest_size=_DIGEST_BYTES, key=blake2b(_RECIPE, digest_size=16).digest()).hexdigest()


def _problem(path: str, code: str, message: str, severity: Literal["error", "warning"] = "error") -> Problem:
    return Problem(f"content/{path}", 0, 0, code, message, severity)
