"""The footer: who answers for the portal, how to reach them, other websites."""

import pytest

from plugins.core.errors import ConfigError
from plugins.core.pelican_adapter import load
from tests.tiny import CONF, a_tiny_site
from tests.world import ROOT, portalconf


def test_it_names_the_website_and_who_is_responsible_and_on_the_home_page_the_websites_of_others(tmp_path):
    site = a_tiny_site(tmp_path)
    unit = {**portalconf.ORGANIZATION, "responsible": "Lê Văn Ví Dụ", "responsible_office": "Bí thư"}
    site.build(ORGANIZATION=unit, WEBSITES=[("Trung ương Đoàn", "https://doanthanhnien.vn/")])
    inner, footer = site.page("tin-tuc/index.html").footer, site.page("index.html").footer
    assert "Lê Văn Ví Dụ, Bí thư" in inner.text and inner.find(class_="websites") is None
    assert "Lê Văn Ví Dụ, Bí thư" in footer.text
    assert footer.find("a", href=unit["website"]).text == "www.tinhdoanbinhthuan.vn"
    assert [link.text for link in footer.find(class_="websites").find_all("a")] == ["Trung ương Đoàn"]


def test_what_the_settings_leave_out_is_not_there(tmp_path):
    site = a_tiny_site(tmp_path)
    site.build(ORGANIZATION={**portalconf.ORGANIZATION, "responsible": "", "responsible_office": ""}, WEBSITES=[])
    footer = site.page("index.html").footer
    assert "Người chịu trách nhiệm" not in footer.text and footer.find(class_="websites") is None


@pytest.mark.parametrize(
    "row", [("", "https://a.vn/"), ("Báo", "a.vn"), ("Báo", "javascript:alert(1)"), ("Báo", "/tin/")]
)
def test_a_website_without_name_or_whole_address_is_refused(row):
    with pytest.raises(ConfigError, match="mỗi liên kết website cần tên và địa chỉ đầy đủ"):
        load(CONF, PATH=str(ROOT / "content"), WEBSITES=[row])


@pytest.mark.parametrize("field", ["responsible", "responsible_office"])
def test_a_responsible_person_has_a_name_and_an_office(field):
    with pytest.raises(ConfigError, match="cả họ tên"):
        load(CONF, PATH=str(ROOT / "content"), ORGANIZATION={**portalconf.ORGANIZATION, field: ""})
