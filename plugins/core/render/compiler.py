"""How templates become Python: as Jinja makes them, with less asked at each name and call.

Jinja's own code serves any data. Ours are structs, strings and macros, so:

==============  ===================================  ============================
in a template   Jinja writes                         we write
==============  ===================================  ============================
``{{ x }}``     ``escape(x)``: an object for each    ``shown(x)``: a plain string
``a.b``         ``environment.getattr(a, "b")``      ``(a).b``
``f(a, b=c)``   ``context.call(f, a, b=c)``          ``(f)(a, b=c)``
``{% macro %}`` ``Macro(…)``                         ``MacroOf(…)``
``{% from %}``  ``environment.get_template(…)…``     ``environment.imported(…)``
==============  ===================================  ============================

All is escaped and undefined names fail as before. What was measured, and which of Jinja's
methods this relies on: docs/adr/0007.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import cache, partial
from keyword import iskeyword
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.environment import TemplateModule
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape
from markupsafe import _escape_inner as escape_string  # type: ignore[attr-defined]  # without an object around it

safe: Callable[[str], Markup] = partial(str.__new__, Markup)
"""``Markup(text)`` for what is a string for sure: the same object, made in C."""


def shown(value: Any) -> str:
    """``value`` as it may stand in HTML: what is marked as safe is already, all else is
    escaped, and what is undefined fails."""
    kind = type(value)
    if kind is str:
        return escape_string(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    return str(value) if kind is int else escape(value)


class MacroOf(Macro):
    """A macro that is called with its own arguments and nothing else, as templates do: there
    is one way to escape, so it need not ask which."""

    def __call__(self, *given: Any, **named: Any) -> Markup:
        lacking = self._argument_count - len(given)
        if lacking > 0:
            given += tuple([named.pop(name, missing) for name in self.arguments[-lacking:]])
        if named or lacking < 0 or self.caller:
            return Markup(super().__call__(*given, **named))  # it knows what is wrong, or what else there is
        return safe(self._func(*given))


class _Code(CodeGenerator):
    """What is rare or unlike all that our templates do is left to Jinja."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("shown = environment.shown")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("shown(")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(iskeyword(one.key) for one in node.kwargs):
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
        self.write("environment.")  # Jinja writes on: ``Macro(…)``
        super().macro_def(macro_ref, frame)


class Templates(Environment):
    """Jinja's environment for our templates."""

    code_generator_class = _Code
    shown = staticmethod(shown)
    Macro = MacroOf
    getattr = staticmethod(getattr)  # type: ignore[assignment]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.imported: Callable[[str], TemplateModule] = cache(lambda name: self.get_template(name).module)
        """The macros of a template: the same for all who import them."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain dictionary: each page and each import looks at all of them anew."""
        return {**self.globals, **(d or {})}
