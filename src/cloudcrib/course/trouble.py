"""What an author wrote, and the one sentence that says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cloudcrib.kit.nearest import meant


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


def text_of(path: Path) -> str:
    """What stands in an authored file; one that is missing, empty or not UTF-8 raises an `AuthoringError`."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise AuthoringError(path, 1, None, "This file is missing; `crib new chapter` writes a skeleton.") from None
    except OSError as err:
        raise AuthoringError(path, 1, None, f"This file cannot be read: {err.strerror}.") from None
    if said := _marked(content):
        raise AuthoringError(path, 1, None, said)
    try:
        return content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as err:
        windows = content[err.start : err.start + 1].decode("cp1252", "replace")
        said = f"This file is not UTF-8: this line holds the byte {content[err.start]:#x}, “{windows}” on Windows; save the file as UTF-8."
        raise AuthoringError(path, content.count(b"\n", 0, err.start) + 1, None, said) from None


def tables(path: Path, data: Mapping[str, Any], text: str, name: str, only: Sequence[str]) -> list[dict[str, Any]]:
    """The `[[name]]` tables of a file that knows `only` these names."""
    for odd in (key for key in data if key not in only):
        found = re.search(rf"^\s*(\[\[?\s*)?{re.escape(odd)}\b", text, re.MULTILINE)
        line = text.count("\n", 0, found.start() + len(found[0]) - len(found[0].lstrip())) + 1 if found else 1
        there = ", ".join(f"[{each}.…]" if each == "mistakes" else f"[[{each}]]" for each in only)
        raise AuthoringError(path, line, None, f"This file knows no {odd!r}; it holds {there}.{meant(odd, only)}")
    rows = data.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        found = re.search(rf"^\s*\[?{name}\b", text, re.MULTILINE)
        line = text.count("\n", 0, found.end()) + 1 if found else 1
        raise AuthoringError(path, line, None, f"Each {name} is a table of its own: [[{name}]], with two brackets.")
    return rows


def _marked(content: bytes) -> str:
    """What an editor has put before a text, where it does not belong."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "This file is UTF-16; save it as UTF-8."
    if content.startswith(b"\xef\xbb\xbf"):
        return "This file begins with a byte-order mark; save it as UTF-8 without one (editors say “without BOM”)."
    return ""


def toml(path: Path) -> tuple[dict[str, object], str]:
    """The parsed file and its text; a syntax error or a missing file becomes an `AuthoringError`."""
    import tomllib

    text = text_of(path)
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as err:
        from cloudcrib.course import mistyped

        line, sentence = mistyped.explain(text, str(err))
        raise AuthoringError(path, line, None, sentence) from None
