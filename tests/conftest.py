"""What many tests share: a small course, and places to work in."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from shared import MINI
from times import pytest_terminal_summary  # noqa: F401

from cloudcrib import events

# nbgrader calls `alembic`, and tests call `crib` and `nbgrader`, from the environment that runs the tests.
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
for name in ("CLOUDCRIB_ROOT", "CLOUDCRIB_NOW", "CLOUDCRIB_STUDENT", "JUPYTERHUB_USER", "NB_USER"):
    os.environ.pop(name, None)
# No test may write into the progress of whoever runs it.
os.environ["CLOUDCRIB_DATA"] = tempfile.mkdtemp(prefix="cloudcrib-tests-")
atexit.register(shutil.rmtree, os.environ["CLOUDCRIB_DATA"], ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the tests that take minutes, too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long tests are left out, and named at the end, unless they are asked for or named one by one."""
    named = any("::" in word for word in config.invocation_params.args)
    for item in items:
        if item.get_closest_marker("long") and not (config.getoption("--long") or named):
            item.add_marker(
                pytest.mark.skip(reason="takes minutes: `make test-all` runs it, and so does `pytest --long`")
            )


@pytest.fixture(autouse=True)
def own_listeners() -> Iterator[None]:
    """Each test starts as a new kernel does, with nobody listening, whatever tests before it subscribed."""
    events.forget()
    yield
    events.forget()


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
