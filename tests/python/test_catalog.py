"""Translations: every string of the templates in every language, with the same placeholders."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from backfile.comments.catalog import Catalog, CatalogError, find_catalog, read_catalog

ROOT = Path(__file__).parents[2]
THEME = ROOT / "theme"
LANGUAGES = sorted(path.stem for path in (THEME / "translations").glob("*.po"))


def template_strings() -> set[tuple[str, ...]]:
    """(function, string, ...) of every marked string."""
    env = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)  # parses only, renders nothing
    found = set()
    for path in sorted((THEME / "templates").glob("*.html")):
        for _line, function, strings in extract_from_ast(env.parse(path.read_text("utf-8")), babel_style=False):
            texts = (strings,) if isinstance(strings, str) else strings
            found.add((function, *(text for text in texts if isinstance(text, str))))
    return found


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s|%%|\{\w+\}", text))


def test_the_languages_that_are_promised_are_there() -> None:
    assert {"ar", "de", "es", "fr", "uk"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated_and_no_other(language: str) -> None:
    catalog = find_catalog(THEME / "translations", language)
    assert catalog
    wanted = template_strings()
    singles = {("", text) for function, text, *_ in wanted if function == "_"}
    in_context = {(context, text) for function, context, *rest in wanted if function == "pgettext" for text in rest}
    assert set(catalog.messages) == singles | in_context
    assert set(catalog.plurals) == {text for function, text, *_ in wanted if function == "ngettext"}
    assert all(catalog.messages.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_string(language: str) -> None:
    catalog = find_catalog(THEME / "translations", language)
    assert catalog
    for (_context, text), translated in catalog.messages.items():
        assert placeholders(translated) == placeholders(text), translated
    for text, forms in catalog.plurals.items():
        assert all(placeholders(form) == placeholders(text) for form in forms), forms


@pytest.mark.parametrize(
    ("language", "number", "expected"),
    [
        ("de", 1, "%(n)s Antwort"),
        ("fr", 0, "%(n)s réponse"),
        ("uk", 3, "%(n)s відповіді"),
        ("uk", 11, "%(n)s відповідей"),
        ("uk", 21, "%(n)s відповідь"),
        ("ar", 2, "ردّان (%(n)s)"),
        ("ar", 11, "%(n)s ردًّا"),
    ],
)
def test_numbers_take_the_form_of_their_language(language: str, number: int, expected: str) -> None:
    catalog = find_catalog(THEME / "translations", language)
    assert catalog
    assert catalog.ngettext("%(n)s reply", "%(n)s replies", number) == expected


def test_a_month_takes_another_form_after_a_day() -> None:
    catalog = find_catalog(THEME / "translations", "uk")
    assert catalog
    assert (catalog.gettext("March"), catalog.pgettext("after a day", "March")) == ("Березень", "березня")


def test_what_is_missing_stays_as_it_is() -> None:
    catalog = Catalog()
    assert catalog.gettext("By") == "By"
    assert catalog.ngettext("%(n)s reply", "%(n)s replies", 2) == "%(n)s replies"


def test_a_region_falls_back_to_its_language_and_a_path_is_no_language() -> None:
    assert find_catalog(THEME / "translations", "de-AT")
    assert find_catalog(THEME / "translations", "xx") is None
    assert find_catalog(THEME / "templates", "../translations/de") is None


def test_strings_on_several_lines_are_one_and_fuzzy_ones_are_not_used() -> None:
    text = 'msgid "a"\n"b"\nmsgstr "x\\n"\n"y"\n\n#, fuzzy\n#: place\nmsgid "c"\nmsgstr "z"\n'
    assert read_catalog(text, "t.po").messages == {("", "ab"): "x\ny"}


@pytest.mark.parametrize("text", ['"loose"', "msgid a", 'msgid "a\nmsgstr "b"', 'msgid "a"\nnonsense'])
def test_a_broken_file_is_named_with_its_line(text: str) -> None:
    with pytest.raises(CatalogError, match=r"^t\.po:\d: "):
        read_catalog(text, "t.po")
