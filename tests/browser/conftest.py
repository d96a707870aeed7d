"""One JupyterLab and one Chromium for all browser tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from demolab import Lab, serve
from shared import CHROMIUM


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests share one server, so one worker runs them all; without Chromium they are skipped."""
    missing = pytest.mark.skip(reason="no Chromium on this machine; install the system package `chromium`")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if CHROMIUM is None:
                item.add_marker(missing)


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """One JupyterLab for all browser tests."""
    with serve(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture
def page(chromium, lab: Lab):  # type: ignore[no-untyped-def]
    """A fresh browser profile; the test fails on any error that the page's own scripts throw."""
    context = chromium.new_context(viewport={"width": 1280, "height": 1600})
    page = context.new_page()
    page.set_default_timeout(20_000)
    thrown: list[str] = []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    yield page
    context.close()
    assert not [each for each in thrown if "crib" in each.lower()]
