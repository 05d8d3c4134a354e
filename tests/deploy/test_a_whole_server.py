"""setup_server.py on a Debian of its own: accounts, sshd, nginx, and a push that would like to own the machine."""

import shutil
import subprocess
from collections.abc import Iterator

import pytest

from tests.deploy.machine import Machine, running_machine
from tests.deploy.town import TINY, eventually

pytestmark = [pytest.mark.deploy, pytest.mark.slow]

#: A recipe that tries what a build must not be able to do, and writes what it could into the page.
HOSTILE = r"""
publish:
	@python3 build.py "$(CONTENT)" "$(OUTPUT)" "$(CACHE)"
	@rm -f /tmp/done; try() { if ( eval "$$2" ) >/dev/null 2>&1; then echo "$$1" >>/tmp/done; fi; }; \
	try program 'echo x >>/srv/portal/bin/publishing/release.py'; \
	try hook 'echo x >>/srv/portal/portal.git/hooks/pre-receive'; \
	try repository 'touch /srv/portal/portal.git/x'; \
	try keys 'cat /srv/portal/keys'; try settings 'cat /srv/portal/portal.env'; \
	try live 'echo x >>/srv/portal/current/index.html'; \
	try standby 'touch /srv/portal/standby/x'; try store 'touch /srv/portal/store/x'; \
	try tree 'touch $(CONTENT)/x'; try etc 'touch /etc/x'; try nginx 'cat /etc/nginx/nginx.conf'; \
	try network 'python3 -c "import socket; socket.create_connection((\"127.0.0.1\", 80), 2)"'; \
	try kill 'pgrep -u portal-owner || pgrep sshd'; try sudo 'sudo -n true'; try others 'ls /proc/1/root/srv/portal/keys'; \
	( sleep 300 & ) ; \
	id -u >"$(OUTPUT)/who.html"; cat /tmp/done >"$(OUTPUT)/done.html" 2>/dev/null || echo nothing >"$(OUTPUT)/done.html"
"""


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    with running_machine() as machine:
        yield machine


@pytest.fixture(scope="module")
def server(machine: Machine) -> Machine:
    """Return the machine, set up and running, with an editor and a maintainer."""
    dry = machine.set_up("--dry-run")
    assert dry.returncode == 0, dry.stdout + dry.stderr
    assert "Sẽ tạo thư mục /srv/portal" in dry.stdout and machine.run("ls", "-A", "/srv").stdout == ""
    done = machine.set_up()
    assert done.returncode == 0, done.stdout + done.stderr
    for words in ("ufw allow 22/tcp", "certbot --nginx", "/srv/portal/keys"):
        assert words in done.stdout
    for name, role in (("lan", "editor"), ("minh", "maintainer")):
        key = machine.scratch / name
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
        machine.run(
            "sh", "-c", f"echo '{role} {name} {key.with_suffix('.pub').read_text().strip()}' >>/srv/portal/keys"
        )
    machine.start_services()
    eventually(lambda: machine.run("curl", "-s", "-o", "/dev/null", "http://tinhdoan.example.vn/").returncode == 0)
    eventually(lambda: machine.run("test", "-S", "/srv/portal/run/build.sock").returncode == 0)
    clone = machine.scratch / "clone"
    shutil.copytree(TINY, clone)
    (clone / "content").mkdir()
    git(machine, "init", "-q", "--initial-branch", "main")
    return machine


def git(machine: Machine, *words: str, who: str = "minh") -> subprocess.CompletedProcess[str]:
    """Run git in the clone; over SSH with the key of `who`."""
    options = "-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
    environment = {"GIT_SSH_COMMAND": f"ssh -i {machine.scratch}/{who} {options}"}
    environment |= {
        f"GIT_{role}_{field}": value
        for role in ("AUTHOR", "COMMITTER")
        for field, value in (("NAME", who), ("EMAIL", f"{who}@example.vn"))
    }
    return machine.run("git", "-C", str(machine.scratch / "clone"), *words, **environment)


def push(machine: Machine, text: str, who: str) -> subprocess.CompletedProcess[str]:
    """Write the home page and push it over SSH."""
    (machine.scratch / "clone" / "content" / "index.txt").write_text(text + "\n", "utf-8")
    git(machine, "add", "--all", who=who)
    git(machine, "commit", "-q", "--message", text, who=who)
    return git(machine, "push", "portal@tinhdoan.example.vn:portal.git", "main", who=who)


def page(machine: Machine, path: str = "/") -> str:
    return machine.run("curl", "-s", f"http://tinhdoan.example.vn{path}").stdout


def test_a_push_over_ssh_is_live_through_nginx(server: Machine) -> None:
    first = push(server, "Tin đầu\nCSS mau", "minh")
    assert first.returncode == 0 and "Đã đưa lên" in first.stderr, first.stderr + log(server)
    assert "Tin đầu" in page(server)
    second = push(server, "Tin của Lan", "lan")
    assert second.returncode == 0 and "Tin của Lan" in page(server), second.stderr + log(server)
    twice = "cd /srv/portal && find build -path '*/store/*' -name mau.css; test -f store/theme/mau.css || echo mất"
    eventually(lambda: server.run("sh", "-c", twice).stdout == "")
    verified = server.run("/usr/local/sbin/portal", "verify", "--rebuild")
    assert verified.returncode == 0 and "giống hệt" in verified.stdout, verified.stdout + log(server)
    status = server.run("/usr/local/sbin/portal", "status").stdout
    assert "của       lan" in status


def log(machine: Machine) -> str:
    return (machine.scratch / "services.log").read_text("utf-8", "replace")[-3000:]


def test_case_106_a_hostile_build_changes_nothing_of_the_server(server: Machine) -> None:
    """It runs as an account of its own, without network, and could write only what it hands over."""
    watched = "/srv/portal/bin /srv/portal/portal.git/hooks /srv/portal/portal.git/config /srv/portal/keys /srv/portal/portal.env /etc"
    before = server.run("sh", "-c", f"find {watched} -type f ! -name '*.pyc' | sort | xargs sha256sum").stdout
    makefile = server.scratch / "clone" / "Makefile"
    original = makefile.read_text()
    makefile.write_text(HOSTILE)
    pushed = push(server, "Tin xấu", "minh")
    assert pushed.returncode == 0 and "Đã đưa lên" in pushed.stderr, pushed.stderr + log(server)
    assert page(server, "/done.html").strip() == "nothing"
    builder, owner = (server.run("id", "-u", name).stdout for name in ("portal-build", "portal-owner"))
    assert page(server, "/who.html") == builder != owner
    assert server.run("sh", "-c", f"find {watched} -type f ! -name '*.pyc' | sort | xargs sha256sum").stdout == before
    left = server.run("pgrep", "-u", "portal-build", "-f", "sleep 300").stdout
    assert left == ""
    live = server.run("find", "/srv/portal/current/", "-not", "-user", "portal-owner").stdout
    assert live == ""
    makefile.write_text(original)
    assert push(server, "Tin lành", "minh").returncode == 0
    assert "Tin lành" in page(server)


def test_old_addresses_lead_to_new_pages_a_minute_after_they_are_live(server: Machine) -> None:
    makefile = server.scratch / "clone" / "Makefile"
    original = makefile.read_text()
    rule = '"a24" /index.html;'
    makefile.write_text(f"{original}\t@echo '{rule}' >\"$(OUTPUT)/redirects.map\"\n")
    assert push(server, "Tin cũ", "minh").returncode == 0, log(server)
    line = next(line for line in server.read("/etc/cron.d/portal").splitlines() if "redirects" in line)
    account, _, command = line.removeprefix("* * * * * ").partition(" ")
    done = server.run("sh", "-c", command.partition(" 2>&1")[0], account=account)
    assert done.returncode == 0 and "đã nhận" in done.stdout, done.stdout + done.stderr
    eventually(lambda: "301" in server.run("curl", "-sI", "http://tinhdoan.example.vn/tin/24-bai.html").stdout)
    again = server.run("sh", "-c", command.partition(" 2>&1")[0], account=account)
    assert again.returncode == 0 and again.stdout == ""
    makefile.write_text(original)
    push(server, "Tin mới", "minh")


def test_the_account_that_receives_can_write_nothing(server: Machine) -> None:
    for path in ("bin/x", "portal.git/x", "portal.git/hooks/x", "releases/x", "x", "keys", "work/x", "build/x"):
        assert server.run("sh", "-c", f"echo x >>/srv/portal/{path}", account="portal").returncode != 0, path
    assert server.run("cat", "/srv/portal/keys", account="portal").returncode != 0


def test_the_owner_of_pages_cannot_take_the_place_of_the_programs(server: Machine) -> None:
    for command in (
        "mv bin bin2",
        "rm keys",
        "echo x >>bin/publishing/release.py",
        "echo x >>portal.env",
        "echo x >>bin/confine",
    ):
        assert server.run("sh", "-c", f"cd /srv/portal && {command}", account="portal-owner").returncode != 0, command


def test_ssh_opens_no_shell(server: Machine) -> None:
    options = ["-i", f"{server.scratch}/lan", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"]
    for words in ([], ["bash"], ["git-receive-pack '/srv/portal/bin'"]):
        refused = server.run("ssh", *options, "portal@tinhdoan.example.vn", *words)
        assert "chỉ nhận git" in refused.stdout + refused.stderr, refused.stderr
    assert server.run("ssh", *options, "portal-owner@tinhdoan.example.vn", "id").returncode != 0
    assert (
        server.run(
            "ssh",
            *options,
            "-o",
            "ExitOnForwardFailure=yes",
            "-N",
            "-R",
            "9999:localhost:22",
            "portal@tinhdoan.example.vn",
        ).returncode
        != 0
    )


def test_without_the_builder_nothing_is_built_by_another_account(server: Machine) -> None:
    server.run("mv", "/srv/portal/run/build.sock", "/srv/portal/run/away")
    try:
        pushed = push(server, "Tin chờ", "minh")
        assert "Không nối được" in pushed.stderr and "Tin chờ" not in page(server)
    finally:
        server.run("mv", "/srv/portal/run/away", "/srv/portal/run/build.sock")


def test_setting_up_again_changes_nothing_and_keeps_what_certbot_wrote(server: Machine) -> None:
    site = "/etc/nginx/sites-available/portal"
    server.run("sh", "-c", f"echo '# managed by Certbot' >>{site}; echo KEEP_LAST_GOOD=1 >>/srv/portal/portal.env")
    before = {path: server.read(path) for path in (site, "/srv/portal/keys")}
    again = server.set_up()
    assert again.returncode == 0, again.stdout
    assert "viết" not in again.stdout.replace("tự viết", "").partition("Phần của bạn")[0].replace(
        "viết /srv/portal/portal.env", ""
    )
    assert {path: server.read(path) for path in before} == before
    assert "KEEP_LAST_GOOD=1" in server.read("/srv/portal/portal.env")
    compiled = "/srv/portal/bin/publishing/__pycache__"
    upgrade = server.run("sh", "-c", f"echo '# cũ' >/etc/nginx/portal/server.conf; rm -r {compiled}")
    assert upgrade.returncode == 0
    again = server.set_up()
    assert "nginx -t" in again.stdout and "chép các chương trình" in again.stdout
    assert "Content-Security-Policy" in server.read("/etc/nginx/portal/server.conf")
    assert "release.cpython" in server.run("ls", compiled).stdout
