"""Formats: how each generator wants an article, its links and its pictures."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from .articles import CATEGORIES, Article


@dataclass(frozen=True)
class Flavour:
    """The form in which one generator wants its files.

    ``articles`` is their folder; ``pictures`` that of the pictures, or nothing when they
    lie beside the articles. ``front`` makes what stands above a text, ``link`` the
    address of an article, ``picture`` is what precedes a picture's name. ``others`` are
    the files without which the site is not whole.
    """

    articles: str
    pictures: str
    front: Callable[[Article], str]
    link: Callable[[Article], str]
    picture: str
    others: dict[str, str] = field(default_factory=dict)


def _yaml(fields: dict[str, object]) -> str:
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items())
    return "\n".join(["---", *lines, "---", "", ""])


def _portal_front(article: Article) -> str:
    return _yaml(
        {
            "title": article.title,
            "date": f"{article.date:%Y-%m-%d %H:%M}",
            "category": article.category,
            "tags": article.tags,
            "summary": article.summary,
            "image": jpeg(article.picture),
            "image_alt": article.picture_alt,
        }
    )


def _hugo_front(article: Article) -> str:
    return _yaml(
        {
            "title": article.title,
            "date": article.date.isoformat(),
            "categories": [article.category],
            "tags": article.tags,
            "summary": article.summary,
            "image": f"/images/{jpeg(article.picture)}",
            "image_alt": article.picture_alt,
        }
    )


def _pelican_front(article: Article) -> str:
    fields = {
        "Title": article.title,
        "Date": f"{article.date:%Y-%m-%d %H:%M}",
        "Category": CATEGORIES[article.category],
        "Tags": ", ".join(article.tags),
        "Slug": article.slug,
        "Summary": article.summary,
        "Image": f"images/{jpeg(article.picture)}",
        "Image_alt": article.picture_alt,
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items()) + "\n"


def jpeg(picture: int) -> str:
    return f"anh-{picture}.jpg"


#: What the menu and the footer of our portal lead to, and one item of each further section.
_PORTAL_OTHERS = {
    **{
        f"trang/{name}/index.md": _yaml({"title": title}) + "Trang này giới thiệu về tuổi trẻ trong tỉnh.\n"
        for name, title in (
            ("gioi-thieu", "Giới thiệu"),
            ("lien-he", "Liên hệ"),
            ("gop-y-kien", "Góp ý kiến"),
            ("co-cau-to-chuc", "Cơ cấu tổ chức"),
            ("tiep-can", "Khả năng tiếp cận"),
        )
    },
    **{
        f"banner/{name}/index.md": _yaml(
            {"title": title, "image": "anh-0.jpg", "alt": title, "link": link, "position": position}
        )
        for name, title, link, position in (
            ("tuyen-dung", "Tuyển dụng", "/tuyen-dung/", "left"),
            ("gop-y", "Góp ý kiến", "/gop-y-kien/", "home"),
        )
    },
    "video/ra-quan/index.md": _yaml(
        {
            "title": "Ngày ra quân",
            "date": "2025-06-01 08:00",
            "youtube": "abcdefghijk",
            "poster": "anh-0.jpg",
            "poster_alt": "Sân nhà văn hóa trong ngày ra quân",
            "duration": "1:30",
        }
    )
    + "Lời bình của đoạn phim.\n",
    "tuyen-dung/can-bo/index.md": _yaml(
        {
            "title": "Tuyển cán bộ phụ trách Đội",
            "date": "2025-12-01 08:00",
            "deadline": "2026-03-31",
            "unit": "Trung tâm Hoạt động thanh thiếu nhi",
        }
    )
    + "Hồ sơ nộp tại văn phòng.\n",
}

FLAVOURS = {
    "portal": Flavour(
        articles="tin-tuc",
        pictures="",
        front=_portal_front,
        link=lambda target: f"../../{target.path}.md",
        picture="",
        others=_PORTAL_OTHERS,
    ),
    "pelican": Flavour(
        articles="tin-tuc",
        pictures="images",
        front=_pelican_front,
        link=lambda target: f"{{filename}}/tin-tuc/{target.path}.md",
        picture="{static}/images/",
    ),
    "hugo": Flavour(
        articles="content/tin-tuc",
        pictures="static/images",
        front=_hugo_front,
        link=lambda target: f"/tin-tuc/{target.path}/",
        picture="/images/",
        others={
            "content/tin-tuc/_index.md": _yaml({"title": "Tin tức"}),
            **{f"content/categories/{slug}/_index.md": _yaml({"title": title}) for slug, title in CATEGORIES.items()},
        },
    ),
}
