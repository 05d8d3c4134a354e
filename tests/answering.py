"""Have servers answer while a test asks them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import BaseServer
from typing import TypeVar

S = TypeVar("S", bound=BaseServer)

_POLL_SECONDS = 0.02  # so long the end of a test waits; half a second by default


@contextmanager
def answering(server: S) -> Iterator[S]:
    """Have ``server`` answer in a thread of its own until the end of the block, which closes it."""
    threading.Thread(target=server.serve_forever, args=(_POLL_SECONDS,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
