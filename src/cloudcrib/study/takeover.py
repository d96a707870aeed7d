"""Work that somebody did in `notebooks/`, before there was a copy of their own or beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from cloudcrib.editions import guard
from cloudcrib.quizzes import answers


@dataclass(frozen=True)
class Found:
    """What stands in one of the generated notebooks: the course's part of it, and somebody's work."""

    course: bytes | None = None  # none where the file tells nothing
    work: NotebookNode | None = None
    said: str = ""  # what the work is
    notice: str = ""


def look(root: Path, path: Path, content: bytes) -> Found:
    """Part the course's version of a notebook from what somebody wrote into it."""
    committed = guard.committed(root, path.stem)
    if committed is not None and committed.encode() == content:
        return Found(content)
    notebook = guard.parsed(content.decode("utf-8", "replace"))
    if notebook is None:
        if committed is not None:
            return Found(
                committed.encode(), notice=f"notebooks/{path.name} is no notebook; git's version of it is used."
            )
        return Found(notice=f"notebooks/{path.name} is no notebook, and was left alone.")
    found = guard.work(root, path)
    if not found:
        return Found(content)
    course = committed.encode() if committed is not None else _cleaned(root, path.stem, notebook)
    return Found(course, notebook, str(found)) if course else Found(content)


def _cleaned(root: Path, name: str, notebook: NotebookNode) -> bytes | None:
    """Without git: the notebook as the chapter makes it, with the outputs that stand in the file and no answers."""
    course = guard.composed(root, name)
    if course is None:
        return None
    ran = {cell.id: cell for cell in notebook.cells if cell.cell_type == "code"}
    for cell in course.cells:
        if cell.id in ran and ran[cell.id].source == cell.source:
            outputs = [o for o in ran[cell.id].outputs if answers.MIME not in o.get("data", {})]
            cell.outputs, cell.execution_count = outputs, ran[cell.id].execution_count
    return (nbformat.writes(course, version=4).rstrip("\n") + "\n").encode()


def answers_beside(root: Path, home: Path, slug: str) -> Iterator[str]:
    """The answers kept beside `notebooks/` move beside the learner's own copies."""
    there = answers.side_file(root / "notebooks", slug)
    found = [path for path in answers.names(there) if path.is_file()]
    if not found:
        return
    here = answers.side_file(home, slug)
    if record := answers.peek(there):
        _, notice = answers.save(here, record)
        yield f"Your recorded answers to {slug} ({len(record)}) have moved to {home.name}/{here.name}.{' ' + notice if notice else ''}"
    earlier = home / ".earlier"
    earlier.mkdir(parents=True, exist_ok=True)
    for path in found:
        os.replace(path, earlier / f"from-notebooks{'' if path.name.startswith('.') else '.'}{path.name}")
