"""What a name alone says of a file or a folder: whose it is, and whether every machine can hold it."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import NamedTuple

from plugins.core.problems import Severity
from plugins.core.text import nfc, slugify

_RESERVED = r"(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]|conin\$|conout\$)(?:\..*)?"
#: Nearly every name: nothing is to be said of it.
_ORDINARY = re.compile(
    rf"(?!{_RESERVED}|readme|licen[cs]e|copying)[a-z0-9-]+(?:\.(?:md|jpe?g|png|webp|gif|pdf|csv|mp4|vtt|docx|xlsx|pptx))?"
)
_NOT_WINDOWS = re.compile(rf"{_RESERVED}|.*[<>:\"|?*\\\x00-\x1f].*|.*[. ]", re.IGNORECASE | re.DOTALL)

#: What programs leave behind by themselves: file managers, editors, browsers, office suites, synchronisers.
_JUNK = re.compile(
    r"\.DS_Store|\._.*|Icon[\r\uf00d]|\.localized|\.apdisk|__MACOSX|\.(?:Spotlight-V100|Trashes|fseventsd|TemporaryItems)"
    r"|\.(?:DocumentRevisions-V100|AppleD\w+|Trash-\d+|directory|thumbnails|nfs[0-9a-f]+|fuse_hidden.*|goutputstream-.*)"
    r"|Thumbs\.db(?::encryptable)?|ehthumbs(?:_vista)?\.db|desktop\.ini|\$RECYCLE\.BIN|RECYCLER|System Volume Information"
    r"|.*[:._]Zone\.Identifier|lost\+found|@eaDir|\.st(?:folder|versions)|\.syncthing\..*|\.~?sync-.*|\.dropbox(?:\.\w+)?"
    r"|\.?Picasa\.ini|\.picasaoriginals|\.BridgeCache\w*|[~.]\$.*|.*~|\.#.*|#.*#|\.~lock\..*|\.~.*|\..*\.sw[a-px]|.*\.sw[op]"
    r"|.*\.(?:tmp|temp|orig|rej|bak|crdownload|part|partial|opdownload|filepart|aria2|kate-swp|wbk|asd|autosave)",
    re.IGNORECASE | re.DOTALL,
)
#: What belongs to the people who keep the folder, and to their programs.
_THEIRS = re.compile(
    r"\.git(?:ignore|attributes|keep|modules)|\.(?:svn|hg|vscode|obsidian|idea|trash|editorconfig|mailmap)|\.obsidian\..*"
    r"|(?:README|LICEN[CS]E|COPYING)(?:[._-]\w{1,16})*",
    re.IGNORECASE,
)
_PUBLISHED = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".pdf", ".csv", ".docx", ".xlsx", ".pptx", ".mp4", ".vtt")

_TEXT = re.compile(
    r"(?P<stem>.+?)\s*\.(?:md|markdown|mdown|mkdn?|mdtxt|mdtext)(?:\.(?:md|txt))*\s*", re.IGNORECASE | re.DOTALL
)

_AGAIN = r"copy|copie|kopie|ban-sao|ban-sao-chep|sao-chep|bak|backup|orig|conflict(?:ed)?(?:-.*)?|sync-conflict-.*"
_LATER = r"v?\d+|old|cu|ban-cu|new|moi|final|goc|nhap|draft|tam|tmp|temp|original|(?:base|local|remote|backup)-\d+"
_COPY = re.compile(
    rf"(.+?)-(?:{_AGAIN})(?:-\d+)?|(?:ban-sao|ban-sao-chep|sao-chep|copy)(?:-\d+)?-(?:cua|of)-(.+)"
    rf"|(index)-?(?:{_LATER})(?:-(?:\d+|{_LATER}))*"
)
_MAY_BE_COPY = re.compile(r"copy|copie|kopie|sao|bak|backup|orig|conflict|index|\(", re.IGNORECASE)
_BRACKETS = re.compile(r"(.+?)\s*\((?:\d+|[^()]*(?:conflict|copy|xung đột|sao)[^()]*)\)", re.IGNORECASE | re.DOTALL)


class Verdict(NamedTuple):
    """What is said of a name; ``code`` is empty where nothing is. ``is_passed_over``: what bears it is not read."""

    code: str = ""
    message: str = ""
    severity: Severity = "error"
    is_passed_over: bool = True


_WINDOWS = Verdict(
    "NAME_WINDOWS",
    'Máy Windows không chép được tên này (tên dành riêng, dấu chấm hoặc dấu cách ở cuối, hay ký tự < > : " | ? * \\).'
    " Đổi tên: chữ không dấu, số, gạch nối.",
    "warning",
    is_passed_over=False,
)
RENAME = "Bài này không được đọc vì tên tệp. Đổi tên thành “{}”."
_JUNK_LEFT = Verdict("UPLOAD_JUNK", "Tệp do máy tự sinh ra, không dùng vào đâu. Xóa đi.", "warning")
GIT_NESTED = Verdict(
    "GIT_NESTED",
    "Thư mục này là một kho git riêng (submodule, hoặc kho chép vào): git không đưa các tệp trong đó lên cổng."
    " Xóa .git bên trong, rồi git add lại thư mục.",
)


def judge(name: str, *, is_folder: bool) -> Verdict | None:
    """What a name in the content folder, as the system gives it, says; nothing of nearly every one."""
    return None if name == "index.md" or _ORDINARY.fullmatch(name) else _judge(name, is_folder)


@lru_cache(maxsize=4096)
def _judge(name: str, is_folder: bool) -> Verdict | None:
    try:
        name.encode()
    except UnicodeEncodeError:
        return Verdict("NAME_ENCODING", "Tên này không ở mã UTF-8, cổng không đọc được. Đổi tên: chữ không dấu.")
    if name == ".git":
        return GIT_NESTED
    if _JUNK.fullmatch(name):
        return _JUNK_LEFT
    if _THEIRS.fullmatch(name) and not name.lower().endswith(_PUBLISHED):
        return Verdict()
    right = name if is_folder else text_name(name)
    if right != name:
        return Verdict("TEXT_NAME", RENAME.format(right))
    return _WINDOWS if _NOT_WINDOWS.fullmatch(name) else None


def text_name(name: str) -> str:
    """The name that a text must have to be read; ``name`` where it has it, or is none."""
    found = _TEXT.fullmatch(name)
    if not found or name.startswith("."):
        return name
    stem = found["stem"].strip()
    return f"{'index' if stem.lower() == 'index' else stem}.md"


def original_of(name: str) -> str:
    """The address part of the text of which ``name`` (without ``.md``) says that it is a copy; empty where it says nothing."""
    if not _MAY_BE_COPY.search(name):  # nearly every name
        return ""
    original = "index" if name != "index" and slugify(name) == "index" else ""
    while _MAY_BE_COPY.search(name):  # a copy of a copy
        numbered, found = _BRACKETS.fullmatch(name), _COPY.fullmatch(slugify(name))
        if not numbered and not found:
            break
        name = original = slugify(numbered[1]) if numbered else next(filter(None, found.groups())) if found else ""
    return original


def shown(name: str) -> str:
    """A name as messages may show it: what is no UTF-8 by its bytes."""
    return nfc(os.fsencode(name).decode("utf-8", "backslashreplace"))
