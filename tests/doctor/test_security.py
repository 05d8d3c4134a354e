"""faults.md, group D (41–55): nothing is read outside the content folder, nothing runs."""

import os
import re
import shutil

import pytest

from plugins.core.errors import ContentError
from plugins.news.model import Article
from tests.world import a_content, an_article, check, codes, front, make_pages, pages_of, read

GOOD = {"title": "A", "date": "2026-05-01", "category": "tin"}
ESCAPES = ["../x", "/etc/passwd", "a\\\\b", "%2e%2e/x", "~/x", "a/../../x"]


def failed(tiny):
    with pytest.raises(ContentError) as caught:
        tiny.build()
    return [problem for problem in caught.value.problems if problem.severity == "error"]


@pytest.mark.parametrize("escape", ESCAPES)
@pytest.mark.parametrize("field", ["slug", "category", "image", "aliases"])
def test_case_41_no_field_leads_out_of_its_folder(field, escape):
    if (field, escape) == ("aliases", "/etc/passwd"):
        return  # an address of the portal like any other: /etc/passwd/
    story, problems = read(Article, front(**{**GOOD, field: f'"{escape}"'}), "tin-tuc/bai/index.md")
    assert story is None and set(codes(problems)) <= {"SLUG_INVALID", "FILE_PATH", "ALIAS_INVALID"}


def test_case_41_a_nul_is_told():
    from plugins.core.source.item_parser import read_item
    from tests.world import MARKUP

    story, _, problems, _ = read_item(
        Article, front(**GOOD, image='"a\x00b.jpg"').encode(), "tin-tuc/bai/index.md", MARKUP
    )
    assert story is None and problems


@pytest.mark.parametrize("field", ["save_as", "url", "slug", "aliases"])
def test_case_42_a_sibling_of_the_output_folder_is_out_of_reach(tiny, field):
    """``output_evil`` begins with the letters of ``output``: a prefix of a string is no folder."""
    tiny.story(**{field: "../output_evil/x.html"})
    (problem,) = failed(tiny)
    code = {"slug": "SLUG_INVALID", "aliases": "ALIAS_INVALID"}.get(field, "KEY_UNKNOWN")
    assert (problem.code, problem.path, problem.line) == (code, "content/tin-tuc/2026/05/bai/index.md", 5)
    assert {path.name for path in tiny.root.iterdir()} <= {"content", "cache", "output"}


@pytest.mark.parametrize(
    "link",
    [
        "{static}/../../etc/passwd",
        "{attach}../../../../pelicanconf.py",
        "{filename}../../../.git/config",
        "/etc/passwd",
        "../../../../../etc/passwd",
    ],
)
def test_case_43_a_link_never_publishes_a_file_from_outside(tiny, link):
    tiny.story(body=f"[x]({link}) ![y]({link})")
    assert set(codes(failed(tiny))) <= {"LINK_BROKEN", "PICTURE_MISSING"}
    assert not tiny.output.exists() or not tiny.files()


@pytest.mark.parametrize("target", ["/etc/passwd", "/etc", ".", "index.md", "/khong/co"])
def test_case_44_a_symlink_is_refused_and_never_followed(tiny, target):
    (tiny.content / "tin-tuc/2026/05/bai/lien-ket.md").symlink_to(target)
    assert codes(failed(tiny)) == ["FILE_SPECIAL"]


def test_case_45_pipes_and_folders_named_like_files_never_hang(tiny):
    os.mkfifo(tiny.content / "tin-tuc/2026/05/bai/ong.md")
    (tiny.content / "tin-tuc/2026/05/thu-muc.md").mkdir()
    assert codes(failed(tiny)) == ["FILE_SPECIAL"]


def test_case_47_markup_in_every_field_is_only_text(tiny):
    hostile = '"</script></title><img src=x onerror=alert(1)>Đoàn"'
    tiny.story(title=hostile, summary=hostile, author=hostile, tags=hostile, source=hostile)
    tiny.build()
    for path in tiny.output.rglob("*.html"):
        page = tiny.page(path.relative_to(tiny.output))
        assert not page.find(attrs={"onerror": True}) and not page.find("img", src="x"), path
    for name in ("atom.xml", "rss.xml", "sitemap.xml"):
        import xml.etree.ElementTree as ET

        ET.parse(tiny.output / name)


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "{% include 'base.html' %}", "{{ config }}", "{# x #}", "${7*7}"])
def test_case_48_template_syntax_stays_as_it_was_written(tiny, text):
    tiny.story(title=f'"Đoàn {text}"', body=f"Chữ {text} chữ.")
    tiny.build()
    page = tiny.page("tin-tuc/2026/05/bai/index.html")
    assert page.h1.text == f"Đoàn {text}" and f"Chữ {text} chữ." in page.find("main").text


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://evil.example/x.gif">',
        '<img src="//evil.example/x.gif">',
        "![x](https://evil.example/x.gif)",
        "![x](data:image/gif;base64,R0)",
    ],
)
def test_case_52_a_picture_from_elsewhere_is_refused(html):
    content = a_content(an_article(body=html))
    assert {"PICTURE_REMOTE", "HTML_REMOVED", "PICTURE_MISSING"} & set(codes(check(content, make_pages(content))))
    assert "evil.example" not in str(pages_of(content)["tin-tuc/bai/index.html"].view)


def test_case_53_secrets_and_hidden_files_are_refused(tiny):
    tiny.write("tin-tuc/2026/05/bai/.env", "SECRET=1")
    tiny.write(".aws/config", "x")
    tiny.write(".git/config", "x")  # the content may be a repository of its own
    tiny.story(body="-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA7\n-----END RSA PRIVATE KEY-----")
    reported = {(problem.code, problem.path.rpartition("/")[2]) for problem in failed(tiny)}
    assert (
        ("UPLOAD_TYPE", ".env") in reported
        and ("SECRET", "index.md") in reported
        and ("UPLOAD_TYPE", "config") in reported
    )
    assert not [path for _, path in reported if ".git" in path]


def test_case_55_the_portal_has_no_comments_and_nothing_that_sends(tiny):
    """No field switches comments on, no text brings a form; our one form asks for a page of ours."""
    tiny.story("binh-luan", comments="true")
    tiny.story("bieu-mau", body='<form action="https://isso.example/" method="post"><input name="a"></form>')
    assert {problem.code for problem in failed(tiny)} == {"KEY_UNKNOWN", "HTML_FORBIDDEN"}
    for name in ("binh-luan", "bieu-mau"):
        shutil.rmtree(tiny.content / "tin-tuc/2026/05" / name)
    tiny.build()
    for path in tiny.output.rglob("*.html"):
        for form in tiny.page(path.relative_to(tiny.output)).find_all("form"):
            assert form.get("method", "get") == "get" and form["action"] == "/tim-kiem/", path
    for script in tiny.output.rglob("*.js"):
        text = script.read_text("utf-8")
        assert not re.search(r"fetch\([^()]*,(?!\{cache\}\))|XMLHttpRequest|sendBeacon|WebSocket|EventSource", text), (
            script
        )
