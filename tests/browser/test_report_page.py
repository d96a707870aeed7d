"""The page about a graded cohort: readable by everybody, and safe whatever students call themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from cloudcrib.grading import report
from cloudcrib.grading.book.items import Item, Part
from cloudcrib.grading.book.sheet import Score
from cloudcrib.grading.outcome import Graded

EVIL = "</td><script>document.title = 'ran'</script><img src=x onerror=\"document.title = 'ran'\">"
PARTS = (Part("small", "2", True), Part("any", "1", False))


def item(title: str, answered: bool = True) -> Item:
    return Item(
        "vpc-usable-tests", title, 2.0 if answered else 0.0, 3.0, answered, PARTS, f"✗ {EVIL}" if answered else ""
    )


def feedback(graded: Graded) -> str:
    return f"../feedback/{graded.student}/five.html"


def rows() -> list[Graded]:
    score = Score("five", 2, 3, False, {})
    return [
        Graded("ada", (score,), seconds=1.2, items=(item(EVIL),)),
        Graded(EVIL, notes=(EVIL, EVIL), needs_person=True),
        Graded("bob", (score,), skipped=True),
        Graded("eve", (score,), items=(item("Exercise: usable", answered=False),)),
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [700, 1400])
def test_the_report_runs_nothing_asks_nobody_and_axe_finds_no_fault(
    chromium: Browser, tmp_path: Path, width: int, scheme: Any
) -> None:
    page_file, _ = report.write(tmp_path, "five", rows(), 2.5, feedback=feedback)
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(page_file.as_uri())
    page.locator("summary").first.click()
    page.wait_for_timeout(200)

    assert page.title() == "Grading of five"
    assert page.locator("main > table").first.locator("> tbody > tr > th").all_inner_texts() == [
        EVIL,
        "eve",
        "ada",
        "bob",
    ]
    assert asked == [page_file.as_uri()]
    assert [each["id"] for each in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_the_report_says_what_deserves_a_look_first_and_leads_to_feedback(chromium: Browser, tmp_path: Path) -> None:
    page_file, _ = report.write(tmp_path, "five", rows(), 2.5, feedback=feedback)
    page = chromium.new_page()

    page.goto(page_file.as_uri())

    look = page.locator("h2:has-text('Look first') + ul").inner_text()
    assert "1 needs a person:" in look and "1 answered nothing: eve" in look
    assert page.get_by_role("link", name="ada").get_attribute("href") == "../feedback/ada/five.html"
    assert page.locator("summary").all_inner_texts() == ["1 of 1 answered"]
    assert "2.00 / 3" in page.locator("table").last.inner_text()
    page.close()
