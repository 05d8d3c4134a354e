"""What can be wrong between campaigns, and between them and what they gather."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from plugins.campaigns.model import LANGUAGES, Campaign
from plugins.core.errors import Problem
from plugins.core.site.composition import ListedContent
from plugins.core.site.content import Content
from plugins.core.text.vietnamese import did_you_mean, slugify

HINTS = 5  # tags named where none is near


def rules(content: ListedContent) -> Iterator[Problem]:
    """Translations of something that is there; tags that something carries; pictures described."""
    campaigns = content.every(Campaign)
    yield from wrong_translations(content, campaigns)
    current = [campaign for campaign in campaigns if campaign.status != "draft"]
    if current:
        yield from dead_tags(content, current)
    for campaign in current:
        if campaign.image and not campaign.image_alt:
            message = "Ảnh đại diện chưa có image_alt: mô tả ảnh cho người không nhìn thấy."
            yield campaign.problem("image", "ALT_MISSING", message, "warning")


def wrong_translations(content: Content, campaigns: Sequence[Campaign]) -> Iterator[Problem]:
    """A translation is of an original, one for each language."""
    by_name = {campaign.name: campaign for campaign in campaigns}
    taken = {(one.name, one.lang): one for one in reversed(campaigns) if not one.translates}
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
    """A campaign gathers by tags that are in use."""
    used = Counter(tag for entry in content.entries for tag in entry.story.tags)
    slugs = {slugify(tag) for tag in used}
    for campaign in campaigns:
        for tag in campaign.gathers:
            if slugify(tag) not in slugs:
                hint = did_you_mean(tag, used) or _common(used)
                message = f"Chưa có bài nào mang thẻ “{tag}”.{hint}"
                yield campaign.problem("gathers", "GATHERS_NOTHING", message, "warning")
        if not campaign.gathers and not campaign.translates:
            message = f"Chuyên đề chưa gom bài nào: thêm gathers, ghi các thẻ của bài.{_common(used)}"
            yield campaign.problem("title", "GATHERS_NOTHING", message, "warning")


def _common(used: Counter[str]) -> str:
    """The tags in use most, to choose from."""
    names = ", ".join(tag for tag, _ in used.most_common(HINTS))
    return f" Các thẻ hay dùng: {names}." if names else ""
