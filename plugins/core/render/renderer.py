"""View → HTML: the one place where templates meet views."""

from __future__ import annotations

import os
import re
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from markupsafe import Markup as Safe
from msgspec.json import encode

from plugins.core.errors import ConfigError, PortalError, Problem
from plugins.core.hashing import CorruptedCacheError
from plugins.core.markdown.fragment import ImageRef, LinkRef, Parts
from plugins.core.model.values import Body, Picture
from plugins.core.render.compiler import PlainMacro, Templates, safe
from plugins.core.runtime.identity_memo import IdentityMemo
from plugins.core.site.identity import Site
from plugins.core.site.section import Section
from plugins.core.site.views import Block, Page, TextView, View

_MOST_DRAWN = 6_000  # pieces of each kind that are kept: pages come in an order in which neighbours show the same


class Renderer:
    """Draws pages. ``theme`` is the folder with ``templates/``; a section's own templates
    are called by its name: ``news/detail.html``. ``text`` finds a text by its digest."""

    def __init__(self, site: Site, sections: tuple[Section, ...], theme: str, text: Callable[[str], Parts]) -> None:
        self._site = site
        self._text = text
        self._shown: dict[str, None] = {}
        own = {section.name: FileSystemLoader(section.home / "templates") for section in sections}
        self._env = Templates(
            loader=ChoiceLoader([PrefixLoader(own), FileSystemLoader(f"{theme}/templates")]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,  # a dictionary: nothing to be locked and put in order at each look
        )
        self._env.filters.update(html=self._html, feed_html=self._feed_html, json_ld=_json_ld, block=self._draw_block)
        # without Jinja's own (``range``…): every import of a page looks at each of them anew
        self._env.globals = {"cached": self._cached, "render_each": self._render_each}
        self._drawn: dict[object, tuple[Safe, tuple[Any, ...]]] = {}
        self._drawing: dict[object, IdentityMemo[Any, Safe]] = {}

    def render(self, page: Page, view: View) -> tuple[str, tuple[str, ...]]:
        """The page's file, and the digests of the texts that it shows.

        Raises ``ConfigError`` naming the template and line at fault.
        """
        self._shown.clear()
        if isinstance(view, TextView):
            return view.text(self._site), ()
        try:
            template = self._env.get_template(page.template)
            return template.render(view=view, site=self._site) + "\n", tuple(self._shown)
        except TemplateSyntaxError as fault:
            where = fault.filename or fault.name or page.template
            raise ConfigError(
                [Problem(where, fault.lineno, 0, "TEMPLATE_SYNTAX", f"Mẫu trang sai cú pháp: {fault.message}")]
            ) from fault
        except Exception as fault:  # a template may give anything to anything
            is_ours = isinstance(fault, PortalError | CorruptedCacheError | MemoryError)
            if is_ours or (isinstance(fault, OSError) and not isinstance(fault, TemplateError)):
                raise
            where, line = _place(fault)
            message = f"Mẫu trang không vẽ được {page.path}: {_said(fault)}"
            raise ConfigError([Problem(where or page.template, line, 0, "TEMPLATE", message)]) from fault

    def _cached(self, macro: PlainMacro, *given: Any, **named: Any) -> Safe:
        """What a macro draws of values that many pages have in common: drawn once."""
        key = _key(macro, given, named)
        found = self._drawn.get(key)
        if found is None:
            if len(self._drawn) >= _MOST_DRAWN:
                self._drawn.clear()
            found = self._drawn[key] = macro(*given, **named), given
        return found[0]

    def _render_each(self, macro: PlainMacro, values: Iterable[Any], *given: Any, **named: Any) -> Safe:
        """What a macro draws of each of ``values``, one after the other; each is drawn once.

        For values that many pages show, with few different ``given`` and ``named``.
        """
        key = _key(macro, given, named)
        draw = self._drawing.get(key)
        if draw is None:
            draw = self._drawing[key] = IdentityMemo(lambda value: macro(value, *given, **named), _MOST_DRAWN)
        return safe("".join(map(draw, values)))

    def _draw_block(self, block: Block) -> Safe:
        """A section's part of a page: it sees itself and ``site``, not the page it stands on."""
        return Safe(self._env.get_template(block.template).render(block=block, site=self._site))

    def _html(self, body: Body) -> Safe:
        """A body as the page shows it."""
        macro = self._env.imported(body.template).figure_picture  # type: ignore[attr-defined]
        return self._join(body, macro)

    def _feed_html(self, body: Body) -> str:
        """A body for a feed reader: whole addresses, plain ``<img>``."""

        def image(picture: Picture, role: str) -> str:
            src, height = picture.url("jpg", 720), round(picture.height * 720 / picture.width)
            return f'<img src="{escape(self._site.absolute(src))}" alt="{escape(picture.alt)}" width="720" height="{height}">'

        return str(self._join(body, image, self._site.absolute))

    def _join(self, body: Body, image: Callable[[Picture, str], str], link: Callable[[Any], str] = str) -> Safe:
        targets = iter(body.targets)
        self._shown[body.digest] = None

        def drawn(part: LinkRef | ImageRef) -> str:
            target = next(targets)
            if isinstance(part, LinkRef):
                return escape(link(target)) if target else ""
            return image(target, part.role) if isinstance(target, Picture) else ""

        html = "".join([part if isinstance(part, str) else drawn(part) for part in self._text(body.digest)])
        return safe(_NOWHERE.sub(r"\1", html) if "" in body.targets else html)


#: A link that leads nowhere yet (``Content.coming``).
_NOWHERE = re.compile(r'<a (?:[^>]* )?href=""[^>]*>(.*?)</a>', re.DOTALL)


def _key(macro: PlainMacro, given: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
    """Strings by what they say; all else, as ``IdentityMemo`` does, by identity: it must be kept
    beside what was drawn of it."""
    return macro, *[value if type(value) is str else id(value) for value in given], *named.items()


def _json_ld(data: Mapping[str, Any]) -> Safe:
    """JSON that may stand inside ``<script>``: nothing in it can close the element."""
    text = encode(data).replace(b"<", rb"\u003c").replace(b">", rb"\u003e").replace(b"&", rb"\u0026")
    return safe(text.decode())


def _said(fault: Exception) -> str:
    """What an exception says, with its kind and the place in our code where the message alone tells little."""
    if isinstance(fault, TemplateError | AttributeError | RecursionError):
        return str(fault)
    last = traceback.extract_tb(fault.__traceback__)[-1]
    inside = f", tại {os.path.basename(last.filename)}:{last.lineno}" if last.filename.endswith(".py") else ""
    return f"{type(fault).__name__}: {fault}{inside}"


def _place(fault: BaseException) -> tuple[str, int]:
    """The template and line in which a fault arose: the innermost one of its traceback,
    or, where templates include each other without end, the one that does so most."""
    steps = [
        (frame.filename, frame.lineno or 0)
        for frame in traceback.extract_tb(fault.__traceback__)
        if frame.filename.endswith((".html", ".xml", ".txt", ".webmanifest"))
    ]
    if not steps:
        return "", 0
    where, line = Counter(steps).most_common(1)[0][0] if isinstance(fault, RecursionError) else steps[-1]
    return os.path.relpath(where) if os.path.isabs(where) else where, line
