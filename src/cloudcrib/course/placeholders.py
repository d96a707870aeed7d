"""The placeholders that authors write into prose: figures, tables of facts and of changes, reading time, what is taught, and
what only one edition says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cloudcrib.kit.nearest import nearest

VALUE = re.compile(r"\{\{\s*([a-z0-9-]+)\.([a-z0-9_]+)\s*\}\}")
FACTS = re.compile(r"^\{\{\s*facts:\s*([a-z0-9 -]+?)\s*\}\}$", re.MULTILINE)
CHANGED = re.compile(r"^\{\{\s*changed\s*\}\}$", re.MULTILINE)
MINUTES = re.compile(r"\{\{\s*minutes\s*\}\}")
TEACHES = re.compile(r"[ \t]*<!--\s*teaches:\s*([a-z0-9\s-]+?)\s*-->[ \t]*\n?")
EDITIONS = ("study", "release")  # the instructors' is the students' with its solutions
ONLY = re.compile(
    rf"^[ \t]*<!--\s*only:\s*(?P<edition>{'|'.join(EDITIONS)})\s*-->[ \t]*\n(?P<text>.*?)^[ \t]*<!--\s*/only\s*-->[ \t]*(?:\n|\Z)",
    re.MULTILINE | re.DOTALL,
)
_MARK = re.compile(r"<!--\s*/?\s*only\b[^>]*-->")
_MEANT = re.compile(r"\{\{[ a-z0-9-]+(\s*[.:]\s*[a-z0-9_ ,-]+)?\}\}", re.IGNORECASE)
_COMMENT = re.compile(r"<!--\s*(\w+)\s*([:=]?).*?(-->|\Z)", re.DOTALL)


def taught(source: str) -> Iterator[tuple[str, int]]:
    """Each fact that a stretch of prose says it teaches, with the lines before it."""
    for found in (*FACTS.finditer(source), *TEACHES.finditer(source)):
        yield from ((id, source.count("\n", 0, found.start())) for id in found[1].split())
    for value in VALUE.finditer(source):
        yield value[1], source.count("\n", 0, value.start())


def misspelt(source: str) -> Iterator[tuple[str, int]]:
    """What was meant as a placeholder and is none, with the lines before it."""
    for found in _MEANT.finditer(source):
        if not any(known.fullmatch(found[0]) for known in (VALUE, FACTS, CHANGED, MINUTES)):
            yield found[0], source.count("\n", 0, found.start())


def unmarked(source: str) -> Iterator[tuple[str, int]]:
    """Comments that are meant as a mark of what is taught and are none, with the lines before them."""
    for found in _COMMENT.finditer(source):
        near = found[1].lower() == "teaches" or (found[2] and nearest("teaches", [found[1]]))
        if near and not TEACHES.fullmatch(found[0]):
            yield found[0].split("\n")[0], source.count("\n", 0, found.start())


def in_edition(source: str, edition: str) -> str:
    """A stretch of prose as one edition has it."""
    return ONLY.sub(lambda found: found["text"] if found["edition"] == edition else "", source)


def astray(source: str) -> Iterator[tuple[str, int]]:
    """Each mark of what only one edition says that does not belong to a pair, with the lines before it."""
    paired = {at for found in ONLY.finditer(source) for at in _ends(found)}
    for mark in _MARK.finditer(source):
        if mark.start() not in paired:
            yield mark[0], source.count("\n", 0, mark.start())


def _ends(found: re.Match[str]) -> Iterator[int]:
    """Where the two marks of a pair begin; a mark between them is none of its."""
    marks = [found.start() + mark.start() for mark in _MARK.finditer(found[0])]
    yield from (marks[0], marks[-1])
