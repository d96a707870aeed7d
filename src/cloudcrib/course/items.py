"""What a chapter has besides its prose: facts, questions, mistakes, and the entries of its exercises."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cloudcrib.course import facts as facts_file
from cloudcrib.course import questions as questions_file
from cloudcrib.course.facts import Fact
from cloudcrib.course.trouble import AuthoringError, line_of, toml
from cloudcrib.kit.versions import Version, version
from cloudcrib.question import Question


@dataclass(frozen=True)
class Mistake:
    """A misconception that recurs: the note that addresses it, and the question that separates the two ideas."""

    slug: str
    note: str
    asks: str | None = None


@dataclass(frozen=True)
class Task:
    """The entry of an exercise in questions.toml; its solution and tests stand in chapter.md."""

    id: str
    title: str
    domain: str
    facts: tuple[str, ...]
    hints: tuple[str, ...]


@dataclass(frozen=True)
class Items:
    """A chapter's questions.toml and facts.toml, read and found sound."""

    facts: Mapping[str, Fact]
    questions: tuple[Question, ...]
    tasks: Mapping[str, Task]
    mistakes: Mapping[str, Mistake]
    text: str  # of questions.toml, to find lines in


def read(folder: Path) -> Items:
    """The items of the chapter in a folder; the first thing wrong raises an `AuthoringError`. Unchanged files are read once."""
    return _read(version(folder / "questions.toml"), version(folder / "facts.toml"))


@functools.lru_cache(maxsize=128)
def _read(questions: Version, facts: Version) -> Items:
    path, known = questions[0], facts_file.load(facts[0])
    data, text = toml(path)
    expand = facts_file.expander(known, path, text)
    return Items(
        known,
        questions_file.load(path, expand),
        {task.id: task for task in _tasks(path, data, text, expand)},
        {mistake.slug: mistake for mistake in _mistakes(path, data, text, expand)},
        text,
    )


def _tasks(path: Path, data: dict[str, Any], text: str, expand: Callable[[str], str]) -> Iterator[Task]:
    for row in data.get("exercise", []):
        id = str(row.get("id"))
        if missing := [n for n in ("title", "domain", "facts", "hint") if not row.get(n)]:
            raise AuthoringError(path, line_of(text, id), id, f"This exercise lacks {' and '.join(missing)}.")
        if unknown := sorted(set(row) - {"id", "title", "domain", "facts", "hint"}):
            raise AuthoringError(path, line_of(text, id), id, f"Unknown field {unknown[0]!r} in an exercise.")
        yield Task(id, row["title"], row["domain"], tuple(row["facts"]), tuple(map(expand, row["hint"])))


def _mistakes(path: Path, data: dict[str, Any], text: str, expand: Callable[[str], str]) -> Iterator[Mistake]:
    for slug, row in data.get("mistakes", {}).items():
        if not isinstance(row, dict) or not row.get("note") or set(row) - {"note", "asks"}:
            raise AuthoringError(
                path, line_of(text, slug), slug, "A mistake has a `note`, and may name in `asks` a question."
            )
        yield Mistake(slug, expand(row["note"]), row.get("asks"))
