"""Stories → pages and blocks. Pure: nothing is read or written here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice, takewhile
from typing import Any

from plugins.core.hashing import digest
from plugins.core.model.values import Body, Link, Moment, Picture
from plugins.core.site import addresses
from plugins.core.site.composition import Composition, ListedContent
from plugins.core.site.content import Content
from plugins.core.site.fingerprints import after_story_fingerprints, item_fingerprint, shared_digest
from plugins.core.site.identity import Site
from plugins.core.site.lists import list_pages
from plugins.core.site.memo import cached_by_item
from plugins.core.site.story_fields import story_fields
from plugins.core.site.structured import news_article
from plugins.core.site.views import Block, Card, DatedView, Page
from plugins.core.text import dates
from plugins.news.model import Article
from plugins.news.story_links import StoryLinks

PATH = addresses.NEWS
SECONDARY = 6
IN_BLOCK = 4
IN_COLUMN = 5

#: How far before the newest story those of a category's block may be: none looks current that is not.
BLOCK_MONTHS = 18


class ArticleView(DatedView, frozen=True, kw_only=True):
    """One story, with what leads on from it."""

    category: Link
    author: Link | None
    source: str
    hero: Picture | None
    hero_caption: str
    body: Body
    tags: tuple[Link, ...]
    related: tuple[Card, ...]
    newer: Link | None
    older: Link | None
    after_story: tuple[Block, ...]

    @property
    def parents(self) -> tuple[Link, ...]:
        """The pages that its breadcrumb shows: the category stands over the headline."""
        return self.crumbs[:-2]

    def structured(self, site: Site) -> list[dict[str, Any]]:
        """Describe the story as a NewsArticle (schema.org)."""
        article = news_article(self, site) | {
            "articleSection": self.category.title,
            "keywords": [tag.title for tag in self.tags],
        }
        if self.author:
            author = {"@type": "Organization", "name": self.author.title, "url": site.absolute(self.author.url)}
            article["author"] = author
        return [article]


class LeadBlock(Block, frozen=True, kw_only=True):
    """The head of the home page: the lead story and six more."""

    lead: Card
    cards: tuple[Card, ...]


class CardsBlock(Block, frozen=True, kw_only=True):
    """A few cards under a heading; the first may be shown larger."""

    cards: tuple[Card, ...]


@cached_by_item
def card(content: Content, article: Article) -> Card:
    """Return the story as lists show it."""
    return Card(
        title=article.title,
        url=content.url(article),
        date=Moment(article.date),
        summary=article.summary,
        category=category_link(content, article.category),
        picture=content.picture(article.image),
    )


@cached_by_item
def category_link(content: Content, slug: str) -> Link:
    """Link a category's name to its page."""
    category = content.site.category(slug)
    return Link(category.title if category else slug, content.site.url(addresses.category(slug)))


def blocks(content: ListedContent) -> Mapping[str, Block]:
    """Return ``news.lead``, ``news.<category>`` for each category that has recent stories, and the newest of the whole
    portal as ``news.latest`` and, without what leads, as ``news.update``.

    A story stands once among those of the home page: what leads is not repeated in its category. Recent is what is at most
    ``BLOCK_MONTHS`` older than the newest story, whatever the clock says.
    """
    articles = content.listed(Article)
    if not articles:
        return {}
    lead = next((article for article in articles if article.is_featured(content.now)), articles[0])
    rest = [article for article in articles if article is not lead]
    blocks: dict[str, Block] = {
        "news.lead": LeadBlock(
            template="news/lead.html",
            title=content.site.t.news.title,
            url=content.site.url(PATH),
            lead=card(content, lead),
            cards=tuple(card(content, article) for article in rest[:SECONDARY]),
        )
    }
    leading = {lead.document.path, *(article.document.path for article in rest[:SECONDARY])}
    others = (entry for entry in content.entries if entry.story.document.path not in leading)
    for name, entries in (("news.latest", content.entries), ("news.update", others)):
        if newest := tuple(entry.card for entry in islice(entries, IN_COLUMN)):
            blocks[name] = CardsBlock(template="news/latest.html", title=content.site.t.news.latest, cards=newest)
    by_category: dict[str, list[Article]] = defaultdict(list)
    oldest = dates.months_before(articles[0].date, BLOCK_MONTHS)
    for article in takewhile(lambda article: article.date >= oldest, rest[SECONDARY:]):
        by_category[article.category].append(article)
    for category in content.site.categories:
        if recent := by_category[category.slug][:IN_BLOCK]:
            blocks[f"news.{category.slug}"] = CardsBlock(
                template="news/block.html",
                title=category.title,
                url=category_link(content, category.slug).url,
                cards=tuple(card(content, article) for article in recent),
            )
    return blocks


def pages(content: Composition) -> Iterator[Page]:
    """Yield the stories, and the list of them all."""
    yield from article_pages(content)
    yield from index_pages(content)


def article_pages(content: Content) -> Iterator[Page]:
    """Yield each story's page."""
    links = StoryLinks(content)
    for article in content.public(Article):
        yield content.page_of(article, "news/detail.html", _view, content, article, links, inputs=_inputs)


def _inputs(content: Composition, article: Article, links: StoryLinks) -> Iterator[bytes]:
    """Digest all that ``_view`` looks at, but for the wording of the body.

    First all stories that may be related stand for those that are: which are nearest takes longer to find.
    """
    newer, older = links.neighbours(article)
    others = digest(
        item_fingerprint(content, article),
        content.author_slug(article.author).encode(),
        b"updated" if article.update_known_at(content.now) else b"",
        item_fingerprint(content, newer) if newer else b"",
        item_fingerprint(content, older) if older else b"",
        *map(shared_digest, content.aside),
        *after_story_fingerprints(content, article),
    )
    yield digest(others, *links.related_fingerprints(article))
    yield digest(others, *[item_fingerprint(content, story) for story in links.related(article)])


def _view(content: Composition, article: Article, links: StoryLinks) -> ArticleView:
    category = category_link(content, article.category)
    picture = content.picture(article.image, article.image_alt)
    body = content.body(article)
    in_text = picture and any(isinstance(target, Picture) and target.stem == picture.stem for target in body.targets)
    newer, older = links.neighbours(article)
    return ArticleView(
        **story_fields(content, article, under=(_home(content), category)),
        category=category,
        author=content.author_link(article.author),
        source=article.source,
        hero=None if in_text else picture,
        hero_caption=article.image_caption,
        body=body,
        tags=content.tag_links(article),
        related=tuple(card(content, other) for other in links.related(article)),
        newer=_link(content, newer),
        older=_link(content, older),
        after_story=content.after_story(article),
    )


def _home(content: Content) -> Link:
    return Link(content.site.t.news.title, content.site.url(PATH))


def _link(content: Content, article: Article | None) -> Link | None:
    return Link(article.title, content.url(article)) if article else None


def index_pages(content: Composition) -> Iterator[Page]:
    """Yield the list of all stories."""
    t = content.site.t.news
    yield from list_pages(
        content,
        content.by_section["news"],
        PATH,
        t.title,
        template="news/index.html",
        description=t.description,
        feed=content.site.url(addresses.feed(addresses.HOME)),
        empty=t.empty,
    )


def change_times(content: Content) -> Iterator[datetime]:
    """Yield when a featured story leaves the head of the home page: a minute after its last."""
    for article in content.listed(Article):
        if article.featured_until and article.featured_until >= content.now:
            yield dates.minute_after(article.featured_until)
