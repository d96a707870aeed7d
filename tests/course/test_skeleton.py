"""`crib new`: what it writes is sound except for the blanks, and `crib check` names each blank."""

from __future__ import annotations

from pathlib import Path

import pytest

from cloudcrib.course import skeleton
from cloudcrib.course.chapter import read
from cloudcrib.editions import build, check
from cloudcrib.question.kinds import KINDS


def test_a_new_chapter_is_sound_but_for_its_blanks(course: Path) -> None:
    skeleton.chapter(course, "15-connectivity")

    troubles = check.check(course, course / "chapters" / "15-connectivity", quick=True)

    assert troubles
    assert {t.sentence.split(":")[0] for t in troubles} == {"Still to fill in"}


def test_a_new_chapter_can_be_built_and_its_exercise_proved(course: Path) -> None:
    skeleton.chapter(course, "15-connectivity")

    assert build.build_one(course, course / "chapters" / "15-connectivity").trouble is None
    sentences = [t.sentence for t in check.check(course, course / "chapters" / "15-connectivity")]
    assert all(s.startswith("Still to fill in") for s in sentences), sentences


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_question_of_each_kind_can_be_read_and_is_asked(course: Path, kind: str) -> None:
    skeleton.question(course, "vpc-new-one", kind)

    assert read(course / "chapters" / "14-vpc").question("vpc-new-one").kind == kind


def test_a_new_exercise_stands_before_the_mistakes(course: Path) -> None:
    skeleton.exercise(course, "vpc-new-task")

    assert [e.id for e in read(course / "chapters" / "14-vpc").exercises] == ["vpc-usable", "vpc-new-task"]


@pytest.mark.parametrize("name", ["connectivity", "15_connectivity", "15-Connectivity", "14-vpc", "16-vpc"])
def test_a_name_that_is_wrong_or_taken_writes_nothing(course: Path, name: str) -> None:
    before = sorted(p for p in (course / "chapters").rglob("*"))

    with pytest.raises(skeleton.Refused, match=f"{name!r}|already"):
        skeleton.chapter(course, name)
    assert sorted(p for p in (course / "chapters").rglob("*")) == before


@pytest.mark.parametrize("id", ["nowhere-question", "vpc-usable-28", "VPC-x"])
def test_an_id_that_is_wrong_or_taken_is_refused(course: Path, id: str) -> None:
    with pytest.raises(skeleton.Refused, match=f"{id!r}"):
        skeleton.question(course, id, "choose-one")


def test_a_new_chapter_has_a_folder_for_its_code_where_the_package_is_at_hand(course: Path) -> None:
    (course / "src" / "cloudcrib" / "chapters").mkdir(parents=True)

    written = skeleton.chapter(course, "21-mock-exam")

    code = course / "src" / "cloudcrib" / "chapters" / "mock_exam" / "__init__.py"
    assert code in written
    compile(code.read_text(), str(code), "exec")


def test_a_new_chapter_writes_no_code_into_a_course_without_the_package(course: Path) -> None:
    skeleton.chapter(course, "21-mock-exam")

    assert not (course / "src").exists()
