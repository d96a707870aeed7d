"""A cohort: everybody is graded, whatever is handed in, however often the grader is stopped."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest
from cohort import course
from cohort.assignment import RIGHT, WRONG, answered, cell
from cohort.machine import needs_bubblewrap

from cloudcrib.grading import report, report_page
from cloudcrib.grading.batch import Graded, Options, Unknown, grade_course
from cloudcrib.grading.book.course import Course
from cloudcrib.grading.inside.limits import Limits

pytestmark = needs_bubblewrap
LIMITS = Limits(cell_seconds=20)
KILLS = int(os.environ.get("CRIB_KILLS", "50"))


def grade(root: Path, force: bool = False, **more: object) -> dict[str, Graded]:
    options = Options(**{"limits": LIMITS, **more})  # type: ignore[arg-type]
    return {one.student: one for one in grade_course(Course(root, "five", force=force), options)}


def test_right_and_wrong_work_get_their_points(class_of: Path) -> None:
    course.hand_in(class_of, "half", answered({**WRONG, "mean": RIGHT["mean"]}))
    course.hand_in(class_of, "untouched", answered({}))

    grade(class_of)

    assert course.scores(class_of) == {"victim": 15, "half": 5, "untouched": 0}


def test_what_cannot_be_read_costs_only_its_own_points_and_calls_a_person(class_of: Path) -> None:
    for name, text in {"no-json": "{not json", "no-notebook": "[]", "empty": "", "binary": "\x00\x01"}.items():
        course.hand_in(class_of, name, answered(RIGHT))
        (class_of / "submitted" / name / "five" / "five.ipynb").write_text(text, encoding="utf-8")
    (class_of / "submitted" / "nothing" / "five").mkdir(parents=True)

    found = grade(class_of)

    assert course.scores(class_of) == {
        "victim": 15,
        "no-json": 0,
        "no-notebook": 0,
        "empty": 0,
        "binary": 0,
        "nothing": 0,
    }
    assert {name for name, one in found.items() if one.needs_person} == {
        "no-json",
        "no-notebook",
        "empty",
        "binary",
        "nothing",
    }
    assert "is no notebook" in found["no-json"].notes[0]
    assert "What the grader noticed" in (class_of / "autograded/no-json/five/five.ipynb").read_text(encoding="utf-8")


@pytest.mark.parametrize("split", [True, False], ids=["split", "compat"])
def test_furniture_that_was_moved_is_mended_and_told(class_of: Path, split: bool) -> None:
    twice, old, foreign, typed = answered(RIGHT), answered(RIGHT), answered(RIGHT), answered(RIGHT)
    twice.cells.insert(2, nbformat.v4.new_code_cell("0", id="again", metadata=cell(twice, "double-tests").metadata))
    for found in old.cells:
        found.metadata.get("nbgrader", {}).pop("schema_version", None)
    foreign.cells.append(
        nbformat.v4.new_code_cell(
            "1", id="f", metadata={"nbgrader": {**cell(foreign, "mean").metadata["nbgrader"], "grade_id": "other"}}
        )
    )
    cell(typed, "double").metadata["nbgrader"]["grade"] = "yes"
    for name, nb in {"twice": twice, "old": old, "foreign": foreign, "typed": typed}.items():
        course.hand_in(class_of, name, nb)

    found = grade(class_of, split=split)

    assert course.scores(class_of) == dict.fromkeys(["victim", "twice", "old", "foreign", "typed"], 15)
    assert all(found[name].notes for name in ("twice", "old", "foreign", "typed"))
    assert not any(one.needs_person for one in found.values())


def test_missing_tests_are_put_back_where_tests_and_answers_are_apart(class_of: Path) -> None:
    nb = answered(RIGHT)
    nb.cells = [found for found in nb.cells if not found.metadata.get("nbgrader", {}).get("grade")]
    course.hand_in(class_of, "deleted", nb)

    found = grade(class_of)

    assert course.scores(class_of)["deleted"] == 15
    assert sum("was missing" in note for note in found["deleted"].notes) == 3


def test_what_was_graded_is_not_graded_again_until_something_newer_comes(class_of: Path) -> None:
    grade(class_of)
    again = grade(class_of)
    folder = class_of / "submitted" / "victim" / "five"
    for place, year in ((folder, 2031), (class_of / "autograded" / "victim" / "five", 2030)):
        (place / "timestamp.txt").write_text(f"{year}-01-01 00:00:00 UTC")

    newer = grade(class_of)

    assert again["victim"].skipped
    assert not newer["victim"].skipped


def test_the_same_work_is_run_once(class_of: Path) -> None:
    grade(class_of)

    again = grade(class_of, force=True)

    assert again["victim"].cached
    assert course.scores(class_of) == {"victim": 15}


def test_a_changed_test_is_run_again(class_of: Path) -> None:
    grade(class_of)
    source = class_of / "source" / "five" / "five.ipynb"
    source.write_text(
        source.read_text(encoding="utf-8").replace("double(10) == 20", "double(10) == 21"), encoding="utf-8"
    )
    course.generate(class_of, "five")

    again = grade(class_of, force=True)

    assert not again["victim"].cached
    assert course.scores(class_of) == {"victim": 10}


def test_an_assignment_nobody_knows_is_named(class_of: Path) -> None:
    with pytest.raises(
        Unknown, match=r"no assignment 'six': neither the gradebook nor source/six has it. There are: five."
    ):
        grade_course(Course(class_of, "six"), Options())


def test_a_misspelt_assignment_gets_the_one_that_was_meant(class_of: Path) -> None:
    with pytest.raises(Unknown, match=r"no assignment 'fvie'.* Did you mean 'five'\?"):
        grade_course(Course(class_of, "fvie"), Options())


def test_the_reports_say_who_what_and_why(tmp_path: Path) -> None:
    found = [
        Graded("ada", seconds=1.5, notes=("A <b>note</b>.",)),
        Graded("bob", needs_person=True, notes=("No \x00 JSON.",)),
        Graded("cyd", skipped=True),
    ]

    page, junit = report.write(tmp_path, "five", found, 2.0)

    text, suite = page.read_text(encoding="utf-8"), ElementTree.parse(junit).getroot()
    assert "A &lt;b&gt;note&lt;/b&gt;." in text
    assert "2 submissions graded in 2.0 s; 1 had been graded before; 1 needs a person." in text
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("3", "1", "1")


def test_a_second_run_reports_the_points_of_those_graded_before(class_of: Path) -> None:
    first = grade(class_of)

    again = grade(class_of)

    assert (
        again["victim"].skipped
        and report_page.points(again["victim"]) == report_page.points(first["victim"]) == "15 / 15"
    )


def test_a_notebook_handed_in_as_it_was_given_out_is_told_from_work(class_of: Path) -> None:
    course.hand_in(class_of, "untouched", nbformat.read(class_of / "release" / "five" / "five.ipynb", as_version=4))
    course.hand_in(class_of, "wrong", answered(WRONG))

    found = grade(class_of)

    assert {who: report_page.state(graded) for who, graded in found.items()} == {
        "untouched": "nothing answered", "victim": "graded", "wrong": "graded",
    }  # fmt: skip


CHILD = """
import sys
from pathlib import Path
from cloudcrib.grading import batch, flight
from cloudcrib.grading.book.course import Course
from cloudcrib.grading.inside.limits import Limits
flight.COMMIT_SECONDS = 0.1  # a few submissions a commit, so that there are moments between
if __name__ == "__main__":
    print("begun", flush=True)
    options = batch.Options(limits=Limits(cell_seconds=20), workers=1, cache=False)
    batch.grade_course(Course(Path(sys.argv[1]), "five"), options)
"""


def graded(root: Path) -> int:
    """How many of those that the killed graders were given have been graded."""
    return len(list((root / "autograded").glob("s*")))


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_grader_killed_at_random_moments_ends_where_an_undisturbed_one_does(class_of: Path, tmp_path: Path) -> None:
    for at in range(12):
        course.hand_in(class_of, f"s{at:02}", answered(RIGHT if at % 2 else WRONG))
    calm = tmp_path / "calm"
    shutil.copytree(class_of, calm)
    script = tmp_path / "child.py"
    script.write_text(CHILD, encoding="utf-8")
    rng, killed, moments = random.Random(11), 0, set()
    with subprocess.Popen([sys.executable, str(script), str(calm)], stdout=subprocess.PIPE) as grader:
        assert grader.stdout and grader.stdout.readline() == b"begun\n"
        began = time.monotonic()
    assert grader.returncode == 0
    whole = time.monotonic() - began  # this machine's time, now, for all of them

    while killed < KILLS:
        with subprocess.Popen([sys.executable, str(script), str(class_of)], stdout=subprocess.PIPE) as grader:
            assert grader.stdout and grader.stdout.readline() == b"begun\n"
            before = graded(class_of)
            until = rng.randint(before, 12)
            while graded(class_of) < until and grader.poll() is None:
                time.sleep(0.005)
            time.sleep(rng.uniform(0, whole if until == before else 0.05))
            killed += grader.poll() is None
            grader.kill()
        assert grader.returncode in (0, -signal.SIGKILL)
        moments.add(graded(class_of))
        if grader.returncode == 0:  # all are graded: let it begin again
            shutil.rmtree(class_of / "autograded")
    assert KILLS < 10 or moments - {0, 12}, "no grader was killed half way"
    grade(class_of, cache=False)

    assert course.rows(class_of) == course.rows(calm)
    assert course.autograded(class_of) == course.autograded(calm)
    assert not list((class_of / "autograded").glob(".grading/*"))
