"""Grades as CSV: what nbgrader exports and more, and a row for each question, exercise and part."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat

from cloudcrib.grading.book.course import Course
from cloudcrib.grading.book.ended import Ending, Endings
from cloudcrib.grading.book.gradebook import one_gradebook
from cloudcrib.grading.book.items import items
from cloudcrib.grading.book.sheet import score_of
from cloudcrib.grading.plugins.titles import exercises, titles

TOTALS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email", "raw_score",
    "late_submission_penalty", "score", "max_score", "seconds_late", "by_hand", "needs_person", "mode", "notes",
)  # fmt: skip
PARTS = (
    "assignment", "student_id", "notebook", "item", "title", "part", "automatic", "by_hand", "extra_credit", "score", "max_score",
    "comment",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would compute what begins so
Row = dict[str, Any]


def totals(course: Course, book: Any) -> Iterator[Row]:
    """A row for each submission of an assignment: nbgrader's columns, how late it was, how it was graded, what was said."""
    endings = Endings(course.endings)
    due = book.find_assignment(course.assignment).duedate
    for one in sorted(book.assignment_submissions(course.assignment), key=lambda one: one.student_id):
        ending = endings.get(one.student_id) or Ending()
        student = one.student
        yield {
            "assignment": course.assignment, "duedate": one.duedate or due, "timestamp": one.timestamp, "student_id": student.id,
            "last_name": student.last_name, "first_name": student.first_name, "email": student.email,
            "raw_score": one.score, "late_submission_penalty": one.late_submission_penalty,
            "score": max(0.0, one.score - one.late_submission_penalty), "max_score": one.max_score,
            "seconds_late": round(one.total_seconds_late), "by_hand": _yes(one.needs_manual_grade),
            "needs_person": _yes(ending.person), "mode": ending.mode, "notes": " ".join(ending.notes),
        }  # fmt: skip


def parts(course: Course, book: Any) -> Iterator[Row]:
    """A row for each graded cell of each submission, and under it one for each part of an exercise's tests."""
    known = exercises(Path(course.root, "chapters", course.assignment))
    for one in sorted(book.assignment_submissions(course.assignment), key=lambda one: one.student_id):
        for notebook in sorted(one.notebooks, key=lambda notebook: notebook.name):
            path = Path(course.path(course.directory.autograded_directory, one.student_id), f"{notebook.name}.ipynb")
            shown = _items(path, one.student_id, known)
            comments = {comment.name: comment.comment or "" for comment in notebook.comments}
            order = {name: at for at, name in enumerate(shown)}
            cells = score_of(notebook).cells
            for grade in sorted(notebook.grades, key=lambda grade: (order.get(grade.name, len(order)), grade.name)):
                row = {"assignment": course.assignment, "student_id": one.student_id, "notebook": notebook.name}
                item = shown.get(grade.name)
                yield row | {
                    "item": grade.name, "title": item.title if item else "", "part": "", "automatic": cells[grade.name][0],
                    "by_hand": grade.manual_score, "extra_credit": grade.extra_credit, "score": grade.score,
                    "max_score": grade.max_score, "comment": comments.get(grade.name, ""),
                }  # fmt: skip
                for part in item.parts if item else ():
                    earned = float(part.points) if part.passed else 0.0
                    yield row | {
                        "item": grade.name, "title": item.title if item else "", "part": part.name, "automatic": earned,
                        "max_score": float(part.points),
                    }  # fmt: skip


def _items(path: Path, student: str, known: Mapping[str, str]) -> dict[str, Any]:
    """What a graded notebook shows of each item; nothing where it cannot be read."""
    with suppress(Exception):
        nb = nbformat.read(path, as_version=4)
        return {item.id: item for item in items(nb, titles(nb, student, known))}
    return {}


def _yes(holds: bool) -> str:
    return "yes" if holds else ""


def written(rows: Iterable[Row], columns: Iterable[str]) -> str:
    """CSV that spreadsheets read as it is meant: quoted, in UTF-8 with its mark, and no cell is a formula."""
    page = io.StringIO()
    writer = csv.DictWriter(page, [*columns], restval="")
    writer.writeheader()
    writer.writerows({name: _plain(value) for name, value in row.items()} for row in rows)
    return "\ufeff" + page.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return f"{value:g}" if isinstance(value, float) else value


def export(courses: Iterable[Course]) -> tuple[str, str]:
    """Both tables for these assignments."""
    sums, single = list[Row](), list[Row]()
    for course in courses:
        with one_gradebook(course.db_url, course.directory.course_id) as book:
            sums += totals(course, book)
            single += parts(course, book)
    return written(sums, TOTALS), written(single, PARTS)
