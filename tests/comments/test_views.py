"""Comments → the block under a story."""

import json
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from plugins.comments import SECTION
from plugins.comments.model import Approved, Setting, clean, from_isso, threads, write
from plugins.news import SECTION as NEWS
from tests.world import a_content, a_site, an_article, key, pages_of

ISSO = {"comments": {"isso": "https://binh-luan.thu.example"}}
HERE = "/tin-tuc/bai/"


def a_comment(number=1, **fields):
    return Approved(
        **{"thread": HERE, "id": number, "created": 1_795_500_000 + number, "html": "<p>Hay.</p>", **fields}
    )


def from_server(**fields):
    row = {"uri": HERE, "id": 1, "parent": None, "author": "Lan", "created": 1.5, "text": "<p>Hay.</p>", "mode": 1}
    return {**row, "website": "https://quang-cao.example", "likes": 3, "modified": None, **fields}


def the_content(*comments, article=None, **more):
    external_inputs = {
        "comments": write(tuple(sorted(comments, key=lambda comment: (comment.thread, comment.created, comment.id))))
    }
    return a_content(article or an_article(), sections=(NEWS, SECTION), **{"external_inputs": external_inputs, **more})


def under(content):
    (block,) = pages_of(content)["tin-tuc/bai/index.html"].view.after_story
    return block


def test_without_a_setting_a_story_has_a_letters_link_with_title_and_address():
    block = under(the_content(article=an_article(title="Hiến máu & sẻ chia?")))
    assert block.template == "comments/letter.html"
    letter = urlsplit(block.letter(a_site()))
    assert (letter.scheme, letter.path) == ("mailto", "tdtn@binhthuan.gov.vn")
    assert parse_qs(letter.query) == {
        "subject": ["Bình luận bài viết: Hiến máu & sẻ chia?"],
        "body": ["https://thu.example/tin-tuc/bai/"],
    }


def test_without_a_setting_nothing_is_shown_of_comments_that_lie_about():
    assert under(the_content(a_comment())).comments == ()


def test_with_isso_a_story_shows_what_was_approved_of_it_and_the_letter_stays():
    block = under(the_content(a_comment(author="Lan"), a_comment(2, thread="/tin-tuc/khac/"), options=ISSO))
    assert block.template == "comments/thread.html" and block.isso == "https://binh-luan.thu.example"
    assert [(comment.author, comment.date.short, str(comment.html)) for comment in block.comments] == [
        ("Lan", "24/11/2026", "<p>Hay.</p>")
    ]
    assert block.letter(a_site()).startswith("mailto:")


def test_an_answer_stands_under_what_it_answers_or_by_itself_where_that_is_gone():
    comments = (a_comment(1), a_comment(2), a_comment(3, parent=1), a_comment(4, parent=99), a_comment(5, parent=1))
    block = under(
        the_content(*(msgspec.structs.replace(comment, author=str(comment.id)) for comment in comments), options=ISSO)
    )
    assert [(comment.author, [reply.author for reply in comment.replies]) for comment in block.comments] == [
        ("1", ["3", "5"]),
        ("2", []),
        ("4", []),
    ]


@pytest.mark.parametrize(
    "external_inputs", [{}, {"comments": b""}, {"comments": b"[{"}, {"comments": b'[{"id": "x"}]'}]
)
def test_a_file_that_is_missing_or_broken_means_no_comments(external_inputs):
    assert under(the_content(options=ISSO, external_inputs=external_inputs)).comments == ()


def test_a_new_comment_changes_the_key_of_its_page_alone():
    def keys(*comments):
        content = a_content(
            an_article(),
            an_article("khac"),
            sections=(NEWS, SECTION),
            options=ISSO,
            external_inputs={"comments": write(comments)},
        )
        return {path: key(page) for path, page in pages_of(content).items()}

    before, after = keys(), keys(a_comment())
    assert [path for path in before if before[path] != after[path]] == ["tin-tuc/bai/index.html"]


def test_what_isso_says_is_kept_in_one_order_without_websites_votes_or_what_waits():
    rows = [from_server(id=2, created=9.7), from_server(), from_server(id=3, mode=2), from_server(id=4, uri="/a/")]
    comments = from_isso(json.dumps(rows).encode())
    assert comments == from_isso(json.dumps(rows[::-1]).encode())
    assert [(comment.thread, comment.id, comment.created) for comment in comments] == [
        ("/a/", 4, 1),
        (HERE, 1, 1),
        (HERE, 2, 9),
    ]
    assert b"quang-cao" not in write(comments) and b"likes" not in write(comments)
    assert threads(write(comments))[HERE] == comments[1:]


@pytest.mark.parametrize(
    "name, shown",
    [
        ("Tổ &lt;b&gt; &amp; bạn", "Tổ <b> & bạn"),
        (None, ""),
        ("\x00 Lan\x1b ", "Lan"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("x" * 5000, "x" * 80),
    ],
)
def test_a_name_is_kept_as_plain_text(name, shown):
    (comment,) = from_isso(json.dumps([from_server(author=name)]).encode())
    assert comment.author == shown


@pytest.mark.parametrize(
    "answer", [b"", b"<html>", b"{}", b"[1]", b'[{"id": 1}]', json.dumps([from_server(id=None)]).encode()]
)
def test_an_answer_that_is_no_list_of_comments_is_refused(answer):
    with pytest.raises(msgspec.MsgspecError):
        from_isso(answer)


@pytest.mark.parametrize(
    "html, shown",
    [
        ("<p>Một<br>hai <em>ba</em></p>", "<p>Một<br>hai <em>ba</em></p>"),
        ('<a href="https://a.example" title="x" target="_blank" rel="me">a</a>',
         '<a href="https://a.example" rel="nofollow ugc noopener">a</a>'),
        ('<a href="javascript:alert(1)">a</a>', '<a>a</a>'),
        ("<p>a&#1;&#x7f;b</p>", "<p>ab</p>"),
        ('<p id="_main" class="skip" style="color:red" onclick="alert(1)" lang="en">a</p>', "<p>a</p>"),
        ("<script>alert(1)</script><img src=x onerror=alert(1)><h1>To</h1>", "To"),
        ("<ul><li>a</ul><iframe src=https://a.example></iframe>", "<ul><li>a</li></ul>"),
    ],
)  # fmt: skip
def test_a_comments_html_is_cleaned(html, shown):
    assert clean(html) == shown


@pytest.mark.parametrize(
    "address",
    ["", "isso", "http://binh-luan.example.vn", "https://", "https://a.vn/", "https://a.vn/?x", 'https://a.vn"x', "javascript:1", "https://a.vn\n"],
)  # fmt: skip
def test_an_address_that_is_no_isso_server_is_refused_in_vietnamese(address):
    with pytest.raises(msgspec.ValidationError, match="phải là địa chỉ https"):
        msgspec.convert({"isso": address}, Setting)


@pytest.mark.parametrize("address", ["https://binh-luan.a.vn", "https://a.vn:8443/binh-luan", "http://localhost:8081"])
def test_the_address_of_an_isso_server_is_taken(address):
    assert msgspec.convert({"isso": address}, Setting).isso == address
