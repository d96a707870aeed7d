"""Mend what students do to a notebook's furniture, from the release, and say what was mended."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.nbgraderformat import MetadataValidator

from cloudcrib.grading.plugins.pictures import Own

SCHEMA = int(MetadataValidator.schema_version)
ROLE = ("grade", "solution", "locked", "task", "points")
SKIPPING_TAGS = ("skip-execution", "crib-no-such-tag")


@dataclass(frozen=True)
class Known:
    """A cell of the assignment as it was released."""

    name: str
    cell_type: str
    source: str
    grade: bool
    solution: bool
    locked: bool
    task: bool
    points: float | None
    checksum: str | None

    def metadata(self) -> dict[str, Any]:
        said = {
            "grade": self.grade, "grade_id": self.name, "locked": self.locked, "schema_version": SCHEMA,
            "solution": self.solution, "task": self.task, "cell_type": self.cell_type,
        }  # fmt: skip
        extra = {"points": self.points, "checksum": self.checksum}
        return said | {key: value for key, value in extra.items() if value is not None}


@dataclass(frozen=True)
class Release:
    """The cells of one notebook that nbgrader knows, in their order."""

    cells: dict[str, Known] = field(default_factory=dict)
    kernelspec: dict[str, Any] = field(default_factory=dict)
    theirs: tuple[str, ...] = ()  # names the exercises ask for
    imports: dict[str, str] = field(default_factory=dict)  # names that the solutions import, with the statement
    allowed: tuple[str, ...] = ()  # what the course's own solution needed beyond plain data
    prelude: str = ""  # imports of the course's own cells
    tests: str = ""  # the text of the course's locked code
    own: Own = field(default_factory=Own)  # all code of the course's own notebook


def release_of(gradebook: Any, notebook: str, assignment: str, order: list[str] = []) -> Release:  # noqa: B006
    """What the gradebook knows about a notebook's cells; `order` is that of the source."""
    book = gradebook.find_notebook(notebook, assignment)
    grades = {cell.name: cell for cell in book.grade_cells}
    tasks = {cell.name: cell for cell in book.task_cells}
    solutions = {cell.name for cell in book.solution_cells}
    found = {
        cell.name: Known(
            cell.name, cell.cell_type, cell.source, cell.name in grades, cell.name in solutions, bool(cell.locked),
            cell.name in tasks, _points(grades.get(cell.name) or tasks.get(cell.name)), cell.checksum,
        )
        for cell in book.source_cells
    }  # fmt: skip
    position = {name: at for at, name in enumerate(order)}
    return Release({name: found[name] for name in sorted(found, key=lambda name: position.get(name, len(position)))})


def _points(cell: Any) -> float | None:
    return None if cell is None else float(cell.max_score)


def mend(nb: NotebookNode, release: Release, strict: bool) -> list[str]:
    """Repair a submission in place; returns a sentence for each repair.

    Always what would make nbgrader give up on the submission; when strict, whatever a student may not change at all.
    """
    said = [*_upgrade(nb, release), *_foreign(nb, release), *_twice(nb)]
    if strict:
        said += [*_restore(nb, release), *_missing(nb, release)]
    return said


def _upgrade(nb: NotebookNode, release: Release) -> list[str]:
    said = []
    for cell in nb.cells:
        meta = cell.metadata.get("nbgrader")
        if meta is None:
            continue
        if not isinstance(meta, dict):
            del cell.metadata["nbgrader"]
            said.append("A cell's grading information was no longer readable; it was removed.")
        elif not _valid(cell):
            said.append(_mend_metadata(cell, release))
    return said


def _mend_metadata(cell: NotebookNode, release: Release) -> str:
    name = cell.metadata["nbgrader"].get("grade_id")
    known = release.cells.get(name) if isinstance(name, str) else None
    if known:
        cell.metadata["nbgrader"] = NotebookNode(known.metadata())
        _retype(cell, known.cell_type)
        return f"The grading information of cell `{name}` was old or damaged; it was taken from the release."
    del cell.metadata["nbgrader"]
    return f"Cell `{name}` is not part of this assignment; it counts as a cell of the student's own."


def _valid(cell: NotebookNode) -> bool:
    try:
        MetadataValidator().validate_cell(cell)
    except Exception:
        return False
    return True


def recognise(nb: NotebookNode, release: Release) -> list[str]:
    """Give cells their role back that a program dropped on saving: a released cell keeps its id."""
    there = {cell.metadata["nbgrader"].get("grade_id") for cell in nb.cells if _has_role(cell)}
    said = []
    for cell in nb.cells:
        known = release.cells.get(cell.get("id", ""))
        if known and not _has_role(cell) and known.name not in there:
            cell.metadata["nbgrader"] = NotebookNode(known.metadata())
            there.add(known.name)
            said.append(f"Cell `{known.name}` had lost its grading information; it was known by its id.")
    return said


def named(cell: NotebookNode) -> str:
    """The name that nbgrader knows a cell by; empty where it has none, or one that is no text."""
    role = cell.metadata.get("nbgrader")
    name = role.get("grade_id") if isinstance(role, dict) else None
    return name if isinstance(name, str) else ""


def _has_role(cell: NotebookNode) -> bool:
    return isinstance(cell.metadata.get("nbgrader"), dict)


def _foreign(nb: NotebookNode, release: Release) -> list[str]:
    said = []
    for cell in nb.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if "nbgrader" in cell.metadata and name not in release.cells and release.cells:
            del cell.metadata["nbgrader"]
            said.append(f"Cell `{name}` is not part of this assignment; it counts as a cell of the student's own.")
    return said


def _twice(nb: NotebookNode) -> list[str]:
    """Of a cell that stands twice the last counts, as in nbgrader; the others keep their text and lose their role."""
    said, seen = [], set()
    for cell in reversed(nb.cells):
        meta = cell.metadata.get("nbgrader")
        if not meta:
            cell.metadata.pop("nbgrader", None)
            continue
        if meta["grade_id"] in seen:
            del cell.metadata["nbgrader"]
            said.append(f"Cell `{meta['grade_id']}` stood in the notebook more than once; the last one counts.")
        seen.add(meta["grade_id"])
    return said


def _restore(nb: NotebookNode, release: Release) -> list[str]:
    said = []
    for cell in nb.cells:
        known = release.cells.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
        if known is None:
            cell.metadata = NotebookNode(
                {key: cell.metadata[key] for key in ("tags", "editable") if key in cell.metadata}
            )
            continue
        claimed = {"task": False, **cell.metadata["nbgrader"]}
        wrong = [key for key, value in known.metadata().items() if key in ROLE and claimed.get(key) != value]
        if tags := [tag for tag in cell.metadata.get("tags", []) if tag in SKIPPING_TAGS]:
            said.append(f"Cell `{known.name}` carried the tag {tags[0]}; it was removed.")
        if cell.cell_type != known.cell_type:
            said.append(
                f"Cell `{known.name}` had become a {cell.cell_type} cell; it is a {known.cell_type} cell again."
            )
            _retype(cell, known.cell_type)
        if wrong:
            said.append(
                f"The grading information of cell `{known.name}` had been changed; it was taken from the release."
            )
        if known.locked and cell.source != known.source:
            if not _same_text(cell.source, known.source):
                said.append(f"The locked cell `{known.name}` had been changed; the released one was used.")
            cell.source = known.source
        cell.metadata = NotebookNode({"nbgrader": NotebookNode(known.metadata())})
    return said


def _same_text(submitted: str, released: str) -> bool:
    """Whether a locked cell is the released one: the gradebook's holds the hidden tests too, so every line counts once."""
    lines = iter(released.splitlines())
    return all(
        any(line.rstrip() == other.rstrip() for other in lines) for line in submitted.splitlines() if line.strip()
    )


def _retype(cell: NotebookNode, cell_type: str) -> None:
    cell.cell_type = cell_type
    cell.metadata.pop("attachments", None)
    if cell_type == "code":
        cell.outputs, cell.execution_count = [], None
        cell.pop("attachments", None)
    else:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)


def _missing(nb: NotebookNode, release: Release) -> list[str]:
    said = []
    before: str | None = None
    for name, known in release.cells.items():
        at = {cell.metadata.get("nbgrader", {}).get("grade_id"): index for index, cell in enumerate(nb.cells)}
        if name not in at:
            nb.cells.insert(at[before] + 1 if before in at else 0, _new(known, nb))
            said.append(f"Cell `{name}` was missing; it was put back.")
        before = name
    return said


def _free_id(name: str, nb: NotebookNode) -> str:
    """A cell id that nbformat allows, after the cell's name."""
    taken = {cell.get("id") for cell in nb.cells}
    own = re.sub(r"[^a-zA-Z0-9_-]", "-", name)[:56] or "cell"
    return next(id for id in (own, *(f"{own}-{number}" for number in range(2, len(taken) + 3))) if id not in taken)


def _new(known: Known, nb: NotebookNode) -> NotebookNode:
    make: Any = new_code_cell if known.cell_type == "code" else new_markdown_cell
    cell: NotebookNode = make(known.source, metadata={"nbgrader": known.metadata()}, id=_free_id(known.name, nb))
    if (nb.nbformat, nb.get("nbformat_minor", 0)) < (4, 5):
        del cell["id"]
    cell.metadata = NotebookNode({"nbgrader": NotebookNode(known.metadata())})
    return cell
