"""setup_server.py over a server that was installed by hand, with one account for everything."""

import subprocess
from collections.abc import Iterator

import pytest

from tests.deploy.machine import Machine, running_machine
from tests.deploy.test_a_whole_server import git, log, page, push
from tests.deploy.town import PROJECT, TINY, eventually

pytestmark = [pytest.mark.deploy, pytest.mark.slow]


@pytest.fixture
def machine() -> Iterator[Machine]:
    with running_machine() as machine:
        yield machine


def test_keys_pages_and_certificates_of_an_earlier_installation_stay(machine: Machine) -> None:
    """As the handbook before December 2026 said: account, home, authorized_keys, nginx by hand."""
    site, old_site = (
        "/etc/nginx/sites-available/portal",
        "server { listen 80; server_name tinhdoan.example.vn; root /srv/portal/current; # managed by Certbot\n}\n",
    )
    machine.run(
        "useradd",
        "--system",
        "--user-group",
        "--create-home",
        "--home-dir",
        "/srv/portal",
        "--shell",
        "/usr/bin/git-shell",
        "portal",
    )
    machine.run("chmod", "755", "/srv/portal")
    words = ["--root", "/srv/portal", "--siteurl", "https://tinhdoan.example.vn"]
    installed = machine.run(
        "/usr/bin/python3", "-B", str(PROJECT / "scripts" / "install_server.py"), *words, account="portal"
    )
    assert installed.returncode == 0, installed.stdout + installed.stderr
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(machine.scratch / "minh")], check=True)
    key = (machine.scratch / "minh.pub").read_text().strip()
    machine.run("sh", "-c", f"mkdir -m 700 /srv/portal/.ssh; echo 'restrict {key}' >/srv/portal/.ssh/authorized_keys")
    machine.run(
        "sh", "-c", f"printf '%s' '{old_site}' >{site}; ln -s ../sites-available/portal /etc/nginx/sites-enabled/portal"
    )
    clone = machine.scratch / "clone"
    subprocess.run(["cp", "-r", str(TINY), str(clone)], check=True)
    (clone / "content").mkdir()
    (clone / "content" / "index.txt").write_text("Tin cũ\n")
    for command in (["init", "-q", "--initial-branch", "main"], ["add", "--all"], ["commit", "-q", "-m", "Tin cũ"]):
        git(machine, *command)
    machine.run("chown", "-R", "portal", str(clone))
    pushed = machine.run("git", "-C", str(clone), "push", "/srv/portal/portal.git", "main", account="portal")
    assert "Đã đưa lên" in pushed.stderr, pushed.stderr
    machine.run("chown", "-R", "root", str(clone))
    live = machine.run("readlink", "/srv/portal/current").stdout

    done = machine.set_up()
    assert done.returncode == 0, done.stdout + done.stderr
    assert machine.run("readlink", "/srv/portal/current").stdout == live
    assert machine.read(site) == old_site and "mục Nâng cấp" in done.stdout
    assert f"maintainer cu-1 {' '.join(key.split()[:2])}" in machine.read("/srv/portal/keys")
    for name in ("releases", "portal.git", "store", "manifests"):
        foreign = machine.run("find", f"/srv/portal/{name}", "-not", "-user", "portal-owner").stdout
        assert foreign == "", foreign
    machine.start_services()
    eventually(lambda: machine.run("test", "-S", "/srv/portal/run/build.sock").returncode == 0)
    eventually(lambda: machine.run("curl", "-s", "-o", "/dev/null", "http://tinhdoan.example.vn/").returncode == 0)
    assert "Tin cũ" in page(machine)
    pushed = push(machine, "Tin mới", "minh")
    assert pushed.returncode == 0 and "Tin mới" in page(machine), pushed.stderr + log(machine)
