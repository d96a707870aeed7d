"""`check`, `hint` and `solution` for coded exercises, and `tests` for the cells that grade them."""

from __future__ import annotations

import contextlib
import html
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cloudcrib import events
from cloudcrib.course import place, regions
from cloudcrib.events import Checked
from cloudcrib.exercise import handed_out
from cloudcrib.exercise.tests import Tests
from cloudcrib.question import Verdict

if TYPE_CHECKING:
    from cloudcrib.course.chapter import Chapter, Exercise

SIGNS = {
    Verdict.CORRECT: ("✓", "Correct", "#0072B2"),
    Verdict.PARTIAL: ("◐", "Partly right", "#9A6700"),
    Verdict.INCORRECT: ("✗", "Not yet", "#B3400A"),
    Verdict.NOT_ATTEMPTED: ("○", "Not attempted yet", "#6E7781"),
    Verdict.ERROR: ("!", "Could not be checked", "#B3400A"),
}
_hints_shown: dict[str, int] = {}


def tests(id: str) -> Tests:
    """The tests of an exercise; a tests cell opens its parts on what this returns."""
    return Tests(id, *_notes(id), of=handed_out.points(id))


def examine(id: str, source: str, names: dict[str, Any]) -> Tests:
    """Run a tests cell on the names of a notebook, without what it prints; gives the tests with their parts."""
    opened = [tests(id)]

    def open_(id: str) -> Tests:
        opened.append(tests(id))
        return opened[-1]

    names["tests"] = open_
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(source, f"<tests of {id}>", "exec"), names)
    return opened[-1]


def _notes(id: str) -> tuple[dict[str, str], bool]:
    """The sentence for each known mistake, and whether expected values may be shown."""
    try:
        where = place.find(id)
        if where.graded:
            return {}, False
        from cloudcrib.course.chapter import read

        chapter = read(where.folder)
    except (LookupError, OSError, ValueError):
        return {}, False
    return {slug: mistake.note for slug, mistake in chapter.mistakes.items()}, True


@dataclass(frozen=True)
class Result:
    """The verdict on an exercise, for a notebook to show."""

    verdict: Verdict
    report: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        sign, words, colour = SIGNS[self.verdict]
        detail = "" if self.verdict is Verdict.NOT_ATTEMPTED else self.report
        body = (
            f'<pre style="margin:.4em 0 0;white-space:pre-wrap;background:none;color:inherit">{html.escape(detail)}</pre>'
            if detail
            else ""
        )
        card = (
            f'<div role="status" style="border-left:4px solid {colour};padding:.5em .9em">'
            f'<strong><span style="color:{colour}" aria-hidden="true">{sign}</span> {words}</strong>{body}</div>'
        )
        plain = f"{sign} {words}" + (f"\n{detail}" if detail else "")
        return {"text/html": card, "text/plain": plain}


@dataclass(frozen=True)
class Said:
    """A hint or a solution, as Markdown."""

    text: str

    def _repr_markdown_(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text


def check(id: str) -> Result | Said:
    """Run the tests of an exercise, hidden ones included, against what the notebook defines now."""
    chapter, refusal = _chapter(id)
    if refusal:
        return refusal
    exercise = chapter.exercise(id)
    names = {name: value for name, value in _notebook().items() if name != "__builtins__"}
    try:
        done = examine(id, regions.whole(chapter.expand(exercise.tests.source)), names)
    except NameError as err:
        return Result(Verdict.NOT_ATTEMPTED, f"There is no `{err.name}` yet: run the cell above.")
    except Exception as err:
        return Result(Verdict.ERROR, f"The tests stopped with {type(err).__name__}: {err}")
    _tell(chapter, exercise, done)
    return Result(done.verdict, done.report())


def _tell(chapter: Chapter, exercise: Exercise, done: Tests) -> None:
    """Say that an exercise was checked; a listener that fails costs a sentence and not the verdict."""
    fraction = done.earned / done.points if done.points else 0.0
    event = Checked(
        "exercise",
        exercise.id,
        chapter.slug,
        chapter.folder,
        exercise.domain,
        done.verdict.name,
        fraction,
        mistakes=tuple(done.mistakes),
    )
    reminder, failure = events.tell(event)
    if failure:
        print(f"This attempt is not in your progress: {failure}")
    if reminder:
        print(reminder.words)


def hint(id: str) -> Said:
    """The next hint; after the last one it starts again."""
    chapter, refusal = _chapter(id)
    if refusal:
        return refusal
    hints = chapter.exercise(id).hints
    shown = _hints_shown.get(id, 0)
    _hints_shown[id] = shown + 1
    return Said(f"**Hint {shown % len(hints) + 1} of {len(hints)}.** {hints[shown % len(hints)]}")


def solution(id: str) -> Said:
    """One way to solve an exercise."""
    chapter, refusal = _chapter(id)
    if refusal:
        return refusal
    code = regions.solution(chapter.expand(chapter.exercise(id).answer.source))
    return Said(f"One way to write it; yours may be better.\n\n```python\n{code}\n```")


def _chapter(id: str) -> tuple[Any, Said | None]:
    where = place.find(id)
    if where.graded:
        return None, Said(
            "This assignment is graded: hints and solutions come with the feedback. The visible tests stand in the cell below."
        )
    from cloudcrib.course.chapter import read

    chapter = read(where.folder)
    if not any(e.id == id for e in chapter.exercises):
        known = ", ".join(e.id for e in chapter.exercises)
        return None, Said(f"There is no exercise called `{id}` in this chapter. It has: {known}.")
    return chapter, None


def _notebook() -> dict[str, Any]:
    """The names that the learner's notebook defines."""
    from IPython import get_ipython  # type: ignore[attr-defined]

    shell = get_ipython()  # type: ignore[no-untyped-call]
    if shell is not None:
        return dict(shell.user_ns)
    import __main__

    return dict(vars(__main__))
