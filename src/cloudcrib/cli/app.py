"""The command `crib`."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Annotated

import typer

from cloudcrib.cli import guide as guides
from cloudcrib.cli import study as study_commands
from cloudcrib.cli.console import Chapters, chosen, complain, course, needs, progress, say, sound, stop
from cloudcrib.cli.export import export_command
from cloudcrib.cli.grade import grade_command
from cloudcrib.cli.launch import study_command
from cloudcrib.course import ledger
from cloudcrib.course.course import Course
from cloudcrib.course.guide import Coverage
from cloudcrib.course.trouble import AuthoringError, shown

app = typer.Typer(
    help="A course in notebooks for the AWS Solutions Architect – Associate exam.",
    no_args_is_help=True,
    add_completion=False,
)
new = typer.Typer(help="Write a skeleton to fill in.", no_args_is_help=True)
app.add_typer(new, name="new")
study_commands.add_to(app)
app.command("grade")(grade_command)
app.command("export")(export_command)
app.command("study", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(study_command)


@app.command()
def build(
    names: Chapters = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", help="Chapters built at once; as many as there are processors by default."),
    ] = None,
    discard: Annotated[
        bool, typer.Option("--discard", help="Throw away what somebody has written into notebooks/, for good.")
    ] = False,
) -> None:
    """Make notebooks/, source/ and release/ from chapters/, and enter them into the gradebook of a course that has nbgrader's settings."""
    needs("nbclient", "nbgrader")
    from cloudcrib.editions import build as builder

    root = course()
    folders = chosen(root, names)
    with progress(len(folders), "Building") as advance:

        def tell(done: builder.Built) -> None:
            advance()
            if done.trouble:
                complain.print(str(done.trouble))
            else:
                say.print(f"{done.name}: " + (f"{len(done.written)} files written" if done.written else "unchanged"))

        results = builder.build(root, folders, tell, jobs, discard)
    for path in builder.leftovers(root):
        say.print(f"{path.relative_to(root)} comes from a chapter that is gone; delete it.")
    _enter(root, [done.name for done in results if not done.trouble])
    if any(done.trouble for done in results):
        raise typer.Exit(1)


def _enter(root: Path, names: list[str]) -> None:
    """Have nbgrader's gradebook know what was built, so that it can be graded."""
    if not (root / "nbgrader_config.py").is_file():
        return
    from cloudcrib.grading.book import entry
    from cloudcrib.grading.box.bubblewrap import CannotGrade

    try:
        for said in entry.keep_up(root, names):
            say.print(said)
    except CannotGrade as err:
        complain.print(f"The gradebook was left alone: {err}")


@app.command()
def check(
    names: Chapters = None,
    quick: Annotated[
        bool,
        typer.Option("--quick", help="Neither run exercises nor notebooks again; compare with what was built last."),
    ] = False,
) -> None:
    """Find what is wrong with chapters: facts, keys, exercises, and generated files that differ from their source."""
    needs("nbclient", "nbgrader")
    from cloudcrib.editions import check as checks
    from cloudcrib.editions import check_course, warm

    root = course()
    folders = chosen(root, names)
    found = []
    warm.share()
    with (
        progress(len(folders), "Checking") as advance,
        ProcessPoolExecutor(min(os.cpu_count() or 1, len(folders) or 1)) as pool,
    ):
        for folder, waiting in [(f, pool.submit(checks.check, root, f, quick)) for f in folders]:
            troubles = waiting.result()
            advance()
            for trouble in (t for t in troubles if t not in found):  # one of a file that all share is said once
                found.append(trouble)
                complain.print(str(trouble))
            if not troubles:
                say.print(f"{folder.name}: good")
    whole = check_course.read(root)
    for trouble in [*(trouble for _, trouble in whole.broken), *check_course.look(root, whole)]:
        if trouble not in found:
            found.append(trouble)
            complain.print(str(trouble))
    if whole.unseen:
        complain.print(whole.unseen)
    elif rows := _coverage(root):
        say.print(guides.summary(rows))
    if found:
        raise typer.Exit(1)


def _coverage(root: Path) -> list[Coverage]:
    """How the course serves the exam guide; nothing where a list is broken, which has been said by then."""
    with contextlib.suppress(AuthoringError):
        return guides.coverage(Course(root).written)
    return []


@app.command()
def facts(
    names: Chapters = None,
    stale: Annotated[
        bool, typer.Option("--stale", help="Only facts to look at next: volatile ones, the longest unchecked first.")
    ] = False,
    against: Annotated[
        Path | None,
        typer.Option(help="A ledger (TSV with the columns id, chapter, status): list its rows that no fact takes in."),
    ] = None,
    guide: Annotated[
        bool, typer.Option("--guide", help="Each line of the exam guide: which facts teach it, which questions ask it.")
    ] = False,
    missing: Annotated[
        bool, typer.Option("--missing", help="With --guide: only lines that nobody teaches or nobody asks.")
    ] = False,
) -> None:
    """List facts with status, date and page; say what to look at next, or what a ledger or the exam guide has that the course lacks."""
    from cloudcrib.course import facts as fact
    from cloudcrib.course.course import slug_of

    root = course()
    if missing and not guide:
        raise stop("--missing goes with --guide: `crib facts --guide --missing`.")
    if guide:
        return _guide(chosen(root, names), missing)
    with sound():
        rows = [(f, one) for f in chosen(root, names) for one in fact.load(f / "facts.toml").values()]
    if against:
        left = ledger.unplaced(
            against, {slug_of(f) for f in chosen(root, names)}, {id for _, one in rows for id in (one.id, *one.ledger)}
        )
        for row in left:
            say.print(f"{row.id}  ({row.status}) {row.claim}")
        raise typer.Exit(1 if left else 0)
    if stale:
        rows = sorted((r for r in rows if r[1].volatile), key=lambda r: (r[1].checked, r[1].id))
    for folder, one in rows:
        say.print(f"{one.checked}  {one.status:8} {folder.name:14} {one.id}  {one.source}")
    say.print(f"{len(rows)} facts")


def _guide(folders: list[Path], missing: bool) -> None:
    with sound():
        rows = guides.coverage(folders)
    if not rows:
        raise stop("This course has no chapters/guide.tsv, the list of what the exam guide asks.")
    for line in guides.listing(rows, missing):
        say.print(line)


@new.command("chapter")
def new_chapter(name: Annotated[str, typer.Argument(help="NN-slug, such as 15-connectivity")]) -> None:
    """Write a chapter to fill in."""
    from cloudcrib.course import skeleton

    written(lambda: skeleton.chapter(course(), name))


@new.command("question")
def new_question(
    id: Annotated[str, typer.Argument(help="its id, which starts with the chapter's slug")], kind: str = "choose-one"
) -> None:
    """Add a question to fill in, and a quiz fence that asks it."""
    from cloudcrib.course import skeleton

    written(lambda: skeleton.question(course(), id, kind))


@new.command("exercise")
def new_exercise(id: Annotated[str, typer.Argument(help="its id, which starts with the chapter's slug")]) -> None:
    """Add an exercise to fill in: answer, tests, a wrong solution, hints."""
    from cloudcrib.course import skeleton

    written(lambda: skeleton.exercise(course(), id))


def written(write: Callable[[], list[Path]]) -> None:
    """Write a skeleton and say what was written, or why nothing was."""
    from cloudcrib.course.skeleton import Refused

    try:
        with sound():
            paths = write()
    except Refused as err:
        raise stop(str(err)) from None
    for path in paths:
        say.print(f"wrote {shown(path)}; every {chr(0x2026)} in it is for you to fill in, and `crib check` names each.")


if __name__ == "__main__":
    app()
