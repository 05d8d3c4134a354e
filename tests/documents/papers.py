"""Registers for tests, made from a few words."""

from plugins.documents import SECTION
from plugins.documents.model import Paper
from tests.world import NOW, a_content, check, item, make_pages, pages_of


def a_paper(name="ke-hoach", **fields):
    """Return a plan of 2026 at ``content/van-ban/2026/<name>/``."""
    values = {
        "title": name.capitalize(),
        "kind": "ke-hoach",
        "number": "7-KH/TĐTN",
        "date": "2026-01-05",
        "unit": "Văn phòng",
        **fields,
    }
    return item(Paper, f"van-ban/2026/{name}/index.md", **{key: value for key, value in values.items() if value})


def content_of(*papers, now=NOW, **more):
    return a_content(*papers, sections=(SECTION,), now=now, **more)


def detail(content, name):
    return pages_of(content)[f"van-ban/2026/{name}/index.html"].view


def state_of(content, name):
    return detail(content, name).row.state.words


def errors_of(content):
    """Return the problems of the documents, advice on wording apart."""
    return [problem for problem in check(content, tuple(make_pages(content))) if problem.severity == "error"]
