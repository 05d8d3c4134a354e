"""On a static host, the 404 page leads from an old portal's address to the new page."""

from __future__ import annotations

import pytest

from tests.browser.conftest import served
from tests.tiny import a_tiny_site

pytestmark = pytest.mark.browser

TABLE = """\
"a24" /tin-tuc/2026/05/bai/;
"k24" /gioi-thieu/;
"c3" /lien-he/;
"s1" /gop-y-kien/;
"kc5" /lien-he/;
"/hoat-dong" /tin-tuc/;
"=ten-bai" /tin-tuc/2026/05/bai/;
"=3-chuyen-muc" /lien-he/;
"=%c4%91o%c3%a0n" /lien-he/;
"kt=m%c3%b9a%20h%c3%a8" /lien-he/;
"kd2012-3" /tin-tuc/;
"m7" /tin-tuc/;
"/" /;
"""
STORY = "/tin-tuc/2026/05/bai/"
EXPECTED = {
    "/tin-tuc/24-chu-gi-cung-duoc.html": STORY,
    "/index.php/tin-tuc/024:x?tmpl=component&print=1": STORY,
    "/index.php?option=com_content&view=article&id=24:x&Itemid=3": STORY,
    "/index.php?task=view&id=24": STORY,
    "/cu/ten-bai": STORY,
    "/x/item/24-y": "/gioi-thieu/",
    "/index.php?option=com_k2&view=item&id=24": "/gioi-thieu/",
    "/index.php?option=com_k2&view=itemlist&task=category&id=5": "/lien-he/",
    "/x/itemlist/category/5-y": "/lien-he/",
    "/index.php?option=com_content&view=category&layout=blog&id=3": "/lien-he/",
    "/index.php?option=com_content&view=section&id=1": "/gop-y-kien/",
    "/tin/3-chuyen-muc": "/lien-he/",
    "/hoat-dong.html": "/tin-tuc/",
    "/VI/Hoat-Dong/Page-2.html": "/tin-tuc/",
    "/index.php?Itemid=7": "/tin-tuc/",
    "/index.php?view=article&amp;id=24": STORY,
    "/x/%C4%91o%C3%A0n/": "/lien-he/",
    "/component/k2/itemlist/tag/M%C3%B9a%20h%C3%A8": "/lien-he/",
    "/index.php?option=com_k2&task=date&month=03&year=2012": "/tin-tuc/",
    "/index.php?format=feed&type=rss": "/",
}


@pytest.fixture(scope="module")
def old_host(tmp_path_factory):
    site = a_tiny_site(tmp_path_factory.mktemp("cu"))
    (site.root / "redirects.map").write_text(TABLE, "utf-8")
    site.build()
    with served(site.output) as address:
        yield address


@pytest.mark.parametrize("path", EXPECTED)
def test_the_404_page_leads_on(shared_page, old_host, path):
    shared_page.goto(old_host + path)
    shared_page.wait_for_url(old_host + EXPECTED[path])


def test_an_address_that_nobody_had_stays_on_the_404_page(shared_page, old_host):
    shared_page.goto(old_host + "/tin-tuc/99-khong-co.html", wait_until="networkidle")
    assert shared_page.evaluate("location.pathname") == "/tin-tuc/99-khong-co.html"
