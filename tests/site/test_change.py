"""What has changed since the last build: the verdict by which a build does no more than it has to."""

import shutil

import pytest

from plugins.core.build.pipeline import build
from plugins.core.build.plan import list_sources, plan
from plugins.core.build.session import State
from plugins.core.incremental.change import Change, before_reading
from plugins.core.pelican_adapter import load
from tests.tiny import ROOT


@pytest.fixture
def settings(tiny):
    """Return the settings of a portal whose theme may be changed."""
    shutil.copytree(ROOT / "theme", tiny.root / "theme")
    return lambda now="2026-11-23 20:00", **more: load(
        str(ROOT / "pelicanconf.py"), PATH=str(tiny.content), OUTPUT_PATH=str(tiny.output),
        CACHE_PATH=str(tiny.root / "cache"), THEME=str(tiny.root / "theme"), NOW=now, **more,
    )  # fmt: skip


def change(settings):
    """Return the verdict of a build."""
    state = State(settings, is_last=True)
    try:
        state.catch_up()
        sources = list_sources(settings)
        return before_reading(state.manifest, sources.digest, state.theme, settings.now) or (
            plan(settings, state, sources).change
        )
    finally:
        state.store.close()


def change_template(tiny):
    with (tiny.root / "theme/templates/list.html").open("a") as file:
        file.write("{# khác #}")


def test_without_a_last_build_it_is_everything(settings):
    assert change(settings()) is Change.EVERYTHING


def test_the_verdict_on_the_theme_is_yes_until_a_template_is_another(tiny, settings):
    build(settings())
    assert change(settings()) in (Change.NOTHING, Change.BODIES)
    change_template(tiny)
    assert change(settings()) is Change.THEME
    build(settings())
    assert change(settings()) in (Change.NOTHING, Change.BODIES)


def test_a_word_of_a_text_is_a_change_of_bodies(tiny, settings):
    build(settings())
    tiny.story(body="Chữ khác.")
    assert change(settings()) is Change.BODIES
    change_template(tiny)
    assert change(settings()) is Change.THEME


@pytest.mark.parametrize("fields", [{"title": "Tên khác"}, {"body": "[Liên hệ](/lien-he/)"}, {"body": "## Mục"}])
def test_what_other_pages_may_know_of_a_text_is_a_change_of_content(tiny, settings, fields):
    build(settings())
    tiny.story(**fields)
    assert change(settings()) is Change.CONTENT
    change_template(tiny)
    assert change(settings()) is Change.EVERYTHING


def test_another_body_of_a_text_that_the_site_complains_of_is_a_change_of_content(tiny, settings):
    tiny.story(tags="[thẻ một]")
    tiny.story("hai", tags="[Thẻ Một]")
    assert any("bai" in problem.path or "hai" in problem.path for problem in build(settings()).problems)
    tiny.story(tags="[thẻ một]", body="Chữ khác.")
    tiny.story("hai", tags="[Thẻ Một]", body="Chữ khác.")
    assert change(settings()) is Change.CONTENT


def test_a_moment_that_comes_is_a_change_of_content(tiny, settings):
    tiny.story("mai", date="2026-11-24 08:00")
    build(settings())
    assert change(settings("2026-11-24 07:59")) in (Change.NOTHING, Change.BODIES)
    assert change(settings("2026-11-24 08:00")) is Change.CONTENT
    assert change(settings("2026-11-23 19:59")) is Change.CONTENT  # the clock was set back


def test_another_setting_is_everything(tiny, settings):
    build(settings())
    assert change(settings(TAGLINE="Khẩu hiệu khác")) is Change.EVERYTHING
