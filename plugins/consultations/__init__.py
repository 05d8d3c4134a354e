"""Consultations: drafts that readers may comment on, opening and closing by themselves."""

from plugins.consultations import views
from plugins.consultations.model import Consultation
from plugins.consultations.rules import rules
from plugins.core.site.section import Section

SECTION = Section(
    name="consultations",
    module=__name__,
    title="Góp ý dự thảo",
    folder="gop-y",
    model=Consultation,
    card=views.card,
    blocks=views.blocks,
    pages=views.pages,
    rules=rules,
    change_times=views.change_times,
)

register = SECTION.register
