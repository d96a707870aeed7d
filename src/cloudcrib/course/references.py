"""What the files of a chapter say of each other: ids that are unique, questions that are asked, facts that exist."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cloudcrib.course import placeholders
from cloudcrib.course.course import ID_RULE, Course, is_id, slug_of
from cloudcrib.course.trouble import AuthoringError, line_of
from cloudcrib.kit.nearest import meant

if TYPE_CHECKING:
    from cloudcrib.course.cells import Cell
    from cloudcrib.course.chapter import Chapter, Exercise
    from cloudcrib.question import Question

LONGEST_ID = 60
KNOWN = "{{fact-id.key}}, {{facts: id id}}, {{changed}} or {{minutes}}"


def check(chapter: Chapter, text: str) -> None:
    """Raise the first thing that is wrong between a chapter's files as an `AuthoringError`; `text` is questions.toml."""
    path = chapter.folder / "questions.toml"
    _check_ids(chapter, path, text)
    _check_asked(chapter, path, text)
    _check_facts(chapter, path, text)
    _check_placeholders(chapter)
    for cell in chapter.cells:
        chapter.expand(cell.source)  # says which figure there is none of


def _check_ids(chapter: Chapter, path: Path, text: str) -> None:
    seen: dict[str, int] = {}
    for cell in (c for c in chapter.cells if c.role != "wrong"):
        if not is_id(cell.id) or len(cell.id) > LONGEST_ID or not f"{cell.id}-".startswith(f"{chapter.slug}-"):
            rule = f"An id starts with `{chapter.slug}-`, has {ID_RULE}, and at most {LONGEST_ID} characters."
            raise _in_prose(chapter, cell, cell.id, rule)
        if cell.id in seen:
            raise _in_prose(chapter, cell, cell.id, f"This id is already used on line {seen[cell.id]}; ids are unique.")
        seen[cell.id] = cell.line
    for question in chapter.questions:
        if not question.id.startswith(f"{chapter.slug}-"):
            where = line_of(text, question.id)
            raise AuthoringError(path, where, question.id, f"A question id starts with `{chapter.slug}-`.")
        if question.id in seen:
            said = "This id is both a cell and a question; rename one."
            raise AuthoringError(chapter.folder / "chapter.md", seen[question.id], question.id, said)


def _in_prose(chapter: Chapter, cell: Cell, id: str, sentence: str, below: int = 0) -> AuthoringError:
    return AuthoringError(chapter.folder / "chapter.md", cell.line + below, id, sentence)


def _check_asked(chapter: Chapter, path: Path, text: str) -> None:
    known = {q.id for q in chapter.questions}
    asked: dict[str, int] = {}
    for cell, id in _asked(chapter):
        if id not in known:
            raise _in_prose(chapter, cell, id, _unasked(chapter, id, known))
        if id in asked:
            raise _in_prose(chapter, cell, id, f"This question is already asked on line {asked[id]}.")
        asked[id] = cell.line
    families = {q.family for q in chapter.questions if q.id in asked}
    for question in (q for q in chapter.questions if q.id not in asked and (not q.family or q.family not in families)):
        sibling = f", nor a sibling of its family “{question.family}”" if question.family else ""
        said = f"No quiz fence of chapter.md asks this question{sibling}."
        raise AuthoringError(path, line_of(text, question.id), question.id, said)
    for mistake in (m for m in chapter.mistakes.values() if m.asks and m.asks not in known):
        said = f"It asks {mistake.asks!r}, which is no question.{meant(mistake.asks or '', known)}"
        raise AuthoringError(path, line_of(text, mistake.slug), mistake.slug, said)


def _unasked(chapter: Chapter, id: str, known: set[str]) -> str:
    owner = Course.of(chapter.folder).owner(id)
    if owner is not None and slug_of(owner) != chapter.slug:
        return f"This quiz asks a question of {owner.name}; a quiz asks questions of its own chapter."
    return f"This quiz asks a question that questions.toml does not have.{meant(id, known)}"


def _asked(chapter: Chapter) -> Iterator[tuple[Cell, str]]:
    return ((cell, id) for cell in chapter.cells if cell.role == "quiz" for id in cell.attributes["ask"])


def _check_facts(chapter: Chapter, path: Path, text: str) -> None:
    resting: list[Question | Exercise] = [*chapter.questions, *chapter.exercises]
    for item in resting:
        if not item.facts:
            said = 'It rests on no fact: facts = ["…"], the first of which gives the link to read.'
            raise AuthoringError(path, line_of(text, item.id), item.id, said)
        for name in (n for n in item.facts if n not in chapter.facts):
            said = f"It rests on the fact {name!r}, which facts.toml lacks.{meant(name, chapter.facts)}"
            raise AuthoringError(path, line_of(text, item.id), item.id, said)
    for cell in chapter.cells:
        for id, below in placeholders.taught(cell.source):
            if id not in chapter.facts:
                said = f"facts.toml has no fact with this id.{meant(id, chapter.facts)}"
                raise _in_prose(chapter, cell, id, said, below + (cell.role != "prose"))


def _check_placeholders(chapter: Chapter) -> None:
    for cell in (c for c in chapter.cells if c.role == "prose"):
        for mark, below in placeholders.astray(cell.source):
            said = (
                f"`{mark}` has no partner: prose of one edition stands between `<!-- only: study -->` (or release) and "
                "`<!-- /only -->`, each alone on its line, with no heading and no code between them."
            )
            raise _in_prose(chapter, cell, cell.id, said, below)
    for cell in chapter.cells:
        for odd, below in placeholders.misspelt(cell.source):
            raise _in_prose(
                chapter, cell, cell.id, f"`{odd}` is no placeholder: {KNOWN}.", below + (cell.role != "prose")
            )
        for odd, below in placeholders.unmarked(cell.source) if cell.role == "prose" else ():
            raise _in_prose(chapter, cell, cell.id, f"`{odd}` marks nothing; write <!-- teaches: id id -->.", below)
