"""Documents: the register of what was issued, and whether it is in force."""

from plugins.core.site.section import Section
from plugins.documents import lists, views
from plugins.documents.model import Paper
from plugins.documents.rules import rules

SECTION = Section(
    name="documents",
    module=__name__,
    title="Văn bản",
    folder="van-ban",
    model=Paper,
    card=views.card,
    blocks=views.blocks,
    feeds=lists.feeds,
    pages=lists.pages,
    rules=rules,
    change_times=views.change_times,
)

register = SECTION.register
