"""What a page says its view is made from: where that is the same, so is the view but for its text."""

import random
from functools import cache

import pytest

from plugins.archive import SECTION as ARCHIVE
from plugins.authors import SECTION as AUTHORS
from plugins.categories import SECTION as CATEGORIES
from plugins.comments import SECTION as COMMENTS
from plugins.comments.model import Approved, write
from plugins.core.media.picture_file import PictureFile
from plugins.news import SECTION as NEWS
from plugins.news.views import ArticleView
from plugins.tags import SECTION as TAGS
from tests.world import a_content, an_article, changed, pages_of

SECTIONS = NEWS, TAGS, CATEGORIES, AUTHORS, ARCHIVE, COMMENTS
PICTURE = "tin-tuc/{}/anh.jpg"
story = cache(an_article)


class World:
    """A few stories that are changed at random, one thing at a time."""

    def __init__(self, seed: int, count: int, tags: int) -> None:
        self.random = random.Random(seed)
        self.tags = [f"thẻ {number}" for number in range(tags)]
        self.stories = {f"bai-{number}": self.fields() for number in range(count)}
        self.pictures: dict[str, int] = {}
        self.said: list[str] = []

    def fields(self) -> dict[str, str]:
        choose = self.random.choice
        return {
            "title": choose(["Một", "Hai", "Ba"]),
            "date": f"2026-0{choose('123')}-0{choose('123')}",
            "category": choose(["tin", "doan"]),
            "tags": ", ".join(self.random.sample(self.tags, choose([0, 1, 2]))),
            "author": choose(["", "Ban Phong trào"]),
            "image": choose(["", "anh.jpg"]),
            "image_alt": "Ảnh",
            "status": choose(["published"] * 5 + ["unlisted", "draft"]),
            "body": choose(["Chữ.", "Chữ khác.", "Xem [bài](../bai-1/index.md).", "![Ảnh](anh.jpg)", "[Tệp](a.pdf)"]),
        }

    def change(self) -> None:
        name = self.random.choice(sorted(self.stories))
        match self.random.randrange(8):
            case 0:
                self.pictures[name] = self.random.randrange(3)
            case 1:
                self.said = self.random.sample(sorted(self.stories), 1)
            case 2 if len(self.stories) > 3:
                del self.stories[name]
            case 3:
                self.stories[f"bai-{self.random.randrange(45)}"] = self.fields()
            case _:
                given = self.fields()
                field = self.random.choice(sorted(given))
                self.stories[name] = {**self.stories[name], field: given[field]}

    def pages(self):
        items = [story(name, **fields) for name, fields in sorted(self.stories.items())]
        said = [
            Approved(thread=f"/tin-tuc/{name}/", id=1, author="Lan", created=1, html="<p>Hay</p>") for name in self.said
        ]
        content = a_content(
            *items,
            sections=SECTIONS,
            options={"comments": {"isso": "https://isso.example/"}},
            external_inputs={"comments": write(said)},
            files={f"tin-tuc/{name}/a.pdf": 10 for name in self.stories} | {PICTURE.format(n): 9 for n in self.stories},
        )
        shown = {
            PICTURE.format(name): PictureFile(PICTURE.format(name), f"{self.pictures.get(name, 0):012}", 60, 40)
            for name in self.stories
        }
        return pages_of(changed(content, pictures=shown))


@pytest.mark.parametrize(("seed", "count", "tags"), [(1, 4, 2), (2, 12, 3), (3, 42, 2), (4, 16, 9)])
def test_equal_hints_mean_equal_keys_and_equal_keys_equal_views(seed, count, tags):
    world = World(seed, count, tags)
    hints: dict[tuple[str, bytes], bytes] = {}
    keys: dict[tuple[str, bytes, str], bytes] = {}
    asked = 0
    for _ in range(300):
        for path, page in world.pages().items():
            if page.made_from:
                view = page.view
                text = view.body.digest if isinstance(view, ArticleView) else ""
                asked += (path, page.key, text) in keys
                assert keys.setdefault((path, page.key, text), page.key_of(view)) == page.key_of(view), path
                if page.hint:
                    assert hints.setdefault((path, page.sign), page.key) == page.key, path
        world.change()
    assert asked > 1000  # else the test would say nothing


def test_a_new_story_far_away_leaves_the_hints_of_others_as_they_were():
    stories = [an_article(f"bai-{n}", date=f"2026-01-{n:02}", tags="gần") for n in range(1, 20)]
    before = pages_of(a_content(*stories))
    after = pages_of(a_content(*stories, an_article("moi", date="2026-02-01", tags="xa", category="doan")))
    hinted = [path for path in before if path.startswith("tin-tuc/bai")]
    assert len(hinted) == 19
    assert all(before[path].sign == after[path].sign for path in hinted)
