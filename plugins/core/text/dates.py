"""Parse dates as editors write them and format them as readers see them.

Every ``datetime`` is aware and in Vietnam's time (UTC+07:00, without summer time since
1975), whatever the machine's zone is. No month or weekday name comes from a locale.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta, timezone
from email.utils import format_datetime

from plugins.core.text.vietnamese import strip_unseen

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")

#: With capitals as Nghị định 30/2020/NĐ-CP, Phụ lục II, writes days that have no digit.
WEEKDAYS = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"]

#: The date that messages show as an example.
EXAMPLE = "2026-05-31 08:00"

#: Characters that look like those of a date: Word's hyphens and dashes, a minus, East Asian colons and slashes.
_LOOKALIKES = str.maketrans("\u2010\u2011\u2012\u2013\u2212\uff0d\uff1a\uff0f", "------:/")
_CLOCK = (
    r"(?:(?:\s*[Tt]\s*|\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<zone>[Zz]|[+-]\d{2}(?::?[0-5]\d)?)?)?"
)
_PATTERNS = [
    re.compile(r"(?P<year>\d{4})(?P<sign>[-/])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})" + _CLOCK),
    re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})" + _CLOCK),
]


def parse(written: str, clock: str = "00:00") -> datetime:
    """Parse a date, with or without a time, as an editor wrote it.

    Accepted: ``2026-05-31``, ``2026-05-31 08:00`` and the forms of programs (ISO 8601: ``T``,
    seconds and their fractions, an offset), also with ``/``; and, day first as Vietnam
    writes, ``31/5/2026`` and ``31/5/2026 08:00``. Without an hour it is ``clock``. Nothing is
    guessed or filled in from today. Blanks of any kind are blanks.

    Raises ``ValueError`` for anything else, and for days that do not exist.
    """
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(strip_unseen(written).translate(_LOOKALIKES).strip()):
            break
    else:
        raise ValueError(written)
    hour, minute = (int(number) for number in clock.split(":"))
    if match["hour"]:
        hour, minute = int(match["hour"]), int(match["minute"])
    moment = datetime(
        int(match["year"]), int(match["month"]), int(match["day"]),
        hour, minute, int(match["second"] or 0), tzinfo=VIETNAM,
    )  # fmt: skip
    if match["zone"]:
        offset = datetime.fromisoformat("2000-01-01T00:00" + match["zone"].upper())
        moment = moment.replace(tzinfo=offset.tzinfo).astimezone(VIETNAM)
    return moment


def from_epoch(seconds: float) -> datetime:
    """Convert Unix time to Vietnam's zone."""
    return datetime.fromtimestamp(seconds, VIETNAM)


def long_date(moment: datetime) -> str:
    """Format as below headlines: ``Thứ Năm, 30 tháng 7 năm 2020, 16:36``."""
    day = f"{WEEKDAYS[moment.weekday()]}, {moment.day} tháng {moment.month} năm {moment.year}"
    return f"{day}, {moment.hour:02}:{moment.minute:02}"


def short_date(day: date) -> str:
    """Format as in lists: ``28/6/2026``."""
    return f"{day.day}/{day.month}/{day.year}"


def weekday_date(day: date) -> str:
    """Format a day with its weekday: ``Thứ Hai, 23/11/2026``."""
    return f"{WEEKDAYS[day.weekday()]}, {short_date(day)}"


def midnight_after(moment: datetime) -> datetime:
    """Return the first minute of the next day."""
    day = moment.date() + timedelta(days=1)
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)


def duration(written: str) -> int:
    """Parse ``4:35`` or ``1:02:10`` to seconds. Raises ``ValueError`` for anything else."""
    match = re.fullmatch(r"(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d)", written.strip())
    if not match:
        raise ValueError(written)
    hours, minutes, seconds = (int(group or 0) for group in match.groups())
    return hours * 3600 + minutes * 60 + seconds


def minute_after(moment: datetime) -> datetime:
    """Return the first minute after the minute of ``moment``, when all that lasts through it is over."""
    return moment + timedelta(minutes=1)


def days_before(moment: datetime, days: int) -> datetime:
    """Return the first minute of the day that is ``days`` days before the day of ``moment``."""
    day = moment.date() - timedelta(days=days)
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)


def months_before(moment: datetime, months: int) -> datetime:
    """Return the same day and minute ``months`` earlier, or the last day of a month that is too short."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def rfc822(moment: datetime) -> str:
    """Format as RSS 2.0 requires: ``Thu, 30 Jul 2020 16:36:00 +0700``."""
    return format_datetime(moment)
