"""Compile templates to Python as Jinja does, with fewer checks at each name and call.

Jinja's code serves any data. The portal's are structs, strings and macros, so:

==============  ===================================  ==============================
in a template   Jinja writes                         this compiler writes
==============  ===================================  ==============================
``{{ x }}``     ``escape(x)``: an object for each    ``escaped(x)``: a plain string
``a.b``         ``environment.getattr(a, "b")``      ``(a).b``
``f(a, b=c)``   ``context.call(f, a, b=c)``          ``(f)(a, b=c)``
``{% macro %}`` ``Macro(…)``                         ``PlainMacro(…)``
``{% from %}``  ``environment.get_template(…)…``     ``environment.imported(…)``
==============  ===================================  ==============================

Everything is escaped and undefined names fail as before. For measurements, and the methods of
Jinja that this relies on, see docs/adr/0007.
"""

from __future__ import annotations

import os
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from functools import cache, partial
from keyword import iskeyword
from pathlib import Path
from types import CodeType
from typing import Any, ClassVar

from jinja2 import Environment, nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.environment import TemplateModule
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape
from markupsafe import _escape_inner as escape_string  # type: ignore[attr-defined]  # without an object around it

from plugins.core.hashing import CorruptedCacheError, verified, with_checksum
from plugins.core.runtime.files import write_whole

safe: Callable[[str], Markup] = partial(str.__new__, Markup)
"""``Markup(text)`` for a value that is certainly a string: the same object, made in C."""


def escaped(value: Any) -> str:
    """Return ``value`` escaped for HTML, unless it is marked as safe; an undefined value raises an error."""
    kind = type(value)
    if kind is str:
        return escape_string(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    return str(value) if kind is int else escape(value)


class PlainMacro(Macro):
    """A macro that is called with its declared arguments only, as the templates do.

    Autoescape is always on, so it is not looked up at each call.
    """

    def __call__(self, *positional: Any, **named: Any) -> Markup:
        missing_count = self._argument_count - len(positional)
        if missing_count > 0:
            positional += tuple([named.pop(name, missing) for name in self.arguments[-missing_count:]])
        if named or missing_count < 0 or self.caller:
            return Markup(super().__call__(*positional, **named))  # which raises the error, or accepts a caller
        return safe(self._func(*positional))


class _TemplateCompiler(CodeGenerator):
    """A code generator for the usual cases of the table above; rare ones are left to Jinja."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("escaped = environment.escaped")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("escaped(")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(iskeyword(keyword.key) for keyword in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(")(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if node.with_context:
            super()._import_common(node, frame)
            return
        self.write("environment.imported(")
        self.visit(node.template, frame)
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write("environment.")  # Jinja continues with ``Macro(…)``
        super().macro_def(macro_ref, frame)


class CodeCache(BytecodeCache):
    """The last code of each template: compiling takes longer than a small build.

    It is kept in memory for the next build of this process, and in ``folder``, if there is one, for the next
    process of the same ``version``: 16 bytes that stand for our code, Python and the libraries. Jinja itself
    compares the source.
    """

    _codes: ClassVar[dict[str, tuple[str, CodeType]]] = {}
    """By the key of a template's name and path: the checksum of its source, and its code."""

    def __init__(self, folder: Path | None = None, version: bytes = b"") -> None:
        self._folder, self._version = folder, version

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._codes.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code
        elif self._folder:
            with suppress(OSError, CorruptedCacheError):  # what cannot be read is compiled
                bucket.bytecode_from_string(bytes(verified(self._version, (self._folder / bucket.key).read_bytes())))
                self._remember(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._remember(bucket)
        if self._folder:
            path = self._folder / bucket.key
            data = with_checksum(self._version, bucket.bytecode_to_string())
            with suppress(OSError):  # a full disk stops what must be written, not this
                self._folder.mkdir(parents=True, exist_ok=True)
                write_whole(path, data, path.with_suffix(f".{os.getpid()}.tmp"))  # workers may compile the same

    def _remember(self, bucket: Bucket) -> None:
        if bucket.code:
            self._codes[bucket.key] = bucket.checksum, bucket.code


class Templates(Environment):
    """The environment of the portal's templates."""

    code_generator_class = _TemplateCompiler
    escaped = staticmethod(escaped)
    Macro = PlainMacro
    getattr = staticmethod(getattr)  # type: ignore[assignment]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.imported: Callable[[str], TemplateModule] = cache(lambda name: self.get_template(name).module)
        """Return the macros of a template, the same module for all importers."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return a plain dictionary, which is faster than Jinja's chain: each page and import copies it."""
        return {**self.globals, **(d or {})}
