"""Whatever a submission tries: nobody gains a point, nothing outside the box is read or written, everybody else is graded."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nbformat
import pytest
from cohort import course, effect
from cohort.attacks import ATTACKS, BY_NAME, FOLDER, SECRETS, Attack, hand_in
from cohort.machine import needs_bubblewrap

from cloudcrib.grading.batch import Graded, Options, grade_course
from cloudcrib.grading.book.course import Course
from cloudcrib.grading.inside.limits import Limits

LIMITS = Limits(cell_seconds=6, submission_seconds=60, memory_mb=1024)
OUTSIDE = (
    "wrote ..",
    "wrote /etc",
    "wrote /usr",
    "wrote /root",
    "rewrote",
    "connected",
    "reached",
    "unshared",
    "FOUND",
)


def graded(root: Path, split: bool, **more: object) -> list[Graded]:
    return grade_course(Course(root, "five"), Options(split=split, cache=False, limits=LIMITS, **more))  # type: ignore[arg-type]


def test_the_files_are_what_the_table_says() -> None:
    assert {path.stem for path in FOLDER.glob("*.ipynb")} == set(BY_NAME)
    for attack in ATTACKS:
        assert nbformat.read(FOLDER / f"{attack.name}.ipynb", as_version=4) == attack.notebook(), (
            f"run python -m cohort.attacks: {attack.name}"
        )


@pytest.fixture(scope="module", params=["split", "compat"])
def everything(
    request: pytest.FixtureRequest, released: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path, dict[str, Graded]]:
    """All attacks at once, among honest work, in one mode."""
    root = tmp_path_factory.mktemp(request.param) / "class"
    shutil.copytree(released, root)
    for attack in ATTACKS:
        hand_in(root, attack)
    course.hand_in_right(root, "zz-last")
    os.environ["GRADER_TOKEN"] = "grader-token-9028"
    try:
        found = graded(root, request.param == "split")
    finally:
        del os.environ["GRADER_TOKEN"]
    return request.param, root, {one.student: one for one in found}


@needs_bubblewrap
@pytest.mark.slow
@pytest.mark.xdist_group("attacks")  # they share two gradings
def test_every_submission_has_a_grade_and_the_honest_have_theirs(
    everything: tuple[str, Path, dict[str, Graded]],
) -> None:
    _, root, found = everything

    assert set(found) == {*BY_NAME, "victim", "zz-last"}
    assert all(one.scores for one in found.values()), [name for name, one in found.items() if not one.scores]
    assert course.scores(root)["victim"] == course.scores(root)["zz-last"] == 15


@needs_bubblewrap
@pytest.mark.slow
@pytest.mark.xdist_group("attacks")  # they share two gradings
def test_nobody_gains_a_point_where_tests_and_answers_are_apart(
    everything: tuple[str, Path, dict[str, Graded]],
) -> None:
    mode, root, _ = everything
    if mode == "compat":
        pytest.skip("in one interpreter points can be stolen, as with nbgrader: the equality tests pin that")

    assert {name: course.scores(root)[name] for name in BY_NAME} == dict.fromkeys(BY_NAME, 0)


@needs_bubblewrap
@pytest.mark.slow
@pytest.mark.xdist_group("attacks")  # they share two gradings
def test_nothing_outside_the_box_is_read_or_written(everything: tuple[str, Path, dict[str, Graded]]) -> None:
    mode, root, _ = everything
    inside = {"hidden-tests-in-frames", "hidden-tests-in-memory"} if mode == "compat" else set()

    for attack in ATTACKS:
        said = course.printed(root, attack.name)
        own = (FOLDER / f"{attack.name}.ipynb").read_text(encoding="utf-8")
        assert not [
            secret for secret in SECRETS if secret in said and secret not in own and attack.name not in inside
        ], attack.name
        assert not [line for line in said.splitlines() if line.startswith(OUTSIDE) and not _in_memory(line)], (
            attack.name
        )
    assert not (root / "written-by-a-student").exists()
    assert any(course.printed(root, attack.name) for attack in ATTACKS), (
        "no attack said anything that could be looked at"
    )


def _in_memory(line: str) -> bool:
    """The home, and the folders that lead to the submission, are the box's own memory; test_drive shows that the host has none of it."""
    return line.startswith(("wrote ../", f"wrote {Path.home()}/"))


@needs_bubblewrap
@pytest.mark.slow
@pytest.mark.xdist_group("attacks")  # they share two gradings
def test_what_ends_a_process_is_told_in_a_sentence(everything: tuple[str, Path, dict[str, Graded]]) -> None:
    _, _, found = everything

    for name, said in {
        "exit": "exit code 0",
        "deaf-loop": "did not stop",
        "kill-the-parent": "ended its own sandbox",
    }.items():
        assert any(said in note for note in found[name].notes), found[name].notes


@needs_bubblewrap
@pytest.mark.slow
@pytest.mark.parametrize("mode", ["split", "compat"])
@pytest.mark.parametrize(
    "attack", [attack for attack in ATTACKS if attack.kind == "stay"], ids=lambda attack: attack.name
)
def test_nothing_stays_for_the_next_submission(tmp_path: Path, attack: Attack, mode: str) -> None:
    root = effect.prepare(tmp_path / "class", attack)

    graded(root, mode == "split", workers=1)

    found = effect.effect(root)
    assert {"no segment", "no key"} <= {*course.printed(root, effect.ACCOMPLICE).splitlines()}
    assert not [trace for trace in found.traces if trace.startswith("FOUND")]
    assert (found.victim, found.accomplice, found.later) == (15, 0, True)


@needs_bubblewrap
@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "skip-tag",
        "equal-to-everything",
        "startup-file",
        "hidden-tests-on-disk",
        "rewrite-a-classmate",
        "duplicated-tests",
    ],
)
def test_these_work_against_plain_nbgrader(name: str) -> None:
    """So that the other tests are not passed by attacks that could never work; docs/grading.md has all of them."""
    found = effect.under_stock(BY_NAME[name])

    assert found.points or found.leaked or found.accomplice or found.victim != 15 or not found.later, found
