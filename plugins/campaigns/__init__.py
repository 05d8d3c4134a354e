"""Campaigns: a page for each, which gathers what every section has on it; in more than one language where asked."""

from plugins.campaigns import views
from plugins.campaigns.model import Campaign
from plugins.campaigns.rules import rules
from plugins.core.site.section import Section

SECTION = Section(
    name="campaigns",
    module=__name__,
    title="Chuyên đề",
    folder="chuyen-de",
    model=Campaign,
    blocks=views.blocks,
    pages=views.pages,
    rules=rules,
    change_times=views.change_times,
)

register = SECTION.register
