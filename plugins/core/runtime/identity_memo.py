"""Memoise a function by the identity of its argument."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
R = TypeVar("R")


class IdentityMemo(Generic[K, R]):
    """Memoised ``function``: the same object as argument gives the same result.

    Looked up by ``id``, not by equality: to compare a card with ten thousand others by its fields costs more
    than to call ``function`` again. The memo holds its arguments, so no ``id`` is used twice; with
    ``max_size`` of them it is emptied.
    """

    def __init__(self, function: Callable[[K], R], max_size: int) -> None:
        self._function = function
        self._max_size = max_size
        self._results: dict[int, tuple[K, R]] = {}

    def __call__(self, value: K) -> R:
        entry = self._results.get(id(value))
        if entry is None:
            if len(self._results) >= self._max_size:
                self._results.clear()
            entry = self._results[id(value)] = value, self._function(value)
        return entry[1]
