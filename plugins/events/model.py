"""Define events and the rules of one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Literal

from plugins.core.errors import Problem
from plugins.core.model.fields import Address, DateTime, Deadline, Text, one_of
from plugins.core.model.item import Story
from plugins.core.text import dates

AHEAD = timedelta(days=2 * 365)  # nobody announces an event earlier: the year is a slip

Stage = Literal["coming", "running", "over"]


class Event(Story, frozen=True, kw_only=True):
    """Something that takes place from ``begins`` through ``ends``. ``date`` is when it was
    announced.

    Days without hours: the event lasts whole days. An hour without ``ends``: nobody
    knows how long, so it counts as running to the end of its day. ``register`` is where
    to sign up; ``state`` says that it was put off (``hoan``) or called off (``huy``).
    """

    begins: DateTime
    ends: Deadline | None = None
    place: Text
    organiser: Text = ""
    audience: Text = ""
    register: Address = ""
    state: Annotated[str, one_of("", "hoan", "huy")] = ""

    @property
    def last(self) -> datetime:
        """The last minute."""
        return self.ends or dates.midnight_after(self.begins) - timedelta(minutes=1)

    @property
    def is_all_day(self) -> bool:
        return f"{self.begins:%H:%M}" == "00:00" and f"{self.last:%H:%M}" == "23:59"

    def stage(self, now: datetime) -> Stage:
        """Return the stage at a moment. What was put off or called off never runs: it is coming until its day is over."""
        if now > self.last:
            return "over"
        return "running" if self.begins <= now and not self.state else "coming"

    def own_problems(self) -> Iterator[Problem]:
        """Report days out of order, or far from the day of the announcement."""
        if self.last < self.begins:
            message = "Lúc kết thúc (ends) sớm hơn lúc bắt đầu (begins). Sửa một trong hai."
            yield self.problem("ends", "ENDS_BEFORE_BEGINS", message)
        elif self.last < self.date:
            message = "Sự kiện đã xong trước ngày đăng (date). Xem lại năm ở begins; tường thuật thì đăng ở tin tức."
            yield self.problem("begins", "EVENT_OVER", message, "warning")
        elif self.begins > self.date + AHEAD:
            message = f"Sự kiện ngày {self.begins:%d/%m/%Y} cách ngày đăng hơn hai năm. Xem lại năm."
            yield self.problem("begins", "EVENT_FAR", message, "warning")
