"""Compare with the addresses of the last good build, to notice what silently went missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
from msgspec import Struct

from plugins.core.errors import Problem
from plugins.core.site.content import Content

#: A smaller part of the stories than this may go missing in one build (faults.md, case 73).
SHRINK_MOST = 0.2


class Address(Struct, frozen=True):
    """One item of the last good build: its file, and the digest of its text."""

    path: str
    digest: str


class History(Struct, frozen=True):
    """The items of the last good build, by address from the portal's root."""

    addresses: Mapping[str, Address]


def encode(content: Content) -> bytes:
    """Return what the next build should be compared with."""
    live = content.addresses
    addresses = {
        live[item.document.path]: Address(item.document.path, content.text_of(item))
        for item in content.all_items
        if item.is_listed and item.document.path in live
    }
    return msgspec.json.encode(History(addresses))


def decode(data: bytes) -> History | None:
    """Return the history that ``encode`` made; ``None`` where it cannot be read."""
    try:
        return msgspec.json.decode(data, type=History)
    except msgspec.MsgspecError:
        return None


def compare(content: Content, history: History, allow_shrink: bool) -> Iterator[Problem]:
    """Addresses that readers know and that would lead nowhere now; a site that shrinks at once."""
    alive = set(content.addresses.values())
    alive |= {alias.rstrip("/") + "/" for item in content.all_items for alias in item.aliases}
    gone = {address: was for address, was in history.addresses.items() if address not in alive}
    by_path = {item.document.path: item for item in content.all_items if item.document.path in content.addresses}
    known = {was.path for was in history.addresses.values()}
    by_text = {content.text_of(item): item for path, item in by_path.items() if path not in known}
    for address, was in sorted(gone.items()):
        moved = by_path.get(was.path) or by_text.get(was.digest)
        if moved:
            aliases = ", ".join([*moved.aliases, address])
            message = f"Địa chỉ {address} đã đăng sẽ không còn. Thêm dòng: aliases: [{aliases}]"
            yield moved.problem("slug", "URL_CHANGED", message, "warning")
    lost = len(gone) - sum(1 for was in gone.values() if was.digest in by_text)
    if lost > max(3, len(history.addresses) * SHRINK_MOST) and not allow_shrink:
        message = (
            f"Mất {lost} trong {len(history.addresses)} bài so với lần trước. Nếu đúng ý, chạy lại với ALLOW_SHRINK=1"
        )
        yield Problem("content", 0, 0, "SITE_SHRINKS", message)


def empty(content: Content) -> Iterator[Problem]:
    """A portal without an item is a mistake, never a wish."""
    if not content.all_items:
        yield Problem("content", 0, 0, "CONTENT_EMPTY", "Thư mục nội dung không có bài nào.")
