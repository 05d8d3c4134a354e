"""Check that the links, pictures and files of all items exist."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from plugins.core.errors import Problem
from plugins.core.markdown.fragment import ImageRef, LinkRef
from plugins.core.media.formats import HEIC_EXTENSIONS, MAX_BYTES, PICTURE_EXTENSIONS
from plugins.core.model.fields import address_fields, file_fields
from plugins.core.model.item import Item, Story
from plugins.core.model.references import SCHEMES, is_remote, page_address, page_path, resolve_path
from plugins.core.site.content import Content
from plugins.core.text.vietnamese import did_you_mean, nearest, plain


def missing_files(content: Content) -> Iterator[Problem]:
    """Report fields that name a file which does not exist."""
    for item in content.all_items:
        for name, attribute in file_fields(type(item)).items():
            value = getattr(item, attribute)
            for path in [value] if isinstance(value, str) else value:
                if path and path not in content.files:
                    yield item.problem(
                        name,
                        "FILE_MISSING",
                        f"Không có tệp “{posixpath.basename(path)}” cạnh bài viết.{_similar_file(content, path)}",
                    )


def broken_links(content: Content, outputs: set[str]) -> Iterator[Problem]:
    """Report links and pictures, in texts and in fields, that lead nowhere."""
    existing = {path for path in content.files if not path.endswith(".md")}.union(content.addresses)
    for item in content.all_items:
        if item.status == "draft":
            continue
        for name, attribute in address_fields(type(item)).items():
            address = getattr(item, attribute)
            if story := content.story_to_come(address):
                yield item.problem(name, "LINK_EARLY", _early_message(address, story), "warning")
            elif (missing := _missing_page_message(address, outputs)) and not _is_unreadable(content, address):
                yield item.problem(name, "LINK_BROKEN", missing)
        document = item.document
        if document.is_simple and all(
            _is_page(reference, outputs) for reference in document.references if reference not in existing
        ):
            continue
        for ref in item.document.outline.refs:
            if isinstance(ref, ImageRef):
                path = resolve_path(item.document.path, ref.src)
                if not ref.src and item.document.outline.removed:
                    continue  # its address was removed, which is reported
                if is_remote(ref.src):
                    yield item.problem_at(
                        ref.position,
                        "PICTURE_REMOTE",
                        "Ảnh phải nằm cạnh bài viết: tải ảnh về, đặt vào thư mục của bài.",
                    )
                elif path in content.files and not path.lower().endswith((*PICTURE_EXTENSIONS, *HEIC_EXTENSIONS)):
                    if posixpath.splitext(path)[1][1:].lower() not in MAX_BYTES:
                        continue  # refused and reported by the reader
                    message = f"“{ref.src}” không phải ảnh: đặt liên kết tới tệp thay vì chèn như ảnh."
                    yield item.problem_at(ref.position, "PICTURE_KIND", message)
                elif path not in content.files:  # an unreadable picture is reported by the reader
                    yield item.problem_at(
                        ref.position,
                        "PICTURE_MISSING",
                        f"Không có ảnh “{ref.src}” cạnh bài viết.{_similar_file(content, path)}",
                    )
            elif story := content.story_to_come(_resolve(item, ref)):
                yield item.problem_at(ref.position, "LINK_EARLY", _early_message(ref.href, story), "warning")
            elif _is_unreadable(content, _resolve(item, ref)):
                continue
            elif missing := _missing_page_message(ref.href, outputs):
                yield item.problem_at(ref.position, "LINK_BROKEN", missing)
            elif content.link(item.document, ref) is None:
                path = _resolve(item, ref)
                if path in existing:  # published together with the story
                    continue
                near = _scheme_advice(ref.href) or _draft_advice(content, path) or _similar_file(content, path)
                message = f"Liên kết “{ref.href}” không dẫn đến bài hay tệp nào.{near}"
                yield item.problem_at(ref.position, "LINK_BROKEN", message)


def _resolve(item: Item, ref: LinkRef) -> str:
    """Return the address or path that a link of a text leads to, without its anchor."""
    target = ref.href.partition("#")[0]
    return resolve_path(item.document.path, target) if target and not target.startswith(("/", *SCHEMES)) else target


def _draft_advice(content: Content, path: str) -> str:
    """Return advice on a link to a draft; empty if it leads to none."""
    paths = {path, f"{path}/index.md", f"{path}.md"}
    is_draft = any(item.document.path in paths and item.status == "draft" for item in content.all_items)
    return " Bài ấy còn là bản nháp (status: draft): đăng bài ấy, hoặc bỏ liên kết." if is_draft else ""


def _scheme_advice(href: str) -> str:
    """Return advice on a web or mail address without its scheme; empty if it is none."""
    if re.match(r"www\.\w", href, re.I):
        return f" Viết: https://{href}"
    return f" Viết: mailto:{href}" if re.fullmatch(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", href) else ""


def _early_message(href: str, story: Story) -> str:
    return f"“{href}” dẫn đến bài chỉ xuất hiện lúc {story.date:%H:%M %d/%m/%Y}: trước lúc ấy chưa thành liên kết."


def _is_unreadable(content: Content, target: str) -> bool:
    """Return whether a link leads to a text that could not be read, which is reported by the reader."""
    return (page_address(target) if target.startswith("/") else target) in content.unread


def broken_anchors(content: Content) -> Iterator[Problem]:
    """Report links to headings, of the same or another text, that do not exist."""
    linking = [item for item in content.all_items if not item.document.is_simple]
    by_path = {item.document.path: item for item in content.all_items} if linking else {}
    by_address = {content.site.url(address): by_path[path] for path, address in content.addresses.items() if linking}
    for item in linking:
        for ref in item.document.outline.refs:
            if isinstance(ref, LinkRef) and "#" in ref.href:
                address, _, anchor = (content.link(item.document, ref) or "").partition("#")
                target = by_address.get(address) if address else item
                if anchor and target and unquote(anchor) not in target.document.outline.anchors:
                    suggestion = did_you_mean(unquote(anchor), target.document.outline.anchors)
                    yield item.problem_at(
                        ref.position, "ANCHOR_BROKEN", f"Không có mục “#{anchor}” ở bài được dẫn.{suggestion}"
                    )


def _is_page(reference: str, outputs: set[str]) -> bool:
    return reference.startswith("/") and not _missing_page_message(reference, outputs)


def _missing_page_message(address: str, outputs: set[str]) -> str:
    """Return a message for an address of the portal that no page has; empty for all others."""
    target = page_path(address)
    if not target.startswith("/") or target[1:] in outputs or f"{target.strip('/')}/index.html".lstrip("/") in outputs:
        return ""
    near = nearest(target, ["/" + path.removesuffix("index.html") for path in outputs])
    return f"Không có trang {target}.{f' Có phải là {near}?' if near else ''}"


def _similar_file(content: Content, path: str) -> str:
    """Return a question with the most similar file name in the folder of ``path``; empty if none is similar."""
    folder = posixpath.dirname(path)
    names = {
        posixpath.basename(candidate)
        for candidate in content.files
        if posixpath.dirname(candidate) == folder and not candidate.endswith(".md")
    }
    name = posixpath.basename(path)
    match = next((candidate for candidate in sorted(names) if plain(candidate) == plain(name)), None) or nearest(
        name, names
    )
    return f" Có phải là “{match}”?" if match else ""
