"""Prove a chapter's exercises: the starter earns nothing, the solution everything, each wrong solution less, with its
message; and the visible tests give no solution away."""

from __future__ import annotations

import ast
import contextlib
import inspect
import io
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from cloudcrib.course import regions
from cloudcrib.course.cells import Cell
from cloudcrib.course.chapter import Chapter, Exercise, read
from cloudcrib.course.trouble import AuthoringError, Trouble
from cloudcrib.editions import warm

Names = dict[str, Any]
DEEP = 250  # frames that a test of a function may take, those of boto3 and moto included


def prove(chapter: Chapter, timeout: int = 600, entry: str = "rows") -> list[Trouble]:
    """What is wrong with the exercises of a chapter, found in a process of its own, in an empty folder.

    `rows` looks at everything; `solutions` only at what `solution()` shows, in seconds.
    """
    root = str(chapter.folder.parent.parent.resolve())
    path = chapter.folder / "chapter.md"
    with tempfile.TemporaryDirectory() as folder:
        own = {"CLOUDCRIB_ROOT": root, "CLOUDCRIB_DATA": f"{folder}/data", "MPLBACKEND": "agg"}
        arguments = [str(chapter.folder.resolve())]
        try:
            rows = warm.call(f"{__name__}:{entry}", arguments, Path(folder), {**os.environ, **own}, timeout)
        except TimeoutError:
            return [Trouble(f"The exercises were not proved in {timeout} s: something loops.", path)]
        except warm.Died as err:
            return [Trouble(f"The exercises could not be proved: {err}", path)]
    return [Trouble(sentence, path, line, id) for sentence, line, id in rows]


def _walk(chapter: Chapter) -> Iterator[tuple[str, int, str]]:
    """Run the chapter as a learner who solves nothing, and try each exercise where it stands."""
    names: Names = {"__name__": "__main__"}
    for cell in chapter.cells:
        if cell.role == "code":
            if said := _run(chapter.expand(cell.source), names):
                yield f"This cell raises {said}.", cell.line + said.below, cell.id
        elif cell.role in ("answer", "lab"):
            exercise = chapter.exercise(cell.id)
            yield from _prove(chapter, exercise, names)
            if said := _run(regions.starter(chapter.expand(cell.source)), names):
                yield f"The starter raises {said}; a fresh notebook runs top to bottom.", cell.line, cell.id


def _prove(chapter: Chapter, exercise: Exercise, names: Names) -> Iterator[tuple[str, int, str]]:
    model = chapter.expand(exercise.answer.source)
    _, earned, report = _points(chapter, exercise, regions.starter(model), names)
    if earned:
        yield f"The starter earns {earned:g} points: {_line(report)}", exercise.answer.line, exercise.id
    yield from _prove_solved(chapter, exercise, names)
    for wrong in exercise.wrongs:
        yield from _prove_wrong(chapter, exercise, wrong, names)
    yield from _prove_kept(chapter, exercise, names)


def _prove_solved(chapter: Chapter, exercise: Exercise, names: Names) -> Iterator[tuple[str, int, str]]:
    """What `solution()` shows to a learner, pasted as it stands, earns everything."""
    from cloudcrib.exercise.check import solution

    pasted = solution(exercise.id).text.partition("```python\n")[2].rpartition("\n```")[0]
    points, earned, report = _points(chapter, exercise, pasted, names)
    if earned != exercise.points or points != exercise.points:
        told = f"The solution earns {earned:g} of {points:g} points where the fence says points={exercise.points}: {_line(report)}"
        yield told, exercise.answer.line, exercise.id


def _prove_wrong(chapter: Chapter, exercise: Exercise, wrong: Cell, names: Names) -> Iterator[tuple[str, int, str]]:
    _, earned, report = _points(chapter, exercise, chapter.expand(wrong.source), names)
    if earned >= exercise.points:
        yield "This wrong solution earns full marks.", wrong.line, exercise.id
    if str(wrong.attributes["says"]) not in report:
        said = f"The report on this wrong solution does not say {wrong.attributes['says']!r}: {_line(report)}"
        yield said, wrong.line, exercise.id


def _prove_kept(chapter: Chapter, exercise: Exercise, names: Names) -> Iterator[tuple[str, int, str]]:
    """No function in the visible tests, which learners and students read, is a solution."""
    seen = ast.parse(regions.visible(chapter.expand(exercise.tests.source)))
    solved = ast.parse(regions.solution(chapter.expand(exercise.answer.source)))
    asked = {node.name: len(node.args.args) for node in solved.body if isinstance(node, ast.FunctionDef)}
    given = [node for node in seen.body if isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef))]
    could = [
        n for n in ast.walk(seen) if isinstance(n, (ast.FunctionDef, ast.Lambda)) and _takes(n.args, {*asked.values()})
    ]
    for node in could:
        found = node.name if isinstance(node, ast.FunctionDef) else ast.unparse(node)
        answer = "\n".join([*map(ast.unparse, given), *(f"{name} = {found}" for name in asked)])
        with _shallow() if _asks(node, asked) else contextlib.nullcontext():
            _, earned, _ = _points(chapter, exercise, answer, names)
        if earned >= exercise.points:
            told = f"The visible tests hold `{found}`, which earns full marks; put it below ### BEGIN HIDDEN TESTS, or give values."
            yield told, exercise.tests.line, exercise.id


def _asks(node: ast.AST, asked: Iterable[str]) -> bool:
    """Whether a function calls what the exercise asks for, and so itself when it is taken for the answer."""
    return any(isinstance(part, ast.Name) and part.id in asked for part in ast.walk(node))


@contextlib.contextmanager
def _shallow() -> Iterator[None]:
    """Let what calls itself without an end stop soon: a thousand calls of a lab take minutes."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(min(before, len(inspect.stack(0)) + DEEP))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _takes(parameters: ast.arguments, numbers: set[int]) -> bool:
    """Whether a function with these parameters can be called with one of these numbers of arguments."""
    most = len(parameters.args)
    return any(most - len(parameters.defaults) <= n and (n <= most or parameters.vararg) for n in numbers)


def _points(chapter: Chapter, exercise: Exercise, answer: str, names: Names) -> tuple[float, float, str]:
    """Points possible, points earned and the report of one answer."""
    from cloudcrib.exercise.check import examine

    there = dict(names)
    if said := _run(answer, there):
        return 0, 0, f"the answer raises {said}"
    try:
        done = examine(exercise.id, regions.whole(chapter.expand(exercise.tests.source)), there)
    except Exception as err:
        return 0, 0, f"the tests raise {type(err).__name__}: {err}"
    return done.points, done.earned, done.report()


class Raised(str):
    """What a cell raises, in words, and how far below its fence."""

    below = 0


def _run(source: str, names: Names) -> Raised | None:
    """What a cell raises, if anything; nor may it end the interpreter."""
    try:
        exec(compile(source, "<cell>", "exec"), names)
    except (Exception, SystemExit) as err:
        said = Raised(f"{type(err).__name__}: {err}".rstrip(": "))
        frames = [f.lineno for f in traceback.extract_tb(err.__traceback__) if f.filename == "<cell>"]
        said.below = (frames[0] if frames else getattr(err, "lineno", None)) or 0
        return said
    return None


def _line(report: str) -> str:
    return " / ".join(line.strip() for line in report.splitlines())[:400]


def _define(chapter: Chapter) -> Iterator[tuple[str, int, str]]:
    """Take from the chapter's code only what it defines, and try each solution where it stands."""
    names: Names = {"__name__": "__main__"}
    for cell in chapter.cells:
        if cell.role == "code":
            made = ast.parse(chapter.expand(cell.source))
            made.body = [each for each in made.body if not isinstance(each, ast.Expr)]
            _run(ast.unparse(made), names)
        elif cell.role in ("answer", "lab"):
            yield from _prove_solved(chapter, chapter.exercise(cell.id), names)


def rows(folder: str) -> list[tuple[str, int, str]]:
    """What `prove` finds, as plain data; what the chapter prints meanwhile is nobody's."""
    return _found(folder, _walk)


def solutions(folder: str) -> list[tuple[str, int, str]]:
    """What is wrong with the solutions that a learner is shown, as plain data."""
    return _found(folder, _define)


def _found(folder: str, look: Callable[[Chapter], Iterator[tuple[str, int, str]]]) -> list[tuple[str, int, str]]:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            return list(look(read(Path(folder))))
        except AuthoringError as err:
            return [(err.trouble.sentence, err.line, err.id or "")]
