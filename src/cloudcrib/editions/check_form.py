"""`crib check` on form: length of options, size of fact tables, reading time, as far as `chapters/course.toml` sets a limit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cloudcrib.course.chapter import Chapter
from cloudcrib.course.course import Course
from cloudcrib.course.placeholders import FACTS
from cloudcrib.course.trouble import AuthoringError, Trouble, line_of
from cloudcrib.editions import guessing, prose

NEAR = 0.2  # by which a typed reading time may differ from the measured one
GUESSING = "`guessing` names points above chance: guessing = { chapter = 12, course = 5 }, both or one of them."


@dataclass(frozen=True)
class Limits:
    """The limits that one course sets; what is None is not checked."""

    guessing_chapter: float | None = None  # points above chance that a guesser by length may reach in one chapter
    guessing_course: float | None = None  # … and over all chapters
    facts_in_table: int | None = None
    measured: bool = False  # whether a typed reading time must be near the measured one


def limits(course: Course) -> Limits:
    """The limits of a course; what is no limit raises an `AuthoringError`."""
    said = course.settings
    path = course.root / "chapters" / "course.toml"

    def wrong(name: str, sentence: str) -> AuthoringError:
        lines = path.read_text(encoding="utf-8").splitlines()
        at = next((number for number, line in enumerate(lines, 1) if line.lstrip(" [").startswith(name)), 1)
        return AuthoringError(path, at, None, sentence)

    most, measured = said.get("facts_in_table"), said.get("measured", False)
    if most is not None and (isinstance(most, bool) or not isinstance(most, int) or most < 1):
        raise wrong("facts_in_table", "`facts_in_table` is how many facts one table may hold: facts_in_table = 4.")
    if not isinstance(measured, bool):
        raise wrong("measured", "`measured` is true or false.")
    points = _guessing(said, wrong)
    return Limits(points.get("chapter"), points.get("course"), most, measured)


def _guessing(said: Mapping[str, Any], wrong: Callable[[str, str], AuthoringError]) -> Mapping[str, float]:
    points = said.get("guessing", {})
    if not isinstance(points, dict) or points.keys() - {"chapter", "course"}:
        raise wrong("guessing", GUESSING)
    if any(isinstance(each, bool) or not isinstance(each, int | float) or each < 0 for each in points.values()):
        raise wrong("guessing", GUESSING)
    return points


def look(chapter: Chapter) -> Iterator[Trouble]:
    """What one chapter has beyond the limits of its course."""
    most = limits(Course.of(chapter.folder))
    yield from _guessed(chapter, most.guessing_chapter)
    yield from _tables(chapter, most.facts_in_table)
    if most.measured:
        yield from _time(chapter)


def _guessed(chapter: Chapter, most: float | None) -> Iterator[Trouble]:
    path = chapter.folder / "questions.toml"
    if most is not None and len(guessing.chosen(chapter.questions)) >= guessing.ENOUGH:
        for guess in guessing.beyond(chapter.questions, most):
            line = line_of(path.read_text(encoding="utf-8"), guess.won[0])
            yield Trouble(guessing.sentence(guess, most, "of this chapter"), path, line, guess.won[0])


def _tables(chapter: Chapter, most: int | None) -> Iterator[Trouble]:
    for cell in chapter.cells:
        for found in FACTS.finditer(cell.source):
            count = len(found[1].split())
            if most is not None and count > most:
                said = f"This table holds {count} facts, and at most {most} are allowed: teach in prose, then sum up."
                line = cell.line + cell.source.count("\n", 0, found.start())
                yield Trouble(said, chapter.folder / "chapter.md", line, cell.id)


def _time(chapter: Chapter) -> Iterator[Trouble]:
    measured = prose.minutes(chapter)
    for typed, line in prose.typed(chapter):
        if abs(typed - measured) > NEAR * measured:
            said = (
                f"It says {typed} minutes, and {measured:.0f} are measured: write {{{{minutes}}}}, which is filled in."
            )
            yield Trouble(said, chapter.folder / "chapter.md", line)


def course(chapters: Sequence[Chapter]) -> Iterator[Trouble]:
    """What the questions of all chapters together have beyond the limits of their course."""
    of = Course.of(chapters[0].folder)
    most = limits(of).guessing_course
    questions = [question for chapter in chapters for question in chapter.questions]
    for guess in guessing.beyond(questions, most) if most is not None else ():
        yield Trouble(guessing.sentence(guess, most or 0, "of the course"), of.root / "chapters" / "course.toml")
