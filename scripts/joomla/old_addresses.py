"""Read an address of the old portal as plugins/redirects does, and write its keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from plugins.redirects.forms import as_sent, keys_of

_OPENING = re.compile(r"^(?:/index2?\.php)?(?:/vi)?(?=/|$)", re.I)
_EXTENSION = re.compile(r"\.(?:html?|pdf)$", re.I)


def key_of_query(query: Mapping[str, str]) -> str:
    """Return the key of what a query of Joomla shows; ``""`` where it names nothing."""
    return next(iter(keys_of(f"/index.php?{urlencode(query)}")[:1]), "") if query else ""


def path_key(path: str) -> str:
    """Return the key of a whole path."""
    return as_sent(plain_path(path))


def segment_key(segment: str) -> str:
    """Return the key of a path's last segment."""
    return f"={as_sent(segment)}"


def plain_path(path: str) -> str:
    """Return a path from the root, without ``/index.php``, language, extension and last slash."""
    path = "/" + re.sub(r"/{2,}", "/", path).strip("/")
    return _EXTENSION.sub("", _OPENING.sub("", path)) or "/"
