"""Flash cards made of facts: a sentence with its figures hidden, or what the sheet said and what became of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from cloudcrib.course.facts import CHANGES, Fact, figure
from cloudcrib.kit.richtext import inline
from cloudcrib.question.kinds import Choose, Option, Question, public

HIDDEN = "**[…]**"
KNEW, NOT = "recalled", "forgot"


@dataclass(frozen=True)
class FactCard:
    """Two sides of one fact, in Markdown."""

    id: str
    front: str
    back: str
    cue: bool = False  # the front only names the fact


def card(fact: Fact, turn: int = 0) -> FactCard:
    """The best question that a fact can be made into; where it has several figures, another one each turn."""
    back = f"{fact.today}" + (f"\n\n*On the exam:* {fact.exam}" if fact.exam else "")
    if fact.status in CHANGES and fact.then:
        return FactCard(fact.id, f"An old study sheet says: {fact.then}\n\nWhat holds today?", back)
    hidden = cloze(fact, turn)
    if hidden != fact.today:
        return FactCard(fact.id, hidden, back)
    words = fact.id.replace("-", " ")
    return FactCard(fact.id, f"What holds today about **{words}**?", back, cue=True)


def cloze(fact: Fact, turn: int = 0) -> str:
    """The fact with one of its own figures hidden, one that stands in it once if there is such a one; another each turn."""
    found = [_blanked(fact.today, value) for value in dict.fromkeys(fact.values.values())]
    blanks = [text for text, places in found if places == 1] or [text for text, places in found if places]
    return blanks[turn % len(blanks)] if blanks else fact.today


def _blanked(text: str, value: Any) -> tuple[str, int]:
    """The text without a figure, and how often that was there."""
    spellings = "|".join(re.escape(each) for each in {str(value), figure(value)} if re.fullmatch(r"[\d.,]+", each))
    return re.subn(rf"(?<![\w.,])(?:{spellings})(?!\w|[.,]\d)", HIDDEN, text) if spellings else (text, 0)


def question(slug: str, fact: Fact, turn: int = 0) -> Question:
    """A flash card as the quiz asks it: the learner looks, and says whether they knew."""
    options = (
        Option(KNEW, "I knew it", "It comes back later, and later each time.", right=True),
        Option(NOT, "I did not", "It comes back tomorrow; read it once more, and it will stay longer."),
    )
    one = card(fact, turn)
    return Question(f"{slug}-card-{fact.id}", "choose-one", one.front, (), "", "recall", (fact.id,), Choose(options))


def shown(made: Question, fact: Fact) -> dict[str, Any]:
    """A card as the browser gets it: what is pressed every day stays in its place."""
    options = made.body.options if isinstance(made.body, Choose) else ()
    in_place = [{"id": option.id, "text": option.text} for option in options]
    return public(made) | {"options": in_place, "back": behind(fact)}


def behind(fact: Fact) -> str:
    """What a learner sees who turns the card, as HTML."""
    return inline(card(fact).back)
