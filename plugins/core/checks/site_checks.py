"""Check the whole site, by short functions that yield problems.

A rule of one section's items stands in that section: in ``model.py`` (``own_problems``) where it is of one item
by itself, in ``rules.py`` where it is of several, or of the time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from plugins.core.checks.advice import advise
from plugins.core.checks.link_checks import broken_anchors, broken_links, missing_files
from plugins.core.errors import Problem
from plugins.core.model.item import Item, Story
from plugins.core.site import addresses
from plugins.core.site.composition import Composition
from plugins.core.site.content import Content
from plugins.core.site.section import Section
from plugins.core.site.taxonomy import odd_spellings
from plugins.core.site.views import Page
from plugins.core.text.vietnamese import did_you_mean, slugify

#: First segments of addresses that no item may have: folders of the portal, and names that hosts use.
RESERVED = {"anh", "tep", "theme", "admin", "cname", "well-known", "api", "static", "index", "404"}


def check(
    content: Composition, sections: Iterable[Section], pages: Sequence[Page], theme_paths: Iterable[str] = ()
) -> list[Problem]:
    """Return all problems of the site; with an error among them, nothing is written.

    ``theme_paths`` are the output paths of the theme's files.
    """
    addresses = {page.path for page in pages}
    problems = [problem for section in sections for problem in section.rules(content)]
    problems += duplicate_items(content)
    problems += colliding_outputs(content, pages, theme_paths)
    problems += reserved_names(content)
    problems += empty_names(content)
    problems += far_dates(content)
    problems += unknown_categories(content)
    problems += tag_spellings(content)
    problems += missing_files(content)
    problems += broken_links(content, addresses)
    problems += broken_anchors(content)
    problems += advise(content)
    return problems


def duplicate_items(content: Content) -> Iterator[Problem]:
    """Report items with the same address; case is ignored, since some hosts ignore it."""
    owners: dict[str, Item] = {}
    if _all_differ(content.addresses.values()):
        return
    for item in content.all_items:
        if address := content.addresses.get(item.document.path):
            first = owners.setdefault(address.lower(), item)
            if first is not item:
                proposal = f"slug: {item.name.rpartition('/')[2]}-2"
                message = f"Trùng địa chỉ {address} với content/{first.document.path}. Thêm dòng: {proposal}"
                yield item.problem("slug", "URL_TWICE", message)


def _all_differ(paths: Collection[str]) -> bool:
    return len({path.lower() for path in paths}) == len(paths)


def colliding_outputs(content: Content, pages: Iterable[Page], theme_paths: Iterable[str]) -> Iterator[Problem]:
    """Report outputs with the same path, and files where another output needs a folder.

    ``theme_paths`` are the output paths of the theme's files.
    """
    published = sorted(content.published_files | content.offered_pictures)
    offered = [(addresses.file(path)[1:], f"tệp content/{path}") for path in published]
    offered += [(path, f"tệp {path} của giao diện") for path in sorted(theme_paths)]
    if not _may_collide([*(page.path for page in pages), *(path for path, _ in offered)]):
        return
    outputs: list[tuple[str, Page | str]] = [*((page.path, page) for page in pages), *offered]
    items = {item.document.path: item for item in content.all_items}
    reported = {problem.path for problem in duplicate_items(content)}
    owners: dict[str, Page | str] = {}
    folders: dict[str, tuple[str, Page | str]] = {}
    for path, owner in outputs:
        first = owners.setdefault(path.lower(), owner)
        if first is not owner:
            item = items.get(_source(owner)) or items.get(_source(first))
            if not item or f"content/{item.document.path}" not in reported:
                yield _collision(item, path, first, owner)
        folders.setdefault(path.lower().rpartition("/")[0], (path, owner))
    free_folders = {""}  # folders that are no file, nor are those above them
    for folder, (path, owner) in folders.items():
        folders_above, parent = [], folder
        while parent not in free_folders:
            folders_above.append(parent)
            parent = parent.rpartition("/")[0]
        if owners.keys().isdisjoint(folders_above):
            free_folders.update(folders_above)
        for parent in reversed(folders_above):
            if parent in owners:
                yield _collision(items.get(_source(owner)), path, owners[parent], owner)


def _may_collide(paths: list[str]) -> bool:
    """Return whether two paths are equal but for case, or one is a folder of another."""
    lower = "\n".join(paths).lower().split("\n")
    files, folders = set(lower), {""}
    for folder in {path.rpartition("/")[0] for path in lower}:
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return len(files) < len(paths) or not files.isdisjoint(folders)


def _source(owner: Page | str) -> str:
    return owner.source if isinstance(owner, Page) else ""


def _collision(item: Item | None, path: str, first: Page | str, second: Page | str) -> Problem:
    address = f"/{path.removesuffix('index.html')}"
    labels = [f"trang “{owner.view.title}”" if isinstance(owner, Page) else owner for owner in (first, second)]
    message = f"Hai bên cùng muốn địa chỉ {address}: {' và '.join(labels)}. Đổi tên một bên."
    if item is None:
        return Problem(path, 0, 0, "URL_TAKEN", message)
    is_alias = address.rstrip("/") in {alias.rstrip("/") for alias in item.aliases}
    return item.problem("aliases" if is_alias else "slug", "URL_TAKEN", message)


def empty_names(content: Content) -> Iterator[Problem]:
    """Report files and folders whose name has no letter or digit, and so no address."""
    for item in content.all_items:
        if "//" in content.addresses.get(item.document.path, "") and "" in item.name.split("/"):
            proposal = f"slug: {slugify(item.title, 60)}"
            message = f"Tên thư mục hoặc tệp không làm địa chỉ được. Đổi tên, hoặc thêm dòng: {proposal}"
            yield item.problem("title", "SLUG_EMPTY", message)


def far_dates(content: Content) -> Iterator[Problem]:
    """Report stories dated more than five years ahead: typing errors."""
    now = content.now
    last = (now.year + 5, now.month, now.day)
    for story in content.every(Story):
        if (story.date.year, story.date.month, story.date.day) > last:
            yield story.problem("date", "DATE_FAR", f"Ngày {story.date:%d/%m/%Y} còn hơn năm năm nữa. Xem lại năm.")


def reserved_names(content: Content) -> Iterator[Problem]:
    """Report addresses that begin with a name reserved for the portal or its host."""
    top_names = {address.split("/", 2)[1].lower() for address in content.addresses.values()}
    is_taken = not top_names.isdisjoint(RESERVED)
    for item in content.all_items:
        if not item.aliases and not is_taken:
            continue
        address = content.addresses.get(item.document.path, "")
        for field, wanted_address in (("slug", address), *(("aliases", alias) for alias in item.aliases)):
            top_name = wanted_address.lstrip("/").partition("/")[0].lower()
            if top_name in RESERVED:
                yield item.problem(field, "NAME_RESERVED", f"“/{top_name}/” được dành riêng cho cổng. Chọn tên khác.")


def unknown_categories(content: Content) -> Iterator[Problem]:
    """Report categories that the settings do not declare."""
    titles = {category.slug: category.title for category in content.site.categories}
    for story in content.every(Story):
        if story.category and story.category not in titles:
            advice = did_you_mean(story.category, titles) or f" Các chuyên mục: {', '.join(titles)}."
            yield story.problem("category", "CATEGORY_UNKNOWN", f"Không có chuyên mục “{story.category}”.{advice}")


def tag_spellings(content: Content) -> Iterator[Problem]:
    """Report spellings of a tag that differ from the usual one in case or diacritics; they share its page."""
    uses = [(tag, story) for story in content.every(Story) for tag in story.tags]
    for item, message in odd_spellings(uses, slugify, "tags", "Từ khóa "):
        yield item.problem("tags", "TAG_SPELLING", message, "warning")
