"""News: the union's stories, newest first, by category."""

from plugins.core.site.section import Section
from plugins.news import views
from plugins.news.model import Article

SECTION = Section(
    name="news",
    module=__name__,
    title="Tin tức",
    folder="tin-tuc",
    model=Article,
    entries=views.entries,
    blocks=views.blocks,
    parts=lambda categories: ("lead", *(category.slug for category in categories)),
    pages=views.pages,
    moments=views.moments,
)
