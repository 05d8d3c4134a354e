"""Check campaigns against each other and against what they gather."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from plugins.campaigns.model import LANGUAGES, Campaign
from plugins.core.errors import Problem
from plugins.core.site.composition import ListedContent
from plugins.core.site.content import Content
from plugins.core.text.vietnamese import did_you_mean, slugify

MAX_SUGGESTIONS = 5  # tags named where none is near


def rules(content: ListedContent) -> Iterator[Problem]:
    """Report translations without an original, and tags that nothing carries."""
    campaigns = content.every(Campaign)
    yield from wrong_translations(content, campaigns)
    current = [campaign for campaign in campaigns if campaign.status != "draft"]
    if current:
        yield from dead_tags(content, current)


def wrong_translations(content: Content, campaigns: Sequence[Campaign]) -> Iterator[Problem]:
    """Report translations that are not of an original, or are the second one in a language."""
    by_name = {campaign.name: campaign for campaign in campaigns}
    taken = {(first.name, first.lang): first for first in reversed(campaigns) if not first.translates}
    for campaign in campaigns:
        name = campaign.translates
        if not name:
            continue
        first = by_name.get(name)
        if first is None and f"chuyen-de/{name}" in content.unread:
            continue
        if first is None or first is campaign:
            near = did_you_mean(name, by_name.keys() - {campaign.name})
            message = f"Không có chuyên đề “{name}” để dịch: ghi tên thư mục của bản gốc.{near}"
            yield campaign.problem("translates", "TRANSLATION_OF_NOTHING", message)
        elif first.translates:
            message = f"“{name}” cũng là một bản dịch. Ghi tên thư mục của bản gốc."
            yield campaign.problem("translates", "TRANSLATION_OF_TRANSLATION", message)
        elif (other := taken.setdefault((name, campaign.lang), campaign)) is not campaign:
            language = f"{LANGUAGES[campaign.lang].name} ({campaign.lang})"
            message = f"Chuyên đề “{name}” đã có bản {language}: content/{other.document.path}. Sửa lang."
            yield campaign.problem("lang", "TRANSLATION_TWICE", message)


def dead_tags(content: ListedContent, campaigns: Sequence[Campaign]) -> Iterator[Problem]:
    """Report campaigns that gather nothing, and the tags that are to blame."""
    used = Counter(tag for entry in content.entries for tag in entry.story.tags)
    slugs = {slugify(tag) for tag in used}
    for campaign in campaigns:
        for tag in campaign.gathers:
            if slugify(tag) not in slugs:
                suggestion = did_you_mean(tag, used) or _common(used)
                message = f"Chưa có bài nào mang từ khóa “{tag}”.{suggestion}"
                yield campaign.problem("gathers", "GATHERS_NOTHING", message, "warning")
        if not campaign.gathers and not campaign.translates:
            message = f"Chuyên đề chưa gom bài nào: thêm gathers, ghi các từ khóa của bài.{_common(used)}"
            yield campaign.problem("title", "GATHERS_NOTHING", message, "warning")


def _common(used: Counter[str]) -> str:
    """Name the tags that are used most, to choose from."""
    names = ", ".join(tag for tag, _ in used.most_common(MAX_SUGGESTIONS))
    return f" Các từ khóa hay dùng: {names}." if names else ""
