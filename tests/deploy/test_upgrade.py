"""A server that programs of before December 2026 laid out is brought up to date by the same command."""

import json
import shutil
from collections.abc import Callable

import pytest

from tests.deploy.test_served_by_nginx import Web, web
from tests.deploy.town import Town

pytestmark = pytest.mark.deploy

__all__ = ["web"]  # a fixture

NAME = "20261101T000000Z-0123456789ab"


@pytest.fixture
def old_server(town: Town) -> Town:
    """Return a server in the old layout, with one release: pictures in it, all sums in its manifest."""
    for name in ("env", "store", "work"):
        shutil.rmtree(town.root / name)
    release = town.root / "releases" / NAME
    files = {
        "index.html": "Tin cũ\n<link href=/theme/cu.css>",
        "theme/cu.css": "cũ{}",
        "anh/cu.jpg": "ảnh cũ",
    }
    for path, text in files.items():
        (release / path).parent.mkdir(parents=True, exist_ok=True)
        (release / path).write_text(text, "utf-8")
    manifest = {"commit": "0123456789abcdef" * 2 + "01234567", "author_date": "", "subject": "Tin cũ"}
    sums = dict.fromkeys(files, "0" * 64)
    (town.root / "manifests" / f"{NAME}.json").write_text(json.dumps({**manifest, "files": sums}), "utf-8")
    (town.root / "current").symlink_to(f"releases/{NAME}")
    (town.root / "work" / "site").mkdir(parents=True)
    (town.root / "cache" / "venv" / "bin").mkdir(parents=True)
    return town


def test_an_upgrade_keeps_what_readers_see_and_where_one_may_go_back_to(
    old_server: Town, install: Callable[..., Town], web: Web
) -> None:
    """The old page, its style sheet and its pictures are there before, after the next push, and after a rollback."""
    install()
    for _ in range(2):
        assert web.get("/theme/cu.css")[0] == web.get("/anh/cu.jpg")[0] == 200
        assert web.get("/theme/cu.css")[1]["cache-control"] == "public, max-age=31536000, immutable"
        assert old_server.publish("Tin mới\nCSS moi").accepted
        old_server.publish("Tin mới hơn\nCSS moi")
        assert "Tin mới hơn" in web.get("/")[2].decode() and web.get("/theme/moi.css")[0] == 200
    assert NAME in old_server.portal("list").stdout
    assert old_server.portal("rollback", NAME).returncode == 0
    assert "Tin cũ" in web.get("/")[2].decode()
    assert not (old_server.root / "cache" / "venv").exists() and not (old_server.root / "work" / "site").exists()


def test_a_style_sheet_that_a_browsers_old_page_asks_for_is_there(town: Town, web: Web) -> None:
    """R3, case 94: also after that page's release has long been deleted; after thirty days nobody asks."""
    for number in range(9):
        town.publish(f"Tin {number}\nCSS so-{number}")
    assert len(town.releases) == 5
    for number in range(9):
        assert web.get(f"/theme/so-{number}.css")[0] == 200
    ceased = town.root / "manifests" / "store-ceased.json"
    (town.root / "manifests" / "store-cleaned").unlink()
    town.publish("Tin 9\nCSS so-9")
    moments = json.loads(ceased.read_text("utf-8"))
    assert "theme/so-0.css" in moments and "theme/so-8.css" not in moments
    ceased.write_text(json.dumps({**moments, "theme/so-0.css": moments["theme/so-0.css"] - 31 * 24 * 3600}), "utf-8")
    (town.root / "manifests" / "store-cleaned").unlink()
    town.publish("Tin 10\nCSS so-10")
    assert web.get("/theme/so-0.css")[0] == 404 and web.get("/theme/so-1.css")[0] == 200
