"""Pages: what stays, such as who we are and how to reach us."""

from plugins.core.site.section import Section
from plugins.pages import views
from plugins.pages.model import StandingPage

SECTION = Section(
    name="pages",
    module=__name__,
    title="Các trang khác",
    folder="trang",
    model=StandingPage,
    address=lambda item: f"/{item.name}/",
    pages=views.pages,
)

register = SECTION.register
