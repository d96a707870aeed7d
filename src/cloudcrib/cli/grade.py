"""`crib grade`: grade a cohort."""

from __future__ import annotations

import importlib
import os
import sys
import time
from contextlib import ExitStack, closing
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from cloudcrib.grading.box import bubblewrap
from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.run import early

_LIMITS = "Limits"
_MODES = (
    "split: tests and student code apart; compat: in one interpreter, as nbgrader; "
    "auto: apart where your own solution passes its tests that way."
)


class Mode(StrEnum):
    """How tests and student code are run."""

    AUTO = "auto"
    SPLIT = "split"
    COMPAT = "compat"


def grade_command(
    assignments: Annotated[list[str] | None, typer.Argument(help="Names of assignments, such as 14-vpc.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every assignment that somebody has handed in.")] = False,
    course: Annotated[Path, typer.Option(help="The course's folder, with nbgrader_config.py.")] = Path("."),
    mode: Annotated[Mode, typer.Option(help=_MODES)] = Mode.AUTO,
    compat: Annotated[bool, typer.Option("--compat", help="Short for --mode compat.")] = False,
    split: Annotated[bool, typer.Option("--split", help="Short for --mode split.")] = False,
    student: Annotated[list[str] | None, typer.Option(help="Only this student; may be given more than once.")] = None,
    force: Annotated[bool, typer.Option("--force", "-f", help="Grade again what has been graded.")] = False,
    accept: Annotated[list[str] | None, typer.Option(help="You have looked: this student's grade stands.")] = None,
    workers: Annotated[int, typer.Option(help="Processes; 0 means one per processor.", min=0)] = 0,
    scheduler: Annotated[str, typer.Option(help="Address of a dask.distributed scheduler, such as tcp://host:8786.")] = "",
    no_sandbox: Annotated[bool, typer.Option("--no-sandbox", help="Run submissions with your own rights.")] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Run everything, whatever has been run before.")] = False,
    report: Annotated[Path | None, typer.Option(help="Folder for the reports; the autograded folder unless given.")] = None,
    cell_seconds: Annotated[float, typer.Option(help="Seconds a cell may run; 0: nbgrader's setting.", min=0, rich_help_panel=_LIMITS)] = 0,
    submission_seconds: Annotated[float, typer.Option(help="Seconds a notebook may run.", min=1, rich_help_panel=_LIMITS)] = 600,
    memory: Annotated[int, typer.Option(help="Megabytes of memory.", min=64, rich_help_panel=_LIMITS)] = 2048,
    processes: Annotated[int, typer.Option(help="Processes and threads.", min=8, rich_help_panel=_LIMITS)] = 128,
    disk: Annotated[int, typer.Option(help="Megabytes of files.", min=1, rich_help_panel=_LIMITS)] = 256,
    output: Annotated[int, typer.Option(help="Megabytes of output a cell.", min=1, rich_help_panel=_LIMITS)] = 10,
) -> None:  # fmt: skip
    """Grade every submission of one assignment or several, isolated and in parallel, into nbgrader's gradebook."""
    apart = _apart(mode, split, compat)
    if bool(assignments) == every:
        _stop("Give the names of assignments, or --all for every one that somebody has handed in.", 2)
    if wrong := wrong_folder(course) or _wrong_report(report):
        _stop(wrong, 2)
    given = Limits(
        submission_seconds=submission_seconds, memory_mb=memory, processes=processes, disk_mb=disk,
        file_mb=min(disk, Limits.file_mb), output_mb=output,
    )  # fmt: skip
    if no_sandbox:
        print(bubblewrap.LOST, file=sys.stderr)
    db_url = ""
    try:
        with ExitStack() as stack:
            guessed = early.handed_in(course) if every else assignments or []
            warming = None if scheduler else early.begin(
                course, *guessed, split=apart, limits=given, sandboxed=not no_sandbox, force=force,
                students=student or (), workers=workers,
            )  # fmt: skip
            if warming:
                stack.callback(warming.close)
            batch, courses = _grader()
            names = courses.assignments_handed_in(course) if every else list(dict.fromkeys(assignments or []))
            if not names:
                _stop(f"Nobody has handed in anything in {course.resolve()}.", 2)
            found = [courses.Course(course, name, force=force) for name in names]
            db_url = found[0].db_url
            options = batch.Options(
                split=apart, sandboxed=not no_sandbox, force=force, students=tuple(student or ()), workers=workers,
                scheduler=scheduler, limits=_limits(found[0], cell_seconds, given), cache=not no_cache, accept=tuple(accept or ()),
            )  # fmt: skip
            code = _grade(found, options, report, warming)
    except bubblewrap.CannotGrade as err:
        _stop(str(err), 2)
    except Exception as err:
        from cloudcrib.grading.hindered import hindered

        if (said := hindered(err, db_url)) is None:
            raise
        _stop(str(said), 3)
    except KeyboardInterrupt:
        _stop("Interrupted. What was graded is kept; run the same command again to go on.", 130)
    raise typer.Exit(code)


def _grader() -> tuple[Any, Any]:
    """The modules that need nbgrader, imported while the boxes warm up."""
    import_quickly()
    try:
        from cloudcrib.grading import batch
        from cloudcrib.grading.book import course as courses
    except ImportError as err:
        _stop(f"Grading needs {err.name}. In the course's folder: .venv/bin/python -m pip install -e '.[teach]'", 2)
    return batch, courses


def import_quickly() -> None:
    """Import jsonschema without the grammar of international addresses, which takes a second and which no notebook needs."""
    missing = "rfc3987_syntax"
    if missing in sys.modules or "jsonschema" in sys.modules:
        return
    sys.modules[missing] = None  # type: ignore[assignment]
    try:
        importlib.import_module("jsonschema")
    finally:
        del sys.modules[missing]


def wrong_folder(course: Path) -> str:
    """Why this is no course, before nbgrader makes an empty gradebook there or goes on without settings it cannot read."""
    settings = course / "nbgrader_config.py"
    if not course.is_dir():
        return f"There is no folder {course}; give the course's folder with --course."
    if not settings.is_file():
        if any((course / name).exists() for name in ("gradebook.db", "source", "submitted")):
            return ""
        return f"{course.resolve()} is no course: it has no nbgrader_config.py; give its folder with --course."
    try:
        compile(settings.read_bytes(), str(settings), "exec")
    except (SyntaxError, ValueError) as err:
        return f"{settings}:{getattr(err, 'lineno', None) or 1} is no Python ({getattr(err, 'msg', err)}); mend it and run again."
    return ""


def _wrong_report(folder: Path | None) -> str:
    """Why no report can be written there, said before an hour of grading."""
    try:
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        return f"No report can be written to {folder} ({err.strerror}); give another folder with --report."
    return ""


def _apart(mode: Mode, split: bool, compat: bool) -> bool | None:
    """Whether tests and student code are kept apart; None: where that is fair."""
    asked = {
        *([Mode.SPLIT] if split else []),
        *([Mode.COMPAT] if compat else []),
        *([] if mode is Mode.AUTO else [mode]),
    }
    if len(asked) > 1:
        _stop("--split, --compat and --mode exclude each other; give one of them.", 2)
    return {Mode.AUTO: None, Mode.SPLIT: True, Mode.COMPAT: False}[asked.pop() if asked else Mode.AUTO]


def _stop(said: str, code: int) -> Any:
    print(said, file=sys.stderr)
    raise typer.Exit(code)


def _limits(course: Any, cell_seconds: float, given: Limits) -> Limits:
    from nbgrader.preprocessors import Execute

    seconds = cell_seconds or float(Execute(config=course.config).timeout or given.submission_seconds)
    return replace(given, cell_seconds=seconds)


def _pages(course: Any, folder: Path) -> Any:
    """Where a student's feedback page will stand, seen from the report's folder."""

    def page(graded: Any) -> str:
        if not graded.scores:
            return ""
        names = [score.notebook for score in graded.scores if score.notebook]
        home = course.path(course.directory.feedback_directory, graded.student)
        place = os.path.join(home, f"{names[0]}.html") if len(names) == 1 else home
        return Path(os.path.relpath(place, folder.resolve())).as_posix()

    return page


def _grade(courses: list[Any], options: Any, folder: Path | None, warming: Any) -> int:
    """Grade with a progress bar, report on each assignment as it ends, and say by the exit code whether a person is needed."""
    from cloudcrib.cli.console import complain
    from cloudcrib.grading import batch, overview

    console, began, done = complain, time.monotonic(), list[Any]()
    folder = folder or Path(courses[0].autograded)
    try:
        with ExitStack() as stack:
            progress = stack.enter_context(_progress(console))
            above = progress.add_task("assignments", total=len(courses), visible=len(courses) > 1)
            grading = batch.grade_courses(courses, options, _teller(progress, console), warming)
            for ended in stack.enter_context(closing(grading)):
                done.append(ended)
                _tell(courses, ended, folder, console)
                progress.advance(above)
    except KeyboardInterrupt:
        if len(courses) > 1:
            print(f"{len(done)} of {len(courses)} assignments are done.", file=sys.stderr)
        raise
    if len(courses) > 1:
        seconds = time.monotonic() - began
        print(overview.in_short(done, seconds), overview.write(folder, done, seconds), sep="\n")
    return max(ended.code for ended in done)


def _progress(console: Any) -> Any:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    bars = BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn()
    return Progress(TextColumn("{task.description}", markup=False), *bars, console=console, transient=True)


def _teller(progress: Any, console: Any) -> Any:
    """What shows each submission that is graded, and says who needs a person."""
    from cloudcrib.grading import report_page

    bar = progress.add_task("warming up", total=None)

    def tell(graded: Any, done: int, of: int) -> None:
        progress.update(bar, description=graded.student[:30], completed=done, total=of)
        if graded.needs_person:
            console.print(f"{graded.student}: {graded.notes[0] if graded.notes else report_page.state(graded)}")

    return tell


def _tell(courses: list[Any], ended: Any, folder: Path, console: Any) -> None:
    """Report on an assignment: two files, and lines for who waits at the terminal."""
    from cloudcrib.grading import report

    many = len(courses) > 1
    if ended.failed:
        console.print(str(ended.failed))
        return
    course = next(course for course in courses if course.assignment == ended.assignment)
    for note in course.notes:
        console.print(note)
    said = [*ended.said, f"Exit code {ended.code}."]
    page, junit = report.write(folder, ended.assignment, ended.results, ended.seconds, said, _pages(course, folder))
    console.file.flush()
    summary = report.summary(ended.results, ended.seconds)
    if many:
        mode = f"mode {ended.mode}, " if ended.mode else ""
        print(f"{ended.assignment}: {summary} ({mode}exit code {ended.code}) {page}")
    else:
        print(summary, *ended.said, page, junit, sep="\n")
    if not ended.results:
        folders = course.path(course.directory.submitted_directory, "*")
        print(f"Nothing was handed in for {course.assignment}: look into {folders}.", file=sys.stderr)
