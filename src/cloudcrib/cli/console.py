"""What every command uses: where it speaks, how it stops, and which course and chapters it works on."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cloudcrib.course.course import Course, slug_of

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
    found = Course.here()
    if found is None or not (found.root / "chapters").is_dir():
        raise stop("No course here: run this in a folder that holds chapters/course.toml, or below it.")
    return found.root


def chosen(root: Path, names: list[str] | None) -> list[Path]:
    """The folders of the chapters named."""
    every = Course(root).written
    for name in names or []:
        if not any(name in (f.name, slug_of(f)) for f in every):
            raise stop(f"There is no chapter {name!r}. There are: {', '.join(f.name for f in every) or 'none yet'}.")
    return [f for f in every if not names or f.name in names or slug_of(f) in names]


@contextlib.contextmanager
def progress(total: int, what: str) -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal, nothing elsewhere; gives a function that advances it."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=complain, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)
