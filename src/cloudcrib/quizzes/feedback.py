"""What the self-study widget says about a checked choice: reasons for what was chosen, all of them once it is right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from cloudcrib.course.facts import Fact
from cloudcrib.kit.richtext import inline, link
from cloudcrib.question.kinds import Choose, Match, Number, Order, Question
from cloudcrib.question.marking import Mark, Verdict
from cloudcrib.question.wording import Reason, reasons, solution
from cloudcrib.quizzes.protocol import Judged, Judgement, Part

TITLES = {Verdict.CORRECT: "Correct", Verdict.PARTIAL: "Partly right", Verdict.INCORRECT: "Not yet"}


def feedback(question: Question, choice: Any, found: Mark, behind: Fact | None, reveal: bool = False) -> Judgement:
    """The verdict on a marked choice, and no more of the key than the learner has earned or asked to see."""
    whole = reveal or found.verdict is Verdict.CORRECT
    rows = [row for row in reasons(question, choice, found) if whole or row.chosen]
    return {
        "verdict": cast(Judged, "REVEALED" if reveal else found.verdict.name),
        "title": "The answer" if reveal else TITLES[found.verdict],
        "detail": "" if reveal else _detail(question, found),
        "parts": [_part(row, _due(question, row, whole)) for row in rows],
        "solution": inline(solution(question)) if reveal else "",
        "general": _general(question, rows) if whole else "",
        "read": _read(behind),
    }


def _part(row: Reason, why: str) -> Part:
    return {"id": row.id, "taken": row.chosen, "right": row.right, "why": inline(why) if why else ""}


def _due(question: Question, row: Reason, whole: bool) -> str:
    """The reason that may be given now: a misplaced item's would tell its place, a wrong figure's the figure."""
    match question.body:
        case Number() if not row.right and not whole:
            return row.why if row.known else "That is not the figure. A hint may help."
        case Order() | Match():
            return row.why if whole or row.right else ""
        case _:
            return row.why


def _general(question: Question, rows: Sequence[Reason]) -> str:
    """The reason for the answer as a whole, unless a part has said it."""
    if isinstance(question.body, Choose) or any(row.why == question.body.why for row in rows):
        return ""
    return inline(question.body.why)


def _detail(question: Question, found: Mark) -> str:
    hits = sum(part.right for part in found.parts)
    match question.body:
        case Choose() if question.kind == "choose-many" and found.verdict is not Verdict.CORRECT:
            return f"{hits} of {len(question.body.right)} found."
        case Order(items) if found.verdict is not Verdict.CORRECT:
            return f"{hits} of {len(items)} stand in their place."
        case Match(left) if found.verdict is not Verdict.CORRECT:
            return f"{hits} of {len(left)} pairs are right."
        case _:
            return ""


def _read(behind: Fact | None) -> str:
    return f"{link(behind.source, 'Read it at AWS')}, checked {behind.checked}" if behind else ""
