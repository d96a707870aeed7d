"""What a quiz says to somebody who has said whether they knew a card."""

from __future__ import annotations

import pytest

from cloudcrib.question.kinds import Choose, Option, Question
from cloudcrib.question.marking import mark
from cloudcrib.quizzes.cards import is_card, turned

CARD = Question(
    "vpc-card-five",
    "choose-one",
    "AWS keeps […] addresses.",
    (),
    "",
    "recall",
    (),
    Choose(
        (Option("recalled", "I knew it", "It stays.", right=True), Option("forgot", "I did not", "It comes *back*."))
    ),
)


@pytest.mark.parametrize(
    ("choice", "verdict", "title", "general"),
    [
        ("recalled", "CORRECT", "You knew it", "It stays."),
        ("forgot", "REVEALED", "Good to know", "It comes <em>back</em>."),
    ],
)
def test_an_honest_no_is_no_mistake(choice: str, verdict: str, title: str, general: str) -> None:
    said = turned(CARD, mark(CARD, [choice]))

    assert (said["verdict"], said["title"], said["general"], said["parts"]) == (verdict, title, general, [])


def test_a_card_is_known_by_its_back() -> None:
    assert is_card({"id": "x~", "back": "Five"}) and not is_card({"id": "x"})
