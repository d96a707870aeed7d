"""A quiz as a whole: what it greets with, its bar, its names, a release, a slow kernel, its end."""

from __future__ import annotations

import re

import pytest
from fake import FIGURE, KINDS, MANY, ONE, PAIRS, STEPS, Quiz, feedback, state
from playwright.sync_api import expect


def said(quiz: Quiz) -> str:
    return quiz.page.locator(".crib-said").inner_text()


def test_a_new_view_asks_to_be_brought_up_to_date(quiz: Quiz) -> None:
    quiz.show(ONE)

    assert quiz.said() == [{"type": "ready"}]


@pytest.mark.parametrize("mode", ["study", "release"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_text_as_name_and_its_task_as_description(quiz: Quiz, kind: str, mode: str) -> None:
    quiz.show(KINDS[kind], mode=mode)

    card = quiz.page.get_by_role("group", name=f"Which {kind}?")
    expect(card).to_have_attribute("data-kind", KINDS[kind]["kind"])
    expect(card).to_have_accessible_description(card.locator(".crib-task").inner_text())
    expect(card.locator("input, select, .crib-move").first).to_be_visible()


def test_questions_are_numbered_where_there_are_several(quiz: Quiz) -> None:
    quiz.show(ONE, FIGURE)

    expect(quiz.page.get_by_role("region", name="Quiz of 2 questions")).to_have_count(1)
    expect(quiz.page.get_by_role("group", name="Question 2 of 2. Which figure?")).to_have_count(1)


def test_a_single_question_has_no_number_and_no_bar(quiz: Quiz) -> None:
    quiz.show(ONE)

    expect(quiz.page.get_by_role("region", name="Quiz question")).to_have_count(1)
    expect(quiz.page.get_by_role("group", name=re.compile(r"^Question ?\. ?Which one"))).to_have_count(1)
    expect(quiz.page.locator(".crib-bar")).to_have_count(0)


def test_an_exam_scenario_says_so(quiz: Quiz) -> None:
    quiz.show(ONE | {"exam": True})

    expect(quiz.page.locator(".crib-chip")).to_have_text("Exam scenario")


def test_the_bar_counts_answers_and_shows_verdicts(quiz: Quiz) -> None:
    quiz.show(ONE, MANY, FIGURE, STEPS)
    count = quiz.page.locator(".crib-count")
    expect(count).to_have_text("0 of 4 answered")

    quiz.tell(state("one", ["red"], "Red"), state("figure", "7", "7"), feedback("figure", "INCORRECT"), state("steps"))
    quiz.tell(feedback("steps", "REVEALED"))

    expect(count).to_have_text("3 of 4 answered")
    dots = [each.get_attribute("data-state") for each in quiz.page.locator(".crib-dot").all()]
    assert dots == ["answered", "untouched", "incorrect", "answered"]


def test_a_question_whose_answer_was_taken_back_is_untouched_again(quiz: Quiz) -> None:
    quiz.show(ONE).tell(state("one", ["red"], "Red"))
    expect(quiz.card("one")).to_have_attribute("data-state", "answered")

    quiz.tell(state("one", []))

    expect(quiz.card("one")).to_have_attribute("data-state", "untouched")


def test_a_notice_about_the_record_stands_on_top_and_goes_away(quiz: Quiz) -> None:
    quiz.show(ONE)
    notice = quiz.page.locator(".crib-notice")

    quiz.tell(state("one", notice="The record was broken."))
    expect(notice).to_have_text("The record was broken.")
    quiz.tell(state("one"))

    expect(notice).to_have_text("")


def test_a_release_says_what_is_recorded_and_offers_no_check(quiz: Quiz) -> None:
    quiz.show(ONE, mode="release")
    quiz.tell(state("one"))
    expect(quiz.page.locator(".crib-said")).to_have_text("Nothing recorded yet.")

    quiz.page.get_by_label("Red").check()
    quiz.tell(state("one", ["red"], "<code>Red</code>", heard=quiz.heard()))

    expect(quiz.page.locator(".crib-said")).to_have_text("Recorded: Red")
    expect(quiz.page.locator(".crib-quiz button")).to_have_count(0)


def test_each_word_on_a_question_is_numbered_and_signed_by_its_view(quiz: Quiz) -> None:
    quiz.show(ONE, FIGURE)

    for name in ("Red", "Green"):
        quiz.page.get_by_label(name).check()
    quiz.page.get_by_role("textbox").press_sequentially("7\n")

    words = [(each["id"], *each["word"]) for each in quiz.said() if each["type"] != "ready"]
    (view,) = {view for _, view, _ in words}
    assert words == [("one", view, 1), ("one", view, 2), ("figure", view, 1), ("figure", view, 2)]


def test_the_kernels_word_on_an_earlier_choice_does_not_undo_a_later_one(quiz: Quiz) -> None:
    quiz.show(ONE)
    quiz.page.get_by_label("Red").check()
    quiz.page.get_by_label("Green").check()
    first, second = (each["word"] for each in quiz.said("choose"))

    quiz.tell(state("one", ["red"], "Red", heard=dict([first])))
    expect(quiz.page.get_by_label("Green")).to_be_checked()
    quiz.tell(state("one", ["blue"], "Blue", heard=dict([second])))

    expect(quiz.page.get_by_label("Blue")).to_be_checked()


def test_another_views_choice_is_shown_however_much_this_one_has_said(quiz: Quiz) -> None:
    quiz.show(ONE)
    quiz.page.get_by_label("Red").check()

    quiz.tell(state("one", ["blue"], "Blue", heard=quiz.heard() | {"another view": 1}))

    expect(quiz.page.get_by_label("Blue")).to_be_checked()


@pytest.mark.parametrize("heard", [{}, {"the view before": 7}], ids=["nobody", "the view before"])
def test_a_greeting_that_comes_late_does_not_undo_what_was_chosen_meanwhile(quiz: Quiz, heard: dict[str, int]) -> None:
    """JupyterLab draws a view anew when it scrolls back into sight; the kernel has heard of the old one only."""
    quiz.show(PAIRS)
    quiz.page.get_by_role("combobox", name="France").select_option("Paris")

    quiz.tell(state("pairs", {"it": "rome"}, "Italy", heard=heard))
    quiz.page.get_by_role("combobox", name="Italy").select_option("Rome")

    assert quiz.choices() == [{"fr": "paris"}, {"fr": "paris", "it": "rome"}]


def test_a_verdict_on_an_earlier_choice_is_not_shown_beside_a_later_one(quiz: Quiz) -> None:
    quiz.show(ONE)
    quiz.page.get_by_label("Red").check()
    quiz.press("Check")
    heard = quiz.heard()
    quiz.page.get_by_label("Green").check()

    quiz.tell(feedback("one", "CORRECT", heard=heard))

    expect(quiz.card("one")).not_to_have_attribute("data-verdict", "CORRECT")


def test_a_hint_asked_for_meanwhile_keeps_no_verdict_away(quiz: Quiz) -> None:
    quiz.show(ONE)
    quiz.page.get_by_label("Red").check()
    quiz.press("Check")
    heard = quiz.heard()
    quiz.press("Hint")

    quiz.tell(feedback("one", "CORRECT", heard=heard))

    expect(quiz.card("one")).to_have_attribute("data-verdict", "CORRECT")


def test_a_kernel_that_does_not_answer_is_named_after_a_while(quiz: Quiz) -> None:
    quiz.show(ONE)
    quiz.page.get_by_label("Red").check()

    quiz.wait(2400)
    before = said(quiz)
    quiz.wait(200)

    assert before == ""
    assert said(quiz) == "No answer from the kernel yet. It may be busy; if it was restarted, run this cell again."


def test_a_kernel_that_answers_in_time_is_not_complained_about_and_one_that_was_late_is_forgiven(quiz: Quiz) -> None:
    quiz.show(ONE)
    quiz.page.get_by_label("Red").check()
    quiz.tell(state("one", ["red"], "Red", heard=quiz.heard()))
    quiz.wait(5000)
    assert said(quiz) == ""

    quiz.page.get_by_label("Green").check()
    quiz.wait(5000)
    quiz.tell(state("one", ["green"], "Green", heard=quiz.heard()))

    assert said(quiz) == ""


def test_only_the_last_of_quick_choices_waits_for_an_answer(quiz: Quiz) -> None:
    quiz.show(ONE)
    quiz.page.get_by_label("Red").check()
    quiz.page.get_by_label("Green").check()

    quiz.tell(state("one", ["green"], "Green", heard=quiz.heard()))
    quiz.wait(5000)

    assert said(quiz) == ""


def test_a_kernel_that_is_gone_is_named_at_once(quiz: Quiz) -> None:
    quiz.show(ONE)
    quiz.page.evaluate("() => { views[0].gone = true; }")

    quiz.page.get_by_label("Red").check()

    assert said(quiz) == "The kernel is gone. Run this cell again."


def test_messages_for_other_questions_are_left_alone(quiz: Quiz) -> None:
    quiz.show(ONE)

    quiz.tell(state("elsewhere", ["red"], "Red"), feedback("elsewhere", "CORRECT"))

    expect(quiz.card("one")).to_have_attribute("data-state", "untouched")


def test_a_view_that_has_ended_listens_no_more(quiz: Quiz) -> None:
    quiz.show(ONE)

    quiz.end()

    assert quiz.page.evaluate("() => views[0].deaf()")
