"""Leaders: who leads the unit, with photograph, name and office, in order, at ``/lanh-dao/``."""

from plugins.core.site.section import Section
from plugins.leaders import views
from plugins.leaders.model import Leader

SECTION = Section(
    name="leaders",
    module=__name__,
    title="Lãnh đạo",
    folder="lanh-dao",
    model=Leader,
    address=lambda item: "",  # all stand on one page
    pages=views.pages,
)

register = SECTION.register
