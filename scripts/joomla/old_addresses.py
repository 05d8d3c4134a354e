"""Read an address of the old portal: which article or category did Joomla show there?

Joomla looks at numbers alone: ``/tin-tuc/24-ten-bai.html`` and ``/x/24-chu-khac`` are article 24. The table of
new addresses is asked by keys: ``a24`` an article, ``k24`` an item of K2, ``c3``, ``s1``, ``kc3`` categories,
``/path`` a whole path, ``=segment`` a path's last segment. docs/nginx.conf and plugins/redirects ask alike.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, unquote, urlsplit

_NUMBER = re.compile(r"(\d{1,9})(?:[:-].*)?")
_EXTENSION = re.compile(r"\.(?:html?|pdf)$", re.I)
#: Option, view and task of a query → the letters of its key.
_QUERIES = (
    ("com_k2:item:", "k"),
    ("com_k2:itemlist:category", "kc"),
    ("com_content:article:", "a"),
    ("com_content::view", "a"),
    ("com_content:category:", "c"),
    ("com_content::category", "c"),
    ("com_content::blogcategory", "c"),
    ("com_content:section:", "s"),
    ("com_content::section", "s"),
    ("com_content::blogsection", "s"),
    ("com_content::", "a"),
)


def keys_of(address: str) -> list[str]:
    """Return the keys under which the table may have an address, the surest first; none for one that names nothing."""
    try:
        parts = urlsplit(html.unescape(address.strip()))
    except ValueError:
        return []
    query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    if key := key_of_query(query):
        return [key]
    return list(_keys_of_path(unquote(parts.path)))


def key_of_query(query: Mapping[str, str]) -> str:
    """Return the key of what a query of Joomla shows; ``""`` where it names nothing by number."""
    match = _NUMBER.fullmatch(query.get("id", ""))
    if not match or not (query.get("option") or query.get("view") or query.get("task")):
        return ""
    view, task = query.get("view", ""), query.get("task", "")
    wanted = f"{query.get('option') or 'com_content'}:{view}:{task}"
    for prefix, letters in _QUERIES:
        if wanted.startswith(prefix):
            return f"{letters}{int(match[1])}"
    return ""


def _keys_of_path(path: str) -> Iterator[str]:
    path = plain_path(path)
    segments = [segment for segment in path.split("/") if segment]
    if not segments:
        return
    yield path
    last = segments[-1]
    yield f"={last}"
    if match := _NUMBER.fullmatch(last):
        before = segments[-2] if len(segments) > 1 else ""
        if before == "item":
            yield f"k{int(match[1])}"
        elif before == "category" and len(segments) > 2 and segments[-3] == "itemlist":
            yield f"kc{int(match[1])}"
        else:
            yield f"a{int(match[1])}"


def plain_path(path: str) -> str:
    """Return a path as the table has it: from the root, without ``/index.php``, extension and last slash."""
    path = "/" + re.sub(r"/{2,}", "/", path).strip("/")
    path = path.removeprefix("/index.php") or "/"
    return _EXTENSION.sub("", path) if path != "/" else path
