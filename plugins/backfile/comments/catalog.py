"""Translations of a theme's fixed strings: reads gettext's PO files, so that nothing has to be compiled.

The subset read is what translation tools write: comments, `msgctxt`, `msgid`, `msgid_plural`, `msgstr`,
`msgstr[n]` and strings on lines of their own. Entries marked `#, fuzzy` are not used.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from gettext import c2py  # turns a Plural-Forms rule into a function; it takes arithmetic alone
from pathlib import Path

from backfile.errors import BackfileError

_LINE = re.compile(r'(?:(?P<key>msgctxt|msgid|msgid_plural|msgstr)(?:\[(?P<form>\d)\])?\s+)?(?P<text>".*")\s*')
_PLURAL = re.compile(r"Plural-Forms:[^;]*;\s*plural\s*=\s*(?P<rule>[^;\n]+)")


class CatalogError(BackfileError):
    """A PO file that cannot be read; the message names the file and the line."""


@dataclass(slots=True)
class Catalog:
    """The strings of one language; one that is missing stays as it is in the template."""

    messages: dict[tuple[str, str], str] = field(default_factory=dict)
    plurals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    form: Callable[[int], int] = lambda n: int(n != 1)

    def gettext(self, message: str) -> str:
        """The translation of a string."""
        return self.messages.get(("", message)) or message

    def pgettext(self, context: str, message: str) -> str:
        """The translation of a string that means something else elsewhere."""
        return self.messages.get((context, message)) or message

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The translation in the form that the language uses for a number."""
        forms = self.plurals.get(singular, ())
        at = self.form(number)
        return (forms[at] if at < len(forms) else "") or (singular if number == 1 else plural)


def find_catalog(folder: Path, language: str) -> Catalog | None:
    """The catalog of a language (`pt-BR`, else `pt`) in a folder; None when there is none."""
    for code in dict.fromkeys([language, language.split("-")[0]]):
        path = folder / f"{code}.po"
        if code.replace("-", "").isalnum() and path.is_file():
            return read_catalog(path.read_text("utf-8"), path.name)
    return None


def read_catalog(text: str, place: str) -> Catalog:
    """The catalog that a PO file holds. Raises CatalogError."""
    catalog = Catalog()
    entry: dict[str, str] = {}
    fuzzy, key = False, ""
    for number, line in enumerate([*text.splitlines(), ""], 1):
        line = line.strip()
        if not line or line.startswith("#"):
            if entry:
                _keep(entry, catalog, fuzzy)
                entry, key, fuzzy = {}, "", False
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        found = _LINE.fullmatch(line)
        if not found or not (found["key"] or key):
            raise CatalogError(f'expected msgid, msgstr or a "string", found {line[:40]!r}', place=f"{place}:{number}")
        if found["key"]:
            key = found["key"] + (found["form"] or "")
        try:
            entry[key] = entry.get(key, "") + json.loads(found["text"])
        except ValueError as error:
            raise CatalogError(f"not a string: {error}", place=f"{place}:{number}") from None
    return catalog


def _keep(entry: dict[str, str], catalog: Catalog, fuzzy: bool) -> None:
    if "msgid" not in entry or (fuzzy and entry["msgid"]):
        return
    if not entry["msgid"]:
        rule = _PLURAL.search(entry.get("msgstr", ""))
        catalog.form = c2py(rule["rule"]) if rule else catalog.form
    elif "msgid_plural" in entry:
        forms = (entry.get(f"msgstr{n}", "") for n in range(6))
        catalog.plurals[entry["msgid"]] = tuple(form for form in forms if form)
    else:
        catalog.messages[entry.get("msgctxt", ""), entry["msgid"]] = entry.get("msgstr", "")
