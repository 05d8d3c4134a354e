"""Days and minutes in Vietnam: how editors write them, how readers see them.

Every moment is aware and in Vietnam's time (UTC+07:00, without summer time since
1975), whatever the machine's zone is. Month and weekday names are ours.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from email.utils import format_datetime

from plugins.core.text.vietnamese import unseen_removed

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")

WEEKDAYS = ["Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật"]

#: What the messages show as the right way to write a date.
EXAMPLE = "2026-05-31 08:00"

#: Signs that look like those of a date: Word's hyphens and dashes, a minus, East Asian colons and slashes.
_SIGNS = str.maketrans("\u2010\u2011\u2012\u2013\u2212\uff0d\uff1a\uff0f", "------:/")
_CLOCK = (
    r"(?:(?:\s*[Tt]\s*|\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<zone>[Zz]|[+-]\d{2}(?::?[0-5]\d)?)?)?"
)
_FORMS = [
    re.compile(r"(?P<year>\d{4})(?P<sign>[-/])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})" + _CLOCK),
    re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})" + _CLOCK),
]


def parse(written: str, clock: str = "00:00") -> datetime:
    """The moment that an editor wrote.

    Accepted: ``2026-05-31``, ``2026-05-31 08:00`` and what programs write of it (ISO 8601:
    ``T``, seconds and parts of them, an offset), also with ``/``; and, day first as Vietnam
    writes, ``31/5/2026`` and ``31/5/2026 08:00``. Without an hour it is ``clock``. Nothing is
    guessed or filled in from today. Blanks of any kind are blanks.

    Raises ``ValueError`` for anything else, and for days that do not exist.
    """
    for form in _FORMS:
        if found := form.fullmatch(unseen_removed(written).translate(_SIGNS).strip()):
            break
    else:
        raise ValueError(written)
    hour, minute = (int(part) for part in clock.split(":"))
    if found["hour"]:
        hour, minute = int(found["hour"]), int(found["minute"])
    moment = datetime(
        int(found["year"]), int(found["month"]), int(found["day"]),
        hour, minute, int(found["second"] or 0), tzinfo=VIETNAM,
    )  # fmt: skip
    if found["zone"]:
        offset = datetime.fromisoformat("2000-01-01T00:00" + found["zone"].upper())
        moment = moment.replace(tzinfo=offset.tzinfo).astimezone(VIETNAM)
    return moment


def from_epoch(seconds: float) -> datetime:
    """Unix time in Vietnam's zone."""
    return datetime.fromtimestamp(seconds, VIETNAM)


def long_date(moment: datetime) -> str:
    """As on the old portal: ``Thứ năm, 30 tháng 7 2020, 16:36``."""
    day = f"{WEEKDAYS[moment.weekday()]}, {moment.day} tháng {moment.month} {moment.year}"
    return f"{day}, {moment.hour:02}:{moment.minute:02}"


def short_date(day: date) -> str:
    """As in lists: ``28/6/2026``."""
    return f"{day.day}/{day.month}/{day.year}"


def weekday_date(day: date) -> str:
    """Format a day with its weekday: ``Thứ hai, 23/11/2026``."""
    return f"{WEEKDAYS[day.weekday()]}, {short_date(day)}"


def midnight_after(moment: datetime) -> datetime:
    """The first minute of the next day."""
    day = moment.date() + timedelta(days=1)
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)


def duration(written: str) -> int:
    """Seconds of ``4:35`` or ``1:02:10``. Raises ``ValueError`` for anything else."""
    found = re.fullmatch(r"(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d)", written.strip())
    if not found:
        raise ValueError(written)
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def minute_after(moment: datetime) -> datetime:
    """The first moment at which something that lasts through ``moment`` is over."""
    return moment + timedelta(minutes=1)


def days_before(moment: datetime, days: int) -> datetime:
    """The midnight that begins the day ``days`` days before the day of ``moment``."""
    day = moment.date() - timedelta(days=days)
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)


def rfc822(moment: datetime) -> str:
    """As RSS 2.0 wants it: ``Thu, 30 Jul 2020 16:36:00 +0700``."""
    return format_datetime(moment)
