"""The small course through unmodified nbgrader: generate_assignment, autograde, generate_feedback, export."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from shared import MINI, REPOSITORY, run

from cloudcrib.course import chapter
from cloudcrib.editions import build
from cloudcrib.quizzes import answers

pytestmark = pytest.mark.xdist_group("nbgrader")  # they share a cohort that has been graded
NAME = "14-vpc"
PERFECT = {"vpc-usable-28": ["eleven"], "vpc-usable-26": "59"}


def hand_in(
    root: Path,
    student: str,
    choices: dict[str, object],
    code: str | None = None,
    side_file: bool = False,
    extra: str = "",
) -> None:
    """A submission made from the release as a learner would: answers recorded in the quiz cell's output, code in the answer cell."""
    folder = root / "submitted" / student / NAME
    folder.mkdir(parents=True)
    notebook = nbformat.read(root / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    record = {id: answers.Answer(choice, "2026-11-24T10:00:00.000000Z") for id, choice in choices.items()}
    for cell in notebook.cells:
        if cell.id == "vpc-quiz-sizes" and choices and not side_file:
            cell.outputs = [
                nbformat.v4.new_output(
                    "display_data", {answers.MIME: answers.to_data(record), "text/markdown": "Recorded."}
                )
            ]
        if cell.id == "vpc-imports":
            cell.source += extra
        if cell.id == "vpc-usable" and code:
            cell.source = code
    nbformat.write(notebook, folder / f"{NAME}.ipynb")
    if side_file:
        answers.save(answers.side_file(folder, "vpc"), record)


SOLVED = "def usable(prefix):\n    return 2 ** (32 - prefix) - 5"
PATCHED = """
import cloudcrib, cloudcrib.quizzes.score, cloudcrib.question.marking as marking
cloudcrib.score = cloudcrib.quizzes.score.score = lambda *a, **k: 1.0
marking.mark = cloudcrib.quizzes.score.mark = lambda *a, **k: marking.Mark(marking.Verdict.CORRECT, 1.0)
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course directory with a cohort that has been graded and given feedback."""
    root = tmp_path_factory.mktemp("taught") / "course"
    shutil.copytree(MINI / "chapters", root / "chapters")
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    assert build.build_one(root, root / "chapters" / NAME).trouble is None
    shutil.rmtree(root / "release")
    run(root, "nbgrader", "generate_assignment", NAME)
    hand_in(root, "perfect", PERFECT, SOLVED)
    hand_in(root, "silent", {})
    hand_in(root, "side-file-only", PERFECT, side_file=True)
    hand_in(
        root,
        "half",
        {"vpc-usable-28": ["eleven"], "vpc-usable-26": "62"},
        "def usable(prefix):\n    return 2 ** (32 - prefix) - 2",
    )
    hand_in(root, "patches-everything", {}, extra=PATCHED)
    hand_in(root, "junk", {"vpc-usable-28": ["eleven", "fourteen", "sixteen"], "vpc-usable-26": "[]" * 50})
    run(root, "nbgrader", "autograde", NAME)
    run(root, "nbgrader", "generate_feedback", NAME)
    run(root, "nbgrader", "export")
    return root


def scores(root: Path) -> dict[str, float]:
    with (root / "grades.csv").open(newline="") as file:
        return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


def feedback(root: Path, student: str) -> str:
    return (root / "feedback" / student / NAME / f"{NAME}.html").read_text(encoding="utf-8")


def test_release_by_the_command_equals_release_by_crib_build(graded: Path) -> None:
    made = build.editions_of(graded, chapter.read(graded / "chapters" / NAME), cache=False)

    found = (graded / "release" / NAME / f"{NAME}.ipynb").read_bytes()

    assert found == made[f"release/{NAME}/{NAME}.ipynb"]


def test_perfect_submission_earns_everything(graded: Path) -> None:
    assert scores(graded)["perfect"] == 5


def test_silent_submission_earns_nothing(graded: Path) -> None:
    assert scores(graded)["silent"] == 0


def test_answers_in_the_side_file_alone_are_scored(graded: Path) -> None:
    assert scores(graded)["side-file-only"] == 2


def test_wrong_answers_earn_only_what_is_right(graded: Path) -> None:
    assert scores(graded)["half"] == 1


def test_patching_the_kernel_gains_nothing_on_quizzes(graded: Path) -> None:
    assert scores(graded)["patches-everything"] == 0


def test_choice_that_is_no_answer_earns_nothing(graded: Path) -> None:
    assert scores(graded)["junk"] == 0


def test_feedback_shows_answer_verdict_reason_and_page(graded: Path) -> None:
    page = feedback(graded, "half")

    assert "AWS keeps five, not two" in page
    assert "Sixteen less 5" in page
    assert "subnet-sizing.html" in page and "2026-11-24" in page


def test_feedback_names_the_mistake_made_in_code(graded: Path) -> None:
    page = feedback(graded, "half")

    assert "usable(24)" in page and "returned 254" in page
    assert "`usable(28)` returned 14. You kept back two addresses, as on a network at home" in page


@pytest.mark.parametrize("student", ["perfect", "half"])
def test_feedback_says_an_answer_once_and_never_that_nothing_is_recorded(graded: Path, student: str) -> None:
    page = feedback(graded, student)

    assert "Nothing recorded" not in page and "Recorded:" not in page
    assert page.count("You chose") == 1


def test_feedback_has_an_index_of_questions_and_exercises(graded: Path) -> None:
    index = re.findall(r"<li><a href=\"#([^\"]+)\">([^<]+)</a>", feedback(graded, "half").partition('id="notebook"')[0])

    assert dict(index)["vpc-usable-tests"] == "Exercise: Usable addresses"
    assert [title.split(":")[0] for id, title in index if id in PERFECT] == ["Question", "Question"]
    assert not any("Test cell" in title for _, title in index)


def test_every_line_of_the_index_leads_somewhere(graded: Path) -> None:
    page = feedback(graded, "silent")

    for anchor in re.findall(r"<li><a href=\"#([^\"]+)\">", page):
        assert f'<a name="{anchor}"></a>' in page


@pytest.mark.parametrize("student", ["perfect", "silent", "half", "junk"])
def test_feedback_shows_no_hidden_test_and_no_key(graded: Path, student: str) -> None:
    page = feedback(graded, student)

    assert "HIDDEN TESTS" not in page
    assert "t.agree" not in page
    assert "key=" not in page


def test_stock_nbgrader_without_our_config_gives_honest_students_the_same_points(graded: Path, tmp_path: Path) -> None:
    root = tmp_path / "stock"
    shutil.copytree(
        graded,
        root,
        ignore=shutil.ignore_patterns(
            "autograded", "feedback", "gradebook.db", "nbgrader_config.py", "grades.csv", ".cache"
        ),
    )
    shutil.rmtree(root / "release")
    for student in ("junk", "patches-everything"):
        shutil.rmtree(root / "submitted" / student)
    run(root, "nbgrader", "generate_assignment", NAME)

    run(root, "nbgrader", "autograde", NAME)
    run(root, "nbgrader", "export")

    ours = scores(graded)
    assert scores(root) == {student: ours[student] for student in ("perfect", "silent", "side-file-only", "half")}


def test_release_holds_no_key(graded: Path) -> None:
    notebook = (graded / "release" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8")
    questions = json.loads((graded / "release" / NAME / "questions.json").read_text(encoding="utf-8"))

    assert "HIDDEN" not in notebook and "SOLUTION" not in notebook and "AWS keeps five, not two" not in notebook
    assert len(questions["questions"]) >= 2
    assert all(not {"answer", "why", "traps", "hint"} & set(question) for question in questions["questions"])
