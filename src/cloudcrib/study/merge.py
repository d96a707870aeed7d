"""Bring a learner's notebook up to date, cell by cell: what the course changed comes in, what the learner wrote stays."""

from __future__ import annotations

import copy
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from cloudcrib.quizzes import answers

LONGEST = 58  # of an id that gets an ending; an id of nbformat has at most 64 characters
NOTE = "crib-note"
STARTER = (
    "**The course has changed what this exercise starts from.** Your code above is as you left it; the new start is:"
)
YOURS = "**The course has changed the cell above.** This is your version of it, as you left it:"
GONE = "**The course no longer has the cell below.** It stays because you wrote in it."


@dataclass
class Merged:
    """A learner's notebook after an update, and what became of its cells."""

    notebook: NotebookNode
    new: int = 0
    changed: int = 0
    gone: int = 0
    both: list[str] = field(default_factory=list)  # changed by the course and by the learner
    kept: list[str] = field(default_factory=list)  # gone from the course, written in by the learner


def merge(base: NotebookNode | None, given: NotebookNode, own: NotebookNode) -> Merged:
    """The learner's notebook with the course's changes from `base`, which it gave last, to `given`."""
    done = Merged(copy.deepcopy(given))
    before = _by_id(base) if base else {}
    now, mine = _by_id(given), _by_id(own)
    staying = _staying(done, before, now, own)
    cells = list(staying[""])
    for cell in given.cells:
        cells += _one(done, before.get(cell.id), cell, mine.get(cell.id))
        cells += staying[cell.id]
    done.notebook.cells = _distinct(cells)
    done.notebook.metadata = NotebookNode({**own.metadata, **given.metadata, **_language(own)})
    return done


def _by_id(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The cells by their ids; of two with the same id, the first."""
    return {cell.id: cell for cell in reversed(notebook.cells)}


def _language(own: NotebookNode) -> dict[str, Any]:
    """What JupyterLab noted about the language, which is more than the course says."""
    return {"language_info": own.metadata.language_info} if "language_info" in own.metadata else {}


def _staying(
    done: Merged, before: dict[str, NotebookNode], now: dict[str, NotebookNode], own: NotebookNode
) -> defaultdict[str, list[NotebookNode]]:
    """The learner's own cells, and removed ones they wrote in, by the course's cell that they stand behind."""
    staying: defaultdict[str, list[NotebookNode]] = defaultdict(list)
    anchor = ""
    seen: set[str] = set()
    for cell in own.cells:
        if cell.id in now and cell.id not in seen:
            anchor = cell.id
        elif cell.id not in before or cell.id in seen:
            staying[anchor].append(cell)
        elif _differ(cell, before[cell.id]):
            staying[anchor] += [_note(cell.id, "gone", GONE), cell]
            done.kept.append(cell.id)
        else:
            done.gone += 1
        seen.add(cell.id)
    return staying


def _distinct(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Each id once: of our notes the newest, which stands first; a cell of the learner's gets an id of its own."""
    made: dict[str, NotebookNode] = {}
    for cell in cells:
        if cell.id not in made:
            made[cell.id] = cell
        elif NOTE not in cell.metadata.get("tags", []):
            number = next(n for n in range(2, 10**6) if f"{cell.id[:LONGEST]}-{n}" not in made)
            made[f"{cell.id[:LONGEST]}-{number}"] = NotebookNode({**cell, "id": f"{cell.id[:LONGEST]}-{number}"})
    return list(made.values())


def _one(
    done: Merged, before: NotebookNode | None, given: NotebookNode, own: NotebookNode | None
) -> list[NotebookNode]:
    """What stands in the place of one cell of the course."""
    theirs = before is None or _differ(given, before)
    if own is None:
        done.new += theirs
        return [copy.deepcopy(given)] if theirs else []  # else the learner deleted it
    if not _differ(own, before or given):
        return [_updated(done, before, given, own, theirs)]
    if not theirs or not _differ(own, given):
        return [_with_tags(own, given)]
    done.both.append(given.id)
    if "crib-answer" in given.metadata.get("tags", []):
        return [_with_tags(own, given), _note(given.id, "new", f"{STARTER}\n\n```python\n{given.source}\n```")]
    mine = NotebookNode({**own, "id": f"{own.id[:LONGEST]}-yours", "metadata": {"tags": ["crib-yours"]}})
    return [copy.deepcopy(given), _note(given.id, "note", YOURS), mine]


def _differ(one: NotebookNode, other: NotebookNode) -> bool:
    return any(one.get(name) != other.get(name) for name in ("cell_type", "source", "attachments"))


def _updated(
    done: Merged, before: NotebookNode | None, given: NotebookNode, own: NotebookNode, theirs: bool
) -> NotebookNode:
    """The course's cell, with the outputs of the learner that are still worth something."""
    cell = _with_tags(given, given, own)
    if given.cell_type == "code":
        fresh = theirs or before is None or _shown(given) != _shown(before)
        cell.outputs, cell.execution_count = _outputs(given, own, fresh)
        theirs = theirs or (fresh and _shown(own) != _shown(cell))
    done.changed += theirs and before is not None
    return cell


def _outputs(given: NotebookNode, own: NotebookNode, fresh: bool) -> tuple[list[NotebookNode], int | None]:
    """The learner's outputs where the course has none that are newer; what they answered always."""
    checked = "crib-check" in given.metadata.get("tags", []) and given.source == own.source
    if not fresh or checked:
        return own.outputs, own.execution_count
    record = [output for output in own.outputs if answered(output)]
    if not record:
        return copy.deepcopy(given.outputs), given.execution_count
    rest = [output for output in given.outputs if answers.MIME not in output.get("data", {})]
    return copy.deepcopy(rest) + record, own.execution_count


def answered(output: NotebookNode) -> bool:
    """Whether an output records an answer."""
    return bool(answers.from_notebook({"cells": [{"outputs": [output]}]}))


def _shown(cell: NotebookNode) -> list[dict[str, Any]]:
    """The outputs of a cell without the count of its runs."""
    return [{k: v for k, v in output.items() if k != "execution_count"} for output in cell.outputs]


def _with_tags(cell: NotebookNode, given: NotebookNode, own: NotebookNode | None = None) -> NotebookNode:
    """A copy of a cell with the metadata of both, the course's first."""
    made = copy.deepcopy(cell)
    made.metadata = NotebookNode({**(own or cell).metadata, **given.metadata})
    return made


def _note(id: str, ending: str, text: str) -> NotebookNode:
    """A cell in which we say what happened."""
    return new_markdown_cell(text, id=f"{id[:LONGEST]}-{ending}", metadata={"tags": [NOTE]})
