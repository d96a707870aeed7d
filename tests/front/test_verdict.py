"""What the kernel says of a checked choice, and what the learner can do then."""

from __future__ import annotations

import pytest
from fake import FIGURE, KINDS, ONE, PAIRS, STEPS, Quiz, feedback, hint, part, state
from playwright.sync_api import Locator, expect

WRONG = feedback("one", "INCORRECT", part("green", True, False, "Not <b>green</b>."))
RIGHT = feedback("one", "CORRECT", part("red", True, True, "Yes."), part("blue", False, False, "No."))
REVEALED = feedback("one", "REVEALED", part("green", True, False), part("red", False, True), solution="<b>Red</b>")


def buttons(quiz: Quiz) -> list[str]:
    return quiz.page.locator(".crib-foot .crib-button:visible").all_inner_texts()


def verdict(quiz: Quiz) -> Locator:
    return quiz.page.get_by_role("group", name="Verdict")


def test_a_verdict_carries_title_detail_and_whatever_reasons_are_due(quiz: Quiz) -> None:
    quiz.show(ONE)
    reasons = {"detail": "1 of 2 found.", "general": "Because.", "read": '<a href="https://x">Read</a>'}

    quiz.tell(feedback("one", "PARTIAL", title="Partly right", **reasons))

    assert verdict(quiz).locator("p").all_inner_texts() == ["◐Partly right 1 of 2 found.", "Because.", "Read"]


@pytest.mark.parametrize(
    ("said", "marks"),
    [
        (WRONG, {"red": "", "green": "wrong", "blue": ""}),
        (RIGHT, {"red": "right", "green": "", "blue": "other"}),
        (REVEALED, {"red": "missed", "green": "wrong", "blue": ""}),
    ],
    ids=["wrong", "right", "revealed"],
)
def test_each_option_is_marked_by_whether_it_was_chosen_and_whether_it_is_right(
    quiz: Quiz, said: dict[str, object], marks: dict[str, str]
) -> None:
    quiz.show(ONE)

    quiz.tell(said)

    rows = quiz.page.locator(".crib-option")
    found = {row.locator("input").input_value(): row.get_attribute("data-mark") for row in rows.all()}
    assert found == marks


def test_reasons_stand_with_their_options(quiz: Quiz) -> None:
    quiz.show(ONE)

    quiz.tell(WRONG)

    expect(quiz.page.locator(".crib-why:visible")).to_have_text("Not green.")
    expect(quiz.page.locator(".crib-option", has_text="Not green.").locator("input")).to_have_value("green")


@pytest.mark.parametrize(
    ("told", "offered"),
    [
        ([], ["Check", "Hint"]),
        ([WRONG], ["Try again", "Hint", "Show the answer"]),
        ([RIGHT], ["Try again"]),
        ([WRONG, REVEALED], ["Try again"]),
    ],
    ids=["untouched", "wrong", "right", "revealed"],
)
def test_only_buttons_that_make_sense_now_are_offered(
    quiz: Quiz, told: list[dict[str, object]], offered: list[str]
) -> None:
    quiz.show(ONE)

    quiz.tell(*told)

    assert buttons(quiz) == offered


def test_another_one_is_offered_after_a_verdict_where_there_are_more(quiz: Quiz) -> None:
    quiz.show(ONE | {"another": True})
    before = buttons(quiz)

    quiz.tell(RIGHT)

    assert "Another one like this" not in before
    assert buttons(quiz) == ["Try again", "Another one like this"]


def test_the_answer_is_asked_for_and_shown(quiz: Quiz) -> None:
    quiz.show(ONE).tell(WRONG)

    quiz.press("Show the answer")
    quiz.tell(REVEALED)

    assert quiz.said("reveal")
    expect(verdict(quiz).locator("b")).to_have_text("Red")
    expect(quiz.card("one")).to_have_class("crib-question crib-revealed")


def test_the_verdict_gets_the_focus_when_the_button_that_had_it_goes_away(quiz: Quiz) -> None:
    quiz.show(ONE)
    quiz.press("Check")

    quiz.tell(WRONG)

    expect(verdict(quiz)).to_be_focused()


def test_a_verdict_takes_no_focus_from_elsewhere(quiz: Quiz) -> None:
    quiz.show(ONE)
    quiz.page.get_by_role("button", name="Elsewhere").focus()

    quiz.tell(WRONG)

    expect(quiz.page.get_by_role("button", name="Elsewhere")).to_be_focused()


def test_check_gets_the_focus_when_a_choice_made_elsewhere_takes_the_button_away_that_had_it(quiz: Quiz) -> None:
    quiz.show(ONE).tell(state("one", ["green"], "Green"), WRONG)
    quiz.page.get_by_role("button", name="Try again").focus()

    quiz.tell(state("one", ["blue"], "Blue"))

    expect(quiz.page.get_by_role("button", name="Check")).to_be_focused()


def test_trying_again_clears_what_was_picked_and_the_verdict(quiz: Quiz) -> None:
    quiz.show(ONE).tell(state("one", ["green"], "Green", confidence="sure"), WRONG)

    quiz.press("Try again")

    expect(quiz.page.locator("input:checked")).to_have_count(0)
    expect(verdict(quiz)).to_be_hidden()
    assert (quiz.last("choose")["choice"], quiz.last("choose")["confidence"]) == ([], None)
    expect(quiz.page.get_by_label("Red")).to_be_focused()


@pytest.mark.parametrize(
    ("asked", "choice"),
    [(FIGURE, "7"), (STEPS, ["dry", "wash", "rinse"]), (PAIRS, {"fr": "rome"})],
    ids=["figure", "steps", "pairs"],
)
def test_trying_again_keeps_what_took_work(quiz: Quiz, asked: dict[str, str], choice: object) -> None:
    quiz.show(asked).tell(state(asked["id"], choice, "so"), feedback(asked["id"], "INCORRECT"))

    quiz.press("Try again")
    quiz.press("Check")

    assert quiz.choices() == []
    assert quiz.last("check")["choice"] == choice


def test_a_new_choice_takes_an_old_verdict_away(quiz: Quiz) -> None:
    quiz.show(ONE).tell(state("one", ["green"], "Green"), WRONG)

    quiz.page.get_by_label("Red").check()

    expect(verdict(quiz)).to_be_hidden()
    expect(quiz.page.locator("[data-mark=wrong]")).to_have_count(0)
    expect(quiz.card("one")).to_have_attribute("data-state", "answered")


def test_a_choice_made_elsewhere_takes_an_old_verdict_away_and_the_same_one_does_not(quiz: Quiz) -> None:
    quiz.show(ONE).tell(state("one", ["green"], "Green"), WRONG)

    quiz.tell(state("one", ["green"], "Green"))
    expect(verdict(quiz)).to_be_visible()
    quiz.tell(state("one", ["blue"], "Blue"))

    expect(verdict(quiz)).to_be_hidden()
    expect(quiz.page.get_by_label("Blue")).to_be_checked()


def test_hints_are_asked_for_one_at_a_time_until_there_are_no_more(quiz: Quiz) -> None:
    quiz.show(ONE)

    quiz.press("Hint")
    quiz.tell(hint("one", 1, 2))
    quiz.press("Next hint")
    quiz.tell(hint("one", 2, 2))

    assert [each["seen"] for each in quiz.said("hint")] == [0, 1]
    assert quiz.page.locator(".crib-hint-name").all_inner_texts() == ["Hint 1 of 2", "Hint 2 of 2"]
    expect(quiz.page.get_by_role("button", name="No more hints")).to_have_attribute("aria-disabled", "true")


def test_after_the_last_hint_the_button_asks_for_none(quiz: Quiz) -> None:
    quiz.show(ONE).tell(hint("one", 1, 2), hint("one", 2, 2))

    quiz.page.get_by_role("button", name="No more hints").click(force=True)
    quiz.wait(5000)

    assert quiz.said("hint") == []
    expect(quiz.page.get_by_text("No answer from the kernel")).to_have_count(0)
    expect(quiz.page.locator(".crib-hint")).to_have_count(2)


def test_a_hint_is_read_out(quiz: Quiz) -> None:
    quiz.show(ONE)

    quiz.tell(hint("one", 1, 2))

    expect(quiz.page.get_by_role("status").filter(has_text="Hint")).to_have_text("Hint 1: Think 1")


def test_a_sentence_of_the_kernel_stands_below_the_question(quiz: Quiz) -> None:
    quiz.show(ONE)

    quiz.press("Check")
    quiz.tell({"type": "say", "id": "one", "text": "Choose an answer first."})

    expect(quiz.page.locator(".crib-said")).to_have_text("Choose an answer first.")
    assert quiz.last("check")["choice"] is None


def test_how_sure_one_is_travels_with_the_choice(quiz: Quiz) -> None:
    quiz.show(ONE)

    quiz.page.get_by_label("Sure", exact=True).check()
    before = quiz.said("choose")
    quiz.page.get_by_label("Green").check()
    quiz.page.get_by_label("Guess").check()
    quiz.press("Check")

    assert before == []  # nothing to be sure of yet
    assert [each["confidence"] for each in quiz.said("choose")] == ["sure", "guess"]
    assert quiz.last("check")["confidence"] == "guess"


def test_how_sure_one_was_is_shown_again_and_not_asked_after_a_verdict(quiz: Quiz) -> None:
    quiz.show(ONE)

    quiz.tell(state("one", ["red"], "Red", confidence="think"))
    expect(quiz.page.get_by_label("Think so")).to_be_checked()
    quiz.tell(RIGHT)

    expect(quiz.page.locator(".crib-confidence")).to_be_hidden()


def test_nobody_is_asked_how_sure_they_are_where_the_course_does_not_want_it(quiz: Quiz) -> None:
    quiz.show(ONE, confidence=False)

    expect(quiz.page.locator(".crib-confidence")).to_have_count(0)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_checked_and_judged(quiz: Quiz, kind: str) -> None:
    quiz.show(KINDS[kind])

    quiz.press("Check")
    quiz.tell(feedback(kind, "CORRECT", title="Correct"))

    expect(verdict(quiz)).to_contain_text("Correct")
    expect(quiz.card(kind)).to_have_attribute("data-state", "correct")
