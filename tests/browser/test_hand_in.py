"""An assignment answered in a real JupyterLab, handed in as one file, graded and returned by plain nbgrader."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from demolab import Lab
from labpage import open_notebook, question, run_all, save
from playwright.sync_api import Page, expect
from shared import assign, run

NAME = "14-vpc"


def write_into(page: Page, has: str, source: str) -> None:
    """Replace what stands in a code cell, as somebody who selects all and pastes."""
    page.locator(".jp-CodeCell", has_text=has).locator(".cm-content").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(source)


def test_what_was_answered_in_the_browser_comes_back_with_its_points(page: Page, lab: Lab, tmp_path: Path) -> None:
    root = assign(tmp_path / "taught")
    desk = lab.folder("hand-in")
    for path in (root / "release" / NAME).iterdir():
        shutil.copy(path, desk)
    notebook = desk / f"{NAME}.ipynb"

    open_notebook(page, lab, notebook)
    run_all(page)
    question(page, "vpc-usable-28").locator("input[value='eleven']").click()
    question(page, "vpc-usable-26").locator("input[type=text]").fill("59")
    question(page, "vpc-usable-26").locator("input[type=text]").press("Tab")
    for id in ("vpc-usable-28", "vpc-usable-26"):
        expect(question(page, id).locator(".crib-recorded")).to_contain_text("Recorded:")
    write_into(page, "def usable", "usable = lambda prefix: 2 ** (32 - prefix) - 5")
    save(page, notebook)
    handed_in = root / "submitted" / "student" / NAME
    handed_in.mkdir(parents=True)
    shutil.copy(notebook, handed_in)
    for words in (["autograde", NAME], ["generate_feedback", NAME], ["export"]):
        run(root, "nbgrader", *words)

    with (root / "grades.csv").open(newline="") as file:
        (row,) = [row for row in csv.DictReader(file) if row["student_id"] == "student"]
    assert (float(row["score"]), float(row["max_score"])) == (5, 5)
    returned = (root / "feedback" / "student" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "Sixteen less 5" in returned
