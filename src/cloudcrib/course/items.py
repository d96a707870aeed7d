"""What a chapter has besides its prose: facts, questions, mistakes, and the entries of its exercises."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cloudcrib.course import facts as facts_file
from cloudcrib.course import guide
from cloudcrib.course import questions as questions_file
from cloudcrib.course.course import ID_RULE, is_id
from cloudcrib.course.facts import Fact
from cloudcrib.course.trouble import AuthoringError, line_of, tables, toml
from cloudcrib.kit.nearest import meant
from cloudcrib.kit.versions import Version, version
from cloudcrib.question import Question
from cloudcrib.question.kinds import DOMAINS

FIELDS = {"id", "title", "domain", "facts", "hint"}


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
    return _read(version(folder / "questions.toml"), version(folder / "facts.toml"), version(guide.path_of(folder)))


@functools.lru_cache(maxsize=128)
def _read(questions: Version, facts: Version, lines: Version) -> Items:
    path, known = questions[0], facts_file.load(facts[0])
    data, text = toml(path)
    expand = facts_file.expander(known, path, text)
    asked = questions_file.load(path, expand)
    _check_covers(facts[0], known.values(), lines[0])
    _check_covers(path, asked, lines[0])
    return Items(
        known,
        asked,
        {task.id: task for task in _tasks(path, data, text, expand)},
        {mistake.slug: mistake for mistake in _mistakes(path, data, text, expand)},
        text,
    )


def _check_covers(path: Path, covering: Iterable[Fact | Question], lines: Path) -> None:
    for item in covering:
        if item.covers and (said := guide.misnamed(item.covers, guide.load(lines))):
            raise AuthoringError(path, line_of(path.read_text(encoding="utf-8"), item.id), item.id, said)


def _tasks(path: Path, data: dict[str, Any], text: str, expand: Callable[[str], str]) -> Iterator[Task]:
    seen: set[str] = set()
    for row in tables(path, data, text, "exercise", questions_file.TABLES):
        id = str(row.get("id"))
        line = line_of(text, id)
        if not is_id(row.get("id")):
            raise AuthoringError(path, line, None, f"An exercise needs an id of {ID_RULE}; one has {row.get('id')!r}.")
        if id in seen:
            raise AuthoringError(path, _second(text, id), id, "Another exercise above has the same id.")
        seen.add(id)
        if missing := [n for n in ("title", "domain", "facts", "hint") if not row.get(n)]:
            raise AuthoringError(path, line, id, f"This exercise lacks {' and '.join(missing)}.")
        if unknown := sorted(set(row) - FIELDS):
            near = meant(unknown[0], FIELDS)
            raise AuthoringError(path, line, id, f"Unknown field {unknown[0]!r} in an exercise.{near}")
        if said := _odd(row):
            raise AuthoringError(path, line, id, said)
        yield Task(id, row["title"], row["domain"], tuple(row["facts"]), tuple(map(expand, row["hint"])))


def _second(text: str, id: str) -> int:
    """The line of the second `id = "…"`; of the first where there is one only."""
    found = [*re.finditer(rf"""^[ \t]*id\s*=\s*["']{re.escape(id)}["']""", text, re.MULTILINE)]
    return text.count("\n", 0, found[-1].start()) + 1 if found else line_of(text, id)


def _odd(row: Mapping[str, Any]) -> str:
    """Which field of an exercise holds something of another kind than it should; empty where none does."""
    if not isinstance(row["title"], str):
        return "`title` is a text between quotation marks."
    if not isinstance(row["domain"], str) or row["domain"] not in DOMAINS:
        return f"The domain is {row['domain']!r}; it must be a SAA-C03 task statement: {', '.join(DOMAINS)}."
    for name, of in (("facts", "fact ids"), ("hint", "texts")):
        if not isinstance(row[name], list) or not all(isinstance(each, str) for each in row[name]):
            return f'`{name}` is a list of {of}: {name} = ["…"].'
    return ""


def _mistakes(path: Path, data: dict[str, Any], text: str, expand: Callable[[str], str]) -> Iterator[Mistake]:
    found = data.get("mistakes", {})
    if not isinstance(found, dict):
        said = "A mistake is a table with its slug: [mistakes.vpc-keeps-two]."
        raise AuthoringError(path, line_of(text, "mistakes"), None, said)
    for slug, row in found.items():
        if not isinstance(row, dict) or not _mistake(row):
            raise AuthoringError(
                path, line_of(text, slug), slug, "A mistake has a `note`, and may name in `asks` a question."
            )
        yield Mistake(slug, expand(row["note"]), row.get("asks"))


def _mistake(row: Mapping[str, Any]) -> bool:
    texts = [row.get("note"), row.get("asks", "…")]
    return not set(row) - {"note", "asks"} and all(isinstance(each, str) and each.strip() for each in texts)
