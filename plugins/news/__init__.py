"""News: the union's stories, newest first, by category."""

from plugins.core.site.fingerprints import item_fingerprint
from plugins.core.site.section import Section
from plugins.news import views
from plugins.news.model import Article

SECTION = Section(
    name="news",
    module=__name__,
    title="Tin tức",
    folder="tin-tuc",
    model=Article,
    card=views.card,
    card_inputs=item_fingerprint,
    blocks=views.blocks,
    block_variants=lambda categories: ("lead", "latest", "update", *(category.slug for category in categories)),
    pages=views.pages,
    change_times=views.change_times,
)

register = SECTION.register
