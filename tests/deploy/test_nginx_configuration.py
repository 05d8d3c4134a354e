"""The configuration that a server is given: over TLS as certbot leaves it, tried before it is used."""

import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts.local_nginx import MAIN
from scripts.publishing import nginx, nginx_control, nginx_redirects
from scripts.publishing.nginx import Machine
from scripts.publishing.outcome import ReleaseError
from tests.deploy.town import PROJECT, eventually, require

pytestmark = pytest.mark.deploy

DOMAIN = "tinhdoan.example.vn"
HEADERS = {
    "strict-transport-security": "max-age=63072000",
    "content-security-policy": nginx.content_security_policy(),
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
}


class Site:
    """nginx with the generated configuration, after certbot has added its certificate."""

    def __init__(self, folder: Path) -> None:
        self.root, self.ours = folder / "server", folder / "nginx" / "portal"
        self.site_file, self.main = folder / "nginx" / "site.conf", folder / "nginx.conf"
        self.pages = self.root / "releases" / "1"
        self.pages.mkdir(parents=True)
        (self.root / "public").mkdir()
        (self.root / "current").symlink_to("releases/1")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        version, has_brotli = nginx_control.installed_nginx()
        self.redirects = self.ours / "redirects.map"
        self.machine = Machine(self.root, DOMAIN, version, has_brotli, has_ipv6=False, redirects=self.redirects)
        key, certificate = folder / "key.pem", folder / "certificate.pem"
        openssl = ["openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-subj", f"/CN={DOMAIN}", "-days", "1"]
        subprocess.run([*openssl, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
        certbot = (
            f"listen 443 ssl; # managed by Certbot\n    ssl_certificate {certificate};\n    ssl_certificate_key {key};"
        )
        # the loader of Debian's brotli modules stands outside http
        modules = "include /etc/nginx/modules-enabled/*.conf;\n" if has_brotli else ""
        self.main.write_text(modules + MAIN.format(here=folder).replace("portal.conf", "nginx/site.conf"))
        self.files = {
            self.ours / "http.conf": self.on_port(nginx.http_conf(self.machine)),
            self.ours / "server.conf": nginx.server_conf(self.machine),
            self.site_file: self.on_port(nginx.site_conf(self.machine, str(self.ours)).replace("listen 80;", certbot)),
        }

    def on_port(self, text: str) -> str:
        return text.replace("listen 443", f"listen 127.0.0.1:{self.port}")

    def curl(self, path: str, *words: str, name: str = DOMAIN) -> subprocess.CompletedProcess[str]:
        to_us = ["--resolve", f"{name}:{self.port}:127.0.0.1", f"https://{name}:{self.port}{path}"]
        return subprocess.run(["curl", "-s", "-k", "-i", *words, *to_us], capture_output=True, text=True, check=False)

    def headers(self, path: str, *words: str) -> tuple[str, dict[str, str]]:
        """Return the status line and the headers, by name in lower case."""
        status, *lines = self.curl(path, "-o", "/dev/null", "-D", "-", *words).stdout.strip().splitlines()
        return status, {k.lower(): v for k, _, v in (line.partition(": ") for line in lines)}


@pytest.fixture
def site(open_folder: Path) -> Iterator[Site]:
    program = require("nginx")
    require("curl")
    site = Site(open_folder)
    assert nginx_control.put_in_force(site.files, site.main, ["true"])
    command = [program, "-c", str(site.main), "-e", str(open_folder / "error.log")]
    with subprocess.Popen(command) as process:
        try:
            eventually(lambda: site.curl("/").returncode == 0 or process.poll() is not None)
            yield site
        finally:
            process.terminate()


@pytest.fixture
def write(site: Site) -> Callable[[str, str], None]:
    def write(name: str, text: str) -> None:
        path = site.pages / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    return write


def test_every_answer_has_every_header(site: Site, write: Callable[[str, str], None]) -> None:
    """Pages, redirects, 304, PDF, SVG, what is missing and what is refused."""
    for name in ("index.html", "404.html", "tin/index.html", "van-ban/a.pdf", "anh/a.svg", "theme/a.css", "atom.xml"):
        write(name, "x" * 2000)
    tag = site.headers("/")[1]["etag"]
    answers = {
        "200": ["/"],
        "304": ["/", "-H", f"If-None-Match: {tag}"],
        "301": ["/tin"],
        "404": ["/khong-co/"],
        "405": ["/", "-X", "POST"],
    }
    for status, words in answers.items():
        line, headers = site.headers(*words)
        assert (status, line.split()[1]) == (status, status)
        assert HEADERS.items() <= headers.items(), status
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "camera=()" in headers["permissions-policy"]
        assert "max-age=60" in headers["cache-control"]
    for path, policy in {
        "/van-ban/a.pdf": "same-origin",
        "/anh/a.svg": "cross-origin",
        "/atom.xml": "cross-origin",
    }.items():
        line, headers = site.headers(path)
        assert line.split()[1] == "200" and HEADERS.items() <= headers.items()
        assert headers["cross-origin-resource-policy"] == policy
    assert "immutable" in site.headers("/theme/a.css")[1]["cache-control"]
    assert "immutable" not in site.headers("/theme/mat.css")[1]["cache-control"]


def test_nothing_of_the_page_needs_an_unsafe_source() -> None:
    """Observatory gives its whole bonus for a policy that starts from nothing."""
    policy = nginx.content_security_policy("https://binh-luan.example.vn")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy and "*" not in policy
    assert "script-src 'self' https://binh-luan.example.vn;" in policy


def test_certbots_plain_443_speaks_http2_and_other_names_are_refused(
    site: Site, write: Callable[[str, str], None]
) -> None:
    write("index.html", "Tin")
    assert site.headers("/", "--http2")[0].startswith("HTTP/2 200")
    assert site.curl("/", name="khac.example.vn").returncode == 35  # the handshake is refused


def test_files_packed_by_the_build_are_sent_as_they_are(site: Site, write: Callable[[str, str], None]) -> None:
    """What lies beside the page is not packed anew; a browser that cannot read it gets the page."""
    write("index.html", "trang")
    write("index.html.gz", "sẵn gz")
    write("index.html.br", "sẵn br")
    assert site.curl("/", "-H", "Accept-Encoding: gzip").stdout.endswith("sẵn gz")
    assert site.curl("/").stdout.endswith("trang")
    if site.machine.has_brotli:
        assert site.curl("/", "-H", "Accept-Encoding: gzip, br").stdout.endswith("sẵn br")
    elif os.environ.get("CI") == "true":
        pytest.fail("thiếu libnginx-mod-http-brotli-filter, libnginx-mod-http-brotli-static")


def test_case_102_what_is_no_page_is_not_served(site: Site, write: Callable[[str, str], None]) -> None:
    names = (".git/config", "a/index.md", "theme/a.css.map", "index.html~", "index.html.bak", "portal.env")
    for name in names:
        write(name, "x")
    for path in (*(f"/{name}" for name in names), "/a/", "//portal.env", "/anh../index.html", "/a/.%2e/.git/config"):
        assert site.headers(path, "--path-as-is")[0].split()[1] in ("400", "404"), path
    (site.root / "public" / "trang-thai.json").write_text("{}")
    line, headers = site.headers("/trang-thai.json")
    assert line.split()[1] == "200" and headers["cache-control"] == "no-cache"
    assert HEADERS.items() <= headers.items()


def test_case_95_a_faulty_configuration_never_replaces_one_that_works(site: Site, tmp_path: Path) -> None:
    """nginx reads the whole of it before it is told to use it."""
    before = {path: path.read_text() for path in site.files}
    reloaded = tmp_path / "reloaded"
    new = site.ours / "new.conf"
    faulty = {**site.files, site.ours / "server.conf": "gzip vâng;\n", new: ""}
    with pytest.raises(ReleaseError, match="để lại cấu hình cũ"):
        nginx_control.put_in_force(faulty, site.main, ["touch", str(reloaded)])
    assert {path: path.read_text() for path in site.files} == before
    assert not new.exists() and not reloaded.exists()


def test_what_has_not_changed_is_not_reloaded(site: Site, tmp_path: Path) -> None:
    reloaded = tmp_path / "reloaded"
    assert not nginx_control.put_in_force(site.files, site.main, ["touch", str(reloaded)])
    changed = {**site.files, site.ours / "server.conf": site.files[site.ours / "server.conf"] + "# mới\n"}
    assert nginx_control.put_in_force(changed, site.main, ["touch", str(reloaded)])
    assert reloaded.exists()


def test_old_addresses_are_known_once_nginx_was_given_the_live_releases_table(
    site: Site, write: Callable[[str, str], None]
) -> None:
    write("index.html", "trang chủ")
    write("redirects.map", '"a24" /tin-tuc/2020/07/bai/;\n"/tin/cu" /tin-tuc/2020/07/bai/;\n')
    rules = nginx_redirects.live_rules(site.root / "current")
    nginx_control.put_in_force(
        {site.redirects: rules}, site.main, [nginx_control.nginx_program(), "-c", str(site.main), "-s", "reload"]
    )

    def leads() -> bool:
        # no answer is none yet: a reload closes connections that have not asked; browsers ask again, curl does not
        words = ("-o", "/dev/null", "-w", "%{redirect_url}")
        answers = [site.curl(old, *words).stdout for old in ("/tin-tuc/24-gi-cung-duoc.html", "/tin/cu")]
        return all(location.endswith("/tin-tuc/2020/07/bai/") for location in answers)

    eventually(leads)


@pytest.mark.parametrize(
    "line",
    [
        "include /etc/shadow;",
        '"a24" /bai/; }',
        '"a24" $document_root;',
        "<<<<<<< HEAD",
        '"~(a+)+$" /bai/;',
        "root:x:0:0",
    ],
)
def test_nothing_but_old_addresses_comes_from_a_release_into_the_configuration(tmp_path: Path, line: str) -> None:
    """Whoever may change a plugin writes that file, and root reads it. What it holds is not repeated."""
    (tmp_path / "redirects.map").write_text(f'"a1" /bai/;\n{line}\n', "utf-8")
    with pytest.raises(ReleaseError, match="Dòng 2") as caught:
        nginx_redirects.live_rules(tmp_path)
    assert line not in str(caught.value)


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_a_table_that_is_no_file_is_not_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "redirects.map"
    {"link": lambda: path.symlink_to("/etc/shadow"), "pipe": lambda: os.mkfifo(path), "folder": path.mkdir}[kind]()
    with pytest.raises(ReleaseError):
        nginx_redirects.live_rules(tmp_path)


def test_http2_is_asked_for_as_this_nginx_wants_it() -> None:
    """From 1.25.1 on it is a directive, before a word of `listen`."""
    old, new = (Machine(Path("/srv/portal"), DOMAIN, version) for version in ((1, 22, 1), (1, 26, 3)))
    assert "listen 443 ssl http2 default_server;" in nginx.http_conf(old) and "http2 on" not in nginx.server_conf(old)
    assert "listen 443 ssl default_server;" in nginx.http_conf(new) and "http2 on;" in nginx.server_conf(new)


def test_the_sample_in_the_handbook_is_what_the_program_writes() -> None:
    """Write it anew by: python -m scripts.publishing.nginx > docs/nginx.conf"""
    assert (PROJECT / "docs" / "nginx.conf").read_text("utf-8") == nginx.sample()
