"""A TOML text as far as it can be followed: its brackets, texts and words, whether it is sound or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

OPENS = {"]": "[", "}": "{"}
QUOTES = ('"""', "'''", '"', "'")


@dataclass
class State:
    """How far a text has come at some place: open brackets, an open text, the last thing that was written."""

    brackets: list[tuple[str, int]] = field(default_factory=list)
    opened: tuple[str, int] | None = None  # the quotes of a text that is still open, and where it opens
    last: tuple[int, int] = (0, 0)  # from where to where the last value or sign goes


def tokens(text: str, end: int) -> Iterator[tuple[str, int, int]]:
    """Texts, signs and words up to a place, each with where it starts and ends; a text still open there ends at -1."""
    at = 0
    while at < end:
        quotes = next((q for q in QUOTES if text.startswith(q, at)), "")
        if quotes:
            close = _closing(text, at + len(quotes), quotes)
            yield quotes, at, close if 0 <= close <= end else -1
            if not 0 <= close <= end:
                return
            at = close
        elif text[at] == "#":
            at = end_of_line(text, at)
        elif text[at] in "[]{},=\n":
            yield text[at], at, at + 1
            at += 1
        elif text[at].isspace():
            at += 1
        else:
            word = re.compile(r"""[^\s\[\]{},="'#]+""").match(text, at)
            stop = word.end() if word else at + 1
            yield "word", at, stop
            at = stop


def _closing(text: str, at: int, quotes: str) -> int:
    """Where a text ends that has begun; -1 where nothing closes it."""
    pattern = r"(?:\\.|(?!{q}).)*?{q}" if quotes[0] == '"' else r"(?:(?!{q}).)*?{q}"
    flags = re.DOTALL if len(quotes) == 3 else 0
    found = re.compile(pattern.format(q=quotes), flags).match(text, at)
    return found.end() if found else -1


def end_of_line(text: str, at: int) -> int:
    """Where the line ends that holds this place."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def state_at(text: str, end: int) -> State:
    """What is open where a text has come to this place."""
    state, header = State(), False
    for kind, start, stop in tokens(text, end):
        if kind in QUOTES and stop < 0:
            state.opened = (kind, start)
        elif kind == "\n":
            header = False
        elif kind == "[" and not state.brackets and not text[text.rfind("\n", 0, start) + 1 : start].strip():
            header = True  # a [table] of its own line is no array
        elif kind in "[{" and not header:
            state.brackets.append((kind, start))
        elif kind in OPENS and state.brackets and not header:
            state.brackets.pop()
        if kind != "\n":
            state.last = (start, stop)
    return state
