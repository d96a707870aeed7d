"""`crib export`: grades as tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cloudcrib.cli.console import say, stop
from cloudcrib.kit import atomic


def export_command(
    assignments: Annotated[list[str] | None, typer.Argument(help="Names of assignments; all of them when none is named.")] = None,
    course: Annotated[Path, typer.Option(help="The course's folder, with nbgrader_config.py.")] = Path("."),
    to: Annotated[Path, typer.Option(help="The table of submissions; that of questions stands beside it.")] = Path("grades.csv"),
) -> None:  # fmt: skip
    """Write grades as CSV: a row for each submission, and in a second file one for each question, exercise and part."""
    from cloudcrib.cli.grade import wrong_folder
    from cloudcrib.grading.box.bubblewrap import CannotGrade
    from cloudcrib.grading.hindered import hindered

    if wrong := wrong_folder(course):
        raise stop(wrong)
    try:
        sums, single = _tables(course, assignments or [])
        single_to = to.with_name(f"{to.stem}-by-question.csv")
        atomic.write(to, sums)
        atomic.write(single_to, single)
    except CannotGrade as err:
        raise stop(str(err)) from None
    except Exception as err:
        if (said := hindered(err)) is None:
            raise
        raise stop(str(said), 3) from None
    say.print(f"{to}\n{single_to}")


def _tables(folder: Path, names: list[str]) -> tuple[str, str]:
    from cloudcrib.grading.book.course import Course
    from cloudcrib.grading.book.gradebook import one_gradebook
    from cloudcrib.grading.box.bubblewrap import CannotGrade
    from cloudcrib.grading.export import export
    from cloudcrib.kit.nearest import meant

    any_course: Any = Course(folder, names[0] if names else "*")
    with one_gradebook(any_course.db_url, any_course.directory.course_id) as book:
        known = sorted(assignment.name for assignment in book.assignments)
    for name in names:
        if name not in known:
            raise CannotGrade(
                f"The gradebook has no assignment {name!r}.{meant(name, known)} It has: {', '.join(known) or 'none yet'}."
            )
    return export(Course(folder, name) for name in names or known)
