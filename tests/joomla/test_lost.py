"""``make lost`` tells which addresses readers ask for in vain."""

import gzip

from scripts.__main__ import main
from scripts.joomla.lost import Lost, find_lost

LOG = """\
1.2.3.4 - - [10/Dec/2026:08:00:00 +0700] "GET /tin-tuc/24-ten-bai.html HTTP/1.1" 404 812 "https://bao.example/x" "Mozilla"
1.2.3.4 - - [10/Dec/2026:08:00:01 +0700] "GET /tin-tuc/24-ten-bai.html HTTP/1.1" 404 812 "-" "Mozilla"
1.2.3.4 - - [10/Dec/2026:08:00:02 +0700] "GET / HTTP/1.1" 200 812 "-" "Mozilla"
1.2.3.4 - - [10/Dec/2026:08:00:03 +0700] "GET /wp-login.php HTTP/1.1" 404 812 "-" "x"
1.2.3.4 - - [10/Dec/2026:08:00:03 +0700] "GET /.env HTTP/1.1" 404 812 "-" "x"
1.2.3.4 - - [10/Dec/2026:08:00:04 +0700] "GET /index.php?option=com_docman&task=doc_download&gid=7 HTTP/1.1" 404 812 "-" "x"
rác
"""


def test_what_readers_miss_is_counted_and_probes_are_left_out():
    assert find_lost(LOG.splitlines()) == [
        Lost("/tin-tuc/24-ten-bai.html", 2, "https://bao.example/x"),
        Lost("/index.php?option=com_docman&task=doc_download&gid=7", 1, ""),
    ]


def test_a_packed_log_is_read_and_a_rule_that_nginx_has_not_loaded_is_told(tmp_path, capsys):
    (tmp_path / "access.log.2.gz").write_bytes(gzip.compress(LOG.encode()))
    (tmp_path / "redirects.map").write_text('"a24" /tin-tuc/2020/07/ten-bai/;\n', "utf-8")
    assert main(["lost", "--table", str(tmp_path / "redirects.map"), str(tmp_path / "access.log.2.gz")]) == 0
    printed = capsys.readouterr().out
    assert "2  /tin-tuc/24-ten-bai.html  ← https://bao.example/x (đã có trong redirects.map: nạp lại nginx)" in printed
    assert "2 địa chỉ không có trang, 3 lượt hỏi." in printed


def test_a_log_that_is_not_there_is_told(tmp_path, capsys):
    assert main(["lost", str(tmp_path / "khong-co.log")]) == 2
    assert "make lost FROM=" in capsys.readouterr().err
