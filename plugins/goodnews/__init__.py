"""Good news: a few lines each day, and each week a story that may be longer."""

from plugins.core.site.section import Section
from plugins.goodnews import views
from plugins.goodnews.model import GoodNews

SECTION = Section(
    name="goodnews",
    module=__name__,
    title="Mỗi ngày một tin tốt",
    folder="tin-tot",
    model=GoodNews,
    address=lambda item: f"{views.PATH}{item.name}/",
    card=views.card,
    blocks=views.blocks,
    feeds=views.feeds,
    pages=views.pages,
)

register = SECTION.register
