"""Read the table of another portal's addresses, which ``make import`` writes, and offer it to servers and browsers.

nginx includes it as it stands (docs/nginx.conf). On a static host the 404 page asks how addresses are read
(``forms.py``) and for the part of the table that may have one: a JSON file of a 64th of the keys.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial

from plugins.core.errors import Problem
from plugins.core.site import addresses
from plugins.core.site.composition import Composition
from plugins.core.site.content import Content
from plugins.core.site.identity import Site
from plugins.core.site.views import Page, TextView
from plugins.redirects.forms import FORMS

FILE = "redirects.map"
FOLDER = "/chuyen-huong/"
SHARDS = 64
_LINE = re.compile(r'"([\w./=:+%-]+)" (/[\w./-]*);', re.ASCII)


class MapView(TextView, frozen=True, kw_only=True):
    """The rules whose page exists, as nginx reads them in a ``map``."""

    rules: tuple[tuple[str, str], ...]

    def text(self, site: Site) -> str:
        return "".join(f'"{key}" {target};\n' for key, target in self.rules)


class ShardView(TextView, frozen=True, kw_only=True):
    """The rules of one shard, for the script of the 404 page."""

    rules: tuple[tuple[str, str], ...]

    def text(self, site: Site) -> str:
        return json.dumps(dict(self.rules), separators=(",", ":")) + "\n"


class FormsView(TextView, frozen=True, kw_only=True):
    """How addresses are read, for the script of the 404 page."""

    forms: tuple[tuple[tuple[str, str], ...], ...]

    def text(self, site: Site) -> str:
        return json.dumps(self.forms, separators=(",", ":")) + "\n"


@lru_cache(maxsize=1)
def parse(raw: bytes) -> tuple[Mapping[str, tuple[str, int]], tuple[int, ...]]:
    """Return the rules, key → target and line, and the lines that are none."""
    rules: dict[str, tuple[str, int]] = {}
    broken = []
    for number, line in enumerate(raw.decode("utf-8", "replace").splitlines(), 1):
        if match := _LINE.fullmatch(line.strip()):
            rules[match[1]] = match[2], number
        elif line.strip() and not line.startswith("#"):
            broken.append(number)
    return rules, tuple(broken)


def shard_of(key: str) -> int:
    """Return the number of the shard that has ``key``; static/old-addresses.js counts alike."""
    number = 0
    for char in key:
        number = (number * 31 + ord(char)) % SHARDS
    return number


def pages(content: Content, all_pages: Sequence[Page]) -> Iterator[Page]:
    """Yield the table for nginx and its shards. What leads to no page, or has a page itself, is left out."""
    raw = content.external_inputs.get("redirects", b"")
    existing = {page.path for page in all_pages}
    rules = tuple(
        (key, content.site.url(target))
        for key, (target, _) in parse(raw)[0].items()
        if addresses.output_path(target) in existing and _own_page(key) not in existing
    )
    if not rules:
        return
    yield Page(path=FILE, template="", make=partial(_map, content, rules), is_indexed=False)
    address = f"{FOLDER}cach-doc.json"
    make_forms = partial(_forms, content, address)
    yield Page(path=addresses.output_path(address), template="", make=make_forms, is_indexed=False)
    shards: dict[int, list[tuple[str, str]]] = {}
    for rule in rules:
        shards.setdefault(shard_of(rule[0]), []).append(rule)
    for number, shard in sorted(shards.items()):
        address = f"{FOLDER}{number}.json"
        make = partial(_shard, content, address, tuple(shard))
        yield Page(path=addresses.output_path(address), template="", make=make, is_indexed=False)


def _map(content: Content, rules: tuple[tuple[str, str], ...]) -> MapView:
    return MapView(url=content.site.url(f"/{FILE}"), title="", is_indexed=False, rules=rules)


def _forms(content: Content, address: str) -> FormsView:
    return FormsView(url=content.site.url(address), title="", is_indexed=False, forms=FORMS)


def _shard(content: Content, address: str, rules: tuple[tuple[str, str], ...]) -> ShardView:
    return ShardView(url=content.site.url(address), title="", is_indexed=False, rules=rules)


def _own_page(key: str) -> str:
    """Return the output path that a page at an old address would have; ``""`` for keys that are no path."""
    return addresses.output_path(f"/{key.strip('/')}/") if key.startswith("/") else ""


def problems(content: Composition) -> Iterator[Problem]:
    """Report lines that are no rule, and rules for an address at which the portal itself has a page."""
    rules, broken = parse(content.external_inputs.get("redirects", b""))
    for number in broken:
        message = 'Dòng này không phải một địa chỉ cũ. Viết: "a24" /tin-tuc/2020/07/ten-bai/; (hoặc xóa dòng)'
        yield Problem(FILE, number, 0, "REDIRECT_FORM", message)
    page_urls = {*content.addresses.values(), *(link.url for link in content.site.menu), "/"} if rules else set()
    for key, (_, number) in rules.items():
        if key.startswith("/") and f"/{key.strip('/')}/" in page_urls:
            message = f"Cổng có trang {key.rstrip('/')}/ nên không được chuyển địa chỉ ấy đi nơi khác. Xóa dòng này."
            yield Problem(FILE, number, 0, "REDIRECT_SHADOWS", message)
