"""One chapter, three editions: which cells each has, and what stands in them."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from cloudcrib.course import cohort, regions, variants
from cloudcrib.course.cells import Cell
from cloudcrib.course.chapter import Chapter
from cloudcrib.editions import links
from cloudcrib.editions.prose import prose
from cloudcrib.question import Question, public, to_key
from cloudcrib.question.fingerprint import fingerprint
from cloudcrib.question.key import Key, written

KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
STUDY_NAMES = ("answer", "check", "hint", "quiz", "solution")
GRADED_NAMES = ("answer", "quiz")
FOLDED = {"source_hidden": True, "outputs_hidden": True}  # a cell that students have no use for
CHAPTER_LINK = re.compile(
    r"\]\((\d\d-[a-z0-9-]+)\.ipynb"
)  # chapters stand side by side in notebooks/, in folders elsewhere


def study(chapter: Chapter) -> NotebookNode:
    """The self-study edition, not yet run: quizzes with feedback, starters with `check`, `hint` and `solution`."""
    return _notebook(chapter, "study", STUDY_NAMES, _study_cells)


def source(chapter: Chapter) -> NotebookNode:
    """The instructor edition: solutions, hidden tests, and each question's key in the hidden tests of its score cell."""
    return _notebook(chapter, "release", GRADED_NAMES, _source_cells)


def questions(chapter: Chapter) -> str:
    """`questions.json`: what a learner may see of each question, and each exercise's starter and points; no key."""
    varying, drawn = cohort.shares_out(chapter)
    data: dict[str, Any] = {
        "slug": chapter.slug,
        "title": chapter.title,
        "questions": [_public(chapter, q) for q in chapter.asked],
        "starters": {e.id: regions.starter(chapter.expand(e.answer.source)) for e in chapter.exercises},
        "points": {e.id: e.points for e in chapter.exercises},
    }
    if varying or drawn:
        tables = {id: variants.exercise_table(id, chapter.folder) for id in sorted(drawn)}
        data |= {"course": cohort.course_id(chapter.folder), "parameters": tables}
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def _public(chapter: Chapter, question: Question) -> dict[str, Any]:
    """What a release holds of a question; of one that varies, the stems of its variants as well."""
    varies = question.id in cohort.shares_out(chapter)[0]
    return public(question) | (cohort.public_table(chapter, question) if varies else {})


def _stands_in(cell: Cell, edition: str) -> bool:
    return bool(cell.attributes.get("only", edition) == edition)


def _notebook(chapter: Chapter, edition: str, names: tuple[str, ...], cells_of: Any) -> NotebookNode:
    made = [new for cell in chapter.cells if _stands_in(cell, edition) for new in cells_of(chapter, cell)]
    _import(chapter, made, names)
    notebook = new_notebook(cells=made, metadata={**KERNEL, "title": chapter.title})
    notebook.nbformat_minor = 5
    nbformat.validate(notebook)
    return notebook


def _import(chapter: Chapter, cells: list[NotebookNode], names: tuple[str, ...]) -> None:
    """Put the names a notebook needs at the top of its first plain code cell, or into a cell of their own."""
    line = f"from cloudcrib import {', '.join(names)}"
    first = next((c for c in cells if c.cell_type == "code"), None)
    if first is not None and first.source.startswith(("from ", "import ")) and "nbgrader" not in first.metadata:
        first.source = f"{line}\n{first.source}"
        return
    at = cells.index(first) if first is not None else len(cells)
    cells.insert(at, new_code_cell(line, id=f"{chapter.slug}-s-imports"))


def _study_cells(chapter: Chapter, cell: Cell) -> Iterator[NotebookNode]:
    if cell.role == "prose":
        yield from _markdown(chapter, cell, "study")
    elif cell.role == "code":
        yield _code(cell.id, chapter.expand(cell.source))
    elif cell.role == "quiz":
        yield _code(cell.id, _quiz(cell), tags=["crib-quiz"])
    elif cell.role in ("answer", "lab"):
        yield _code(cell.id, regions.starter(chapter.expand(cell.source)), tags=["crib-answer"])
    elif cell.role == "tests":
        id = cell.attributes["for"]
        yield _code(f"{id}-check", f'check("{id}")\n# hint("{id}")\n# solution("{id}")', tags=["crib-check"])


def _source_cells(chapter: Chapter, cell: Cell) -> Iterator[NotebookNode]:
    if cell.role == "prose":
        for new in _markdown(chapter, cell, "release"):
            new.source = CHAPTER_LINK.sub(r"](../\1/\1.ipynb", new.source)
            yield new
    elif cell.role == "code":
        yield _code(cell.id, chapter.expand(cell.source))
    elif cell.role == "quiz":
        yield _code(
            cell.id,
            f"from cloudcrib import quiz\n{_quiz(cell, _bank(chapter, cell))}",
            tags=["crib-quiz"],
            nbgrader=_locked(cell.id),
        )
        for id in cell.attributes["ask"]:
            yield _score(chapter, id)
    elif cell.role in ("answer", "lab"):
        grading = {**_locked(cell.id), "locked": False, "solution": True}
        yield _code(cell.id, chapter.expand(cell.source), tags=["crib-answer"], nbgrader=grading)
    elif cell.role == "tests":
        text = explained(chapter, f"from cloudcrib import tests\n{chapter.expand(cell.source)}")
        yield _code(cell.id, text, tags=["crib-tests"], nbgrader=_graded(cell.id, cell.attributes["points"]))


def explained(chapter: Chapter, text: str) -> str:
    """A tests cell that knows what to say of the mistakes it looks for; hidden, since a release has no course to read that from."""
    notes = {slug: mistake.note for slug, mistake in chapter.mistakes.items() if f'"{slug}"' in text}
    opened = next(_opened(text), None)
    if not notes or opened is None:
        return text
    name, line = opened
    rows = [f"    {json.dumps(slug)}: {json.dumps(note, ensure_ascii=False)}," for slug, note in notes.items()]
    told = ["### BEGIN HIDDEN TESTS", f"{name}.explain({{", *rows, "})", "### END HIDDEN TESTS"]
    lines = text.split("\n")
    return "\n".join([*lines[:line], *told, *lines[line:]])


def _opened(text: str) -> Iterator[tuple[str, int]]:
    """The names that hold a cell's tests, each with the last line of the statement that opens them."""
    for node in ast.parse(text).body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id="tests"))):
                yield name, node.end_lineno or node.lineno


def _markdown(chapter: Chapter, cell: Cell, edition: str) -> Iterator[NotebookNode]:
    text, pictures = links.attached(chapter.folder, prose(chapter, cell.source, edition))
    if text:
        yield new_markdown_cell(text, id=cell.id, **({"attachments": pictures} if pictures else {}))


def _code(
    id: str, text: str, tags: list[str] | None = None, nbgrader: dict[str, Any] | None = None, **metadata: Any
) -> NotebookNode:
    if tags:
        metadata["tags"] = tags
    if nbgrader:
        metadata["nbgrader"] = nbgrader
    return new_code_cell(text, id=id, metadata=metadata)


def _bank(chapter: Chapter, cell: Cell) -> str:
    """What a quiz that may run elsewhere says of the questions it means."""
    named = fingerprint(_public(chapter, chapter.question(id)) for id in cell.attributes["ask"])
    return f'bank="{named}"'


def _quiz(cell: Cell, *more: str) -> str:
    asked = [*(f'"{id}"' for id in cell.attributes["ask"]), *more]
    if len(cell.attributes["ask"]) <= 2:
        return f"quiz({', '.join(asked)})"
    return "quiz(\n" + "".join(f"    {id},\n" for id in asked) + ")"


def _score(chapter: Chapter, id: str) -> NotebookNode:
    """The autograded cell of one question; its key is a hidden test, so that plain nbgrader can mark it too."""
    question = chapter.question(id)
    table = cohort.secret_table(chapter, question) if id in cohort.shares_out(chapter)[0] else {}
    read = chapter.facts[question.facts[0]]
    text = written(id, Key(to_key(question) | table, read.source, str(read.checked)))
    return _code(id, text, tags=["crib-score"], nbgrader=_graded(id, 1), jupyter=FOLDED)


def _locked(id: str) -> dict[str, Any]:
    return {"grade": False, "grade_id": id, "locked": True, "schema_version": 3, "solution": False, "task": False}


def _graded(id: str, points: int) -> dict[str, Any]:
    return {**_locked(id), "grade": True, "points": points}
