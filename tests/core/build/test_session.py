"""Check what a build takes over from the one before, and what it makes anew."""

from __future__ import annotations

import shutil

import pytest

from plugins.core.build.session import State
from plugins.core.pelican_adapter import load
from plugins.core.render import assets
from tests.tiny import CONF, ROOT


@pytest.fixture
def gathered(monkeypatch):
    """Count how often static files are gathered, in a process that has not done so yet."""
    calls = []

    def gather_and_note(*words, original=assets.gather):
        calls.append(words)
        return original(*words)

    monkeypatch.setattr(assets, "gather", gather_and_note)
    begin_process(monkeypatch)
    return calls


@pytest.fixture
def settings(tmp_path):
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    (tmp_path / "content").mkdir()
    return load(CONF, PATH=str(tmp_path / "content"), THEME=str(tmp_path / "theme"), CACHE_PATH=str(tmp_path / "cache"))


def begin_process(monkeypatch):
    monkeypatch.setattr(State, "_assets", None)


def test_static_files_are_gathered_once_in_a_process(settings, gathered):
    first = State(settings).assets(settings)
    assert State(settings).assets(settings) is first
    assert len(gathered) == 1


def test_another_process_takes_static_files_from_the_cache(settings, gathered, monkeypatch):
    state = State(settings)
    first = state.assets(settings)
    state.store.close()
    begin_process(monkeypatch)
    assert State(settings).assets(settings) == first
    assert len(gathered) == 1


@pytest.mark.parametrize("is_new_process", [False, True])
@pytest.mark.parametrize("path", ["static/css/print.css", "templates/list.html", "static/root/robots-extra.txt"])
def test_whatever_changes_in_the_theme_has_static_files_gathered_again(
    settings, gathered, monkeypatch, path, is_new_process
):
    state = State(settings)
    state.assets(settings)
    state.store.close()
    file = settings.theme / path
    file.parent.mkdir(exist_ok=True)
    with file.open("a") as out:
        out.write("/* khác */")
    if is_new_process:
        begin_process(monkeypatch)
        state = State(settings)
    else:
        state.next(settings)
    assert state.assets(settings) == assets.gather(
        settings.theme, settings.sections, settings.site.base, settings.zones
    )
    assert len(gathered) == 3


def test_what_is_saved_while_static_files_are_gathered_is_not_taken_for_what_was_there(settings, monkeypatch):
    file = settings.theme / "static" / "css" / "print.css"
    before = file.read_bytes()

    def gather_while_somebody_saves(*words, original=assets.gather):
        file.write_text("a{color:red}")
        return original(*words)

    begin_process(monkeypatch)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(assets, "gather", gather_while_somebody_saves)
        state = State(settings)
        other = state.assets(settings)
        state.store.close()
    file.write_bytes(before)
    files = State(settings).assets(settings)
    assert files != other
    assert files == assets.gather(settings.theme, settings.sections, settings.site.base, settings.zones)
