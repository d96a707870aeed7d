"""What each graded cell of a notebook is, in words: a question by how it begins, an exercise by its title."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from nbformat import NotebookNode

from cloudcrib.course import chapter as chapters
from cloudcrib.course.trouble import AuthoringError
from cloudcrib.grading.plugins.quizzes import key_of

LONGEST = 80  # characters
READ = 2_000  # characters of a text that are looked at
HEADING = re.compile(r"^#{1,6}[ \t]+(\S.*)$", re.MULTILINE)
MARKS = re.compile(r"```.*?```|[*_`#]|!?\[([^\]]*)\]\([^)]*\)", re.DOTALL)


def titles(nb: NotebookNode, student: str = "", exercises: Mapping[str, str] | None = None) -> dict[str, str]:
    """What each cell that is graded or answered is, by its id; where no course says more, by the heading above it."""
    found: dict[str, str] = {}
    heading = ""
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            heading = next(reversed(HEADING.findall(cell.source)), heading)
        role = cell.metadata.get("nbgrader", {})
        if not (role.get("grade") or role.get("task") or role.get("solution")):
            continue
        id = str(role["grade_id"])
        if held := key_of(cell, student):
            found[id] = f"Question: {short(held[0].stem)}"
        elif (title := (exercises or {}).get(id)) is not None:
            found[id] = f"Exercise: {title}"
        elif heading:
            found[id] = short(heading)
    return found


def exercises(folder: Path) -> dict[str, str]:
    """Titles of a chapter's exercises by the ids of their cells; nothing where the course has no such chapter."""
    try:
        found = chapters.read(folder).exercises
    except (OSError, AuthoringError):
        return {}
    return {id: exercise.title for exercise in found for id in (exercise.id, exercise.tests.id)}


def short(text: str) -> str:
    """The beginning of a text without its marks, on one line."""
    said = " ".join(MARKS.sub(r"\1", text[:READ]).split())
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1].rsplit(' ', 1)[0]} …"
