"""SITEURL: what may stand in every link is written the one way that machines understand."""

import pytest

from plugins.core.site.site_url import parse


@pytest.mark.parametrize(
    ("written", "origin", "base"),
    [
        ("https://tinhdoan.example.vn", "https://tinhdoan.example.vn", ""),
        (" https://tinhdoan.example.vn/ ", "https://tinhdoan.example.vn", ""),
        ("HTTPS://TinhDoan.Example.VN", "https://tinhdoan.example.vn", ""),
        ("https://tinhdoan.example.vn.:443", "https://tinhdoan.example.vn", ""),
        ("http://localhost:80/cong/", "http://localhost", "/cong"),
        ("https://tinhdoan.example.vn:8443//cong//", "https://tinhdoan.example.vn:8443", "/cong"),
        ("https://tỉnhđoàn.vn", "https://xn--tnhon-uqa55av24r.vn", ""),
        ("https://TỈNHĐOÀN.vn", "https://xn--tnhon-uqa55av24r.vn", ""),
        ("https://ti\u0309nhđoa\u0300n.vn", "https://xn--tnhon-uqa55av24r.vn", ""),
        ("https://x.vn/cổng", "https://x.vn", "/c%E1%BB%95ng"),
        ("https://x.vn/c%E1%BB%95ng/", "https://x.vn", "/c%E1%BB%95ng"),
        ("http://[::1]:8000", "http://[::1]:8000", ""),
    ],
)
def test_an_address_is_written_the_one_way(written, origin, base):
    assert parse(written)[:2] == (origin, base)


@pytest.mark.parametrize(
    "written",
    [
        "", "tinhdoan.example.vn", "ftp://x.vn", "https://", "https:///cong", "https://tinhdoan example.vn",
        "https://x.vn/a b", "https://x.vn\n.vn", "https://x.vn\u200b", "https://x.vn?a=1", "https://x.vn/#a", "https://x.vn/?",
        "https://x.vn:70000", "https://x.vn:0", "https://x.vn:abc", "https://[x", "https://-a.vn", "https://a..vn",
        f"https://{'a' * 64}.vn", "https://1.2.3", "https://x.vn/../a", "https://x.vn/%2e%2e/a", "https://x.vn/%zz",
        "https://x.vn/a%2Fb", "https:\\\\x.vn", 'https://x.vn/"',
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(written):
    with pytest.raises(ValueError, match=r"Địa chỉ|SITEURL|tên miền|Đường dẫn"):
        parse(written)


@pytest.mark.parametrize("written", ["https://ban:mat-khau@x.vn", "https://ban@x.vn", "https://ban:mat khau@x vn"])
def test_a_password_is_refused_and_not_repeated(written):
    with pytest.raises(ValueError, match="mật khẩu") as caught:
        parse(written)
    assert "ban" not in str(caught.value) and "khau" not in str(caught.value)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "[::1]", "0.0.0.0", "cong.localhost"])
def test_this_machine_is_known_by_all_its_names(host):
    assert parse(f"https://{host}").is_local and not parse("https://10.0.0.1").is_local
