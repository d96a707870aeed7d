"""Variants: the same question with other figures; unsound generators are the author's mistake, said with file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shared import REPOSITORY, edit
from sharing import GENERATOR

from cloudcrib.course import chapter, variants
from cloudcrib.course.course import Course
from cloudcrib.course.trouble import AuthoringError
from cloudcrib.editions import build, check, check_variants
from cloudcrib.exercise.variant import variant
from cloudcrib.question import mark
from cloudcrib.question.kinds import Number
from cloudcrib.quizzes.bank import bank

QID = "vpc-usable-26"


@pytest.fixture
def varied(vpc: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small course's chapter with a generator for a question and one for an exercise."""
    (vpc / "variants.py").write_text(GENERATOR)
    monkeypatch.chdir(vpc.parent.parent)
    return vpc


def said(folder: Path) -> list[str]:
    return [str(trouble) for trouble in check_variants.look(chapter.read(folder), check._flaws)]


def test_a_draw_is_a_sound_question_of_its_own(varied: Path) -> None:
    one = bank(QID).variant(QID, 17)
    (question,) = one.keys.values()

    assert question.id == "vpc-usable-26~17"
    assert isinstance(question.body, Number)
    assert mark(question, f"{question.body.answer:,}").fraction == 1
    assert question.stem != bank(QID).keys[QID].stem
    assert question.body.why.endswith("less 5.")


def test_the_same_number_draws_the_same_question_and_another_draws_another(varied: Path) -> None:
    every = [bank(QID).variant(QID, number).keys[f"{QID}~{number}"] for number in range(30)]

    assert bank(QID).variant(QID, 3).keys[f"{QID}~3"] == every[3]
    assert len({each.stem for each in every}) > 25


def test_an_edited_generator_is_read_again(varied: Path) -> None:
    before = bank(QID).variant(QID, 1).shown
    edit(varied / "variants.py", "can you give away", "are yours")

    assert bank(QID).variant(QID, 1).shown != before


def test_a_trap_that_meets_the_answer_falls_away(varied: Path) -> None:
    edit(varied / "variants.py", '"value": size - 2', '"value": size - 5')

    assert bank(QID).variant(QID, 1).keys[f"{QID}~1"].body.traps == ()  # type: ignore[union-attr]


def test_sound_generators_pass_the_check(varied: Path) -> None:
    assert said(varied) == []


FAULTS = [
    ('"answer": size - 5,', '"answer": float("nan"),', "not a finite number"),
    ('"answer": size - 5,', '"answer": size / 7,', "too many decimals to type"),
    ('"answer": size - 5,', "", "`answer` is missing"),
    ('"answer": size - 5,', '"answer": size - 5, "unit": "m",', "`unit` is not a field that can vary"),
    ('"answer": size - 5,', '"answer": 1 // 0,', "stops with ZeroDivisionError"),
    ('"mistake": "vpc-keeps-two"', '"mistake": "vpc-other"', "the mistake 'vpc-other' has no note"),
    ("10.{r.randint(0, 255)}.0.0/", "/", "only 13 stems differ"),
    ('"What is the block, less what AWS keeps?"', 'f"It is {size - 5}."', "A hint holds the answer itself"),
    ('"vpc-usable-26": usable', '"vpc-usable-27": usable', "no question and no exercise with this id"),
    ('"vpc-usable-26": usable', '"vpc-usable-28": usable', "only a number question can have variants"),
    ('{"prefix": r.randint(16, 28)}', '{"prefix": 24}', "the same parameters"),
    ("VARIANTS =", "VARIATIONS =", "The file ends with VARIANTS"),
    ("def usable(r):", "def usable(r:", "SyntaxError"),
    ("def usable(r):", "import nowhere_at_all\n\ndef usable(r):", "ModuleNotFoundError"),
    ("{{{{subnet-five-reserved.reserved}}}}", "{{{{subnet-five-reserved.no}}}}", "no value 'no'"),
]


@pytest.mark.parametrize(("old", "new", "expected"), FAULTS, ids=[fault[2] for fault in FAULTS])
def test_an_unsound_generator_is_named_with_its_file(varied: Path, old: str, new: str, expected: str) -> None:
    edit(varied / "variants.py", old, new)

    found = said(varied)

    assert any(expected in sentence and "14-vpc/variants.py:" in sentence for sentence in found), found


def test_check_looks_at_variants(varied: Path) -> None:
    edit(varied / "variants.py", '"answer": size - 5,', '"answer": size / 7,')

    assert any("too many decimals" in str(t) for t in check.check(varied.parent.parent, varied, quick=True))


def test_a_broken_generator_stops_the_quiz_with_a_sentence(varied: Path) -> None:
    (varied / "variants.py").write_text("VARIANTS = 3")

    with pytest.raises(AuthoringError, match="The file ends with VARIANTS"):
        bank(QID)


def test_variants_change_no_edition_of_a_course_that_does_not_share_them_out(vpc: Path) -> None:
    root = vpc.parent.parent
    assert build.build_one(root, vpc).trouble is None
    before = {path: path.read_bytes() for path in root.glob("[nsr]*/**/*.*")}

    (vpc / "variants.py").write_text(GENERATOR)

    assert build.build_one(root, vpc).written == ()
    assert before == {path: path.read_bytes() for path in root.glob("[nsr]*/**/*.*")}


def test_an_exercise_draws_its_parameters_by_number(varied: Path) -> None:
    drawn = [variant("vpc-usable", number)["prefix"] for number in range(20)]

    assert variant("vpc-usable", 3)["prefix"] == drawn[3]
    assert len(set(drawn)) > 5
    with pytest.raises(LookupError, match="has no variants"):
        variant("vpc-other")


def test_the_courses_own_variants_are_many_and_sound() -> None:
    folders = [folder for folder in Course(REPOSITORY).written if variants.generators(folder)]

    assert sum(len(variants.generators(folder)) for folder in folders) >= 6
    assert [sentence for folder in folders for sentence in said(folder)] == []


ALL = [(folder, id) for folder in Course(REPOSITORY).written for id in variants.generators(folder)]


@pytest.mark.parametrize(("folder", "id"), ALL, ids=[id for _, id in ALL])
def test_a_thousand_draws_of_each_generator_are_sane_and_their_traps_stay_apart(folder: Path, id: str) -> None:
    read = chapter.read(folder)
    base = next(q for q in read.questions if q.id == id)

    for number in range(1000):
        one = variants.drawn(base, folder, read.facts, number)
        assert isinstance(one.body, Number)
        values = [one.body.answer, *(trap.value for trap in one.body.traps)]
        assert all(0 <= value < 10**9 for value in values), (number, values)
        assert one.body.traps and len(set(values)) == len(values), (number, values)
        assert mark(one, str(one.body.answer)).fraction == 1
        assert not any(mark(one, str(trap.value)).fraction for trap in one.body.traps), number
        assert len(one.stem.split()) <= 90 and "{" not in one.stem + one.body.why, number


def test_a_key_can_be_written_down_with_a_variant(varied: Path) -> None:
    from cloudcrib.question.kinds import from_key, to_key

    one = bank(QID).variant(QID, 5).keys[f"{QID}~5"]

    assert from_key(json.loads(json.dumps(to_key(one)))) == one
