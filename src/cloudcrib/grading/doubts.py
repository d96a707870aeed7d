"""Why what a submission earns may not be what its author earned: a zero that could be ours is never silent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from cloudcrib.course.cohort import derived, other_variant
from cloudcrib.grading.book.repair import Known, Release, named
from cloudcrib.grading.plugins.quizzes import submitted
from cloudcrib.grading.run.job import Recording
from cloudcrib.question import key
from cloudcrib.quizzes.answers import Record

NO_MODULE = re.compile(r"No module named '([\w.]+)'")
NONE_OF_THEM = "{name}.ipynb holds none of the assignment's cells: another notebook was handed in under its name."
UNTOUCHED = "Nothing was answered in {name}.ipynb: it is as it was released. If that is all there is, its zero stands."
MISSING = "{ids}, to be filled in, {were} not there, and nothing stands in that place now: look whether the text is in another cell."
TWICE = (
    "{ids} stood there more than once, with different texts; the last one counted: look whether it is the right one."
)
CLEARED = (
    "{name}.ipynb holds no answer to its quizzes, and their cells show nothing, as after *Clear Outputs*: the answers stood there. "
    "Ask for the file {side}, hand it in beside the notebook, and grade again; if no quiz was answered, the zero stands."
)
OTHERS_FIGURES = (
    "{ids} {was} answered with the figures of another student ({drawn}); marked by those of {student}. "
    "Ask under which name the work was done; a line in roster.csv says that two names are one student."
)


def look(nb: NotebookNode, release: Release, resources: Any) -> list[str]:
    """What is odd about a notebook as it was handed in, before anything of it is mended or run."""
    name, student = resources["nbgrader"]["notebook"], resources["nbgrader"]["student"]
    roles = {id: cell for cell in nb.cells if (id := named(cell)) in release.cells}
    if release.cells and not roles:
        return [NONE_OF_THEM.format(name=name)]
    lost = [*_missing(roles, release), *_twice(nb, release)]
    record = submitted(nb, Path(resources["metadata"]["path"]), resources["nbgrader"]["assignment"])
    keys = {data["id"]: data for cell in release.cells.values() if (data := _key(cell.source))}
    answered = [id for id in keys if id in record]
    if not answered and not lost and _untouched(roles, release):
        return [UNTOUCHED.format(name=name)]
    if keys and not answered and not _quizzes_show(nb):
        return [*lost, CLEARED.format(name=name, side=f"{name.split('-', 1)[-1]}.answers.json")]
    return [*lost, *_of_others({id: keys[id] for id in answered}, record, student)]


@lru_cache(maxsize=2048)
def _key(source: str) -> dict[str, Any] | None:
    """The key in a released cell, parsed once for all who handed in."""
    held = key.read(source)
    return held.data if held else None


def _missing(roles: Mapping[str, NotebookNode], release: Release) -> list[str]:
    """Cells that a student was to fill and that are gone: deleted, or saved by a program that drops what nbgrader wrote into them."""
    lost = [f"`{known.name}`" for known in release.cells.values() if known.solution and known.name not in roles]
    return [MISSING.format(ids=", ".join(lost), were="was" if len(lost) == 1 else "were")] if lost else []


def _twice(nb: NotebookNode, release: Release) -> list[str]:
    """Cells to be filled that stand there more than once, with different texts."""
    texts: dict[str, set[str]] = {}
    for cell in nb.cells:
        known = release.cells.get(named(cell))
        if known and known.solution:
            texts.setdefault(known.name, set()).add("".join(cell.source.split()))
    many = [f"`{id}`" for id, found in texts.items() if len(found) > 1]
    return [TWICE.format(ids=", ".join(many))] if many else []


def _untouched(roles: dict[str, NotebookNode], release: Release) -> bool:
    """Whether every cell that a student was to fill is as it was released; what has no such cell cannot be told."""
    theirs = [known for known in release.cells.values() if known.solution]
    if any(known.task for known in release.cells.values()):
        return False
    return all(known.name in roles and _same(roles[known.name], known) for known in theirs) and bool(release.cells)


def _same(cell: NotebookNode, known: Known) -> bool:
    return "".join(cell.source.split()) == "".join(known.source.split())


def _quizzes_show(nb: NotebookNode) -> bool:
    """Whether a quiz cell has any output: it was run, and what was answered would stand there."""
    return any(cell.cell_type == "code" and cell.get("outputs") for cell in nb.cells if _is_quiz(cell))


def _is_quiz(cell: NotebookNode) -> bool:
    return "crib-quiz" in cell.metadata.get("tags", []) or bool(re.search(r"^quiz\(", cell.source, re.MULTILINE))


def _of_others(keys: dict[str, Any], record: Record, student: str) -> list[str]:
    """Answers that name another variant than the one that this student has."""
    found = {}
    for id, data in keys.items():
        own = derived(data, student)[1]
        if other_variant(record[id].variant, own):
            found[id] = record[id].variant
    if not found:
        return []
    drawn = ", ".join(f"variant {number}" for number in dict.fromkeys(found.values()))
    return [
        OTHERS_FIGURES.format(
            ids=", ".join(found), was="was" if len(found) == 1 else "were", drawn=drawn, student=student
        )
    ]


def lacking(recording: Recording) -> list[str]:
    """Modules that cells imported and that are not there."""
    errors = (message.content for ran in recording.cells for message in ran.messages if message.type == "error")
    named = (
        NO_MODULE.search(str(said.get("evalue", ""))) for said in errors if said.get("ename") == "ModuleNotFoundError"
    )
    return list(dict.fromkeys(found[1].partition(".")[0] for found in named if found))
