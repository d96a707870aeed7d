"""Typing a figure."""

from __future__ import annotations

import pytest
from fake import FIGURE, Quiz, asked, feedback, part, state
from playwright.sync_api import Locator, expect


def field(quiz: Quiz) -> Locator:
    return quiz.page.get_by_role("textbox", name="Your answer, in addresses")


def test_a_figure_is_told_once_typing_has_rested(quiz: Quiz) -> None:
    quiz.show(FIGURE)

    field(quiz).press_sequentially("25")
    quiz.wait(300)
    field(quiz).press_sequentially("1")
    quiz.wait(300)
    before = quiz.choices()
    quiz.wait(100)

    assert (before, quiz.choices()) == ([], ["251"])


def test_leaving_the_field_tells_the_figure_at_once_and_only_once(quiz: Quiz) -> None:
    quiz.show(FIGURE)

    field(quiz).press_sequentially("7")
    field(quiz).blur()
    quiz.wait(1000)

    assert quiz.choices() == ["7"]


def test_enter_records_and_checks(quiz: Quiz) -> None:
    quiz.show(FIGURE)

    field(quiz).press_sequentially("7")
    quiz.key("Enter")

    assert [each["type"] for each in quiz.said()] == ["ready", "choose", "check"]
    assert quiz.last("check")["choice"] == "7"


@pytest.mark.parametrize("key", ["Shift+Enter", "Control+Enter"])
def test_the_notebooks_own_keys_check_nothing(quiz: Quiz, key: str) -> None:
    quiz.show(FIGURE)

    field(quiz).press_sequentially("7")
    quiz.key(key)

    assert quiz.said("check") == []


def test_in_a_release_enter_records_and_checks_nothing(quiz: Quiz) -> None:
    quiz.show(FIGURE, mode="release")

    field(quiz).press_sequentially("7")
    quiz.key("Enter")

    assert [each["type"] for each in quiz.said()] == ["ready", "choose"]


def test_check_takes_what_is_typed_and_not_yet_recorded(quiz: Quiz) -> None:
    quiz.show(FIGURE)

    field(quiz).press_sequentially("7")
    quiz.press("Check")

    assert quiz.choices() == ["7"]
    assert quiz.last("check")["choice"] == "7"


def test_the_kernels_word_does_not_overwrite_what_is_being_typed(quiz: Quiz) -> None:
    quiz.show(FIGURE)

    field(quiz).press_sequentially("25")
    quiz.tell(state("figure", "2", "2 addresses"))

    expect(field(quiz)).to_have_value("25")


@pytest.mark.parametrize(("choice", "shown"), [("7", "7"), (None, ""), (["red"], "")])
def test_what_was_typed_before_is_shown(quiz: Quiz, choice: object, shown: str) -> None:
    quiz.show(FIGURE)

    quiz.tell(state("figure", choice))

    expect(field(quiz)).to_have_value(shown)


def test_typing_takes_an_old_verdict_away(quiz: Quiz) -> None:
    quiz.show(FIGURE).tell(state("figure", "7", "7 addresses"), feedback("figure", "INCORRECT", part("", True, False)))
    verdict = quiz.page.locator(".crib-verdict")
    expect(verdict).to_be_visible()

    field(quiz).press_sequentially("1")

    expect(verdict).to_be_hidden()
    expect(quiz.page.locator(".crib-figure")).to_have_attribute("data-mark", "")


def test_a_wrong_figure_is_marked_with_its_reason(quiz: Quiz) -> None:
    quiz.show(FIGURE)

    quiz.tell(feedback("figure", "INCORRECT", part("", True, False, "As <b>at home</b>.")))

    expect(quiz.page.locator(".crib-figure")).to_have_attribute("data-mark", "wrong")
    expect(quiz.page.locator(".crib-why b")).to_have_text("at home")


def test_without_a_unit_the_task_and_the_field_name_none(quiz: Quiz) -> None:
    quiz.show(asked("figure", "number"))

    expect(quiz.page.locator(".crib-task")).to_have_text("Type a number.")
    expect(quiz.page.get_by_role("textbox", name="Your answer", exact=True)).to_have_count(1)


READ = {"text": "Read as 2 addresses.", "offers": []}
TWO = {"text": "This can be read in two ways: is it 1 or 1000?", "offers": ["1", "1000"]}
NONE = {"text": "This is not understood as a number. Type digits.", "offers": []}


def test_how_a_figure_was_understood_is_said_and_goes_away_with_the_next(quiz: Quiz) -> None:
    quiz.show(FIGURE)
    said = quiz.page.locator(".crib-said")

    quiz.tell(state("figure", "2,0", "2", remark=READ))
    expect(said).to_have_text("Read as 2 addresses.")
    quiz.tell(state("figure", "2", "2"))

    expect(said).to_have_text("")


def test_a_figure_that_can_be_read_in_two_ways_is_asked_back_and_a_press_answers(quiz: Quiz) -> None:
    quiz.show(FIGURE)
    field(quiz).press_sequentially("1.000")
    quiz.press("Check")
    quiz.tell(state("figure", "1.000", "1", remark=TWO, heard=quiz.heard()))
    expect(quiz.page.locator(".crib-remark")).to_have_text(TWO["text"])

    quiz.press("1000")

    assert quiz.choices() == ["1.000", "1000"]
    expect(field(quiz)).to_have_value("1000")
    expect(field(quiz)).to_be_focused()


def test_a_text_that_is_no_number_is_no_answer(quiz: Quiz) -> None:
    quiz.show(FIGURE)

    quiz.tell(state("figure", "many", "", remark=NONE))

    expect(quiz.page.locator(".crib-said")).to_have_text(NONE["text"])
    expect(quiz.card("figure")).to_have_attribute("data-state", "untouched")


@pytest.mark.parametrize(
    ("words", "remark", "shown"),
    [
        ("<code>2,0</code>, read as 2 addresses", READ, "Recorded: 2,0, read as 2 addresses"),
        ("", NONE, f"No answer yet. {NONE['text']}"),
        ("<code>1.000</code>, read as 1", TWO, f"Recorded: 1.000, read as 1 {TWO['text']}11000"),
    ],
    ids=["read", "not understood", "two ways"],
)
def test_a_release_says_what_is_recorded_and_what_is_unclear_about_it(
    quiz: Quiz, words: str, remark: dict[str, object], shown: str
) -> None:
    quiz.show(FIGURE, mode="release")

    quiz.tell(state("figure", "…", words, remark=remark))

    expect(quiz.page.locator(".crib-said")).to_have_text(shown)
