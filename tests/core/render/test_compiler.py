"""Templates mean what they mean to Jinja: the same text, the same names that fail (docs/adr/0007)."""

from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup

from plugins.core.render.compiler import CodeCache, Templates

ACTIVE = """<script>alert("1") & 'x'</script>"""

MACROS = """
{% macro link(one, level=2, name="a") %}<h{{ level }} class="{{ name }}">{{ one.title }}</h{{ level }}>{% endmacro %}
{% macro twice(words) %}{{ link(words, name="<") }}|{{ caller() if caller else "" }}{% endmacro %}
{% macro inside() %}{{ one.title }}{% endmacro %}
{% macro rest(first) %}{{ first }}{{ varargs|join }}{{ kwargs['more'] }}{% endmacro %}
"""

TEMPLATES = [
    "{{ one.title }}{{ one.number }}{{ one.safe }}{{ one.nothing }}{{ one.shout }}{{ one.page }}",
    "{{ one.title.upper() }}{{ one.title.replace('script', with) }}{{ '<' }}{{ 1.5 }}{{ -3 }}{{ True }}",
    "{{ 'a{}'.format(one.title) }}{{ one.safe.format(one.title) }}{{ one.safe ~ one.title }}{{ (one.safe + one.title) }}",
    "{{ one.call(1, *[2, 3], last=4, **{'more': 5}) }}{{ one.call(1, *many) }}{{ one.call(**{'x': 1}) }}",
    "{% from 'macros' import link %}{{ link(one) }}{{ link(one, 3) }}{{ link(one, 3, 'b') }}{{ link(level=4, one=one) }}",
    "{% import 'macros' as m %}{{ m.link(one, name=one.title) }}{{ m.rest(1, 2, one.title, more=one.safe) }}",
    "{% from 'macros' import twice %}{% call twice(one) %}{{ one.title }}{{ one.safe }}{% endcall %}",
    "{% from 'macros' import inside with context %}{{ inside() }}",
    "{% macro own(depth) %}<{{ depth }}{% if depth %}{{ own(depth - 1) }}{% endif %}{% endmacro %}{{ own(3) }}",
    "{% for x in many %}{{ loop.index }}{{ loop.last }}{{ loop.cycle('<', '>') }}{{ x }}{% else %}{{ one.title }}{% endfor %}",
    "{% extends 'base' %}{% block b %}{{ super() }}{{ one.title }}{% endblock %}{% block c %}{{ super() }}{{ 1 }}{% endblock %}",
    "{% set x = one.title %}{{ x }}{% set y %}{{ x }}<br>{% endset %}{{ y }}{% filter upper %}{{ x }}<i>{% endfilter %}",
    "{% autoescape false %}{{ one.title }}{% endautoescape %}{{ one.title }}{{ one.title|safe }}{{ one.title|e|forceescape }}",
    "{{ one.title if one.nothing is none else 1 }}{{ one['title'] if one is mapping else many[0] }}{{ many[1:] }}",
    "{{ (one.class).title }}{{ one.call(**{'class': 1}) }}{{ one.call(class=1) }}{{ one.import }}",
]

UNDEFINED = [
    "{{ missing }}",
    "{{ missing.title }}",
    "{{ missing() }}",
    "{{ one.call(missing) }}{{ missing }}",
    "{% if missing %}{% endif %}",
    "{% for x in missing %}{% endfor %}",
    "{% from 'macros' import gone %}{{ gone(one) }}",
    "{% from 'macros' import link %}{{ link() }}",
    "{% from 'macros' import inside %}{{ inside() }}",
]


class Page(str):
    """A string of another kind is escaped like any other."""


class Safe(Markup):
    """Marked as safe by another class."""


def values():
    item = SimpleNamespace(
        title=ACTIVE, number=7, nothing=None, safe=Markup("<b>{}</b>"), page=Page("<p>"), shout=Safe("<em>"),
        call=lambda *args, **named: f"<{args}{named}>",
    )  # fmt: skip
    setattr(item, "class", SimpleNamespace(title="<class>"))
    setattr(item, "import", "<import>")
    return {"one": item, "many": ["<", Markup("<hr>"), 3], "with": "<&>"}


def environment(kind, text, codes=None):
    base = "{% block b %}{{ one.title }}<br>{% endblock %}{% block c %}<c>{{ one.number }}{% endblock %}"
    loader = DictLoader({"macros": MACROS, "base": base, "page": text})
    return kind(loader=loader, autoescape=True, undefined=StrictUndefined, bytecode_cache=codes)


@pytest.mark.parametrize("text", TEMPLATES)
def test_a_template_gives_what_jinja_makes_of_it(text):
    expected = environment(Environment, text).get_template("page").render(values())
    assert environment(Templates, text).get_template("page").render(values()) == expected
    assert "<" in expected or "&lt;" in expected


@pytest.mark.parametrize("text", UNDEFINED)
def test_what_is_undefined_fails_as_it_does_with_jinja(text):
    for kind in (Environment, Templates):
        with pytest.raises(UndefinedError):
            environment(kind, text).get_template("page").render(values())


@pytest.mark.parametrize("call", ["link(one, 1, 'a', 4)", "link(one, colour=1)", "link(one, one=one)"])
def test_a_macro_called_with_what_it_does_not_take_fails_as_it_does_with_jinja(call):
    text = "{% from 'macros' import link %}{{ " + call + " }}"
    for kind in (Environment, Templates):
        with pytest.raises(TypeError, match="link"):
            environment(kind, text).get_template("page").render(values())


def test_an_attribute_that_is_not_there_fails_at_its_line():
    template = environment(Templates, "a\n{{ one.title }}\n<p>{{ one.gone }}</p>").get_template("page")
    with pytest.raises(AttributeError, match="gone") as caught:
        template.render(values())
    assert caught.traceback[-1].lineno + 1 == 3


IMPORTING = "{% from 'macros' import link %}{{ link(one) }}"


@pytest.fixture
def compiled(monkeypatch):
    """Give this test a memory of codes of its own, and return the names that are compiled."""
    names = []

    def compile_and_note(self, source, name=None, *more, original=Templates.compile):
        names.append(name)
        return original(self, source, name, *more)

    monkeypatch.setattr(Templates, "compile", compile_and_note)
    monkeypatch.setattr(CodeCache, "_codes", {})
    return names


def render(text, codes):
    return environment(Templates, text, codes).get_template("page").render(values())


def test_a_second_environment_compiles_only_what_has_changed(compiled):
    expected = render(IMPORTING, CodeCache())
    compiled.clear()
    assert render(IMPORTING, CodeCache()) == expected
    assert compiled == []
    assert render(f"mới {IMPORTING}", CodeCache()) == f"mới {expected}"
    assert compiled == ["page"]


def test_another_process_compiles_only_what_has_changed(compiled, tmp_path):
    expected = render(IMPORTING, CodeCache(tmp_path / "codes", b"version"))
    compiled.clear()
    CodeCache._codes.clear()
    assert render(IMPORTING, CodeCache(tmp_path / "codes", b"version")) == expected
    assert compiled == []
    CodeCache._codes.clear()
    assert render(f"mới {IMPORTING}", CodeCache(tmp_path / "codes", b"version")) == f"mới {expected}"
    assert compiled == ["page"]


def test_another_version_compiles_all(compiled, tmp_path):
    render(IMPORTING, CodeCache(tmp_path, b"version"))
    compiled.clear()
    CodeCache._codes.clear()
    render(IMPORTING, CodeCache(tmp_path, b"other"))
    assert compiled == ["page", "macros"]


@pytest.mark.parametrize("where", [0, 10, 200, -1])
def test_damaged_codes_are_compiled_and_replaced(compiled, tmp_path, where):
    expected = render(IMPORTING, CodeCache(tmp_path, b"version"))
    for path in tmp_path.iterdir():
        raw = bytearray(path.read_bytes())
        raw[where] ^= 1
        path.write_bytes(raw)
    for names in (["page", "macros"], []):
        compiled.clear()
        CodeCache._codes.clear()
        assert render(IMPORTING, CodeCache(tmp_path, b"version")) == expected
        assert compiled == names


def test_codes_that_cannot_be_kept_stop_nothing(tmp_path):
    (tmp_path / "file").touch()
    assert render(IMPORTING, CodeCache(tmp_path / "file", b"version")) == render(IMPORTING, None)
