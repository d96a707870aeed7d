"""The placeholders that authors write into prose: a figure, a table of facts, the table of changes, and what is taught."""

from __future__ import annotations

import re
from collections.abc import Iterator

VALUE = re.compile(r"\{\{\s*([a-z0-9-]+)\.([a-z0-9_]+)\s*\}\}")
FACTS = re.compile(r"^\{\{\s*facts:\s*([a-z0-9 -]+?)\s*\}\}$", re.MULTILINE)
CHANGED = re.compile(r"^\{\{\s*changed\s*\}\}$", re.MULTILINE)
TEACHES = re.compile(r"[ \t]*<!--\s*teaches:\s*([a-z0-9\s-]+?)\s*-->[ \t]*\n?")
_MEANT = re.compile(r"\{\{[ a-z0-9-]+(\s*[.:]\s*[a-z0-9_ -]+)?\}\}")


def taught(source: str) -> Iterator[tuple[str, int]]:
    """Each fact that a stretch of prose says it teaches, with the lines before it."""
    for found in (*FACTS.finditer(source), *TEACHES.finditer(source)):
        yield from ((id, source.count("\n", 0, found.start())) for id in found[1].split())
    for value in VALUE.finditer(source):
        yield value[1], source.count("\n", 0, value.start())


def misspelt(source: str) -> Iterator[tuple[str, int]]:
    """What was meant as a placeholder and is none, with the lines before it."""
    for found in _MEANT.finditer(source):
        if not any(known.fullmatch(found[0]) for known in (VALUE, FACTS, CHANGED)):
            yield found[0], source.count("\n", 0, found.start())
