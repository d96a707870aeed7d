"""The widget can be used by everybody: axe finds no serious fault, in light and in dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from demolab import IDS, ONE_CELL, Lab, write_notebook
from labpage import open_notebook, press, question, run_all, theme, verdict
from playwright.sync_api import Page, expect


@pytest.fixture
def notebook(page: Page, lab: Lab, request: pytest.FixtureRequest) -> Path:
    path = write_notebook(
        lab.folder(request.node.originalname + request.node.callspec.id) / "90-demo.ipynb",
        "from cloudcrib import quiz",
        ONE_CELL,
    )
    open_notebook(page, lab, path)
    run_all(page)
    question(page, IDS[-1]).wait_for()
    return path


def faults(page: Page) -> list[str]:
    found = Axe().run(page, context=".crib-quiz").response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_serious_fault_untouched_or_checked(page: Page, notebook: Path, dark: bool) -> None:
    theme(page, dark)
    untouched = faults(page)

    wrong, partly, right = (question(page, qid) for qid in ("demo-nat-loss", "demo-packet", "demo-usable"))
    wrong.locator("input[value='igw']").click()
    press(wrong, "Hint")
    press(wrong, "Check")
    verdict(wrong, "Not yet")
    press(partly, "Move up: Security group")
    press(partly, "Check")
    verdict(partly, "Partly right")
    right.locator("input[type=text]").fill("251")
    press(right, "Check")
    verdict(right, "Correct")
    question(page, "demo-durable").get_by_role("radio", name="Guess").check()
    checked = faults(page)
    press(wrong, "Show the answer")
    verdict(wrong, "The answer")

    assert untouched + checked + faults(page) == []


@pytest.mark.parametrize("dark", [False], ids=["names"])
def test_every_control_has_a_name_and_every_question_its_text_as_name(page: Page, notebook: Path, dark: bool) -> None:
    names = page.get_by_role("group", name="A subnet has the CIDR block")

    expect(names).to_have_count(1)
    expect(page.get_by_role("textbox", name="Your answer, in addresses")).to_have_count(1)
    expect(page.get_by_role("combobox", name="One static address per zone")).to_have_count(1)
    expect(page.get_by_role("button", name="Move up: Internet gateway")).to_have_count(1)
    expect(page.get_by_role("checkbox", name="EFS, Regional")).to_have_count(1)
