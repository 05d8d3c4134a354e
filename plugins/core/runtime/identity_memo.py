"""What has been worked out of values that many pages share, found again by the value itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
R = TypeVar("R")


class IdentityMemo(Generic[K, R]):
    """``make(value)`` for each value, once, as long as it is the same object: to compare a
    card with ten thousand others by what it holds costs more than to make it again.

    The values are held, so no other can come to lie where one was. ``most`` of them.
    """

    def __init__(self, make: Callable[[K], R], most: int) -> None:
        self._make = make
        self._most = most
        self._found: dict[int, tuple[K, R]] = {}

    def __call__(self, value: K) -> R:
        found = self._found.get(id(value))
        if found is None:
            if len(self._found) >= self._most:
                self._found.clear()
            found = self._found[id(value)] = value, self._make(value)
        return found[1]
