"""How long a question was in sight, as a check tells the kernel."""

from __future__ import annotations

import pytest
from fake import FIGURE, ONE, Quiz, feedback, state
from playwright.sync_api import Page

FAR = '<div style="height: 3000px"></div>'
TURN = """(seen) => {
  Object.defineProperty(document, "visibilityState", { value: seen, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
# A later observer is told in the same frame as earlier ones, after them.
SEEN = """() => new Promise((done) => {
  const observer = new IntersectionObserver(() => { observer.disconnect(); done(); });
  observer.observe(document.querySelector(".crib-question"));
})"""


def settled(page: Page) -> None:
    """Wait until the browser has told the quiz what is in sight."""
    page.evaluate(SEEN)


def shown(quiz: Quiz, *questions: dict[str, object]) -> Quiz:
    quiz.show(*questions)
    settled(quiz.page)
    return quiz


def seconds(quiz: Quiz, id: str = "one") -> float:
    quiz.page.evaluate("(id) => document.querySelector(`[data-question=${id}] .crib-primary`).click()", id)
    found: float = quiz.last("check")["seconds"]
    return found


def sign(quiz: Quiz) -> None:
    """A sign of life, which moves nothing."""
    quiz.page.evaluate("() => window.dispatchEvent(new Event('pointermove'))")


def test_time_in_sight_is_counted(quiz: Quiz) -> None:
    shown(quiz, ONE)

    quiz.wait(7000)

    assert seconds(quiz) == pytest.approx(7)


def test_time_in_the_background_is_not(quiz: Quiz) -> None:
    shown(quiz, ONE)

    quiz.wait(2000)
    quiz.page.evaluate(TURN, "hidden")
    quiz.wait(600_000)
    quiz.page.evaluate(TURN, "visible")
    quiz.wait(3000)

    assert seconds(quiz) == pytest.approx(5)


def test_time_out_of_sight_is_not(quiz: Quiz) -> None:
    quiz.page.evaluate("(far) => document.querySelector('main').insertAdjacentHTML('beforebegin', far)", FAR)
    shown(quiz, ONE)

    quiz.wait(5000)
    quiz.card("one").scroll_into_view_if_needed()
    settled(quiz.page)
    quiz.wait(2000)
    quiz.page.evaluate("() => window.scrollTo(0, 0)")
    settled(quiz.page)
    quiz.wait(4000)

    assert seconds(quiz) == pytest.approx(2)


def test_a_question_taller_than_the_window_is_in_sight_when_it_fills_half_of_it(quiz: Quiz) -> None:
    shown(quiz, ONE | {"stem": FAR})

    quiz.wait(3000)

    assert seconds(quiz) == pytest.approx(3)


def test_without_any_sign_of_the_learner_two_minutes_count(quiz: Quiz) -> None:
    shown(quiz, ONE)
    sign(quiz)

    quiz.wait(600_000)

    assert seconds(quiz) == pytest.approx(120)


def test_after_a_long_silence_time_counts_from_the_next_sign(quiz: Quiz) -> None:
    shown(quiz, ONE)
    sign(quiz)

    quiz.wait(600_000)
    sign(quiz)
    quiz.wait(10_000)

    assert seconds(quiz) == pytest.approx(130)


def test_signs_of_life_keep_the_clock_running(quiz: Quiz) -> None:
    shown(quiz, ONE)

    for _ in range(4):
        quiz.wait(100_000)
        sign(quiz)

    assert seconds(quiz) == pytest.approx(400)


def test_each_attempt_is_counted_from_the_verdict_before(quiz: Quiz) -> None:
    shown(quiz, ONE)
    quiz.wait(5000)
    assert seconds(quiz) == pytest.approx(5)

    quiz.tell(state("one", ["red"], "Red"), feedback("one", "INCORRECT"))
    quiz.wait(3000)
    quiz.press("Try again")

    assert seconds(quiz) == pytest.approx(3)


def test_reading_the_answer_starts_no_new_count(quiz: Quiz) -> None:
    shown(quiz, ONE)
    quiz.wait(5000)

    quiz.tell(feedback("one", "REVEALED"))
    quiz.wait(3000)
    quiz.press("Try again")

    assert seconds(quiz) == pytest.approx(8)


def test_questions_side_by_side_have_clocks_of_their_own(quiz: Quiz) -> None:
    shown(quiz, ONE, FIGURE)
    quiz.wait(4000)

    quiz.tell(feedback("one", "INCORRECT"))
    quiz.wait(2000)
    quiz.page.get_by_role("button", name="Try again").click()

    assert (seconds(quiz, "one"), seconds(quiz, "figure")) == (pytest.approx(2), pytest.approx(6))


def test_a_view_that_has_ended_watches_no_more(quiz: Quiz) -> None:
    quiz.page.evaluate(
        "() => { const end = IntersectionObserver.prototype.disconnect; IntersectionObserver.prototype.disconnect = function () { window.ended = true; end.call(this); }; }"
    )
    quiz.show(ONE)

    quiz.end()

    assert quiz.page.evaluate("() => window.ended")


def test_in_a_release_no_time_is_taken(quiz: Quiz) -> None:
    quiz.page.evaluate(
        "() => { window.IntersectionObserver = class { constructor() { throw new Error('watched'); } }; }"
    )

    quiz.show(ONE, mode="release")

    assert quiz.said() == [{"type": "ready"}]
