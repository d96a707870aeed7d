"""`crib grade`: grade a cohort."""

from __future__ import annotations

import importlib
import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from cloudcrib.grading.box import bubblewrap
from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.run import early

_LIMITS = "Limits"


def grade_command(
    assignment: Annotated[str, typer.Argument(help="Name of the assignment, such as 14-vpc.")],
    course: Annotated[Path, typer.Option(help="The course's folder, with nbgrader_config.py.")] = Path("."),
    compat: Annotated[bool, typer.Option("--compat", help="Run everything in one interpreter: grades equal to nbgrader's.")] = False,
    split: Annotated[bool, typer.Option("--split", help="Keep tests and student code apart (the default).")] = False,
    student: Annotated[list[str] | None, typer.Option(help="Only this student; may be given more than once.")] = None,
    force: Annotated[bool, typer.Option("--force", "-f", help="Grade again what has been graded.")] = False,
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
    """Grade every submission of an assignment, isolated and in parallel, into nbgrader's gradebook."""
    if compat and split:
        _stop("--compat and --split exclude each other; give one of them.", 2)
    if wrong := _wrong_folder(course) or _wrong_report(report):
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
            warming = None if scheduler else early.begin(
                course, assignment, split=not compat, limits=given, sandboxed=not no_sandbox, force=force,
                students=student or (), workers=workers,
            )  # fmt: skip
            if warming:
                stack.callback(warming.close)
            batch, courses = _grader()
            found = courses.Course(course, assignment, force=force)
            db_url = found.db_url
            options = batch.Options(
                split=not compat, sandboxed=not no_sandbox, force=force, students=tuple(student or ()), workers=workers,
                scheduler=scheduler, limits=_limits(found, cell_seconds, given), cache=not no_cache,
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


def _wrong_folder(course: Path) -> str:
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


def _stop(said: str, code: int) -> Any:
    print(said, file=sys.stderr)
    raise typer.Exit(code)


def _limits(course: Any, cell_seconds: float, given: Limits) -> Limits:
    from nbgrader.preprocessors import Execute

    seconds = cell_seconds or float(Execute(config=course.config).timeout or given.submission_seconds)
    return replace(given, cell_seconds=seconds)


def _grade(course: Any, options: Any, folder: Path | None, warming: Any) -> int:
    """Grade with a progress bar, report, and say by the exit code whether a person is needed."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    from cloudcrib.grading import batch, report
    from cloudcrib.grading.outcome import Graded

    console, began = Console(stderr=True), time.monotonic()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("warming up", total=None)

        def tell(graded: Graded, done: int, of: int) -> None:
            progress.update(bar, description=graded.student[:30], completed=done, total=of)
            if graded.needs_person:
                console.print(
                    f"{graded.student}: {graded.notes[0] if graded.notes else report.state(graded)}", markup=False
                )

        results = batch.grade_course(course, options, tell, warming)
    seconds = time.monotonic() - began
    page, junit = report.write(folder or Path(course.autograded), course.assignment, results, seconds)
    print(f"{report.summary(results, seconds)}\n{page}\n{junit}")
    if not results:
        folders = course.path(course.directory.submitted_directory, "*")
        asked = f" by {', '.join(options.students)}" if options.students else ""
        print(f"Nothing was handed in for {course.assignment}{asked}: look into {folders}.", file=sys.stderr)
        return 2
    return 1 if any(graded.needs_person for graded in results) else 0
