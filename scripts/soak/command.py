"""``make soak``: kill, fill the disk, damage the cache, push in bursts, read all the while; print counts."""

from __future__ import annotations

import http.client
import os
import random
import re
import shutil
import sys
import threading
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.bench.measure import BenchError
from scripts.soak.site import INJECTED, Site

ERRORS = ("full", "worn", "denied", "crowded")
"""What the disk answers at one step: no room, an error of its own, no right, too many open files."""

KINDS = ("publish", "tidy", "build", "random", *ERRORS, "cache", "burst", "read")


class Soak:
    """One kind of trouble, its site, and what was counted."""

    def __init__(self, site: Site, times: int, seed: int) -> None:
        self.site, self.times, self.random = site, times, random.Random(seed)
        self.counts: Counter[str] = Counter()
        self.turn = 0

    def next_word(self) -> str:
        self.turn += 1
        return self.site.write(f"tin{self.turn}")

    def injected(self, program: str, action: str, at: int, **more: str) -> dict[str, str]:
        return {"PYTHONPATH": str(INJECTED), "SOAK_PROGRAM": program, "SOAK_ACTION": action, "SOAK_AT": str(at), **more}

    def steps(self, program: str, action: str, **more: str) -> int:
        """Return how many steps a program takes in a push that goes well."""
        path = self.site.folder / "steps"
        path.write_text("0", "utf-8")
        self.next_word()
        self.site.push(**self.injected(program, action, 0, SOAK_COUNT=str(path), **more))
        self.site.settle()
        return int(path.read_text("utf-8"))

    def check(self, *words: str) -> None:
        """Count whether readers have one of ``words`` whole."""
        self.site.settle()
        word, broken = self.site.live_word(), self.site.broken()
        self.counts["whole" if word in words and not broken else "BROKEN"] += 1
        self.counts[f"live: {'new' if word == words[-1] else 'old'}"] += 1
        if broken or word not in words:
            print(f"BROKEN: {word} not in {words}: {broken[:5]}", file=sys.stderr)

    def check_recovery(self, word: str, moment: str = "") -> None:
        """Count whether the timer, and then the next push, make good what was broken off."""
        try:
            answer = self.site.run(str(self.site.root / "bin" / "portal"), "catch-up")
        except BenchError as error:
            answer = str(error)
        self.site.settle()
        if self.site.live_word() != word:
            print(f"NOT CAUGHT UP: {moment}\n{answer}", file=sys.stderr)
        self.counts["caught up" if self.site.live_word() == word else "NOT CAUGHT UP"] += 1
        newer = self.next_word()
        answer = self.site.push()
        self.site.settle()
        self.counts["next push live" if self.site.live_word() == newer else "NEXT PUSH FAILED"] += 1
        if self.site.live_word() != newer:
            print(answer, file=sys.stderr)

    def kill_at_steps(self, program: str, action: str = "kill", **more: str) -> None:
        """Break a program of the deployment at steps spread over all of it."""
        steps = self.steps(program, action, **more)
        self.counts["steps"] = steps
        chosen = sorted(self.random.sample(range(1, steps + 1), min(steps, self.times)))
        chosen += [self.random.randint(1, steps) for _ in range(self.times - len(chosen))] if action == "kill" else []
        for at in chosen:
            old = self.site.live_word()
            word = self.next_word()
            answer = self.site.push(**self.injected(program, action, at, **more))
            if action in ERRORS and "remote: Traceback" in answer:
                self.counts["TRACEBACK"] += 1
                print(answer, file=sys.stderr)
            self.check(old, word)
            self.check_recovery(word, f"{action} {program} at step {at}: {answer}")

    def kill_at_random_times(self) -> None:
        """Kill a push with all of its processes after a random time."""
        started = time.monotonic()
        self.next_word()
        self.site.push()
        length = time.monotonic() - started
        for _ in range(self.times):
            old = self.site.live_word()
            word = self.next_word()
            with self.site.pushing() as process:
                time.sleep(self.random.uniform(0, 1.2 * length))
                self.site.kill_session(process)
            self.check(old, word)
            answer = self.site.push()
            self.site.settle()
            self.check_recovery(word, answer)

    def damage_cache(self) -> None:
        """Damage a file of what builds keep in a random way."""
        root = self.site.root
        for _ in range(self.times):
            folders = (root / "cache", root / "work", root / "standby", root / "env")
            files = [
                path for folder in folders for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts
            ]
            files += [path for path in (root / "standby.of", root / "state.json") if path.is_file()]
            path = self.random.choice(files)
            name = path.relative_to(root).parts[0]
            damage = self.random.choice(("cut", "zeros", "noise", "gone", "folder"))
            copy = path.with_name(f"{path.name}.copy")  # a hard link of a live page is not to be written into
            shutil.copyfile(path, copy)
            os.replace(copy, path)
            _DAMAGES[damage](path, self.random)
            word = self.next_word()
            answer = self.site.push()
            self.check(word)
            self.counts[f"{damage} in {name}"] += 1
            if self.site.live_word() != word:
                print(path, damage, answer, file=sys.stderr)

    def push_in_bursts(self) -> None:
        """Take 20 pushes in less than 10 seconds, ``times`` / 20 bursts of them."""
        for _ in range(max(1, self.times // 20)):
            threads, started = [], time.monotonic()
            for _ in range(20):
                word = self.next_word()
                threads.append(threading.Thread(target=self.site.push))
                threads[-1].start()
                time.sleep(max(0.0, started + 0.45 * len(threads) - time.monotonic()))
            for thread in threads:
                thread.join()
            self.check(word)
            self.counts["pushes"] += 20
        self.counts["builds"] = len(list(self.site.server.logs.glob("*.log")))

    def read_over_deploys(self) -> None:
        """Read pages and their style sheets through nginx over ``times`` / 2 deploys and rollbacks."""
        stop = threading.Event()
        with self.site.served():
            self.site.wait_for_nginx()
            readers = [threading.Thread(target=self._read, args=(stop,)) for _ in range(4)]
            for reader in readers:
                reader.start()
            for turn in range(self.times // 2):
                self.next_word()
                self.site.push()
                if turn % 10 == 9:
                    self.site.run(str(self.site.root / "bin" / "portal"), "rollback")
                    self.site.run(str(self.site.root / "bin" / "portal"), "unpin")
                self.counts["deploys"] += 1
            stop.set()
            for reader in readers:
                reader.join()

    def _read(self, stop: threading.Event) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=10)
        sheets: list[str] = []
        while not stop.is_set():
            try:
                status, body = self.site.ask("/", connection)
                word = body.partition(b"\n")[0].decode()
                is_whole = status == 200 and re.fullmatch(r"tin\d+", word) and b"canonical" in body
                self.counts["pages read" if is_whole else f"BAD PAGE {status}"] += 1
                sheets = [*sheets[-200:], word] if is_whole else sheets
                # the page that this browser opened some deploys ago asks for its style sheet
                wanted = random.choice(sheets)
                status, body = self.site.ask(f"/theme/{wanted}.css", connection)
                self.counts[
                    "style sheets read" if (status, body) == (200, wanted.encode()) else f"BAD SHEET {status}"
                ] += 1
            except (OSError, http.client.HTTPException) as error:
                self.counts[f"NO ANSWER {type(error).__name__}"] += 1
                connection.close()
        connection.close()


def _noise(path: Path, rng: random.Random) -> None:
    path.write_bytes(rng.randbytes(max(1, path.stat().st_size)))


def _folder(path: Path, rng: random.Random) -> None:
    path.unlink()
    path.mkdir()


_DAMAGES: dict[str, Callable[[Path, random.Random], object]] = {
    "cut": lambda path, rng: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "zeros": lambda path, rng: path.write_bytes(bytes(path.stat().st_size)),
    "noise": _noise,
    "gone": lambda path, rng: path.unlink(),
    "folder": _folder,
}


def soak(kind: str, folder: Path, times: int, seed: int) -> Counter[str]:
    """Do one kind of trouble ``times`` times. Returns the counts; those of what must not be are in capitals."""
    site = Site(folder)
    site.lay_out()
    trouble = Soak(site, times, seed)
    match kind:
        case "publish":
            trouble.kill_at_steps("receive")
        case "tidy":
            trouble.kill_at_steps("receive", SOAK_TIDY="1")
        case "build":
            trouble.kill_at_steps("build.py")
        case error if error in ERRORS:
            trouble.kill_at_steps("receive", error)
        case "random":
            trouble.kill_at_random_times()
        case "cache":
            trouble.damage_cache()
        case "burst":
            trouble.push_in_bursts()
        case "read":
            trouble.read_over_deploys()
    site.settle()
    return trouble.counts


def failures(counts: Counter[str]) -> int:
    """Return how often something happened that must not."""
    return sum(count for name, count in counts.items() if re.match(r"[A-Z]{2}", name))


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--kinds", default=",".join(KINDS), help=",".join(KINDS))
    parser.add_argument("--times", type=int, default=200, help="how often each is done")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="other moments for each number")


def run(arguments: Namespace) -> int:
    """Soak and print the counts. Returns 0, or 1 where something happened that must not."""
    bad = 0
    print(f"seed {arguments.seed}")
    for kind in arguments.kinds.split(","):
        # what a killed push left running may still write
        with TemporaryDirectory(prefix="soak-", ignore_cleanup_errors=True) as folder:
            Path(folder).chmod(0o755)  # nginx's workers are of another account
            started = time.monotonic()
            counts = soak(kind, Path(folder) / "site", arguments.times, arguments.seed)
            bad += failures(counts)
            print(
                f"{kind} ({time.monotonic() - started:.0f} s):",
                ", ".join(f"{name} {counts[name]}" for name in sorted(counts)),
                flush=True,
            )
    return 1 if bad else 0
