"""Recruitment: notices that close by themselves on their deadline."""

from plugins.core.site.section import Section
from plugins.recruitment import views
from plugins.recruitment.model import Notice

SECTION = Section(
    name="recruitment",
    module=__name__,
    title="Tuyển dụng",
    folder="tuyen-dung",
    model=Notice,
    card=views.card,
    blocks=views.blocks,
    feeds=views.feeds,
    pages=views.pages,
    change_times=views.change_times,
)

register = SECTION.register
