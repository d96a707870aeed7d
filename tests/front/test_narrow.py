"""A card is as wide as its notebook leaves it: beside a file browser, or at twice the size."""

from __future__ import annotations

import pytest
from fake import FIGURE, MANY, PAIRS, STEPS, Quiz, asked, feedback, part, things

LONG = asked(
    "pairs",
    "match",
    left=things(fr="An internet-facing load balancer in two Availability Zones", it="A database that talks to nobody"),
    right=things(rome="private subnet, default route to NAT", paris="isolated subnet, local route only"),
)


def widths(quiz: Quiz, width: int, selector: str) -> list[float]:
    """How wide things are where the notebook leaves so much room."""
    quiz.page.locator("main").evaluate("(main, width) => { main.style.width = `${width}px`; }", width)
    return [box["width"] for each in quiz.page.locator(selector).all() if (box := each.bounding_box())]


@pytest.mark.parametrize("width", [99, 200, 280, 400, 500])
def test_in_a_narrow_card_a_match_stacks_and_its_texts_take_the_whole_width(quiz: Quiz, width: int) -> None:
    quiz.show(LONG)

    assert min(widths(quiz, width, ".crib-pair > .crib-text")) > 0.6 * width
    assert min(widths(quiz, width, ".crib-pair > select")) > 0.4 * width


def test_in_a_wide_card_partners_stand_side_by_side(quiz: Quiz) -> None:
    quiz.show(LONG)
    widths(quiz, 700, "main")

    tops = [
        quiz.page.locator(f".crib-pair > {each}").first.evaluate("(node) => node.getBoundingClientRect().top")
        for each in (".crib-text", "select")
    ]

    assert abs(tops[0] - tops[1]) < 20


@pytest.mark.parametrize("width", [140, 200, 280, 400])
def test_nothing_sticks_out_of_a_narrow_card(quiz: Quiz, width: int) -> None:
    quiz.show(LONG, MANY, STEPS, FIGURE, confidence=False)
    quiz.tell(feedback("pairs", "PARTIAL", part("fr", True, False, "Because it is so.")))
    quiz.tell(feedback("steps", "PARTIAL", part("dry", True, False, "Because it is so.")))
    widths(quiz, width, "main")

    out = quiz.page.locator(".crib-quiz").evaluate(
        """(quiz) => [...quiz.querySelectorAll(":not(option)")].filter((each) => !each.closest(".crib-unseen"))
            .filter((each) => each.getBoundingClientRect().right > quiz.getBoundingClientRect().right + 1)
            .map((each) => each.className || each.tagName)"""
    )

    assert out == []


@pytest.mark.parametrize("width", [99, 200, 400])
def test_the_texts_of_an_order_keep_room_beside_their_buttons(quiz: Quiz, width: int) -> None:
    quiz.show(STEPS)

    assert min(widths(quiz, width, ".crib-line > .crib-text")) > 0.4 * width


def test_the_width_of_the_window_says_nothing(quiz: Quiz) -> None:
    quiz.show(PAIRS)

    assert quiz.page.evaluate("innerWidth") == 900
    assert widths(quiz, 400, ".crib-pair > .crib-text") > widths(quiz, 700, ".crib-pair > .crib-text")
