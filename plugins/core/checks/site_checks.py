"""Rules of the whole site: short functions that yield what is wrong.

A rule about one section's fields lives in that section's ``model.py``.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from urllib.parse import unquote

from plugins.core.checks.advice import advise
from plugins.core.errors import Problem
from plugins.core.markdown.fragment import ImageRef, LinkRef
from plugins.core.media.policy import LIMITS
from plugins.core.media.variants import EXTENSIONS, HEIC
from plugins.core.model.fields import address_fields, file_fields
from plugins.core.model.item import SCHEMES, Item, Story, is_remote, page_address, page_path, path_from
from plugins.core.site.composition import Composition
from plugins.core.site.content import Content
from plugins.core.site.section import Section
from plugins.core.site.taxonomy import odd_spellings
from plugins.core.site.views import Page
from plugins.core.text.vietnamese import did_you_mean, nearest, plain, slugify

#: First parts of addresses that no item may have: our own folders, and what hosts look for.
RESERVED = {"anh", "tep", "theme", "admin", "cname", "well-known", "api", "static", "index", "404"}


def check(
    content: Composition, sections: Iterable[Section], pages: Sequence[Page], fixed: Iterable[str] = ()
) -> list[Problem]:
    """Everything the whole site has to hold before a byte of it is written.

    ``fixed`` are the output paths of the theme's own files.
    """
    addresses = {page.path for page in pages}
    problems = [problem for section in sections for problem in section.rules(content)]
    problems += duplicate_items(content)
    problems += colliding_outputs(content, pages, fixed)
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
    """No two items may want one address; case is no difference, since some hosts see none."""
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


def colliding_outputs(content: Content, pages: Iterable[Page], fixed: Iterable[str]) -> Iterator[Problem]:
    """No two outputs of any kind may want one path, nor one be a folder where the other is a file.

    ``fixed`` are the output paths of the theme's own files.
    """
    published = sorted(content.published_files | content.offered_pictures)
    offered = [(content.file_address(path)[1:], f"tệp content/{path}") for path in published]
    offered += [(path, f"tệp {path} của giao diện") for path in sorted(fixed)]
    if not _may_collide([*(page.path for page in pages), *(path for path, _ in offered)]):
        return
    wanted: list[tuple[str, Page | str]] = [*((page.path, page) for page in pages), *offered]
    items = {item.document.path: item for item in content.all_items}
    known = {problem.path for problem in duplicate_items(content)}
    owners: dict[str, Page | str] = {}
    folders: dict[str, tuple[str, Page | str]] = {}
    for path, owner in wanted:
        first = owners.setdefault(path.lower(), owner)
        if first is not owner:
            culprit = items.get(_source(owner)) or items.get(_source(first))
            if not culprit or f"content/{culprit.document.path}" not in known:
                yield _collision(culprit, path, first, owner)
        folders.setdefault(path.lower().rpartition("/")[0], (path, owner))
    clean = {""}  # folders that are no file, nor is any above them
    for folder, (path, owner) in folders.items():
        trail, above = [], folder
        while above not in clean:
            trail.append(above)
            above = above.rpartition("/")[0]
        if owners.keys().isdisjoint(trail):
            clean.update(trail)
        for above in reversed(trail):
            if above in owners:
                yield _collision(items.get(_source(owner)), path, owners[above], owner)


def _may_collide(paths: list[str]) -> bool:
    """Whether two are the same but for case, or one is a folder of another."""
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
    """A file or folder whose name has no letter or digit has no address either."""
    for item in content.all_items:
        if "//" in content.addresses.get(item.document.path, "") and "" in item.name.split("/"):
            proposal = f"slug: {slugify(item.title, 60)}"
            message = f"Tên thư mục hoặc tệp không làm địa chỉ được. Đổi tên, hoặc thêm dòng: {proposal}"
            yield item.problem("title", "SLUG_EMPTY", message)


def far_dates(content: Content) -> Iterator[Problem]:
    """A story for a day more than five years ahead is a slip of the pen."""
    now = content.now
    last = (now.year + 5, now.month, now.day)
    for story in content.every(Story):
        if (story.date.year, story.date.month, story.date.day) > last:
            yield story.problem("date", "DATE_FAR", f"Ngày {story.date:%d/%m/%Y} còn hơn năm năm nữa. Xem lại năm.")


def reserved_names(content: Content) -> Iterator[Problem]:
    """Some names at the root belong to the portal, or to what serves it."""
    firsts = {address.split("/", 2)[1].lower() for address in content.addresses.values()}
    is_taken = not firsts.isdisjoint(RESERVED)
    for item in content.all_items:
        if not item.aliases and not is_taken:
            continue
        address = content.addresses.get(item.document.path, "")
        for field, wanted in (("slug", address), *(("aliases", alias) for alias in item.aliases)):
            first = wanted.lstrip("/").partition("/")[0].lower()
            if first in RESERVED:
                yield item.problem(field, "NAME_RESERVED", f"“/{first}/” được dành riêng cho cổng. Chọn tên khác.")


def unknown_categories(content: Content) -> Iterator[Problem]:
    """A category is one of those declared in the settings."""
    known = {category.slug: category.title for category in content.site.categories}
    for story in content.every(Story):
        if story.category and story.category not in known:
            hint = did_you_mean(story.category, known) or f" Các chuyên mục: {', '.join(known)}."
            yield story.problem("category", "CATEGORY_UNKNOWN", f"Không có chuyên mục “{story.category}”.{hint}")


def tag_spellings(content: Content) -> Iterator[Problem]:
    """Spellings of one tag that differ in case or marks share one page: the usual one is its name."""
    uses = [(tag, story) for story in content.every(Story) for tag in story.tags]
    for item, message in odd_spellings(uses, slugify, "tags", "Thẻ "):
        yield item.problem("tags", "TAG_SPELLING", message, "warning")


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
    there = {path for path in content.files if not path.endswith(".md")}.union(content.addresses)
    for item in content.all_items:
        if item.status == "draft":
            continue
        for name, attribute in address_fields(type(item)).items():
            address = getattr(item, attribute)
            if coming := content.story_to_come(address):
                yield item.problem(name, "LINK_EARLY", _too_early(address, coming), "warning")
            elif (missing := _missing_page(address, outputs)) and not _is_unread(content, address):
                yield item.problem(name, "LINK_BROKEN", missing)
        document = item.document
        if document.is_simple and all(_is_page(lead, outputs) for lead in document.leads if lead not in there):
            continue
        for ref in item.document.outline.refs:
            if isinstance(ref, ImageRef):
                path = path_from(item.document.path, ref.src)
                if not ref.src and item.document.outline.removed:
                    continue  # an address that was taken out was told
                if is_remote(ref.src):
                    yield item.problem_at(
                        ref.place, "PICTURE_REMOTE", "Ảnh phải nằm cạnh bài viết: tải ảnh về, đặt vào thư mục của bài."
                    )
                elif path in content.files and not path.lower().endswith((*EXTENSIONS, *HEIC)):
                    if posixpath.splitext(path)[1][1:].lower() not in LIMITS:
                        continue  # refused, and told by the reader
                    message = f"“{ref.src}” không phải ảnh: đặt liên kết tới tệp thay vì chèn như ảnh."
                    yield item.problem_at(ref.place, "PICTURE_KIND", message)
                elif path not in content.files:  # one that cannot be read was told by the reader
                    yield item.problem_at(
                        ref.place,
                        "PICTURE_MISSING",
                        f"Không có ảnh “{ref.src}” cạnh bài viết.{_near_file(content, path)}",
                    )
            elif coming := content.story_to_come(_target(item, ref)):
                yield item.problem_at(ref.place, "LINK_EARLY", _too_early(ref.href, coming), "warning")
            elif _is_unread(content, _target(item, ref)):
                continue
            elif missing := _missing_page(ref.href, outputs):
                yield item.problem_at(ref.place, "LINK_BROKEN", missing)
            elif content.link(item.document, ref) is None:
                path = _target(item, ref)
                if path in there:  # published as soon as the story is
                    continue
                near = _without_scheme(ref.href) or _draft(content, path) or _near_file(content, path)
                message = f"Liên kết “{ref.href}” không dẫn đến bài hay tệp nào.{near}"
                yield item.problem_at(ref.place, "LINK_BROKEN", message)


def _target(item: Item, ref: LinkRef) -> str:
    """The address or path that a link of a text means, its part behind # apart."""
    target = ref.href.partition("#")[0]
    return path_from(item.document.path, target) if target and not target.startswith(("/", *SCHEMES)) else target


def _draft(content: Content, path: str) -> str:
    """What to say of a link to a text that is not to be published."""
    paths = {path, f"{path}/index.md", f"{path}.md"}
    is_draft = any(item.document.path in paths and item.status == "draft" for item in content.all_items)
    return " Bài ấy còn là bản nháp (status: draft): đăng bài ấy, hoặc bỏ liên kết." if is_draft else ""


def _without_scheme(href: str) -> str:
    """What to write for an address of the web or of mail that lacks its beginning."""
    if re.match(r"www\.\w", href, re.I):
        return f" Viết: https://{href}"
    return f" Viết: mailto:{href}" if re.fullmatch(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", href) else ""


def _too_early(href: str, coming: Story) -> str:
    return f"“{href}” dẫn đến bài chỉ xuất hiện lúc {coming.date:%H:%M %d/%m/%Y}: trước lúc ấy chưa thành liên kết."


def _is_unread(content: Content, target: str) -> bool:
    """Whether a link means a text that could not be read, which was told by the reader."""
    return (page_address(target) if target.startswith("/") else target) in content.unread


def broken_anchors(content: Content) -> Iterator[Problem]:
    """A link into a text, its own or another's, leads to a heading that is there."""
    linking = [item for item in content.all_items if not item.document.is_simple]
    by_path = {item.document.path: item for item in content.all_items} if linking else {}
    by_address = {content.site.url(address): by_path[path] for path, address in content.addresses.items() if linking}
    for item in linking:
        for ref in item.document.outline.refs:
            if isinstance(ref, LinkRef) and "#" in ref.href:
                address, _, anchor = (content.link(item.document, ref) or "").partition("#")
                target = by_address.get(address) if address else item
                if anchor and target and unquote(anchor) not in target.document.outline.anchors:
                    near = did_you_mean(unquote(anchor), target.document.outline.anchors)
                    yield item.problem_at(ref.place, "ANCHOR_BROKEN", f"Không có mục “#{anchor}” ở bài được dẫn.{near}")


def _is_page(lead: str, outputs: set[str]) -> bool:
    return lead.startswith("/") and not _missing_page(lead, outputs)


def _missing_page(address: str, outputs: set[str]) -> str:
    """What is wrong with an address of our own that no page has; nothing for others."""
    target = page_path(address)
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
