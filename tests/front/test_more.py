"""Questions on top: more of the same, and those that tell two ideas apart."""

from __future__ import annotations

from fake import FIGURE, ONE, Quiz, asked, feedback, more, state
from playwright.sync_api import expect

AGAIN = feedback("one", "INCORRECT", again={"html": "This one has come back.", "ask": "figure"})


def draw(number: int) -> dict[str, object]:
    """A draw of the question that asks for a figure."""
    return FIGURE | {"id": f"figure~{number}", "another": True}


def ids(quiz: Quiz) -> list[str | None]:
    return [each.get_attribute("data-question") for each in quiz.page.locator(".crib-question").all()]


def test_another_one_stands_below_the_one_it_came_from_under_its_title(quiz: Quiz) -> None:
    quiz.show(draw(0) | {"id": "figure"}, ONE)

    quiz.tell(more(draw(1), after="figure"))

    assert ids(quiz) == ["figure", "figure~1", "one"]
    expect(quiz.page.get_by_role("group", name="Another one like this")).to_have_class("crib-question crib-more")


def test_another_draw_takes_the_place_of_the_one_before(quiz: Quiz) -> None:
    quiz.show(draw(0) | {"id": "figure"})

    quiz.tell(more(draw(1), after="figure"), more(draw(2), after="figure"))

    assert ids(quiz) == ["figure", "figure~2"]


def test_a_draw_that_is_shown_already_is_not_shown_anew(quiz: Quiz) -> None:
    """The kernel greets every view, and one that was typed in must stay as it is."""
    quiz.show(draw(0) | {"id": "figure"}).tell(more(draw(1), after="figure"))
    quiz.card("figure~1").get_by_role("textbox").press_sequentially("7")

    quiz.tell(more(draw(1), after="figure"))

    expect(quiz.card("figure~1").get_by_role("textbox")).to_have_value("7")


def test_a_question_without_draws_is_asked_afresh(quiz: Quiz) -> None:
    apart = asked("figure~", "number")
    quiz.show(ONE).tell(more(apart, after="one"))
    quiz.page.get_by_role("textbox").press_sequentially("7")

    quiz.tell(more(apart, after="one"))

    expect(quiz.page.get_by_role("textbox")).to_have_value("")
    assert ids(quiz) == ["one", "figure~"]


def test_one_whose_origin_is_not_here_stands_at_the_end(quiz: Quiz) -> None:
    quiz.show(ONE)

    quiz.tell(more(draw(1), after="elsewhere"))

    assert ids(quiz) == ["one", "figure~1"]


def test_the_one_that_was_asked_for_gets_the_focus(quiz: Quiz) -> None:
    quiz.show(draw(0) | {"id": "figure"}).tell(feedback("figure", "CORRECT"))

    quiz.press("Another one like this")
    quiz.tell(more(draw(1), after="figure"))

    assert quiz.last("another")["id"] == "figure"
    expect(quiz.card("figure~1").get_by_role("textbox")).to_be_focused()


def test_a_sibling_of_the_one_that_was_asked_for_gets_the_focus(quiz: Quiz) -> None:
    quiz.show(ONE | {"another": True}).tell(feedback("one", "CORRECT"))

    quiz.press("Another one like this")
    quiz.tell(more(ONE | {"id": "other~5", "another": True}, after="one"))

    expect(quiz.card("other~5").get_by_role("radio").first).to_be_focused()


def test_one_press_brings_the_focus_once(quiz: Quiz) -> None:
    quiz.show(draw(0) | {"id": "figure"}).tell(feedback("figure", "CORRECT"))
    quiz.press("Another one like this")
    quiz.tell(more(draw(1), after="figure"))
    quiz.page.get_by_role("button", name="Elsewhere").focus()

    quiz.tell(more(draw(2), after="figure"))

    expect(quiz.page.get_by_role("button", name="Elsewhere")).to_be_focused()


def test_one_that_nobody_asked_for_here_takes_no_focus(quiz: Quiz) -> None:
    quiz.show(ONE)
    quiz.page.get_by_role("button", name="Elsewhere").focus()

    quiz.tell(more(draw(1), after="one"))

    expect(quiz.page.get_by_role("button", name="Elsewhere")).to_be_focused()


def test_the_question_on_top_is_answered_judged_and_followed_by_the_next(quiz: Quiz) -> None:
    quiz.show(draw(0) | {"id": "figure"}).tell(more(draw(1), after="figure"))
    extra = quiz.card("figure~1")

    extra.get_by_role("textbox").press_sequentially("7\n")
    quiz.tell(state("figure~1", "7", "7"), feedback("figure~1", "CORRECT", title="Correct"))
    extra.get_by_role("button", name="Another one like this").click()
    quiz.tell(more(draw(2), after="figure~1"))

    assert (quiz.last("check")["id"], quiz.last("another")["id"]) == ("figure~1", "figure~1")
    assert ids(quiz) == ["figure", "figure~2"]


def test_questions_on_top_do_not_count_in_the_bar(quiz: Quiz) -> None:
    quiz.show(ONE, FIGURE)

    quiz.tell(more(draw(1), after="figure"), state("figure~1", "7", "7"))

    expect(quiz.page.locator(".crib-count")).to_have_text("0 of 2 answered")


def test_a_mistake_that_came_back_is_named_and_the_question_that_settles_it_can_be_asked_for(quiz: Quiz) -> None:
    quiz.show(ONE).tell(AGAIN)
    expect(quiz.page.locator(".crib-again p")).to_have_text("This one has come back.")

    quiz.press("Ask me what tells them apart")
    quiz.tell(more(draw(1), after="one", title="To tell the two apart"))

    assert (quiz.last("apart")["id"], quiz.last("apart")["ask"]) == ("one", "figure")
    expect(quiz.card("figure~1").get_by_role("textbox")).to_be_focused()


def test_where_no_question_settles_it_none_is_offered(quiz: Quiz) -> None:
    quiz.show(ONE)

    quiz.tell(AGAIN | {"again": {"html": "This one has come back.", "ask": ""}})

    expect(quiz.page.get_by_role("button", name="Ask me what tells them apart")).to_have_count(0)


def test_a_question_that_comes_ends_the_wait_for_it(quiz: Quiz) -> None:
    quiz.show(draw(0) | {"id": "figure"}).tell(feedback("figure", "CORRECT"))

    quiz.press("Another one like this")
    quiz.tell(more(draw(1), after="figure"))
    quiz.wait(5000)

    expect(quiz.card("figure").locator(".crib-said")).to_have_text("")
