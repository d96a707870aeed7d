"""The study loop in a real JupyterLab: an answer changes the dashboard, a mistake that returns is met, tomorrow asks again."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest
from demolab import Lab, write_notebook
from labpage import open_notebook, press, question, theme, verdict
from playwright.sync_api import Locator, Page, expect

from cloudcrib.study.store import Store

FACTS = """
[[fact]]
id = "loop-five"
status = "holds"
today = "AWS keeps 5 addresses of each subnet."
values = { kept = 5 }
source = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html"
checked = 2026-11-24
"""
QUESTIONS = """
[[question]]
id = "loop-usable"
kind = "number"
domain = "3.4"
facts = ["loop-five"]
level = "apply"
stem = "How many addresses does a /28 leave you?"
hint = ["AWS keeps more than a router at home."]
answer = 11
unit = "addresses"
why = "Sixteen less five."
traps = [{ value = 14, why = "AWS keeps five.", mistake = "loop-keeps-two" }]

[[question]]
id = "loop-kept"
kind = "choose-one"
domain = "3.4"
facts = ["loop-five"]
level = "recall"
stem = "What does AWS keep of a subnet?"
hint = ["Both ends."]
options = [
  { id = "five", right = true, text = "Five addresses", why = "The first four and the last." },
  { id = "two", text = "Two addresses", why = "That is a network at home.", mistake = "loop-keeps-two" },
  { id = "none", text = "None", why = "It keeps some." },
]

[mistakes.loop-keeps-two]
note = "You kept two addresses back, as at home; AWS keeps five."
asks = "loop-usable"
"""
VARIANTS = """
def usable(r):
    prefix = r.randint(16, 28)
    size = 2 ** (32 - prefix)
    return {
        "stem": f"How many addresses does 10.0.{r.randint(0, 9)}.0/{prefix} leave you?",
        "answer": size - 5, "why": "The block less five.",
        "traps": [{"value": size - 2, "why": "AWS keeps five.", "mistake": "loop-keeps-two"}],
    }

VARIANTS = {"loop-usable": usable}
"""
CLOCK = 'import os\nos.environ["CLOUDCRIB_NOW"] = "{}T18:00:00+00:00"'


@pytest.fixture
def notebook(page: Page, lab: Lab, request: pytest.FixtureRequest) -> Path:
    """A chapter of its own, a store of its own, and a notebook that is open but not yet run."""
    chapter = lab.root / "chapters" / "91-loop"
    chapter.mkdir(exist_ok=True)
    for name, text in (("facts.toml", FACTS), ("questions.toml", QUESTIONS), ("variants.py", VARIANTS)):
        (chapter / name).write_text(text)
    (chapter / "chapter.md").write_text("# 91 · A loop\n")
    folder = lab.folder(request.node.name)
    path = write_notebook(
        folder / "91-loop.ipynb",
        f'{CLOCK.format("2026-11-24")}\nos.environ["CLOUDCRIB_DATA"] = "{folder}/data"\nfrom cloudcrib import progress, quiz, review',
        'quiz("loop-usable", "loop-kept")',
        "progress()",
        CLOCK.format("2026-11-25"),
        "review()",
    )
    open_notebook(page, lab, path)
    return path


def run_cell(page: Page, place: int) -> Locator:
    """Run one cell; gives its output."""
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(place)
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-InputPrompt").first).to_have_text(re.compile(r"\[\d+\]:"))
    return cell.locator(".jp-Cell-outputArea")


def answer_number(card: Locator, figure: str, sure: str | None = None) -> None:
    expect(card.page.locator("#jp-main-statusbar")).to_contain_text("| Idle")  # as a person, after the cell has run
    card.locator("input[type=text]").fill(figure)
    if sure:
        card.get_by_role("radio", name=sure, exact=True).check()
    press(card, "Check")


def usable(card: Locator) -> str:
    """The right answer to the figures that a card shows."""
    prefix = re.search(r"/(\d+) leave", card.inner_text())
    assert prefix
    return str(2 ** (32 - int(prefix[1])) - 5)


def picture(page: Page, name: str) -> None:
    """A screenshot for human eyes, where somebody asks for one."""
    if folder := os.environ.get("CLOUDCRIB_PICTURES"):
        for dark in (False, True):
            theme(page, dark)
            page.wait_for_timeout(1500)  # the splash of a new theme
            page.screenshot(path=f"{folder}/{name}-{'dark' if dark else 'light'}.png")


def test_an_answer_changes_the_dashboard_and_what_was_wrong_comes_back_tomorrow(page: Page, notebook: Path) -> None:
    for place in (0, 1):
        run_cell(page, place)
    expect(run_cell(page, 2)).to_contain_text("Nothing answered yet")

    answer_number(question(page, "loop-usable"), "14", sure="Sure")
    verdict(question(page, "loop-usable"), "Not yet")
    dashboard = run_cell(page, 2)
    expect(dashboard).to_contain_text("91 · A loop")
    expect(dashboard).to_contain_text("Sure, and wrong at the first answer")
    expect(dashboard).not_to_contain_text("Brier")  # one answer says nothing yet
    expect(dashboard.locator("img")).to_have_count(1)
    picture(page, "dashboard")

    run_cell(page, 3)
    review = run_cell(page, 4)
    expect(review).to_contain_text("to review today")
    due = review.locator(".crib-question").first
    expect(due).to_have_attribute("data-question", re.compile(r"loop-usable~\d+"))
    due.scroll_into_view_if_needed()
    picture(page, "review")
    answer_number(due, usable(due), sure="Think so")
    verdict(due, "Correct")

    expect(run_cell(page, 2)).to_contain_text("1 of 2")
    assert [(a.item, a.verdict) for a in Store(notebook.parent / "data" / "progress.sqlite").attempts()] == [
        ("loop-usable", "INCORRECT"),
        ("loop-usable", "CORRECT"),
    ]
    assert "loop-usable~" not in run_cell(page, 4).inner_html()


def test_a_mistake_that_comes_back_is_named_and_the_question_that_settles_it_is_asked(
    page: Page, notebook: Path
) -> None:
    for place in (0, 1):
        run_cell(page, place)
    answer_number(question(page, "loop-usable"), "14")
    verdict(question(page, "loop-usable"), "Not yet")
    expect(page.locator(".crib-again")).to_have_count(0)

    kept = question(page, "loop-kept")
    kept.locator("input[value='two']").click()
    press(kept, "Check")
    expect(kept.locator(".crib-again")).to_contain_text("This one has come back. You kept two addresses back")
    press(kept, "Ask me what tells them apart")
    asked = page.locator(".crib-more")
    expect(asked).to_contain_text("To tell the two apart")
    expect(asked.locator("input[type=text]")).to_be_focused()
    picture(page, "again")
    answer_number(asked, usable(asked))

    verdict(asked, "Correct")
    verdict(question(page, "loop-usable"), "Not yet")  # practice leaves the notebook's own record alone


def test_another_one_like_this_has_no_end_and_is_not_recorded_in_the_notebook(page: Page, notebook: Path) -> None:
    for place in (0, 1):
        run_cell(page, place)
    answer_number(question(page, "loop-usable"), "11")
    verdict(question(page, "loop-usable"), "Correct")
    press(question(page, "loop-usable"), "Another one like this")

    seen = set()
    for _ in range(3):
        more = page.locator(".crib-more")
        expect(more).to_have_count(1)
        expect(more.locator("input[type=text]")).to_be_focused()
        drawn = more.get_attribute("data-question")
        seen.add(drawn)
        answer_number(more, usable(more))
        verdict(more, "Correct")
        press(more, "Another one like this")
        expect(page.locator(f"[data-question='{drawn}']")).to_have_count(0)

    assert len(seen) == 3
    record = (notebook.parent / ".loop.answers.json").read_text()
    assert "loop-usable" in record and "~" not in record
    assert len(Store(notebook.parent / "data" / "progress.sqlite").attempts()) == 4


def test_the_fact_behind_a_chapter_is_asked_as_a_card_to_turn(page: Page, notebook: Path) -> None:
    for place in (0, 1):
        run_cell(page, place)
    answer_number(question(page, "loop-usable"), "11", sure="Sure")
    verdict(question(page, "loop-usable"), "Correct")

    run_cell(page, 4)
    card = question(page, "loop-card-loop-five~")
    expect(card).to_contain_text("AWS keeps […] addresses of each subnet.")
    card.get_by_text("Turn the card", exact=True).click()
    expect(card.locator(".crib-back")).to_contain_text("AWS keeps 5 addresses of each subnet.")
    picture(page, "card")
    card.locator("input[value='recalled']").click()

    verdict(card, "You knew it")
    (last,) = [a for a in Store(notebook.parent / "data" / "progress.sqlite").attempts() if a.kind == "card"]
    assert (last.item, last.verdict) == ("loop-card-loop-five", "CORRECT")


def test_an_honest_no_shows_the_back_of_the_card_and_no_mark(page: Page, notebook: Path) -> None:
    for place in (0, 1):
        run_cell(page, place)
    answer_number(question(page, "loop-usable"), "11", sure="Sure")
    verdict(question(page, "loop-usable"), "Correct")
    run_cell(page, 4)
    card = question(page, "loop-card-loop-five~")

    card.locator("input[value='forgot']").click()

    verdict(card, "Good to know")
    expect(card.locator(".crib-back")).to_contain_text("AWS keeps 5 addresses of each subnet.")
    expect(card.locator(".crib-verdict")).to_contain_text("It comes back tomorrow")
    for blame in ("Wrong", "✗", "Not yet"):
        expect(card).not_to_contain_text(blame)
    picture(page, "card-no")
    (last,) = [a for a in Store(notebook.parent / "data" / "progress.sqlite").attempts() if a.kind == "card"]
    assert (last.item, last.verdict) == ("loop-card-loop-five", "INCORRECT")


def test_the_time_a_question_was_in_sight_is_kept_and_a_coffee_in_the_background_is_not(
    page: Page, notebook: Path
) -> None:
    for place in (0, 1):
        run_cell(page, place)
    turn = "(seen) => { Object.defineProperty(document, 'visibilityState', { value: seen, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }"
    card = question(page, "loop-usable")
    card.scroll_into_view_if_needed()
    page.wait_for_timeout(2000)
    page.evaluate(turn, "hidden")
    page.wait_for_timeout(15_000)
    page.evaluate(turn, "visible")
    back = time.monotonic()
    answer_number(card, "14")
    verdict(card, "Not yet")
    answering = time.monotonic() - back
    press(card, "Try again")
    answer_number(card, "11")
    verdict(card, "Correct")

    first, second = Store(notebook.parent / "data" / "progress.sqlite").attempts()
    assert first.seconds is not None and second.seconds is not None
    assert 2 <= first.seconds < 15 + answering  # without the background
    assert second.seconds < time.monotonic() - back  # counted from the attempt before
