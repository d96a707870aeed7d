"""The cells of an authored `chapter.md`: prose cut at headings, and code fences with their roles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cloudcrib.course import fences, regions
from cloudcrib.course.course import slug_of
from cloudcrib.course.placeholders import EDITIONS
from cloudcrib.course.trouble import AuthoringError, text_of
from cloudcrib.kit.nearest import meant, nearest

ATTRIBUTES = {
    "code": {"id", "only"},
    "quiz": {"role", "id", "ask"},
    "answer": {"role", "id"},
    "lab": {"role", "id"},
    "tests": {"role", "for", "points"},
    "wrong": {"role", "for", "says"},
}


@dataclass(frozen=True)
class Cell:
    """One cell as authored: what it is for, its text, and the line it starts on."""

    role: str
    id: str
    source: str
    line: int
    attributes: Mapping[str, Any] = field(default_factory=dict)


def read_cells(path: Path) -> list[Cell]:
    """The cells of a `chapter.md`: prose split at headings, code with its role."""
    text = text_of(path)
    cells: list[Cell] = []
    try:
        for piece in fences.pieces(text):
            if piece.language:
                cells.append(_code_cell(path, piece))
            else:
                parts = _at_headings(piece.source)
                cells += [Cell("prose", "", part, _line_from(text, part, piece.line)) for part in parts]
    except fences.Unreadable as err:
        raise AuthoringError(path, err.line, None, err.sentence) from None
    return list(_named(slug_of(path.parent), cells))


def _line_from(text: str, part: str, cursor: int) -> int:
    first = part.split("\n", 1)[0]
    for number, line in enumerate(text.split("\n")[cursor - 1 :], cursor):
        if line == first:
            return number
    return cursor


def _at_headings(source: str) -> list[str]:
    """A stretch of prose cut before each heading that is not inside a code block."""
    parts: list[list[str]] = [[]]
    fenced = False
    for line in source.split("\n"):
        fenced ^= line.startswith(("```", "~~~"))
        if re.match(r"#{1,6} ", line) and not fenced and any(s.strip() for s in parts[-1]):
            parts.append([])
        parts[-1].append(line)
    return [text for part in parts if (text := "\n".join(part).strip("\n")).strip()]


def _code_cell(path: Path, piece: fences.Piece) -> Cell:
    line, attributes, source = piece.line, piece.attributes, piece.source
    role = str(attributes.get("role", "code"))
    id = attributes.get("id", attributes.get("for"))

    def wrong(sentence: str) -> AuthoringError:
        return AuthoringError(path, line, str(id) if id else None, sentence)

    if piece.language != "python":
        raise wrong(f"A fence in the language {piece.language!r} would become a cell; write ```text, or ```console.")
    if (odd := nearest("role", attributes.keys() - {"role", "for"})) and "role" not in attributes:
        raise wrong(f"A fence knows no attribute {odd!r}. Did you mean 'role'?")
    if role not in ATTRIBUTES:
        there = ", ".join(sorted(ATTRIBUTES))
        raise wrong(f"Unknown role {role!r}; a fence has one of {there}.{meant(role, ATTRIBUTES)}")
    if unknown := sorted(set(attributes) - ATTRIBUTES[role]):
        near = meant(unknown[0], ATTRIBUTES[role])
        there = ", ".join(sorted(ATTRIBUTES[role]))
        raise wrong(f"A {role} fence knows no attribute {unknown[0]!r}; it has {there}.{near}")
    if missing := sorted(ATTRIBUTES[role] - set(attributes) - (ATTRIBUTES["code"] if role == "code" else set())):
        raise wrong(f"A {role} fence needs {missing[0]!r}.")
    for attribute in sorted(attributes.keys() & {"id", "for", "says"}):
        if not isinstance(attributes[attribute], str) or not attributes[attribute].strip():
            raise wrong(f'`{attribute}` is a text: {attribute}="…".')
    if odd_line := regions.odd(role, source):
        below, sentence = odd_line
        raise AuthoringError(path, line + 1 + below, str(id) if id else None, sentence)
    _check_form(role, attributes, source, wrong)
    name = f"{id}-tests" if role == "tests" else f"{id}-wrong" if role == "wrong" else str(id or "")
    return Cell(role, name, source, line, attributes)


def _check_form(role: str, attributes: dict[str, Any], source: str, wrong: Callable[[str], AuthoringError]) -> None:
    if attributes.get("only", EDITIONS[0]) not in EDITIONS:
        raise wrong(f"`only` names the edition that alone has this cell: {' or '.join(EDITIONS)}.")
    asked = attributes.get("ask")
    if role == "quiz" and (source.strip() or not isinstance(asked, list) or not asked):
        raise wrong('A quiz fence is empty and asks at least one question: ask=["…"].')
    if role == "quiz" and not all(isinstance(each, str) for each in asked or ()):
        raise wrong('`ask` is a list of ids of questions, each in quotes: ask=["…"].')
    if role in ("answer", "lab") and not regions.SOLUTION.search(source):
        raise wrong("The solution must stand between `### BEGIN SOLUTION` and `### END SOLUTION`.")
    if role == "tests" and not (type(attributes["points"]) is int and attributes["points"] > 0):
        raise wrong("`points` is a whole number above zero, without quotes.")
    if role == "tests" and source.rstrip().split("\n")[-1] != "t.score()":
        raise wrong("A tests fence ends with `t.score()`, since nbgrader takes a silent cell for full marks.")
    if role == "tests" and not regions.HIDDEN.search(source):
        raise wrong("A tests fence has hidden tests between `### BEGIN HIDDEN TESTS` and `### END HIDDEN TESTS`.")


def _named(slug: str, cells: list[Cell]) -> Iterator[Cell]:
    """Give an id to each cell whose author gave none: its section, and a count within it."""
    section, counts = "top", {"prose": 0, "code": 0}
    for cell in cells:
        heading = re.match(r"#{1,6} (.+)", cell.source) if cell.role == "prose" else None
        if heading:
            words = re.sub(r"[^a-z0-9]+", "-", heading[1].lower()).strip("-")
            section, counts = words[:36].rstrip("-") or "section", {"prose": 0, "code": 0}
        if cell.id:
            yield cell
            continue
        counts[cell.role] += 1
        suffix = "" if heading else f"-{'p' if cell.role == 'prose' else 'c'}{counts[cell.role]}"
        yield Cell(cell.role, f"{slug}-s-{section}{suffix}", cell.source, cell.line, cell.attributes)
