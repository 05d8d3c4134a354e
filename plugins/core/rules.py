"""Rules of the whole site: short functions that yield what is wrong.

A rule about one section's fields lives in that section's ``model.py``.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from plugins.core.advice import advise
from plugins.core.content import Content, file_of
from plugins.core.fields import address_fields, file_fields
from plugins.core.item import Item, Story
from plugins.core.markup import ImageRef
from plugins.core.problems import Problem
from plugins.core.text import did_you_mean, nearest, plain, slugify
from plugins.core.views import Page


def check(content: Content, pages: Iterable[Page]) -> list[Problem]:
    """Everything the whole site has to hold before a byte of it is written."""
    addresses = {page.path for page in pages}
    problems = [problem for section in content.sections for problem in section.rules(content)]
    problems += duplicate_outputs(content, pages)
    problems += unknown_categories(content)
    problems += tag_spellings(content)
    problems += missing_files(content)
    problems += broken_links(content, addresses)
    problems += advise(content)
    return problems


def duplicate_outputs(content: Content, pages: Iterable[Page]) -> Iterator[Problem]:
    """No two sources may want one address; case is no difference."""
    items: dict[str, list[Item]] = defaultdict(list)
    for item in content.all_items:
        if address := content.addresses.get(item.document.path):
            items[address.lower()].append(item)
    for address, (first, *others) in items.items():
        for item in others:
            proposal = f"{item.name.rpartition('/')[2]}-2"
            yield item.problem(
                "slug",
                "URL_TWICE",
                f"Trùng địa chỉ {address} với content/{first.document.path}. Thêm dòng: slug: {proposal}",
            )
    titles: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        titles[f"/{page.path.lower()}"].append(page.view.title)
    for path, (first_title, *more) in titles.items():
        owners = items.get(path.removesuffix("index.html"), [])
        if more and len(owners) < 2:
            message = f"Hai trang cùng muốn địa chỉ {path}: “{first_title}” và “{more[0]}”."
            yield (
                owners[0].problem("slug", "URL_TWICE", message) if owners else Problem(path, 0, 0, "URL_TWICE", message)
            )


def unknown_categories(content: Content) -> Iterator[Problem]:
    """A category is one of those declared in the settings."""
    known = {category.slug: category.title for category in content.site.categories}
    for item in content.all_items:
        if isinstance(item, Story) and item.category and item.category not in known:
            hint = did_you_mean(item.category, known) or f" Các chuyên mục: {', '.join(known)}."
            yield item.problem("category", "CATEGORY_UNKNOWN", f"Không có chuyên mục “{item.category}”.{hint}")


def tag_spellings(content: Content) -> Iterator[Problem]:
    """Two spellings of one tag would fight for one page."""
    first: dict[str, tuple[str, Item]] = {}
    for item in content.all_items:
        for tag in item.tags if isinstance(item, Story) else ():
            spelling, other = first.setdefault(slugify(tag), (tag, item))
            if spelling != tag:
                yield item.problem(
                    "tags",
                    "TAG_SPELLING",
                    f"Thẻ “{tag}” ở nơi khác viết là “{spelling}” (content/{other.document.path}). Viết thống nhất.",
                )


def missing_files(content: Content) -> Iterator[Problem]:
    """A file that a field names has to be there."""
    for item in content.all_items:
        for name, attribute in file_fields(type(item)).items():
            value = getattr(item, attribute)
            for path in [value] if isinstance(value, str) else value:
                if path and path not in content.files:
                    yield item.problem(
                        name,
                        "FILE_MISSING",
                        f"Không có tệp “{posixpath.basename(path)}” cạnh bài viết.{_near_file(content, path)}",
                    )


def broken_links(content: Content, outputs: set[str]) -> Iterator[Problem]:
    """Links and pictures, of texts and of fields, lead somewhere."""
    for item in content.all_items:
        if item.status == "draft":
            continue
        for name, attribute in address_fields(type(item)).items():
            if missing := _missing_page(getattr(item, attribute), outputs):
                yield item.problem(name, "LINK_BROKEN", missing)
        for ref in item.document.fragment.refs:
            path = file_of(item.document, ref.src if isinstance(ref, ImageRef) else ref.href.partition("#")[0])
            if isinstance(ref, ImageRef):
                if ref.src.startswith(("http://", "https://", "//", "data:")):
                    yield item.problem_at(
                        ref.place, "PICTURE_REMOTE", "Ảnh phải nằm cạnh bài viết: tải ảnh về, đặt vào thư mục của bài."
                    )
                elif path not in content.pictures:
                    yield item.problem_at(
                        ref.place,
                        "PICTURE_MISSING",
                        f"Không có ảnh “{ref.src}” cạnh bài viết.{_near_file(content, path)}",
                    )
            elif missing := _missing_page(ref.href, outputs):
                yield item.problem_at(ref.place, "LINK_BROKEN", missing)
            elif content.link(item.document, ref) is None:
                yield item.problem_at(
                    ref.place,
                    "LINK_BROKEN",
                    f"Liên kết “{ref.href}” không dẫn đến bài hay tệp nào.{_near_file(content, path)}",
                )


def _missing_page(address: str, outputs: set[str]) -> str:
    """What is wrong with an address of our own that no page has; nothing for others."""
    target = unquote(address.partition("#")[0].partition("?")[0])
    if not target.startswith("/") or target[1:] in outputs or f"{target.strip('/')}/index.html".lstrip("/") in outputs:
        return ""
    near = nearest(target, ["/" + path.removesuffix("index.html") for path in outputs])
    return f"Không có trang {target}.{f' Có phải là {near}?' if near else ''}"


def _near_file(content: Content, path: str) -> str:
    """The file that was probably meant, looked for in the same folder."""
    folder = posixpath.dirname(path)
    names = {
        posixpath.basename(other)
        for other in content.files
        if posixpath.dirname(other) == folder and not other.endswith(".md")
    }
    name = posixpath.basename(path)
    same = next((other for other in sorted(names) if plain(other) == plain(name)), None) or nearest(name, names)
    return f" Có phải là “{same}”?" if same else ""
