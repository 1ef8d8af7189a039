"""Which takedown file a site has, and the rules that follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from backfile.errors import TakedownError
from backfile.takedown.entries import Entry, read_entries
from backfile.takedown.places import KEY_FILE, candidates, mistaken
from backfile.takedown.pseudonyms import Pseudonyms, read_key
from backfile.takedown.rules import Rules


def find_file(content: Path, chosen: str = "") -> Path | None:
    """The takedown file, or None where there is none. Raises TakedownError when that is not certain."""
    places = candidates(content, chosen)
    found = [path for path in places if path.exists() or path.is_symlink()]
    if chosen and not found:
        raise TakedownError(
            "the takedown file is not there.",
            place=str(places[0]),
            advice="Put it back, or take BACKFILE_TAKEDOWN out of the settings: nothing would be taken down.",
        )
    if len(found) > 1 and found[0].resolve() != found[1].resolve():
        raise TakedownError(
            f"there are two takedown files, {found[0]} and {found[1]}.",
            advice="Make one of them, or say which in the setting BACKFILE_TAKEDOWN.",
        )
    if not found and (nearly := next((path for path in mistaken(content) if path.exists()), None)):
        raise TakedownError(
            "it looks like a takedown file, and is not read.",
            place=str(nearly),
            advice=f"Make it {places[0]}, or give it a name of its own.",
        )
    return found[0] if found else None


def load_rules(
    content: Path,
    chosen: str = "",
    *,
    everyone: bool = False,
    word: str = "A reader",
    title: str = "Removed article",
    make_key: bool = True,
) -> Rules:
    """The rules for a content folder; makes the key for pseudonyms when they are wanted for the first time.

    Whoever only looks makes none: a proof needs to know which names are gone, not what stands for them.

    Raises TakedownError.
    """
    file = find_file(content, chosen)
    entries: tuple[Entry, ...] = ()
    if file is not None:
        try:
            data = file.read_bytes()
        except OSError as error:
            raise TakedownError(f"cannot be read: {error.strerror}.", place=str(file)) from error
        entries = read_entries(data, file.name)
    pseudonyms, made = None, ""
    if everyone or any(entry.action == "anonymise" for entry in entries):
        key = (file or candidates(content, chosen)[0]).with_name(KEY_FILE)
        made = str(key) if make_key and not key.exists() else ""
        pseudonyms = Pseudonyms(read_key(key, make=make_key), word)
    return Rules(entries, pseudonyms, everyone, title, file.name if file else "", made)


def check_place(rules_file: Path | None, *published: Path) -> None:
    """Raises TakedownError when the takedown file stands where files are published from, or where they go."""
    if rules_file is None:
        return
    for folder in published:
        if rules_file.resolve().is_relative_to(folder.resolve()):
            raise TakedownError(
                f"the takedown file stands in {folder}, where files are published from.",
                place=str(rules_file),
                advice="Keep it beside the content folder, with the key for pseudonyms.",
            )


def site_rules(settings: Mapping[str, Any], chosen: str, *, everyone: bool, word: str, title: str) -> Rules:
    """The rules of a site by Pelican's settings. Raises TakedownError: what should be gone must not be published."""
    content, output = Path(settings["PATH"]), Path(settings["OUTPUT_PATH"])
    file = find_file(content, chosen)
    check_place(file, output, content)
    if everyone:  # the key stands there even where there is no file
        check_place(file or candidates(content, chosen)[0], output)
    rules = load_rules(content, chosen, everyone=everyone, word=word, title=title)
    if rules and settings["OUTPUT_SOURCES"]:
        raise TakedownError(
            "OUTPUT_SOURCES publishes content files as they are, and with them what was taken out.",
            place=str(file or "settings"),
            advice="Take it out of the settings.",
        )
    return rules
