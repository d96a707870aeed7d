"""A notebook that was handed out alone: the package carries its questions, and says where they are not the notebook's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cloudcrib.course import carried, place
from cloudcrib.question.fingerprint import fingerprint
from cloudcrib.quizzes import answers, cell, session
from cloudcrib.quizzes.session import ALONE, OTHERS
from cloudcrib.quizzes.session import session as asked

ROW = {
    "id": "demo-a",
    "kind": "choose-one",
    "stem": "Which?",
    "domain": "1.1",
    "level": "recall",
    "exam": False,
    "options": [{"id": "x", "text": "This"}, {"id": "y", "text": "That"}],
    "choose": 1,
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a student's with no course above it, and a package that carries one chapter."""
    monkeypatch.delenv("CLOUDCRIB_ROOT", raising=False)
    bank = tmp_path / "package" / "banks" / "90-demo.json"
    bank.parent.mkdir(parents=True)
    bank.write_text(json.dumps({"slug": "demo", "questions": [ROW], "starters": {}, "points": {}}))
    monkeypatch.setattr(carried, "PACKAGE", tmp_path / "package")
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    return home


def test_its_questions_are_asked_and_answers_recorded_beside_it(desk: Path) -> None:
    one = asked(("demo-a",), fingerprint([ROW]))

    session.note(one, "demo-a", ["x"])

    assert one.graded
    assert session.state(one, "demo-a")["notice"] == ""
    assert answers.load(answers.side_file(desk, "demo"))[0]["demo-a"].choice == ["x"]


def test_questions_that_are_not_the_notebooks_are_said_to_be_others_as_long_as_they_are_asked(desk: Path) -> None:
    one = asked(("demo-a",), fingerprint([ROW | {"stem": "Which one?"}]))
    before = session.state(one, "demo-a")["notice"]

    session.note(one, "demo-a", ["x"])

    assert before == session.state(one, "demo-a")["notice"] == OTHERS


def test_the_file_beside_a_notebook_is_held_against_it_too(desk: Path) -> None:
    (desk / place.QUESTIONS).write_text(json.dumps({"slug": "demo", "questions": [ROW | {"stem": "Why?"}]}))

    assert asked(("demo-a",), fingerprint([ROW])).warning == OTHERS
    assert asked(("demo-a",)).warning == ""


def test_a_self_study_notebook_without_its_course_says_that_nothing_is_explained(desk: Path) -> None:
    assert asked(("demo-a",)).warning == ALONE


def test_what_a_student_cannot_see_makes_no_difference() -> None:
    assert fingerprint([ROW | {"domain": "2.2", "level": "apply"}]) == fingerprint([ROW])
    assert fingerprint([ROW | {"options": ROW["options"][::-1]}]) != fingerprint([ROW])  # type: ignore[index]


def test_a_question_that_nobody_carries_is_one_sentence(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[dict[str, Any]] = []
    monkeypatch.setattr(cell, "_display", lambda bundle, *_, **__: said.append(bundle))

    cell.quiz("other-a")

    assert len(said) == 1
    assert "carries no chapter that 'other-a' belongs to" in said[0]["text/markdown"]


def test_in_a_clone_the_student_edition_is_what_is_carried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "release" / "90-demo").mkdir(parents=True)
    (tmp_path / "release" / "90-demo" / "questions.json").write_text("{}")
    monkeypatch.setattr(carried, "PACKAGE", tmp_path / "src" / "cloudcrib")
    monkeypatch.setattr(carried, "RELEASE", tmp_path / "release")

    assert carried.owner("demo-a") == ("demo", tmp_path / "release" / "90-demo" / "questions.json")
    assert carried.owner("demonstration-a") is None
