"""Write the systemd units of a server: sockets between its accounts, and what runs by the clock.

Each unit may do what it must and nothing more; `systemd-analyze security` gives its figure.
"""

from pathlib import Path

from .layout import Layout
from .sandbox import readable_folders

MARK = "# Do cổng viết; sửa tay sẽ mất khi nâng cấp. Thiết đặt riêng của máy: systemctl edit TÊN."

#: Who owns programs, repository and what is published; who logs in over SSH; who runs what was pushed.
OWNER, PUSHER, BUILDER = "portal-owner", "portal", "portal-build"

#: What no program of the portal needs, not even root's.
UNNEEDED = """\
NoNewPrivileges=yes
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
"""
#: And what none needs that is not root's.
CONFINED = f"""\
{UNNEEDED}CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ProtectProc=invisible
ProcSubset=pid
RemoveIPC=yes
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
SystemCallErrorNumber=EPERM
UMask=0022
"""
#: What reloads nginx is root's: `nginx -t` opens its logs, keys and ports.
ROOTS_OWN = f"""\
{UNNEEDED}ProtectSystem=full
ReadWritePaths=-/etc/nginx/portal
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
"""
NO_NETWORK = "PrivateNetwork=yes\nRestrictAddressFamilies=AF_UNIX\nIPAddressDeny=any\n"
NETWORK = "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6\n"


def units(layout: Layout, *, has_comments: bool = False) -> dict[str, str]:
    """Return every unit by its file's name. `has_comments` adds the builder that may ask a comments server."""
    root, program = layout.root, layout.bin / "portal"
    owner = f"User={OWNER}\nGroup={OWNER}\nReadWritePaths={root}\n{CONFINED}"
    files = {
        "portal-git.socket": socket_unit("Nhận git từ sshd", layout.git_socket, user=OWNER, group=PUSHER, mode="0660"),
        "portal-git@.service": service(
            "Nhận một lần push, dựng và đưa lên",
            f"{program} serve-git",
            # What it leaves to do after it has answered the pusher goes on.
            f"StandardInput=socket\nStandardOutput=socket\nStandardError=journal\nKillMode=process\n{owner}{NETWORK}",
        ),
        "portal-build.socket": socket_unit(
            "Nhận việc dựng", layout.build_socket, user=OWNER, group=BUILDER, mode="0600"
        ),
        "portal-build@.service": build_service(layout, "Dựng một bản, không có mạng", NO_NETWORK),
        "portal-tick.service": service(
            "Dựng lại cổng nếu đã đến lúc",
            f"{program} tick",
            f"Type=oneshot\nTimeoutStartSec=1h\nKillMode=process\n{owner}{NETWORK}",
        ),
        "portal-tick.timer": timer("Mỗi phút xem đã đến lúc dựng lại chưa", "*-*-* *:*:00", boot=True),
        "portal-verify.service": service(
            "So từng tệp của bản đang chạy với bản kê, và dựng lại từ đầu",
            f"{program} verify --rebuild",
            f"Type=oneshot\nTimeoutStartSec=3h\nNice=19\nIOSchedulingClass=idle\n{owner}{NETWORK}",
        ),
        "portal-verify.timer": timer("Mỗi tuần kiểm tra bản đang chạy", "Sun *-*-* 02:30:00"),
        "portal-backup.service": service(
            "Sao lưu kho và thiết đặt",
            f"{program} backup",
            f"Type=oneshot\nTimeoutStartSec=3h\nNice=19\nIOSchedulingClass=idle\n{owner}{NETWORK}",
        ),
        "portal-backup.timer": timer("Mỗi đêm sao lưu", "*-*-* 01:30:00"),
    }
    files |= {
        "portal-redirects.service": service(
            "Đưa bảng địa chỉ cũ vào nginx", f"{program} redirects", f"Type=oneshot\nTimeoutStartSec=2min\n{ROOTS_OWN}"
        ),
        "portal-redirects.timer": timer("Mỗi phút xem bảng địa chỉ cũ có đổi không", "*-*-* *:*:30"),
    }
    if has_comments:
        files["portal-fetch.socket"] = socket_unit(
            "Nhận việc hỏi máy chủ bình luận", layout.fetch_socket, user=OWNER, group=BUILDER, mode="0600"
        )
        files["portal-fetch@.service"] = build_service(layout, "Hỏi máy chủ bình luận", NETWORK)
    return {name: f"{MARK}\n{text}" for name, text in files.items()}


def socket_unit(description: str, path: Path, *, user: str, group: str, mode: str) -> str:
    """Return a socket for whose every connection a service is started."""
    return f"""\
[Unit]
Description=Cổng: {description}

[Socket]
ListenStream={path}
SocketUser={user}
SocketGroup={group}
SocketMode={mode}
DirectoryMode=0755
Accept=yes
MaxConnections=16
RemoveOnStop=yes

[Install]
WantedBy=sockets.target
"""


def service(description: str, command: str, lines: str) -> str:
    """Return a service that systemd starts for a socket or a timer."""
    return f"""\
[Unit]
Description=Cổng: {description}
CollectMode=inactive-or-failed

[Service]
ExecStart={command}
{lines}"""


def build_service(layout: Layout, description: str, network: str) -> str:
    """Return the service that runs what was pushed: it sees the tree and the libraries, and writes its own folder."""
    readable = " ".join(f"-{path}" for path in readable_folders(layout))
    lines = f"""\
StandardInput=socket
StandardOutput=socket
StandardError=journal
User={BUILDER}
Group={BUILDER}
RuntimeMaxSec=45min
TasksMax=256
MemoryMax=75%
OOMPolicy=kill
LimitCORE=0
Nice=5
TemporaryFileSystem={layout.root}:ro
BindReadOnlyPaths={readable}
BindPaths={layout.builders}
InaccessiblePaths=-/etc/ssh -/etc/letsencrypt -/etc/nginx -/var/log -/var/mail -/var/backups
{CONFINED}{network}"""
    return service(description, f"{layout.bin}/portal serve-build", lines)


def timer(description: str, calendar: str, *, boot: bool = False) -> str:
    """Return a timer that catches up after the machine was off."""
    at_boot = "OnBootSec=20s\n" if boot else ""
    return f"""\
[Unit]
Description=Cổng: {description}

[Timer]
OnCalendar={calendar}
{at_boot}AccuracySec=1s
Persistent=yes

[Install]
WantedBy=timers.target
"""


def cron(layout: Layout) -> str:
    """Return /etc/cron.d/portal: the same by the clock, where there is no systemd."""
    program = f"{layout.bin}/portal"
    logger = "2>&1 | logger -t portal"
    listening = {"git": (OWNER, PUSHER), "build": (BUILDER, BUILDER), "fetch": (BUILDER, BUILDER)}
    lines = [f"@reboot {user} {program} listen {name} {group} {logger}" for name, (user, group) in listening.items()]
    return f"""\
{MARK}
PATH=/usr/sbin:/usr/bin:/sbin:/bin
{chr(10).join(lines)}
* * * * * {OWNER} {program} tick {logger}
* * * * * root {program} redirects {logger}
30 2 * * 0 {OWNER} {program} verify --rebuild {logger}
30 1 * * * {OWNER} {program} backup {logger}
"""
