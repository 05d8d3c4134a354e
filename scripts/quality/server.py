"""Serve a built portal by nginx with docs/nginx.conf."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.errors import RefusedError
from scripts.quality.programs import program

ROOT = Path(__file__).resolve().parent.parent.parent

_MAIN = """
daemon off; pid {here}/nginx.pid; error_log {here}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types; access_log off;
    client_body_temp_path {here}/body; proxy_temp_path {here}/proxy; fastcgi_temp_path {here}/fastcgi;
    uwsgi_temp_path {here}/uwsgi; scgi_temp_path {here}/scgi;
    include {here}/portal.conf;
}}
"""


@contextmanager
def served(output: Path) -> Iterator[str]:
    """Serve a copy of the folder, and yield its address: of docs/nginx.conf only the folder and the port are ours."""
    with tempfile.TemporaryDirectory(prefix="quality-") as name:
        here = Path(name)
        here.chmod(0o755)
        shutil.copytree(output, here / "current", copy_function=shutil.copyfile)
        for folder in (here / "current", *(path for path in (here / "current").rglob("*") if path.is_dir())):
            folder.chmod(0o755)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        published = (ROOT / "docs/nginx.conf").read_text("utf-8").replace("    listen [::]:80;\n", "")
        published = published.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/portal", name)
        (here / "portal.conf").write_text(published, "utf-8")
        (here / "nginx.conf").write_text(_MAIN.format(here=name), "utf-8")
        command = [program("nginx"), "-c", f"{name}/nginx.conf", "-e", f"{name}/error.log"]
        with subprocess.Popen(command) as nginx:
            try:
                _wait_for(port, nginx)
                yield f"http://localhost:{port}"
            finally:
                nginx.terminate()


def _wait_for(port: int, nginx: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if nginx.poll() is not None:
            raise RefusedError("nginx không chạy được với docs/nginx.conf.")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RefusedError("nginx không trả lời.")
