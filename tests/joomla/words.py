"""The words of a page and of the Markdown that it became, read by programs that know nothing of the importer."""

import re

from bs4 import BeautifulSoup

from plugins.core.markdown.parser import MarkdownParser

_PARSER = MarkdownParser()
_BLOCK = re.compile(
    r"<(?=/?(?:br|p|div|h\d|li|ul|ol|dl|dt|dd|td|th|tr|table|caption|blockquote|figure|figcaption|hr|pre|center|address)\b)",
    re.I,
)


def words_of_html(html: str) -> list[str]:
    """The words that a browser shows of a fragment, in their order."""
    text = BeautifulSoup(_BLOCK.sub(" <", html), "html5lib").get_text()
    return re.findall(r"[^\W_]+", text.replace("\xad", "").replace("\u200b", ""))


def words_of_markdown(markdown: str) -> list[str]:
    """The words that the portal shows of a text, in their order."""
    return words_of_html("".join(piece for piece in _PARSER.parse(markdown).pieces if isinstance(piece, str)))
