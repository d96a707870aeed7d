"""What an author wrote, and the one sentence that says what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Trouble:
    """One mistake in an authored file: the sentence, and where to mend it."""

    sentence: str
    path: Path
    line: int = 1
    id: str | None = None

    def __str__(self) -> str:
        return f"{shown(self.path)}:{self.line}: " + (f"[{self.id}] " if self.id else "") + self.sentence


class AuthoringError(ValueError):
    """A chapter cannot be read or built; carries path, line, id and one sentence."""

    def __init__(self, path: Path, line: int, id: str | None, sentence: str) -> None:
        self.trouble = Trouble(sentence, Path(path), line, id)
        super().__init__(str(self.trouble))

    @property
    def path(self) -> Path:
        return self.trouble.path

    @property
    def line(self) -> int:
        return self.trouble.line

    @property
    def id(self) -> str | None:
        return self.trouble.id


def shown(path: Path) -> str:
    """The path as the author knows it: relative to the working directory where that is shorter."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def line_of(text: str, id: str) -> int:
    """The line of a TOML text that says `id = "…"` (tomllib keeps no lines); 1 when it is not there."""
    found = re.search(rf"""^\s*(id\s*=\s*["']{re.escape(id)}["']|\[[\w.-]*{re.escape(id)}\])""", text, re.MULTILINE)
    found = found or re.search(rf"""["']{re.escape(id)}["']""", text)
    return text.count("\n", 0, found.start() + len(found[0]) - len(found[0].lstrip("\n "))) + 1 if found else 1


def toml(path: Path) -> tuple[dict[str, object], str]:
    """The parsed file and its text; a syntax error or a missing file becomes an `AuthoringError`."""
    import tomllib

    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text), text
    except FileNotFoundError:
        raise AuthoringError(path, 1, None, "This file is missing; `crib new chapter` writes a skeleton.") from None
    except UnicodeDecodeError as err:
        raise AuthoringError(path, 1, None, f"This file is not UTF-8: {err.reason} at byte {err.start}.") from None
    except tomllib.TOMLDecodeError as err:
        line = re.search(r"at line (\d+)", str(err))
        last = text.count("\n") + 1
        raise AuthoringError(path, int(line[1]) if line else last, None, f"This is not TOML: {err}.") from None
