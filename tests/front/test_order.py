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

    quiz.tell(state("steps", ["rinse", "wash", "dry"], "so", heard=quiz.heard()))

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


KINDS_OF_POINTER = ("mouse", "pen", "touch")


class Pointer:
    """A mouse, a pen or a finger, moved as the system moves it."""

    def __init__(self, quiz: Quiz, kind: str) -> None:
        self.kind = kind
        self.system = quiz.page.context.new_cdp_session(quiz.page)

    def at(self, happens: str, x: float = 0, y: float = 0) -> None:
        """`press`, `move`, `let go`, and of a finger also `lost`: the system takes the gesture away."""
        if self.kind == "touch":
            name = {"press": "touchStart", "move": "touchMove", "let go": "touchEnd", "lost": "touchCancel"}[happens]
            points = [{"x": x, "y": y}] if happens in ("press", "move") else []
            self.system.send("Input.dispatchTouchEvent", {"type": name, "touchPoints": points})
            return
        name = {"press": "mousePressed", "move": "mouseMoved", "let go": "mouseReleased"}[happens]
        held = {"button": "left", "buttons": 1, "clickCount": 1, "pointerType": self.kind}
        self.system.send("Input.dispatchMouseEvent", {"type": name, "x": x, "y": y} | held)


def grip(quiz: Quiz, item: str) -> tuple[float, float]:
    """A place on the upper edge of an item's text."""
    box = quiz.page.locator(f"[data-item={item}] .crib-text").bounding_box()
    assert box
    return box["x"] + 20, box["y"] + 4


def drag(quiz: Quiz, item: str, onto: str, kind: str = "mouse") -> Pointer:
    """Take an item and hold it over the upper edge of another's text."""
    (x, start), (_, end) = grip(quiz, item), grip(quiz, onto)
    pointer = Pointer(quiz, kind)
    pointer.at("press", x, start)
    for step in range(1, 9):
        pointer.at("move", x, start + (end - start) * step / 8)
    return pointer


def let_go(pointer: Pointer, quiz: Quiz, where: str) -> None:
    pointer.at("let go", *grip(quiz, where))


def numbers(quiz: Quiz) -> list[str]:
    """The numbers down the list, all read at one moment."""
    read = "() => [...document.querySelectorAll('.crib-place')].map((each) => each.textContent)"
    return list(quiz.page.evaluate(read))


def comes_to(quiz: Quiz, *texts: str) -> None:
    """Wait for the order: the system passes a finger's moves on at the next frame."""
    expect(quiz.page.locator(".crib-item .crib-text")).to_have_text(list(texts))


def free(quiz: Quiz) -> None:
    """Wait until nothing is in hand."""
    expect(quiz.page.locator(".crib-dragged")).to_have_count(0)


@pytest.mark.parametrize("mode", ["study", "release"])
@pytest.mark.parametrize("kind", KINDS_OF_POINTER)
def test_an_item_is_dragged_over_several_places_and_told_once_when_it_is_let_go(
    quiz: Quiz, kind: str, mode: str
) -> None:
    quiz.show(STEPS, mode=mode)

    pointer = drag(quiz, "dry", onto="wash", kind=kind)
    expect(quiz.page.locator("[data-item=dry]")).to_have_class("crib-item crib-dragged")
    comes_to(quiz, "Dry", "Wash", "Rinse")
    shown, before = numbers(quiz), quiz.choices()
    let_go(pointer, quiz, "dry")
    free(quiz)

    assert order(quiz) == ["Dry", "Wash", "Rinse"]
    assert (before, quiz.choices()) == ([], [["dry", "wash", "rinse"]])
    assert shown == numbers(quiz) == ["1", "2", "3"]


@pytest.mark.parametrize("kind", KINDS_OF_POINTER)
def test_an_item_may_go_up_and_down_again_in_one_drag(quiz: Quiz, kind: str) -> None:
    quiz.show(STEPS)
    pointer = drag(quiz, "dry", onto="wash", kind=kind)
    comes_to(quiz, "Dry", "Wash", "Rinse")
    x, y = grip(quiz, "rinse")

    pointer.at("move", x, y + 4)
    pointer.at("move", x, y + 200)
    pointer.at("let go", x, y + 200)
    free(quiz)

    assert order(quiz) == ["Wash", "Rinse", "Dry"]
    assert quiz.choices() == []


def test_a_drag_that_the_system_takes_away_leaves_all_as_it_was(quiz: Quiz) -> None:
    quiz.show(STEPS)

    pointer = drag(quiz, "dry", onto="wash", kind="touch")
    comes_to(quiz, "Dry", "Wash", "Rinse")
    pointer.at("lost")
    free(quiz)

    assert order(quiz) == ["Wash", "Rinse", "Dry"]
    assert (numbers(quiz), quiz.choices()) == (["1", "2", "3"], [])


def test_a_drag_downwards_passes_several_places(quiz: Quiz) -> None:
    quiz.show(STEPS)

    pointer = drag(quiz, "wash", onto="dry")
    comes_to(quiz, "Rinse", "Wash", "Dry")
    pointer.at("let go", *grip(quiz, "dry"))
    free(quiz)

    assert order(quiz) == ["Rinse", "Wash", "Dry"]
    assert len(quiz.choices()) == 1


def test_what_the_kernel_says_of_an_earlier_drop_waits_until_the_next(quiz: Quiz) -> None:
    quiz.show(STEPS)
    quiz.press("Move down: Wash")
    pointer = drag(quiz, "dry", onto="rinse")
    comes_to(quiz, "Dry", "Rinse", "Wash")

    quiz.tell(state("steps", ["rinse", "wash", "dry"], "so", heard=quiz.heard()))
    shown = order(quiz)
    let_go(pointer, quiz, "dry")

    assert shown == order(quiz) == ["Dry", "Rinse", "Wash"]
    assert quiz.choices()[-1] == ["dry", "rinse", "wash"]


@pytest.mark.parametrize("kind", KINDS_OF_POINTER)
def test_a_click_on_an_item_is_no_choice(quiz: Quiz, kind: str) -> None:
    quiz.show(STEPS)

    pointer = drag(quiz, "rinse", onto="rinse", kind=kind)
    expect(quiz.page.locator("[data-item=rinse]")).to_have_class("crib-item crib-dragged")
    let_go(pointer, quiz, "rinse")
    free(quiz)

    assert quiz.choices() == []


def test_only_the_main_button_of_a_mouse_drags(quiz: Quiz) -> None:
    quiz.show(STEPS).page.locator("[data-item=dry] .crib-text").hover()

    quiz.page.mouse.down(button="right")
    dragged = quiz.page.locator(".crib-dragged").count()
    quiz.page.mouse.up(button="right")

    assert dragged == 0


def test_an_order_that_nobody_touched_is_checked_as_no_answer(quiz: Quiz) -> None:
    """The kernel then says to move something first."""
    quiz.show(STEPS)

    quiz.press("Check")

    assert quiz.last("check")["choice"] is None


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
