"""Memoise functions of a content, for as long as the content lives."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar

from plugins.core.model.item import Item


class WithMemo(Protocol):
    """A content, or what is made of it."""

    @property
    def memo(self) -> dict[object, Any]: ...


C = TypeVar("C", bound=WithMemo)
W = TypeVar("W", bound=Item | str)
R = TypeVar("R")


def cached_by_item(function: Callable[[C, W], R]) -> Callable[[C, W], R]:
    """Memoise, per content, a function of an item (by its path) or of a name; all callers get the same object."""

    @wraps(function)
    def cached(content: C, item: W) -> R:
        memo = content.memo.get(function)
        if memo is None:
            memo = content.memo[function] = {}
        key = item if isinstance(item, str) else item.document.path
        result: R | None = memo.get(key)
        if result is None:
            result = memo[key] = function(content, item)
        return result

    return cached
