"""Judge files and folders by their names: junk of programs, copies, names that some systems cannot have."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from plugins.core.errors import Problem, Severity
from plugins.core.text.patterns import lazy_pattern
from plugins.core.text.vietnamese import nfc, slugify

_RESERVED = r"(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]|conin\$|conout\$)(?:\..*)?"
#: Names without any problem, as nearly all are.
_ORDINARY = lazy_pattern(
    rf"(?!{_RESERVED}|readme|licen[cs]e|copying)[a-z0-9-]+(?:\.(?:md|jpe?g|png|webp|gif|pdf|csv|mp4|vtt|docx|xlsx|pptx))?"
)
_NOT_WINDOWS = lazy_pattern(rf"{_RESERVED}|.*[<>:\"|?*\\\x00-\x1f].*|.*[. ]", re.IGNORECASE | re.DOTALL)

#: Files that programs leave behind: file managers, editors, browsers, office suites, synchronisers.
_JUNK = lazy_pattern(
    r"\.DS_Store|\._.*|Icon[\r\uf00d]|\.localized|\.apdisk|__MACOSX|\.(?:Spotlight-V100|Trashes|fseventsd|TemporaryItems)"
    r"|\.(?:DocumentRevisions-V100|AppleD\w+|Trash-\d+|directory|thumbnails|nfs[0-9a-f]+|fuse_hidden.*|goutputstream-.*)"
    r"|Thumbs\.db(?::encryptable)?|ehthumbs(?:_vista)?\.db|desktop\.ini|\$RECYCLE\.BIN|RECYCLER|System Volume Information"
    r"|.*[:._]Zone\.Identifier|lost\+found|@eaDir|\.st(?:folder|versions)|\.syncthing\..*|\.~?sync-.*|\.dropbox(?:\.\w+)?"
    r"|\.?Picasa\.ini|\.picasaoriginals|\.BridgeCache\w*|[~.]\$.*|.*~|\.#.*|#.*#|\.~lock\..*|\.~.*|\..*\.sw[a-px]|.*\.sw[op]"
    r"|.*\.(?:tmp|temp|orig|rej|bak|crdownload|part|partial|opdownload|filepart|aria2|kate-swp|wbk|asd|autosave)",
    re.IGNORECASE | re.DOTALL,
)
#: Files of the people who maintain the folder, and of their programs.
_OWNERS_FILES = lazy_pattern(
    r"\.git(?:ignore|attributes|keep|modules)|\.(?:svn|hg|vscode|obsidian|idea|trash|editorconfig|mailmap)|\.obsidian\..*"
    r"|(?:README|LICEN[CS]E|COPYING)(?:[._-]\w{1,16})*",
    re.IGNORECASE,
)
_PUBLISHED = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".pdf", ".csv", ".docx", ".xlsx", ".pptx", ".mp4", ".vtt")

_TEXT = lazy_pattern(
    r"(?P<stem>.+?)\s*\.(?:md|markdown|mdown|mkdn?|mdtxt|mdtext)(?:\.(?:md|txt))*\s*", re.IGNORECASE | re.DOTALL
)

_COPY_WORDS = r"copy|copie|kopie|ban-sao|ban-sao-chep|sao-chep|bak|backup|orig|conflict(?:ed)?(?:-.*)?|sync-conflict-.*"
_VERSION_WORDS = (
    r"v?\d+|old|cu|ban-cu|new|moi|final|goc|nhap|draft|tam|tmp|temp|original|(?:base|local|remote|backup)-\d+"
)
_COPY = lazy_pattern(
    rf"(.+?)-(?:{_COPY_WORDS})(?:-\d+)?|(?:ban-sao|ban-sao-chep|sao-chep|copy)(?:-\d+)?-(?:cua|of)-(.+)"
    rf"|(index)-?(?:{_VERSION_WORDS})(?:-(?:\d+|{_VERSION_WORDS}))*"
)
_LETTERS_I = str.maketrans("İı", "ii")  # which ``casefold`` tells apart, and patterns that ignore case do not
_HINTS_OF_COPY = ("copy", "copie", "kopie", "sao", "bak", "backup", "orig", "conflict", "index", "(")
_BRACKETS = lazy_pattern(r"(.+?)\s*\((?:\d+|[^()]*(?:conflict|copy|xung đột|sao)[^()]*)\)", re.IGNORECASE | re.DOTALL)


class Verdict(NamedTuple):
    """The judgement of a name."""

    code: str = ""
    """Empty if there is no problem."""

    message: str = ""
    severity: Severity = "error"
    is_passed_over: bool = True
    """True if the file or folder must not be read."""


_WINDOWS_VERDICT = Verdict(
    "NAME_WINDOWS",
    'Máy Windows không chép được tên này (tên dành riêng, dấu chấm hoặc dấu cách ở cuối, hay ký tự < > : " | ? * \\).'
    " Đổi tên: chữ không dấu, số, gạch nối.",
    "warning",
    is_passed_over=False,
)
RENAME = "Bài này không được đọc vì tên tệp. Đổi tên thành “{}”."
_JUNK_VERDICT = Verdict("UPLOAD_JUNK", "Tệp do máy tự sinh ra, không dùng vào đâu. Xóa đi.", "warning")
GIT_NESTED = Verdict(
    "GIT_NESTED",
    "Thư mục này là một kho git riêng (submodule, hoặc kho chép vào): git không đưa các tệp trong đó lên cổng."
    " Xóa .git bên trong, rồi git add lại thư mục.",
)


def judge(name: str, *, is_folder: bool) -> Verdict | None:
    """Judge the name of a file or folder, as the system gives it; ``None`` for an ordinary one."""
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
        return _JUNK_VERDICT
    if _OWNERS_FILES.fullmatch(name) and not name.lower().endswith(_PUBLISHED):
        return Verdict()
    correct_name = name if is_folder else text_name(name)
    if correct_name != name:
        return Verdict("TEXT_NAME", RENAME.format(correct_name))
    return _WINDOWS_VERDICT if _NOT_WINDOWS.fullmatch(name) else None


def text_name(name: str) -> str:
    """Return the name that a text must have to be read; ``name`` if it has that, or is no text's."""
    match = _TEXT.fullmatch(name)
    if not match or name.startswith("."):
        return name
    stem = match["stem"].strip()
    return f"{'index' if stem.lower() == 'index' else stem}.md"


def original_of(name: str) -> str:
    """Return the slug of the text that ``name`` (without ``.md``) is a copy of; empty if it is no copy's name."""
    if not _may_be_copy(name):  # nearly every name
        return ""
    original = "index" if name != "index" and slugify(name) == "index" else ""
    while _may_be_copy(name):  # a copy of a copy
        numbered, copy = _BRACKETS.fullmatch(name), _COPY.fullmatch(slugify(name))
        if not numbered and not copy:
            break
        name = original = slugify(numbered[1]) if numbered else next(filter(None, copy.groups())) if copy else ""
    return original


def _may_be_copy(name: str) -> bool:
    folded = name.translate(_LETTERS_I).casefold()
    return any(hint in folded for hint in _HINTS_OF_COPY)


def printable_name(name: str) -> str:
    """Return a name as messages may show it, with escapes for bytes that are no UTF-8."""
    return nfc(os.fsencode(name).decode("utf-8", "backslashreplace"))


def twin_folders(folders: list[tuple[str, str]], problems: list[Problem]) -> set[str]:
    """Return the folders that are the same to systems which ignore case or Unicode form; report the outermost.

    ``folders`` are pairs of path and path on disk; the result has paths without regard to case.
    """
    if len(set("\n".join([path for path, _ in folders]).casefold().split("\n"))) == len(folders):
        return set()
    disk_paths: dict[str, str] = {}
    doubled: set[str] = set()
    for path, disk_path in sorted(folders):
        name = path.casefold()
        first_disk_path = disk_paths.setdefault(name, disk_path)
        if first_disk_path is not disk_path:
            if name.rpartition("/")[0] not in doubled:
                problems.append(twin_problem(path, "Hai thư mục", first_disk_path, disk_path))
            doubled.add(name)
    return doubled


def twin_problem(path: str, kind: str, *disk_paths: str) -> Problem:
    """Return the problem of files or folders whose names differ only in case or Unicode form."""
    names = " và ".join(ascii(os.path.basename(disk_path)) for disk_path in disk_paths)
    message = f"{kind} chỉ khác chữ hoa, chữ thường hoặc cách mã hóa dấu ({names}). Đổi tên một bên."
    return Problem(f"content/{path}", 0, 0, "FILE_TWINS", message)


def copied_texts(paths: Collection[str]) -> list[tuple[str, Problem]]:
    """Return the texts that are named as copies of texts in the same folder, each with its problem."""
    text_paths = (path for path in paths if path.endswith(".md") and not path.endswith("/index.md"))
    copies = {path: original for path in text_paths if (original := original_of(posixpath.basename(path)[:-3]))}
    if not copies:
        return []
    originals: dict[tuple[str, str], str] = {}
    for path in set(paths) - copies.keys():
        if path.endswith(".md"):
            folder, name = posixpath.split(path)
            originals[folder, slugify(name[:-3])] = name
    problems = []
    for path, original in copies.items():
        if original_name := originals.get((posixpath.dirname(path), original)):
            message = f"Bản sao của {original_name} nằm cạnh nó, không được đăng. Xóa đi, hoặc đặt tên thật."
            problems.append((path, Problem(f"content/{path}", 0, 0, "TEXT_COPY", message, "warning")))
        elif original == "index":
            problems.append((path, Problem(f"content/{path}", 0, 0, "TEXT_NAME", RENAME.format("index.md"))))
    return problems


def copied_folders(folders: list[str]) -> Iterator[Problem]:
    """Report folders that a file manager has named as copies of folders beside them."""
    paths_with_blanks = (path for path in folders if " " in path)
    copies = {path: original for path in paths_with_blanks if (original := original_of(posixpath.basename(path)))}
    existing = {(posixpath.dirname(path), slugify(posixpath.basename(path))) for path in folders if copies}
    for path, original in copies.items():
        if (posixpath.dirname(path), original) in existing:
            message = f"Thư mục này mang tên bản sao của “{original}” nằm cạnh nó. Xóa đi, hoặc đặt tên thật."
            yield Problem(f"content/{path}", 0, 0, "TEXT_COPY", message, "warning")


def submodules(root: Path) -> Iterator[Problem]:
    """Report the folders of the content that are submodules of git, even if they are empty."""
    try:
        modules = (root.parent / ".gitmodules").read_text("utf-8", "replace")
    except OSError:
        return
    for path in re.findall(r"^\s*path\s*=\s*(\S.*?)\s*$", modules, re.MULTILINE):
        if path.startswith(f"{root.name}/"):
            yield Problem(f"content/{path.partition('/')[2]}", 0, 0, GIT_NESTED.code, GIT_NESTED.message)
