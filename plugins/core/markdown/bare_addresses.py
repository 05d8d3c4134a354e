"""Turn bare web and e-mail addresses into links, as GFM's autolinks do."""

from __future__ import annotations

import re

from plugins.core.text.patterns import lazy_pattern

_PART = lazy_pattern(r"<(/?)(a|code|pre|kbd)\b[^>]*>|<[^>]*>|[^<]+")
_ADDRESS = lazy_pattern(
    r"(?<![\w@/.=+-])(?:(?:https?://|www\.)(?=\w)(?:[^\s<>\"“”‘’«»…—\u200b\u2060\ufeff&]|&(?!(?:nbsp|lt|gt|quot);))+"
    r"|[a-z][\w+.-]*://[^\s<>]+|[\w.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}(?![\w-]))",
    re.I,
)
_TAIL = lazy_pattern(r"(?:[?!.,:;*_~'|}\]]|&(?:amp|#\d+);)+$")


def link_bare_addresses(html: str) -> str:
    """Link the bare addresses in ``html`` (as ``nh3`` prints it), except those in code."""
    if html.count("://") == html.count('="http') and "www." not in html and "@" not in html:
        return html  # every address stands in an attribute
    depth = 0
    pieces = []
    for piece in _PART.finditer(html):
        if piece[2]:
            depth += -1 if piece[1] else 1
        is_prose = not depth and piece[0][0] != "<" and ("://" in piece[0] or "www." in piece[0] or "@" in piece[0])
        pieces.append(_ADDRESS.sub(_link, piece[0]) if is_prose else piece[0])
    return "".join(pieces)


def _link(match: re.Match[str]) -> str:
    address = match[0]
    if "://" in address and address[:4].lower() not in ("http", "www."):
        return address  # of another scheme; a part of it may look like an e-mail address
    if "@" in address and "//" not in address and not address.lower().startswith("www."):
        return f'<a href="mailto:{address}">{address}</a>'
    while (end := _TAIL.search(address)) or (address.endswith(")") and address.count(")") > address.count("(")):
        address = address[: end.start() if end else -1]
    host = address.partition("//")[2] or address
    if "." not in host and not host.startswith("localhost"):
        return match[0]
    scheme = "" if "//" in address else "https://"
    return f'<a href="{scheme}{address}">{address}</a>{match[0][len(address) :]}'
