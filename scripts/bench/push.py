"""``make bench BENCH=--push``: seconds from ``git push`` to the new word in nginx's answer.

A server's folder as install_server.py makes it, a real git, a real nginx; 10,000 articles, without photographs and
with 25,000. Of these the originals are small, and the files made of them, of the sizes that real ones have, are laid
into the cache: to make them is not what is measured.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from random import Random
from statistics import median

from PIL import Image

from plugins.core.media.picture_sums import path_of
from plugins.core.media.variants import examine
from scripts.local_nginx import served

from .articles import ROOT, Article, article
from .corpus import Corpus
from .measure import BenchError

SITEURL = "https://bench.example.vn"
SECONDS_MAX = 3600

#: Bytes of the files made of one photograph, by their endings: what those of the demonstration have on average.
SIZES = {
    **{"240.avif": 4_000, "480.avif": 9_000, "720.avif": 15_000, "1080.avif": 25_000},
    **{"240.jpg": 6_000, "480.jpg": 15_000, "720.jpg": 27_000, "1080.jpg": 45_000, "1200.jpg": 55_000},
}


@dataclass
class Times:
    """Seconds of one size, by what was done."""

    label: str
    seconds: dict[str, list[float]] = field(default_factory=dict)
    photograph_bytes: int = 0
    photograph_disk: int = 0

    def add(self, name: str, seconds: float) -> None:
        self.seconds.setdefault(name, []).append(seconds)
        print(f"{self.label}: {name}: {seconds:.2f} s", file=sys.stderr, flush=True)


class Photographs(Corpus):
    """A corpus whose articles have photographs of their own, ``photographs`` in all."""

    def __init__(self, root: Path, count: int, photographs: int) -> None:
        super().__init__("portal", root, count)
        self.photographs_each, self.with_one_more = divmod(photographs, count) if count else (0, 0)

    def _write_article(self, article: Article) -> None:
        if not self.photographs_each:
            super()._write_article(article)
            return
        number = article.number
        path = self.root / self.flavour.articles / f"{article.path}.md"
        names = [f"anh-{number}-{index}.jpg" for index in range(self.photographs_each + (number < self.with_one_more))]
        text = re.sub(r"!\[[^]]*\]\(picture:\d+\)\n*", "", "\n\n".join(article.blocks[:-1]) + "\n\n")
        text += "\n\n".join(f"![Toàn cảnh buổi ra quân]({name})" for name in names[1:])
        text = re.sub(r"\[([^]]*)\]\(article:\d+\)", r"\1", text)
        front = self.flavour.front(article).replace(f"anh-{article.picture}.jpg", names[0])
        self._put(path, f"{front}{text}\n\n{article.blocks[-1]}\n".encode())
        for name in names:
            if not (path.parent / name).exists():
                self._put(path.with_name(name), a_photograph(name))


def a_photograph(name: str) -> bytes:
    """Return a small file that says that it is a picture of 1600 by 900, another for each name."""
    comment = name.encode()
    return _BLANK[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2) + comment + _BLANK[2:]


def _blank() -> bytes:
    data = BytesIO()
    Image.new("RGB", (1600, 900), "white").save(data, "JPEG", quality=20)
    return data.getvalue()


_BLANK = _blank()


class PushSite:
    """A server, an editor's clone with ``count`` articles, and nginx before the server."""

    def __init__(self, folder: Path, count: int, photographs: int) -> None:
        self.folder, self.root, self.clone = folder, folder / "server", folder / "clone"
        self.corpus = Photographs(self.clone / "content", count, photographs)
        self.environ = {
            key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "MAKE", "MFLAGS", "PYTHON"))
        }
        self.environ |= {
            f"GIT_{who}_{kind}": "bench@example.vn" for who in ("AUTHOR", "COMMITTER") for kind in ("NAME", "EMAIL")
        }
        self.port = 0

    def prepare(self) -> tuple[int, int]:
        """Lay out server and clone. Returns the bytes of the photographs' files in the cache, and their number."""
        self.folder.mkdir(parents=True)
        self.folder.chmod(0o755)
        installer = ROOT / "scripts" / "install_server.py"
        self.run(sys.executable, str(installer), "--root", str(self.root), "--siteurl", SITEURL)
        self.clone.mkdir()
        for name in ("plugins", "theme", "scripts", "requirements"):
            shutil.copytree(ROOT / name, self.clone / name, ignore=shutil.ignore_patterns("__pycache__", "tools"))
        for name in ("Makefile", "pelicanconf.py", "publishconf.py", ".gitignore"):
            shutil.copy(ROOT / name, self.clone / name)
        self.corpus.write()
        self.git("init", "--quiet", "--initial-branch", "main")
        self.git("remote", "add", "origin", str(self.root / "portal.git"))
        self.commit("Bài của cổng")
        return self.lay_pictures() if self.corpus.photographs_each else (0, 0)

    def lay_pictures(self) -> tuple[int, int]:
        """Lay files of real sizes into the cache, as if they had been made of the photographs."""
        cache = self.root / "cache" / "site" / "pictures"
        cache.mkdir(parents=True)
        noise = Random(1).randbytes(max(SIZES.values()))
        total = number = 0
        for path in sorted(self.corpus.root.rglob("anh-*-*.jpg")):
            picture, problems = examine(path.name, path.read_bytes())
            if not picture:
                raise BenchError(str(problems))
            is_lead = path.stem.endswith("-0")
            for name in [*picture.names, *([picture.shared_name] if is_lead else [])]:
                data = name.encode() + noise[: SIZES[name.partition("-")[2]]]
                (cache / name).write_bytes(data)
                _note(cache / name, data)
                total, number = total + len(data), number + 1
        return total, number

    def run(self, *command: str) -> str:
        done = subprocess.run(command, env=self.environ, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BenchError(f"{command}: {done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def git(self, *words: str) -> str:
        return self.run("git", "-C", str(self.clone), *words)

    def commit(self, subject: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", subject)

    def settle(self) -> None:
        """Wait until what was put off until after the answer is done."""
        for name in (".build.lock", ".prune.lock"):
            self.run("flock", str(self.root / name), "true")

    @contextmanager
    def served(self) -> Iterator[None]:
        """Run nginx with docs/nginx.conf over the server's folder."""
        program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        if not program:
            raise BenchError("nginx is not installed")
        with served(self.root, self.folder, program) as self.port:
            yield

    def get(self, path: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().read().decode("utf-8", "replace")
        except OSError:
            return ""
        finally:
            connection.close()

    def push(self, path: str, word: str) -> tuple[float, float]:
        """Push, and ask nginx until ``word`` is on the page. Returns the seconds until then, and until git returned."""
        started = time.perf_counter()
        with subprocess.Popen(
            ["git", "-C", str(self.clone), "push", "origin", "main"],
            env=self.environ,
            stderr=subprocess.PIPE,
            text=True,
        ) as push:
            while word not in self.get(path):
                time.sleep(0.01)
                if time.perf_counter() - started > SECONDS_MAX or (push.poll() or 0) != 0:
                    raise BenchError(push.communicate()[1])
                if push.poll() == 0 and word not in self.get(path):
                    raise BenchError(push.communicate()[1])
            shown = time.perf_counter() - started
            push.communicate()
        return shown, time.perf_counter() - started

    def edit(self, word: str) -> str:
        """Change one word of an article in the middle and commit. Returns the page's address."""
        old = article(self.corpus.seed, self.corpus.count // 2)
        *blocks, last = old.blocks
        self.corpus._write_article(replace(old, blocks=(*blocks, last.rpartition(" ")[0] + f" {word}.")))
        self.commit(f"Sửa {word}")
        return f"/tin-tuc/{old.path}/"


def _note(path: Path, data: bytes) -> None:
    path_of(path).parent.mkdir(exist_ok=True)
    with path_of(path).open("a") as file:
        file.write(f"{blake2b(data, digest_size=16).hexdigest()} {path.name}\n")


def measure(folder: Path, count: int, photographs: int, rounds: int) -> Times:
    """Measure one size: pushes of one word, then a rollback at rest and one during a build."""
    times = Times(f"{count} articles, {photographs} photographs")
    site = PushSite(folder, count, photographs)
    times.photograph_bytes, files = site.prepare()
    print(f"{times.label}: {files} files of photographs", file=sys.stderr, flush=True)
    with site.served():
        path = site.edit("đầu")
        times.add("first push", site.push(path, "đầu")[1])
        for turn in range(1, rounds + 1):
            site.settle()
            os.sync()
            word = f"sửa{turn}"
            path = site.edit(word)
            shown, answered = site.push(path, word)
            times.add("one word: push to page", shown)
            times.add("one word: push to answer", answered)
        settling = time.perf_counter()
        site.settle()
        times.add("tidying after the answer", time.perf_counter() - settling)
        portal = str(site.root / "bin" / "portal")
        for _ in range(2):
            started = time.perf_counter()
            site.run(portal, "rollback")
            times.add("rollback at rest", time.perf_counter() - started)
        site.edit("khôi")
        with subprocess.Popen(
            ["git", "-C", str(site.clone), "push", "-q", "origin", "main"], env=site.environ, stderr=subprocess.PIPE
        ):
            time.sleep(0.5)
            for _ in range(2):
                started = time.perf_counter()
                site.run(portal, "rollback", sorted(os.listdir(site.root / "releases"))[0])
                times.add("rollback during a build", time.perf_counter() - started)
        site.settle()
    times.photograph_disk = (
        _disk(site.root / "cache" / "site" / "pictures", site.root / "store" / "anh", site.root / "releases")
        if photographs
        else 0
    )
    return times


def _disk(*folders: Path) -> int:
    """Return the bytes of the picture files below ``folders``, each counted once."""
    inodes = {}
    for folder in folders:
        for path in folder.rglob("*"):
            if path.suffix in (".avif", ".jpg") and path.is_file():
                status = path.stat()
                inodes[status.st_ino] = status.st_size
    return sum(inodes.values())


def table(results: list[Times]) -> str:
    """Return the table of the report: medians."""
    names = list(dict.fromkeys(name for times in results for name in times.seconds))
    lines = ["| seconds | " + " | ".join(times.label for times in results) + " |", "|---|" + "---:|" * len(results)]
    for name in names:
        cells = [f"{median(times.seconds[name]):.2f}" if name in times.seconds else "–" for times in results]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    ratios = [
        f"{times.photograph_disk / times.photograph_bytes:.2f}" if times.photograph_bytes else "–" for times in results
    ]
    lines.append("| disk for photographs, copies | " + " | ".join(ratios) + " |")
    return "\n".join(lines) + "\n"
