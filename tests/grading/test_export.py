"""Grades as CSV: whatever names and comments hold, columns stay where they belong."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from cohort import course
from cohort.assignment import RIGHT, WRONG, answered
from cohort.machine import needs_bubblewrap
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from cloudcrib.cli.app import app
from cloudcrib.grading.export import TOTALS, written

pytestmark = [needs_bubblewrap, pytest.mark.xdist_group("export")]


def crib(*line: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(line))
    return done.exit_code, done.output


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def exported(class_of: Path) -> Path:
    course.hand_in(class_of, "wrong", answered(WRONG | {"mean": RIGHT["mean"]}))
    course.hand_in(class_of, "untouched", answered({}))
    crib("grade", "five", "--course", str(class_of))
    with Gradebook(f"sqlite:///{class_of / 'gradebook.db'}", "cohort") as book:
        book.update_or_create_student("wrong", last_name='O\'Neill, "Jo"', first_name="=1+1", email="é@example.org")
    code, said = crib("export", "--course", str(class_of), "--to", str(class_of / "grades.csv"))
    assert code == 0, said
    return class_of


def test_a_row_for_each_submission_and_one_for_each_question(exported: Path) -> None:
    sums, single = table(exported / "grades.csv"), table(exported / "grades-by-question.csv")

    assert {row["student_id"]: (row["score"], row["max_score"]) for row in sums} == {
        "victim": ("15", "15"), "wrong": ("5", "15"), "untouched": ("0", "15"),
    }  # fmt: skip
    assert [row["score"] for row in single if row["student_id"] == "wrong"] == ["0", "5", "0"]


def test_names_with_commas_quotes_and_formulas_stay_in_their_column(exported: Path) -> None:
    (row,) = (row for row in table(exported / "grades.csv") if row["student_id"] == "wrong")

    assert (row["last_name"], row["first_name"], row["email"]) == ('O\'Neill, "Jo"', "'=1+1", "é@example.org")
    assert None not in row


def test_who_needs_a_person_in_which_mode_and_why_stands_beside_the_points(exported: Path) -> None:
    (row,) = (row for row in table(exported / "grades.csv") if row["student_id"] == "untouched")

    assert (row["needs_person"], row["mode"]) == ("yes", "split")
    assert row["notes"].startswith("Nothing was answered")


def test_a_grade_that_somebody_has_looked_at_calls_nobody_any_more(exported: Path) -> None:
    before, _ = crib("grade", "five", "--course", str(exported))
    code, said = crib("grade", "five", "--course", str(exported), "--accept", "untouched")
    after, _ = crib("grade", "five", "--course", str(exported))

    assert (before, code, after) == (1, 0, 0)
    assert "untouched: the grade stands" in said


def test_an_assignment_that_is_not_there_is_answered_with_the_one_that_was_meant(exported: Path) -> None:
    code, said = crib("export", "fiv", "--course", str(exported))

    assert code == 2
    assert "The gradebook has no assignment 'fiv'. Did you mean 'five'? It has: five." in said


def test_text_that_a_spreadsheet_would_compute_is_text() -> None:
    page = written([{"notes": "=cmd()", "student_id": "+1", "score": 2.50}], TOTALS)

    (row,) = csv.DictReader(io.StringIO(page.removeprefix("\ufeff")))
    assert (row["notes"], row["student_id"], row["score"]) == ("'=cmd()", "'+1", "2.5")
