"""`check`, `hint` and `solution` for coded exercises, and `tests` for the cells that grade them."""

from __future__ import annotations

import contextlib
import html
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cloudcrib import events
from cloudcrib.course import place, regions
from cloudcrib.events import Checked, Reminder
from cloudcrib.exercise import handed_out, report
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
    """The verdict on an exercise, for a notebook to show, and what the learner is to be reminded of."""

    verdict: Verdict
    report: str = ""
    page: str = ""  # the report as HTML
    notice: str = ""
    reminder: Reminder | None = None

    def __repr__(self) -> str:
        sign, words, _ = SIGNS[self.verdict]
        return "\n".join(filter(None, [f"{sign} {words}", self.report, self.notice]))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        sign, words, colour = SIGNS[self.verdict]
        page = self.page or _paragraph(self.report)
        card = (
            f'<div role="status" style="border-left:4px solid {colour};padding:.5em .9em">'
            f'<strong><span aria-hidden="true">{sign}</span> {words}</strong>'
            f"{page}{_paragraph(self.notice)}</div>"
        )
        return {"text/html": card, "text/plain": repr(self)}


def _paragraph(said: str) -> str:
    return f'<p style="margin:.4em 0 0">{html.escape(said)}</p>' if said else ""


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
        return Result(Verdict.NOT_ATTEMPTED, f"There is no {err.name}: run the cell that defines it.")
    except Exception as err:
        return Result(Verdict.ERROR, f"The tests stopped with {type(err).__name__}: {err}")
    reminder, failure = events.tell(_event(chapter, exercise, done))
    notice = f"This attempt is not in your progress: {failure}" if failure else ""
    told = done.report().removeprefix("Not attempted yet.").lstrip()
    return Result(done.verdict, told, report.page(done), notice, reminder)


def _event(chapter: Chapter, exercise: Exercise, done: Tests) -> Checked:
    fraction = done.earned / done.points if done.points else 0.0
    return Checked(
        "exercise",
        exercise.id,
        chapter.slug,
        chapter.folder,
        exercise.domain,
        done.verdict.name,
        fraction,
        mistakes=tuple(done.mistakes),
    )


def hint(id: str) -> Said:
    """The next hint; after the last one all of them, and what comes next."""
    chapter, refusal = _chapter(id)
    if refusal:
        return refusal
    hints = chapter.exercise(id).hints
    shown = _hints_shown.get(id, 0)
    _hints_shown[id] = shown + 1
    if shown < len(hints):
        return Said(f"**Hint {shown + 1} of {len(hints)}.** {hints[shown]}")
    lead = "These were all the hints" if hints else "There are no hints here"
    listed = "".join(f"\n{number}. {each}" for number, each in enumerate(hints, 1))
    return Said(f'{lead}; what comes next is `solution("{id}")`, which shows one way to write it.\n{listed}'.rstrip())


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
