"""Equal inputs mean equal views, bodies apart: in every section that tells what its pages are made from."""

import random
from collections import Counter
from functools import cache

import msgspec
import pytest

from plugins.comments.model import Approved, write
from plugins.core.media.picture_file import PictureFile
from plugins.core.model.values import Body
from plugins.core.pelican_adapter import load
from plugins.core.site.fingerprints import page_fingerprints, view_digest
from plugins.core.text import dates
from tests.tiny import CONF
from tests.world import a_content, an_article, changed, item, pages_of

SETTINGS = load(CONF)
NEWS_ONLY = {"news", "tags", "categories", "authors", "archive", "comments"}
OPTIONS = {
    **SETTINGS.options,
    "comments": {"isso": "https://isso.example/"},
    "page": {"aside": ("recruitment",)},  # a block that is there in the world of all sections
}
MOMENTS = [dates.parse(day) for day in ("2026-11-23 20:00", "2026-11-25 08:00", "2026-12-02 12:00", "2027-02-01 08:00")]
MODELS = {section.folder: section.model for section in SETTINGS.sections if section.model}
TAGS = [f"thẻ {number}" for number in range(9)]
TITLES = ["Một", "Hai", "Ba"]
ALBUM = '![Ảnh](anh.jpg "Chú thích")\n![Hai](hai.jpg)'
BODIES = ["Chữ.", "Chữ khác.", "Xem [bài](/tin-tuc/1/).", "![Ảnh](anh.jpg)", "[Tệp](a.pdf)"]

#: What every story may have.
STORY = {
    "title": TITLES,
    "date": [f"2026-{month}-0{day}" for month in ("01", "03", "11") for day in "123"] + ["2026-11-24"],
    "updated": ["", "", "2026-11-22 08:00", "2026-11-24 08:00"],
    "tags": [""],
    "author": ["", "Ban Phong trào", "Lê Thủy", "Lê Thụy"],
    "image": ["", "anh.jpg"],
    "image_alt": ["Ảnh"],
    "summary": ["", "Tóm tắt."],
    "status": ["published"] * 5 + ["unlisted", "draft"],
    "body": BODIES,
}

#: What the fields of each section's items are taken from, by its folder.
FIELDS = {
    "tin-tuc": {**STORY, "category": ["tin", "doan"], "featured_until": ["", "2026-11-24"]},
    "tin-tot": {**STORY, "kind": ["tin", "chuyen"], "place": ["", "La Gi"]},
    "thu-vien-anh": {**STORY, "category": ["", "tin"], "place": ["", "La Gi"], "body": [ALBUM, f"Chữ.\n\n{ALBUM}"]},
    "video": {
        **STORY, "category": ["", "tin"], "youtube": ["aqz-KE-bpKQ"], "poster": ["anh.jpg", "hai.jpg"],
        "poster_alt": ["Bìa"], "duration": ['"1:30"', '"2:30"'],
    },
    "su-kien": {
        **STORY, "begins": ["2026-11-24", "2026-11-24 09:00", "2027-01-05"], "ends": ["", "2027-01-06"],
        "place": ["Hội trường", "Công viên"], "state": ["", "", "hoan", "huy"], "organiser": ["", "Tỉnh đoàn"],
    },
    "tuyen-dung": {
        **STORY, "deadline": ["2026-11-24", "2026-12-01 17:00", "2027-03-01"], "unit": ["Tỉnh đoàn", "Văn phòng"],
        "quota": ["", "2"], "files": ["", "a.pdf"],
    },
    "an-pham": {
        **STORY, "kind": ["tai-lieu-sinh-hoat", "van-kien", "so-lieu", "sach"], "month": ["", "2026-11", "2026-12"],
        "files": ["", "a.pdf", "bang.csv"],
    },
    "gop-y": {
        **STORY, "closes": ["2026-11-24", "2026-12-01", "2027-03-01"], "opens": ["", "2026-11-24 08:00"],
        "unit": ["Văn phòng"], "answered": ["", "2026-12-02"], "answer": ["", "a.pdf"], "questions": ["", "[Được chưa?]"],
    },
    "van-ban": {
        **STORY, "kind": ["ke-hoach", "cong-van"], "number": ["7-KH/TĐTN", "8-KH/TĐTN", "1-CV/TĐTN-VP"],
        "unit": ["Văn phòng", "Ban Phong trào"], "expires": ["", "2026-11-24", "2026-12-30"], "files": ["", "a.pdf"],
        "replaces": ["", "", "7-KH/TĐTN"], "category": [""],
    },
    "chuyen-de": {"title": TITLES, "gathers": TAGS, "image": ["", "anh.jpg"], "ends": ["", "2026-11-24"], "body": BODIES},
}  # fmt: skip


@cache
def read(folder, name, fields, body):
    values = {field: value for field, value in fields if value}
    return item(MODELS[folder], f"{folder}/{name}/index.md", body, **values)


class World:
    """Some items of each section, changed at random, one thing at a time."""

    def __init__(self, seed, folders, count, tags, sections):
        self.random = random.Random(seed)
        self.tags = TAGS[:tags]
        self.folders, self.count = folders, count
        self.sections = tuple(section for section in SETTINGS.sections if section.name in sections)
        self.items = {(folder, str(n)): self.fields(folder) for folder in folders for n in range(count)}
        self.pictures, self.sizes, self.page_counts = Counter(), Counter(), Counter()
        self.commented = []
        self.now = MOMENTS[0]

    def fields(self, folder):
        fields = {name: self.random.choice(values) for name, values in FIELDS[folder].items()}
        if "tags" in fields:
            fields["tags"] = f"[{', '.join(self.random.sample(self.tags, self.random.choice([0, 1, 2])))}]"
        return fields

    def change(self):
        key = self.random.choice(sorted(self.items))
        match self.random.randrange(12):
            case 0:
                self.pictures[key] = self.random.randrange(3)
            case 1:
                self.commented = self.random.sample(sorted(self.items), 1)
            case 2 if len(self.items) > 3 * len(self.folders):
                del self.items[key]
            case 3 | 4:
                folder = self.random.choice(self.folders)
                self.items[folder, str(self.random.randrange(self.count + 3))] = self.fields(folder)
            case 5:
                self.sizes[key] = self.random.randrange(3)
                self.page_counts[key] = self.random.randrange(3)
            case 6:
                self.now = self.random.choice(MOMENTS)
            case _:
                fields = self.fields(key[0])
                field = self.random.choice(sorted(fields))
                self.items[key] = {**self.items[key], field: fields[field]}

    def pages(self):
        paths = {key: "/".join(key) for key in self.items}
        items = []
        for (folder, name), fields in sorted(self.items.items()):
            others = tuple((field, value) for field, value in sorted(fields.items()) if field != "body")
            items.append(read(folder, name, others, fields["body"]))
        comments = [
            Approved(thread=f"/{path}/", id=1, author="Lan", created=1, html="<p>Hay</p>")
            for key, path in paths.items() if key in self.commented
        ]  # fmt: skip
        content = a_content(
            *items,
            sections=self.sections,
            now=self.now,
            options=OPTIONS,
            external_inputs={"comments": write(comments)},
            files={
                f"{path}/{name}": 10_000 + 5000 * self.sizes[key]
                for key, path in paths.items() for name in ("a.pdf", "bang.csv", "anh.jpg", "hai.jpg")
            },
            tables={f"{path}/bang.csv": (("Tên", "Số"), ("A", str(self.sizes[key]))) for key, path in paths.items()},
            page_counts={f"{path}/a.pdf": self.page_counts[key] for key, path in paths.items()},
        )  # fmt: skip
        shown = {
            f"{path}/{name}": PictureFile(f"{path}/{name}", f"{self.pictures[key]:012}", 60, 40)
            for key, path in paths.items() for name in ("anh.jpg", "hai.jpg")
        }  # fmt: skip
        return pages_of(changed(content, pictures=shown))


def without_bodies(value):
    """Return the value with the digests of its bodies taken out."""
    if isinstance(value, Body):
        return msgspec.structs.replace(value, digest="")
    if isinstance(value, msgspec.Struct):
        values = {name: getattr(value, name) for name in value.__struct_fields__}
        others = {name: new for name, old in values.items() if (new := without_bodies(old)) is not old}
        return msgspec.structs.replace(value, **others) if others else value
    if isinstance(value, tuple) and value:
        values = [without_bodies(element) for element in value]
        return tuple(values) if any(new is not old for new, old in zip(values, value, strict=True)) else value
    return value


def equal_inputs_mean_equal_views(world, steps):
    """Change the world step by step. Returns how often inputs were met again, by the first folder of the page."""
    views = {}
    met = Counter()
    for _ in range(steps):
        for path, page in world.pages().items():
            if page.inputs:
                digest = view_digest(page.template, without_bodies(page.view))
                for level, fingerprint in enumerate(page_fingerprints(page)):
                    known = views.setdefault((path, level, fingerprint), digest)
                    assert known == digest, path
                    met[path.partition("/")[0]] += known is not digest
        world.change()
    return met


@pytest.mark.parametrize(("seed", "count", "tags"), [(1, 4, 2), (2, 12, 3), (3, 42, 2), (4, 16, 9)])
def test_among_stories(seed, count, tags):
    met = equal_inputs_mean_equal_views(World(seed, ["tin-tuc"], count, tags, NEWS_ONLY), 300)
    assert met["tin-tuc"] > 500 and sum(met.values()) > 1000  # else the test would say nothing


@pytest.mark.parametrize("seed", range(3))
def test_among_the_items_of_all_sections(seed):
    sections = {section.name for section in SETTINGS.sections}
    met = equal_inputs_mean_equal_views(World(seed, list(FIELDS), 5, 4, sections), 100)
    folders = {
        "tin-tuc", "chuyen-muc", "the", "tac-gia", "luu-tru", "video", "thu-vien-anh", "su-kien", "tuyen-dung",
        "an-pham", "gop-y", "van-ban", "moi-ngay-mot-tin-tot", "atom.xml", "rss.xml", "feed.json",
    }  # fmt: skip
    assert all(met[folder] > 50 for folder in folders), met
    assert met.keys() == folders  # whoever gives inputs has to be in this world


def test_a_new_story_far_away_leaves_the_inputs_of_others_as_they_were():
    stories = [an_article(f"bai-{n}", date=f"2026-01-{n:02}", tags="gần") for n in range(1, 20)]
    before = pages_of(a_content(*stories))
    after = pages_of(a_content(*stories, an_article("moi", date="2026-02-01", tags="xa", category="doan")))
    stories = [path for path in before if path.startswith("tin-tuc/bai")]
    assert len(stories) == 19
    assert all([*page_fingerprints(before[path])] == [*page_fingerprints(after[path])] for path in stories)


def test_a_story_that_shares_a_tag_and_is_not_near_leaves_the_last_inputs_of_others_as_they_were():
    stories = [an_article(f"bai-{n}", date=f"2026-01-{n:02}", tags="gần, rất gần") for n in range(1, 20)]
    before = pages_of(a_content(*stories))
    after = pages_of(a_content(*stories, an_article("moi", date="2026-02-01", tags="gần", category="doan")))
    first, last = zip(*map(page_fingerprints, (before[path] for path in before if "bai-" in path)), strict=True)
    new_first, new_last = zip(*map(page_fingerprints, (after[path] for path in before if "bai-" in path)), strict=True)
    assert set(first).isdisjoint(new_first) and last == new_last
