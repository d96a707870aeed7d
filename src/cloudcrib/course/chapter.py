"""Read an authored chapter: its cells with their roles, its questions, exercises, mistakes and facts."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cloudcrib.course import facts as facts_file
from cloudcrib.course import guide, items, placeholders, references
from cloudcrib.course.cells import Cell, read_cells
from cloudcrib.course.course import slug_of
from cloudcrib.course.facts import Fact
from cloudcrib.course.items import Items, Mistake, Task
from cloudcrib.course.trouble import AuthoringError, line_of, text_of
from cloudcrib.kit.nearest import meant
from cloudcrib.kit.versions import Version, version
from cloudcrib.question import Question


@dataclass(frozen=True)
class Exercise(Task):
    """A coded task: the solution, the tests, and the wrong solutions that the tests must tell apart."""

    answer: Cell
    tests: Cell
    wrongs: tuple[Cell, ...]

    @property
    def points(self) -> int:
        return int(self.tests.attributes["points"])


@dataclass(frozen=True)
class Chapter:
    """An authored chapter, read and found sound."""

    folder: Path
    title: str
    cells: tuple[Cell, ...]
    questions: tuple[Question, ...]
    exercises: tuple[Exercise, ...]
    mistakes: Mapping[str, Mistake]
    facts: Mapping[str, Fact]
    expand: Callable[[str], str]  # figures into code
    expand_prose: Callable[[str], str]  # figures into prose, volatile ones as links

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def slug(self) -> str:
        return slug_of(self.folder)

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions that notebooks ask; what else there is, siblings of these, is for practice and review."""
        named = {id for cell in self.cells if cell.role == "quiz" for id in cell.attributes["ask"]}
        return tuple(question for question in self.questions if question.id in named)

    def question(self, id: str) -> Question:
        return next(q for q in self.questions if q.id == id)

    def exercise(self, id: str) -> Exercise:
        return next(e for e in self.exercises if e.id == id)


def read(folder: Path) -> Chapter:
    """The chapter in a folder; the first thing wrong with it raises an `AuthoringError`. Unchanged files are read once."""
    files = ("chapter.md", "questions.toml", "facts.toml")
    return _read(folder, *(version(folder / name) for name in files), version(guide.path_of(folder)))


@functools.lru_cache(maxsize=64)
def _read(folder: Path, prose: Version, questions: Version, facts: Version, lines: Version) -> Chapter:
    path = prose[0]
    cells = tuple(read_cells(path))
    text = text_of(path)
    own = items.read(folder)
    chapter = Chapter(
        folder=folder,
        title=_title(path, cells),
        cells=cells,
        questions=own.questions,
        exercises=tuple(_exercises(folder, cells, own)),
        mistakes=own.mistakes,
        facts=own.facts,
        expand=facts_file.expander(own.facts, path, text),
        expand_prose=facts_file.expander(own.facts, path, text, link=True),
    )
    references.check(chapter, own.text)
    return chapter


def _title(path: Path, cells: tuple[Cell, ...]) -> str:
    if not cells:
        raise AuthoringError(path, 1, None, "This file is empty; a chapter starts with its title: `# NN · Title`.")
    first = cells[0].source.split("\n")[0]
    if not first.startswith("# "):
        raise AuthoringError(path, 1, None, "A chapter starts with its title: `# NN · Title`.")
    return first[2:].strip()


def _exercises(folder: Path, cells: tuple[Cell, ...], own: Items) -> Iterator[Exercise]:
    """Each answer or lab fence with its entry in questions.toml and its tests."""
    path = folder / "questions.toml"
    answers = {c.id: c for c in cells if c.role in ("answer", "lab")}
    tests = {str(c.attributes["for"]): c for c in cells if c.role == "tests"}

    def wrong(cell: Cell, id: str, sentence: str) -> AuthoringError:
        return AuthoringError(folder / "chapter.md", cell.line, id, sentence)

    for cell in (c for c in cells if c.role in ("tests", "wrong") and c.attributes["for"] not in answers):
        named = str(cell.attributes["for"])
        raise wrong(cell, named, f"There is no answer or lab fence with this id.{meant(named, answers)}")
    for id in (id for id in own.tasks if id not in answers):
        said = f"chapter.md has no answer or lab fence with this id.{meant(id, answers)}"
        raise AuthoringError(path, line_of(own.text, id), id, said)
    for id, cell in answers.items():
        if id not in own.tasks:
            said = "This exercise has no [[exercise]] in questions.toml with its title, domain, facts and hints."
            raise wrong(cell, id, said)
        if id not in tests:
            raise wrong(cell, id, f'This exercise has no tests: ```python role="tests" for="{id}" points=….')
        if tests[id].line < cell.line:
            raise wrong(tests[id], id, f"The tests stand above their exercise, which is on line {cell.line}.")
        task, wrongs = own.tasks[id], tuple(c for c in cells if c.role == "wrong" and c.attributes["for"] == id)
        yield Exercise(**vars(task), answer=cell, tests=tests[id], wrongs=wrongs)


def taught(chapter: Chapter) -> set[str]:
    """The facts that the chapter teaches: those its placeholders name, and those of its table of changes."""
    found = {id for cell in chapter.cells for id, _ in placeholders.taught(cell.source)}
    if any(placeholders.CHANGED.search(cell.source) for cell in chapter.cells if cell.role == "prose"):
        found |= {id for id, fact in chapter.facts.items() if fact.status in facts_file.CHANGES}
    return found
