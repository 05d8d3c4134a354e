"""Check what consultations have to hold as time goes by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from plugins.consultations.model import Consultation
from plugins.core.errors import Problem
from plugins.core.site.content import Content

OVERDUE_DAYS = 30  # so long after closing there should be an answer


def rules(content: Content) -> Iterator[Problem]:
    """Report consultations that closed long ago and have no answer yet."""
    for item in content.every(Consultation):
        if item.status == "draft" or item.answered:
            continue
        if content.now > item.closes + timedelta(days=OVERDUE_DAYS):
            message = (
                f"Đóng đã hơn {OVERDUE_DAYS} ngày mà chưa trả lời. Thêm mục “## Tiếp thu, giải trình” và dòng answered: "
                f"{content.now:%Y-%m-%d}"
            )
            yield item.problem("closes", "ANSWER_OVERDUE", message, "warning")
