"""What real cohorts hand in: every submission ends with the points it earned, or with a person called and told why."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from cohort import course
from cohort.assignment import RIGHT, WRONG, answered, cell
from cohort.machine import needs_bubblewrap
from shared import run

from cloudcrib.grading.batch import Graded, Options, grade_course
from cloudcrib.grading.book.course import Course
from cloudcrib.grading.book.sheet import Score
from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.outcome import changed, missing

pytestmark = [needs_bubblewrap, pytest.mark.xdist_group("mishaps")]
FULL, NOTHING = 15, 0


@dataclass(frozen=True)
class Mishap:
    """How something is handed in, what it earns, whether a person is called, and what is said."""

    hand_in: Callable[[Path], None]
    earns: float
    person: bool
    says: str


def text(answers: dict[str, str] = RIGHT) -> str:
    return str(nbformat.writes(answered(answers)))


def put(name: str, content: bytes | str) -> Callable[[Path], None]:
    def hand_in(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    return hand_in


def both(*parts: Callable[[Path], None]) -> Callable[[Path], None]:
    def hand_in(folder: Path) -> None:
        for part in parts:
            part(folder)

    return hand_in


def other_notebook() -> str:
    return str(nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1", id="mine")])))


def stamped(said: str) -> Callable[[Path], None]:
    return both(put("five.ipynb", text()), put("timestamp.txt", said))


def importing(module: str) -> str:
    return str(nbformat.writes(answered(RIGHT | {"mean": f"import {module}\n{RIGHT['mean']}"})))


def without_roles(*names: str, ids: bool = False) -> str:
    """Saved by a program that drops what it does not know, and perhaps numbers the cells anew."""
    nb = answered(RIGHT)
    for name in names:
        found = cell(nb, name)
        del found.metadata["nbgrader"]
        found.id = "0a1b" if ids else found.id
    return str(nbformat.writes(nb))


def with_starter_again() -> str:
    nb = answered(RIGHT)
    starter = cell(answered({}), "mean")
    nb.cells.insert(nb.cells.index(cell(nb, "mean")) + 1, nbformat.from_dict({**starter, "id": "again"}))
    return str(nbformat.writes(nb))


MISHAPS = {
    "a-browser-numbered-it": Mishap(put("five (1).ipynb", text()), FULL, False, "five (1).ipynb was taken for five.ipynb"),
    "in-a-folder": Mishap(put("my work/five.ipynb", text()), FULL, False, "was taken for five.ipynb"),
    "a-second-ending": Mishap(put("five.ipynb.txt", text()), FULL, False, "five.ipynb.txt was taken for five.ipynb"),
    "capital-ending": Mishap(put("Five.IPYNB", text()), FULL, False, "Five.IPYNB was taken for five.ipynb"),
    "two-of-them": Mishap(
        both(put("five (1).ipynb", text()), put("five (2).ipynb", text(WRONG))), NOTHING, True,
        "five.ipynb is missing, and five (1).ipynb and five (2).ipynb could each be it",
    ),
    "twice-the-same": Mishap(both(put("five (1).ipynb", text()), put("five (2).ipynb", text())), FULL, False, "was taken for"),
    "another-notebook": Mishap(put("scratch.ipynb", other_notebook()), NOTHING, True, "scratch.ipynb holds none of the cells"),
    "another-under-its-name": Mishap(put("five.ipynb", other_notebook()), NOTHING, True, "holds none of the assignment's cells"),
    "a-copy-was-worked-in": Mishap(
        both(put("five.ipynb", text({})), put("five-Copy1.ipynb", text())), NOTHING, True, "five-Copy1.ipynb fits the assignment too"
    ),
    "a-backup-beside-it": Mishap(both(put("five.ipynb", text()), put("five-Copy1.ipynb", text({}))), FULL, False, ""),
    "only-a-pdf": Mishap(put("five.pdf", b"%PDF-1.7"), NOTHING, True, "there is only five.pdf"),
    "nothing-at-all": Mishap(lambda folder: None, NOTHING, True, "five.ipynb was not handed in"),
    "untouched": Mishap(put("five.ipynb", text({})), NOTHING, True, "Nothing was answered"),
    "wrong": Mishap(put("five.ipynb", text(WRONG)), NOTHING, False, ""),
    "byte-order-mark": Mishap(put("five.ipynb", b"\xef\xbb\xbf" + text().encode()), FULL, False, ""),
    "utf-16": Mishap(put("five.ipynb", text().encode("utf-16")), FULL, False, ""),
    "web-page": Mishap(put("five.ipynb", "\n<!DOCTYPE html>\n<html>"), NOTHING, True, "it is a web page"),
    "zip": Mishap(put("five.ipynb", b"PK\x03\x04\x00"), NOTHING, True, "it is a zip archive"),
    "lfs": Mishap(put("five.ipynb", "version https://git-lfs.github.com/spec/v1\n"), NOTHING, True, "git lfs pull"),
    "conflict": Mishap(
        put("five.ipynb", text().replace(' "nbformat"', '<<<<<<< HEAD\n "nbformat"', 1)), NOTHING, True, "merge conflict"
    ),
    "empty": Mishap(put("five.ipynb", ""), NOTHING, True, "it is empty"),
    "half": Mishap(put("five.ipynb", text()[:400]), NOTHING, True, "is no notebook"),
    "time-with-zone": Mishap(stamped("2026-11-29 11:59 PM America/New_York"), FULL, False, ""),
    "time-in-words": Mishap(stamped("tomorrow, promised"), FULL, True, "which is no time"),
    "missing-module": Mishap(put("five.ipynb", importing("geopy")), 10, True, "It imports geopy, which is not installed here"),
    "lost-its-roles": Mishap(put("five.ipynb", without_roles("mean", "mean-tests")), FULL, False, "it was known by its id"),
    "lost-ids-too": Mishap(put("five.ipynb", without_roles("mean", ids=True)), FULL, False, "`mean`, to be filled in, was not there"),
    "pasted-twice": Mishap(put("five.ipynb", with_starter_again()), 10, True, "`mean` stood there more than once, with different texts"),
    "standard-module": Mishap(put("five.ipynb", importing("colorsys")), FULL, False, ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def graded(released: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Graded]]:
    """All of these in one batch, beside an honest classmate."""
    root = tmp_path_factory.mktemp("mishaps") / "saa [2026]"
    shutil.copytree(released, root)
    for student, mishap in MISHAPS.items():
        folder = root / "submitted" / student / "five"
        folder.mkdir(parents=True)
        mishap.hand_in(folder)
    return root, grade(root)


def grade(root: Path, force: bool = False, **more: Any) -> dict[str, Graded]:
    options = Options(**{"limits": Limits(cell_seconds=60), "force": force, **more})
    return {one.student: one for one in grade_course(Course(root, "five", force=force), options)}


@pytest.mark.parametrize("student", MISHAPS)
def test_it_earns_what_it_should_and_is_told(graded: tuple[Path, dict[str, Graded]], student: str) -> None:
    root, found = graded
    mishap, one = MISHAPS[student], found[student]

    said = " ".join(one.notes)

    assert (course.scores(root)[student], one.needs_person) == (mishap.earns, mishap.person), said
    assert mishap.says in said


def test_in_a_folder_whose_name_is_a_pattern_everybody_is_found(graded: tuple[Path, dict[str, Graded]]) -> None:
    root, found = graded

    assert set(found) == {*MISHAPS, "victim"}
    assert course.scores(root)["victim"] == FULL


def test_nobody_is_graded_again_and_everybody_stays_as_they_were(graded: tuple[Path, dict[str, Graded]]) -> None:
    root, found = graded

    again = grade(root)

    assert all(one.skipped for one in again.values())
    assert {name: (one.notes, one.needs_person, one.scores) for name, one in again.items()} == {
        name: (one.notes, one.needs_person, one.scores) for name, one in found.items()
    }


def test_other_contents_are_graded_whatever_the_clock_says(class_of: Path) -> None:
    grade(class_of)
    path = class_of / "submitted/victim/five/five.ipynb"
    was = path.stat()
    path.write_text(text(WRONG), encoding="utf-8")
    os.utime(path, ns=(was.st_atime_ns - 10**15, was.st_mtime_ns - 10**15))

    found = grade(class_of)

    assert not found["victim"].skipped
    assert course.scores(class_of) == {"victim": 0}


def test_the_same_contents_with_another_clock_are_not_graded_again(class_of: Path) -> None:
    grade(class_of)
    os.utime(class_of / "submitted/victim/five/five.ipynb")

    assert grade(class_of)["victim"].skipped


def test_a_grade_that_is_not_in_the_gradebook_any_more_is_given_again(class_of: Path) -> None:
    grade(class_of)
    (class_of / "gradebook.db").unlink()
    course.generate(class_of, "five")

    assert not grade(class_of)["victim"].skipped
    assert course.scores(class_of) == {"victim": 15}


def test_whose_points_a_second_grading_changes_is_said(class_of: Path) -> None:
    course.hand_in(class_of, "wrong", answered(WRONG))
    grade(class_of)
    course.hand_in(class_of, "wrong", answered({**WRONG, "mean": RIGHT["mean"]}))

    found = grade(class_of, force=True)

    assert {name: one.had for name, one in found.items()} == {"victim": None, "wrong": 0}
    assert found["wrong"].notes == ("Before this run it had 0 points.",)


def test_two_who_hand_in_the_same_work_get_the_same_points(class_of: Path) -> None:
    for student in ("ada", "grace"):
        course.hand_in(class_of, student, answered({**WRONG, "mean": RIGHT["mean"]}))

    grade(class_of)

    assert course.scores(class_of) == {"victim": 15, "ada": 5, "grace": 5}


def test_modules_that_are_missing_and_points_that_change_are_summed_up() -> None:
    score = Score("five", 4, 15, False, {})
    results = [
        Graded("ada", (score,), lacks=("geopy",), had=3), Graded("grace", (score,), lacks=("geopy",)), Graded("zoe", (score,)),
    ]  # fmt: skip

    assert missing(results)[0].startswith("geopy is not installed here, and 2 submissions import it (ada, grace)")
    assert changed(results) == ["Points changed for 1 submission: ada 3 → 4."]
    assert missing(results[2:]) == changed(results[2:]) == []


def test_a_report_on_one_student_holds_everybody(class_of: Path) -> None:
    course.hand_in(class_of, "early", answered(RIGHT))
    grade(class_of)
    course.hand_in(class_of, "late", answered(RIGHT))

    found = grade(class_of, force=True, students=("victim",))

    assert {name: (one.skipped, one.ungraded) for name, one in found.items()} == {
        "victim": (False, False), "early": (True, False), "late": (True, True),
    }  # fmt: skip
    assert [score.score for score in found["early"].scores] == [15]


@pytest.mark.parametrize("names", [("Ada", "ada"), ("Jos\u00e9", "Jose\u0301")], ids=["letter case", "accents"])
def test_one_name_in_two_forms_is_one_student_and_a_person_looks(class_of: Path, names: tuple[str, str]) -> None:
    course.hand_in(class_of, names[0], answered(WRONG))
    course.hand_in(class_of, names[1], answered(RIGHT))
    for name, hour in zip(names, (10, 11), strict=True):
        (class_of / "submitted" / name / "five" / "timestamp.txt").write_text(f"2026-11-29 {hour}:00:00 UTC")

    found = grade(class_of)

    (one,) = (found[name] for name in found if name != "victim")
    assert one.needs_person
    assert "handed in more than once" in " ".join(one.notes)
    assert sorted(course.scores(class_of).values()) == [15, 15]


def test_a_roster_says_whose_a_folder_is(class_of: Path) -> None:
    course.hand_in(class_of, "hub-ada", answered(RIGHT))
    (class_of / "roster.csv").write_text("\ufeffhanded_in_as;student\r\nhub-ada;ada\r\n", encoding="utf-8")

    found = grade(class_of)

    assert "hub-ada is ada by roster.csv." in found["ada"].notes
    assert course.scores(class_of) == {"victim": 15, "ada": 15}


@pytest.mark.parametrize("settings", [
    {"root": "ELSEWHERE"},
    {"submitted_directory": "in", "autograded_directory": "out", "source_directory": "mine"},
    {"directory_structure": "{assignment_id}/{nbgrader_step}/{student_id}"},
    {"directory_structure": "{student_id}/{nbgrader_step}/{assignment_id}"},
    {"db_url": "sqlite:///ELSEWHERE/marks.db"},
], ids=["root", "directories", "structure by assignment", "structure by student", "db_url"])  # fmt: skip
def test_settings_of_the_course_directory_mean_what_they_mean_to_nbgrader(
    class_of: Path, tmp_path: Path, settings: dict[str, str]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    settings = {name: value.replace("ELSEWHERE", str(elsewhere)) for name, value in settings.items()}
    lines = [f"c.CourseDirectory.{name} = {json.dumps(value)}\n" for name, value in settings.items()]
    with open(class_of / "nbgrader_config.py", "a", encoding="utf-8") as file:
        file.writelines(lines)
    found = Course(class_of, "five")
    for step, who in (("source", "."), ("submitted", "victim")):
        old = class_of / step / who / "five"
        new = Path(found.path(getattr(found.directory, f"{step}_directory"), who))
        if new != old:
            new.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(old, new)
    (class_of / "gradebook.db").unlink()
    run(class_of, "nbgrader", "generate_assignment", "five", "--force")

    graded = grade(class_of)

    assert [score.score for score in graded["victim"].scores] == [15]
    assert (Path(found.path(found.directory.autograded_directory, "victim")) / "five.ipynb").is_file()
    assert Path(found.db_url.removeprefix("sqlite:///")).is_file()
