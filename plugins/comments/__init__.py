"""Comments: a letter to the editors or, where the unit runs an Isso server, a moderated thread."""

from plugins.comments import views
from plugins.comments.model import Setting
from plugins.core.site.section import Section

SECTION = Section(
    name="comments",
    module=__name__,
    title="Bình luận",
    after_story=views.after_story,
    setting=Setting,
    external_input="comments.json",
)

register = SECTION.register
