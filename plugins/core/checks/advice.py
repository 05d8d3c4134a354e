"""Advice: what an editor would want to know, though the portal can be published without it.

Like the rules, short functions that yield problems; all of them are warnings.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator

from plugins.core.errors import Problem
from plugins.core.markdown.fragment import ImageRef
from plugins.core.media.variants import EXTENSIONS
from plugins.core.model.item import Item, Story
from plugins.core.site.content import Content, mentions
from plugins.core.text.vietnamese import nearest, number, slugify

SUMMARY_MOST = 300  # characters; search engines and lists cut longer ones

#: What cameras, phones and social networks call their files: hashes, IMG_2024, 1234_5678_n.
_FILE_NAME = re.compile(
    r"(?:[0-9a-f]{12,}|(?:IMG|DSC|PXL|Screenshot|z)[_ -]?\d{3,}\S*|[\d_ ]{12,}[no]?|\S+\.(?:jpe?g|png|webp|heic))", re.I
)


def advise(content: Content) -> Iterator[Problem]:
    """All advice on the content as it stands."""
    yield from empty_texts(content)
    yield from lonely_tags(content)
    yield from unused_pictures(content)


def advise_on(item: Item) -> Iterator[Problem]:
    """Advice on one item, that asks for nothing else."""
    if item.status != "draft":
        yield from long_summary(item)
        yield from undescribed_pictures(item)


def long_summary(item: Item) -> Iterator[Problem]:
    if len(item.summary) > SUMMARY_MOST:
        message = f"Tóm tắt dài {number(len(item.summary))} ký tự; nên dưới {SUMMARY_MOST} để không bị cắt."
        yield item.problem("summary", "SUMMARY_LONG", message, "warning")


def undescribed_pictures(item: Item) -> Iterator[Problem]:
    """Every picture says what it shows; a file's name does not."""
    for ref in item.document.outline.refs:
        if isinstance(ref, ImageRef):
            if not ref.alt.strip():
                message = "Ảnh chưa có mô tả cho người không nhìn thấy. Viết: ![trong ảnh có gì](ten-anh.jpg)"
                yield item.problem_at(ref.place, "ALT_MISSING", message, "warning")
            elif _FILE_NAME.fullmatch(ref.alt.strip()):
                yield item.problem_at(
                    ref.place, "ALT_FILE_NAME", f"“{ref.alt}” là tên tệp, không phải mô tả ảnh.", "warning"
                )
            if _FILE_NAME.fullmatch(ref.caption.strip()):
                yield item.problem_at(
                    ref.place, "CAPTION_FILE_NAME", f"“{ref.caption}” là tên tệp, không phải chú thích.", "warning"
                )
    if isinstance(item, Story) and item.image:
        if not item.image_alt:
            yield item.problem(
                "image",
                "ALT_MISSING",
                "Ảnh đại diện chưa có image_alt: mô tả ảnh cho người không nhìn thấy.",
                "warning",
            )
        elif _FILE_NAME.fullmatch(item.image_alt):
            yield item.problem(
                "image_alt", "ALT_FILE_NAME", f"“{item.image_alt}” là tên tệp, không phải mô tả ảnh.", "warning"
            )
        if _FILE_NAME.fullmatch(item.image_caption):
            yield item.problem(
                "image_caption",
                "CAPTION_FILE_NAME",
                f"“{item.image_caption}” là tên tệp, không phải chú thích.",
                "warning",
            )


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
