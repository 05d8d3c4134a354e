"""Settings: what a configuration says becomes typed values; what is missing is told, all in one go."""

import pytest

import pelicanconf
from plugins.core.errors import ConfigError
from plugins.core.model.values import Link
from plugins.core.site.settings import read_settings
from tests.world import SECTIONS

GIVEN = {name: getattr(pelicanconf, name) for name in dir(pelicanconf) if name.isupper()} | {
    "PATH": "content",
    "OUTPUT_PATH": "output",
    "CACHE_PATH": "cache",
    "SITEURL": "https://thu.example/cong/",
    "MENU": [("Trang chủ", "/"), ("Báo", "https://bao.example/")],
    "FOOTER_LINKS": [("Liên hệ", "/lien-he/")],
    "CATEGORIES": [("tin", "Tin", "Tin hoạt động")],
    "HOME": {"main": [], "aside": []},
    "ASIDE": [],
}


def test_menu_footer_and_categories_are_read_and_lead_below_the_portals_own_path():
    settings = read_settings(GIVEN, SECTIONS, {})
    assert settings.site.menu == (Link("Trang chủ", "/cong/"), Link("Báo", "https://bao.example/"))
    assert settings.site.footer == (Link("Liên hệ", "/cong/lien-he/"),)
    assert [category.slug for category in settings.site.categories] == ["tin"]


@pytest.mark.parametrize("bad_value", [None, 5, ["một"], [("một", 2)]])
def test_lists_that_are_missing_or_of_another_shape_are_all_told_at_once(bad_value):
    names = {"MENU", "FOOTER_LINKS", "CATEGORIES", "ASIDE"}
    for setting, code in (
        ({name: value for name, value in GIVEN.items() if name not in names}, "SETTING_MISSING"),
        (GIVEN | dict.fromkeys(names, bad_value), "SETTING_INVALID"),
    ):
        with pytest.raises(ConfigError) as caught:
            read_settings(setting, SECTIONS, {})
        messages = [problem.message for problem in caught.value.problems if problem.code == code]
        assert all(
            any(name in message for message in messages)
            for name in names - ({"ASIDE"} if bad_value == ["một"] else set())
        )
