"""Banners: panels and pictures that lead somewhere, in the columns of other pages."""

from plugins.banner import views
from plugins.banner.model import POSITIONS, Banner
from plugins.core.site.section import Section

SECTION = Section(
    name="banner",
    module=__name__,
    title="Banner",
    folder="banner",
    model=Banner,
    address=lambda item: "",  # shown on other pages only
    blocks=views.blocks,
    block_variants=lambda categories: POSITIONS,
    change_times=views.change_times,
)

register = SECTION.register
