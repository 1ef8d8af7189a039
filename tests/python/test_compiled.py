"""Templates are quicker to render than Jinja would make them, and give the same."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Environment

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
    "unescaped": "{% autoescape false %}{{ n }}{% autoescape true %}{{ n }}{% endautoescape %}{% endautoescape %}",
}


SPECIAL = """7 & <b title="x">'y'</b>"""


def environment(*, quick: bool, translate=lambda text: WORDS.get(text, text)) -> Environment:
    made = Environment(loader=DictLoader(TEMPLATES), autoescape=True)
    made.globals["_"] = translate
    if quick:
        quicken(made)
    return made


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name != "words"])
def test_a_template_gives_what_it_would_give(name):
    quick, plain = (environment(quick=quick).get_template(name).render(n=SPECIAL) for quick in (True, False))
    assert quick == plain


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
