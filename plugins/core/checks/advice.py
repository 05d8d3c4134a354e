"""Advice: what an editor would want to know, though the portal can be published without it.

Like the rules, short functions that yield problems; all of them are warnings.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator

from plugins.core.errors import Problem
from plugins.core.media.variants import EXTENSIONS
from plugins.core.model.item import Story
from plugins.core.site.content import Content, mentions
from plugins.core.text.vietnamese import nearest, slugify


def advise(content: Content) -> Iterator[Problem]:
    """All advice on the content as it stands."""
    yield from empty_texts(content)
    yield from lonely_tags(content)
    yield from unused_pictures(content)


def empty_texts(content: Content) -> Iterator[Problem]:
    for item in content.all_items:
        if item.document.is_empty and item.document.path in content.addresses and item.status != "draft":
            yield item.problem("title", "BODY_EMPTY", "Bài chỉ có phần khai báo, chưa có nội dung.", "warning")


def lonely_tags(content: Content) -> Iterator[Problem]:
    """A tag used once that is nearly another one was probably meant to be it."""
    stories = content.every(Story)
    uses = Counter(tag for story in stories for tag in story.tags)
    common = [tag for tag, count in uses.items() if count > 1]
    pages = {slugify(tag) for tag in common}  # of one page: told as another spelling
    alone = (tag for tag, count in uses.items() if count == 1 and slugify(tag) not in pages)
    near = {tag: nearest(tag, common, cutoff=0.9) for tag in alone}
    for tag, user in sorted((tag, story) for story in stories for tag in story.tags if near.get(tag)):
        message = f"Thẻ “{tag}” chỉ dùng một lần, gần giống “{near[tag]}”. Có phải là một?"
        yield user.problem("tags", "TAG_LONELY", message, "warning")


def unused_pictures(content: Content) -> Iterator[Problem]:
    """A picture that lies beside a text which does not show it."""
    pictures = {path for path in content.files if not path.endswith(".md") and path.lower().endswith(EXTENSIONS)}
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
