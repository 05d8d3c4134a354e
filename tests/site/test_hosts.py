"""What a published portal says where its host cannot: previews, and hosts that send no headers."""

from pathlib import Path

import pytest

from scripts.publishing.nginx import page_policy
from tests.tiny import TinySite, a_tiny_site


@pytest.fixture
def site(tmp_path: Path) -> TinySite:
    return a_tiny_site(tmp_path)


def published(site: TinySite, **environment: str) -> dict[str, str]:
    """Build as `make publish` does. Returns every page, and robots.txt."""
    done = site.pelican("-q", conf="publishconf.py", SITEURL="https://tinhdoan.example.vn", **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    files = [*site.output.rglob("*.html"), site.output / "robots.txt"]
    return {path.relative_to(site.output).as_posix(): path.read_text("utf-8") for path in files}


def test_case_100_no_page_of_a_preview_may_be_listed(site: TinySite) -> None:
    pages = published(site, PREVIEW="1")
    robots = pages.pop("robots.txt")
    assert "Disallow: /\n" in robots
    for path, html in pages.items():
        assert '<meta name="robots" content="noindex' in html and "canonical" not in html, path
    assert '<meta name="robots" content="noindex,nofollow">' in pages["index.html"]
    pages = published(site)
    assert "Disallow:\n" in pages["robots.txt"]
    assert "noindex,nofollow" not in pages["index.html"] and "canonical" in pages["index.html"]


def test_pages_state_their_policy_where_the_host_sends_no_headers(site: TinySite) -> None:
    """Before anything is loaded, and the same that nginx sends, but for what a page cannot state."""
    pages = published(site, META_CSP="1")
    del pages["robots.txt"]
    policy = page_policy().replace("'", "&#39;")
    for path, html in pages.items():
        head = html.partition("<link")[0]
        assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in head, path
    assert "frame-ancestors" not in policy and "default-src" in policy
