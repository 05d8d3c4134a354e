"""Give advice on the content, by short functions that yield warnings."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator

from plugins.core.errors import Problem
from plugins.core.media.formats import PICTURE_EXTENSIONS
from plugins.core.model.item import Story
from plugins.core.model.mentions import mentions
from plugins.core.site.content import Content
from plugins.core.text.vietnamese import nearest, slugify


def advise(content: Content) -> Iterator[Problem]:
    """Yield all advice on the content."""
    yield from empty_texts(content)
    yield from lonely_tags(content)
    yield from unused_pictures(content)


def empty_texts(content: Content) -> Iterator[Problem]:
    for item in content.all_items:
        if item.document.is_empty and item.document.path in content.addresses and item.status != "draft":
            yield item.problem("title", "BODY_EMPTY", "Bài chỉ có phần khai báo, chưa có nội dung.", "warning")


def lonely_tags(content: Content) -> Iterator[Problem]:
    """Report tags that are used once and are similar to another tag."""
    stories = content.every(Story)
    uses = Counter(tag for story in stories for tag in story.tags)
    common = [tag for tag, count in uses.items() if count > 1]
    common_slugs = {slugify(tag) for tag in common}  # spellings that share a page are reported by ``tag_spellings``
    single = (tag for tag, count in uses.items() if count == 1 and slugify(tag) not in common_slugs)
    similar = {tag: nearest(tag, common, cutoff=0.9) for tag in single}
    for tag, user in sorted((tag, story) for story in stories for tag in story.tags if similar.get(tag)):
        message = f"Từ khóa “{tag}” chỉ dùng một lần, gần giống “{similar[tag]}”. Có phải là một?"
        yield user.problem("tags", "TAG_LONELY", message, "warning")


def unused_pictures(content: Content) -> Iterator[Problem]:
    """Report pictures that no text shows."""
    pictures = {
        path for path in content.files if not path.endswith(".md") and path.lower().endswith(PICTURE_EXTENSIONS)
    }
    unused = pictures - content.offered
    unused = unused.difference(*[mentions(item) for item in content.all_items if not item.is_public(content.now)])
    folders = {item.document.folder for item in content.all_items} if unused else set()
    for path in sorted(unused):
        if posixpath.dirname(path) in folders:
            yield Problem(
                f"content/{path}",
                0,
                0,
                "PICTURE_UNUSED",
                "Không bài nào dùng ảnh này. Chèn vào bài hoặc xóa đi.",
                "warning",
            )
