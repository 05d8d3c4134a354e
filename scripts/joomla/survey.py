"""Look at every old article once: when it appeared, in which category, what it may be a twin of."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from urllib.parse import urlsplit

from plugins.core.text import dates
from plugins.core.text.vietnamese import slugify
from scripts.joomla.item_text import article_slug
from scripts.joomla.mapping import Used
from scripts.joomla.model import OldArticle, OldCategory, OldSite
from scripts.joomla.state import sort_key

_OFFSET = timedelta(hours=7)  # Joomla stores UTC
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?")
_HOST = re.compile(r"https?://([\w.-]+)(?::\d+)?/(?:[\w-]+/)?(?:images/|media/k2/|index\.php)", re.I)


@dataclass
class Brief:
    """An article without its text."""

    number: int
    """Its position in the source."""

    key: str
    title: str
    alias: str
    category: str
    state: str
    language: str
    moment: datetime | None
    """When it appeared, in Vietnam's time."""

    touched: datetime | None
    """When it last changed."""

    until: datetime | None
    tags: tuple[str, ...]
    path: str
    file: str
    fingerprint: bytes
    """Stands for its words, to find twins."""

    notes: list[str] = field(default_factory=list)


@dataclass
class Survey:
    """What one pass over all articles tells."""

    briefs: list[Brief]
    hosts: Counter[str]

    def used(self, categories: Mapping[str, OldCategory]) -> list[Used]:
        """Return the categories that articles are in, most articles first."""
        counts = Counter(brief.category for brief in self.briefs if brief.state != "trashed")
        unknown = OldCategory(key="khac", title="Không chuyên mục")
        rows = []
        for key, count in counts.items():
            category = categories.get(key) or (unknown if not key else OldCategory(key=key, title=f"Chuyên mục {key}"))
            rows.append(Used(category, tuple(chain_of(category, categories)), count))
        return sorted(rows, key=lambda row: (-row.count, sort_key(row.category.key)))


def chain_of(category: OldCategory, categories: Mapping[str, OldCategory]) -> Iterator[OldCategory]:
    """Yield a category and those above it."""
    visited = set()
    current: OldCategory | None = category
    while current and current.key not in visited:
        visited.add(current.key)
        yield current
        current = categories.get(current.parent)


def survey(site: OldSite) -> Survey:
    """Look at every article once."""
    briefs, hosts = [], Counter[str]()
    for number, article in enumerate(site.articles()):
        text = f"{article.introtext} {article.fulltext}"
        hosts.update(host.lower() for host in set(_HOST.findall(text)))
        briefs.append(_brief(number, article, text))
    return Survey(briefs, hosts)


def _brief(number: int, article: OldArticle, text: str) -> Brief:
    created, begins = local_time(article.created), local_time(article.publish_up)
    known = [moment for moment in (created, begins) if moment]
    title = article.title if any(map(str.isalnum, article.title)) else ""
    brief = Brief(
        number=number,
        key=article.key,
        title=title or f"Bài không tên ({article.key})",
        alias=article.alias,
        category=article.category,
        state=article.state,
        language=article.language,
        moment=max(known, default=local_time(article.modified)),
        touched=max([*known, *filter(None, [local_time(article.modified)])], default=None),
        until=local_time(article.publish_down),
        tags=tuple(dict.fromkeys(tag for tag in article.tags if slugify(tag))),
        path=article.path,
        file=article.file,
        fingerprint=blake2b(" ".join(re.sub(r"<[^>]*>|&nbsp;", " ", text).split()).encode(), digest_size=8).digest(),
    )
    if not title:
        brief.notes.append("bài không có tên")
    if article.language not in ("", "*", "vi-VN"):
        brief.notes.append(f"bài viết bằng tiếng khác ({article.language})")
    return brief


def local_time(written: str) -> datetime | None:
    """Return a moment of the database in Vietnam's time; ``None`` for none, and for what is no date."""
    match = _DATE.match(written)
    if not match or match[1] == "0000":
        return None
    try:
        hour, minute = int(match[4] or 0), int(match[5] or 0)
        moment = datetime(int(match[1]), int(match[2]), int(match[3]), hour, minute, tzinfo=dates.VIETNAM) + _OFFSET
    except (ValueError, OverflowError):
        return None
    return moment if 1975 <= moment.year <= 2100 else None


def guess_hosts(counts: Counter[str], website: str) -> set[str]:
    """Guess the names of the old site: the unit's website, and what most of its texts link to."""
    names = {host for host in (urlsplit(website).hostname,) if host}
    total = sum(counts.values())
    names |= {host for host, count in counts.most_common(3) if count >= max(2, 0.3 * total)}
    bare = {name.removeprefix("www.") for name in names}
    return bare | {f"www.{name}" for name in bare if "." in name}


def menu_pages(site: OldSite, briefs: Sequence[Brief]) -> dict[str, tuple[str, str]]:
    """Return the articles that a menu shows by themselves, each with a name and the menu's title.

    One of a category with many articles is news that was put into a menu for a while.
    """
    by_key = {brief.key: brief for brief in briefs if brief.state != "trashed"}
    counts = Counter(brief.category for brief in by_key.values())
    pages: dict[str, tuple[str, str]] = {}
    names: dict[str, int] = defaultdict(int)
    for item in site.menu:
        letters = {("com_content", "article"): "a", ("com_k2", "item"): "k"}.get(
            (item.query.get("option", ""), item.query.get("view", ""))
        )
        key = f"{letters}{item.query.get('id', '').partition(':')[0]}"
        brief = by_key.get(key)
        if not letters or not brief or key in pages or counts[brief.category] > 10:
            continue
        slug = slugify(item.title, 60) or article_slug(brief.title, brief.alias) or key
        names[slug] += 1
        pages[key] = (slug if names[slug] == 1 else f"{slug}-{names[slug]}", item.title)
    return pages
