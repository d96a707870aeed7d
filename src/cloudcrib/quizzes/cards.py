"""Flash cards in a quiz: the learner judges, and nobody judges them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cloudcrib.kit.richtext import inline
from cloudcrib.question.kinds import Choose, Question
from cloudcrib.question.marking import Mark, Verdict
from cloudcrib.quizzes.protocol import Judgement

BACK = "back"  # of a question as shown: what stands on the other side


def is_card(shown: Mapping[str, Any]) -> bool:
    """Whether a question is a card to turn."""
    return BACK in shown


def turned(card: Question, found: Mark) -> Judgement:
    """What is said to somebody who has said whether they knew: no mark, and no blame for an honest no."""
    knew = found.verdict is Verdict.CORRECT
    options = card.body.options if isinstance(card.body, Choose) else ()
    return {
        "verdict": "CORRECT" if knew else "REVEALED",
        "title": "You knew it" if knew else "Good to know",
        "detail": "",
        "parts": [],
        "solution": "",
        "general": inline(next((option.why for option in options if option.right == knew), "")),
        "read": "",
    }
