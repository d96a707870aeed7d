"""Quiz answers, honest, forged and broken: `crib grade` in both modes gives what plain nbgrader gives with our settings."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from cohort.course import rows
from cohort.machine import needs_bubblewrap
from shared import assign, run
from test_nbgrader import NAME, PERFECT, feedback, hand_in

from cloudcrib.grading.plugins.quizzes import submitted
from cloudcrib.quizzes import answers

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("quizzes")]  # they share three gradings
AT = "2026-11-24T10:00:00Z"
FORGED = {
    "unknown-ids": {"vpc-none": {"choice": ["x"], "at": AT}, "vpc-usable-28": {"choice": ["eleven"], "at": AT}},
    "wrong-types": {"vpc-usable-28": {"choice": 11, "at": AT}, "vpc-usable-26": {"choice": {"a": ["59"]}, "at": AT}},
    "no-record": ["eleven"],
    "huge": {f"vpc-q-{n}": {"choice": ["eleven"] * 40, "at": AT} for n in range(5000)},
    "score-inside": {"vpc-usable-28": {"choice": ["fourteen"], "at": AT, "score": 1, "right": True}},
    "bad-time": {"vpc-usable-28": {"choice": ["eleven"], "at": "yesterday"}},
}
EARNED = {"unknown-ids": 1, "perfect": 2, "side-newer": 2, "half": 1}  # everybody else nothing


def forge(root: Path, student: str, data: Any) -> None:
    """A submission whose quiz output claims to hold these answers, and whose score cells claim full marks."""
    hand_in(root, student, PERFECT)
    path = root / "submitted" / student / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.id == "vpc-quiz-sizes":
            cell.outputs[0].data[answers.MIME] = {"schema": answers.SCHEMA, "answers": data}
        elif cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade"):
            cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "5.0"}, execution_count=1)]
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def graders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same submissions, graded three ways and given feedback."""
    root = assign(tmp_path_factory.mktemp("quizzes") / "course")
    hand_in(root, "perfect", PERFECT)
    hand_in(root, "silent", {})
    hand_in(root, "half", {"vpc-usable-28": ["eleven"], "vpc-usable-26": "62"})
    hand_in(root, "side-newer", {"vpc-usable-28": ["fourteen"]})
    later = {id: answers.Answer(choice, "2026-11-24T11:00:00.000000Z") for id, choice in PERFECT.items()}
    answers.save(answers.side_file(root / "submitted" / "side-newer" / NAME, "vpc"), later)
    hand_in(root, "side-broken", {})
    answers.side_file(root / "submitted" / "side-broken" / NAME, "vpc").write_text(
        json.dumps([[]] * 9), encoding="utf-8"
    )
    for student, data in FORGED.items():
        forge(root, student, data)
    made = {name: Path(shutil.copytree(root, root.parent / name)) for name in ("plain", "compat", "split")}
    for name, place in made.items():
        plain, ours = ("nbgrader", "autograde", NAME), ("crib", "grade", NAME, f"--{name}", "--workers", "1")
        run(place, *(plain if name == "plain" else ours), ends=(0, 1))  # some answer nothing, and a person is called
        run(place, "nbgrader", "generate_feedback", NAME)
    return made


@needs_bubblewrap
@pytest.mark.parametrize("mode", ["compat", "split"])
def test_the_gradebook_is_that_of_plain_nbgrader(graders: dict[str, Path], mode: str) -> None:
    assert rows(graders[mode]) == rows(graders["plain"])


@needs_bubblewrap
def test_only_what_was_answered_rightly_earns(graders: dict[str, Path]) -> None:
    earned: dict[str, float] = {}
    for row in rows(graders["split"]):
        if len(row) == 10:
            earned[row[0]] = earned.get(row[0], 0) + (row[4] or 0)

    assert {who: points for who, points in earned.items() if points} == EARNED


@needs_bubblewrap
@pytest.mark.parametrize("mode", ["compat", "split"])
def test_quiz_feedback_is_that_of_plain_nbgrader(graders: dict[str, Path], mode: str) -> None:
    def quizzes(root: Path, student: str) -> list[Any]:
        notebook = nbformat.read(root / "autograded" / student / NAME / f"{NAME}.ipynb", as_version=4)
        return [cell.outputs for cell in notebook.cells if cell.get("id") in ("vpc-usable-28", "vpc-usable-26")]

    for student in ("perfect", "silent", "half", "side-newer", "side-broken", *FORGED):
        assert quizzes(graders[mode], student) == quizzes(graders["plain"], student)
    assert "AWS keeps five, not two" in feedback(graders[mode], "half")


@pytest.mark.parametrize("name", [".vpc.answers.json", "vpc.answers.json"])
def test_a_side_file_counts_under_todays_name_and_under_the_visible_one_of_before(name: str, tmp_path: Path) -> None:
    made = {"vpc-usable-28": answers.Answer(["eleven"], "2026-11-24T11:00:00.000000Z")}
    (tmp_path / name).write_text(json.dumps(answers.to_data(made)), encoding="utf-8")

    assert submitted(nbformat.v4.new_notebook(), tmp_path, NAME) == made
