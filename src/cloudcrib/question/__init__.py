"""All that can be done with a question: show in public, mark, explain, lock up as a key."""

from __future__ import annotations

from cloudcrib.question.explaining import Reason, explain, reasons
from cloudcrib.question.kinds import (
    Choose,
    Item,
    Left,
    Match,
    Number,
    Option,
    Order,
    Question,
    Trap,
    from_key,
    public,
    right_choice,
    to_key,
)
from cloudcrib.question.marking import Mark, Part, Verdict, form_problem, mark, untouched
from cloudcrib.question.wording import as_markdown, is_answer, recorded, solution

__all__ = [
    "Choose",
    "Item",
    "Left",
    "Mark",
    "Match",
    "Number",
    "Option",
    "Order",
    "Part",
    "Question",
    "Reason",
    "Trap",
    "Verdict",
    "as_markdown",
    "explain",
    "form_problem",
    "from_key",
    "is_answer",
    "mark",
    "public",
    "reasons",
    "recorded",
    "right_choice",
    "solution",
    "to_key",
    "untouched",
]
