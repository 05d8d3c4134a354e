"""Make the table of old addresses: one line an article, one a category, one a menu's path (``redirects.map``)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from plugins.core.site import addresses as portal
from plugins.redirects.forms import as_sent, keys_of
from scripts.joomla.mapping import OperatorMapping
from scripts.joomla.model import OldMenuItem, OldSite
from scripts.joomla.old_addresses import key_of_query, path_key, segment_key
from scripts.joomla.plan import Plan, address_of
from scripts.joomla.state import Entry, sort_key
from scripts.joomla.survey import Brief
from scripts.joomla.writing import Outcome

HEAD = "# Địa chỉ của cổng cũ → trang của cổng này. make import viết tệp này; nginx và trang 404 tra nó.\n"
_KEY = re.compile(r"[\w./=:+%-]+", re.ASCII)
#: What has no page where nothing is listed: texts may not link to it.
_UNSURE = (portal.TAGS, portal.AUTHORS, portal.ARCHIVE)


class AddressTable(NamedTuple):
    """Old keys (``old_addresses``) and where they lead."""

    rules: dict[str, str]
    """Of everything that came along: what has no page yet is left out when the portal is built."""

    linkable: dict[str, str]
    """Of what texts may link to: drafts are not."""

    pages: frozenset[str]
    """The addresses that the portal has: no rule is for them."""

    def add_documents(self, outcomes: Iterable[Outcome], earlier: Mapping[str, str]) -> None:
        """Lead the old addresses of documents to the pages that offer them; ``earlier``: rules of the run before."""
        pages = set(self.rules.values())
        rules = {key: address for key, address in earlier.items() if key.startswith("/") and address in pages}
        for outcome in outcomes:
            for path in outcome.documents:
                rules |= dict.fromkeys(keys_of(f"/{path}")[:1], address_of(outcome.path))
        for key, address in rules.items():
            if f"{key}/" not in self.pages:
                self.rules.setdefault(key, address)

    def text(self) -> str:
        """Return the table as nginx reads it in a ``map``."""
        rows = sorted(self.rules.items(), key=lambda row: (row[0][:1] in "/=", sort_key(row[0])))
        return HEAD + "".join(f'"{key}" {address};\n' for key, address in rows if _KEY.fullmatch(key))


def make_table(
    site: OldSite,
    briefs: Sequence[Brief],
    plan: Plan,
    state: Mapping[str, Entry],
    mapping: OperatorMapping,
    content: Path,
    taken: Collection[str] = (),
) -> AddressTable:
    """Make the table of an import, with what earlier ones brought. ``taken``: addresses that the portal itself has."""
    addresses = {key: address_of(entry.path) for key, entry in state.items()}
    hidden = {key for key, entry in state.items() if key not in plan.paths and _is_draft(content / entry.path)}
    addresses |= {key: address_of(path) for key, path in plan.paths.items()}
    hidden |= {key for key, placement in plan.placements.items() if placement.is_draft}
    page_paths = {*taken, *addresses.values()}
    rules = {
        key: address
        for key, address in _rules(site, briefs, addresses, mapping)
        if not (key.startswith("/") and f"{key}/" in page_paths)
    }
    unlisted = {addresses[name] for name in hidden}
    linkable = {
        key: address for key, address in rules.items() if address not in unlisted and not address.startswith(_UNSURE)
    }
    for brief in briefs:
        if brief.file and brief.key in addresses and addresses[brief.key] not in unlisted:
            linkable[path_key(brief.file)] = addresses[brief.key]
    return AddressTable(rules, linkable, frozenset(page_paths))


def _is_draft(path: Path) -> bool:
    try:
        head = path.read_text("utf-8", "replace")[:4000]
    except OSError:
        return True
    return bool(re.search(r"^status: draft\s*$", head, re.M))


def _rules(
    site: OldSite, briefs: Sequence[Brief], addresses: Mapping[str, str], mapping: OperatorMapping
) -> Iterator[tuple[str, str]]:
    """Yield the rules, the surest last: a later one replaces an earlier one of the same key."""
    lists = _list_addresses(site, mapping)
    for key, address in lists.items():
        if key.startswith("c"):
            yield f"a{key[1:]}", address  # a number alone may be a category's, where no article has it
    for key, address in addresses.items():
        if key.startswith("k"):
            yield f"a{key[1:]}", address  # K2 may write no “item” before its number
    by_alias = Counter(brief.alias for brief in briefs if brief.key in addresses)
    for brief in briefs:
        if brief.key not in addresses:
            continue
        if site.has_alias_addresses and brief.alias and by_alias[brief.alias] == 1:
            yield segment_key(brief.alias), addresses[brief.key]
    for category in site.categories.values():
        number = re.sub(r"\D", "", category.key)
        if category.key in lists and category.alias:
            yield segment_key(f"{number}-{category.alias}"), lists[category.key]
            if site.has_alias_addresses and not by_alias[category.alias]:
                yield segment_key(category.alias), lists[category.key]
    yield from lists.items()
    yield from addresses.items()
    yield "/", portal.HOME
    for old, new in site.written_addresses():
        target = next((pages[key] for pages in (addresses, lists) for key in keys_of(new) if key in pages), "")
        paths = [key for key in keys_of(old) if key.startswith("/") and key != "/"]
        if target and paths and "?" not in old:
            yield paths[0], target
    for key, title in site.tag_keys.items():
        yield as_sent(key), portal.tag(title)
        yield as_sent(key).replace("%20", "+"), portal.tag(title)
    k2_moments = [brief.moment for brief in briefs if brief.key[:1] == "k" and brief.key in addresses and brief.moment]
    for moment in k2_moments:
        yield "ku", portal.AUTHORS
        yield f"kd{moment.year}-{moment.month}", portal.month(moment.month, moment.year)
    for brief in briefs:
        if brief.path and brief.key in addresses:
            keys = keys_of(brief.path)
            for key in keys[:1] if "?" in brief.path else keys:
                if not key.startswith("="):
                    yield key, addresses[brief.key]
    for item in site.menu:
        path = path_key(item.path)
        target = _menu_target(item, lists, addresses)
        if target and path != "/" and f"{path}/" != target:
            yield path, target
        if target:
            yield f"m{item.id}", target


def _list_addresses(site: OldSite, mapping: OperatorMapping) -> dict[str, str]:
    """Return where each category's articles are listed now; of one without articles, where its children are."""
    lists = {
        key: target.address for key, target in mapping.categories.items() if target.address and key in site.categories
    }
    for _ in range(len(site.categories)):
        parents: dict[str, Counter[str]] = {}
        for category in site.categories.values():
            if category.parent in site.categories and category.parent not in lists and category.key in lists:
                parents.setdefault(category.parent, Counter())[lists[category.key]] += 1
        if not parents:
            break
        for key, counts in parents.items():
            lists[key] = counts.most_common(1)[0][0]
    return lists


def _menu_target(item: OldMenuItem, lists: Mapping[str, str], addresses: Mapping[str, str]) -> str:
    key = key_of_query(item.query)
    if key and key != "/":
        return addresses.get(key) or lists.get(key, "")
    is_home = item.query.get("view") in ("frontpage", "featured")
    return "/" if is_home and item.query.get("option") == "com_content" else ""
