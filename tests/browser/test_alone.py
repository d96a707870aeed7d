"""A student has a JupyterLab that knows nothing of the course but the package, and the notebook alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from demolab import Lab, serve
from labpage import choices, command, open_notebook, question, run_all, save
from playwright.sync_api import Page, expect
from shared import REPOSITORY

NAME = "00-start"
CHANGED = ".lm-TabBar-tab.jp-mod-dirty"


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A plain JupyterLab on a folder that is no course's."""
    desk = tmp_path_factory.mktemp("handed-out") / "desk"
    desk.mkdir()
    shutil.copy(REPOSITORY / "release" / NAME / f"{NAME}.ipynb", desk)
    with serve(tmp_path_factory.mktemp("alone"), course=desk) as running:
        yield running


def test_the_notebook_alone_is_answered_saved_and_readable_when_it_is_opened_again(page: Page, alone: Lab) -> None:
    path = alone.root / f"{NAME}.ipynb"
    open_notebook(page, alone, path)
    expect(page.locator(CHANGED)).to_have_count(0)

    run_all(page)
    question(page, "start-guess").locator("input[value='leave']").click()
    expect(question(page, "start-guess").locator(".crib-recorded")).to_contain_text("Recorded:")
    expect(page.locator(".jp-CodeCell", has_text="minutes_left, 25, 70")).to_contain_text("Not attempted yet.")
    saved = save(page, path)
    command(page, "Kernel", "Shut Down Kernel")
    expect(page.locator("#jp-main-statusbar")).to_contain_text("No Kernel")
    open_notebook(page, alone, path)

    assert choices(saved) == {"start-guess": ["leave"]}
    assert [cell["outputs"] for cell in saved["cells"] if "crib-score" in cell["metadata"].get("tags", [])] == [[], []]
    quiz = page.locator(".jp-CodeCell", has_text="quiz(").first
    expect(quiz).to_contain_text("three questions are still open")
    expect(quiz).to_contain_text("I leave all three as they are")
    expect(page.locator(".jp-Notebook")).not_to_contain_text("Error displaying widget")
    expect(page.locator(CHANGED)).to_have_count(0)
    assert json.loads(Path(path).read_text()) == saved


def test_a_notebook_that_was_saved_elsewhere_is_readable_and_stays_as_it_is(page: Page, alone: Lab) -> None:
    path = alone.root / "elsewhere.ipynb"
    notebook = json.loads((REPOSITORY / "release" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8"))
    (quiz,) = (cell for cell in notebook["cells"] if cell["id"] == "start-quiz")
    view = {"version_major": 2, "version_minor": 0, "model_id": "0" * 32}
    data = {"application/vnd.jupyter.widget-view+json": view, "text/markdown": "Which will it be?"}
    quiz["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    before = path.read_bytes()

    open_notebook(page, alone, path)

    expect(page.locator(".jp-CodeCell", has_text="quiz(").first).to_contain_text("Which will it be?")
    assert path.read_bytes() == before
