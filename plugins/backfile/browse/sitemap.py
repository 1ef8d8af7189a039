"""What search engines and other robots are told: a map of the site, and what they may read of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from backfile.browse.xmltext import element
from backfile.dates import parse_edtf

MOST = 50_000
"""Addresses one file may hold (sitemaps.org)."""

_XML = '<?xml version="1.0" encoding="utf-8"?>'
_SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

# Robots that collect texts for training models or answer from them, by the names they give themselves.
AI_ROBOTS = (
    "AI2Bot Amazonbot anthropic-ai Applebot-Extended Bytespider CCBot ChatGPT-User Claude-SearchBot Claude-User"
    " Claude-Web ClaudeBot cohere-ai cohere-training-data-crawler Diffbot DuckAssistBot FacebookBot Google-Extended"
    " GoogleOther GPTBot ImagesiftBot Meta-ExternalAgent Meta-ExternalFetcher OAI-SearchBot omgili PanguBot"
    " Perplexity-User PerplexityBot PetalBot Timpibot Webzio-Extended YouBot"
).split()


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the site: its path, and when it was last changed as far as anybody knows (EDTF)."""

    path: str
    changed: str = ""


def sitemaps(site: str, places: Sequence[Place], most: int = MOST) -> dict[str, str]:
    """The files of the map by name: one, or an index and its parts; places keep their order.

    `site` is the full address of the site without a slash at its end.
    """
    parts = [places[at : at + most] for at in range(0, len(places), most)] or [()]
    if len(parts) == 1:
        return {"sitemap.xml": _urls(site, parts[0])}
    files = {f"sitemaps/{number}.xml": _urls(site, part) for number, part in enumerate(parts, 1)}
    listed = [f"<sitemap>{element('loc', _full(site, name))}</sitemap>" for name in files]
    return {"sitemap.xml": _file("sitemapindex", listed), **files}


def _urls(site: str, places: Sequence[Place]) -> str:
    return _file(
        "urlset",
        [
            f"<url>{element('loc', _full(site, place.path))}{element('lastmod', _changed(place.changed))}</url>"
            for place in places
        ],
    )


def _file(name: str, lines: Sequence[str]) -> str:
    return "\n".join([_XML, f"<{name} {_SCHEMA}>", *lines, f"</{name}>"]) + "\n"


def _full(site: str, path: str) -> str:
    folder = path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path
    return f"{site}/{quote(folder)}"


def _changed(edtf: str) -> str:
    """The day of a change, when it is known that far."""
    date = parse_edtf(edtf)
    return date.machine()[:10] if date and date.day is not None and not date.uncertain else ""


def robots(preset: str, sitemap: str = "") -> str:
    """The text of robots.txt for `allow`, `no-ai` or `deny`; `sitemap` is the map's full address."""
    everyone = ["User-agent: *", "Disallow: /" if preset == "deny" else "Disallow:"]
    unwanted = [*(f"User-agent: {name}" for name in AI_ROBOTS), "Disallow: /", ""] if preset == "no-ai" else []
    pointer = ["", f"Sitemap: {sitemap}"] if sitemap and preset != "deny" else []
    return "\n".join([*unwanted, *everyone, *pointer]) + "\n"
