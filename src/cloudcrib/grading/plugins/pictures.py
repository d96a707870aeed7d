"""Figures, explorers and quizzes that the course itself shows are not shown again while a submission is graded: no test needs them.

A cell is left out when it stands in the course's own notebook word for word and does nothing but call `draw` or `explore`, or ask
questions. What a student has changed or written runs as it stands. Left-out cells show the picture that was handed in with them.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor

from cloudcrib.grading.plugins.which import Which, which

DRAWERS = frozenset({"draw", "explore"})
NAMED, NAMED_SO = re.compile(r"\b(draw|explore)\b"), re.compile(r"\bas\s+(draw|explore)\b")
USED = re.compile(r"\b(draw|explore)\s*\.\s*\w|^from cloudcrib import [\w, ]+$", re.MULTILINE)
SHORT = 20_000  # characters of a cell that asks questions
RESOURCE = "crib-own"  # under this name a grader that knows the course's notebook says what stands in it
LEFT_OUT = "crib-left-out"
LARGEST = 2_000_000  # characters of a picture
_kept: dict[Which, dict[str, list[NotebookNode]]] = {}  # the pictures of each submission, until it is graded


@dataclass(frozen=True)
class Own:
    """What stands in the code cells of the course's own notebook, and which of them only draw or ask."""

    texts: frozenset[str] = frozenset()
    drawings: frozenset[str] = frozenset()


def own(nb: NotebookNode) -> Own:
    """What the course's own notebook says in code."""
    cells = [cell for cell in nb.cells if cell.cell_type == "code"]
    free = {cell.source.strip() for cell in cells if "nbgrader" not in cell.metadata}
    quizzes = {cell.source.strip() for cell in cells if _locked(cell)}
    shows = {*filter(only_draws, free), *filter(only_asks, quizzes)}
    return Own(frozenset(cell.source.strip() for cell in cells), frozenset(shows))


def _locked(cell: NotebookNode) -> bool:
    role = cell.metadata.get("nbgrader", {})
    return bool(role.get("locked")) and not role.get("grade") and not role.get("solution")


def _graded(cell: NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("grade"))


def only_asks(source: str) -> bool:
    """Whether a cell imports `quiz` and calls it with the names of questions, and that is all."""
    tree = _parsed(source) if len(source) < SHORT and source.startswith("from cloudcrib import quiz") else None
    match tree.body if tree else []:
        case [
            ast.ImportFrom(module="cloudcrib", names=[ast.alias(name="quiz", asname=None)]),
            ast.Expr(ast.Call(func=ast.Name("quiz"), args=given, keywords=[])),
        ]:
            return all(isinstance(each, ast.Constant) for each in given)
    return False


def only_draws(source: str) -> bool:
    """Whether a cell is one call of something in `draw` or `explore`, with arguments that call nothing and bind nothing."""
    tree = _parsed(source)
    if tree is None or len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr):
        return False
    call = tree.body[0].value
    if not isinstance(call, ast.Call) or _root(call.func) not in DRAWERS:
        return False
    acts = (ast.Call, ast.NamedExpr, ast.Await, ast.Yield, ast.YieldFrom)
    given = [*call.args, *(each.value for each in call.keywords)]
    return not any(isinstance(node, acts) for value in given for node in ast.walk(value))


def drawings(nb: NotebookNode, known: Own) -> list[NotebookNode]:
    """The cells of a submission that only show something, as the course wrote them; none where a student redefines `draw`."""
    cells = [cell for cell in nb.cells if cell.cell_type == "code"]
    found = [cell for cell in cells if not _graded(cell) and cell.source.strip() in known.drawings]
    if found and any(_renames(cell.source) for cell in cells if cell.source.strip() not in known.texts):
        return []
    return found


def _renames(source: str) -> bool:
    """Whether a cell might bind `draw` or `explore`: it names them otherwise than to use or to import them.

    Looked for in the text, since a parser is no place for what a student wrote; a word too many costs time only.
    """
    return bool(NAMED_SO.search(source) or NAMED.search(USED.sub("", source)))


def _parsed(source: str) -> ast.Module | None:
    """The syntax of a cell of the course's."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _root(node: ast.expr) -> str:
    """The name that a chain of attributes starts from; empty where it is not one."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


class KeepPictures(NbGraderPreprocessor):
    """Sanitize step, before ClearOutput: keep the pictures that were handed in with cells that will not run."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        found = drawings(nb, known(resources, self.config))
        _kept[which(resources)] = {cell.source.strip(): _still(cell.get("outputs", [])) for cell in found}
        return nb, resources


class LeaveOutPictures(NbGraderPreprocessor):
    """Before Execute: empty the cells that only draw, so that they do not run."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        return without(nb, known(resources, self.config)), resources


class PutBackPictures(NbGraderPreprocessor):
    """After Execute: give the cells that only draw their text back, and the picture that was handed in with them."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        kept = _kept.pop(which(resources), {})
        for cell in nb.cells:
            if (text := cell.metadata.pop(LEFT_OUT, None)) is not None:
                cell.source, cell.outputs = text, kept.get(text.strip(), [])
        return nb, resources


def without(nb: NotebookNode, known: Own) -> NotebookNode:
    """The notebook with its drawings emptied; what stood there is kept in their metadata, where nothing else has that name."""
    for cell in nb.cells:
        cell.metadata.pop(LEFT_OUT, None)
    for cell in drawings(nb, known):
        cell.metadata[LEFT_OUT], cell.source = cell.source, ""
    return nb


def known(resources: Mapping[str, Any], config: Any) -> Own:
    """What the course's own notebook says: as the grader knows it, or as it stands in the source folder."""
    found = resources.get(RESOURCE)
    if isinstance(found, Own):
        return found
    names, course = resources["nbgrader"], CourseDirectory(config=config)
    for step in (course.source_directory, course.release_directory):
        path = Path(course.format_path(step, ".", names["assignment"]), f"{names['notebook']}.ipynb")
        if path.is_file():
            return _read(str(path), os.stat(path).st_mtime_ns)
    return Own()


@lru_cache(maxsize=16)
def _read(path: str, changed: int) -> Own:
    return own(nbformat.read(path, as_version=4))


def _still(outputs: Iterable[NotebookNode]) -> list[NotebookNode]:
    """The picture among the outputs of a cell, with the words for it; nothing else that was handed in is kept."""
    for output in outputs:
        data = output.get("data", {})
        png, alt = data.get("image/png"), data.get("text/plain", "")
        if isinstance(png, str) and isinstance(alt, str) and len(png) + len(alt) <= LARGEST:
            return [
                new_output("display_data", {"image/png": png, "text/plain": alt}, metadata={"image/png": {"alt": alt}})
            ]
    return []
