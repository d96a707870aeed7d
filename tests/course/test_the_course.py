"""The course itself: every key, every exercise, every release, through the real marking and the real nbgrader."""

from __future__ import annotations

import base64
import csv
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from shared import REPOSITORY, nbgrader

from cloudcrib.course import chapter, regions
from cloudcrib.course.chapter import Chapter
from cloudcrib.course.course import Course
from cloudcrib.question import Question, mark
from cloudcrib.question.kinds import Choose, Match, Number, Order, right_choice
from cloudcrib.quizzes import answers

FOLDERS = Course(REPOSITORY).written
CHAPTERS = [chapter.read(folder) for folder in FOLDERS]
QUESTIONS = [question for one in CHAPTERS for question in one.questions]
every_chapter = pytest.mark.parametrize("one", CHAPTERS, ids=[f.name for f in FOLDERS])
HANDED_OUT = [one for one in CHAPTERS if Course(REPOSITORY).handed_out(one.name)]
every_release = pytest.mark.parametrize("one", HANDED_OUT, ids=[one.name for one in HANDED_OUT])
ALWAYS = "07-elb"  # goes through nbgrader in `make test`; each of the others takes as long, in `make test-all`
THROUGH_NBGRADER = [one if one.name == ALWAYS else pytest.param(one, marks=pytest.mark.long) for one in HANDED_OUT]
every_question = pytest.mark.parametrize("question", QUESTIONS, ids=[q.id for q in QUESTIONS])


def test_there_is_a_course() -> None:
    """Each test below runs for each chapter or question; without any they would all pass."""
    assert len(CHAPTERS) >= 8 and all(one.questions for one in CHAPTERS if not one.name.startswith(("00", "20")))


def test_the_tour_says_where_the_numbers_are_no_order_to_read_in() -> None:
    tour = (REPOSITORY / "chapters" / "00-start" / "chapter.md").read_text(encoding="utf-8")
    late = [
        (folder.name[:2], later)
        for folder in FOLDERS
        for said in re.findall(r"builds on (.+)", (folder / "chapter.md").read_text(encoding="utf-8"))
        for later in re.findall(r"\(([0-9]{2}-[a-z0-9-]+)\.ipynb\)", said)
        if later[:2] > folder.name[:2]
    ]

    for before, later in late:
        assert re.search(rf"\({later}\.ipynb\) comes before .*\b{before}\b", tour), f"{before} builds on {later}"
    assert late


@every_question
def test_silence_earns_nothing_and_the_key_earns_everything(question: Question) -> None:
    assert mark(question, None).fraction == 0
    assert mark(question, right_choice(question)).fraction == 1


def wrong_choices(question: Question) -> Iterator[object]:
    """One choice for each thing that can be got wrong."""
    right = right_choice(question)
    match question.body:
        case Choose(options):
            wrong = [o.id for o in options if not o.right]
            yield from ([id] for id in wrong)
            if len(right) > 1:
                yield from ([id, *right[1:]] for id in wrong)
                yield from ([r for r in right if r != left_out] for left_out in right)
        case Number(traps=traps):
            yield from (str(trap.value) for trap in traps)
        case Order():
            yield from ([*right[:i], right[i + 1], right[i], *right[i + 2 :]] for i in range(len(right) - 1))
        case Match(left, rights):
            yield from ({**right, each.id: other.id} for each in left for other in rights if other.id != each.to)


@every_question
def test_every_way_to_be_wrong_earns_less_than_everything_and_nothing_on_the_exam(question: Question) -> None:
    choices = list(wrong_choices(question))

    assert choices
    for choice in choices:
        assert mark(question, choice).fraction < 1, choice
        assert mark(question, choice, "exam").fraction == 0, choice


def secrets(one: Chapter) -> set[str]:
    """What a student may not see before grading: reasons, hints, notes on mistakes, hidden tests, solutions."""
    shown = [regions.visible(e.tests.source) + regions.starter(e.answer.source) for e in one.exercises]
    public = "\n".join([*compose_prose(one), *(q.stem for q in one.questions), *map(one.expand, shown)])
    texts = {why for q in one.questions for why in reasons(q)} | {hint for q in one.questions for hint in q.hint}
    texts |= {hint for e in one.exercises for hint in e.hints} | {m.note for m in one.mistakes.values()}
    for exercise in one.exercises:
        hidden = regions.HIDDEN.findall(exercise.tests.source)
        solved = [m.group(0) for m in regions.SOLUTION.finditer(exercise.answer.source)]
        lines = {line.strip() for block in [*hidden, *solved] for line in block.splitlines()}
        texts |= {line for line in lines if len(line) > 25}
    return {text for text in texts if len(text) > 20 and text not in public}


def compose_prose(one: Chapter) -> list[str]:
    from cloudcrib.editions.compose import prose

    return [prose(one, c.source) for c in one.cells if c.role == "prose"] + [
        one.expand(c.source) for c in one.cells if c.role == "code"
    ]


def reasons(question: Question) -> Iterator[str]:
    parts = {Choose: "options", Order: "items", Match: "left", Number: "traps"}[type(question.body)]
    yield from (part.why for part in getattr(question.body, parts) if part.why)
    if not isinstance(question.body, Choose):
        yield question.body.why


def encodings(text: str) -> Iterator[bytes]:
    raw = text.encode()
    yield raw
    yield json.dumps(text)[1:-1].encode()
    yield json.dumps(text, ensure_ascii=False)[1:-1].encode()
    yield from (base64.b64encode(b"\0" * shift + raw)[4 if shift else 0 : -4] for shift in range(3))


def test_a_chapter_that_nobody_hands_in_has_no_release() -> None:
    assert {path.name for path in (REPOSITORY / "release").iterdir()} == {one.name for one in HANDED_OUT}
    assert not any(one.questions or one.exercises for one in CHAPTERS if one not in HANDED_OUT)


@every_release
def test_a_release_holds_no_key_reason_hidden_test_or_solution(one: Chapter) -> None:
    folder = REPOSITORY / "release" / one.name
    released = b"".join(path.read_bytes() for path in sorted(folder.iterdir()))

    found = [text for text in secrets(one) if any(form in released for form in encodings(text))]

    assert found == []
    assert (
        b"HIDDEN TESTS" not in released
        and b"BEGIN SOLUTION" not in released
        and b"key='{" not in released
        and b'key=\\"{' not in released
    )


@every_chapter
def test_every_code_cell_of_a_self_study_notebook_has_been_run(one: Chapter) -> None:
    notebook = nbformat.read(REPOSITORY / "notebooks" / f"{one.name}.ipynb", as_version=4)

    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    assert counts and None not in counts


@every_chapter
def test_pictures_are_small_and_have_alt_text(one: Chapter) -> None:
    notebook = nbformat.read(REPOSITORY / "notebooks" / f"{one.name}.ipynb", as_version=4)

    outputs = [(cell.id, o) for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs]
    pictures = [(id, output) for id, output in outputs if "image/png" in output.get("data", {})]
    assert pictures or not any("draw." in cell.source for cell in notebook.cells if cell.cell_type == "code")
    for id, output in pictures:
        assert len(base64.b64decode(output.data["image/png"])) <= 60_000, id
        assert len(output.metadata.get("image/png", {}).get("alt", "")) > 20, id


def test_ids_are_unique_in_the_course() -> None:
    from cloudcrib.editions.check_course import across

    assert [str(t) for t in across(CHAPTERS)] == []


def submission(one: Chapter, solved: bool) -> nbformat.NotebookNode:
    """The release as a student hands it in: untouched, or with the key in the quiz cells and the solution in the others."""
    notebook = nbformat.read(REPOSITORY / "release" / one.name / f"{one.name}.ipynb", as_version=4)
    if not solved:
        return notebook
    record = {q.id: answers.Answer(right_choice(q), "2026-11-24T10:00:00.000000Z") for q in one.asked}
    models = {e.id: regions.solution(one.expand(e.answer.source)) for e in one.exercises}
    quizzes = {c.id: c.attributes["ask"] for c in one.cells if c.role == "quiz"}
    for cell in notebook.cells:
        if cell.id in models:
            cell.source = models[cell.id]
        if cell.id in quizzes:
            data = answers.to_data({id: record[id] for id in quizzes[cell.id]})
            cell.outputs = [nbformat.v4.new_output("display_data", {answers.MIME: data})]
    return notebook


@pytest.mark.slow
@pytest.mark.parametrize("one", THROUGH_NBGRADER, ids=[one.name for one in HANDED_OUT])
def test_plain_nbgrader_gives_the_untouched_nothing_and_the_solved_everything(one: Chapter, tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    shutil.copytree(REPOSITORY / "source" / one.name, tmp_path / "source" / one.name)
    for student in ("untouched", "solved"):
        folder = tmp_path / "submitted" / student / one.name
        folder.mkdir(parents=True)
        nbformat.write(submission(one, student == "solved"), folder / f"{one.name}.ipynb")

    name = one.name
    nbgrader(tmp_path, ["generate_assignment", name], ["autograde", name], ["generate_feedback", name], ["export"])

    with (tmp_path / "grades.csv").open(newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    most = len(one.asked) + sum(e.points for e in one.exercises)
    assert {s: float(r["score"]) for s, r in rows.items()} == {"untouched": 0, "solved": most}, failing(
        tmp_path, one.name
    )
    assert float(rows["solved"]["max_score"]) == most
    page = (tmp_path / "feedback" / "solved" / one.name / f"{one.name}.html").read_text(encoding="utf-8")
    assert "HIDDEN TESTS" not in page


def failing(root: Path, name: str) -> list[str]:
    """The outputs of the graded cells of the solved submission, for whoever has to find out why."""
    notebook = nbformat.read(root / "autograded" / "solved" / name / f"{name}.ipynb", as_version=4)
    graded = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade") and c.cell_type == "code"]
    return [f"{c.metadata.nbgrader.grade_id}: {c.outputs}"[:600] for c in graded]
