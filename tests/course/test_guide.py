"""The exam guide as data: its lines, what covers them, and the sentence for a line that is not one."""

from __future__ import annotations

from pathlib import Path

import pytest
from shared import REPOSITORY, edit

from cloudcrib.course import guide, items
from cloudcrib.course.chapter import read
from cloudcrib.course.trouble import AuthoringError
from cloudcrib.editions import build
from cloudcrib.question import public, to_key
from cloudcrib.question.kinds import DOMAINS

PAGE = "https://docs.aws.amazon.com/aws-certification/"
HEAD = "id\ttask\tkind\ttopic\tsource\n"
LINES = f"{HEAD}3.4-k1\t3.4\tknowledge\tblocks of addresses\t{PAGE}\n3.4-s1\t3.4\tskill\tplanning a network\t{PAGE}\n"


@pytest.fixture
def guided(vpc: Path) -> Path:
    """The small course's chapter with a guide of two lines: a fact teaches the first, a question asks it."""
    guide.path_of(vpc).write_text(LINES, encoding="utf-8")
    edit(vpc / "facts.toml", "values = { reserved = 5 }", 'values = { reserved = 5 }\ncovers = ["3.4-k1"]')
    edit(vpc / "questions.toml", 'id = "vpc-usable-26"', 'id = "vpc-usable-26"\ncovers = ["3.4-k1"]')
    return vpc


def test_facts_and_questions_carry_the_lines_that_they_cover(guided: Path) -> None:
    chapter = read(guided)

    assert chapter.facts["subnet-five-reserved"].covers == ("3.4-k1",)
    assert chapter.question("vpc-usable-26").covers == ("3.4-k1",)


def test_each_line_knows_what_teaches_and_what_asks_it(guided: Path) -> None:
    own = items.read(guided)
    facts = [("14-vpc", fact.id, fact.covers) for fact in own.facts.values()]
    questions = [("14-vpc", question.id, question.covers) for question in own.questions]

    first, second = guide.coverage(guide.load(guide.path_of(guided)), facts, questions)

    assert first.whole and first.taught == (("14-vpc", "subnet-five-reserved"),)
    assert first.asked == (("14-vpc", "vpc-usable-26"),)
    assert (second.whole, second.taught, second.asked) == (False, (), ())


def test_what_a_question_covers_changes_no_edition(vpc: Path, tmp_path: Path) -> None:
    root = vpc.parent.parent
    assert build.build_one(root, vpc).trouble is None

    guide.path_of(vpc).write_text(LINES, encoding="utf-8")
    edit(vpc / "questions.toml", 'id = "vpc-usable-26"', 'id = "vpc-usable-26"\ncovers = ["3.4-k1"]')

    assert build.build_one(root, vpc).written == ()
    question = read(vpc).question("vpc-usable-26")
    assert "3.4-k1" not in str((public(question), to_key(question)))


@pytest.mark.parametrize(
    ("file", "old", "id"),
    [("facts.toml", "values = { reserved = 5 }", "subnet-five-reserved"), ("questions.toml", 'kind = "number"', "vpc-usable-26")],
)  # fmt: skip
@pytest.mark.parametrize(
    ("covers", "said"),
    [
        ('["3.4-k2"]', "It covers '3.4-k2', which chapters/guide.tsv lacks. Did you mean '3.4-k1'?"),
        ('["routing"]', "It covers 'routing', which chapters/guide.tsv lacks."),
        ('["3.4-k1", "3.4-k1"]', "It covers '3.4-k1' twice."),
        ('"3.4-k1"', "list of ids of lines of the exam guide"),
    ],
)
def test_a_line_that_the_guide_lacks_is_named_with_the_one_that_was_meant(
    vpc: Path, file: str, old: str, id: str, covers: str, said: str
) -> None:
    guide.path_of(vpc).write_text(LINES, encoding="utf-8")
    edit(vpc / file, old, f"{old}\ncovers = {covers}")

    with pytest.raises(AuthoringError) as caught:
        read(vpc)

    assert said in caught.value.trouble.sentence
    assert (caught.value.path.name, caught.value.id) == (file, id)


def test_without_a_guide_nothing_can_be_covered(vpc: Path) -> None:
    edit(vpc / "questions.toml", 'kind = "number"', 'kind = "number"\ncovers = ["3.4-k1"]')

    with pytest.raises(AuthoringError, match=r"this course has no chapters/guide\.tsv"):
        read(vpc)


def test_a_guide_that_was_edited_is_read_again(guided: Path) -> None:
    read(guided)
    edit(guide.path_of(guided), "3.4-k1", "3.4-k11")

    with pytest.raises(AuthoringError, match=r"Did you mean '3\.4-k11'"):
        read(guided)


FAULTS = [
    (HEAD, "id\ttopic\n", 1, "The first line names the columns"),
    ("\tskill", "", 3, "A line of the guide has 5 texts"),
    ("planning a network", " ", 3, "A line of the guide has 5 texts"),
    ("3.4\tskill", "9.9\tskill", 3, "The task is '9.9'"),
    ("\tskill", "\tability", 3, "The kind is 'ability'"),
    ("3.4-s1", "3.4-k2", 3, "The id of this line is 3.4-s and a number"),
    ("3.4-s1\t3.4\tskill", "3.4-k1\t3.4\tknowledge", 3, "stands above already"),
    (f"network\t{PAGE}", "network\tthe guide", 3, "the https address"),
]


@pytest.mark.parametrize(("old", "new", "line", "said"), FAULTS, ids=[fault[3] for fault in FAULTS])
def test_a_guide_that_cannot_be_read_is_named_with_its_line(
    vpc: Path, old: str, new: str, line: int, said: str
) -> None:
    path = guide.path_of(vpc)
    path.write_text(LINES.replace(old, new), encoding="utf-8")

    with pytest.raises(AuthoringError) as caught:
        guide.load(path)

    assert said in caught.value.trouble.sentence
    assert (caught.value.path, caught.value.line) == (path, line)


def test_the_courses_own_guide_has_lines_of_every_task_in_a_few_words() -> None:
    lines = guide.load(REPOSITORY / "chapters" / "guide.tsv").values()

    assert {line.task for line in lines} == set(DOMAINS)
    assert {line.kind for line in lines} == {"knowledge", "skill"}
    assert max(len(line.topic.split()) for line in lines) <= 12
