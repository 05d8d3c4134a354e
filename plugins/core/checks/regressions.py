"""Compare the addresses with those of the last good build, to report pages that went missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
from msgspec import Struct

from plugins.core.errors import Problem
from plugins.core.site.content import Content

#: The largest share of the items that may go missing in one build (faults.md, case 73).
MAX_SHRINK = 0.2


class Address(Struct, frozen=True):
    """An item of the last good build."""

    path: str
    """Its file, from the content folder."""

    digest: str
    """The digest of its text."""


class History(Struct, frozen=True):
    """The items of the last good build, by address from the portal's root."""

    addresses: Mapping[str, Address]


def encode(content: Content) -> bytes:
    """Encode the addresses, for the next build to compare with."""
    live = content.addresses
    addresses = {
        live[item.document.path]: Address(item.document.path, content.text_of(item))
        for item in content.all_items
        if item.is_listed and item.document.path in live
    }
    return msgspec.json.encode(History(addresses))


def decode(data: bytes | memoryview) -> History | None:
    """Decode what ``encode`` made; ``None`` if it cannot be read."""
    try:
        return msgspec.json.decode(data, type=History)
    except msgspec.MsgspecError:
        return None


def compare(content: Content, history: History, allow_shrink: bool) -> Iterator[Problem]:
    """Report published addresses that would lead nowhere now, and a site that shrinks suddenly."""
    current = set(content.addresses.values())
    current |= {alias.rstrip("/") + "/" for item in content.all_items for alias in item.aliases}
    missing = {address: previous for address, previous in history.addresses.items() if address not in current}
    by_path = {item.document.path: item for item in content.all_items if item.document.path in content.addresses}
    previous_paths = {previous.path for previous in history.addresses.values()}
    by_text = {content.text_of(item): item for path, item in by_path.items() if path not in previous_paths}
    for address, previous in sorted(missing.items()):
        item = by_path.get(previous.path) or by_text.get(previous.digest)
        if item:
            aliases = ", ".join([*item.aliases, address])
            message = f"Địa chỉ {address} đã đăng sẽ không còn. Thêm dòng: aliases: [{aliases}]"
            yield item.problem("slug", "URL_CHANGED", message, "warning")
    lost = len(missing) - sum(1 for previous in missing.values() if previous.digest in by_text)
    if lost > max(3, len(history.addresses) * MAX_SHRINK) and not allow_shrink:
        message = (
            f"Mất {lost} trong {len(history.addresses)} bài so với lần trước. Nếu đúng ý, chạy lại với ALLOW_SHRINK=1"
        )
        yield Problem("content", 0, 0, "SITE_SHRINKS", message)


def empty(content: Content) -> Iterator[Problem]:
    """Report a portal without any item."""
    if not content.all_items:
        yield Problem("content", 0, 0, "CONTENT_EMPTY", "Thư mục nội dung không có bài nào.")
