"""What a learner does in JupyterLab, in verbs."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from cloudcrib.quizzes import answers


def folder_name(request: pytest.FixtureRequest) -> str:
    """A test's name without what has a meaning in an address."""
    return str(request.node.name.replace("[", "-").removesuffix("]"))


def open_notebook(page: Page, lab, path: Path) -> None:  # type: ignore[no-untyped-def]
    """Open a notebook in a workspace of its own and wait for its kernel."""
    where = path.relative_to(lab.root).as_posix()
    page.goto(f"{lab.url}/lab/workspaces/{path.parent.name}/tree/{where}?token={lab.token}&reset")
    page.locator(".jp-Notebook").wait_for()
    expect(page.locator("#jp-main-statusbar")).to_contain_text("(ipykernel) | Idle")


def command(page: Page, menu: str, item: str) -> None:
    """Choose an entry of a menu."""
    page.locator(".lm-MenuBar-item", has_text=menu).first.click()
    page.locator(".lm-Menu-itemLabel", has_text=item).first.click()


def run_all(page: Page) -> None:
    command(page, "Run", "Run All Cells")


def restart_and_run_all(page: Page) -> None:
    """Restart, run all, and wait for a quiz that was not on the page before: the old one stays until it is replaced."""
    page.locator(".crib-quiz").evaluate_all("(all) => all.forEach((each) => (each.dataset.before = 'restart'))")
    command(page, "Run", "Restart Kernel and Run All Cells")
    page.locator(".jp-Dialog .jp-mod-accept").click()
    expect(page.locator(".crib-quiz:not([data-before])")).to_have_count(1)
    expect(page.locator(".crib-quiz[data-before]")).to_have_count(0)


def save(page: Page, path: Path) -> dict:  # type: ignore[type-arg]
    """Save, wait until the file on disk has changed, and give what it holds."""
    before = path.stat().st_mtime_ns
    page.locator(".jp-NotebookPanel-toolbar [data-jp-item-name='save']").click()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        page.wait_for_timeout(50)
        with suppress(ValueError):  # the server may be half way through writing
            if path.stat().st_mtime_ns != before:
                return json.loads(path.read_text())
    raise AssertionError(f"{path.name} was not saved.")


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait for something that happens outside the page."""
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline, "It has not happened."
        page.wait_for_timeout(50)


def beside(path: Path) -> dict:  # type: ignore[type-arg]
    """The answers that the kernel has recorded beside a notebook of the demo course."""
    return {qid: each.choice for qid, each in answers.load(answers.side_file(path.parent, "demo"))[0].items()}


def choices(notebook: dict) -> dict:  # type: ignore[type-arg]
    """The answers in a saved notebook, without their times."""
    return {qid: each.choice for qid, each in answers.from_notebook(notebook).items()}


def question(page: Page, qid: str) -> Locator:
    return page.locator(f".crib-question[data-question='{qid}']")


def press(card: Locator, words: str) -> None:
    card.get_by_role("button", name=words, exact=True).click()


def verdict(card: Locator, words: str) -> None:
    """Wait until the card says this verdict."""
    expect(card.locator(".crib-title strong")).to_have_text(words)


def theme(page: Page, dark: bool) -> None:
    """Switch JupyterLab's theme as a learner does, by the menu."""
    page.locator(".lm-MenuBar-item", has_text="Settings").first.click()
    page.locator(".lm-Menu-itemLabel", has_text="Theme").first.hover()
    page.get_by_text("JupyterLab Dark" if dark else "JupyterLab Light", exact=True).click()
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false" if dark else "true")


def drag(page: Page, item: str, above: str, kind: str = "mouse") -> None:
    """Drag one item of an order above another, with a mouse, a pen or a finger."""
    rows = {name: page.locator(f"[data-item='{name}']") for name in (item, above)}
    rows[item].scroll_into_view_if_needed()
    start, end = (rows[name].bounding_box() for name in (item, above))
    assert start and end
    x = start["x"] + 90
    system = page.context.new_cdp_session(page)
    _point(system, kind, "press", x, start["y"] + 12)
    for step in range(1, 9):
        _point(system, kind, "move", x, start["y"] + 12 + (end["y"] - 10 - start["y"]) * step / 8)
    _point(system, kind, "let go", x, end["y"] + 2)


def _point(system: CDPSession, kind: str, happens: str, x: float, y: float) -> None:
    if kind == "touch":
        name = {"press": "touchStart", "move": "touchMove", "let go": "touchEnd"}[happens]
        points = [] if happens == "let go" else [{"x": x, "y": y}]
        system.send("Input.dispatchTouchEvent", {"type": name, "touchPoints": points})
        return
    name = {"press": "mousePressed", "move": "mouseMoved", "let go": "mouseReleased"}[happens]
    held = {"button": "left", "buttons": 1, "clickCount": 1, "pointerType": kind}
    system.send("Input.dispatchMouseEvent", {"type": name, "x": x, "y": y} | held)
