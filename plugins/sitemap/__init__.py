"""Sitemap: the portal at a glance, for people; every page that may be found, and what robots are told."""

from plugins.core.site.section import Section
from plugins.sitemap.overview import pages
from plugins.sitemap.robots import final_pages

SECTION = Section(name="sitemap", module=__name__, pages=pages, final_pages=final_pages)

register = SECTION.register
