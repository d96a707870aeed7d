"""`crib grade` as it is typed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from cohort import course
from cohort.assignment import RIGHT, answered
from cohort.machine import needs_bubblewrap
from typer.testing import CliRunner

from cloudcrib.cli.grade import grade_command

app = typer.Typer()
app.command()(grade_command)


def crib(*line: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(line))
    return done.exit_code, done.output


@needs_bubblewrap
def test_it_grades_reports_and_says_where(class_of: Path) -> None:
    code, said = crib("five", "--course", str(class_of))

    assert code == 0, said
    assert "1 submission graded" in said
    assert (class_of / "autograded" / "five.report.html").exists()
    assert (class_of / "autograded" / "five.report.xml").exists()
    assert course.scores(class_of) == {"victim": 15}


@needs_bubblewrap
def test_it_ends_with_one_when_a_person_is_needed(class_of: Path) -> None:
    course.hand_in(class_of, "broken", answered(RIGHT))
    (class_of / "submitted" / "broken" / "five" / "five.ipynb").write_text("{", encoding="utf-8")

    code, said = crib("five", "--course", str(class_of), "--compat")

    assert code == 1
    assert "broken: five.ipynb is no notebook" in said


@needs_bubblewrap
def test_an_unknown_assignment_is_one_sentence(class_of: Path) -> None:
    code, said = crib("six", "--course", str(class_of))

    assert code == 2
    assert said.strip().startswith("There is no assignment 'six'") and "There are: five." in said


def test_without_bubblewrap_it_stops_and_says_what_to_install(class_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name, *a, **k: None if name == "bwrap" else real(name, *a, **k))

    code, said = crib("five", "--course", str(class_of))

    assert code == 2
    assert "apt install bubblewrap" in said
    assert "--no-sandbox" in said
    assert not (class_of / "autograded" / "victim").exists()


def test_without_a_sandbox_it_grades_and_says_what_is_lost(class_of: Path) -> None:
    code, said = crib("five", "--course", str(class_of), "--no-sandbox", "--workers", "1")

    assert code == 0, said
    assert "submissions run with your rights" in said
    assert course.scores(class_of) == {"victim": 15}


def test_two_modes_at_once_are_refused() -> None:
    assert crib("five", "--compat", "--split") == (
        2,
        "--split, --compat and --mode exclude each other; give one of them.\n",
    )


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    code, said = crib("five", "--course", str(tmp_path / "none"))

    assert (code, said.count("\n")) == (2, 1)
    assert said.startswith("There is no folder") and "--course" in said


def test_a_folder_that_is_no_course_is_one_sentence_and_stays_empty(tmp_path: Path) -> None:
    code, said = crib("five", "--course", str(tmp_path))

    assert (code, said.count("\n")) == (2, 1)
    assert "it has no nbgrader_config.py" in said
    assert list(tmp_path.iterdir()) == []


def test_settings_that_are_no_python_are_named_by_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\nc.Foo = = 1\n", encoding="utf-8")

    code, said = crib("five", "--course", str(tmp_path))

    assert (code, said.count("\n")) == (2, 1)
    assert "nbgrader_config.py:2 is no Python" in said


def test_a_report_that_cannot_be_written_is_said_before_grading(class_of: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    code, said = crib("five", "--course", str(class_of), "--report", str(tmp_path / "file" / "reports"))

    assert (code, said.count("\n")) == (2, 1)
    assert "give another folder with --report" in said
    assert not (class_of / "autograded" / "victim").exists()


@needs_bubblewrap
def test_a_student_who_handed_nothing_in_is_named(class_of: Path) -> None:
    code, said = crib("five", "--course", str(class_of), "--student", "victm")

    assert code == 2
    assert "Nothing was handed in for five by victm" in said


def test_importing_the_command_imports_nothing_heavy() -> None:
    line = "import sys, cloudcrib.cli.grade; print([m for m in ('nbgrader', 'nbformat', 'boto3', 'pandas', 'IPython') if m in sys.modules])"

    said = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=True)

    assert said.stdout == "[]\n"


def test_settings_that_fail_are_a_sentence_with_their_line(class_of: Path) -> None:
    with open(class_of / "nbgrader_config.py", "a", encoding="utf-8") as settings:
        settings.write("\nimport os\nos.environ['NO_SUCH_NAME']\n")

    code, said = crib("five", "--course", str(class_of))

    assert code == 2
    assert "nbgrader_config.py:6 fails (KeyError: 'NO_SUCH_NAME'); mend it and run again." in said.replace("\n", "")
    assert not (class_of / "autograded" / "victim").exists()


@needs_bubblewrap
def test_the_mode_and_why_stand_in_the_report_and_on_the_terminal(class_of: Path) -> None:
    _, said = crib("five", "--course", str(class_of))

    why = "Tests and student code were kept apart, since your own solution passes all 3 tests that way."
    assert why in said
    assert why in (class_of / "autograded" / "five.report.html").read_text(encoding="utf-8")
    assert f"{why} Exit code 0." in (class_of / "autograded" / "five.report.xml").read_text(encoding="utf-8")


@needs_bubblewrap
@pytest.mark.parametrize(
    ("asked", "mode"), [(["--mode", "compat"], "in one"), (["--compat"], "in one"), (["--split"], "apart")]
)
def test_a_mode_can_be_forced(class_of: Path, asked: list[str], mode: str) -> None:
    code, said = crib("five", "--course", str(class_of), *asked)

    assert code == 0
    assert mode in said and "as asked for" in said


@needs_bubblewrap
def test_several_assignments_have_a_report_each_and_a_page_that_leads_to_them(class_of: Path) -> None:
    shutil.copytree(class_of / "submitted" / "victim" / "five", class_of / "submitted" / "victim" / "six")

    code, said = crib("--all", "--course", str(class_of))

    page = (class_of / "autograded" / "report.html").read_text(encoding="utf-8")
    assert code == 2
    assert "five: 1 submission graded" in said and "There is no assignment 'six'" in said
    assert "2 assignments: 1 submission graded" in said and "not graded: six. Exit code 2." in said
    assert '<a href="five.report.html">five</a>' in page and "There is no assignment" in page
    assert course.scores(class_of) == {"victim": 15}


def test_what_to_grade_is_asked_for_when_it_is_not_given() -> None:
    said = "Give the names of assignments, or --all for every one that somebody has handed in.\n"

    assert crib() == crib("five", "--all") == (2, said)


@needs_bubblewrap
def test_all_of_nothing_is_one_sentence(class_of: Path) -> None:
    shutil.rmtree(class_of / "submitted")

    code, said = crib("--all", "--course", str(class_of))

    assert (code, said.count("\n")) == (2, 1)
    assert said.startswith("Nobody has handed in anything")
