"""What a settings file says in so many words: it is read as text and never run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from backfile.errors import TakedownError


def said(file: Path, setting: str) -> str | None:
    """The text that a setting has in a file; None where it has none there, or there is no such file.

    Raises TakedownError when that cannot be told: taken for unset, what is to be gone would not be looked for.
    """
    try:
        tree = ast.parse(file.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unclear(str(file), f"cannot be read: {error.strerror or error}.", setting) from error
    except (SyntaxError, ValueError) as error:  # ValueError: a zero byte
        line = getattr(error, "lineno", None)
        raise _unclear(f"{file}:{line}" if line else str(file), f"is no Python: {error.args[0]}.", setting) from error
    texts = [text for node in tree.body for text in _plain(node, setting)]
    given = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Name) and _sets(node, setting)]
    if len(given) > len(texts):
        what = f"only Python could tell what {setting} is here, which is no text in quotation marks set once for all."
        raise _unclear(f"{file}:{max(given)}", what, setting)
    return texts[-1] if texts else None


def _plain(node: ast.stmt, setting: str) -> Iterator[str]:
    match node:
        case ast.Assign([ast.Name(name)], ast.Constant(str(text))) if name == setting:
            yield text
        case ast.AnnAssign(ast.Name(name), _, ast.Constant(str(text))) if name == setting:
            yield text


def _sets(node: ast.Name, setting: str) -> bool:
    return node.id == setting and isinstance(node.ctx, ast.Store)


def _unclear(place: str, what: str, setting: str) -> TakedownError:
    option = setting.removeprefix("BACKFILE_").lower()
    return TakedownError(what, place=place, advice=f"Put it right, or say it with --{option}.")
