"""Folders: what a build reads and what it writes lie apart, however they are called."""

import os
from pathlib import Path

import pytest

from plugins.core.errors import ConfigError
from plugins.core.site.folders import overlaps

NAMES = ("content", "output", "cache", "theme", "plugins")


def problems_of(root, checkout="checkout", **folders):
    for name in (*NAMES, checkout):
        (root / name).mkdir(exist_ok=True)
    paths = {name: root / folders.get(name, name) for name in NAMES}
    return [sentence for _, sentence in overlaps(paths, {root / checkout: "mã nguồn"})]


def test_folders_side_by_side_are_well_also_within_the_checkout(tmp_path):
    assert problems_of(tmp_path) == []
    assert problems_of(tmp_path, output="checkout/output", cache="checkout/.cache", content="checkout/content") == []


@pytest.mark.parametrize(
    "folders",
    [
        {"output": "content/public"},
        {"output": "content"},
        {"output": "content/"},
        {"output": "theme/../content/x"},
        {"content": "output/content"},
        {"cache": "output/.cache"},
        {"output": "cache/output"},
        {"output": "theme"},
        {"output": "plugins/x"},
        {"cache": "content/.cache"},
        {"content": "cache/content"},
        {"output": "."},
        {"output": "checkout"},
        {"cache": "checkout"},
    ],
)
def test_folders_within_each_other_are_told_with_both_their_names(tmp_path, folders):
    (sentence, *_) = problems_of(tmp_path, **folders)
    assert sentence.count(str(tmp_path)) >= 1 and "Chọn hai thư mục" in sentence


def test_a_link_does_not_hide_it(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "www").symlink_to(tmp_path / "content")
    assert problems_of(tmp_path, output="www/public")
    (tmp_path / "cong").symlink_to(tmp_path)
    assert problems_of(tmp_path, output="cong/content/public")


def test_a_relative_path_does_not_hide_it(tmp_path, monkeypatch):
    (tmp_path / "content").mkdir()
    monkeypatch.chdir(tmp_path / "content")
    paths = {**{name: tmp_path / name for name in NAMES}, "output": Path("public")}
    assert list(overlaps(paths, {}))


def test_the_first_build_is_refused_and_nothing_is_made(tiny):
    with pytest.raises(ConfigError, match="FOLDERS_OVERLAP"):
        tiny.build(OUTPUT_PATH=str(tiny.content / "public"))
    assert not (tiny.content / "public").exists() and not (tiny.root / "cache").exists()
    os.symlink(tiny.content, tiny.root / "www")
    with pytest.raises(ConfigError, match="FOLDERS_OVERLAP"):
        tiny.build(OUTPUT_PATH=str(tiny.root / "www/public"))
