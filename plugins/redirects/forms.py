r"""Read an address of a Joomla portal: which keys of the table (``table.py``) may say where it leads now.

Joomla looks at numbers alone: ``/tin-tuc/24-ten-bai.html`` and ``/x/24-chu-khac`` are article 24. Keys are ``a24`` an
article, ``k24`` an item of K2, ``c3``, ``s1``, ``kc3`` categories, ``t5``, ``t=`` and ``kt=`` tags, ``ku`` a writer of K2,
``kd2012-3`` a month, ``dm24``, ``ph24``, ``jd24`` documents of Docman, Phoca Download, jDownloads, ``m5`` an entry of a menu, ``/path`` a whole path, ``=segment`` a path's last segment.

The patterns are read by Python, by browsers (static/old-addresses.js) and by nginx, which has them in
scripts/publishing/nginx_redirects.py: what they share is all that may be used. They look at an address as browsers
send it, in lower case, with a ``?`` behind it.
"""

from __future__ import annotations

import html
import re
from urllib.parse import quote, unquote, urlsplit

_END = r"(?:/(?:page-\d+|print))?(?:\.(?:html?|pdf|feed|php))?/?\?"
_TITLE = r"(?:[:-][^/?]*?)?"
_PATH = r"^[^?]*?"
_QUERY = r"^[^?]*\?"
_K2 = rf"{_QUERY}(?=.*\boption=com_k2\b)"
_CONTENT = rf"{_QUERY}(?!.*\boption=(?!com_content\b))"
_ID = r".*\bid=0*(\d+)"

#: Groups of patterns, each with the letters of its key. Of a group the first that matches counts; the groups are asked
#: in their order.
FORMS = (
    (
        (r"^/index2?\.php/?\?(?!.*\b(?:option|view|task|id|itemid)=)", "/"),
        (rf"{_QUERY}.*(?:=com_frontpage\b|\bview=(?:featured|frontpage)\b)", "/"),
        (rf"{_QUERY}(?=.*\boption=com_docman\b).*\bgid=0*(\d+)", "dm"),
        (rf"{_QUERY}(?=.*\boption=com_phocadownload\b)(?=.*\bview=file\b){_ID}", "ph"),
        (rf"{_QUERY}(?:.*&)?download=0*(\d+)", "ph"),
        (rf"{_QUERY}(?=.*\boption=com_jdownloads\b).*\bc?id=0*(\d+)", "jd"),
        (rf"{_K2}(?=.*\bview=item\b){_ID}", "k"),
        (rf"{_K2}(?=.*=category\b){_ID}", "kc"),
        (rf"{_K2}.*\btag=([^&?]+)", "kt="),
        (rf"{_K2}(?=.*=user\b)", "ku"),
        (rf"{_K2}(?=.*\byear=(\d+)).*\bmonth=0*(\d+)", "kd"),
        (rf"{_CONTENT}(?=.*=(?:blog)?section\b){_ID}", "s"),
        (rf"{_CONTENT}(?=.*=(?:blog)?category\b){_ID}", "c"),
        (rf"{_CONTENT}(?!.*\bview=(?!article\b))(?=.*\b(?:option|view|task)=){_ID}", "a"),
        (rf"{_CONTENT}(?!.*\b(?:id|view|task)=).*\bitemid=0*(\d+)", "m"),
    ),
    ((rf"^(?:/index2?\.php)?(?:/vi)?(/[^?]*?){_END}", ""),),
    ((rf"{_PATH}/([^/?]+?){_END}", "="),),
    (
        (rf"{_PATH}/item/0*(\d+){_TITLE}{_END}", "k"),
        (rf"{_PATH}/itemlist/category/0*(\d+){_TITLE}{_END}", "kc"),
        (rf"{_PATH}/itemlist/tag/([^/?]+?){_END}", "kt="),
        (rf"{_PATH}/itemlist/user/", "ku"),
        (rf"{_PATH}/itemlist/date/(\d+)/0*(\d+)", "kd"),
        (rf"{_PATH}/tags/tag/0*(\d+){_TITLE}{_END}", "t"),
        (rf"{_PATH}/tags/tag/([^/?]+?){_END}", "t="),
        (rf"{_PATH}/doc_(?:download|details|view)/0*(\d+)", "dm"),
        (rf"{_PATH}/0*(\d+)-[^/?]*/file{_END}", "dm"),
        (rf"{_PATH}/content/view/0*(\d+)[/?]", "a"),
        (rf"{_PATH}/0*(\d+){_TITLE}{_END}", "a"),
    ),
)
_COMPILED = [[(re.compile(pattern), letters) for pattern, letters in group] for group in FORMS]


def keys_of(address: str) -> list[str]:
    """Return the keys under which the table may have an address, the surest first; none for one that names nothing."""
    try:
        parts = urlsplit(html.unescape(address.strip()))
    except ValueError:
        return []
    path = re.sub("/{2,}", "/", f"/{parts.path}")
    asked = f"{as_sent(path)}?{as_sent(parts.query)}?" if parts.query else f"{as_sent(path)}?"
    return [key for group in _COMPILED if (key := _first(group, asked))]


def _first(group: list[tuple[re.Pattern[str], str]], asked: str) -> str:
    for pattern, letters in group:
        if match := pattern.match(asked):
            return letters + "-".join(match.groups())
    return ""


def as_sent(text: str) -> str:
    """Return a part of an address as browsers send it, in lower case."""
    return quote(unquote(text), safe="/=:+&-").lower()
