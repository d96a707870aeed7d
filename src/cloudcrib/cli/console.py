"""What every command uses: where it speaks, how it stops, and which course and chapters it works on."""

from __future__ import annotations

import contextlib
import importlib.util
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cloudcrib.course.course import Course, slug_of
from cloudcrib.course.trouble import AuthoringError
from cloudcrib.kit.nearest import meant

# What is said holds paths and authors' words: rich may read neither `[red]` nor `:100:` in them.
say = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
complain = Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)

Chapters = Annotated[
    list[str] | None, typer.Argument(help="Chapters, such as 14-vpc or vpc; all of them when none is named.")
]


def stop(sentence: str, code: int = 2) -> typer.Exit:
    """Say what is wrong, and end with this exit code."""
    complain.print(sentence)
    return typer.Exit(code)


@contextlib.contextmanager
def sound() -> Iterator[None]:
    """Stop with the sentence on an authored file that cannot be read, instead of a traceback."""
    try:
        yield
    except AuthoringError as err:
        raise stop(str(err), 1) from None


def needs(*modules: str, extra: str = "author") -> None:
    """Stop with the command that installs what a command needs, where a learner's environment lacks it."""
    lacking = [name for name in modules if importlib.util.find_spec(name) is None]
    if lacking:
        install = f"{shlex.quote(sys.executable)} -m pip install -c constraints.txt -e '.[{extra}]'"
        raise stop(
            f"This command is for those who write the course, and needs {', '.join(lacking)}. "
            f"In the course's folder: {install}"
        )


def course() -> Path:
    """The course this command works on."""
    found = Course.here()
    if found is None or not (found.root / "chapters").is_dir():
        raise stop("No course here: run this in a folder that holds chapters/course.toml, or below it.")
    return found.root


def chosen(root: Path, names: list[str] | None) -> list[Path]:
    """The folders of the chapters named."""
    every = Course(root).written
    known = [name for f in every for name in (f.name, slug_of(f))]
    for name in names or []:
        if name not in known:
            there = ", ".join(f.name for f in every) or "none yet"
            raise stop(f"There is no chapter {name!r}.{meant(name, known)} There are: {there}.")
    return [f for f in every if not names or f.name in names or slug_of(f) in names]


@contextlib.contextmanager
def progress(total: int, what: str) -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal, nothing elsewhere; gives a function that advances it."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=complain, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)
