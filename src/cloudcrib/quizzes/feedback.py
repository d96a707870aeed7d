"""What the self-study widget says about a checked choice: reasons for what was chosen, all of them once it is right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from cloudcrib.course.facts import Fact
from cloudcrib.kit.richtext import inline, link
from cloudcrib.question.explaining import Reason, counted, reasons
from cloudcrib.question.kinds import Choose, Number, Question, public
from cloudcrib.question.marking import Mark, Verdict
from cloudcrib.question.wording import remark, solution
from cloudcrib.quizzes.protocol import Judged, Judgement, Part

TITLES = {Verdict.CORRECT: "Correct", Verdict.PARTIAL: "Partly right", Verdict.INCORRECT: "Not yet"}


def feedback(question: Question, choice: Any, found: Mark, behind: Fact | None, reveal: bool = False) -> Judgement:
    """The verdict on a marked choice, and no more of the key than the learner has earned or asked to see."""
    whole = reveal or found.verdict is Verdict.CORRECT
    rows = [row for row in reasons(question, choice, found) if whole or row.chosen]
    verdict = _shown(found)
    return {
        "verdict": cast(Judged, "REVEALED" if reveal else verdict.name),
        "title": "The answer" if reveal else TITLES[verdict],
        "detail": "" if reveal else _detail(question, choice, found),
        "parts": [_part(row, row.why if whole else row.now) for row in rows],
        "solution": inline(solution(question)) if reveal else "",
        "general": _general(question, rows) if whole else "",
        "read": _read(behind),
    }


def _part(row: Reason, why: str) -> Part:
    return {"id": row.id, "taken": row.chosen, "right": row.right, "why": inline(why) if why else ""}


def _shown(found: Mark) -> Verdict:
    """The verdict that fits what is counted beside it: something right is partly right, also where it earns nothing."""
    some = found.verdict is Verdict.INCORRECT and any(part.right for part in found.parts)
    return Verdict.PARTIAL if some else found.verdict


def _general(question: Question, rows: Sequence[Reason]) -> str:
    """The reason for the answer as a whole, unless a part has said it."""
    if isinstance(question.body, Choose) or any(row.why == question.body.why for row in rows):
        return ""
    return inline(question.body.why)


def _detail(question: Question, choice: Any, found: Mark) -> str:
    """What is right of it so far; of a figure, how it was understood."""
    if not isinstance(question.body, Number):
        return counted(question, found)
    said = remark(public(question), choice)
    return said.text if said else ""


def _read(behind: Fact | None) -> str:
    return f"{link(behind.source, 'Read it at AWS')}, checked {behind.checked}" if behind else ""
