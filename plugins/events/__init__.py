"""Events: what will happen, when and where, with calendar files to keep it in mind."""

from plugins.core.site.section import Section
from plugins.events import views
from plugins.events.model import Event

SECTION = Section(
    name="events",
    module=__name__,
    title="Lịch công tác, sự kiện",
    folder="su-kien",
    model=Event,
    card=views.card,
    blocks=views.blocks,
    feeds=views.feeds,
    pages=views.pages,
    change_times=views.change_times,
)

register = SECTION.register
