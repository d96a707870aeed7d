"""JupyterLab must not take the keys that belong to a quiz, nor the quiz those that belong to JupyterLab."""

from __future__ import annotations

import pytest
from fake import FIGURE, Quiz
from playwright.sync_api import Locator, expect


def claims(place: Locator) -> bool:
    return place.get_attribute("data-lm-suppress-shortcuts") is not None


@pytest.mark.parametrize("key", ["a", "j", "ArrowDown", "Enter", "Shift+A", "Delete"])
def test_keys_in_a_quiz_are_claimed_for_it(quiz: Quiz, key: str) -> None:
    field = quiz.show(FIGURE).page.get_by_role("textbox", name="Your answer")
    field.focus()

    quiz.key(key)

    assert claims(field)


@pytest.mark.parametrize("key", ["Shift+Enter", "Control+Enter", "Alt+Enter", "Control+s", "Meta+s", "Escape"])
def test_the_notebooks_commands_are_left_to_it(quiz: Quiz, key: str) -> None:
    field = quiz.show(FIGURE).page.get_by_role("textbox", name="Your answer")
    field.focus()
    quiz.key("a")

    quiz.page.evaluate(
        """(key) => { const parts = key.split('+');
            document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: parts.pop(), bubbles: true,
                shiftKey: parts.includes('Shift'), ctrlKey: parts.includes('Control'), altKey: parts.includes('Alt'), metaKey: parts.includes('Meta') })); }""",
        key,
    )

    assert not claims(field)


def test_keys_elsewhere_are_none_of_its_business(quiz: Quiz) -> None:
    elsewhere = quiz.show(FIGURE).page.get_by_role("button", name="Elsewhere")
    elsewhere.focus()

    quiz.key("a")

    assert not claims(elsewhere)


def test_a_view_that_has_ended_claims_no_keys(quiz: Quiz) -> None:
    field = quiz.show(FIGURE).page.get_by_role("textbox", name="Your answer")
    quiz.end()
    field.focus()

    quiz.key("a")

    expect(field).to_have_value("a")
    assert not claims(field)
