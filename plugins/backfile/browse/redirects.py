"""Where old addresses lead now, in the words of those who serve the site.

Only the path and the query of an old address are looked at: whoever moves the archive to the old host
name keeps its links alive. An address that two articles claim leads to the first and is reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

# Everything else is written as per cent and two digits, so that no text of a stranger is a command.
_SAFE = "/-._~!,@+="
# Browsers send these as they are, and between nginx's quotation marks they mean nothing: : ; ( ) *
_HARMLESS = re.compile("%(3A|3B|28|29|2A)")
_WRITTEN = re.compile(r"%[0-9A-Fa-f]{2}")


@dataclass(frozen=True, slots=True)
class Redirect:
    """One old address (path and query, escaped) and the path of its page now."""

    path: str
    query: str
    to: str


def redirects(pairs: Iterable[tuple[str, str]], base: str = "") -> tuple[list[Redirect], list[str]]:
    """Redirects for (old address, new path), in their order, and the addresses that two articles claim.

    `base` is the path under which the site stands, without a slash at its end.
    """
    taken: dict[tuple[str, str], str] = {}
    found, twice = [], []
    for url, page in pairs:
        try:
            parts = urlsplit(url)
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or not parts.netloc:
            continue
        path, query = _escaped(parts.path or "/"), _escaped(parts.query, "&")
        to = f"{base}/{quote(page)}"
        if path == to or (path == "/" and not query):
            continue
        if (path, query) in taken:
            if taken[path, query] != to:
                twice.append(url)
            continue
        taken[path, query] = to
        found.append(Redirect(path, query, to))
    return found, twice


def _escaped(text: str, also: str = "") -> str:
    """Text of an address with one spelling: what was escaped stays so, what is unsafe becomes so."""
    parts = _WRITTEN.split(text)
    kept = [found[0].upper() for found in _WRITTEN.finditer(text)]
    pieces = [quote(part, safe=_SAFE + also, errors="replace") for part in parts]
    return "".join(piece + mark for piece, mark in zip(pieces, [*kept, ""], strict=True))


def netlify(found: Sequence[Redirect]) -> str:
    """`_redirects`, for Netlify, Cloudflare Pages and those who read the same. `!` wins over what stands there."""
    lines = []
    for one in found:
        asked = one.query.split("&") if one.query else []
        # A part without "=" would be taken for the target.
        if all("=" in part.strip("=") for part in asked):
            lines.append(" ".join((one.path, *asked, one.to, "301!")))
    return "\n".join(lines) + "\n"


def nginx(found: Sequence[Redirect]) -> str:
    """A map for nginx: `include` it in `http`, then `if ($backfile_page) { return 301 $backfile_page; }`."""
    lines = []
    for one in found:
        asked = one.path + (f"?{one.query}" if one.query else "")
        lines.append(f'    "{_HARMLESS.sub(lambda mark: chr(int(mark[1], 16)), asked)}" "{one.to}";')
    return "\n".join(["map $request_uri $backfile_page {", '    default "";', *lines, "}"]) + "\n"


def apache(found: Sequence[Redirect]) -> str:
    """`.htaccess` for Apache, which compares paths that it has unescaped already."""
    lines = ["RewriteEngine On"]
    for one in found:
        lines.append(f'RewriteCond %{{QUERY_STRING}} "^{re.escape(one.query)}$"')
        lines.append(
            f'RewriteRule "^{_apache_path(one.path)}$" "{one.to.replace("%", chr(92) + "%")}" [R=301,L,NE,QSD]'
        )
    return "\n".join(lines) + "\n"


def _apache_path(path: str) -> str:
    """A pattern for a path; characters that could end or begin something in the file stand as their bytes."""
    data = unquote(path.removeprefix("/"), errors="replace").encode("utf-8", "replace")
    return "".join(chr(byte) if chr(byte).isalnum() and byte < 128 else f"\\x{byte:02x}" for byte in data)


FILES: dict[str, tuple[str, Callable[[Sequence[Redirect]], str]]] = {
    "netlify": ("_redirects", netlify),
    "nginx": ("redirects.nginx.conf", nginx),
    "apache": (".htaccess", apache),
}
"""Kind of host -> the file it reads, and who writes that."""
