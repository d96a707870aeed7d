"""What many tests share: a small course, and places to work in."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cohort import course as cohort
from messages import conforming
from shared import CHROMIUM, MINI

from cloudcrib import events
from cloudcrib.quizzes.session import Session

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# nbgrader calls `alembic`, and tests call `crib` and `nbgrader`, from the environment that runs the tests.
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
for name in ("CLOUDCRIB_ROOT", "CLOUDCRIB_NOW", "CLOUDCRIB_STUDENT", "JUPYTERHUB_USER", "NB_USER"):
    os.environ.pop(name, None)
# No test may write into the progress of whoever runs it.
os.environ["CLOUDCRIB_DATA"] = tempfile.mkdtemp(prefix="cloudcrib-tests-")
atexit.register(shutil.rmtree, os.environ["CLOUDCRIB_DATA"], ignore_errors=True)


@pytest.fixture(autouse=True)
def own_listeners() -> Iterator[None]:
    """Each test starts as a new kernel does, with nobody listening, whatever tests before it subscribed."""
    events.forget()
    yield
    events.forget()


@pytest.fixture(autouse=True)
def kernels_keep_to_the_protocol(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a session sends to whichever front end, in any test, is in the table that the browser's side shares."""

    def set_(one: Session, name: str, value: Any) -> None:
        said = value
        object.__setattr__(one, name, (lambda message: said(conforming(message))) if name == "send" else value)

    monkeypatch.setattr(Session, "__setattr__", set_)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests that need one."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the small course, with its chapters only."""
    root = tmp_path / "course"
    shutil.copytree(MINI / "chapters", root / "chapters")
    return root


@pytest.fixture
def vpc(course: Path) -> Path:
    """The folder of the small course's one chapter."""
    return course / "chapters" / "14-vpc"


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with the cohort's assignment released; copied by those who grade in it."""
    return cohort.lay_out(tmp_path_factory.mktemp("released") / "course")


@pytest.fixture
def class_of(released: Path, tmp_path: Path) -> Path:
    """A course of one's own, in which one honest student has handed in."""
    root = tmp_path / "class"
    shutil.copytree(released, root)
    return root
