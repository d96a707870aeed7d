"""`crib check` on `variants.py`: two hundred draws of each generator, and not one unsound question among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cloudcrib.course import variants
from cloudcrib.course.chapter import Chapter
from cloudcrib.course.trouble import AuthoringError, Trouble, line_of
from cloudcrib.question import Question, mark
from cloudcrib.question.kinds import Number

DRAWS = 200
Flaws = Callable[[Question], Iterator[str]]


def look(chapter: Chapter, flaws: Flaws) -> Iterator[Trouble]:
    """Whether each generator draws sound questions, and enough that differ."""
    try:
        makers = variants.generators(chapter.folder)
    except AuthoringError as err:
        yield err.trouble
        return
    for id in makers:
        yield from _drawn(chapter, id, flaws)


def _drawn(chapter: Chapter, id: str, flaws: Flaws) -> Iterator[Trouble]:
    path = chapter.folder / "variants.py"
    line = line_of(path.read_text(encoding="utf-8"), id)
    if id in {e.id for e in chapter.exercises}:
        if len({repr(row) for row in variants.exercise_table(id, chapter.folder)}) < 2:
            yield Trouble("Every draw gives this exercise the same parameters.", path, line, id)
        return
    base = next((q for q in chapter.questions if q.id == id), None)
    if base is None:
        yield Trouble("There is no question and no exercise with this id.", path, line, id)
        return
    try:
        variants.table(base, chapter.folder, chapter.facts)
        every = [variants.drawn(base, chapter.folder, chapter.facts, number) for number in range(DRAWS)]
    except AuthoringError as err:
        yield err.trouble
        return
    said = {
        sentence: number for number, one in reversed([*enumerate(every)]) for sentence in _unsound(chapter, one, flaws)
    }
    for sentence, number in said.items():
        yield Trouble(f"Variant {number}: {sentence}", path, line, id)


def _unsound(chapter: Chapter, one: Question, flaws: Flaws) -> Iterator[str]:
    """What is wrong with one draw."""
    yield from flaws(one)
    if isinstance(one.body, Number):
        for trap in one.body.traps:
            if trap.mistake and trap.mistake not in chapter.mistakes:
                yield f"the mistake {trap.mistake!r} has no note in questions.toml."
            if mark(one, f"{trap.value}").fraction:
                yield f"the trap {trap.value} counts as right."
        if re.search(r"\.\d{5,}", f"{one.body.answer}"):
            yield f"the answer {one.body.answer} has too many decimals to type; round it, or set a tolerance."
