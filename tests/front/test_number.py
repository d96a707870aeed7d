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
