"""What a report says of each question and exercise, read from a graded notebook."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.utils import compute_checksum

from cloudcrib.course import chapter as chapters
from cloudcrib.editions import compose
from cloudcrib.grading.book.items import Part, items
from cloudcrib.grading.plugins.quizzes import key_of, outputs
from cloudcrib.grading.plugins.titles import exercises, short, titles

STARTER = "def usable(prefix):\n    ..."
SAID = "✓ small (2)\n✗ any (1)\n    `usable(24)` returned 254.\n2 of 3 points\n"


def role(id: str, **more: object) -> dict[str, object]:
    plain = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3, "grade_id": id}
    return {"nbgrader": {**plain, **more}}


def exercise(answer: str, said: str, score: float) -> nbformat.NotebookNode:
    """A graded notebook with one exercise."""
    cell = new_code_cell(answer, metadata=role("vpc-usable", solution=True, cell_type="code"))
    released = new_code_cell(STARTER, metadata=role("vpc-usable", solution=True, cell_type="code"))
    cell.metadata.nbgrader["checksum"] = compute_checksum(released)
    tests = new_code_cell("t.score()", metadata=role("vpc-usable-tests", grade=True, locked=True, points=3))
    result = new_output("execute_result", {"text/plain": str(score)}, execution_count=1)
    tests.outputs = [new_output("stream", name="stdout", text=said), result]
    return new_notebook(cells=[new_markdown_cell("### Exercise: usable *addresses*"), cell, tests])


def test_an_exercise_says_its_parts_and_its_points() -> None:
    nb = exercise("def usable(prefix):\n    return 1", SAID, 2.0)

    (found,) = items(nb, titles(nb))

    assert (found.title, found.score, found.most, found.answered) == ("Exercise: usable addresses", 2.0, 3.0, True)
    assert found.parts == (Part("small", "2", True), Part("any", "1", False))


@pytest.mark.parametrize(
    ("answer", "said"), [(STARTER, "x"), ("def usable(prefix):\n    pass", "Not attempted yet.\n")]
)
def test_a_starter_is_no_answer(answer: str, said: str) -> None:
    (found,) = items(exercise(answer, said, 0.0), {})

    assert not found.answered


def test_an_answer_that_stands_in_another_cell_is_one() -> None:
    (found,) = items(exercise(STARTER, SAID, 2.0), {})

    assert found.answered


@pytest.mark.parametrize("choice", [None, ["eleven"], ["fourteen"], ["junk", "junk"]])
def test_a_question_is_answered_when_something_is_recorded(vpc: Path, choice: list[str] | None) -> None:
    from cloudcrib.quizzes.answers import Answer

    cell = next(cell for cell in compose.source(chapters.read(vpc)).cells if cell.id == "vpc-usable-28")
    held = key_of(cell)
    assert held
    record = {} if choice is None else {"vpc-usable-28": Answer(choice, "2026-11-24T10:00:00Z")}
    cell.outputs = outputs(*held, record, 1.0, "practice")

    (found,) = items(new_notebook(cells=[cell]), titles(new_notebook(cells=[cell])))

    assert found.answered is (choice is not None)
    assert found.title.startswith("Question: ")


def test_what_is_shown_of_a_question_is_question_answer_and_verdict_each_once(vpc: Path) -> None:
    from cloudcrib.quizzes.answers import Answer

    cell = next(cell for cell in compose.source(chapters.read(vpc)).cells if cell.id == "vpc-usable-28")
    question, variant, read = key_of(cell) or pytest.fail("no key")
    record = {"vpc-usable-28": Answer(["eleven"], "2026-11-24T10:00:00Z")}

    told = outputs(question, variant, read, record, 1.0, "practice")[0].data["text/markdown"]

    assert told.startswith(question.stem)
    assert told.count("**Correct.**") == 1 and told.count("You chose") == 1 and "recorded" not in told.lower()


def test_exercises_are_called_as_the_course_calls_them(vpc: Path) -> None:
    named = exercises(vpc)

    assert named["vpc-usable"] == named["vpc-usable-tests"] == chapters.read(vpc).exercise("vpc-usable").title
    assert exercises(vpc.parent / "99-none") == {}


def test_a_long_title_ends_with_a_word_and_no_mark_is_left() -> None:
    assert short("Which `VPC` has *it*, [here](https://aws)?\n```\ncode\n```") == "Which VPC has it, here?"
    assert short("word " * 40).endswith("word …") and len(short("word " * 40)) <= 80
