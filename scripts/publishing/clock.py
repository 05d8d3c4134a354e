"""Refuse to build by a clock that is wrong: it would hide what is published, or publish what is to come."""

from datetime import UTC, datetime

from .manifest import VIETNAM, Release
from .outcome import Exit, ReleaseError

BEHIND_SECONDS = 24 * 3600
AHEAD_SECONDS = 400 * 24 * 3600  # a portal that nobody touched for a year


def check_clock(now: float, newest: Release | None, committed: int) -> None:
    """Compare the machine's clock with the newest release and the commit. Raises `ReleaseError`."""
    built = (newest.now or int(newest.built_at.timestamp())) if newest else 0
    times = {"bản dựng gần nhất": built, "commit này": committed}
    name, latest = max(times.items(), key=lambda item: item[1])
    if now < latest - BEHIND_SECONDS:
        _refuse(f"chậm hơn {name}", now, latest, "Bài đã đăng sẽ biến mất nếu dựng theo giờ ấy.")
    if newest and now > latest + AHEAD_SECONDS:
        _refuse(f"sau {name} hơn một năm", now, latest, "Mọi bài hẹn giờ sẽ bị đăng nếu dựng theo giờ ấy.")


def _refuse(relation: str, now: float, latest: int, harm: str) -> None:
    machine, other = (f"{datetime.fromtimestamp(at, UTC).astimezone(VIETNAM):%d/%m/%Y %H:%M}" for at in (now, latest))
    raise ReleaseError(
        Exit.ENVIRONMENT,
        f"Đồng hồ máy chủ chỉ {machine}, {relation} ({other}): một trong hai giờ sai. {harm} "
        "Xem timedatectl, chỉnh giờ rồi: portal catch-up. Nếu giờ máy chủ đúng: portal rebuild --trust-clock",
    )
