"""A learner's first minutes with `crib study` in a real JupyterLab."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Iterator

import pytest
from cohort.machine import free_port
from demolab import Lab, _environment, _settle, _wait_until_up
from playwright.sync_api import Page, expect
from shared import REPOSITORY

TOKEN = "learner"


@pytest.fixture(scope="module")
def studying(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """`crib study` on a copy of the course, as a learner starts it."""
    home = tmp_path_factory.mktemp("studying")
    root = home / "course"
    for name in ("chapters", "notebooks"):
        shutil.copytree(REPOSITORY / name, root / name)
    _settle(home / "settings" / "@jupyterlab" / "apputils-extension")
    port = free_port()
    words = ["crib", "study", "--no-browser", f"--ServerApp.port={port}", f"--IdentityProvider.token={TOKEN}"]
    with (home / "lab.log").open("w") as log:
        process = subprocess.Popen(words, cwd=root, env=_environment(home), stdout=log, stderr=log)
        url = f"http://localhost:{port}"
        _wait_until_up(url, TOKEN, process, home / "lab.log")
        yield Lab(url, TOKEN, root)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def open_own(page: Page, lab: Lab, name: str) -> None:
    page.goto(f"{lab.url}/lab/workspaces/{name}/tree/{name}.ipynb?token={lab.token}&reset")
    page.locator(".jp-Notebook").wait_for()
    expect(page.locator("#jp-main-statusbar")).to_contain_text("(ipykernel) | Idle")


@pytest.mark.parametrize("name", ["00-start", "14-vpc", "20-review"])
def test_a_chapter_that_is_opened_and_closed_asks_nothing(page: Page, studying: Lab, name: str) -> None:
    path = studying.root / "study" / f"{name}.ipynb"
    before = path.read_bytes()
    open_own(page, studying, name)
    page.wait_for_timeout(3000)  # what makes a notebook dirty comes late

    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    page.locator(".lm-MenuBar-item", has_text="File").first.click()
    page.locator(".lm-Menu-itemLabel", has_text="Close Tab").first.click()
    expect(page.locator(".jp-Notebook")).to_have_count(0)
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    assert path.read_bytes() == before
