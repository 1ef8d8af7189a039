"""Templates are quicker to render than Jinja would make them, and give the same."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Environment, pass_context, pass_eval_context

from backfile.comments.compiled import TranslatedCode, quicken
from backfile.comments.once import Once

WORDS = {"Dates": "Daten & <Zeiten>", "Page %(n)s": "Seite %(n)s"}
TEMPLATES = {
    "words": "{% macro shown(x, y=2) %}{{ _('Dates') }} {{ x }}{{ y }}{{ caller() if caller }}{% endmacro %}",
    "plain": "<p>{{ _('Dates') }}</p>{{ _('Page %(n)s') | format(n=n) }} {{ _('unknown') }}{{ _(n) }}{{ _('a' ~ n) }}",
    "macros": "{% from 'words' import shown %}{% for i in [1, 2] %}{{ shown(i, y='<') }}{% endfor %}"
    "{% call shown(0) %}!{{ _('Dates') }}{% endcall %}",
    "blocks": "{% block a %}{{ _('Dates') }}{% endblock %}{{ self.a() }}{% set x = _('Dates') %}{{ x | length }}",
    "its own": "{% set _ = n %}{{ _ }}",
    "values": "{{ n }}{{ n | safe }}{{ n | e }}{{ none }}{{ no }}{{ [n] }}{% filter upper %}{{ n }}{% endfilter %}",
    "pieces": "{% set x %}<b>{{ n }}</b>{% endset %}{% macro m() %}{{ n }}{% endmacro %}{{ x ~ n }}{{ m() ~ n }}",
    "attributes": "{{ thing.name }}{{ thing.none }}{{ thing.no }}{{ row.name }}{{ row.items is defined }}{{ row.no }}"
    "{{ thing.inner.name }}{{ thing.no is defined }}{% for x in rows if x.name %}"
    "{{ x.name }}{{ loop.last }}{% endfor %}"
    "{{ namespace(a=n).a }}{{ 'x'.upper() }}{{ n.__class__ }}",
    "calls": "{{ thing.said() }}{{ thing.said('<', y=n) }}{{ thing.said(*['<', n]) }}{{ thing.said(**{'x': n}) }}"
    "{{ stops() }}{{ dict(a=1, if=2) }}{% for i in [1] %}{% set j = n %}{{ seen('i') }}{{ seen('j') }}{{ seer('j') }}"
    "{% endfor %}{% block b %}{% set k = 5 %}{{ seen('k') }}{{ seer('n') }}{% endblock %}{{ escaping() }}",
    "macros of all kinds": "{% macro m(a, b='<', c=a) %}[{{ a }}{{ b }}{{ c }}]{% endmacro %}"
    "{% macro v(a) %}{{ a }}{{ varargs | length }}{{ kwargs | length }}{% endmacro %}"
    "{% macro k(a) %}{{ a }}{{ caller(n) if caller else '' }}{% endmacro %}"
    "{{ m(n) }}{{ m(n, c=1) }}{{ m(c=n, a=2) }}{{ m(1, 2, 3) }}{{ m() }}{{ v(1, 2, x=3) }}{{ k(1) }}"
    "{% call(x) k(2) %}{{ x }}{% endcall %}{% set f = m %}{{ f(*[1]) }}{{ m(n) | upper }}{{ m(m(n)) }}",
    "loops in loops": "{% for x in tree recursive %}({{ x.name }}{{ loop(x.inside) if x.inside }}"
    "{{ loop.index }}){% endfor %}",
    "unescaped": "{% autoescape false %}{{ n }}{% autoescape true %}{{ n }}{% endautoescape %}{% endautoescape %}",
}


SPECIAL = """7 & <b title="x">'y'</b>"""


class Thing:
    """Something with attributes and methods."""

    name, none, inner = SPECIAL, None, SimpleNamespace(name="inside")

    def said(self, x="x", y="y"):
        return f"{x} and {y}"


class Seer:
    """An object that is called, and asks for the context."""

    @pass_context
    def __call__(self, context, name):
        return context.get(name, "nothing")


@pass_context
def seen(context, name):
    return context.get(name, "nothing")


@pass_eval_context
def escaping(context):
    return context.autoescape


def stops():
    return next(iter(()))


GIVEN = {
    "thing": Thing(),
    "row": {"name": SPECIAL},
    "rows": [{"name": "a"}, {}, SimpleNamespace(name="<b>")],
    "tree": [{"name": "a", "inside": [{"name": "b"}, {"name": SPECIAL, "inside": ()}]}],
    "stops": stops,
    "seen": seen,
    "seer": Seer(),
    "escaping": escaping,
}


def environment(*, quick: bool, translate=lambda text: WORDS.get(text, text)) -> Environment:
    made = Environment(loader=DictLoader(TEMPLATES), autoescape=True)
    made.globals["_"] = translate
    made.globals.update(GIVEN)
    if quick:
        quicken(made)
    return made


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name != "words"])
def test_a_template_gives_what_it_would_give(name):
    quick, plain = (environment(quick=quick).get_template(name).render(n=SPECIAL) for quick in (True, False))
    assert quick == plain


@pytest.mark.parametrize(
    "source",
    [
        "{{ nobody.name }}",
        "{{ thing.no.name }}",
        "{{ row.no.name }}",
        "{{ nobody() }}",
        "{{ thing.no() }}",
        "{{ thing.name() }}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, b=2) }}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, a=2) }}",
        "{% macro m(a) %}{{ a.b }}{% endmacro %}{{ m() }}",
    ],
)
def test_a_mistake_in_a_template_is_told_as_jinja_tells_it(source):
    told = []
    for quick in (True, False):
        with pytest.raises(Exception) as error:
            environment(quick=quick).from_string(source).render()
        told.append((error.type, str(error.value)))
    assert told[0] == told[1]


def test_a_string_is_translated_once_when_its_template_is_compiled():
    asked: list[str] = []
    made = environment(quick=True, translate=lambda text: asked.append(text) or text.upper())
    assert made.code_generator_class is TranslatedCode
    template = made.get_template("blocks")
    assert [template.render(), template.render()] == ["DATESDATES5"] * 2
    assert asked == ["Dates", "Dates"]


def test_an_entry_is_made_once_for_each_article_way_and_address():
    made: list[object] = []

    def entry(article, level):
        made.append(article)
        return f"{article.title} {level}"

    once, one, other = Once(), SimpleNamespace(title="One"), SimpleNamespace(title="Other")
    for _ in range(2):
        shown = [once(entry, site, a, level) for site in ("", "..") for a in (one, other) for level in (2, 3)]
        assert shown == ["One 2", "One 3", "Other 2", "Other 3"] * 2
    assert len(made) == 8
