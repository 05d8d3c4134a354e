"""Distinguish HTML tags in an editor's text from words between angle brackets.

``<ngoài giờ, thứ Bảy>`` is no tag, nor is ``<b và c>``: a sanitiser would take such words for one and
drop them. A tag here has a name of HTML (WHATWG, with the obsolete ones), attributes in ASCII, and
each attribute has a value or is one of those that need none. ``<title>``, ``<xmp>``, ``<plaintext>`` and
similar tags, after which a parser would read everything as text, are none in an article.
"""

from __future__ import annotations

import re

from plugins.core.text.patterns import lazy_pattern

_NAMES = """a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br
button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset
figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins isindex
kbd keygen label legend li link main map mark marquee math menu menuitem meta meter nav nextid nobr
noscript object ol optgroup option output p param picture pre progress q rb rp rt rtc ruby s samp script search
section select slot small source spacer span strike strong style sub summary sup svg table tbody td template textarea tfoot th
thead time tr track tt u ul var video wbr"""
_WITHOUT_VALUE = """allowfullscreen async autofocus autoplay checked compact controls default defer disabled download hidden
inert ismap itemscope loop multiple muted nohref nomodule noresize noshade novalidate nowrap open playsinline readonly required
reversed selected truespeed"""
_VALUE = r"""\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++)"""
_ATTRIBUTES = rf"(?:(?:\s|/(?=\s*+[a-z>]))++(?:[a-z_:][\w.:-]*+{_VALUE}|(?:{'|'.join(_WITHOUT_VALUE.split())})(?=[\s/>]|$)))*+\s*+"
_NAME = rf"(?:{'|'.join(sorted(_NAMES.split(), key=len, reverse=True))})(?=[\s/>]|$)"

_TAG = rf"<{_NAME}{_ATTRIBUTES}/?>|</{_NAME}\s*+>|<!--(?:(?!-->)[\s\S])*+-->"
_FLAGS = re.IGNORECASE | re.ASCII
TAG = lazy_pattern(f"({_TAG})", _FLAGS)
"""A whole tag, closing tag or comment."""

_TAG_OR_LESS_THAN = lazy_pattern(f"{_TAG}|(<)", _FLAGS)
_TAG_START = lazy_pattern(rf"</?{_NAME}{_ATTRIBUTES}(?:/?>|$)", _FLAGS)


def begins_with_tag(line: str) -> bool:
    """Return whether ``line`` begins with a tag, or with one that may end on a later line."""
    return bool(_TAG_START.match(line))


def escape_no_tags(html: str) -> str:
    """Escape every ``<`` that begins neither a tag nor a complete comment."""
    return _TAG_OR_LESS_THAN.sub(lambda match: "&lt;" if match[1] else match[0], html)
