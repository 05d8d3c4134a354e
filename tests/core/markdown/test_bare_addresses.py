"""Addresses that stand bare in a text are links."""

import pytest

from plugins.core.markdown.bare_addresses import link_bare_addresses
from plugins.core.markdown.fragment import LinkRef
from tests.world import MARKUP


def links(text: str) -> list[tuple[str, int, int]]:
    return [(ref.href, *ref.position) for ref in MARKUP.parse(text).refs if isinstance(ref, LinkRef)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Xem https://a.vn.", "https://a.vn"),
        ("Xem https://a.vn/x?y=1&z=2, rồi", "https://a.vn/x?y=1&z=2"),
        ("(https://vi.wikipedia.org/wiki/A_(b))", "https://vi.wikipedia.org/wiki/A_(b)"),
        ("(xem https://a.vn/x)", "https://a.vn/x"),
        ("“https://a.vn/đường-dẫn”", "https://a.vn/đường-dẫn"),
        ("https://a.vn/a_b_c/", "https://a.vn/a_b_c/"),
        ("www.a.vn/x!", "https://www.a.vn/x"),
        ("Thư: van.phong+1@tinhdoan.example.vn.", "mailto:van.phong+1@tinhdoan.example.vn"),
        ("<b>https://a.vn</b>", "https://a.vn"),
        ("**https://a.vn**", "https://a.vn"),
        ("https://a.vn\\\nhai", "https://a.vn"),
        ("Truy cập:https://a.vn", "https://a.vn"),
        ("Web:www.a.vn", "https://www.a.vn"),
        ("Email:a@b.vn", "mailto:a@b.vn"),
        ("https://a.vn\N{NO-BREAK SPACE}hai", "https://a.vn"),
        ("https://a.vn&lt;b", "https://a.vn"),
        ("{https://a.vn}", "https://a.vn"),
        ("https://a.vn—hai", "https://a.vn"),
        ("https://a.vn\N{ZERO WIDTH SPACE}hai", "https://a.vn"),
    ],
)
def test_an_address_is_a_link_without_the_signs_behind_it(text, address):
    assert [href for href, _, _ in links(text)] == [address]


@pytest.mark.parametrize(
    "text",
    [
        "`https://a.vn` và\n\n```\nwww.a.vn a@b.vn\n```",
        "http:// https://, www., @a.vn, a@b, a@b., giá 5@kg, xhttps://a.vn, //a.vn, a.vn, ftp://u:p@a.vn",
        '<span title="https://a.vn">x</span>',
    ],
)
def test_code_attributes_and_halves_are_no_links(text):
    assert links(text) == []


def test_links_stay_as_they_are():
    text = "[https://a.vn](https://b.vn) <https://c.vn> [thư a@b.vn](mailto:c@d.vn) <a href='https://e.vn'>www.f.vn</a>"
    assert [href for href, _, _ in links(text)] == ["https://b.vn", "https://c.vn", "mailto:c@d.vn", "https://e.vn"]


def test_what_is_made_needs_no_more_cleaning():
    html = '<p>https://a.vn/"onload=x www.b.vn/&lt;script&gt; a@b.vn"x</p>'
    linked = link_bare_addresses(html)
    assert linked.count("<a ") == 3 and "<script" not in linked and linked.count("onload") == 1
    assert '<a href="https://a.vn/">https://a.vn/</a>"onload=x' in linked


def test_the_place_of_a_bare_address_is_known():
    assert links("Một\n\nhai a@b.vn") == [("mailto:a@b.vn", 2, 4)]
    assert links("Một\n\nhai www.a.vn, https://b.vn") == [("https://www.a.vn", 2, 4), ("https://b.vn", 2, 14)]
