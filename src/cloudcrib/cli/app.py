"""The command `crib`."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Annotated

import typer

from cloudcrib.cli import study as study_commands
from cloudcrib.cli.console import Chapters, chosen, complain, course, progress, say, stop
from cloudcrib.cli.grade import grade_command
from cloudcrib.course import ledger
from cloudcrib.course.course import Course
from cloudcrib.course.trouble import shown

app = typer.Typer(
    help="A course in notebooks for the AWS Solutions Architect – Associate exam.",
    no_args_is_help=True,
    add_completion=False,
)
new = typer.Typer(help="Write a skeleton to fill in.", no_args_is_help=True)
app.add_typer(new, name="new")
study_commands.add_to(app)
app.command("grade")(grade_command)


@app.command()
def build(
    names: Chapters = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", help="Chapters built at once; as many as there are processors by default."),
    ] = None,
) -> None:
    """Make notebooks/, source/ and release/ from chapters/."""
    from cloudcrib.editions import build as builder

    root = course()
    folders = chosen(root, names)
    with progress(len(folders), "Building") as advance:

        def tell(done: builder.Built) -> None:
            advance()
            if done.trouble:
                complain.print(str(done.trouble), markup=False)
            else:
                say.print(
                    f"{done.name}: " + (f"{len(done.written)} files written" if done.written else "unchanged"),
                    markup=False,
                )

        results = builder.build(root, folders, tell, jobs)
    for path in builder.leftovers(root):
        say.print(f"{path.relative_to(root)} comes from a chapter that is gone; delete it.", markup=False)
    if any(done.trouble for done in results):
        raise typer.Exit(1)


@app.command()
def check(
    names: Chapters = None,
    quick: Annotated[
        bool,
        typer.Option("--quick", help="Neither run exercises nor notebooks again; compare with what was built last."),
    ] = False,
) -> None:
    """Find what is wrong with chapters: facts, keys, exercises, and generated files that differ from their source."""
    from cloudcrib.course import chapter as chapters
    from cloudcrib.course.trouble import AuthoringError
    from cloudcrib.editions import check as checks

    root = course()
    folders = chosen(root, names)
    found = []
    with (
        progress(len(folders), "Checking") as advance,
        ProcessPoolExecutor(min(os.cpu_count() or 1, len(folders) or 1)) as pool,
    ):
        for folder, waiting in [(f, pool.submit(checks.check, root, f, quick)) for f in folders]:
            troubles = waiting.result()
            advance()
            found += troubles
            for trouble in troubles:
                complain.print(str(trouble), markup=False)
            if not troubles:
                say.print(f"{folder.name}: good", markup=False)
    with contextlib.suppress(AuthoringError):
        for trouble in checks.across(chapters.read(f) for f in Course(root).written):
            found.append(trouble)
            complain.print(str(trouble), markup=False)
    if found:
        raise typer.Exit(1)


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
) -> None:
    """List facts with status, date and page; say what to look at next, or what a ledger has that the course lacks."""
    from cloudcrib.course import facts as fact
    from cloudcrib.course.course import slug_of

    root = course()
    rows = [(f, one) for f in chosen(root, names) for one in fact.load(f / "facts.toml").values()]
    if against:
        missing = ledger.unplaced(
            against, {slug_of(f) for f in chosen(root, names)}, {id for _, one in rows for id in (one.id, *one.ledger)}
        )
        for row in missing:
            say.print(f"{row.id}  ({row.status}) {row.claim}", markup=False)
        raise typer.Exit(1 if missing else 0)
    if stale:
        rows = sorted((r for r in rows if r[1].volatile), key=lambda r: (r[1].checked, r[1].id))
    for folder, one in rows:
        say.print(f"{one.checked}  {one.status:8} {folder.name:14} {one.id}  {one.source}", markup=False)
    say.print(f"{len(rows)} facts", markup=False)


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
        paths = write()
    except Refused as err:
        raise stop(str(err)) from None
    for path in paths:
        say.print(
            f"wrote {shown(path)}; every {chr(0x2026)} in it is for you to fill in, and `crib check` names each.",
            markup=False,
        )


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def study(context: typer.Context) -> None:
    """Open the course in JupyterLab; further words go to JupyterLab (--no-browser, --port=8890)."""
    root = course()
    start = root / "notebooks" / "00-start.ipynb"
    hook = "--FileContentsManager.pre_save_hook=cloudcrib.kit.views.pre_save_hook"
    words = [sys.executable, "-m", "jupyterlab", hook, f"--ServerApp.root_dir={root}"]
    if start.is_file():
        words.append(f"--LabApp.default_url=/lab/tree/{start.relative_to(root)}")
    environment = {**os.environ, "CLOUDCRIB_ROOT": str(root), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    try:
        raise typer.Exit(subprocess.call([*words, *context.args], env=environment))
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


if __name__ == "__main__":
    app()
