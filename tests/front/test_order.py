"""Putting things in order, by buttons, by keys and by dragging."""

from __future__ import annotations

import pytest
from fake import STEPS, Quiz, feedback, part, state
from playwright.sync_api import expect


def order(quiz: Quiz) -> list[str]:
    return quiz.page.locator(".crib-item .crib-text").all_inner_texts()


def test_an_arrow_button_moves_an_item_and_tells_the_whole_order(quiz: Quiz) -> None:
    quiz.show(STEPS)

    quiz.press("Move down: Wash")

    assert order(quiz) == ["Rinse", "Wash", "Dry"]
    assert quiz.choices() == [["rinse", "wash", "dry"]]
    expect(quiz.page.locator(".crib-said")).to_have_text("Wash: now 2 of 3.")
    assert quiz.page.locator(".crib-place").all_inner_texts() == ["1", "2", "3"]


def test_where_an_item_went_stays_said_when_the_kernel_has_recorded_it(quiz: Quiz) -> None:
    quiz.show(STEPS)
    quiz.press("Move down: Wash")

    quiz.tell(state("steps", ["rinse", "wash", "dry"], "so", heard=quiz.last("choose")["word"]))

    expect(quiz.page.locator(".crib-said")).to_have_text("Wash: now 2 of 3.")


def test_arrow_keys_move_the_item_that_has_the_focus_and_keep_it_there(quiz: Quiz) -> None:
    quiz.show(STEPS)
    button = quiz.page.get_by_role("button", name="Move up: Dry")
    button.focus()

    quiz.key("ArrowUp", "ArrowUp", "ArrowDown")

    assert order(quiz) == ["Wash", "Dry", "Rinse"]
    expect(button).to_be_focused()
    assert len(quiz.choices()) == 3


def test_an_arrow_key_that_moves_an_item_does_not_scroll_the_page(quiz: Quiz) -> None:
    press = "(item) => item.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true, cancelable: true }))"

    scrolls = quiz.show(STEPS).page.locator("[data-item=dry]").evaluate(press)

    assert not scrolls


@pytest.mark.parametrize("key", ["Control+ArrowUp", "Meta+ArrowUp", "ArrowLeft"])
def test_other_keys_move_nothing(quiz: Quiz, key: str) -> None:
    quiz.show(STEPS)
    quiz.page.get_by_role("button", name="Move up: Dry").focus()

    quiz.key(key)

    assert order(quiz) == ["Wash", "Rinse", "Dry"]


def test_at_the_ends_an_arrow_stays_in_reach_and_does_nothing(quiz: Quiz) -> None:
    quiz.show(STEPS)
    first = quiz.page.get_by_role("button", name="Move up: Wash")
    expect(first).to_have_attribute("aria-disabled", "true")

    first.focus()
    quiz.key("Enter", "ArrowUp")

    assert order(quiz) == ["Wash", "Rinse", "Dry"]
    assert quiz.choices() == []


def drag(quiz: Quiz, item: str, onto: str) -> None:
    """Take an item with the mouse and hold it over the upper edge of another's text."""
    start, end = (quiz.page.locator(f"[data-item={name}] .crib-text").bounding_box() for name in (item, onto))
    assert start and end
    quiz.page.mouse.move(start["x"] + 20, start["y"] + 5)
    quiz.page.mouse.down()
    quiz.page.mouse.move(end["x"] + 20, end["y"], steps=5)


def test_an_item_is_dragged_to_its_place_and_told_when_it_is_let_go(quiz: Quiz) -> None:
    quiz.show(STEPS)

    drag(quiz, "dry", onto="rinse")
    expect(quiz.page.locator("[data-item=dry]")).to_have_class("crib-item crib-dragged")
    before = quiz.choices()
    quiz.page.mouse.up()

    assert order(quiz) == ["Wash", "Dry", "Rinse"]
    assert (before, quiz.choices()) == ([], [["wash", "dry", "rinse"]])
    expect(quiz.page.locator(".crib-dragged")).to_have_count(0)


@pytest.mark.parametrize(
    ("item", "onto", "shown"),
    [("dry", "wash", ["Dry", "Wash", "Rinse"]), ("wash", "dry", ["Rinse", "Wash", "Dry"])],
    ids=["up", "down"],
)
def test_an_item_stays_in_hand_over_several_places(quiz: Quiz, item: str, onto: str, shown: list[str]) -> None:
    quiz.show(STEPS)

    drag(quiz, item, onto)
    quiz.page.mouse.up()

    assert order(quiz) == shown
    assert len(quiz.choices()) == 1
    expect(quiz.page.locator(".crib-dragged")).to_have_count(0)


def test_an_item_that_is_let_go_where_it_was_tells_nothing_twice(quiz: Quiz) -> None:
    quiz.show(STEPS).tell(state("steps", ["wash", "rinse", "dry"], "Wash, Rinse, Dry"))

    drag(quiz, "rinse", onto="rinse")
    quiz.page.mouse.up()

    assert quiz.choices() == []


def test_only_the_main_button_of_a_mouse_drags(quiz: Quiz) -> None:
    quiz.show(STEPS).page.locator("[data-item=dry] .crib-text").hover()

    quiz.page.mouse.down(button="right")
    dragged = quiz.page.locator(".crib-dragged").count()
    quiz.page.mouse.up(button="right")

    assert dragged == 0


def test_check_takes_the_order_as_it_stands_though_nothing_was_moved(quiz: Quiz) -> None:
    quiz.show(STEPS)

    quiz.press("Check")

    assert quiz.last("check")["choice"] == ["wash", "rinse", "dry"]


def test_in_a_release_the_order_as_it_stands_can_be_recorded(quiz: Quiz) -> None:
    quiz.show(STEPS, mode="release")

    quiz.press("Record this order")

    assert quiz.choices() == [["wash", "rinse", "dry"]]


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        (["dry", "wash", "rinse"], ["Dry", "Wash", "Rinse"]),
        ([], ["Wash", "Rinse", "Dry"]),
        (None, ["Wash", "Rinse", "Dry"]),
    ],
)
def test_the_order_recorded_before_is_shown(quiz: Quiz, choice: object, shown: list[str]) -> None:
    quiz.show(STEPS)

    quiz.tell(state("steps", choice))

    assert order(quiz) == shown


def test_an_item_that_is_no_longer_asked_is_passed_over(quiz: Quiz) -> None:
    quiz.show(STEPS)

    quiz.tell(state("steps", ["dry", "iron", "wash", "rinse"]))

    assert order(quiz) == ["Dry", "Wash", "Rinse"]


def test_each_item_in_its_place_is_marked(quiz: Quiz) -> None:
    quiz.show(STEPS)

    quiz.tell(feedback("steps", "PARTIAL", part("wash", True, True, "First."), part("dry", True, False)))

    marks = [quiz.page.locator(f"[data-item={name}]").get_attribute("data-mark") for name in ("wash", "rinse", "dry")]
    assert marks == ["right", "", "wrong"]
    expect(quiz.page.locator(".crib-why:visible")).to_have_text("First.")
