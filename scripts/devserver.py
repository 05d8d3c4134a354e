"""Serve the output folder to the editor's own browser, and reload its pages after each build.

The pages share one open connection over which they hear of the next build: a browser opens no more
than six to one server. A mistake is shown in the terminal and over the page, and the next good save
takes it away. Nothing of this is ever published.
"""

from __future__ import annotations

import os
import re
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from plugins.core.build.output import MARK

EVENTS = "/__events"
WORKER = "/__events.js"
_WORKER = f"""\
var ports = [], last;
new EventSource("{EVENTS}").onmessage = function (event) {{
  last = event.data;
  ports.forEach(function (port) {{ port.postMessage(last); }});
}};
onconnect = function (event) {{
  ports.push(event.ports[0]);
  if (last) event.ports[0].postMessage(last);
}};
"""
_CLIENT = f"""<script>
(function () {{
  function onBuild(event) {{ if (event.data !== "__BUILD__") location.reload(); }}
  if (window.SharedWorker) new SharedWorker("{WORKER}").port.onmessage = onBuild;
  else new EventSource("{EVENTS}").onmessage = onBuild;
}})();
</script>"""
_NOTE = (
    '<div role="alert" style="position:fixed;inset:auto 0 0 0;z-index:9;max-height:60vh;overflow:auto;'
    'background:#7a0016;color:#fff;padding:1rem;font:14px/1.5 monospace;white-space:pre-wrap">{}</div>'
)


Pictures = Callable[[str], Path | None]


class Board:
    """The number of the last build and its report, for which all connections wait."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.build = int(time.time())  # none that a page of an earlier process has seen
        self.report = ""

    def post(self, report: str) -> None:
        """Tell every open page that a build has ended, with its problems if any."""
        with self._changed:
            self.build += 1
            self.report = report
            self._changed.notify_all()

    def wait(self, seen: int, seconds: float) -> int:
        """Wait until the last build is not ``seen`` or time is up. Returns its number."""
        with self._changed:
            self._changed.wait_for(lambda: self.build != seen, seconds)
            return self.build


class Handler(SimpleHTTPRequestHandler):
    """Serve the output folder; add the reloading script to pages on their way."""

    extensions_map = {  # noqa: RUF012 - the base class's own way
        **SimpleHTTPRequestHandler.extensions_map,
        ".avif": "image/avif",
        ".vtt": "text/vtt",
        ".webmanifest": "application/manifest+json",
    }

    def __init__(self, *args: Any, board: Board, base: str, pictures: Pictures, **kwargs: Any) -> None:
        self._board = board
        self._base = base
        self._pictures = pictures
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        if self.path == EVENTS:
            return self._events()
        if self.path == WORKER:
            return self._send(_WORKER.encode(), HTTPStatus.OK, "text/javascript; charset=utf-8")
        path = Path(self.translate_path(self.path))
        if os.path.isdir(path) and self.path.split("?")[0].endswith("/"):
            path = path / "index.html"
        if not os.path.exists(path):  # Path's own raises where a name is too long
            if picture := self._pictures(os.path.relpath(path, self.directory)):
                return self._send(picture.read_bytes(), HTTPStatus.OK, self.guess_type(picture))
            not_found = Path(self.directory) / "404.html"
            return (
                self._page(not_found, HTTPStatus.NOT_FOUND) if not_found.exists() else self._text("Chưa có trang nào.")
            )
        if path.suffix == ".html":
            return self._page(path, HTTPStatus.OK)
        if os.path.isfile(path) and (span := _range(self.headers.get("Range", ""), path.stat().st_size)):
            return self._part(path, *span)
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Accept-Ranges", "bytes")
        super().end_headers()

    def _part(self, path: Path, start: int, end: int, size: int) -> None:
        """Send the bytes from ``start`` to before ``end``, as players ask for films (RFC 9110 § 14)."""
        is_satisfiable = start < end
        self.send_response(HTTPStatus.PARTIAL_CONTENT if is_satisfiable else HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        self.send_header("Content-Range", f"bytes {start}-{end - 1}/{size}" if is_satisfiable else f"bytes */{size}")
        self.send_header("Content-Length", str(end - start if is_satisfiable else 0))
        self.send_header("Content-Type", self.guess_type(path))
        self.end_headers()
        with path.open("rb") as file:
            file.seek(start)
            remaining = max(0, end - start)
            while data := file.read(min(remaining, 1 << 16)):
                self.wfile.write(data)
                remaining -= len(data)

    def _page(self, path: Path, status: HTTPStatus) -> None:
        note = _NOTE.format(escape(self._board.report)) if self._board.report else ""
        client = _CLIENT.replace("__BUILD__", str(self._board.build))
        try:
            html = path.read_text("utf-8", "replace")  # a person's own file may be in any encoding
        except OSError:  # a build has just taken it away
            return self._text("Trang này vừa bị bỏ đi.")
        self._send(html.replace("</body>", f"{note}{client}</body>").encode(), status)

    def _text(self, text: str) -> None:
        note = _NOTE.format(escape(self._board.report or text))
        client = _CLIENT.replace("__BUILD__", str(self._board.build))
        html = f"<!doctype html><meta charset=utf-8><title>…</title><body>{note}{client}</body>"
        self._send(html.encode(), HTTPStatus.OK)

    def _send(self, data: bytes, status: HTTPStatus, kind: str = "text/html; charset=utf-8") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def _events(self) -> None:
        """Send events: a line now, then one after each build (WHATWG HTML § 9.2)."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        try:
            while True:
                build = self._board.build
                self.wfile.write(f"data: {build}\n\n".encode())
                self.wfile.flush()
                self._board.wait(build, 15)
        except OSError:
            pass  # the reader has left

    def translate_path(self, path: str) -> str:
        """Map a request to a file; under a base path as when the portal is published there."""
        if self._base and path.startswith(f"{self._base}/"):
            path = path.removeprefix(self._base)
        disk_path = super().translate_path(path)
        first = os.path.relpath(disk_path, self.directory).partition(os.sep)[0]
        # what a build keeps for itself beside its pages is no page, here as on the web server
        is_private = first.lower().startswith(MARK) or "\0" in disk_path
        return os.path.join(self.directory, MARK, "none") if is_private else disk_path

    def list_directory(self, path: Any) -> None:
        """List no folder: one without a page is none, as ``GET`` has answered already."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: Any) -> None:
        """Log no requests: the terminal is for builds and mistakes."""


def _range(header: str, size: int) -> tuple[int, int, int] | None:
    """Return what ``Range: bytes=…`` asks of a file: start, end (not included) and the file's size; ``None`` for
    all of it, also where several parts are asked for."""
    match = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", header.strip(), re.ASCII | re.IGNORECASE)
    if not match or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return max(0, size - int(last)), size, size
    if last and int(last) < int(first):
        return None  # no range at all
    return int(first), min(int(last) + 1, size) if last else size, size


class QuietServer(ThreadingHTTPServer):
    """One thread for each connection, none of which keeps the program alive."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell nothing of a browser that goes away in the midst of an answer."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Server(QuietServer):
    """Serve an output folder to this machine alone."""

    def __init__(
        self, output: Path, board: Board, port: int, base: str = "", pictures: Pictures = lambda path: None
    ) -> None:
        """``pictures`` returns the file of a picture that the output has not yet, by its output path."""
        handler = partial(Handler, directory=str(output), board=board, base=base, pictures=pictures)
        super().__init__(("127.0.0.1", port), handler)
