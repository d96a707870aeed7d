"""One page for all tests of the front end, and a fresh document in it for each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from fake import SITE, Quiz, serve
from messages import conforming
from playwright.sync_api import Browser, Page
from shared import CHROMIUM

numbers = count()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs them all, in one browser; without Chromium those that need a page are skipped."""
    missing = pytest.mark.skip(reason="no Chromium on this machine; install the system package `chromium`")
    for item in items:
        if Path(__file__).parent in item.path.parents and "page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("front"))
            if CHROMIUM is None:
                item.add_marker(missing)


@pytest.fixture(scope="session")
def tab(chromium: Browser) -> Iterator[Page]:
    """To open a page takes longer than most tests."""
    context = chromium.new_context(viewport={"width": 900, "height": 900})
    made = context.new_page()
    made.set_default_timeout(10_000)
    serve(made)
    yield made
    context.close()


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """A fresh document; the test fails on any error that its scripts throw."""
    thrown: list[str] = []

    def note(error: Exception) -> None:
        thrown.append(str(error))

    tab.on("pageerror", note)
    tab.goto(f"{SITE}/?{next(numbers)}")
    yield tab
    tab.remove_listener("pageerror", note)
    assert thrown == []


@pytest.fixture
def quiz(page: Page) -> Iterator[Quiz]:
    """A page for a quiz; whatever it told the kernel was in the table of messages."""
    yield Quiz(page)
    for view in page.evaluate("() => views.map((view) => view.sent)"):
        assert all(conforming(each, "FromBrowser") for each in view)
