"""`crib check` on the code of a chapter before it is run: whether it is Python, and what STYLE.md rules about cells."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from cloudcrib.course import regions
from cloudcrib.course.cells import Cell
from cloudcrib.course.chapter import Chapter
from cloudcrib.course.trouble import Trouble

LONGEST_CELL = 15
FORMS: Mapping[str, tuple[Callable[[str], str], ...]] = {
    "answer": (regions.starter, regions.solution),
    "lab": (regions.starter, regions.solution),
    "tests": (regions.visible, regions.whole),
}  # what learners see of a fence and what solves or marks it, each of which is run by itself


def look(chapter: Chapter) -> Iterator[Trouble]:
    """What is wrong with the code of a chapter."""
    yield from _syntax(chapter)
    yield from _style(chapter)


def below(cell: Cell, words: str) -> int:
    """The line of a cell that holds these words."""
    at = cell.source.find(words)
    return cell.line + (1 + cell.source.count("\n", 0, at) if at >= 0 else 0)


def _syntax(chapter: Chapter) -> Iterator[Trouble]:
    """Code that is no Python, before anything is run."""
    for cell in (c for c in chapter.cells if c.role not in ("prose", "quiz")):
        for form in FORMS.get(cell.role, (str,)):
            whole = replace(cell, source=chapter.expand(cell.source))
            if found := _no_python(form(whole.source), whole):
                yield Trouble(found[1], chapter.folder / "chapter.md", found[0], cell.id)
                break


def _no_python(source: str, cell: Cell) -> tuple[int, str] | None:
    try:
        with warnings.catch_warnings(action="ignore"):
            compile(source, "<cell>", "exec")
    except SyntaxError as err:
        text = (err.text or "").strip()
        at = below(cell, text) if text else cell.line + (err.lineno or 1)
        return at, f"This is no Python: {err.msg}." + (f" The line: {text}" if text else "")
    except ValueError as err:
        return cell.line, f"This is no Python: {err}."
    return None


def _style(chapter: Chapter) -> Iterator[Trouble]:
    path = chapter.folder / "chapter.md"
    for cell in (c for c in chapter.cells if c.role in ("code", "answer", "lab")):
        lines = len([line for line in cell.source.splitlines() if line.strip()])
        if cell.role == "code" and lines > LONGEST_CELL:
            yield Trouble(
                f"This cell has {lines} lines; over {LONGEST_CELL}, code moves into the package.",
                path,
                cell.line,
                cell.id,
            )
        if re.search(r"^\s*(from \S+ import \*|!pip|%pip|class \w)", cell.source, re.MULTILINE):
            yield Trouble(
                "A notebook cell holds no star import, no pip install and no class.", path, cell.line, cell.id
            )
