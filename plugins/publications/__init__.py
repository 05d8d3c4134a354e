"""Publications: monthly material, congress papers, figures and books, each of one or several files."""

from plugins.core.site.section import Section
from plugins.publications import rules, views
from plugins.publications.model import Publication

SECTION = Section(
    name="publications",
    module=__name__,
    title="Ấn phẩm",
    folder="an-pham",
    model=Publication,
    card=views.entry_card,
    blocks=views.blocks,
    pages=views.pages,
    rules=rules.rules,
    change_times=views.change_times,
)

register = SECTION.register
