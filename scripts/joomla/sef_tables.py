"""Read the addresses that components have made up: of sh404SEF, JoomSEF, AceSEF, and Joomla's own redirects."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.joomla.columns import Rows
from scripts.joomla.schemas import REQUIRED

#: Tables of addresses: the two columns that they need are what was shown and what was meant.
_TABLES = ("redirection", "sh404sef_urls", "sefurls", "acesef_urls", "redirect_links")
#: What shows the same once more: to print, as a feed, from its second page.
_VARIANT = re.compile(r"\b(?:format|print|tmpl|limitstart|showall)=")


def written_addresses(rows: Rows) -> Iterator[tuple[str, str]]:
    """Yield the addresses that were shown, each with the one that it stood for."""
    for table in _TABLES:
        shown, meant = REQUIRED[table]
        for row in rows(table):
            if row[shown] and row.get("published", "1") == "1" and not _VARIANT.search(row[meant]):
                yield _from_root(row[shown]), _from_root(row[meant])


def _from_root(address: str) -> str:
    return "/" + re.sub(r"^https?://[^/]+", "", address).lstrip("/")
