"""Extracts of one page as plain text, of numbered words: what one of them lacks, joins, cuts or says besides."""

from __future__ import annotations

from dataclasses import dataclass

from words_world import Words

CHANGES = (
    "none join cut drop own longer shorter inside swap straighten joined-without last-joined last-longer first-longer"
).split()
SHARES = {"below the second": (0, 1), "below the first": (1, 0), "with the head": (1, 1)}
"""Which of the extracts, the one with the head or the other, has the head, and which the comments."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says, and two extracts of it."""

    head: tuple[str, ...]
    body: tuple[str, ...]
    comments: tuple[str, ...]
    extracts: tuple[tuple[str, ...], tuple[str, ...]]


class Extracts(Words):
    """Extracts whose words are numbered as they come; sentences begin with capitals."""

    def page(self, change: str, *, headed: int, read: int) -> Page:
        """Two extracts that differ by a change; `headed` has the title and the standfirst, `read` the comments."""
        head = (self.some(4, 7).capitalize(), self._sentence())
        body = [self._passage() for _ in range(self.choice.randint(6, 12))]
        comments = tuple(self._sentence() for _ in range(self.choice.randint(1, 5)))
        one, other = self._changed(change, list(body), self.choice.randrange(1, len(body) - 2))
        said = {paragraph: None for extract in (one, other) for paragraph in extract}
        bodies = (one, other)
        extracts = tuple(
            (*(head if number == headed else ()), *bodies[number], *(comments if number == read else ()))
            for number in (0, 1)
        )
        return Page(head, tuple(said), comments, (extracts[0], extracts[1]))

    def _passage(self) -> str:
        return " ".join(self._sentence() for _ in range(self.choice.randint(2, 5)))

    def _sentence(self) -> str:
        return f"{self.some(8, 16).capitalize()}."

    def _changed(self, change: str, body: list[str], at: int) -> tuple[list[str], list[str]]:
        """A body, and the same with a change at a paragraph that is neither its first nor one of its last two."""
        other = list(body)
        match change:
            case "join":
                other[at : at + 2] = [f"{body[at]} {body[at + 1]}"]
            case "cut":
                first, _, rest = body[at].partition(". ")
                other[at : at + 1] = [f"{first}.", rest]
            case "drop":
                del other[at]
            case "own":
                other.insert(at, self._passage())
            case "longer":
                other[at] = f"{body[at]} {self._sentence()}"
            case "shorter":
                other[at] = f"{body[at].partition('. ')[0]}."
            case "inside":
                words = body[at].split()
                words.insert(len(words) // 2, self.some(1, 3))
                other[at] = " ".join(words)
            case "swap":
                other[at], other[at + 1] = body[at + 1], body[at]
            case "straighten":
                body = [paragraph.replace(". ", ". “Yes” ") for paragraph in body]
                other = [paragraph.replace(". ", '. "Yes" ') for paragraph in other]
            case "joined-without":
                other[at - 1 : at + 1] = [f"{body[at - 1]} {body[at]}"]
                del body[at]
            case "last-joined":
                other[-2:] = [f"{body[-2]} {body[-1]}"]
            case "last-longer":
                other[-1] = f"{body[-1]} {self._sentence()}"
            case "first-longer":
                other[0] = f"{self._sentence()} {body[0]}"
        return body, other
