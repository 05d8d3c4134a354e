"""Whatever was done to a portal step by step, it is what a build from nothing makes of it."""

import os
import random
import shutil

import pytest

from plugins.core.build.output import MARK
from plugins.core.build.pipeline import build
from plugins.core.build.session import State
from plugins.core.errors import PortalError, Problem, errors
from plugins.core.pelican_adapter import load
from tests.tiny import CONF, ROOT, TinySite, a_jpeg, a_story, a_tiny_site

STEPS = int(os.environ.get("STEPS", "120"))
SEEDS = 4
TAGS = ["biển đảo", "tình nguyện", "hiến máu"]
CATEGORIES = ["tin-hoat-dong", "tinh-nguyen", "bien-dao"]


class Portal:
    """A tiny portal that is changed at random, and built after each change."""

    def __init__(self, site: TinySite, seed: int) -> None:
        self.site = site
        self.random = random.Random(seed)
        self.day = 23
        self.settings: dict[str, object] = {"THEME": str(site.root / "theme")}
        shutil.copytree(ROOT / "theme", site.root / "theme")
        self.living: State | None = None
        for number in range(6):
            self.add(number)
        site.write(
            "tuyen-dung/ke-toan/index.md",
            "---\ntitle: Tuyển kế toán\ndate: 2026-11-01\ndeadline: 2026-11-26 17:00\nunit: Tỉnh đoàn\n---\n\nHồ sơ.\n",
        )

    def stories(self) -> list[str]:
        return sorted(path.parent.name for path in (self.site.content / "tin-tuc/2026/05").glob("*/index.md"))

    def write(self, name: str, **fields: str) -> None:
        date = f"2026-{self.random.randint(1, 11):02}-{self.random.randint(1, 28):02} 08:00"
        others = [other for other in self.stories() if other != name]
        body = f"Một đoạn {self.random.random()}."
        if others and self.random.random() < 0.5:
            body += f" Xem [bài kia](../{self.random.choice(others)}/index.md) hoặc [trang khác](http://thu.example/)."
        values = {
            "title": f"Bài {name} {self.random.randint(0, 9)}", "date": date, "body": body,
            "category": self.random.choice(CATEGORIES), "tags": ", ".join(self.random.sample(TAGS, 2)),
            "image": "anh.jpg", "image_alt": self.random.choice(["Ảnh", "IMG_2024", ""]), **fields,
        }  # fmt: skip
        self.site.write(f"tin-tuc/2026/05/{name}/index.md", a_story(**values))

    def add(self, number: int | None = None) -> None:
        name = f"bai-{number if number is not None else self.random.randint(0, 30)}"
        self.site.write(f"tin-tuc/2026/05/{name}/anh.jpg", a_jpeg(60, 40, self.random.choice(["red", "blue"])))
        self.write(name)

    def replace_picture(self) -> None:
        colour = self.random.choice(["red", "blue", "green"])
        self.site.write(f"tin-tuc/2026/05/{self.random.choice(self.stories())}/anh.jpg", a_jpeg(60, 40, colour))

    def edit_text(self) -> None:
        path = self.site.content / "tin-tuc/2026/05" / self.random.choice(self.stories()) / "index.md"
        before = path.stat()
        path.write_text(
            path.read_text("utf-8").replace("Một đoạn", self.random.choice(["Hai đoạn", "Ba đoạn…"])), "utf-8"
        )
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # as an editor that keeps times

    def rewrite(self) -> None:
        self.write(self.random.choice(self.stories()))

    def unpublish(self) -> None:
        self.write(self.random.choice(self.stories()), status=self.random.choice(["draft", "unlisted", "published"]))

    def delete(self) -> None:
        if len(names := self.stories()) > 4:
            shutil.rmtree(self.site.content / "tin-tuc/2026/05" / self.random.choice(names))

    def rename(self) -> None:
        folder = self.site.content / "tin-tuc/2026/05" / self.random.choice(self.stories())
        folder.rename(folder.with_name(f"doi-{self.random.randint(0, 99999)}"))

    def check_out(self) -> None:
        """Every file anew, as git writes them: other inodes, other times."""
        copy = self.site.root / "copy"
        shutil.copytree(self.site.content, copy, copy_function=shutil.copyfile)
        shutil.rmtree(self.site.content)
        copy.rename(self.site.content)

    def advance(self) -> None:
        self.day = min(self.day + 1, 30)

    def change_setting(self) -> None:
        self.settings["TAGLINE"] = f"Cổng số {self.random.randint(0, 9)}"

    def rename_category(self) -> None:
        rows = [(slug, f"{slug} {self.random.randint(0, 9)}", "") for slug in CATEGORIES]
        known = load(CONF).site.categories
        self.settings["CATEGORIES"] = [
            *rows,
            *((c.slug, c.title, c.summary) for c in known if c.slug not in CATEGORIES),
        ]

    def change_template(self) -> None:
        path = self.site.root / "theme/templates/macros/chips.html"
        path.write_text(
            path.read_text("utf-8") + f"{{# {self.random.random()} #}}\n{self.random.randint(0, 9)}\n", "utf-8"
        )

    def spoil_output(self) -> None:
        files = (path for path in self.site.output.rglob("*") if path.is_file() and path.parent.name != MARK)
        path = self.random.choice(sorted(files))
        if self.random.random() < 0.5:
            path.unlink()
        else:
            path.write_bytes(path.read_bytes() + b"x")

    def spoil_state(self) -> None:
        path = self.random.choice(sorted(p for p in (self.site.root / "cache/state").iterdir() if p.stat().st_size))
        data = bytearray(path.read_bytes())
        data[self.random.randrange(len(data))] ^= 1 << self.random.randrange(8)
        path.write_bytes(data)

    CHANGES = (
        [add, replace_picture, rewrite, unpublish, delete, rename, advance] * 2
        + [edit_text] * 5
        + [check_out, change_setting, rename_category, change_template, spoil_output, spoil_state]
    )

    def build(self, output: str, cache: str, *, is_living: bool = False) -> tuple[Problem, ...]:
        """Build; return all problems but those that only a build after another can see."""
        settings = load(
            CONF, PATH=str(self.site.content), OUTPUT_PATH=str(self.site.root / output),
            CACHE_PATH=str(self.site.root / cache), NOW=f"2026-11-{self.day} 20:00", ALLOW_SHRINK=True, WORKERS=1,
            **self.settings,
        )  # fmt: skip
        if is_living and self.living:
            self.living.next(settings)
        elif is_living:
            self.living = State(settings)
        try:
            problems = build(settings, state=self.living if is_living else None).problems
        except PortalError as fault:
            problems = fault.problems
        return tuple(problem for problem in problems if problem.code != "URL_CHANGED")

    def files(self, folder: str) -> dict[str, bytes]:
        root = self.site.root / folder
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}

    def build_from_nothing(self) -> tuple[Problem, ...]:
        """Build into a new folder, ``cold``, with a cache that has nothing but pictures."""
        for folder in ("cold", "fresh"):
            shutil.rmtree(self.site.root / folder, ignore_errors=True)
        (self.site.root / "fresh").mkdir()
        shutil.copytree(self.site.root / "cache/pictures", self.site.root / "fresh/pictures")  # by content: no state
        return self.build("cold", "fresh")

    def agrees(self, *, is_living: bool) -> None:
        problems = self.build("output", "cache", is_living=is_living)
        assert self.build_from_nothing() == problems
        if not errors(problems):
            assert self.files("output") == self.files("cold")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SEEDS))
def test_after_every_change_the_portal_is_what_a_build_from_nothing_makes(tmp_path, seed):
    portal = Portal(a_tiny_site(tmp_path), seed)
    is_living = seed % 2 == 0  # half as make site does, half as make serve
    portal.agrees(is_living=is_living)
    for step in range(STEPS // SEEDS):
        changes = portal.random.sample(Portal.CHANGES, portal.random.choice([1, 1, 1, 2, 3]))
        for change in changes:
            change(portal)
        try:
            portal.agrees(is_living=is_living)
        except AssertionError as fault:
            fault.add_note(f"seed {seed}, step {step}: {', '.join(change.__name__ for change in changes)}")
            raise


@pytest.mark.parametrize("workers", [2, 4])
def test_any_number_of_workers_makes_the_same(tiny, workers, monkeypatch):
    monkeypatch.setattr("plugins.core.runtime.workers.CHUNK", 3)
    for number in range(12):
        tiny.story(f"bai-{number}", title=f"Bài số {number}", date=f"2026-05-{number + 1:02} 08:00")
    tiny.build(WORKERS=1)
    alone = tiny.files()
    tiny.build(WORKERS=workers, CACHE_PATH=str(tiny.root / "other"), OUTPUT_PATH=str(tiny.root / "output"))
    assert tiny.files() == alone


def test_a_small_edit_starts_no_workers(tiny, monkeypatch):
    tiny.build()
    monkeypatch.setattr("plugins.core.runtime.workers.ProcessPoolExecutor", None)
    tiny.story(body="Chữ khác.")
    of_category = [f"chuyen-muc/tin-hoat-dong/{feed}" for feed in ("atom.xml", "feed.json", "rss.xml")]
    written = [path for path in tiny.build(WORKERS=4).written if not path.startswith("tim-kiem/chi-muc/")]
    assert sorted(written) == [
        "atom.xml",
        *of_category,
        "feed.json",
        "rss.xml",
        "tin-tuc/2026/05/bai/index.html",
    ]


def test_a_build_without_a_change_reads_and_draws_nothing(tiny, monkeypatch):
    tiny.build()
    os.utime(tiny.content / "trang/lien-he/index.md", (1_700_000_000, 1_700_000_000))
    tiny.build()  # its stamps are sure now
    monkeypatch.setattr("plugins.core.source.file_reader.read_item", None)
    monkeypatch.setattr("plugins.core.render.renderer.Renderer.render", None)
    assert tiny.build().written == ()
