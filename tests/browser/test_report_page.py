"""The page about a graded cohort: readable by everybody, and safe whatever students call themselves."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from cloudcrib.grading import report
from cloudcrib.grading.batch import Graded

EVIL = "</td><script>document.title = 'ran'</script><img src=x onerror=\"document.title = 'ran'\">"


def test_the_report_runs_nothing_and_axe_finds_no_fault(chromium: Browser, tmp_path: Path) -> None:
    rows = [
        Graded("ada", seconds=1.2),
        Graded(EVIL, notes=(EVIL, EVIL), needs_person=True),
        Graded("bob", skipped=True),
    ]
    page_file, _ = report.write(tmp_path, "five", rows, 2.5)
    page = chromium.new_page()

    page.goto(page_file.as_uri())
    page.wait_for_timeout(200)

    assert page.title() == "Grading of five"
    assert page.locator("tbody th").all_inner_texts() == [EVIL, "ada", "bob"]
    assert [each["id"] for each in Axe().run(page).response["violations"]] == []
    page.close()
