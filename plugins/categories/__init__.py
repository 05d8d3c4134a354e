"""Categories: a list of everything in each, at ``/chuyen-muc/<slug>/``."""

from collections.abc import Iterator

from plugins.core.model.values import Link
from plugins.core.site import addresses
from plugins.core.site.composition import Composition
from plugins.core.site.lists import list_pages
from plugins.core.site.section import Section
from plugins.core.site.views import Page


def pages(content: Composition) -> Iterator[Page]:
    """Yield a list for each declared category, an empty one too: the menu leads there."""
    t, url = content.site.t.categories, content.site.url
    news = Link(t.parent, url(addresses.NEWS))
    for category in content.site.categories:
        path = addresses.category(category.slug)
        entries = content.in_category.get(category.slug, ())
        feed = url(addresses.feed(path))
        yield from list_pages(
            content,
            entries,
            path,
            category.title,
            parents=(news,),
            nav=news.url,
            description=category.summary,
            intro=category.summary,
            feed=feed,
            empty=t.empty,
            may_be_thin=True,
        )


SECTION = Section(name="categories", module=__name__, pages=pages)

register = SECTION.register
