"""Coded exercises in a real JupyterLab: what a check, a hint and a solution show, and how a report reads."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from demolab import Lab, write_notebook
from labpage import open_notebook, theme
from playwright.sync_api import Locator, Page, expect

from cloudcrib.study.store import Attempt, Store

CHAPTER = """# 92 · Code

Write `doubled(n)`.

```python role="answer" id="code-doubled"
def doubled(n):
    ### BEGIN SOLUTION
    return 2 * n
    ### END SOLUTION
```

```python role="tests" for="code-doubled" points=2
t = tests("code-doubled")
with t.part("small numbers", points=1):
    t.case(doubled, 2, gives=4)
### BEGIN HIDDEN TESTS
with t.part("lists of what was asked and what came back", points=1):
    t.case(doubled, [10, 20, 30], gives=[10, 20, 30, 10, 20, 30])
### END HIDDEN TESTS
t.score()
```

Write `reserve(seat)`.

```python role="lab" id="code-lab-seat"
def reserve(seat):
    db = client("dynamodb")
    ### BEGIN SOLUTION
    db.put_item(TableName="seats", Item={"seat": {"S": seat}})
    ### END SOLUTION
```

```python role="tests" for="code-lab-seat" points=3
from cloudcrib.lab import client, fresh
t = tests("code-lab-seat")
fresh()
key = [{"AttributeName": "seat", "KeyType": "HASH"}]
text = [{"AttributeName": "seat", "AttributeType": "S"}]
client("dynamodb").create_table(TableName="seats", KeySchema=key, AttributeDefinitions=text, BillingMode="PAY_PER_REQUEST")
with t.part("a free seat", points=1):
    t.case(reserve, "12A", gives=None)
    t.holds(client("dynamodb").scan(TableName="seats")["Count"] == 1, "Seat 12A is not in the table.")
with t.part("a taken seat", points=1):
    t.case(reserve, "12A", gives=None)
    t.holds(client("dynamodb").scan(TableName="seats")["Count"] == 1, "The second passenger has replaced the first.")
### BEGIN HIDDEN TESTS
with t.part("asking again", points=1):
    t.case(reserve, "12A", gives=None)
### END HIDDEN TESTS
t.score()
```
"""
QUESTIONS = "".join(
    f"""
[[exercise]]
id = "{id}"
title = "{id}"
domain = "3.4"
facts = ["code-twice"]
hint = ["Twice.", "Two times it."]
"""
    for id in ("code-doubled", "code-lab-seat")
)
FACTS = """
[[fact]]
id = "code-twice"
status = "holds"
today = "Twice two is four."
source = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html"
checked = 2026-11-24
"""
IMPORTS = "from cloudcrib import check, client, hint, progress, solution"
HALF = "def doubled(n):\n    return 2 * n if type(n) is int else 'nothing that anybody would want to read in the middle of a word'"
MISSPELT = 'def reserve(seat):\n    client("dynamodb").put_item(Tablename="seats", Item={"seat": {"S": seat}})'


@pytest.fixture
def notebook(page: Page, lab: Lab, request: pytest.FixtureRequest) -> Path:
    """A notebook with two exercises, solved in part, that is open but not yet run."""
    chapter = lab.root / "chapters" / "92-code"
    chapter.mkdir(exist_ok=True)
    (chapter / "chapter.md").write_text(CHAPTER)
    (chapter / "questions.toml").write_text(QUESTIONS)
    (chapter / "facts.toml").write_text(FACTS)
    folder = lab.folder(re.sub(r"\W", "-", request.node.name))
    path = write_notebook(
        folder / "92-code.ipynb",
        f'import os\nos.environ["CLOUDCRIB_DATA"] = "{folder}/data"\n{IMPORTS}\n{HALF}\n{MISSPELT}',
        'check("code-doubled")\nhint("code-doubled")\nsolution("code-doubled")',
        'check("code-lab-seat")',
        "progress()",
        "doubled = lambda n: 2 * n",
    )
    write_notebook(folder / "20-review.ipynb", "# the review")
    open_notebook(page, lab, path)
    return path


def run_cell(page: Page, place: int) -> Locator:
    """Run one cell; gives its output."""
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(place)
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-InputPrompt").first).to_have_text(re.compile(r"\[\d+\]:"))
    return cell.locator(".jp-Cell-outputArea")


def picture(page: Page, name: str) -> None:
    """A screenshot for human eyes, where somebody asks for one."""
    if folder := os.environ.get("CLOUDCRIB_PICTURES"):
        for dark in (False, True):
            theme(page, dark)
            page.wait_for_timeout(1500)  # the splash of a new theme
            page.screenshot(path=f"{folder}/{name}-{'dark' if dark else 'light'}.png")


def test_a_cell_that_checks_and_asks_for_both_kinds_of_help_shows_all_three(page: Page, notebook: Path) -> None:
    run_cell(page, 0)
    shown = run_cell(page, 1)

    expect(shown.locator(".jp-OutputArea-child")).to_have_count(3)
    verdict, hint, solution = (shown.locator(".jp-OutputArea-child").nth(place) for place in range(3))
    expect(verdict.locator("[role=status] strong")).to_have_text("◐ Partly right")
    expect(hint).to_contain_text("Hint 1 of 2. Twice.")
    expect(solution.locator("pre")).to_contain_text("return 2 * n")
    picture(page, "exercise")


@pytest.mark.parametrize("width", [700, 1400])
def test_a_report_wraps_at_words_names_the_cause_once_and_shows_code_as_code(
    page: Page, notebook: Path, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 1200})
    run_cell(page, 0)
    lab = run_cell(page, 2).locator("[role=status]")

    expect(lab.locator("code").first).to_have_text("reserve('12A')")
    expect(lab).to_contain_text("the AWS call put_item does not know the argument Tablename: did you mean TableName?")
    expect(lab.get_by_text("Tablename", exact=True)).to_have_count(1)
    expect(lab.get_by_text("not tried yet")).to_have_count(2)
    expect(lab).not_to_contain_text("The second passenger has replaced the first")
    report = run_cell(page, 1).locator("[role=status]")
    picture(page, f"report-{width}")
    assert report.evaluate(
        """(report) => [...report.querySelectorAll("*"), report].every((each) =>
            getComputedStyle(each).wordBreak !== "break-all" && each.scrollWidth <= each.clientWidth + 1 || each.clientWidth === 0)"""
    )


def test_progress_leads_to_the_review_and_counts_a_solved_exercise_as_solved(page: Page, notebook: Path) -> None:
    long_ago = "2026-01-01T12:00:00.000000Z"
    wrong = Attempt("question", "demo-nat-loss", "demo", "3.4", "INCORRECT", 0.0, at=long_ago)
    Store(notebook.parent / "data" / "progress.sqlite").add([wrong])
    run_cell(page, 0)
    expect(run_cell(page, 1).locator("[role=status] strong")).to_have_text("◐ Partly right")
    run_cell(page, 4)
    expect(run_cell(page, 1).locator("[role=status] strong")).to_have_text("✓ Correct")
    dashboard = run_cell(page, 3)

    cells = dashboard.locator("tr", has_text="92 · Code").locator("td")
    for place, text in enumerate(("1 of 2", "1", "1"), 1):
        expect(cells.nth(place)).to_have_text(text)
    expect(dashboard).to_contain_text("Right now counts how you left things")
    picture(page, "progress")
    dashboard.get_by_role("link", name="the review").click()
    expect(page.locator(".lm-TabBar-tab.lm-mod-current", has_text="20-review.ipynb")).to_have_count(1)
