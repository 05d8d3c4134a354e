"""Read the settings of ``pelicanconf.py`` once into typed values."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from plugins.core.errors import ConfigError, Problem, quotable
from plugins.core.model.values import Link
from plugins.core.site import folders, site_url
from plugins.core.site.identity import Category, Organization, Site
from plugins.core.site.section import Choice, Section
from plugins.core.site.site_url import SiteUrl
from plugins.core.site.strings import read_strings
from plugins.core.text import dates
from plugins.core.text.vietnamese import did_you_mean, nfc, slugify

_CONF = "pelicanconf.py"
_CODE = Path(__file__).resolve().parents[3]
_FOLDERS = {"content": "PATH", "output": "OUTPUT_PATH", "theme": "THEME", "cache": "CACHE_PATH"}

#: What scripts/publishing/build.py says by the environment.
_FOR_PUBLISHING = {name: f"PORTAL_{name.upper()}" for name in ("store", "served", "before", "result")}
_ON = {"1", "true", "yes", "on", "y", "t", "có", "co", "bật"}
_OFF = {"", "0", "false", "no", "off", "n", "f", "không", "khong", "tắt", "none"}

Refuse = Callable[[str, str, str], None]


class Settings(Struct, frozen=True, kw_only=True):
    """The settings of a build."""

    content: Path
    output: Path
    theme: Path
    cache: Path
    now: datetime
    """The moment that the portal shows."""

    loads_cache: bool
    """Whether to use what earlier builds read."""

    workers: int
    """How many processes share the work."""

    allow_shrink: bool
    """Whether to publish although many stories went missing since the last time."""

    keep_last_good: bool
    """Whether to publish although some items are broken, with their last good version."""

    store: Path | None = None
    """Where pictures and the theme's files go, if other sites share them (``build/shared.py``)."""

    served: Path | None = None
    """The folder of that kind that readers are served from, if it is another one."""

    before: Path | None = None
    """What last good versions are taken from, if not from the cache (``build/last_good.py``)."""

    result: Path | None = None
    """Where to write what a program that publishes wants to know of the build."""

    sections: tuple[Section, ...]
    options: Mapping[str, Mapping[str, Any]]
    """Each section's setting, by the section's name."""

    site: Site
    """What the portal is, as its pages show it."""

    @property
    def zones(self) -> dict[str, list[str]]:
        """The names of the blocks that a section's pages show by its ``Choice``; under an empty name, those of ``ASIDE``."""
        chosen = {
            section.name: [block for zone in self.options[section.name].values() for block in zone]
            for section in self.sections
            if section.setting and issubclass(section.setting, Choice) and section.name in self.options
        }
        return {"": list(self.options["page"]["aside"]), **chosen}


#: Every setting of ours but those of single sections. What is none of them nor Pelican's is a slip of the pen.
OURS = {
    *("SITENAME", "SITEURL", "TAGLINE", "ORGANIZATION", "MENU", "FOOTER_LINKS", "WEBSITES", "CATEGORIES"),
    *("ASIDE", "PUBLISHING", "NOW", "WORKERS", "ALLOW_SHRINK", "KEEP_LAST_GOOD", "ROOT", "PREVIEW", "PAGE_POLICY"),
}  # fmt: skip

#: Pelican's switches of its own Markdown, which is not ours.
_WITHOUT_EFFECT = {"MARKDOWN", "READERS"}


def read_settings(
    raw: Mapping[str, Any],
    sections: Sequence[Section],
    environ: Mapping[str, str] = os.environ,
    *,
    conf: Path | None = None,
    known: Iterable[str] = (),
) -> Settings:
    """Check the settings that Pelican has loaded, and type them. Raises ``ConfigError`` with every fault.

    ``sections`` are those that the plugins brought; ``conf`` is the file that the settings come from,
    to tell the line; ``known`` the names of Pelican's own and of other plugins.
    """
    faults: list[Problem] = []
    line_numbers = lines_of(conf)
    refused: set[str] = set()

    def refuse(name: str, code: str, message: str) -> None:
        refused.add(name)
        faults.append(Problem(conf.name if conf else _CONF, line_numbers.get(name, 0), 0, code, message))

    def value(name: str, kind: Any) -> Any:
        if name not in raw:
            refuse(name, "SETTING_MISSING", f"Thiếu {name}.")
            return None
        try:
            return msgspec.convert(raw[name], kind)
        except msgspec.ValidationError as fault:
            refuse(name, "SETTING_INVALID", f"{name} không đúng dạng: {fault}")
            return None

    for name in duplicates(section.name for section in sections):
        refuse("PLUGINS", "PLUGIN_TWICE", f"Hai plugin cùng lập mục “{name}”. Bỏ một plugin khỏi PLUGINS.")
    if raw.get("RELATIVE_URLS"):
        message = (
            "Cổng không dựng với địa chỉ tương đối. Bỏ --relative-urls (RELATIVE_URLS); xem trên máy thì: make serve"
        )
        refuse("RELATIVE_URLS", "SETTING_UNSUPPORTED", message)
    section_settings = {section.name.upper(): section for section in sections if section.setting}
    names = {*OURS, *section_settings, *known} - _WITHOUT_EFFECT
    elsewhere = set(filter(str.isupper, raw)) - _WITHOUT_EFFECT  # on the command line, in a file read by this one
    for name in sorted({*line_numbers, *elsewhere} - names) if known else ():
        refuse(name, "SETTING_UNKNOWN", f"Không có thiết đặt {name}.{did_you_mean(name, names)}")

    def switch(name: str) -> bool:
        """Return a setting that is on or off; the environment's word goes before the settings'."""
        written = environ.get(name) or raw.get(name) or ""
        word = nfc(str(written)).strip().lower()
        if word not in _ON | _OFF:
            refuse(name, "SETTING_INVALID", f"{name} phải là 1 (có) hoặc 0 (không), không phải “{quotable(word)}”.")
        return word in _ON

    url = _site_url(raw, switch("PUBLISHING"), refuse)
    paths: dict[str, Any] = {name: Path(value(setting, str) or "") for name, setting in _FOLDERS.items()}
    theme = paths["theme"]
    if refused.isdisjoint(_FOLDERS.values()):
        checkouts = {_CODE: "mã nguồn", **({conf.resolve().parent: "cấu hình"} if conf else {})}
        for name, sentence in folders.overlaps({**paths, "plugins": _CODE / "plugins"}, checkouts):
            refuse(_FOLDERS[name], "FOLDERS_OVERLAP", sentence)
    values: dict[str, Any] = {
        "name": value("SITENAME", str),
        "tagline": value("TAGLINE", str),
        "organization": value("ORGANIZATION", Organization),
        "menu": _links(value("MENU", list[tuple[str, str]]), url.base),
        "footer": _links(value("FOOTER_LINKS", list[tuple[str, str]]), url.base),
        "websites": _websites(value("WEBSITES", list[tuple[str, str]]) if "WEBSITES" in raw else None, refuse),
        "categories": tuple(Category(*row) for row in value("CATEGORIES", list[tuple[str, str, str]]) or ()),
        "origin": url.origin,
        "base": url.base,
        "is_preview": switch("PREVIEW"),
        "page_policy": value("PAGE_POLICY", str) if "PAGE_POLICY" in raw else "",
    }
    options: dict[str, Mapping[str, Any]] = {"page": {"aside": value("ASIDE", list[str]) or []}}
    try:
        values["strings"] = read_strings(theme, sections)
    except ConfigError as broken:
        faults += broken.problems
    chosen = {"ASIDE": options["page"]["aside"]}
    for name, section in section_settings.items():
        if name in raw and (option := value(name, section.setting)):
            options[section.name] = msgspec.structs.asdict(option)
            if isinstance(option, Choice):
                chosen[name] = [block for zone in msgspec.structs.astuple(option) for block in zone]
    if not faults:  # else sections or categories may be missing, and their blocks with them
        blocks = [block for section in sections for block in section.block_names(values["categories"])]
        for name, wanted in chosen.items():
            for block in wanted:
                if block not in blocks:
                    refuse(name, "SETTING_INVALID", f"{name}: không có khối “{block}”.{did_you_mean(block, blocks)}")
    try:
        now = _now(raw, environ)
    except (ValueError, OverflowError, OSError):
        refuse("NOW", "NOW", "NOW phải có dạng 2026-11-23 08:00, SOURCE_DATE_EPOCH là số giây Unix.")
    for fault in category_faults(values["categories"]):
        refuse("CATEGORIES", "CATEGORIES", fault)
    more: dict[str, Any] = {
        "allow_shrink": switch("ALLOW_SHRINK"),
        "keep_last_good": switch("KEEP_LAST_GOOD"),
        "loads_cache": bool(raw.get("LOAD_CONTENT_CACHE", True)),
        "workers": _workers(environ.get("WORKERS") or raw.get("WORKERS"), refuse),
        **{name: Path(path) for name, variable in _FOR_PUBLISHING.items() if (path := environ.get(variable))},
    }
    if faults:
        raise ConfigError(faults)
    return Settings(now=now, sections=tuple(sections), options=options, site=Site(**values), **paths, **more)


def lines_of(conf: Path | None) -> dict[str, int]:
    """Return the line of each setting in a configuration file."""
    lines = conf.read_text("utf-8").splitlines() if conf and conf.is_file() else []
    return {
        match[1]: line for line, text in enumerate(lines, 1) if (match := re.match(r"([A-Z][A-Z0-9_]*)\s*[:=]", text))
    }


def duplicates(names: Iterable[str]) -> list[str]:
    """Return the names that stand there more than once, each once."""
    return [name for name, count in Counter(names).items() if count > 1]


def _site_url(raw: Mapping[str, Any], is_publishing: bool, refuse: Refuse) -> SiteUrl:
    written = str(raw.get("SITEURL") or "")
    try:
        url = site_url.parse(written or ("http://localhost" if is_publishing else ""))
    except ValueError as fault:
        refuse("SITEURL", "SITEURL", str(fault))
    else:
        if not is_publishing or (url.origin.startswith("https://") and not url.is_local):
            return url
        message = "Cần địa chỉ thật của cổng, bắt đầu bằng https://, ví dụ SITEURL=https://tinhdoan.example.vn"
        refuse("SITEURL", "SITEURL", message)
    return SiteUrl("", "", False)


def _workers(written: Any, refuse: Refuse) -> int:
    """Return how many processes share the work: as many as there are processors, unless it is said."""
    word = "" if written is None else str(written).strip()
    if not word:
        return os.cpu_count() or 1
    if not re.fullmatch(r"[1-9]\d{0,3}", word, re.ASCII):
        message = f"WORKERS phải là số tiến trình, từ 1 trở lên, không phải “{quotable(word)}”."
        refuse("WORKERS", "SETTING_INVALID", message)
        return 1
    return int(word)


def category_faults(categories: tuple[Category, ...]) -> Iterator[str]:
    """Yield a message for each category that shares an address or a name with another."""
    first: dict[str, Category] = {}
    for category in categories:
        if category.slug != slugify(category.slug):
            yield f"“{category.slug}” không dùng làm địa chỉ được. Viết: {slugify(category.slug)}"
        for name in {category.slug, slugify(category.title)}:
            other = first.setdefault(name, category)
            if other is not category:
                yield f"Chuyên mục “{category.title}” và “{other.title}” trùng địa chỉ {name}."


def _links(rows: list[tuple[str, str]] | None, base: str) -> tuple[Link, ...]:
    return tuple(Link(title, base + url if url.startswith("/") else url) for title, url in rows or ())


def _websites(rows: list[tuple[str, str]] | None, refuse: Refuse) -> tuple[Link, ...]:
    """Return the websites of others, each with a name and a whole address."""
    for title, url in rows or ():
        if not title.strip() or not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", url):
            message = (
                f"“{quotable(title)}”, “{quotable(url)}”: mỗi liên kết website cần tên và địa chỉ đầy đủ, ví dụ"
                ' ("Trung ương Đoàn", "https://doanthanhnien.vn/")'
            )
            refuse("WEBSITES", "SETTING_INVALID", f"WEBSITES: {message}.")
    return _links(rows, "")


def _now(raw: Mapping[str, Any], environ: Mapping[str, str]) -> datetime:
    """Return ``NOW`` of the settings, else ``SOURCE_DATE_EPOCH``, else the clock, to the minute."""
    if raw.get("NOW"):
        return dates.parse(str(raw["NOW"]))
    epoch = environ.get("SOURCE_DATE_EPOCH")
    moment = dates.from_epoch(int(epoch)) if epoch else datetime.now(dates.VIETNAM)
    return moment.replace(second=0, microsecond=0)
