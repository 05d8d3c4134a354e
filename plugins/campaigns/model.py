"""Define campaigns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, NamedTuple

from plugins.core.errors import Problem
from plugins.core.model.fields import Count, Deadline, Image, Slug, Text, TextList, one_of
from plugins.core.model.item import Item


class Language(NamedTuple):
    """A language's name in itself, and its locale as Open Graph writes it (ogp.me)."""

    name: str
    locale: str


#: The languages that a campaign may be written in, by their tag (BCP 47).
LANGUAGES = {
    "vi": Language("Tiếng Việt", "vi_VN"),
    "en": Language("English", "en_US"),
    "ru": Language("Русский", "ru_RU"),
    "fr": Language("Français", "fr_FR"),
    "de": Language("Deutsch", "de_DE"),
    "zh": Language("中文", "zh_CN"),
    "ja": Language("日本語", "ja_JP"),
    "ko": Language("한국어", "ko_KR"),
    "lo": Language("ລາວ", "lo_LA"),
    "km": Language("ខ្មែរ", "km_KH"),
    "th": Language("ไทย", "th_TH"),
}
FRAME = "vi"  # what is around a campaign's own words, whatever language these are in


class Campaign(Item, frozen=True, kw_only=True):
    """A campaign (“chuyên đề”): its text, and under it all entries that carry one of the tags ``gathers``.

    It is over after ``ends``; a day without an hour counts to its end. ``translates`` names the campaign
    (the last part of its address) that this one says in another language, ``lang``; from it come the
    picture, tags and end that the translation does not name.
    """

    gathers: TextList = ()
    image: Image = ""
    image_alt: Text = ""
    order: Count = 100
    ends: Deadline | None = None
    lang: Annotated[str, one_of(*LANGUAGES)] = FRAME
    translates: Slug = ""

    def is_over(self, now: datetime) -> bool:
        return self.ends is not None and now > self.ends

    def own_problems(self) -> Iterator[Problem]:
        """Report a picture without a description."""
        if self.status != "draft" and self.image and not self.image_alt:
            message = "Ảnh đại diện chưa có image_alt: mô tả ảnh cho người không nhìn thấy."
            yield self.problem("image", "ALT_MISSING", message, "warning")
