"""Reading an authored chapter, and the sentence for each mistake an author can make."""

from __future__ import annotations

from pathlib import Path

import pytest
from shared import edit

from cloudcrib.course.chapter import read, taught
from cloudcrib.course.trouble import AuthoringError


def test_a_sound_chapter_has_its_cells_questions_exercises_and_facts(vpc: Path) -> None:
    chapter = read(vpc)

    assert chapter.slug == "vpc"
    assert [q.id for q in chapter.questions] == ["vpc-usable-28", "vpc-usable-26"]
    assert [e.points for e in chapter.exercises] == [3]
    assert set(chapter.facts) == {"subnet-five-reserved", "vpc-cidr-quota"}


def test_each_cell_knows_the_line_it_starts_on(vpc: Path) -> None:
    lines = (vpc / "chapter.md").read_text(encoding="utf-8").splitlines()

    cells = read(vpc).cells
    assert {"quiz", "answer", "tests", "wrong"} <= {cell.role for cell in cells}
    for cell in cells:
        start = lines[cell.line - 1]
        assert start.startswith("```python") or start == cell.source.split("\n")[0]


def test_figures_of_facts_stand_in_question_texts(vpc: Path) -> None:
    body = read(vpc).question("vpc-usable-28").body

    assert "Sixteen less 5." in [option.why for option in body.options]


def test_facts_named_by_marks_count_as_taught(vpc: Path) -> None:
    assert taught(read(vpc)) == {"subnet-five-reserved", "vpc-cidr-quota"}


MISTAKES = [
    ("chapter.md", 'role="quiz"', 'role="quizz"', "Unknown role 'quizz'", 20),
    ("chapter.md", 'role="answer" id="vpc-usable"', 'role="answer"', "needs 'id'", 25),
    ("chapter.md", 'id="vpc-imports"', 'id="imports"', "starts with `vpc-`", 6),
    ("chapter.md", 'id="vpc-imports"', 'id="vpc-usable"', "already used on line 6", 25),
    ("chapter.md", 'id="vpc-imports"', 'id="vpc-usable-28"', "both a cell and a question", 6),
    ("chapter.md", '"vpc-usable-26"]', '"vpc-usable-27"]', "questions.toml does not have", 20),
    ("chapter.md", '"vpc-usable-26"]', '"vpc-usable-26", "vpc-usable-28"]', "already asked", 20),
    ("chapter.md", ', "vpc-usable-26"]', "]", "No quiz fence", 16),
    ("chapter.md", "t.score()\n", "t.report()\n", "ends with `t.score()`", 33),
    ("chapter.md", "points=3", "points=0", "`points` is a whole number above zero", 33),
    ("chapter.md", "    ### BEGIN SOLUTION\n", "", "`### BEGIN SOLUTION` is missing above it", 29),
    ("chapter.md", "{{subnet-five-reserved.reserved}} addresses of each", "{{subnet-five.reserved}} addresses of each", "no fact with this id", 3),
    ("chapter.md", "{{facts: subnet-five-reserved", "{{facts: subnet-six", "no fact with this id", 18),
    ("chapter.md", 'for="vpc-usable" says="AWS', 'for="vpc-unusable" says="AWS', "no answer or lab fence", 47),
    ("chapter.md", "# 14 · Networks: a small one", "Networks", "starts with its title", 1),
    ("questions.toml", 'id = "vpc-usable-26"', 'id = "vpc-usable-28"', "vpc-usable-28", None),
    ("questions.toml", '"fourteen", text', '"fourteen", right = true, text', "right", 2),
    ("questions.toml", ', why = "That is the whole block; AWS keeps five."', "", "why", 2),
    ("questions.toml", 'facts = ["subnet-five-reserved"]\nlevel = "apply"\nstem = "How many addresses of a /28', 'facts = ["nobody"]\nlevel = "apply"\nstem = "How many addresses of a /28', "'nobody', which facts.toml lacks", 2),
    ("questions.toml", "[[question]]\nid = \"vpc-usable-26\"", "[[question]\nid = \"vpc-usable-26\"", "as many brackets as it begins with", 15),
    ("questions.toml", 'title = "Usable addresses"\n', "", "lacks title", None),
    ("questions.toml", 'asks = "vpc-usable-28"', 'asks = "vpc-usable-29"', "which is no question", None),
    ("facts.toml", 'status = "changed"', 'status = "moved"', "Status 'moved' is not one of", 11),
    ("facts.toml", 'checked = 2026-11-24\nvolatile', 'checked = "2026-11-24"\nvolatile', "a date without quotes", 11),
    ("facts.toml", 'then = "A VPC has one block"\n', "", "says in `then` what the sheet said", 11),
    ("facts.toml", 'id = "vpc-cidr-quota"', 'id = "subnet-five-reserved"', "used twice", 11),
    ("facts.toml", "volatile = true", "volatil = true", "Unknown field 'volatil'", 11),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said", "line"), MISTAKES, ids=[m[3] for m in MISTAKES])
def test_a_mistake_gets_one_sentence_with_file_and_line(
    vpc: Path, file: str, old: str, new: str, said: str, line: int | None
) -> None:
    edit(vpc / file, old, new)

    with pytest.raises(AuthoringError) as caught:
        read(vpc)

    assert said in str(caught.value)
    assert "\n" not in caught.value.trouble.sentence
    assert line is None or caught.value.line == line
    assert caught.value.line >= 1 and caught.value.path.parent == vpc


def test_a_missing_file_is_named(vpc: Path) -> None:
    (vpc / "facts.toml").unlink()

    with pytest.raises(AuthoringError, match=r"facts\.toml.*missing"):
        read(vpc)


@pytest.mark.parametrize(
    "mark", ["{{subnet-five - reserved.reserved}}", "{{change}}", "{{fact: subnet-five-reserved}}"]
)
def test_what_looks_like_a_placeholder_but_is_none_is_named(vpc: Path, mark: str) -> None:
    edit(vpc / "chapter.md", "The block knows", f"{mark} The block knows")

    with pytest.raises(AuthoringError, match=r"chapter.md:12: .*is no placeholder"):
        read(vpc)


def test_a_volatile_figure_inside_code_is_no_link(vpc: Path) -> None:
    from cloudcrib.editions.compose import prose

    assert prose(read(vpc), "`blocks <= {{vpc-cidr-quota.blocks}}`") == "`blocks <= 5`"
