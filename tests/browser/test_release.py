"""A student answers an assignment in a real JupyterLab: everything is recorded, nothing is revealed."""

from __future__ import annotations

from pathlib import Path

import pytest
from demolab import IDS, ONE_CELL, Lab, write_notebook, write_release
from labpage import choices, drag, folder_name, open_notebook, press, question, restart_and_run_all, run_all, save
from playwright.sync_api import Page, expect

from cloudcrib.quizzes import answers

SECRETS = (
    "251",
    "Only layer 7",
    "Objects stand",
    "dies with its zone",
    "edge of the VPC",
    "demo-keeps-two",
    "demo-address-is-not-redundancy",
    '"why"',
    '"right":true',
)
ANSWERS = {
    "demo-nat-loss": ["igw"],
    "demo-durable": ["ebs-gp3"],
    "demo-usable": "17",
    "demo-packet": ["routes", "gateway", "nacl", "group"],
    "demo-balancers": {"paths": "clb"},
}


@pytest.fixture
def notebook(page: Page, lab: Lab, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An open release notebook, run once."""
    folder = lab.folder(folder_name(request))
    monkeypatch.chdir(lab.root)
    write_release(folder)
    path = write_notebook(
        folder / "90-demo.ipynb", "from cloudcrib import quiz, score", ONE_CELL, "score('demo-nat-loss')"
    )
    open_notebook(page, lab, path)
    run_all(page)
    question(page, IDS[-1]).wait_for()
    return path


def answer(page: Page) -> None:
    for qid in ("demo-nat-loss", "demo-durable"):
        question(page, qid).locator(f"input[value='{ANSWERS[qid][0]}']").click()  # type: ignore[index]
    question(page, "demo-usable").locator("input[type=text]").fill("17")
    press(question(page, "demo-packet"), "Record this order")
    question(page, "demo-balancers").locator("select[data-left='paths']").select_option("clb")
    for qid in IDS:
        expect(question(page, qid).locator(".crib-recorded")).to_contain_text("Recorded:")


def test_every_answer_is_recorded_restored_and_restored_from_the_notebook_alone(page: Page, notebook: Path) -> None:
    answer(page)
    assert choices(save(page, notebook)) == ANSWERS

    (notebook.parent / ".demo.answers.json").unlink()
    restart_and_run_all(page)

    for qid in IDS:
        expect(question(page, qid).locator(".crib-recorded")).to_contain_text("Recorded:")
    expect(page.locator(".jp-CodeCell").last.locator(".jp-OutputArea-output")).to_have_count(0)
    assert choices(save(page, notebook)) == ANSWERS


@pytest.mark.parametrize("kind", ["mouse", "pen", "touch"])
def test_an_order_is_recorded_once_when_an_item_is_dropped(page: Page, notebook: Path, kind: str) -> None:
    drag(page, "group", above="routes", kind=kind)

    expect(question(page, "demo-packet").locator(".crib-recorded")).to_contain_text("Recorded: Security group → Route")
    made = answers.load(answers.side_file(notebook.parent, "demo"))[0]["demo-packet"]
    assert (made.choice, made.tries) == (["group", "routes", "gateway", "nacl"], 1)
    expect(page.locator(".crib-dragged")).to_have_count(0)


def test_a_text_that_is_no_number_is_said_before_it_is_handed_in(page: Page, notebook: Path) -> None:
    card = question(page, "demo-usable")

    card.locator("input[type=text]").fill("some 250")
    expect(card.locator(".crib-said")).to_contain_text("No answer yet. This is not understood as a number.")
    stored = str(save(page, notebook))

    assert "`some 250`, which is not understood and counts as no answer" in stored
    assert "Recorded, 0 of 5" in stored


def test_neither_the_page_nor_the_widgets_state_nor_the_wire_holds_a_key(page: Page, lab: Lab, notebook: Path) -> None:
    heard: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))))
    open_notebook(page, lab, notebook)
    run_all(page)
    question(page, IDS[-1]).wait_for()
    answer(page)

    for button in ("Check", "Hint", "Show the answer", "Try again"):
        expect(page.get_by_role("button", name=button, exact=True)).to_have_count(0)
    dom = page.locator(".crib-quiz").evaluate("(quiz) => quiz.outerHTML")
    wire = "".join(frame for frame in heard if "crib" in frame)
    assert "two-tier shop" in dom
    assert "null" not in dom
    assert "undefined" not in dom
    assert "two-tier shop" in wire
    words = [secret for secret in SECRETS if secret != "251"]  # random ids may hold any figure
    assert not [word for word in words if word in dom or word in wire or word.replace('"', '\\"') in wire]
    assert "251" not in page.locator(".crib-quiz").inner_text()
