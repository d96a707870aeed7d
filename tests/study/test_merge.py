"""What becomes of each cell when the course and the learner have both been at work."""

from __future__ import annotations

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cloudcrib.quizzes import answers
from cloudcrib.study.merge import Merged, merge

STARTER = "def usable(prefix):\n    ..."


def text(id: str, source: str) -> NotebookNode:
    return new_markdown_cell(source, id=id)


def code(id: str, source: str, *tags: str, outputs: list[NotebookNode] | None = None) -> NotebookNode:
    return new_code_cell(source, id=id, metadata={"tags": list(tags)} if tags else {}, outputs=outputs or [])


def recorded(choice: str | None) -> NotebookNode:
    row = {"vpc-a": {"choice": [choice], "at": "2026-11-24T12:00:00Z"}} if choice else {}
    return new_output("display_data", {answers.MIME: {"schema": 1, "answers": row}, "text/markdown": str(choice)})


def asked(question: str, choice: str | None = None) -> NotebookNode:
    shown = new_output("display_data", {"text/markdown": question})
    return code("vpc-quiz", 'quiz("vpc-a")', "crib-quiz", outputs=[shown, recorded(choice)])


def course(*more: NotebookNode, starter: str = STARTER, intro: str = "Old text.") -> NotebookNode:
    cells = [text("vpc-intro", intro), asked("Old?"), code("vpc-usable", starter, "crib-answer"), *more]
    return new_notebook(cells=cells)


def own(**sources: str) -> NotebookNode:
    """The learner's copy of the course, with other sources in some cells."""
    notebook = course()
    for cell in notebook.cells:
        cell.source = sources.get(cell.id.replace("-", "_"), cell.source)
    return notebook


def shape(done: Merged) -> list[tuple[str, str]]:
    return [(cell.id, cell.source) for cell in done.notebook.cells]


def cell(done: Merged, id: str) -> NotebookNode:
    return next(each for each in done.notebook.cells if each.id == id)


def test_changed_text_comes_in_and_code_in_an_answer_cell_stays() -> None:
    done = merge(course(), course(intro="New text."), own(vpc_usable="def usable(prefix):\n    return 11"))

    assert shape(done)[0] == ("vpc-intro", "New text.")
    assert cell(done, "vpc-usable").source.endswith("return 11")
    assert (done.new, done.changed, done.gone, done.both) == (0, 1, 0, [])


def test_new_cells_come_in_where_the_course_has_them_and_own_cells_stay_where_the_learner_put_them() -> None:
    mine = course()
    mine.cells.insert(1, code("abcd1234", "my_notes = 1"))

    done = merge(course(), course(text("vpc-more", "More.")), mine)

    assert [id for id, _ in shape(done)] == ["vpc-intro", "abcd1234", "vpc-quiz", "vpc-usable", "vpc-more"]


def test_recorded_answers_stay_when_the_question_is_worded_anew() -> None:
    mine, given = course(), course()
    mine.cells[1] = asked("Old?", choice="eleven")
    given.cells[1] = asked("New?")

    done = merge(course(), given, mine)

    assert answers.from_notebook(done.notebook)["vpc-a"].choice == ["eleven"]
    assert "New?" in str(cell(done, "vpc-quiz").outputs) and "Old?" not in str(cell(done, "vpc-quiz").outputs)


def test_recorded_answers_stay_when_the_quiz_asks_one_question_more() -> None:
    mine, given = course(), course()
    mine.cells[1] = asked("Old?", choice="eleven")
    given.cells[1].source = 'quiz("vpc-a", "vpc-b")'

    done = merge(course(), given, mine)

    assert cell(done, "vpc-quiz").source == 'quiz("vpc-a", "vpc-b")'
    assert "vpc-a" in answers.from_notebook(done.notebook)


def test_a_starter_changed_by_both_keeps_the_code_and_shows_the_new_starter_below() -> None:
    new = "def usable(prefix: int) -> int:\n    ..."

    done = merge(course(), course(starter=new), own(vpc_usable="def usable(prefix):\n    return 11"))

    ids = [id for id, _ in shape(done)]
    assert ids[-2:] == ["vpc-usable", "vpc-usable-new"] and done.both == ["vpc-usable"]
    assert cell(done, "vpc-usable").source.endswith("return 11") and new in cell(done, "vpc-usable-new").source


def test_other_code_changed_by_both_is_the_courses_and_the_learners_stands_below() -> None:
    base, given, mine = (course(code("vpc-imports", source)) for source in ("a = 1", "a = 2", "a = 3"))

    done = merge(base, given, mine)

    assert [s for _, s in shape(done)][-3::2] == ["a = 2", "a = 3"]


def test_what_the_course_removes_goes_unless_somebody_wrote_in_it() -> None:
    base = course(text("vpc-old", "Old."), code("vpc-gone", STARTER, "crib-answer"))
    mine = course(text("vpc-old", "Old."), code("vpc-gone", "def gone():\n    return 1", "crib-answer"))

    done = merge(base, course(), mine)

    assert [id for id, _ in shape(done)][-2:] == ["vpc-gone-gone", "vpc-gone"]
    assert (done.gone, done.kept) == (1, ["vpc-gone"])


def test_a_cell_that_the_learner_deleted_stays_deleted_until_the_course_changes_it() -> None:
    mine = course()
    del mine.cells[0]

    assert "vpc-intro" not in dict(shape(merge(course(), course(text("vpc-more", "More.")), mine)))
    assert "vpc-intro" in dict(shape(merge(course(), course(intro="New."), mine)))


def test_the_outputs_of_a_check_stay() -> None:
    given, mine = (course(code("vpc-usable-check", 'check("vpc-usable")', "crib-check")) for _ in range(2))
    given.cells[-1].outputs = [new_output("display_data", {"text/html": "Not attempted yet"})]
    mine.cells[-1].outputs = [new_output("display_data", {"text/html": "Correct"})]

    assert "Correct" in str(merge(course(), given, mine).notebook.cells[-1].outputs)


def test_the_same_update_twice_changes_nothing_more() -> None:
    new = course(text("vpc-more", "More."), starter="def usable(p):\n    ...", intro="New.")
    mine = own(vpc_usable="mine = 1", vpc_intro="My own text.")
    once = merge(course(), new, mine).notebook

    assert shape(merge(course(), new, once)) == shape(merge(new, new, once)) == [(c.id, c.source) for c in once.cells]


@pytest.mark.parametrize("lost", [True, False])
def test_two_cells_with_one_id_are_both_kept(lost: bool) -> None:
    mine = course()
    mine.cells.append(code("vpc-usable", "a copy"))

    done = merge(None if lost else course(), course(), mine)

    assert "a copy" in [source for _, source in shape(done)]
    assert len({id for id, _ in shape(done)}) == len(shape(done))


def test_without_the_base_nothing_that_differs_is_lost() -> None:
    done = merge(None, course(intro="New."), own(vpc_intro="Mine.", vpc_usable="mine = 1"))

    assert {"New.", "Mine.", "mine = 1"} <= {source for _, source in shape(done)}
