"""Videos: information films, the union's own or on YouTube, without a tracker before the click."""

from plugins.core.site.section import Section
from plugins.video import views
from plugins.video.model import Video
from plugins.video.rules import rules

SECTION = Section(
    name="video",
    module=__name__,
    title="Video tuyên truyền",
    folder="video",
    model=Video,
    card=views.card,
    blocks=views.blocks,
    pages=views.pages,
    rules=rules,
)

register = SECTION.register
