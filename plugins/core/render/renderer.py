"""Render views by templates: the only module in which both meet."""

from __future__ import annotations

import os
import re
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from html import escape, unescape
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from markupsafe import Markup as Safe
from msgspec.json import encode

from plugins.core.errors import ConfigError, PortalError, Problem
from plugins.core.hashing import CorruptedCacheError
from plugins.core.markdown.fragment import ImageRef, LinkRef, Pieces
from plugins.core.model.values import Body, FullText, Picture
from plugins.core.render.compiler import CodeCache, PlainMacro, Templates, safe
from plugins.core.runtime.identity_memo import IdentityMemo
from plugins.core.site.identity import Site
from plugins.core.site.section import Section
from plugins.core.site.views import Block, Page, TextView, View

_MAX_CACHED = 6_000  # pieces of each kind: pages come in an order in which neighbours show the same


class Renderer:
    """Render pages. ``theme`` is the folder with ``templates/``; a section's own templates
    are called by its name: ``news/detail.html``. ``text`` finds a text by its digest. ``codes`` keeps
    compiled templates."""

    def __init__(
        self,
        site: Site,
        sections: tuple[Section, ...],
        theme: str,
        text: Callable[[str], Pieces],
        codes: CodeCache | None = None,
    ) -> None:
        self._site = site
        self._text = text
        self._shown: dict[str, None] = {}
        section_loaders = {section.name: FileSystemLoader(section.home / "templates") for section in sections}
        self._env = Templates(
            loader=ChoiceLoader([PrefixLoader(section_loaders), FileSystemLoader(f"{theme}/templates")]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=codes or CodeCache(),
            cache_size=-1,  # a dictionary: nothing to be locked and put in order at each look
        )
        self._env.filters.update(
            html=self._html, feed_html=self._feed_html, excerpt=self._excerpt, json_ld=self._json_ld, block=self._block
        )
        # without Jinja's own (``range``…): every import of a page looks at each of them anew
        self._env.globals = {"cached": self._cached, "render_each": self._render_each}
        self._pieces: dict[object, tuple[Safe, tuple[Any, ...]]] = {}
        self._memos: dict[object, IdentityMemo[Any, Safe]] = {}

    def render(self, page: Page, view: View) -> tuple[bytes, tuple[str, ...]]:
        """Return the page's file, and the digests of the texts that it shows.

        Raises ``ConfigError`` naming the template and line at fault.
        """
        self._shown.clear()
        if isinstance(view, TextView):
            return view.text(self._site).encode(), ()
        try:
            template = self._env.get_template(page.template)
            sheet = self._site.assets.sheets.get(page.template, "")
            html = template.render(view=view, site=self._site, sheet=sheet) + "\n"
            return html.encode(), tuple(self._shown)
        except TemplateSyntaxError as fault:
            where = fault.filename or fault.name or page.template
            raise ConfigError(
                [Problem(where, fault.lineno, 0, "TEMPLATE_SYNTAX", f"Mẫu trang sai cú pháp: {fault.message}")]
            ) from fault
        except Exception as fault:  # a template may give anything to anything
            is_ours = isinstance(fault, PortalError | CorruptedCacheError | MemoryError)
            if is_ours or (isinstance(fault, OSError) and not isinstance(fault, TemplateError)):
                raise
            where, line = _position(fault)
            message = f"Mẫu trang không vẽ được {page.path}: {_describe(fault)}"
            raise ConfigError([Problem(where or page.template, line, 0, "TEMPLATE", message)]) from fault

    def _cached(self, macro: PlainMacro, *args: Any, **named: Any) -> Safe:
        """Render a macro of values that many pages have in common, once."""
        key = _key(macro, args, named)
        entry = self._pieces.get(key)
        if entry is None:
            if len(self._pieces) >= _MAX_CACHED:
                self._pieces.clear()
            entry = self._pieces[key] = macro(*args, **named), args
        return entry[0]

    def _render_each(self, macro: PlainMacro, values: Iterable[Any], *args: Any, **named: Any) -> Safe:
        """Render a macro of each of ``values``, one after the other, each once.

        For values that many pages show, with few different ``args`` and ``named``.
        """
        key = _key(macro, args, named)
        render = self._memos.get(key)
        if render is None:
            render = self._memos[key] = IdentityMemo(lambda value: macro(value, *args, **named), _MAX_CACHED)
        return safe("".join(map(render, values)))

    def _block(self, block: Block) -> Safe:
        """Render a section's part of a page: it sees itself and ``site``, not the page it stands on."""
        return Safe(self._env.get_template(block.template).render(block=block, site=self._site))

    def _html(self, body: Body) -> Safe:
        """Render a body for a page."""
        macro = self._env.imported(body.template).figure_picture  # type: ignore[attr-defined]
        return self._join(body, macro)

    def _feed_html(self, body: Body, url: str) -> str:
        """Render a body of the page at ``url`` for a feed reader: whole addresses, plain ``<img>``."""
        page = self._site.absolute(url)

        def image(picture: Picture, role: str) -> str:
            src, height = picture.url("jpg", 720), round(picture.height * 720 / picture.width)
            return f'<img src="{escape(self._site.absolute(src))}" alt="{escape(picture.alt)}" width="720" height="{height}">'

        def link(target: str) -> str:
            return page + target if target.startswith("#") else self._site.absolute(target)

        return str(self._join(body, image, link))

    def _json_ld(self, data: Any) -> Safe:
        """Encode JSON that may stand inside ``<script>``, with the texts that it is to hold."""

        def full_text(value: Any) -> str:
            if isinstance(value, FullText):
                return self._feed_html(value.body, value.url) or escape(value.otherwise)
            raise NotImplementedError

        return _json(data, full_text)

    def _excerpt(self, body: Body) -> str:
        """Return the beginning of a body as plain text, cut between two words."""
        text = " ".join(unescape(_NO_WORDS.sub("", self._join(body, lambda picture, role: ""))).split())
        if len(text) <= _MAX_EXCERPT:
            return text
        return text[: _MAX_EXCERPT + 1].rpartition(" ")[0].rstrip(" ,;:–-") + "…"

    def _join(self, body: Body, image: Callable[[Picture, str], str], link: Callable[[Any], str] = str) -> Safe:
        targets = iter(body.targets)
        self._shown[body.digest] = None

        def rendered(part: LinkRef | ImageRef) -> str:
            target = next(targets)
            if isinstance(part, LinkRef):
                return escape(link(target)) if target else ""
            return image(target, part.role) if isinstance(target, Picture) else ""

        html = "".join([part if isinstance(part, str) else rendered(part) for part in self._text(body.digest)])
        return safe(_NOWHERE.sub(r"\1", html) if "" in body.targets else html)


_NO_WORDS = re.compile(r'<sup id="fnref.*?</sup>|<[^>]*>', re.DOTALL)
_MAX_EXCERPT = 240  # characters

#: A link that leads nowhere yet (``Content.coming``).
_NOWHERE = re.compile(r'<a (?:[^>]* )?href=""[^>]*>(.*?)</a>', re.DOTALL)


def _key(macro: PlainMacro, args: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
    """Return the key of a macro's call: strings by what they say, all else by identity, as ``IdentityMemo``
    does. So the arguments must be kept beside the result."""
    return macro, *[value if type(value) is str else id(value) for value in args], *named.items()


def _json(data: Any, enc_hook: Callable[[Any], Any] | None = None) -> Safe:
    """Encode JSON that may stand inside ``<script>``: nothing in it can close the element."""
    text = encode(data, enc_hook=enc_hook).replace(b"<", rb"\u003c").replace(b">", rb"\u003e").replace(b"&", rb"\u0026")
    return safe(text.decode())


def _describe(fault: Exception) -> str:
    """Describe an exception, with its kind and its line in our code where the message alone tells little."""
    if isinstance(fault, TemplateError | AttributeError | RecursionError):
        return str(fault)
    last = traceback.extract_tb(fault.__traceback__)[-1]
    inside = f", tại {os.path.basename(last.filename)}:{last.lineno}" if last.filename.endswith(".py") else ""
    return f"{type(fault).__name__}: {fault}{inside}"


def _position(fault: BaseException) -> tuple[str, int]:
    """Return the template and line in which a fault arose: the innermost one of its traceback,
    or, where templates include each other without end, the one that does so most."""
    steps = [
        (frame.filename, frame.lineno or 0)
        for frame in traceback.extract_tb(fault.__traceback__)
        if frame.filename.endswith((".html", ".xml", ".txt", ".json", ".webmanifest"))
    ]
    if not steps:
        return "", 0
    where, line = Counter(steps).most_common(1)[0][0] if isinstance(fault, RecursionError) else steps[-1]
    return os.path.relpath(where) if os.path.isabs(where) else where, line
