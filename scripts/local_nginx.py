"""Serve a folder by this machine's nginx with docs/nginx.conf, for measurements and tests."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.errors import RefusedError

ROOT = Path(__file__).resolve().parent.parent

MAIN = """
daemon off;
worker_processes 1;
pid {here}/nginx.pid;
error_log {here}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {here}/body;
    proxy_temp_path {here}/proxy;
    fastcgi_temp_path {here}/fastcgi;
    uwsgi_temp_path {here}/uwsgi;
    scgi_temp_path {here}/scgi;
    include {here}/portal.conf;
}}
"""
"""What stands around a site's configuration; all that it writes goes to the folder ``here``."""


@contextmanager
def served(root: Path, here: Path, program: str) -> Iterator[int]:
    """Run nginx over a server's folder, and yield its port: of docs/nginx.conf only folder and port are ours.

    ``here`` takes configuration and log; nginx's workers must be able to enter it. Raises ``RefusedError`` where nginx
    does not run or does not answer.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    published = (ROOT / "docs" / "nginx.conf").read_text("utf-8").replace("    listen [::]:80;\n", "")
    published = published.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/portal", str(root))
    (here / "portal.conf").write_text(published, "utf-8")
    (here / "nginx.conf").write_text(MAIN.format(here=here), "utf-8")
    command = [program, "-c", str(here / "nginx.conf"), "-e", str(here / "error.log")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as nginx:
        try:
            _wait_for(port, nginx)
            yield port
        finally:
            nginx.terminate()


def _wait_for(port: int, nginx: subprocess.Popen[str]) -> None:
    for _ in range(200):
        if nginx.poll() is not None:
            reason = nginx.stderr.read() if nginx.stderr else ""
            raise RefusedError(f"nginx không chạy được với docs/nginx.conf. {reason}".strip())
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RefusedError("nginx không trả lời.")
