"""Make a fresh Debian into a server of the portal, or bring one up to date: accounts, folders, sshd, nginx, units.

Every step looks first whether it is done, so that the whole may be run again at any time; `--dry-run`
only says what would be done. Nothing is deleted but nginx's sample site.
"""

import grp
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import install, nginx, nginx_control, nginx_redirects, units
from .accounts import account_exists, as_account
from .layout import Layout
from .outcome import Exit, ReleaseError, say
from .server import Server
from .units import BUILDER, OWNER, PUSHER

PACKAGES = (
    *("git", "make", "python3", "python3-venv", "openssh-server", "bubblewrap", "nginx", "curl"),
    *("libnginx-mod-http-brotli-filter", "libnginx-mod-http-brotli-static", "certbot", "python3-certbot-nginx"),
)
SITE = nginx_control.ETC / "sites-available" / "portal"
UNITS = Path("/etc/systemd/system")
OLD_KEY = re.compile(r"(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[\w@.-]+ AAAA[A-Za-z0-9+/]+=*")
KEYS_HEAD = """\
# Ai được push: mỗi dòng một khóa, có hiệu lực ngay khi lưu tệp này.
#   editor TÊN KHÓA        biên tập viên: chỉ sửa trong content/
#   maintainer TÊN KHÓA    người phụ trách mã nguồn: sửa mọi thứ
# TÊN không dấu, không cách. KHÓA là dòng trong tệp .pub của người ấy (ssh-keygen -t ed25519).
"""


@dataclass
class Setup:
    """One run over the machine."""

    layout: Layout
    siteurl: str
    branch: str = "main"
    comments: str = ""
    is_dry: bool = False
    done: list[str] = field(default_factory=list)
    """What was, or would be, changed: one line each."""

    @property
    def domain(self) -> str:
        return re.sub(r"^https://|[:/].*$", "", self.siteurl)

    def step(self, title: str, action: Callable[[], object]) -> None:
        """Tell of a change, and make it."""
        self.done.append(title)
        say(f"{'Sẽ ' if self.is_dry else ''}{title}")
        if not self.is_dry:
            action()

    def run(self, *command: str) -> None:
        """Run a program of the system as a step."""

        def action() -> None:
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
            if code := subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False).returncode:
                raise ReleaseError(Exit.ENVIRONMENT, f"Lệnh này không xong (mã {code}): {' '.join(command)}")

        self.step(f"chạy: {' '.join(command)}", action)

    def write(self, path: Path, text: str, mode: int = 0o644, group: str = "root") -> bool:
        """Write a file of the system if it is not so already. Returns whether it had to be."""
        if path.is_file() and path.read_text("utf-8", "replace") == text:
            return False

        def action() -> None:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".{path.name}.portal-new")
            temporary.write_text(text, "utf-8")
            temporary.chmod(mode)
            shutil.chown(temporary, "root", group)
            os.replace(temporary, path)

        self.step(f"viết {path}", action)
        return True

    def everything(self) -> None:
        """Do all steps in their order."""
        self.packages()
        self.accounts()
        self.folders()
        self.portal()
        self.services()
        self.sshd()
        self.nginx()

    def packages(self) -> None:
        query = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Abbrev}\n", *PACKAGES]
        known = subprocess.run(query, capture_output=True, text=True, check=False).stdout
        missing = [name for name in PACKAGES if f"{name} ii" not in known]
        if missing:
            self.run("apt-get", "install", "-y", "--no-install-recommends", *missing)

    def accounts(self) -> None:
        """Make the three accounts; none has a password, and only one may log in, for git alone."""
        nowhere = "/usr/sbin/nologin"
        for name, shell in ((OWNER, nowhere), (PUSHER, "/bin/sh"), (BUILDER, nowhere)):
            # a home that is there, or sshd says so to whoever pushes
            options = ("--home-dir" if not account_exists(name) else "--home", str(self.layout.root), "--shell", shell)
            if not account_exists(name):
                self.run("useradd", "--system", "--user-group", "--no-create-home", *options, name)
            elif pwd.getpwnam(name).pw_shell != shell:
                self.run("usermod", *options, name)
        for group in (PUSHER, BUILDER):
            if not account_exists(OWNER) or OWNER not in grp.getgrnam(group).gr_mem:
                self.run("usermod", "--append", "--groups", group, OWNER)

    def folders(self) -> None:
        """Make the folders of ROOT, each of the account that may write it."""
        layout = self.layout
        # sticky: the owner makes what it needs beside them, and cannot take the place of what is root's
        self.folder(layout.root, "root", OWNER, 0o1775)
        self.folder(layout.bin, "root", "root", 0o755)
        self.folder(layout.git_socket.parent, OWNER, BUILDER, 0o1771)
        self.folder(layout.builders, BUILDER, BUILDER, 0o755)
        written = (layout.releases, layout.store, layout.manifests, layout.logs, layout.work, layout.environments)
        for path in (layout.repo, *written, layout.cache, layout.public):
            self.folder(path, OWNER, OWNER, 0o755)
        # Of an earlier installation all was one account's.
        for path in sorted(layout.root.iterdir()) if layout.root.is_dir() else ():
            if account_exists(PUSHER) and path.lstat().st_uid == pwd.getpwnam(PUSHER).pw_uid and path.name != ".ssh":
                self.run("chown", "-hR", f"{OWNER}:{OWNER}", str(path))

    def folder(self, path: Path, user: str, group: str, mode: int) -> None:
        """Make a folder with this owner and mode; of an earlier one all that is in it changes its owner too."""
        if path.is_dir() and account_exists(user) and account_exists(group, is_group=True):
            status = path.stat()
            if (status.st_uid, status.st_gid) == (pwd.getpwnam(user).pw_uid, grp.getgrnam(group).gr_gid):
                if status.st_mode & 0o7777 != mode:
                    self.step(f"đặt quyền {mode:o} cho {path}", lambda: path.chmod(mode))
                return
        if path.is_dir() and path != self.layout.root:
            self.run("chown", "-hR", f"{user}:{group}", str(path))

        def action() -> None:
            path.mkdir(parents=True, exist_ok=True)
            shutil.chown(path, user, group)
            path.chmod(mode)

        self.step(f"tạo thư mục {path} của {user}", action)

    def portal(self) -> None:
        """Install programs, settings and repository."""
        layout, server = self.layout, Server(self.layout.root)
        sources = {path.name: path.read_bytes() for path in sorted(install.HERE.glob("*.py"))}
        installed = layout.bin / "publishing"
        current = {name: (installed / name).read_bytes() for name in sources if (installed / name).is_file()}
        is_installed = current == sources and (layout.bin / "portal").is_file()
        if not is_installed or not install.is_compiled(server):
            self.step(f"chép các chương trình vào {layout.bin}", lambda: install.install_programs(server))
        python = install.interpreter()
        head = f"#!/bin/sh\n{install.MARK}\n"
        call = f"exec {python} -E -s -S {layout.bin}/release.py"
        confine = f'{head}root=$1; shift\n{call} confine --root "$root" "$@"\n'
        self.write(layout.bin / "confine", confine, mode=0o755)
        self.write(Path("/usr/local/sbin/portal-keys"), f"{head}{call} keys --root {layout.root}\n", mode=0o755)
        operator = f'{head}cd / && exec runuser -u {OWNER} -- {layout.bin}/portal "$@"\n'
        self.write(Path("/usr/local/sbin/portal"), operator, mode=0o755)
        lines = (
            layout.settings_file.read_text("utf-8").splitlines()
            if layout.settings_file.exists()
            else [install.SETTINGS_MARK]
        )
        lines = [line for line in lines if not line.strip().startswith("SITEURL=")]
        self.write(layout.settings_file, "\n".join([*lines, f"SITEURL={self.siteurl}"]) + "\n", mode=0o640, group=OWNER)
        if not layout.keys.exists():
            self.write(layout.keys, KEYS_HEAD + self.earlier_keys(), mode=0o640, group=OWNER)

        def repository() -> None:
            as_account(OWNER, lambda: install.install_repository(server, self.branch))

        if not (layout.repo / "HEAD").is_file():
            self.step(f"lập kho {layout.repo}", repository)
        elif not self.is_dry:
            repository()

    def earlier_keys(self) -> str:
        """Return the keys of an earlier installation, whose holders might change everything."""
        file = self.layout.root / ".ssh" / "authorized_keys"
        keys = OLD_KEY.findall(file.read_text("utf-8", "replace")) if file.is_file() else []
        return "".join(f"maintainer cu-{number} {key}\n" for number, key in enumerate(keys, start=1))

    def services(self) -> None:
        if not nginx_control.has_systemd():
            self.write(Path("/etc/cron.d/portal"), units.cron(self.layout))
            return
        files = units.units(self.layout, has_comments=bool(self.comments))
        written = [name for name, text in files.items() if self.write(UNITS / name, text)]
        if written:
            self.run("systemctl", "daemon-reload")
            started = [name for name in files if name.endswith((".socket", ".timer"))]
            self.run("systemctl", "enable", "--now", *started)
            self.run("systemctl", "restart", *(name for name in started if name.endswith(".socket")))

    def sshd(self) -> None:
        """Let keys of ROOT/keys in, for git alone. A faulty configuration is taken back before sshd reads it."""
        path = Path("/etc/ssh/sshd_config.d/portal.conf")
        before = path.read_text("utf-8") if path.exists() else None
        if not self.write(path, SSHD) or self.is_dry:
            return
        tested = subprocess.run(["/usr/sbin/sshd", "-t"], capture_output=True, text=True, check=False)
        if tested.returncode and "privilege separation directory" not in tested.stderr:
            path.unlink() if before is None else path.write_text(before, "utf-8")
            raise ReleaseError(Exit.CONFIGURATION, f"sshd không nhận {path}: {tested.stderr.strip()}")
        if nginx_control.has_systemd():
            self.run("systemctl", "reload", "ssh")

    def nginx(self) -> None:
        if self.is_dry and shutil.which("nginx", path="/usr/sbin:/usr/bin") is None:
            self.step(f"viết {nginx_control.OURS}, {SITE}", lambda: None)
            return
        version, has_brotli = nginx_control.installed_nginx()
        has_ipv6 = Path("/proc/net/if_inet6").exists()
        redirects = nginx_control.OURS / nginx_redirects.FILE
        machine = nginx.Machine(self.layout.root, self.domain, version, has_brotli, self.comments, has_ipv6, redirects)
        files = {
            nginx_control.OURS / "http.conf": nginx.http_conf(machine),
            nginx_control.OURS / "server.conf": nginx.server_conf(machine),
        }
        enabled = nginx_control.ETC / "sites-enabled"
        if not SITE.exists():
            files[SITE] = nginx.site_conf(machine, str(nginx_control.OURS))
        elif f"include {nginx_control.OURS}/server.conf;" not in SITE.read_text("utf-8"):
            say(
                f"{SITE} là của bản cũ và có thể mang dòng của certbot nên không bị đụng đến: xem docs/van-hanh.md, mục Nâng cấp."
            )
            return
        for name, action in {"default": "unlink", "portal": "link"}.items():
            link = enabled / name
            if action == "unlink" and link.is_symlink():
                self.step(f"bỏ {link}", link.unlink)
            elif action == "link" and not link.is_symlink():
                self.step(f"nối {link}", lambda link=link: link.symlink_to(f"../sites-available/{link.name}"))  # type: ignore[misc]
        changed = [str(path) for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text]
        if changed:
            title = f"viết {', '.join(changed)}; thử bằng nginx -t rồi nạp lại"
            self.step(
                title, lambda: nginx_control.put_in_force(files, nginx_control.MAIN, nginx_control.reload_command())
            )


SSHD = f"""\
{units.MARK}
Match User {PUSHER}
    AuthorizedKeysCommand /usr/local/sbin/portal-keys
    AuthorizedKeysCommandUser {OWNER}
    AuthorizedKeysFile none
    AuthenticationMethods publickey
    DisableForwarding yes
    PermitTTY no
    PermitUserRC no
    MaxSessions 2
Match all
"""


def next_steps(setup: Setup) -> Sequence[str]:
    """Return what only a person can decide: firewall, certificate, keys."""
    return f"""\

Máy đã làm xong phần của máy. Phần của bạn, xem rồi chạy từng lệnh:

1. Tường lửa: chỉ mở SSH và web. NẾU SSH của bạn không ở cổng 22, sửa số ấy trước, kẻo tự khóa mình ở ngoài.
     apt-get install -y ufw
     ufw allow 22/tcp && ufw allow 80/tcp && ufw allow 443/tcp && ufw default deny incoming
     ufw enable
2. Chứng chỉ HTTPS, khi {setup.domain} đã trỏ về máy này:
     certbot --nginx --redirect -d {setup.domain}
3. Người push: thêm mỗi người một dòng vào {setup.layout.keys}
4. Lần push đầu (người phụ trách mã nguồn): git remote add cong {PUSHER}@{setup.domain}:portal.git && git push cong {setup.branch}
5. Báo tin khi hỏng: dòng PORTAL_NOTIFY=… trong {setup.layout.settings_file}, rồi thử: portal notify-test
Xem máy chủ lúc nào cũng được: portal status""".splitlines()
