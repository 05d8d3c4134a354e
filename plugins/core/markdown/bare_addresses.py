"""Make links of the web and e-mail addresses that stand bare in a text (as GFM's autolinks do)."""

from __future__ import annotations

import re

_PART = re.compile(r"<(/?)(a|code|pre|kbd)\b[^>]*>|<[^>]*>|[^<]+")
_ADDRESS = re.compile(
    r"(?<![\w@/.=+-])(?:(?:https?://|www\.)(?=\w)(?:[^\s<>\"“”‘’«»…—\u200b\u2060\ufeff&]|&(?!(?:nbsp|lt|gt|quot);))+"
    r"|[a-z][\w+.-]*://[^\s<>]+|[\w.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}(?![\w-]))",
    re.I,
)
_TAIL = re.compile(r"(?:[?!.,:;*_~'|}\]]|&(?:amp|#\d+);)+$")


def link_bare_addresses(html: str) -> str:
    """Return ``html`` (as ``nh3`` prints it) with its bare addresses as links; those in code stay."""
    if html.count("://") == html.count('="http') and "www." not in html and "@" not in html:
        return html  # every address stands in an attribute
    inside = 0
    parts = []
    for part in _PART.finditer(html):
        if part[2]:
            inside += -1 if part[1] else 1
        is_words = not inside and part[0][0] != "<" and ("://" in part[0] or "www." in part[0] or "@" in part[0])
        parts.append(_ADDRESS.sub(_link, part[0]) if is_words else part[0])
    return "".join(parts)


def _link(found: re.Match[str]) -> str:
    address = found[0]
    if "://" in address and address[:4].lower() not in ("http", "www."):
        return address  # an address of another kind, with what may look like an e-mail's
    if "@" in address and "//" not in address and not address.lower().startswith("www."):
        return f'<a href="mailto:{address}">{address}</a>'
    while (end := _TAIL.search(address)) or (address.endswith(")") and address.count(")") > address.count("(")):
        address = address[: end.start() if end else -1]
    host = address.partition("//")[2] or address
    if "." not in host and not host.startswith("localhost"):
        return found[0]
    scheme = "" if "//" in address else "https://"
    return f'<a href="{scheme}{address}">{address}</a>{found[0][len(address) :]}'
