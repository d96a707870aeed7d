"""Right work, mangled in any way that programs and people mangle files: it earns something, or a person is called and told why."""

from __future__ import annotations

import copy
import json
import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from cohort import course
from cohort.assignment import RIGHT, answered
from cohort.machine import needs_bubblewrap
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cloudcrib.grading.batch import Options, grade_course
from cloudcrib.grading.book.course import Course
from cloudcrib.grading.inside.limits import Limits

pytestmark = [needs_bubblewrap, pytest.mark.long]
Change = Callable[[Any, random.Random], Any]


def loses_a_cell(nb: Any, dice: random.Random) -> None:
    del nb.cells[dice.randrange(len(nb.cells))]


def doubles_a_cell(nb: Any, dice: random.Random) -> None:
    nb.cells.insert(dice.randrange(len(nb.cells)), copy.deepcopy(dice.choice(nb.cells)))


def doubles_the_starter(nb: Any, dice: random.Random) -> None:
    nb.cells.append(copy.deepcopy(dice.choice([cell for cell in answered({}).cells if "nbgrader" in cell.metadata])))


def loses_roles(nb: Any, dice: random.Random) -> None:
    for cell in nb.cells:
        if dice.random() < 0.6:
            cell.metadata.pop("nbgrader", None)


def damages_a_role(nb: Any, dice: random.Random) -> None:
    role = dice.choice([cell for cell in nb.cells if "nbgrader" in cell.metadata]).metadata["nbgrader"]
    role[dice.choice(list(role))] = dice.choice([None, 7, "yes", [], {}, "mean"])


def numbers_anew(nb: Any, dice: random.Random) -> None:
    for at, cell in enumerate(nb.cells):
        cell["id"] = f"{at:08x}"


def loses_ids(nb: Any, dice: random.Random) -> None:
    nb["nbformat_minor"] = dice.choice([0, 2, 4])
    for cell in nb.cells:
        cell.pop("id", None)


def retypes_a_cell(nb: Any, dice: random.Random) -> None:
    cell = dice.choice(nb.cells)
    cell["cell_type"] = dice.choice(["raw", "markdown"])
    cell.pop("outputs", None)
    cell.pop("execution_count", None)


def shuffles(nb: Any, dice: random.Random) -> None:
    dice.shuffle(nb.cells)


def shows_nonsense(nb: Any, dice: random.Random) -> None:
    for cell in nb.cells:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "\ud83d" * 3}]


def forgets_the_kernel(nb: Any, dice: random.Random) -> None:
    nb["metadata"] = dice.choice([{}, {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}])


CHANGES: list[Change] = [
    loses_a_cell, doubles_a_cell, doubles_the_starter, loses_roles, damages_a_role, numbers_anew, loses_ids, retypes_a_cell,
    shuffles, shows_nonsense, forgets_the_kernel,
]  # fmt: skip
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "latin-1", "cut", "html", "empty"]
NAMES = ["five.ipynb", "five (1).ipynb", "FIVE.IPYNB", "sub/five.ipynb", "five.ipynb.txt", "answers.ipynb", "five"]
STAMPS = [
    "",
    "2026-11-29 23:30:00 UTC",
    "2026-11-29 11:59 PM America/New_York",
    "soon",
    "\x00\xff",
    "2026-11-29 23:30 PST",
]


def encoded(text: str, how: str) -> bytes:
    match how:
        case "cut":
            return text.encode()[: len(text) // 2]
        case "html":
            return b"<!DOCTYPE html><html></html>"
        case "empty":
            return b""
        case _:
            return text.encode(how, "replace")


@st.composite
def submissions(draw: st.DrawFn) -> tuple[str, dict[str, bytes]]:
    """What was done to right work, and the files that came of it."""
    nb = answered(RIGHT)
    dice = random.Random(draw(st.integers(0, 2**32)))
    changes = draw(st.lists(st.sampled_from(CHANGES), max_size=3))
    done = []
    for change in changes:
        if nb.cells and any("nbgrader" in cell.metadata for cell in nb.cells):
            change(nb, dice)
            done.append(change.__name__)
    text = json.dumps(nb, indent=1)
    how, name, stamp = (
        draw(st.sampled_from(ENCODINGS[:5] * 3 + ENCODINGS)),
        draw(st.sampled_from(NAMES)),
        draw(st.sampled_from(STAMPS)),
    )
    files = {name: encoded(text, how)} | ({"timestamp.txt": stamp.encode("utf-8", "replace")} if stamp else {})
    return f"{done} {how} {name} {stamp!r}", files


@given(st.lists(submissions(), min_size=12, max_size=30))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_submission_earns_something_or_calls_a_person(
    released: Path, handed_in: list[tuple[str, dict[str, bytes]]]
) -> None:
    with tempfile.TemporaryDirectory() as made:
        root = Path(made) / "class"
        shutil.copytree(released, root)
        for number, (_, files) in enumerate(handed_in):
            for name, content in files.items():
                path = root / "submitted" / f"s{number}" / "five" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)

        found = {
            one.student: one for one in grade_course(Course(root, "five"), Options(limits=Limits(cell_seconds=60)))
        }
        scores = course.scores(root)

        for number, (what, _) in enumerate(handed_in):
            one = found[f"s{number}"]
            assert scores.get(f"s{number}", 0) > 0 or (one.needs_person and one.notes), (what, one)
        assert (scores["victim"], found["victim"].needs_person) == (15, False)
        nbformat.read(root / "autograded" / "victim" / "five" / "five.ipynb", as_version=4)
