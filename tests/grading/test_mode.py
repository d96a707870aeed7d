"""Fair by default: an assignment is split where the course's own solution passes its tests that way, and else graded as nbgrader does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cohort import course, habits
from cohort.attacks import BY_NAME, hand_in
from cohort.habits import HABITS, POINTS, Habit
from cohort.machine import needs_bubblewrap
from shared import REPOSITORY

from cloudcrib.grading.batch import Options, grade_course, grade_courses
from cloudcrib.grading.book.course import Course
from cloudcrib.grading.book.rehearsal import Rehearsal
from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.outcome import Ended, Graded
from cloudcrib.grading.run.pool import Local

pytestmark = needs_bubblewrap
LIMITS = Limits(cell_seconds=20)
FAIR, UNFAIR = ([habit for habit in HABITS if habit.fair is fair] for fair in (True, False))
together = pytest.mark.xdist_group("habits")  # they share one grading


def grade(root: Path, *names: str, **more: object) -> dict[str, Ended]:
    """Assignments in one run."""
    options = Options(**{"limits": LIMITS, **more})  # type: ignore[arg-type]
    return {one.assignment: one for one in grade_courses([Course(root, name, force=True) for name in names], options)}


def one(ended: Ended, student: str) -> Graded:
    return next(graded for graded in ended.results if graded.student == student)


def points(ended: Ended, student: str) -> float:
    return sum(score.score for score in one(ended, student).scores)


@pytest.fixture(scope="module")
def habit_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = habits.release(tmp_path_factory.mktemp("habits") / "course", *HABITS)
    for habit in HABITS:
        answers = {"right": habit.solution, "wrong": habit.wrong, "attack": habit.attack, "other": habit.other}
        for student, answer in answers.items():
            if answer:
                habits.hand_in(root, student, habit, answer)
    return root


@pytest.fixture(scope="module")
def by_default(habit_course: Path) -> dict[str, Ended]:
    """Every habit, graded as `crib grade --all` does it."""
    return grade(habit_course, *(habit.name for habit in HABITS))


def named(habit: Habit) -> str:
    return habit.name


@together
@pytest.mark.parametrize("habit", FAIR, ids=named)
def test_what_the_solution_needs_is_there_for_an_honest_answer(by_default: dict[str, Ended], habit: Habit) -> None:
    ended = by_default[habit.name]

    assert ended.mode == "split", ended.said
    assert points(ended, "right") == POINTS
    assert points(ended, "wrong") == 0
    assert not habit.other or points(ended, "other") == POINTS


@together
@pytest.mark.parametrize("habit", FAIR, ids=named)
def test_an_attack_through_it_gains_nothing(by_default: dict[str, Ended], habit: Habit) -> None:
    assert points(by_default[habit.name], "attack") == 0


@together
@pytest.mark.parametrize("habit", UNFAIR, ids=named)
def test_where_a_test_is_not_fair_apart_everybody_is_graded_as_nbgrader_does(
    by_default: dict[str, Ended], habit: Habit
) -> None:
    ended = by_default[habit.name]

    assert ended.mode == "compat"
    assert (points(ended, "right"), points(ended, "wrong"), ended.code) == (POINTS, 0, 0)
    assert f"Your own solution does not pass `tests` of {habit.name} that way: " in "\n".join(ended.said)
    assert "it can read hidden tests" in ended.said[-1]


@together
def test_only_what_the_solution_needs_is_allowed(by_default: dict[str, Ended]) -> None:
    asked = {name: ended.said[1] if len(ended.said) > 1 else "" for name, ended in by_default.items()}

    assert asked["argument-in-place"].endswith("needs: `insort` changes its argument 1 in place.")
    assert asked["data-in-place"].endswith("needs: `basket` changes in place, `stock` changes in place.")
    assert asked["argument-kept"] == asked["object-where-none-was"] == asked["source-text"] == ""


@pytest.mark.parametrize("habit", UNFAIR, ids=named)
def test_in_a_forced_split_a_test_that_is_not_fair_there_calls_a_person(
    habit_course: Path, tmp_path: Path, habit: Habit
) -> None:
    root = tmp_path / "course"
    shutil.copytree(habit_course, root, ignore=shutil.ignore_patterns("autograded", "gradebook.db-*"))

    ended = grade(root, habit.name, split=True)[habit.name]

    assert (ended.mode, ended.code) == ("split", 1)
    assert one(ended, "right").needs_person and points(ended, "right") == 0
    assert one(ended, "right").notes[0].startswith("Cell `tests` could not be tested across processes (")


def test_an_answer_that_no_test_can_look_at_calls_a_person_and_one_that_is_wrong_does_not(class_of: Path) -> None:
    from cohort.assignment import RIGHT, WRONG, answered

    course.hand_in(
        class_of, "lazy", answered({**RIGHT, "double": "class Lazy:\n    pass\ndef double(x):\n    return Lazy()"})
    )
    course.hand_in(class_of, "wrong", answered(WRONG))

    ended = grade(class_of, "five")["five"]

    assert (ended.mode, ended.code) == ("split", 1)
    assert {graded.student for graded in ended.results if graded.needs_person} == {"lazy"}
    assert "(`double` returned a Lazy; only plain data can be tested)" in one(ended, "lazy").notes[0]
    assert points(ended, "lazy") == 10


def test_a_source_without_solutions_cannot_show_what_is_fair(class_of: Path) -> None:
    shutil.copytree(class_of / "release" / "five", class_of / "source" / "five", dirs_exist_ok=True)

    ended = grade(class_of, "five")["five"]

    assert ended.mode == "compat"
    assert "the source holds no solutions" in ended.said[0]
    assert points(ended, "victim") == 15


def test_a_test_that_the_solution_never_passes_is_named_as_that(class_of: Path) -> None:
    source = class_of / "source" / "five" / "five.ipynb"
    source.write_text(
        source.read_text(encoding="utf-8").replace("double(10) == 20", "double(10) == 21"), encoding="utf-8"
    )
    course.generate(class_of, "five")

    ended = grade(class_of, "five")["five"]

    assert (
        "Your own solution does not pass `double-tests` of five that way, and in one interpreter neither: "
        in ended.said[1]
    )


@pytest.mark.parametrize("name", ["equal-to-everything", "module-in-the-way", "edited-tests", "builtins-isclose"])
def test_nothing_that_is_handed_in_has_a_part_in_the_choice(class_of: Path, name: str) -> None:
    shutil.rmtree(class_of / "submitted")
    hand_in(class_of, BY_NAME[name])

    ended = grade(class_of, "five", cache=False)["five"]

    assert (ended.mode, points(ended, name)) == ("split", 0)
    assert ended.said == (
        "Tests and student code were kept apart, since your own solution passes all 3 tests that way.",
    )


def test_what_was_tried_once_is_not_tried_again(class_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = grade(class_of, "five")["five"]
    monkeypatch.setattr(Local, "submit", lambda self, job: pytest.fail("it was run again"))

    again = grade(class_of, "five")["five"]

    assert (again.mode, again.said) == (before.mode, before.said)


def test_several_assignments_end_each_in_its_own_way_and_none_stops_another(class_of: Path) -> None:
    found = grade(class_of, "six", "five")

    assert (found["six"].code, found["five"].code) == (2, 0)
    assert "There is no assignment 'six'" in str(found["six"].failed)
    assert course.scores(class_of) == {"victim": 15}


def test_the_library_call_for_one_assignment_chooses_too(class_of: Path) -> None:
    assert [graded.scores[0].score for graded in grade_course(Course(class_of, "five"), Options(limits=LIMITS))] == [15]


def test_interrupted_between_two_assignments_it_goes_on_where_it_was(habit_course: Path, tmp_path: Path) -> None:
    names, seen = ("argument-kept", "source-text", "pattern"), list[str]()
    root, calm = tmp_path / "course", tmp_path / "calm"
    for place in (root, calm):
        shutil.copytree(habit_course, place, ignore=shutil.ignore_patterns("autograded", "gradebook.db-*"))

    def interrupt(graded: Graded, done: int, of: int) -> None:
        seen.append(graded.student)
        if len(seen) == 4:
            raise KeyboardInterrupt

    options = Options(limits=LIMITS, cache=False)
    with pytest.raises(KeyboardInterrupt):
        list(grade_courses([Course(root, name) for name in names], options, interrupt))
    again = list(grade_courses([Course(root, name) for name in names], options))
    list(grade_courses([Course(calm, name) for name in names], options))

    assert all(graded.skipped for graded in again[0].results)
    assert any(graded.skipped for graded in again[1].results)
    assert course.rows(root) == course.rows(calm)
    assert course.autograded(root) == course.autograded(calm)
    assert not list((root / "autograded").glob(".grading/*"))


CHAPTERS = sorted(path.name for path in (REPOSITORY / "source").iterdir() if path.name not in ("00-start", "20-review"))
LONG = [pytest.param(name, marks=[] if name == "14-vpc" else pytest.mark.long) for name in CHAPTERS]


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", LONG)
def test_our_own_chapters_are_fair_where_they_are_split(tmp_path: Path, name: str) -> None:
    shutil.copytree(REPOSITORY / "source" / name, tmp_path / "source" / name)
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    course.generate(tmp_path, name)
    shutil.copytree(tmp_path / "release" / name, tmp_path / "submitted" / "one" / name)

    ended = grade(tmp_path, name, limits=None)[name]

    assert (ended.mode, len(ended.said)) == ("split", 1), ended.said


@pytest.mark.parametrize(("split", "code"), [(None, 2), (True, 0), (False, 0)], ids=["auto", "split", "compat"])
def test_a_source_that_cannot_be_tried_is_told_and_stops_no_mode_that_was_asked_for(
    class_of: Path, monkeypatch: pytest.MonkeyPatch, split: bool | None, code: int
) -> None:
    monkeypatch.setattr(Rehearsal, "_prepared", lambda self, name: 1 / 0)

    ended = grade(class_of, "five", split=split)["five"]

    assert ended.code == code
    assert code == 0 or "Your own solution of five could not be tried (ZeroDivisionError" in str(ended.failed)


def test_a_source_that_is_no_notebook_is_named(class_of: Path) -> None:
    (class_of / "source" / "five" / "five.ipynb").write_text("{", encoding="utf-8")

    ended = grade(class_of, "five")["five"]

    assert ended.code == 2
    assert str(ended.failed).startswith(str(class_of / "source" / "five" / "five.ipynb") + " is no notebook (")
