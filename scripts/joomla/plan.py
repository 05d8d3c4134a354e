"""Plan an import: what becomes of each article, and where, before anything is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path

from plugins.core.checks.site_checks import RESERVED
from plugins.core.site import addresses
from plugins.core.site.settings import Settings
from plugins.core.text import dates
from plugins.core.text.vietnamese import slugify
from scripts.joomla.item_text import Placement, article_slug
from scripts.joomla.mapping import OperatorMapping
from scripts.joomla.state import Entry, sort_key
from scripts.joomla.survey import Brief
from scripts.joomla.target import GOOD_NEWS, NEWS, NOTICES, PAGES, PAPERS, SKIP, Target

SKIPPED = "bỏ qua theo import.yaml"
_LISTS = (addresses.TAGS, addresses.AUTHORS, addresses.CATEGORIES, addresses.ARCHIVE, addresses.SEARCH, "/lich-tuan/")
MAX_AHEAD = timedelta(days=5 * 365)  # the doctor refuses later dates


@dataclass
class Plan:
    """Where everything goes."""

    placements: dict[str, Placement]
    paths: dict[str, str]
    """Key → path of the text, from the content folder."""

    skipped: dict[str, str]
    """Key → why an article stays out."""

    twins: list[tuple[str, str]]
    """Articles whose titles or texts are the same: the later, the earlier."""


class Planner:
    """Places articles: by the operator's mapping, what earlier runs chose, and what lies on the disk."""

    def __init__(
        self,
        settings: Settings,
        mapping: OperatorMapping,
        state: Mapping[str, Entry],
        content: Path,
        lack_of: Callable[[Brief, Placement], str],
    ) -> None:
        self._lack_of = lack_of
        self._settings, self._mapping, self._state, self._content = settings, mapping, state, content
        links = (*settings.site.menu, *settings.site.footer)
        self._names = {link.url.strip("/").partition("/")[0] for link in links if link.url.strip("/").count("/")}
        self._names |= {section.folder for section in settings.sections if section.folder}
        self._names |= {address.strip("/") for address in _LISTS}
        self._owners: dict[str, str] = {_folder_key(entry.path): key for key, entry in state.items()}

    def plan(self, briefs: Sequence[Brief], since: datetime | None) -> Plan:
        """Place all articles that are wanted."""
        plan = Plan({}, {}, {}, list(_twins(briefs)))
        ordered = sorted(
            briefs, key=lambda brief: (brief.moment or datetime.max.replace(tzinfo=dates.VIETNAM), sort_key(brief.key))
        )
        wanted = []
        for brief in ordered:
            if reason := self._refusal(brief, since):
                plan.skipped[brief.key] = reason
            else:
                placement = self._place(brief)
                if lack := self._lack_of(brief, placement):
                    target = Target(NEWS, self._settings.site.categories[0].slug)
                    brief.notes.append(f"không vào được mục {placement.target}: {lack}; để ở {target}")
                    placement = placement._replace(target=target)
                plan.placements[brief.key] = placement
                wanted.append((brief, placement))
        # those that earlier runs placed keep their paths, whatever came between
        for brief, placement in sorted(wanted, key=lambda row: row[0].key not in self._state):
            plan.paths[brief.key] = self._path_for(brief, placement)
        return plan

    def _refusal(self, brief: Brief, since: datetime | None) -> str:
        if brief.state == "trashed":
            return "trong thùng rác"
        if self._target(brief).is_skipped:
            return SKIPPED
        return "cũ hơn SINCE" if since and (brief.touched is None or brief.touched < since) else ""

    def _target(self, brief: Brief) -> Target:
        name = self._mapping.pages.get(brief.key, SKIP)
        if name != SKIP:
            return Target(PAGES)
        return self._mapping.categories.get(
            brief.category or "khac", Target(NEWS, self._settings.site.categories[0].slug)
        )

    def _place(self, brief: Brief) -> Placement:
        """Say as what an article is published."""
        target = self._target(brief)
        now = self._settings.now
        moment, is_draft = brief.moment, brief.state == "draft"
        if moment is None:
            moment, is_draft = datetime(2000, 1, 1, tzinfo=dates.VIETNAM), True
            brief.notes.append("không có ngày: để bản nháp, ngày 1/1/2000")
        elif moment > now + MAX_AHEAD:
            brief.notes.append(f"ngày đăng {moment:%d/%m/%Y} quá xa: để bản nháp, ngày 1/1/2000")
            moment, is_draft = datetime(2000, 1, 1, tzinfo=dates.VIETNAM), True
        if brief.until and brief.until <= now and not is_draft and target.folder != NOTICES:
            is_draft = True
            brief.notes.append(f"hết hạn hiện trên cổng cũ từ {brief.until:%d/%m/%Y}: để bản nháp")
        return Placement(target, brief.title, moment, is_draft, brief.tags, brief.until)

    def _path_for(self, brief: Brief, placement: Placement) -> str:
        """Return the path of an article's text: the one it has had, else one that nothing else has."""
        slug = self._mapping.pages.get(brief.key, SKIP)
        slug = slug if slug != SKIP else article_slug(brief.title, brief.alias) or f"bai-{brief.key}"
        folder = _folder_of(placement)
        if folder == GOOD_NEWS:
            slug = f"{placement.date:%Y-%m-%d}-{slug}"
        known = self._state.get(brief.key)
        if known and _is_at(known.path, folder, slug):
            return known.path
        is_taken = folder == PAGES and (slug in RESERVED or slug in self._names)
        number = 2 if is_taken else 1
        while True:
            name = slug if number == 1 else f"{slug}-{number}"
            path = f"{folder}/{name}/index.md"
            owner = self._owners.get(_folder_key(path))
            is_free = (
                owner is None
                and not (self._content / folder / name).exists()
                and not (self._content / folder / f"{name}.md").exists()
            )
            if owner == brief.key or is_free:
                self._owners[_folder_key(path)] = brief.key
                if number > 1 and folder == PAGES:
                    brief.notes.append(f"cổng đã có trang /{slug}/: bài này ở /{name}/")
                return path
            number += 1


def _folder_of(placement: Placement) -> str:
    folder, moment = placement.target.folder, placement.date
    if folder == NEWS:
        return f"{NEWS}/{moment:%Y}/{moment:%m}"
    return f"{PAPERS}/{moment:%Y}" if folder == PAPERS else folder


def _is_at(path: str, folder: str, slug: str) -> bool:
    return bool(re.fullmatch(rf"{re.escape(folder)}/{re.escape(slug)}(?:-\d+)?/index\.md", path))


def _folder_key(path: str) -> str:
    return path.removesuffix("/index.md").lower()


def address_of(path: str) -> str:
    """Return the address of the page of a text, from the portal's root."""
    name = path.removesuffix("/index.md")
    folder, _, rest = name.partition("/")
    if folder == PAGES:
        return f"/{rest}/"
    return f"/moi-ngay-mot-tin-tot/{rest}/" if folder == GOOD_NEWS else f"/{name}/"


def _twins(briefs: Iterable[Brief]) -> Iterator[tuple[str, str]]:
    """Yield articles that repeat an earlier one: the same words, or the same title on the same day."""
    first: dict[object, str] = {}
    empty = blake2b(b"", digest_size=8).digest()
    for brief in sorted(briefs, key=lambda brief: sort_key(brief.key)):
        if brief.state == "trashed":
            continue
        day = brief.moment.date() if brief.moment else None
        keys: list[object] = [("title", slugify(brief.title), day)]
        if brief.fingerprint != empty:
            keys.append(brief.fingerprint)
        other = next((first[key] for key in keys if key in first), None)
        if other:
            yield brief.key, other
        for key in keys:
            first.setdefault(key, brief.key)
