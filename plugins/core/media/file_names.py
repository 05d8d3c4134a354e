"""What names alone say of files and folders: whose they are, which are copies, and whether every machine can hold them."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from plugins.core.errors import Problem, Severity
from plugins.core.text.vietnamese import nfc, slugify

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


def twin_folders(folders: list[tuple[str, str]], problems: list[Problem]) -> set[str]:
    """The folders (without regard to case) that are there twice to machines which see no case, or no
    difference of Unicode forms; the outermost are told."""
    if len(set("\n".join([path for path, _ in folders]).casefold().split("\n"))) == len(folders):
        return set()
    first: dict[str, str] = {}
    doubled: set[str] = set()
    for path, place in sorted(folders):
        name = path.casefold()
        other = first.setdefault(name, place)
        if other is not place:
            if name.rpartition("/")[0] not in doubled:
                problems.append(twins(path, "Hai thư mục", other, place))
            doubled.add(name)
    return doubled


def twins(path: str, what: str, *places: str) -> Problem:
    both = " và ".join(ascii(os.path.basename(place)) for place in places)
    message = f"{what} chỉ khác chữ hoa, chữ thường hoặc cách mã hóa dấu ({both}). Đổi tên một bên."
    return Problem(f"content/{path}", 0, 0, "FILE_TWINS", message)


def copied_texts(found: Collection[str]) -> list[tuple[str, Problem]]:
    """The texts whose names say that they are copies of those beside them, and what is to be said of each."""
    texts = (path for path in found if path.endswith(".md") and not path.endswith("/index.md"))
    copies = {path: original for path in texts if (original := original_of(posixpath.basename(path)[:-3]))}
    if not copies:
        return []
    originals: dict[tuple[str, str], str] = {}
    for path in set(found) - copies.keys():
        if path.endswith(".md"):
            folder, name = posixpath.split(path)
            originals[folder, slugify(name[:-3])] = name
    told = []
    for path, original in copies.items():
        if one := originals.get((posixpath.dirname(path), original)):
            message = f"Bản sao của {one} nằm cạnh nó, không được đăng. Xóa đi, hoặc đặt tên thật."
            told.append((path, Problem(f"content/{path}", 0, 0, "TEXT_COPY", message, "warning")))
        elif original == "index":
            told.append((path, Problem(f"content/{path}", 0, 0, "TEXT_NAME", RENAME.format("index.md"))))
    return told


def copied_folders(folders: list[str]) -> Iterator[Problem]:
    """What is to be said of folders whose names, given by a file manager, say that they are copies of those
    beside them."""
    spaced = (path for path in folders if " " in path)
    copies = {path: original for path in spaced if (original := original_of(posixpath.basename(path)))}
    there = {(posixpath.dirname(path), slugify(posixpath.basename(path))) for path in folders if copies}
    for path, original in copies.items():
        if (posixpath.dirname(path), original) in there:
            message = f"Thư mục này mang tên bản sao của “{original}” nằm cạnh nó. Xóa đi, hoặc đặt tên thật."
            yield Problem(f"content/{path}", 0, 0, "TEXT_COPY", message, "warning")


def submodules(root: Path) -> Iterator[Problem]:
    """The folders of the content that git knows as repositories of their own, though nothing may lie there."""
    try:
        modules = (root.parent / ".gitmodules").read_text("utf-8", "replace")
    except OSError:
        return
    for path in re.findall(r"^\s*path\s*=\s*(\S.*?)\s*$", modules, re.MULTILINE):
        if path.startswith(f"{root.name}/"):
            yield Problem(f"content/{path.partition('/')[2]}", 0, 0, GIT_NESTED.code, GIT_NESTED.message)
