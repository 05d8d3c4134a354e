"""Read one file of the content folder: a text, a picture, an attachment."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from plugins.core import hashing
from plugins.core.checks.item_checks import check_item
from plugins.core.errors import Problem, errors
from plugins.core.markdown.parser import MarkdownParser
from plugins.core.media import csv_table, pdf, variants
from plugins.core.media.formats import MAX_BYTES, PICTURE_EXTENSIONS
from plugins.core.media.policy import examine_upload
from plugins.core.model.item import Item
from plugins.core.runtime.cpu_limit import TEXT_BYTES
from plugins.core.source.item_parser import read_item, too_long
from plugins.core.source.listing import ListedFile
from plugins.core.source.record import ReadText, SourceRecord

_BEGINNING = 1024
_MAX_TEXT_BYTES = 5 * TEXT_BYTES  # of a text in any encoding, with its front matter: what is larger is not even read

_encode = msgspec.json.Encoder().encode
_encode_pieces = msgspec.msgpack.Encoder().encode


def read_file(
    path: str, file: ListedFile, models: Mapping[str, type[Item]], previous: SourceRecord | None
) -> tuple[SourceRecord, ReadText | None]:
    """Read a file, unless its bytes are those of ``previous``. Returns also its text, where it is a new one."""
    is_text = path.endswith(".md") and "/." not in f"/{path}"
    try:
        limit = _MAX_TEXT_BYTES if is_text else MAX_BYTES.get(posixpath.splitext(path)[1][1:].lower())
        if limit is None:
            with open(file.disk_path, "rb") as opened:
                raw = opened.read(_BEGINNING)  # it is refused; this says under which name it would not be
        else:
            raw = Path(file.disk_path).read_bytes() if file.size <= limit else b""
    except OSError as fault:
        message = f"Không đọc được tệp này: {fault.strerror}."
        return SourceRecord(b"", b"", (Problem(f"content/{path}", 0, 0, "FILE_UNREADABLE", message),)), None
    digest = hashing.digest(raw)
    if previous and previous.digest == digest and (raw or not file.size):
        return msgspec.structs.replace(previous, stat_signature=file.stat_signature), None
    bare = SourceRecord(file.stat_signature, digest)
    if is_text:
        return _read_text(path, bare, raw, file.size, models)
    return _examine(path, bare, raw, file.size), None


def _read_text(
    path: str, bare: SourceRecord, raw: bytes, size: int, models: Mapping[str, type[Item]]
) -> tuple[SourceRecord, ReadText | None]:
    if size > _MAX_TEXT_BYTES:
        return msgspec.structs.replace(bare, problems=(too_long(f"content/{path}", 0),)), None
    model = models.get(path.partition("/")[0])
    if model is None:
        message = f"Bài nằm ngoài các chuyên mục. Chuyển vào một trong các thư mục: {', '.join(sorted(models))}."
        problem = Problem(f"content/{path}", 0, 0, "FOLDER_UNKNOWN", message)
        return msgspec.structs.replace(bare, problems=(problem,)), None
    item, pieces, problems, metadata_digest = read_item(model, raw, path, _parser())
    if item is None:
        return msgspec.structs.replace(bare, problems=tuple(problems)), None
    record = msgspec.structs.replace(
        bare,
        problems=(*problems, *check_item(item)),
        metadata_digest=metadata_digest,
        body_digest=item.document.digest,
    )
    return record, ReadText(path, bare.digest, _encode(item), record.body_digest, _encode_pieces(pieces))


@cache
def _parser() -> MarkdownParser:
    """Make one for the whole process."""
    return MarkdownParser()


def _examine(path: str, bare: SourceRecord, raw: bytes, size: int) -> SourceRecord:
    """Examine a file beside the texts. What is refused for its kind or its size was not even read."""
    name = path.lower()
    if raw and name.endswith(PICTURE_EXTENSIONS) and "/." not in f"/{path}":
        picture, problems = variants.examine(path, raw)
        return msgspec.structs.replace(bare, problems=tuple(problems), picture=picture)
    problems = examine_upload(path, raw, size)
    return msgspec.structs.replace(
        bare,
        problems=tuple(problems),
        table=csv_table.read_table(raw) if name.endswith(".csv") else (),
        page_count=pdf.page_count(raw) if name.endswith(".pdf") and not errors(problems) else 0,
    )
