"""Flash cards made of facts: a sentence with its figures hidden, or what the sheet said and what became of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cloudcrib.course.facts import CHANGES, Fact, figure
from cloudcrib.kit.richtext import inline
from cloudcrib.question.kinds import Choose, Option, Question

HIDDEN = "**[…]**"
KNEW, NOT = "recalled", "forgot"


@dataclass(frozen=True)
class FactCard:
    """Two sides of one fact, in Markdown."""

    id: str
    front: str
    back: str
    cue: bool = False  # the front only names the fact


def card(fact: Fact) -> FactCard:
    """The best question that a fact can be made into."""
    back = f"{fact.today}" + (f"\n\n*On the exam:* {fact.exam}" if fact.exam else "")
    if fact.status in CHANGES and fact.then:
        return FactCard(fact.id, f"An old study sheet says: {fact.then}\n\nWhat holds today?", back)
    hidden = cloze(fact)
    if hidden != fact.today:
        return FactCard(fact.id, hidden, back)
    words = fact.id.replace("-", " ")
    return FactCard(fact.id, f"What holds today about **{words}**?", back, cue=True)


def cloze(fact: Fact) -> str:
    """The fact with its own figures hidden."""
    text = fact.today
    for value in sorted(
        {str(v) for v in fact.values.values()} | {figure(v) for v in fact.values.values()}, key=len, reverse=True
    ):
        if re.fullmatch(r"[\d.,]+", value):
            text = re.sub(rf"(?<![\w.,]){re.escape(value)}(?!\w|[.,]\d)", HIDDEN, text)
    return text


def question(slug: str, fact: Fact) -> Question:
    """A flash card as the quiz asks it: the learner looks, and says whether they knew."""
    options = (
        Option(KNEW, "I knew it", "Good. It comes back later, and later each time.", right=True),
        Option(NOT, "I did not", "It comes back tomorrow."),
    )
    one = card(fact)
    return Question(f"{slug}-card-{fact.id}", "choose-one", one.front, (), "", "recall", (fact.id,), Choose(options))


def behind(fact: Fact) -> str:
    """What a learner sees who turns the card, as HTML."""
    return inline(card(fact).back)
