"""Choosing one and choosing several."""

from __future__ import annotations

from fake import CARD, MANY, ONE, Quiz, asked, state, things
from playwright.sync_api import expect


def test_a_choice_is_told_to_the_kernel_at_once(quiz: Quiz) -> None:
    quiz.show(ONE)

    quiz.page.get_by_label("Green").check()

    assert quiz.last("choose") | {"word": None} == {
        "type": "choose",
        "id": "one",
        "word": None,
        "choice": ["green"],
        "confidence": None,
    }


def test_one_choice_replaces_the_other(quiz: Quiz) -> None:
    quiz.show(ONE)

    quiz.page.get_by_label("Green").check()
    quiz.page.get_by_label("Blue").check()

    assert quiz.choices() == [["green"], ["blue"]]
    expect(quiz.page.locator("[data-chosen=true]")).to_have_text("Blue")


def test_several_choices_are_counted_and_told_in_the_order_shown(quiz: Quiz) -> None:
    quiz.show(MANY)
    task = quiz.page.locator(".crib-task")
    expect(task).to_have_text("0 of 2 chosen.")

    quiz.page.get_by_label("Oak").check()
    quiz.page.get_by_label("Ash").check()

    expect(task).to_have_text("2 of 2 chosen.")
    assert quiz.choices() == [["oak"], ["ash", "oak"]]


def test_one_choice_too_many_is_refused_in_words_and_not_told(quiz: Quiz) -> None:
    quiz.show(MANY)

    for name in ("Ash", "Elm", "Oak"):
        quiz.page.get_by_label(name).click()

    expect(quiz.page.locator(".crib-said")).to_have_text("Choose TWO: untick another one first.")
    expect(quiz.page.get_by_label("Oak")).not_to_be_checked()
    assert quiz.choices() == [["ash"], ["ash", "elm"]]


def test_a_refusal_outlives_the_kernels_late_word_and_ends_with_the_next_choice(quiz: Quiz) -> None:
    quiz.show(MANY)
    for name in ("Ash", "Elm", "Oak"):
        quiz.page.get_by_label(name).click()

    quiz.tell(state("many", ["ash", "elm"], "Ash and Elm", heard=quiz.heard()))
    expect(quiz.page.locator(".crib-said")).to_have_text("Choose TWO: untick another one first.")
    quiz.page.get_by_label("Elm").uncheck()

    expect(quiz.page.locator(".crib-said")).to_have_text("")
    assert quiz.choices()[-1] == ["ash"]


def test_what_was_chosen_before_is_shown(quiz: Quiz) -> None:
    quiz.show(MANY)

    quiz.tell(state("many", ["elm", "gone-since"], "Elm"))

    expect(quiz.page.get_by_label("Elm")).to_be_checked()
    expect(quiz.page.locator("input:checked")).to_have_count(1)
    expect(quiz.page.locator(".crib-task")).to_have_text("1 of 2 chosen.")


def test_two_views_of_one_question_do_not_share_their_choices(quiz: Quiz) -> None:
    """Radio buttons of one name exclude each other wherever they stand on a page."""
    quiz.show(ONE).show(ONE)

    for place in (0, 1):
        quiz.page.get_by_label("Green").nth(place).check()

    expect(quiz.page.locator("input:checked")).to_have_count(2)


def test_an_option_may_hold_code(quiz: Quiz) -> None:
    option = {"id": "code", "html": "Run <code>ls</code>", "plain": "Run ls"}

    quiz.show(asked("one", "choose-one", options=[option, *things(other="Other")]))

    expect(quiz.page.locator(".crib-option code")).to_have_text("ls")
    expect(quiz.page.get_by_role("radio", name="Run ls")).to_have_count(1)


def test_a_flash_card_is_turned_and_then_checked_with_one_press(quiz: Quiz) -> None:
    quiz.show(CARD)
    back = quiz.page.locator(".crib-back .crib-text")
    expect(back).to_be_hidden()

    quiz.page.get_by_text("Turn the card", exact=True).click()
    expect(back).to_have_text("Four")
    quiz.page.get_by_label("I knew it").check()

    assert quiz.last("check")["choice"] == ["recalled"]
    assert quiz.choices() == []
    expect(quiz.page.locator(".crib-quiz button")).to_have_count(0)
    expect(quiz.page.get_by_role("group", name="Flash card")).to_have_count(1)


def test_whoever_says_no_without_turning_the_card_sees_its_back(quiz: Quiz) -> None:
    quiz.show(CARD)

    quiz.page.get_by_label("I did not").check()

    expect(quiz.page.locator(".crib-back .crib-text")).to_have_text("Four")
    expect(quiz.page.locator(".crib-back .crib-text")).to_be_visible()
    assert quiz.last("check")["choice"] == ["forgot"]


def test_a_late_greeting_does_not_undo_what_was_chosen_before_it_came(quiz: Quiz) -> None:
    quiz.show(ONE)
    quiz.page.get_by_role("radio", name="Sure", exact=True).check()
    quiz.page.locator(".crib-option input").first.check()

    quiz.tell(state(ONE["id"], None))  # said by a kernel that had heard nothing yet

    expect(quiz.page.locator(".crib-option input").first).to_be_checked()
    expect(quiz.page.get_by_role("radio", name="Sure", exact=True)).to_be_checked()
