"""``make verify`` tells whether a portal built step by step is what a build from nothing makes."""

import shutil

from plugins.core.pelican_adapter import load
from plugins.news import views as news_views
from scripts import verify
from scripts.__main__ import main
from tests.tiny import CONF


def settings_of(tiny):
    more = {"CACHE_PATH": str(tiny.root / "cache"), "NOW": "2026-11-23 20:00"}
    return load(CONF, PATH=str(tiny.content), OUTPUT_PATH=str(tiny.output), **more)


def test_a_portal_that_is_the_same_is_said_to_be(tiny, monkeypatch, capsys):
    monkeypatch.setenv("CACHE", str(tiny.root / "cache"))
    assert main(["verify", str(tiny.content), "-o", str(tiny.output)]) == 0
    assert "Giống hệt nhau" in capsys.readouterr().out


def test_the_first_difference_is_told_with_what_its_key_forgot(tiny, capsys):
    tiny.build()
    shutil.copytree(tiny.output, tiny.root / "cold")
    page = tiny.root / "cold/tin-tuc/2026/05/bai/index.html"
    page.write_text(page.read_text("utf-8").replace("Nội dung.", "Chữ khác."), "utf-8")
    assert verify._compare(settings_of(tiny), tiny.root / "cold") == 1
    message = capsys.readouterr().out
    assert "tin-tuc/2026/05/bai/index.html: dòng" in message and "Chữ khác." in message
    assert "mẫu news/detail.html đọc điều không có trong view ArticleView" in message


def test_a_file_too_many_is_a_difference(tiny, capsys):
    tiny.build()
    shutil.copytree(tiny.output, tiny.root / "cold")
    (tiny.root / "cold/robots.txt").unlink()
    assert verify._compare(settings_of(tiny), tiny.root / "cold") == 1
    assert "thừa tệp này" in capsys.readouterr().out


def test_what_a_page_forgot_that_it_is_made_from_is_told(tiny, monkeypatch, capsys):
    monkeypatch.setattr(news_views, "_inputs", lambda *_: iter([b"the same always."]))
    tiny.build()
    tiny.story(title="Tên khác")
    tiny.build()
    tiny.build(OUTPUT_PATH=str(tiny.root / "cold"), CACHE_PATH=str(tiny.root / "other"))
    assert verify._compare(settings_of(tiny), tiny.root / "cold") == 1
    assert "inputs của trang thiếu điều mà ArticleView dùng" in capsys.readouterr().out
