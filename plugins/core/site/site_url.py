"""Check SITEURL, the portal's address as every canonical link, feed and sitemap writes it."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.ASCII)
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_IN_PATH = "/-._~!$&'()*+,;=:@"  # RFC 3986: what a path may hold as it is
_DEFAULT_PORTS = {"http": 80, "https": 443}


class SiteUrl(NamedTuple):
    """``origin`` is scheme and host; ``base`` the path the portal lives under, without a slash at its end."""

    origin: str
    base: str
    is_local: bool


def parse(written: str) -> SiteUrl:
    """Read an address as a person writes it. Raises ``ValueError`` with a sentence for one that cannot be meant."""
    text = written.strip()
    if re.match(r"[a-z]*:?//[^/]*@", text, re.I):  # first: no other message may quote a password
        raise ValueError(
            "SITEURL không được có tên đăng nhập, mật khẩu: chúng sẽ hiện trên mọi trang. Bỏ phần trước @."
        )
    if any(char.isspace() or not char.isprintable() or char in '\\<>"{}|^`' for char in text):
        raise ValueError(f"Địa chỉ “{text}” có dấu cách hoặc ký tự không dùng được trong địa chỉ.")
    try:
        url = urlsplit(unicodedata.normalize("NFC", text))
        port = url.port
    except ValueError:
        raise ValueError(f"Địa chỉ “{text}” không đọc được: xem lại tên máy chủ và số cổng (1 đến 65535).") from None
    if url.scheme not in _DEFAULT_PORTS or not url.hostname:
        raise ValueError("SITEURL phải là địa chỉ đầy đủ, bắt đầu bằng https://, ví dụ https://tinhdoan.example.vn")
    if "?" in text or "#" in text:
        raise ValueError(f"SITEURL không được có dấu ? hay #. Bỏ phần từ “{re.search('[?#].*', text)[0]}”.")  # type: ignore[index]
    if port == 0 or _BROKEN_ESCAPE.search(url.path):
        raise ValueError(f"Địa chỉ “{text}” có số cổng hoặc dấu % không đúng.")
    host = _host(url.hostname)
    shown = f"[{host}]" if ":" in host else host
    end = "" if port in (None, _DEFAULT_PORTS[url.scheme]) else f":{port}"
    return SiteUrl(f"{url.scheme}://{shown}{end}", _base(url.path), _is_local(host))


def _host(written: str) -> str:
    """Normalise a host name: lower case, Punycode (RFC 3492) where it is not ASCII."""
    try:
        return str(ipaddress.ip_address(written))
    except ValueError:
        pass
    try:
        host = written.rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        host = ""
    if not host or not all(_LABEL.fullmatch(label) for label in host.split(".")) or re.fullmatch(r"[\d.]+", host):
        raise ValueError(f"“{written}” không phải là tên miền. Viết dạng https://tinhdoan.example.vn")
    return host


def _base(path: str) -> str:
    segments = [unquote(segment) for segment in path.split("/") if segment]
    if any(segment in (".", "..") or "/" in segment for segment in segments):
        raise ValueError(f"Đường dẫn “{path}” trong SITEURL không được có . hay .. hoặc %2F.")
    return "".join("/" + quote(segment, safe=_IN_PATH) for segment in segments)


def _is_local(host: str) -> bool:
    """Tell whether a host name means this machine alone."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified
