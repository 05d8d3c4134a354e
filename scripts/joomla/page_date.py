"""Read the date that an old page shows, in the forms of Joomla's languages and of machines."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DATES = (
    re.compile(
        r"(?P<day>\d{1,2})\s+(?:tháng|thang)\s+(?P<month>\d{1,2})[\s,]+(?:năm\s+)?(?P<year>\d{4})(?:\D{0,6}(?P<hour>\d{1,2}):(?P<minute>\d{2}))?",
        re.I,
    ),
    re.compile(
        r"(?P<day>\d{1,2})[/-](?P<month>\d{1,2})[/-](?P<year>\d{4})(?:\D{0,6}(?P<hour>\d{1,2}):(?P<minute>\d{2}))?"
    ),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ](?P<hour>\d{1,2}):(?P<minute>\d{2}))?"),
    re.compile(
        rf"(?P<day>\d{{1,2}})\s+(?P<name>{'|'.join(_MONTHS)})\s+(?P<year>\d{{4}})(?:\s+(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}}))?",
        re.I,
    ),
)
_TIME_FIRST = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})\D{1,12}(?P<day>\d{1,2})[/-](?P<month>\d{1,2})[/-](?P<year>\d{4})"
)


def read_date(text: str) -> str:
    """Return a date of a page (“Thứ năm, 30 Tháng 7 2020 16:36”) as Joomla stores it, 7 hours earlier; else ``""``."""
    for pattern in (_TIME_FIRST, *_DATES):
        if match := pattern.search(text):
            groups = match.groupdict()
            month = _MONTHS.index(groups["name"].lower()) + 1 if groups.get("name") else int(groups["month"])
            try:
                moment = datetime(
                    int(groups["year"]), month, int(groups["day"]), int(groups["hour"] or 0), int(groups["minute"] or 0)
                )
            except ValueError:
                continue
            if re.search(r"\d(?:Z|[+]00:?00)\s*$", text):
                return f"{moment:%Y-%m-%d %H:%M}:00"
            return f"{moment - timedelta(hours=7):%Y-%m-%d %H:%M}:00"
    return ""
