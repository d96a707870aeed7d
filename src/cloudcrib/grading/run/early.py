"""Begin to warm up before nbgrader is imported: what the boxes will be for is guessed from the course's usual folders.

A wrong guess costs time, nothing else: a worker whose boxes do not serve the real setup replaces them.
"""

from __future__ import annotations

import contextlib
import glob
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cloudcrib.grading.box.bubblewrap import NoSandbox, try_out
from cloudcrib.grading.handed_in import opening
from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.run.libraries import locked_text, modules_of, modules_of_tests, needed, practises
from cloudcrib.grading.run.pool import Local, Setup

FIRST = 40  # submissions that are searched for libraries


def setup_for(everything: str, tests: str, autograded: str, split: bool, limits: Limits, sandboxed: bool) -> Setup:
    """The boxes for notebooks with such text, and tests with such."""
    home, modules = os.path.expanduser("~"), modules_of(everything)
    return Setup(
        base=autograded, home=home if home.startswith("/") and home != "/" else "/home/student",
        modules=modules, test_modules=modules_of_tests(tests, modules) if split else (),
        split=split, practice=split and practises(everything), limits=limits, sandboxed=sandboxed,
    )  # fmt: skip


def begin(
    folder: Path, *assignments: str, split: bool | None, limits: Limits, sandboxed: bool = True, force: bool = False,
    students: Iterable[str] = (), workers: int = 0,
) -> Local | None:  # fmt: skip
    """Workers that warm up for these assignments; None when nothing seems to wait for them."""
    wanted, root = set(students), Path(os.path.realpath(folder))
    waiting = {name: found for name in assignments if (found := _waiting(root, name, wanted, force))}
    if not waiting:
        return None
    tests, everything = [], []
    for name, paths in waiting.items():
        sources = [cell for path in sorted((root / "source" / name).glob("*.ipynb")) for cell in _cells(path)]
        locked = locked_text(sources)
        own = [line for cell in sources for line in "".join(cell["source"]).splitlines() if "import" in line]
        tests += [*needed(own, locked), locked]
        everything += [*("".join(cell["source"]) for cell in sources), *map(opening, map(str, paths[:FIRST]))]
    try:
        if sandboxed:
            try_out()
    except NoSandbox:
        return None
    text, apart = "\n".join(tests), split is not False
    setup = setup_for("\n".join(everything), text, str(root / "autograded"), apart, limits, sandboxed)
    made = Local(setup, workers)
    made.warm()
    return made


def handed_in(folder: Path) -> list[str]:
    """Assignments that somebody has handed in, in nbgrader's usual folders."""
    return sorted({path.name for path in folder.glob("submitted/*/*") if path.is_dir()})


def _waiting(root: Path, assignment: str, wanted: set[str], force: bool) -> list[Path]:
    return [
        path
        for path in sorted(root.glob(f"submitted/*/{glob.escape(assignment)}/*.ipynb"))
        if (not wanted or path.parts[-3] in wanted)
        and (force or not (root / "autograded" / path.parts[-3] / assignment).exists())
    ]


def _cells(path: Path) -> list[dict[str, Any]]:
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        return [cell for cell in json.loads(path.read_bytes())["cells"] if cell["cell_type"] == "code"]
    return []
