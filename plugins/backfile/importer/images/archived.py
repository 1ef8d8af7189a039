"""Finds images among the responses of the web archive that a page comes from."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import IO

from backfile.importer import limits
from backfile.importer.identity import canonical_url
from backfile.importer.images.image import Origin
from backfile.importer.warcstream import BROKEN, TooDenseError, responses

MOST_PLACES = 500_000


class Archived:
    """The images of one WARC file, by their addresses.

    `reopen` gives the file once more, at its beginning. The first image that is asked for costs one way
    through the file, which notes where images stand; each image is then read from its place.
    """

    def __init__(self, reopen: Callable[[], IO[bytes]]) -> None:
        self._reopen = reopen
        self._known: dict[int, int] | None = None

    def find(self, address: str, absolute: str) -> Origin | None:
        """The image that the archive has for an address, or None."""
        if not (absolute or address).startswith(("http:", "https:")):
            return None
        if self._known is None:
            self._known = self._places()
        place = self._known.get(_key(absolute or address))
        data = None if place is None else self._read(place)
        return Origin(absolute or address, data=data) if data else None

    def _places(self) -> dict[int, int]:
        places: dict[int, int] = {}
        try:
            with self._reopen() as stream:
                for response in responses(stream):
                    if response.succeeded and response.kind.lower().startswith("image/"):
                        places.setdefault(_key(response.address), response.offset)
                    response.skip()
                    if len(places) >= MOST_PLACES:
                        break
        except (TooDenseError, *BROKEN):
            pass  # what is before the damage can be found
        return places

    def _read(self, place: int) -> bytes | None:
        try:
            with self._reopen() as stream:
                stream.seek(place)
                return next(responses(stream)).body(limits.current.image)
        except (StopIteration, TooDenseError, *BROKEN):
            return None


def _key(address: str) -> int:
    """A short key: a wrong match would need two addresses with one CRC and Adler sum in the same file."""
    url = canonical_url(address).encode("utf-8", "replace")
    return zlib.crc32(url) << 32 | zlib.adler32(url)
