"""Photo albums: a folder of photographs with captions, as a page to look through."""

from plugins.albums import views
from plugins.albums.model import Album
from plugins.albums.rules import rules
from plugins.core.site.section import Section

SECTION = Section(
    name="albums",
    module=__name__,
    title="Thư viện ảnh",
    folder="thu-vien-anh",
    model=Album,
    card=views.card,
    blocks=views.blocks,
    pages=views.pages,
    rules=rules,
)

register = SECTION.register
