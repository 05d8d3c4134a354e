"""The theme's own files: one sheet, names by content."""

import re

import pytest

from plugins.core.errors import ConfigError
from plugins.core.render.assets import gather
from tests.world import ROOT


def test_a_files_name_changes_with_what_it_holds_and_with_nothing_else(tmp_path):
    css = tmp_path / "static" / "css"
    css.mkdir(parents=True)
    (css / "b.css").write_text(".b { color: red; }")
    (css / "a.css").write_text(".a { color: blue; }")
    first = gather(tmp_path, (), "")
    assert gather(tmp_path, (), "").assets == first.assets
    assert next(data for path, data in first.files.items() if path.endswith(".css")) == b".a{color:blue}.b{color:red}"
    (css / "a.css").write_text(".a { color: green; }")
    assert gather(tmp_path, (), "").assets.css != first.assets.css
    assert gather(tmp_path, (), "/cong").assets.css.startswith("/cong/theme/")


def test_no_rule_is_written_in_the_way_that_the_minifier_spoils():
    """rcssmin joins ``.card :is(h2)`` into ``.card:is(h2)``, which means something else."""
    for path in [*(ROOT / "theme").rglob("*.css"), *(ROOT / "plugins").rglob("*.css")]:
        without_comments = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
        assert not re.search(r"[\w\])*] +:(is|where|not|has|focus|hover|first|last|nth)", without_comments), path


def test_two_scripts_of_one_name_are_told(tmp_path):
    for folder in ("mot", "hai"):
        (tmp_path / "static" / folder).mkdir(parents=True)
        (tmp_path / "static" / folder / "phim.js").write_text("1")
    with pytest.raises(ConfigError) as caught:
        gather(tmp_path, (), "")
    (problem,) = caught.value.problems
    assert problem.code == "SCRIPT_TWICE" and problem.path.endswith("mot/phim.js") and "hai/phim.js" in problem.message
