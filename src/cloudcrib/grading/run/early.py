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
    home, modules = os.path.expanduser("~") if not split else "", modules_of(everything)
    return Setup(
        base=autograded, home=home if home.startswith("/") and home != "/" else "/home/student",
        modules=modules, test_modules=modules_of_tests(tests, modules) if split else (),
        split=split, practice=split and practises(everything), limits=limits, sandboxed=sandboxed,
    )  # fmt: skip


def begin(
    folder: Path, assignment: str, *, split: bool, limits: Limits, sandboxed: bool = True, force: bool = False,
    students: Iterable[str] = (), workers: int = 0,
) -> Local | None:  # fmt: skip
    """Workers that warm up for this assignment; None when nothing seems to wait for them."""
    wanted, root = set(students), Path(os.path.realpath(folder))
    waiting = [
        path
        for path in sorted(root.glob(f"submitted/*/{glob.escape(assignment)}/*.ipynb"))
        if (not wanted or path.parts[-3] in wanted)
        and (force or not (root / "autograded" / path.parts[-3] / assignment).exists())
    ]
    if not waiting:
        return None
    sources = [cell for path in sorted((root / "source" / assignment).glob("*.ipynb")) for cell in _cells(path)]
    tests = locked_text(sources)
    own = [line for cell in sources for line in "".join(cell["source"]).splitlines() if "import" in line]
    tests = "\n".join([*needed(own, tests), tests])
    everything = "\n".join([*("".join(cell["source"]) for cell in sources), *map(opening, map(str, waiting[:FIRST]))])
    try:
        if sandboxed:
            try_out()
    except NoSandbox:
        return None
    made = Local(setup_for(everything, tests, str(root / "autograded"), split, limits, sandboxed), workers)
    made.warm()
    return made


def _cells(path: Path) -> list[dict[str, Any]]:
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        return [cell for cell in json.loads(path.read_bytes())["cells"] if cell["cell_type"] == "code"]
    return []
