"""Somebody studies alone, in a real JupyterLab: answers, is corrected, comes back, finds everything again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from demolab import IDS, ONE_CELL, Lab, write_notebook
from labpage import (
    beside,
    choices,
    drag,
    folder_name,
    open_notebook,
    press,
    question,
    restart_and_run_all,
    run_all,
    save,
    until,
    verdict,
)
from playwright.sync_api import Page, expect

from cloudcrib.quizzes import answers

RIGHT = {
    "demo-nat-loss": ["per-zone"],
    "demo-durable": ["s3-standard", "efs-regional"],
    "demo-usable": "251",
    "demo-packet": ["gateway", "routes", "nacl", "group"],
    "demo-balancers": {"paths": "alb", "static-address": "nlb", "firewall": "gwlb"},
}


@pytest.fixture
def notebook(page: Page, lab: Lab, request: pytest.FixtureRequest) -> Path:
    """An open notebook that asks every kind of question, run once."""
    path = write_notebook(lab.folder(folder_name(request)) / "90-demo.ipynb", "from cloudcrib import quiz", ONE_CELL)
    open_notebook(page, lab, path)
    run_all(page)
    question(page, IDS[-1]).wait_for()
    return path


def same(found: object) -> object:
    """A choose-many says nothing by the order of its ids."""
    return {qid: sorted(each) if qid == "demo-durable" else each for qid, each in found.items()}  # type: ignore[attr-defined]


def answer_by_mouse(page: Page) -> None:
    for qid in ("demo-nat-loss", "demo-durable"):
        for option in RIGHT[qid]:
            question(page, qid).locator(f"input[value='{option}']").click()
    question(page, "demo-usable").locator("input[type=text]").fill("251")
    drag(page, "gateway", above="routes")
    for left, right in RIGHT["demo-balancers"].items():  # type: ignore[union-attr]
        question(page, "demo-balancers").locator(f"select[data-left='{left}']").select_option(right)
    for qid in IDS:
        press(question(page, qid), "Check")
        verdict(question(page, qid), "Correct")


def shown(page: Page) -> dict[str, object]:
    """The choices as the inputs on the page show them."""
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('.crib-question')].map((card) => {
            const all = (selector) => [...card.querySelectorAll(selector)];
            const inputs = all('.crib-option input:checked').map((input) => input.value);
            const pairs = Object.fromEntries(all('select').map((each) => [each.dataset.left, each.value]));
            const text = card.querySelector('.crib-field input')?.value;
            const kind = card.dataset.kind;
            const order = all('.crib-item').map((item) => item.dataset.item);
            const given = { number: text, order, match: pairs }[kind] ?? inputs;
            return [card.dataset.question, given];
        }))"""
    )


def test_every_kind_is_answered_by_mouse_and_survives_save_restart_and_the_loss_of_the_side_file(
    page: Page, notebook: Path
) -> None:
    """Also: the saved notebook shows text, not a broken widget, before it is run again."""
    answer_by_mouse(page)
    stored = save(page, notebook)
    assert same(choices(stored)) == same(RIGHT)
    assert "widget-view" not in str(stored)

    restart_and_run_all(page)
    for qid in IDS:
        verdict(question(page, qid), "Correct")
    assert same(shown(page)) == same(RIGHT)

    save(page, notebook)
    (notebook.parent / ".demo.answers.json").unlink()
    restart_and_run_all(page)
    for qid in IDS:
        verdict(question(page, qid), "Correct")
    assert same(shown(page)) == same(RIGHT)


def tab_to(page: Page, selector: str, forward: bool = True) -> None:
    """Press Tab until the focus is on an element like this; fail when it cannot be reached."""
    for _ in range(60):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab" if forward else "Shift+Tab")
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def place_on_page(page: Page, qid: str) -> Callable[[str], int]:
    """Where an option stands, so that one Tab after another reaches them all."""
    values = question(page, qid).locator(".crib-option input").evaluate_all("(all) => all.map((each) => each.value)")
    return values.index  # type: ignore[no-any-return]


def within(qid: str, selector: str) -> str:
    return f"[data-question='{qid}'] {selector}"


def test_every_kind_is_answered_by_keyboard_alone(page: Page, notebook: Path) -> None:
    """No arrow, letter or Enter leaks to the notebook, which would move the selection or insert cells."""
    page.locator(".jp-Notebook .jp-CodeCell").last.locator(".jp-InputPrompt").click()
    cells = page.locator(".jp-Notebook .jp-Cell").count()

    tab_to(page, within("demo-nat-loss", "input[type=radio]"))
    page.keyboard.press("Space")
    for _ in range(6):
        if page.evaluate("document.activeElement.value") == "per-zone":
            break
        page.keyboard.press("ArrowDown")
    tab_to(page, within("demo-nat-loss", ".crib-button.crib-primary"))
    page.keyboard.press("Enter")
    verdict(question(page, "demo-nat-loss"), "Correct")

    for option in sorted(RIGHT["demo-durable"], key=place_on_page(page, "demo-durable")):
        tab_to(page, within("demo-durable", f"input[value='{option}']"))
        page.keyboard.press("Space")
    tab_to(page, within("demo-durable", ".crib-button.crib-primary"))
    page.keyboard.press("Enter")
    verdict(question(page, "demo-durable"), "Correct")

    tab_to(page, within("demo-usable", ".crib-field input"))
    page.keyboard.type("251")
    page.keyboard.press("Enter")
    verdict(question(page, "demo-usable"), "Correct")

    tab_to(page, within("demo-packet", "[data-item='gateway'] .crib-move"))
    page.keyboard.press("ArrowUp")
    expect(question(page, "demo-packet").locator(".crib-said")).to_have_text("Internet gateway: now 1 of 4.")
    tab_to(page, within("demo-packet", ".crib-button.crib-primary"))
    page.keyboard.press("Enter")
    verdict(question(page, "demo-packet"), "Correct")

    for left, name in (("paths", "App"), ("static-address", "Net"), ("firewall", "Gat")):
        tab_to(page, within("demo-balancers", f"select[data-left='{left}']"), forward=True)
        page.keyboard.type(name)
    tab_to(page, within("demo-balancers", ".crib-button.crib-primary"))
    page.keyboard.press("Enter")
    verdict(question(page, "demo-balancers"), "Correct")

    assert page.locator(".jp-Notebook .jp-Cell").count() == cells
    assert same(shown(page)) == same(RIGHT)


def test_a_wrong_choice_is_explained_hinted_at_tried_again_and_at_last_shown(page: Page, notebook: Path) -> None:
    card = question(page, "demo-nat-loss")
    expect(card).to_have_attribute("data-state", "untouched")

    card.locator("input[value='igw']").click()
    press(card, "Hint")
    expect(card.locator(".crib-hint")).to_have_count(1)
    press(card, "Check")
    verdict(card, "Not yet")
    expect(card.locator(".crib-why:visible")).to_have_count(1)
    expect(card.locator(".crib-why:visible")).to_contain_text("Instances without a public IPv4 address")
    press(card, "Next hint")
    expect(card.locator(".crib-hint")).to_have_count(2)

    press(card, "Try again")
    expect(card.locator(".crib-verdict")).to_be_hidden()
    expect(card.locator("input:checked")).to_have_count(0)
    card.locator("input[value='bigger']").click()
    press(card, "Check")
    press(card, "Show the answer")
    verdict(card, "The answer")
    expect(card.locator(".crib-why:visible")).to_have_count(4)
    expect(card.get_by_role("link", name="Read it at AWS")).to_have_attribute(
        "href", "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html"
    )
    expect(card.locator(".crib-read")).to_contain_text("checked 2026-11-24")


def test_choose_two_is_enforced_in_words(page: Page, notebook: Path) -> None:
    card = question(page, "demo-durable")
    page.evaluate(
        """() => ['s3-standard', 'ebs-gp3', 'one-zone'].forEach((option) =>
            document.querySelector(`[data-question='demo-durable'] input[value='${option}']`).click())"""
    )
    page.wait_for_timeout(1500)  # the kernel has answered to the first two by now

    expect(card.locator(".crib-said")).to_have_text("Choose TWO: untick another one first.")
    expect(card.locator("input:checked")).to_have_count(2)
    card.locator("input[value='ebs-gp3']").click()
    press(card, "Check")
    expect(card.locator(".crib-said")).to_have_text("Choose TWO; you have chosen 1.")
    expect(card.locator(".crib-verdict")).to_be_hidden()


def test_a_figure_is_understood_asked_back_or_declined_before_it_is_an_attempt(page: Page, notebook: Path) -> None:
    card = question(page, "demo-usable")
    field, said = card.locator("input[type=text]"), card.locator(".crib-said")

    field.fill("some 250")
    press(card, "Check")
    expect(said).to_contain_text("This is not understood as a number.")
    field.fill("1.000")
    press(card, "Check")
    expect(said).to_contain_text("is it 1 or 1000?")
    press(card, "1000")
    expect(field).to_have_value("1000")
    expect(said).to_have_text("")
    field.fill("251,0 addresses")
    expect(said).to_have_text("Read as 251 addresses.")
    tries = answers.load(answers.side_file(notebook.parent, "demo"))[0]["demo-usable"].tries
    press(card, "Check")

    verdict(card, "Correct")
    expect(card.locator(".crib-verdict")).to_contain_text("Read as 251 addresses.")
    assert tries == 0


@pytest.mark.parametrize("kind", ["mouse", "pen", "touch"])
def test_an_order_is_checked_once_something_was_moved_and_recorded_once_on_drop(
    page: Page, notebook: Path, kind: str
) -> None:
    card = question(page, "demo-packet")
    press(card, "Check")
    expect(card.locator(".crib-said")).to_have_text("Move something first.")

    drag(page, "group", above="routes", kind=kind)

    until(page, lambda: beside(notebook) == {"demo-packet": ["group", "routes", "gateway", "nacl"]})
    expect(page.locator(".crib-dragged")).to_have_count(0)
    assert card.locator(".crib-place").all_inner_texts() == ["1", "2", "3", "4"]
    press(card, "Check")
    verdict(card, "Partly right")
    expect(card.locator(".crib-why:visible")).to_have_count(4)


def test_beside_a_file_browser_in_a_small_window_texts_keep_their_width(page: Page, notebook: Path) -> None:
    """700 pixels at 150 percent leave 467 for all of JupyterLab."""
    for width in (700, 467):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(300)  # JupyterLab lays out when the window has settled
        room = page.locator(".crib-quiz").bounding_box()
        assert room

        for selector in (".crib-pair > .crib-text", ".crib-option .crib-text", ".crib-line > .crib-text"):
            boxes = [each.bounding_box() for each in page.locator(selector).all()]
            assert min(box["width"] for box in boxes if box) > 0.4 * room["width"], (width, selector)


def test_quick_changes_are_not_undone_by_a_slow_kernel(page: Page, notebook: Path) -> None:
    """The kernel's word on an earlier choice must not overwrite a later one."""
    page.evaluate(
        """() => [...document.querySelectorAll("[data-question='demo-balancers'] select")].forEach((select, place) => {
            select.selectedIndex = place + 1;
            select.dispatchEvent(new Event('change', { bubbles: true }));
        })"""
    )
    until(page, lambda: len(beside(notebook).get("demo-balancers", {})) == 3)
    page.wait_for_timeout(500)  # the kernel's last word arrives

    chosen = page.evaluate(
        "() => [...document.querySelectorAll(\"[data-question='demo-balancers'] select\")].map((s) => s.selectedIndex)"
    )
    assert chosen == [1, 2, 3]
    assert len(choices(save(page, notebook))["demo-balancers"]) == 3


def test_a_reopened_notebook_shows_the_questions_and_the_record_before_it_is_run(
    page: Page, lab: Lab, notebook: Path
) -> None:
    card = question(page, "demo-nat-loss")
    card.locator("input[value='igw']").click()
    expect(card).to_have_attribute("data-state", "answered")  # the kernel has recorded it, and told the page
    save(page, notebook)

    open_notebook(page, lab, notebook)

    expect(page.locator(".jp-Notebook")).to_contain_text("two-tier shop")
    expect(page.locator(".jp-Notebook")).to_contain_text("Recorded, 1 of 5")
    expect(page.get_by_text("Run this cell (Shift + Enter) to go on.")).to_have_count(1)
    expect(page.get_by_text("Nothing recorded yet")).to_have_count(0)
    signs = page.locator(".jp-RenderedMarkdown li").all_inner_texts()
    assert signs and all(text[0].isalnum() for text in signs)
    expect(page.get_by_text("Error displaying widget")).to_have_count(0)
