"""``make lost``: list the addresses that readers asked for and nobody found, from the log of nginx."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from plugins.core.errors import quotable
from plugins.core.runtime.console import tell
from plugins.core.text.vietnamese import number
from plugins.redirects.forms import keys_of
from scripts.errors import RefusedError
from scripts.joomla.dump_file import open_dump

MAX_ROWS = 200
#: A line of nginx's “combined” format, which Apache writes too.
_LINE = re.compile(
    r'\S+ \S+ \S+ \[[^\]]*\] "(?:GET|HEAD) (?P<address>\S+)[^"]*" (?P<status>\d{3}) \S+(?: "(?P<referrer>[^"]*)")?'
)
#: What programs ask for that look for holes, never a reader.
_PROBE = re.compile(
    r"^/(?:wp-|wordpress|\.|cgi-bin|phpmyadmin|administrator|vendor/|api/|xmlrpc|favicon|apple-touch|robots\.txt)"
    r"|\.(?:php(?!\?.*option=|/)|asp|aspx|jsp|env|sql|bak|zip|tar|gz|ini|yml)(?:\?|$)|[<>'\\]|%(?:27|3c|00)",
    re.I,
)


class Lost(NamedTuple):
    """An address that nobody found."""

    address: str
    hits: int
    referrer: str
    """The page from which most came; ``""`` where nobody says."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("log", nargs="?", default="", help="nhật ký của nginx: access.log, access.log.2.gz…")
    parser.add_argument("--table", default="redirects.map", help="bảng địa chỉ cũ")


def run(arguments: Namespace) -> int:
    """Print the addresses, the most asked for first."""
    path = Path(arguments.log or ".").expanduser()
    if not path.is_file():
        raise RefusedError("Thiếu FROM, hoặc không có tệp ấy. Ví dụ: make lost FROM=/var/log/nginx/access.log")
    table = Path(arguments.table)
    rules = set(re.findall(r'^"([^"]+)"', table.read_text("utf-8"), re.M)) if table.is_file() else set()
    rows = find_lost(_lines(path))
    for row in rows[:MAX_ROWS]:
        note = " (đã có trong redirects.map: nạp lại nginx)" if rules.intersection(keys_of(row.address)) else ""
        origin = f"  ← {quotable(row.referrer)}" if row.referrer else ""
        tell(f"{number(row.hits):>7}  {quotable(row.address)}{origin}{note}")
    rest = f" Chỉ nêu {MAX_ROWS} địa chỉ được hỏi nhiều nhất." if len(rows) > MAX_ROWS else ""
    tell(f"{number(len(rows))} địa chỉ không có trang, {number(sum(row.hits for row in rows))} lượt hỏi.{rest}")
    return 0


def _lines(path: Path) -> Iterator[str]:
    with open_dump(path) as read:
        rest = b""
        while chunk := read(1 << 20):
            *lines, rest = (rest + chunk).split(b"\n")
            yield from (line.decode("utf-8", "replace") for line in lines)
        yield rest.decode("utf-8", "replace")


def find_lost(lines: Iterable[str]) -> list[Lost]:
    """Return what was asked for and not found, the most asked for first; probes of programs are left out."""
    counts: Counter[str] = Counter()
    referrers: dict[str, Counter[str]] = {}
    for line in lines:
        match = _LINE.match(line)
        if not match or match["status"] not in ("404", "410") or _PROBE.search(match["address"]):
            continue
        address = match["address"]
        counts[address] += 1
        if match["referrer"] not in (None, "", "-"):
            referrers.setdefault(address, Counter())[match["referrer"]] += 1
    return [
        Lost(address, count, referrers[address].most_common(1)[0][0] if address in referrers else "")
        for address, count in sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    ]
