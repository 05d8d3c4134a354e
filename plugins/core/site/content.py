"""Sort and link all that editors wrote, as it stands at one moment.

Sections make their pages from it. It only answers questions; it changes nothing.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from plugins.core.markdown.fragment import ImageRef, LinkRef
from plugins.core.media.csv_table import Table
from plugins.core.media.picture_file import PictureFile
from plugins.core.model.item import Document, Item, Story, StoryWithFiles
from plugins.core.model.mentions import mentions, offered_files, shown_pictures
from plugins.core.model.references import SCHEMES, names_of_text, page_address, resolve_path
from plugins.core.model.values import Body, FileLink, Link, Picture
from plugins.core.site import addresses
from plugins.core.site.author_slugs import numbered_slugs
from plugins.core.site.identity import Site
from plugins.core.site.memo import cached_by_item
from plugins.core.site.views import Page, View
from plugins.core.text.vietnamese import name_key, slugify

I = TypeVar("I", bound=Item)  # noqa: E741 - the field's own letter for "item"


@dataclass(frozen=True)
class Content:
    """All items of the portal, as one build read them."""

    site: Site
    """What every page may know of the portal."""

    now: datetime
    """The moment that the portal is built for."""

    models: Mapping[str, type[Item]]
    """The model of each section's items, by the section's name."""

    address_of: Mapping[str, Callable[[Any], str]]
    """The function that returns the address of a section's item (`Section.path_of`), by the section's name."""

    items: Mapping[str, tuple[Item, ...]]
    """Every item that was read, drafts too, by section."""

    files: Mapping[str, int]
    """Every file under the content folder with its size in bytes."""

    pictures: Mapping[str, PictureFile]
    """The pictures among the files that items show."""

    tables: Mapping[str, Table] = field(default_factory=dict)
    """The rows of CSV files."""

    page_counts: Mapping[str, int] = field(default_factory=dict)
    """How many pages a PDF has, where that is known."""

    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Each section's setting, by the section's name."""

    external_inputs: Mapping[str, bytes] = field(default_factory=dict)
    """The bytes that another program left for a section, by the section's name."""

    metadata_digests: Mapping[str, bytes] = field(default_factory=dict)
    """Each item's digest of all that other pages may know of it, by its path."""

    body_digests: Mapping[str, str] = field(default_factory=dict)
    """Each item's digest of its body, by its path: all of a content that may change while a process goes on."""

    memo: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    # -- items ---------------------------------------------------------------

    def every(self, model: type[I]) -> tuple[I, ...]:
        """Return all items of this model that were read, drafts too; for ``Story`` or ``Item``, of all sections, by path."""
        items: tuple[Any, ...] | None = self.memo.get(("every", model))
        if items is None:
            sections = [section for section, its_model in self.models.items() if issubclass(its_model, model)]
            items = tuple(item for section in sections for item in self.items.get(section, ()))
            if len(sections) > 1:
                items = tuple(sorted(items, key=lambda item: item.document.path))
            self.memo["every", model] = items
        return items

    def public(self, model: type[I]) -> tuple[I, ...]:
        """Return the items of this model that have their page now: newest first, ties by path."""
        items: tuple[I, ...] | None = self.memo.get(("public", model))
        if items is None:
            items = tuple(item for item in self._sorted.get(model, ()) if item.is_public(self.now))
            self.memo["public", model] = items
        return items

    def listed(self, model: type[I]) -> tuple[I, ...]:
        """Return those of ``public`` that lists may show."""
        items: tuple[I, ...] | None = self.memo.get(("listed", model))
        if items is None:
            items = self.memo["listed", model] = tuple(item for item in self.public(model) if item.is_listed)
        return items

    @cached_property
    def _sorted(self) -> dict[type, tuple[Any, ...]]:
        by_model = {}
        for model in self.models.values():
            items: Any = sorted(self.every(model), key=lambda item: item.document.path)
            if issubclass(model, Story):
                items.sort(key=lambda item: item.date, reverse=True)
            by_model[model] = tuple(items)
        return by_model

    @cached_property
    def all_items(self) -> tuple[Item, ...]:
        """Every item that was read, by path."""
        return self.every(Item)

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Document path → address from the portal's root, of the items that have a page."""
        return {
            item.document.path: address
            for section, address_of in self.address_of.items()
            for item in self.items.get(section, ())
            if item.is_public(self.now) and (address := address_of(item))
        }

    @cached_property
    def coming(self) -> dict[str, Story]:
        """The stories that wait for their minute, by document path and by the address that they will have."""
        coming: dict[str, Story] = {}
        for section, address_of in self.address_of.items():
            for item in self.items.get(section, ()):
                if isinstance(item, Story) and item.status != "draft" and item.date > self.now:
                    coming[item.document.path] = item
                    if address := address_of(item):
                        coming[address] = item
        return coming

    def story_to_come(self, target: str) -> Story | None:
        """Look up the story to which ``target`` (an address of the portal, or a path from the content folder)
        will lead, once its minute has come."""
        coming = self.coming
        if not coming:
            return None
        if target.startswith("/"):
            return coming.get(page_address(target))
        return coming.get(target) or coming.get(f"{target}/index.md") or coming.get(f"{target}.md")

    @cached_property
    def unread(self) -> frozenset[str]:
        """The texts that could not be read, each by all its names. The reader has reported them: nobody else needs to."""
        known = {item.document.path for item in self.all_items}
        unread = (path for path in self.files if path.endswith(".md") and path not in known)
        return frozenset().union(*map(names_of_text, unread))

    def url(self, item: Item) -> str:
        """Return the item's address as links write it."""
        return self.site.url(self.addresses[item.document.path])

    def page_of(
        self,
        item: Item,
        template: str,
        make: Callable[..., View],
        *args: Any,
        inputs: Callable[..., Iterator[bytes]] | None = None,
    ) -> Page:
        """Return the item's own page."""
        path = item.document.path
        return Page(
            path=addresses.output_path(self.addresses[path]), template=template, make=make, args=args, inputs=inputs, source=path,
            modified=item.modified_at(self.now) if isinstance(item, Story) else None, is_indexed=item.is_listed,
        )  # fmt: skip

    def trail(self, *links: Link) -> tuple[Link, ...]:
        """Return a breadcrumb: the home page, then ``links``, of which the last is the page itself."""
        return Link(self.site.t.home, self.site.url(addresses.HOME)), *links

    def tag_links(self, story: Story) -> tuple[Link, ...]:
        """Link the story's tags to their pages."""
        return tuple(_tag_link(self, tag) for tag in story.tags)

    def author_link(self, name: str) -> Link | None:
        """Link an author's name to the page of what they wrote."""
        return Link(name, self.site.url(addresses.author(self.author_slug(name)))) if name else None

    def author_slug(self, name: str) -> str:
        """Return the last part of the address of an author's page."""
        numbered = self.numbered_authors
        return (numbered.get(name_key(name)) if numbered else None) or slugify(name)

    @cached_property
    def numbered_authors(self) -> dict[str, str]:
        """The slugs, by ``name_key``, of authors who cannot have that of their name (``numbered_slugs``)."""
        return numbered_slugs(story for story in self.every(Story) if story.author)

    # -- what items refer to ---------------------------------------------------

    def picture(self, path: str, alt: str = "") -> Picture | None:
        """Look up the published picture of a file (a path from the content folder)."""
        picture = _bare_picture(self, path)
        return picture.described(alt) if picture and alt else picture

    def file(self, path: str, title: str = "") -> FileLink:
        """Return a file (a path from the content folder) as published.

        The size of a picture is not known before it is made.
        """
        address = addresses.file(path)
        return FileLink(
            title or posixpath.basename(path),
            self.site.url(address),
            posixpath.splitext(address)[1][1:],
            0 if path in self.pictures else self.files[path],
            self.page_counts.get(path, 0),
        )

    def file_links(self, item: StoryWithFiles) -> tuple[FileLink, ...]:
        """Return those of an item's files that are there, as published."""
        return tuple(self.file(path, title) for path, title in item.titled_files if path in self.files)

    def body(self, item: Item) -> Body:
        """Return the item's body, with its links and pictures resolved to where they are published."""
        targets: list[str | Picture] = []
        for ref in item.document.outline.refs:
            if isinstance(ref, ImageRef):
                targets.append(self.picture(resolve_path(item.document.path, ref.src), ref.alt) or "")
            else:
                targets.append(self.link(item.document, ref) or "")
        return Body(self.text_of(item), tuple(targets))

    def text_of(self, item: Item) -> str:
        """Return the digest of the item's body as it is now."""
        return self.body_digests.get(item.document.path, item.document.digest)

    def link(self, source: Document, ref: LinkRef) -> str | None:
        """Resolve a link of a body to an address; ``None`` where it leads nowhere."""
        href = ref.href
        if href.startswith(("#", *SCHEMES)):
            return href
        target, hash_mark, anchor = href.partition("#")
        if target.startswith("/"):
            return None if self.story_to_come(target) else self.site.url(target) + hash_mark + anchor
        path = resolve_path(source.path, target)
        if address := self.target(path):
            return self.site.url(address) + hash_mark + anchor
        is_published = path in self.published_files or path in self.offered_pictures
        return self.site.url(addresses.file(path)) if is_published else None

    def target(self, path: str) -> str:
        """Look up the address of the item that a link to ``path``, from the content folder, means; empty
        where there is none."""
        known = self.addresses
        return known.get(path) or known.get(f"{path}/index.md") or known.get(f"{path}.md", "")

    # -- files -----------------------------------------------------------------

    @cached_property
    def published_files(self) -> frozenset[str]:
        """The files that public items offer by a link or a field, pictures apart."""
        return frozenset(
            path
            for path in self.offered
            if path in self.files and path not in self.pictures and not path.endswith(".md")
        )

    @cached_property
    def offered_pictures(self) -> frozenset[str]:
        """The pictures among what public items offer: to be opened at full size, as a file is."""
        return self._pictures_of(offered_files)

    @cached_property
    def lead_pictures(self) -> frozenset[str]:
        """The pictures that stand for items which have a page."""
        leads = {item.lead_picture for item in self.all_items if item.document.path in self.addresses}
        return frozenset(leads.intersection(self.pictures))

    @cached_property
    def shown_pictures(self) -> frozenset[str]:
        """The pictures that are seen on public items' pages."""
        return self._pictures_of(shown_pictures)

    def _pictures_of(self, paths_of: Callable[[Item], Iterable[str]]) -> frozenset[str]:
        public = (item for item in self.all_items if item.is_public(self.now))
        return frozenset().union(*map(paths_of, public)).intersection(self.pictures)

    @cached_property
    def offered(self) -> frozenset[str]:
        """The files that public items show, offer or link to. A draft's files are not published."""
        return frozenset().union(*[mentions(item) for item in self.all_items if item.is_public(self.now)])


@cached_by_item
def _bare_picture(content: Content, path: str) -> Picture | None:
    file = content.pictures.get(path)
    return Picture(content.site.url("/anh/") + file.digest, file.width, file.height, file.widths) if file else None


@cached_by_item
def _tag_link(content: Content, tag: str) -> Link:
    return Link(tag, content.site.url(addresses.tag(tag)))
