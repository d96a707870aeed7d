"""Cut a `chapter.md` into prose and code, as jupytext's Markdown format does, without jupytext: learners do not need it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

FENCE = re.compile(r"(`{3,}|~{3,})\s*([\w+-]*)(.*)")
NAME = re.compile(r"\s*([A-Za-z][\w-]*)=")
CELLS = re.compile(  # languages whose fences Jupyter's Markdown opens as code cells
    "bash|sh|R|perl|ruby|javascript|js|html|svg|latex|markdown|python2|python3|pypy|script|sql"
)
VALUE = json.JSONDecoder()


@dataclass(frozen=True)
class Piece:
    """A stretch of prose, or a code fence with its attributes; `language` is empty for prose."""

    source: str
    line: int
    language: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)


class Unreadable(ValueError):
    """A fence whose attributes or end cannot be made out."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line, self.sentence = line, sentence


def pieces(text: str) -> Iterator[Piece]:
    """The prose and the code of a chapter, in order, each with the line it starts on."""
    lines = text.split("\n")
    prose: list[str] = []
    number = 0
    while number < len(lines):
        opened = FENCE.fullmatch(lines[number])
        end = _end(lines, number, opened[1]) if opened else number
        if opened:
            _check_closed(lines, number, end, opened[1])
        if opened and opened[1] == "```" and (opened[2] == "python" or CELLS.fullmatch(opened[2])):
            yield from _paragraphs(prose, number - len(prose))
            prose = []
            source = "\n".join(lines[number + 1 : end])
            yield Piece(source, number + 1, opened[2], attributes(opened[3], number + 1))
        else:
            prose += lines[number : end + 1]
        number = end + 1
    yield from _paragraphs(prose, len(lines) - len(prose))


def _check_closed(lines: list[str], start: int, end: int, ticks: str) -> None:
    """Whether a fence is closed before the next one opens, else it takes in prose and ends where another one does."""
    opening = re.compile(rf"{ticks[0]}{{{len(ticks)},}}[ \t]*[A-Za-z].*")
    following = next((n for n in range(start + 1, end) if opening.fullmatch(lines[n])), None)
    if following is None and end < len(lines):
        return
    until = f", and line {following + 1} opens the next one" if following is not None else ""
    raise Unreadable(start + 1, f"This fence is never closed{until}; end it with {ticks} on a line of its own.")


def _end(lines: list[str], start: int, ticks: str) -> int:
    """The line that closes a fence, or the number of lines where none does."""
    closing = re.compile(rf"{ticks[0]}{{{len(ticks)},}}\s*")
    return next((n for n in range(start + 1, len(lines)) if closing.fullmatch(lines[n])), len(lines))


def _paragraphs(lines: list[str], above: int) -> Iterator[Piece]:
    """Prose cut where two blank lines stand outside of a fence; `above` is the number of lines before it."""
    for start, end in pairwise([0, *_cuts(lines), len(lines)]):
        written = [n for n in range(start, end) if lines[n].strip()]
        if written:
            yield Piece("\n".join(lines[written[0] : written[-1] + 1]).rstrip(), above + written[0] + 1)


def _cuts(lines: list[str]) -> Iterator[int]:
    ticks = ""
    for number, line in enumerate(lines):
        found = FENCE.fullmatch(line)
        if found and not ticks:
            ticks = found[1]
        elif ticks and line.rstrip() == ticks:
            ticks = ""
        elif not ticks and number and not line.strip() and not lines[number - 1].strip():
            yield number


def attributes(text: str, line: int) -> dict[str, Any]:
    """What stands behind a fence's language: `role="quiz" ask=["…"]`, each value as JSON writes it."""
    found: dict[str, Any] = {}
    place = 0
    while text[place:].strip():
        name = NAME.match(text, place)
        try:
            if not name:
                raise ValueError
            found[name[1]], place = VALUE.raw_decode(text, name.end())
        except ValueError:
            rest = text[place:].strip()
            raise Unreadable(
                line, f'`{rest}` is no attribute of a fence; write name="text", name=2 or name=["…"].'
            ) from None
    return found
