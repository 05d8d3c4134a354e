"""Files packed beforehand, in the output of a server."""

import gzip

import brotli
import pytest

from plugins.core.build.packing import pack
from tests.tiny import TinySite, a_tiny_site


@pytest.fixture
def site(tmp_path) -> TinySite:
    return a_tiny_site(tmp_path)


def build(site: TinySite) -> None:
    """Build as a server does: with a store beside the output."""
    done = site.pelican("-q", PORTAL_STORE=str(site.root / "store"))
    assert done.returncode == 0, done.stdout + done.stderr


def texts(site: TinySite) -> dict[str, bytes]:
    return {path: data for path, data in site.files().items() if path.endswith((".html", ".xml", ".txt"))}


def unpacked(files: dict[str, bytes], suffix: str) -> dict[str, bytes]:
    unpack = brotli.decompress if suffix == ".br" else gzip.decompress
    return {path.removesuffix(suffix): unpack(data) for path, data in files.items() if path.endswith(suffix)}


def test_every_page_lies_there_packed_twice_and_stays_in_step_with_it(site: TinySite) -> None:
    """Also after an edit, and after a page is gone."""
    site.story("hai", title="Bài hai")
    for step in (
        lambda: None,
        lambda: site.story(title="Tên mới"),
        lambda: (site.content / "tin-tuc/2026/05/hai/index.md").unlink(),
    ):
        step()
        build(site)
        files = site.files()
        for suffix in (".br", ".gz"):
            packed = unpacked(files, suffix)
            assert {path: packed.get(path) for path in texts(site)} == texts(site)
            assert packed.keys() <= files.keys()
    assert "tin-tuc/2026/05/hai/index.html.br" not in site.files()


def test_sheets_of_the_store_are_packed_too_and_named_in_its_list(site: TinySite) -> None:
    build(site)
    names = (site.output / ".portal-build" / "shared").read_text().splitlines()
    sheets = [name for name in names if name.endswith(".css")]
    for name in sheets:
        assert {f"{name}.br", f"{name}.gz"} <= set(names)
        data = (site.root / "store" / name).read_bytes()
        assert brotli.decompress((site.root / "store" / f"{name}.br").read_bytes()) == data
    assert sheets


def test_an_output_without_a_store_is_not_packed(site: TinySite) -> None:
    site.build()
    assert not [path for path in site.files() if path.endswith((".br", ".gz"))]


def test_what_was_built_before_is_packed_at_the_next_build(site: TinySite) -> None:
    build(site)
    lost = site.output / "index.html.br"
    lost.unlink()
    site.story(title="Tên mới")
    build(site)
    assert brotli.decompress(lost.read_bytes()) == (site.output / "index.html").read_bytes()


def test_the_same_text_is_packed_into_the_same_bytes() -> None:
    for name in ("a.html.br", "a.html.gz"):
        assert pack(name, b"x" * 5000) == pack(name, b"x" * 5000) != pack(name, b"y" * 5000)
