"""Old addresses lead to new pages: through nginx, through the 404 page's script, and in texts."""

import http.client
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.redirects import table
from plugins.redirects.forms import FORMS, keys_of
from tests.deploy.town import PROJECT, require
from tests.joomla.conftest import Move, with_pictures
from tests.joomla.dumps import k2_dump, mysqldump
from tests.joomla.old_site import PORTAL, OldPortal

RA_QUAN = "/tin-tuc/2012/03/suoi-may-ra-quan-thang-thanh-nien/"
#: Old address → where it leads.
JOOMLA = {
    "/index.php?option=com_content&view=article&id=1": RA_QUAN,
    "/index.php?option=com_content&view=article&id=1:sui-may&catid=11:hot&Itemid=5": RA_QUAN,
    "/index.php?view=article&id=1%3Asui-may&option=com_content&tmpl=component&print=1&page=": RA_QUAN,
    "/index.php?view=article&catid=11%3Ahot&id=1%3Asui-may&format=pdf&option=com_content&Itemid=5": RA_QUAN,
    "/?option=com_content&view=article&id=1": RA_QUAN,
    "/index2.php?option=com_content&task=view&id=1&pop=1&page=0": RA_QUAN,
    "/index.php?option=com_content&task=view&id=1&Itemid=2": RA_QUAN,
    "/hoat-dong/1-sui-may-ra-quan-thang-thanh-nien.html": RA_QUAN,
    "/hoat-dong/1-sui-may-ra-quan-thang-thanh-nien": RA_QUAN,
    "/hoat-dong/1-chu-gi-cung-duoc.html?tmpl=component&print=1": RA_QUAN,
    "/index.php/hoat-dong/1-x": RA_QUAN,
    "/index.php/tin-tuc/11-hoat-dong/1-x.pdf": RA_QUAN,
    "/component/content/article/11-hot-ng/1-x": RA_QUAN,
    "/tin-tuc/1:sui-may": RA_QUAN,
    "/hoat-dong/1.html": RA_QUAN,
    "/-kim-tra/13-s-": "/tuyen-dung/tuyen-cong-tac-vien/",
    "/hoat-dong": "/chuyen-muc/tinh-nguyen/",
    "/hoat-dong.html": "/chuyen-muc/tinh-nguyen/",
    "/index.php/hoat-dong": "/chuyen-muc/tinh-nguyen/",
    "/tin-tuc/11-hot-ng-tinh-nguyn": "/chuyen-muc/tinh-nguyen/",
    "/index.php?option=com_content&view=category&layout=blog&id=11&Itemid=3": "/chuyen-muc/tinh-nguyen/",
    "/index.php?option=com_content&view=section&id=3": "/van-ban/",
    "/gioi-thieu-chung.html": "/gioi-thieu-2/",
    "/van-ban/14-vn-bn-tnh-oan/11-k-hoch": "/van-ban/2015/ke-hoach-to-chuc-hoi-trai/",
    "/INDEX.PHP?Itemid=5&id=1&view=article&option=com_content": RA_QUAN,
    "/index.php?option=com_content&amp;view=article&amp;id=1:x&amp;catid=3": RA_QUAN,
    "/ho%E1%BA%A1t-%C4%91%E1%BB%99ng/1-su%E1%BB%91i%20m%C3%A2y.html/": RA_QUAN,
    "/component/content/article/1-x.html?tmpl=component&print=1&layout=default&page=": RA_QUAN,
    "/component/content/?view=article&id=1": RA_QUAN,
    "/vi/hoat-dong/1-x/print.html": RA_QUAN,
    "/content/view/1/2/": RA_QUAN,
    "/Hoat-Dong/Page-2.html": "/chuyen-muc/tinh-nguyen/",
    "/vi/hoat-dong/?start=20": "/chuyen-muc/tinh-nguyen/",
    "/hoat-dong.feed?type=rss": "/chuyen-muc/tinh-nguyen/",
    "/index.php?option=com_content&Itemid=102": "/chuyen-muc/tinh-nguyen/",
    "/index.php": "/",
    "/index.php?option=com_content&view=featured&Itemid=1": "/",
}
K2 = {
    "/index.php?option=com_k2&view=item&id=1:x&Itemid=3": RA_QUAN,
    "/tin/item/1-x.html": RA_QUAN,
    "/index.php/component/k2/item/1-x?tmpl=component&print=1": RA_QUAN,
    "/tin/itemlist/category/11-hoat-dong": "/chuyen-muc/tinh-nguyen/",
    "/index.php?option=com_k2&view=itemlist&task=category&id=11:x": "/chuyen-muc/tinh-nguyen/",
    "/tin/1-x": RA_QUAN,
    "/tin/itemlist/tag/M%C3%B9a%20h%C3%A8%20xanh.html": "/the/mua-he-xanh/",
    "/component/k2/itemlist/tag/m%c3%b9a+h%c3%a8+xanh?start=10": "/the/mua-he-xanh/",
    "/index.php?option=com_k2&view=itemlist&task=tag&tag=m%C3%B9a+h%C3%A8+xanh": "/the/mua-he-xanh/",
    "/itemlist/user/62-quan-tri": "/tac-gia/",
    "/index.php?option=com_k2&view=itemlist&task=user&id=62": "/tac-gia/",
    "/component/k2/itemlist/date/2012/3/26": "/luu-tru/2012/03/",
    "/index.php?option=com_k2&view=itemlist&task=date&month=03&year=2012": "/luu-tru/2012/03/",
}


def leads_to(address: str, rules: dict[str, str]) -> str:
    return next((rules[key] for key in keys_of(address) if key in rules), "")


@pytest.fixture(params=["joomla", "k2"])
def served(request: pytest.FixtureRequest, move: Move) -> tuple[Move, dict[str, str]]:
    with_pictures(move).old_file("images/stories/mat-roi.jpg")
    is_k2 = request.param == "k2"
    source = move.dump(k2_dump(PORTAL) if is_k2 else mysqldump(PORTAL, "1.5"))
    code, printed = move.run(source)
    assert code == 0, printed
    move.site.build()
    return move, K2 if is_k2 else JOOMLA


@pytest.fixture
def nginx(served: tuple[Move, dict[str, str]], open_folder: Path) -> Iterator[int]:
    program = require("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = open_folder / "srv"
    root.mkdir()
    subprocess.run(["cp", "-r", str(served[0].site.output), str(root / "current")], check=True)
    subprocess.run(["chmod", "-R", "a+rX", str(root)], check=True)
    conf = (PROJECT / "docs" / "nginx.conf").read_text("utf-8").replace("/srv/portal", str(root))
    conf = conf.replace("    listen [::]:80;\n", "").replace("listen 80;", f"listen 127.0.0.1:{port};")
    (open_folder / "portal.conf").write_text(conf, "utf-8")
    temporary = "".join(
        f"{name}_temp_path {open_folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = (
        f"daemon off; worker_processes 1; pid {open_folder}/nginx.pid; error_log {open_folder}/error.log; events {{}}\n"
    )
    main += f"http {{ include /etc/nginx/mime.types; access_log off; {temporary} include {open_folder}/portal.conf; }}"
    (open_folder / "nginx.conf").write_text(main, "utf-8")
    with subprocess.Popen(
        [program, "-c", str(open_folder / "nginx.conf"), "-e", str(open_folder / "error.log")]
    ) as process:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield port
        process.terminate()


def ask(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.getheader("Location", "")
    finally:
        connection.close()


@pytest.mark.deploy
def test_nginx_leads_every_old_form_to_the_new_page(served, nginx: int) -> None:
    _, expected = served
    assert {path: ask(nginx, path) for path in expected} == {path: (301, target) for path, target in expected.items()}


@pytest.mark.deploy
def test_nginx_still_serves_every_page_and_misses_what_nobody_had(served, nginx: int) -> None:
    move, _ = served
    targets = set(re.findall(r'" ([^;]+);', (move.site.output / table.FILE).read_text("utf-8")))
    assert RA_QUAN in targets
    assert {target: ask(nginx, target)[0] for target in targets} == dict.fromkeys(targets, 200)
    assert ask(nginx, "/khong-co/99999-bai")[0] == 404
    assert ask(nginx, "/index.php?option=com_content&view=article&id=99999")[0] == 404
    assert ask(nginx, "/index.php?option=com_users&view=login&id=1")[0] == 404
    assert ask(nginx, "/hoat-dong/14-bai-het-han")[0] == 404, "a draft has no page to lead to"


def test_the_table_read_as_the_importer_reads_addresses_leads_to_the_same_pages(served) -> None:
    move, expected = served
    rules = dict(re.findall(r'"([^"]+)" ([^;]+);', (move.site.output / table.FILE).read_text("utf-8")))
    assert {path: leads_to(path, rules) for path in expected} == expected


def test_nginx_reads_addresses_by_the_patterns_that_browsers_read_them_by() -> None:
    conf = (PROJECT / "docs" / "nginx.conf").read_text("utf-8")
    assert [pattern for group in FORMS for pattern, _ in group] == re.findall(r'^    "~\*(.*)" ".*";$', conf, re.M)


def test_aliases_may_have_vietnamese_letters(move: Move) -> None:
    story = replace(PORTAL.stories[0], alias="đoàn-viên")
    move.run(move.dump(mysqldump(OldPortal(PORTAL.sections, PORTAL.categories, [story]), "4")))
    rules = dict(re.findall(r'"([^"]+)" ([^;]+);', move.at_root("redirects.map")))
    assert leads_to("/tin/%C4%91o%C3%A0n-vi%C3%AAn.html", rules) == "/tin-tuc/2012/03/doan-vien/"


def test_addresses_that_a_component_made_up_lead_on_too(move: Move) -> None:
    more = (
        "INSERT INTO jos_redirection (id,oldurl,newurl) VALUES "
        "(1,'tin-tuc/suoi-may.html','index.php?option=com_content&Itemid=5&id=1&lang=vi&view=article'),"
        "(2,'tin-tuc/suoi-may/In-trang.html','index.php?option=com_content&id=1&print=1&view=article'),"
        "(3,'tin-tuc/mat.html','index.php?option=com_content&id=999&view=article');\n"
        "INSERT INTO jos_sefurls (sefurl,origurl) VALUES ('/hoat-dong-he/','index.php?option=com_content&view=category&id=11');\n"
    )
    move.run(move.dump(mysqldump(PORTAL, "1.5") + more + "-- Dump completed\n"))
    rules = dict(re.findall(r'"([^"]+)" ([^;]+);', move.at_root("redirects.map")))
    assert leads_to("/tin-tuc/suoi-may.html", rules) == RA_QUAN
    assert leads_to("/Hoat-dong-he/Page-2.html", rules) == "/chuyen-muc/tinh-nguyen/"
    assert "/tin-tuc/suoi-may/in-trang" not in rules and "/tin-tuc/mat" not in rules


def test_the_doctor_refuses_a_rule_for_an_address_that_a_page_has(move: Move) -> None:
    (move.root / "redirects.map").write_text('"a1" /tin-tuc/2026/05/bai/;\n"/lien-he" /tin-tuc/;\nrac\n', "utf-8")
    printed = move.check()
    assert "redirects.map:2: [REDIRECT_SHADOWS]" in printed and "redirects.map:3: [REDIRECT_FORM]" in printed


def test_the_404_page_asks_the_table_only_where_there_is_one(move: Move) -> None:
    move.site.build()
    assert "old-addresses" not in (move.site.output / "404.html").read_text("utf-8")
    (move.root / "redirects.map").write_text('"a1" /tin-tuc/2026/05/bai/;\n', "utf-8")
    move.site.build()
    page = (move.site.output / "404.html").read_text("utf-8")
    script = re.search(r'src="/(theme/old-addresses[^"]+)"', page)
    assert script and (move.site.output / script[1]).stat().st_size <= 1024
    shard = move.site.output / f"chuyen-huong/{table.shard_of('a1')}.json"
    assert shard.read_text("utf-8") == '{"a1":"/tin-tuc/2026/05/bai/"}\n'


def test_addresses_of_joomla_4_may_end_with_an_alias_alone(move: Move) -> None:
    move.run(with_pictures(move).dump(mysqldump(PORTAL, "4")))
    rules = dict(re.findall(r'"([^"]+)" ([^;]+);', move.at_root("redirects.map")))
    assert leads_to("/hoat-dong/sui-may-ra-quan-thang-thanh-nien", rules) == RA_QUAN
    assert leads_to("/index.php/tin/tuyn-ctv", rules) == "/tuyen-dung/tuyen-cong-tac-vien/"
    assert leads_to("/hoat-dong/hot-ng-tinh-nguyn", rules) == "/chuyen-muc/tinh-nguyen/"
    assert leads_to("/component/tags/tag/2-mua-he-xanh", rules) == leads_to("/component/tags/tag/x", rules)
    assert leads_to("/hoat-dong/ra-quan", rules) == "", "two articles share it: nobody knows which is meant"
