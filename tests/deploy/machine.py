"""A whole machine for one test: its own /etc, /srv, /run and network, in namespaces that end with it."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.deploy.town import PROJECT, require

#: What is laid over the real machine. Accounts that a test makes are in its copy of /etc alone.
PREPARE = """
set -e
mount --make-rprivate /
cp -a /etc {scratch}/etc && mount --bind {scratch}/etc /etc
for folder in /srv /run /usr/local/sbin /var/log /var/lib/nginx; do mount -t tmpfs -o mode=755 tmpfs $folder; done
mkdir -p /run/sshd /run/lock /var/log/nginx /var/lib/nginx/body
rm -rf /etc/cron.d/portal /etc/nginx/portal /etc/nginx/sites-available/portal /etc/nginx/sites-enabled/portal
printf '#!/bin/sh\\necho "$@" >>{scratch}/apt\\n' >/usr/local/sbin/apt-get && chmod 755 /usr/local/sbin/apt-get
ip link set lo up
echo '127.0.0.1 tinhdoan.example.vn' >>/etc/hosts
echo ready
exec sleep 600
"""


class Machine:
    """A Debian to set up."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.started: list[subprocess.Popen[bytes]] = []
        script = PREPARE.format(scratch=scratch)
        words = ["unshare", "--mount", "--net", "--pid", "--fork", "--mount-proc", "--kill-child", "sh", "-c", script]
        self._holder = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self._holder.stdout and self._holder.stderr
        if self._holder.stdout.readline().strip() != "ready":
            complaint = self._holder.stderr.read()
            self.stop()
            raise RuntimeError(complaint)
        children = Path(f"/proc/{self._holder.pid}/task/{self._holder.pid}/children").read_text()
        self.enter = ["nsenter", "--target", children.split()[0], "--mount", "--net", "--pid", "--"]

    def run(
        self, *words: str, account: str = "", seconds: float = 120, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a program in the machine, as root or as another account."""
        become = ["setpriv", f"--reuid={account}", f"--regid={account}", "--init-groups"] if account else []
        clean = {
            "PATH": "/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/root",
            "LC_ALL": "C.UTF-8",
            **environment,
        }
        command = [*self.enter, *become, *words]
        return subprocess.run(command, env=clean, cwd="/", capture_output=True, text=True, timeout=seconds, check=False)

    def start(self, *words: str, account: str = "") -> None:
        """Start a program that goes on."""
        become = ["setpriv", f"--reuid={account}", f"--regid={account}", "--init-groups"] if account else []
        clean = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"}
        with (self.scratch / "services.log").open("ab") as log:
            command = [*self.enter, *become, *words]
            self.started.append(subprocess.Popen(command, env=clean, cwd="/", stdout=log, stderr=log))

    def set_up(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run setup_server.py as the handbook says."""
        script = str(PROJECT / "scripts" / "setup_server.py")
        return self.run("/usr/bin/python3", "-B", script, "--siteurl", "https://tinhdoan.example.vn", *words)

    def start_services(self) -> None:
        """Start what cron's @reboot lines name, nginx and sshd."""
        for line in self.read("/etc/cron.d/portal").splitlines():
            when, _, rest = line.partition(" ")
            if when == "@reboot":
                account, _, command = rest.partition(" ")
                self.start("sh", "-c", f"exec {command.partition(' 2>&1')[0]}", account=account)
        self.start("/usr/sbin/nginx", "-g", "daemon off;")
        self.run("ssh-keygen", "-A")
        self.start("/usr/sbin/sshd", "-D", "-e")

    def read(self, path: str) -> str:
        return self.run("cat", path).stdout

    def stop(self) -> None:
        with self._holder as holder:
            holder.kill()
        for process in self.started:
            process.kill()
            process.wait()


@contextmanager
def running_machine() -> Iterator[Machine]:
    """Start a machine, and stop it afterwards. Without root or a program that it needs, the test is left out."""
    if os.geteuid() != 0:
        pytest.skip("cần quyền root")
    for program in ("unshare", "nsenter", "bwrap", "sshd", "nginx", "ip", "ssh"):
        require(program)
    with tempfile.TemporaryDirectory(prefix="portal-machine-") as name:
        Path(name).chmod(0o755)
        machine = Machine(Path(name))
        try:
            yield machine
        finally:
            machine.stop()
