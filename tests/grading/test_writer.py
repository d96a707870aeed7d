"""The writer: what a submission shows or is made of never keeps a grade from being written."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest
from cohort import course
from cohort.assignment import RIGHT, answered
from cohort.machine import needs_bubblewrap

from cloudcrib.grading.batch import Graded, Options, grade_course
from cloudcrib.grading.book.course import Course
from cloudcrib.grading.book.gradebook import one_gradebook
from cloudcrib.grading.book.writer import Writer
from cloudcrib.grading.box.warm import Lost
from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.run.conversation import Conversation
from cloudcrib.grading.run.runner import Runner

pytestmark = needs_bubblewrap

NONSENSE = """
from IPython import get_ipython
kernel = get_ipython().kernel
for kind, content in (
    ("display_data", []), ("display_data", {"data": {"text/plain": {"a": 1}}, "metadata": []}), ("stream", {"text": 5}),
    ("error", {"traceback": "x"}), ("execute_result", {"data": {"text/plain": 5}, "metadata": {}, "execution_count": "many"}),
    ("comm_open", {"comm_id": []}), ("update_display_data", {"transient": 5}), ("clear_output", {"wait": {}}),
):
    kernel.session.send(kernel.iopub_socket, kind, content, parent=kernel.get_parent("shell"))
"""


def grade(root: Path) -> dict[str, Graded]:
    return {
        one.student: one
        for one in grade_course(Course(root, "five"), Options(limits=Limits(cell_seconds=20), cache=False))
    }


@pytest.mark.timeout(120)
def test_links_and_pipes_in_place_of_files_earn_nothing_and_hold_up_nobody(class_of: Path) -> None:
    for name in ("linked", "piped", "late"):
        course.hand_in(class_of, name, answered(RIGHT))
    linked, piped = (class_of / "submitted" / name / "five" / "five.ipynb" for name in ("linked", "piped"))
    for path in (linked, piped):
        path.unlink()
    linked.symlink_to(class_of / "submitted/victim/five/five.ipynb")
    os.mkfifo(piped)
    os.mkfifo(class_of / "submitted/late/five/timestamp.txt")

    found = grade(class_of)

    assert course.scores(class_of) == {"victim": 15, "linked": 0, "piped": 0, "late": 15}
    assert "link or no plain file" in " ".join(found["linked"].notes)
    assert "timestamp.txt" in " ".join(found["late"].notes)


def test_messages_without_sense_are_left_out_and_the_tests_still_count(class_of: Path) -> None:
    course.hand_in(class_of, "nonsense", answered(RIGHT, last=NONSENSE))

    grade(class_of)

    assert course.scores(class_of) == {"victim": 15, "nonsense": 15}


def test_half_a_character_in_a_cell_is_graded_like_any_other(class_of: Path) -> None:
    nb = answered(RIGHT, last="half = 'HALF'")
    folder = course.hand_in(class_of, "half-a-character", nb)
    path = folder / "five.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("HALF", "\\ud800"), encoding="utf-8")

    grade(class_of)

    assert course.scores(class_of) == {"victim": 15, "half-a-character": 15}


def test_a_notebook_whose_interpreter_never_started_is_written_all_the_same(class_of: Path) -> None:
    def lost(self: Conversation, *_: object) -> None:
        raise Lost("it did not start")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Conversation, "_start", lost)
        found = Course(class_of, "five")
        (submission,) = found.submissions()
        with (
            one_gradebook(found.db_url, found.directory.course_id) as book,
            Runner(base=found.autograded, split=True) as runner,
        ):
            writer = Writer(found, book, True)
            (sheet,) = writer.sheets(submission).sheets
            assert sheet.job is not None
            (score,) = writer.finish(submission, [sheet], {sheet.name: runner.run(sheet.job)})
            writer.commit()

    assert score.score == 0
    nb = nbformat.read(class_of / "autograded" / "victim" / "five" / "five.ipynb", as_version=4)
    assert nb.metadata.language_info == {"name": "python"}
