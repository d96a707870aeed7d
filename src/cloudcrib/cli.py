"""The command `crib`."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cloudcrib import ledger, place, study_commands
from cloudcrib.authored import shown
from cloudcrib.grading.command import grade_command

app = typer.Typer(
    help="A course in notebooks for the AWS Solutions Architect – Associate exam.",
    no_args_is_help=True,
    add_completion=False,
)
new = typer.Typer(help="Write a skeleton to fill in.", no_args_is_help=True)
app.add_typer(new, name="new")
study_commands.add_to(app)
app.command("grade")(grade_command)
say = Console(highlight=False, soft_wrap=True)
complain = Console(stderr=True, highlight=False, soft_wrap=True)

Chapters = Annotated[
    list[str] | None, typer.Argument(help="Chapters, such as 14-vpc or vpc; all of them when none is named.")
]


def stop(sentence: str, code: int = 2) -> typer.Exit:
    """Say what is wrong, and end with this exit code."""
    complain.print(sentence, markup=False)
    return typer.Exit(code)


def course() -> Path:
    """The course this command works on."""
    root = place.course_root()
    if root is None or not (root / "chapters").is_dir():
        raise stop("No course here: run this in a folder that holds chapters/course.toml, or below it.")
    return root


def chosen(root: Path, names: list[str] | None) -> list[Path]:
    """The folders of the chapters named."""
    from cloudcrib.chapter import folders, slug_of

    every = folders(root)
    for name in names or []:
        if not any(name in (f.name, slug_of(f)) for f in every):
            raise stop(f"There is no chapter {name!r}. There are: {', '.join(f.name for f in every) or 'none yet'}.")
    return [f for f in every if not names or f.name in names or slug_of(f) in names]


@app.command()
def build(
    names: Chapters = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", help="Chapters built at once; as many as there are processors by default."),
    ] = None,
) -> None:
    """Make notebooks/, source/ and release/ from chapters/."""
    from cloudcrib import build as builder

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


@contextlib.contextmanager
def progress(total: int, what: str) -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal, nothing elsewhere; gives a function that advances it."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=complain, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


@app.command()
def check(
    names: Chapters = None,
    quick: Annotated[
        bool,
        typer.Option("--quick", help="Neither run exercises nor notebooks again; compare with what was built last."),
    ] = False,
) -> None:
    """Find what is wrong with chapters: facts, keys, exercises, and generated files that differ from their source."""
    from cloudcrib import chapter as chapters
    from cloudcrib import checks
    from cloudcrib.authored import AuthoringError

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
        for trouble in checks.across(chapters.read(f) for f in chapters.folders(root)):
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
    from cloudcrib import fact
    from cloudcrib.chapter import slug_of

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
    from cloudcrib import skeleton

    report(skeleton.chapter(course(), name))


@new.command("question")
def new_question(
    id: Annotated[str, typer.Argument(help="its id, which starts with the chapter's slug")], kind: str = "choose-one"
) -> None:
    """Add a question to fill in, and a quiz fence that asks it."""
    from cloudcrib import skeleton

    report(skeleton.question(course(), id, kind))


@new.command("exercise")
def new_exercise(id: Annotated[str, typer.Argument(help="its id, which starts with the chapter's slug")]) -> None:
    """Add an exercise to fill in: answer, tests, a wrong solution, hints."""
    from cloudcrib import skeleton

    report(skeleton.exercise(course(), id))


def report(written: list[Path] | str) -> None:
    """Say what was written, or why nothing was."""
    if isinstance(written, str):
        raise stop(written)
    for path in written:
        say.print(
            f"wrote {shown(path)}; every {chr(0x2026)} in it is for you to fill in, and `crib check` names each.",
            markup=False,
        )


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def study(context: typer.Context) -> None:
    """Open the course in JupyterLab; further words go to JupyterLab (--no-browser, --port=8890)."""
    root = course()
    start = root / "notebooks" / "00-start.ipynb"
    hook = "--FileContentsManager.pre_save_hook=cloudcrib.serverside.pre_save_hook"
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
