"""The commands of somebody who studies alone: `crib progress`, `crib cards`."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cloudcrib.cli import console

if TYPE_CHECKING:
    from rich.table import Table

    from cloudcrib.study.standing import Row, Standing
    from cloudcrib.study.store import Store

progress = typer.Typer(help="How you stand; where that is kept, and how to take it along.")
File = Annotated[Path | None, typer.Option("--out", "-o", help="A file; standard output where none is named.")]


class Form(StrEnum):
    """The forms of an export."""

    csv = "csv"
    json = "json"


def add_to(app: typer.Typer) -> None:
    """Put these commands into `crib`."""
    app.add_typer(progress, name="progress")
    app.command()(cards)


@progress.callback(invoke_without_command=True)
def dashboard(context: typer.Context) -> None:
    """How you stand: what you know and how sure that is, what is due."""
    if context.invoked_subcommand is None:
        from cloudcrib.quizzes.bank import banks
        from cloudcrib.study.standing import standing

        root = console.course()
        os.environ.setdefault("CLOUDCRIB_ROOT", str(root))
        attempts = _store().attempts()
        if not attempts:
            return console.say.print("Nothing answered yet. `crib study` opens the course.")
        with console.sound():
            _show(standing(attempts, banks()))


def _store() -> Store:
    """The learner's store; what happened to a file that could not be used is said."""
    from cloudcrib.study.store import Store

    try:
        store = Store()
    except (OSError, sqlite3.Error) as err:
        raise console.stop(f"The progress file cannot be opened: {err}.") from None
    if store.notice:
        console.complain.print(store.notice)
    return store


def _show(found: Standing) -> None:
    from cloudcrib.kit.richtext import bare
    from cloudcrib.study.dashboard import COUNTED, LISTED, sentences

    for sentence in sentences(found, "`crib study` opens the course, where 20-review.ipynb asks it"):
        console.say.print(bare(sentence))
    counted = ""
    for title, rows in (("Chapter", found.chapters), ("Exam domain", found.areas)):
        begun = [row for row in rows if row.share.asked or row.due]
        if begun:
            console.say.print(_table(title, begun))
            counted = COUNTED
    if counted:
        console.say.print(bare(counted))
    for error in found.errors[:LISTED]:
        since = ", put right since" if error.item in found.mended else ""
        console.say.print(f"Sure, and wrong at first: {error.item}{since}")
    for one in found.returned[:LISTED]:
        console.say.print(f"Came back: {bare(one.note)}")


def _table(title: str, rows: Sequence[Row]) -> Table:
    from rich.table import Table

    from cloudcrib.study.dashboard import right

    table = Table(title, "answered", "right now", "right at first", "likely", "", "due")
    for row in rows:
        bar = "█" * round(row.share.value * 10)
        of = f"{row.share.asked} of {row.of}" if row.of else str(row.share.asked)
        table.add_row(row.name, of, right(row.now), right(row.share), row.range, bar.ljust(10, "·"), str(row.due or ""))
    return table


@progress.command("where")
def where_() -> None:
    """Say which file holds your progress."""
    from cloudcrib.study.store import where

    console.say.print(str(where()))


@progress.command("export")
def export_(
    form: Annotated[Form, typer.Option("--format", "-f", help="csv or json")] = Form.json, out: File = None
) -> None:
    """Write out every attempt."""
    from cloudcrib.study.store import to_csv, to_json

    attempts = _store().attempts()
    text = to_json(attempts) if form is Form.json else to_csv(attempts)
    if out is None:
        typer.echo(text, nl=False)
    else:
        _write(out, text)
        console.say.print(f"{len(attempts)} attempts written to {out}")


def _write(path: Path, text: str) -> None:
    """Put a text in place of a file in one step."""
    from cloudcrib.kit.atomic import write

    try:
        write(path, text)
    except OSError as err:
        raise console.stop(f"{path} cannot be written: {err.strerror}.") from None


@progress.command("import")
def import_(file: Annotated[Path, typer.Argument(help="an export, CSV or JSON")]) -> None:
    """Take in an export, of another machine for instance; what is there already stays."""
    from cloudcrib.study.store import from_text

    try:
        attempts = from_text(file.read_text(encoding="utf-8"))
    except OSError as err:
        raise console.stop(f"{file} cannot be read: {err.strerror}.") from None
    except (ValueError, TypeError, KeyError, AttributeError) as err:
        raise console.stop(f"{file} is no export of progress, and nothing was taken from it. {err}") from None
    new = _store().add(attempts)
    console.say.print(f"{new} attempts taken in, {len(attempts) - new} were there already")


@progress.command("reset")
def reset_(
    chapter: Annotated[str, typer.Argument(help="a chapter, such as vpc or 14-vpc")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="do not ask")] = False,
) -> None:
    """Forget what you did in a chapter; an export of it is kept beside the progress file."""
    from cloudcrib.course.course import slug_of
    from cloudcrib.study.store import now, to_json

    slug = slug_of(console.chosen(console.course(), [chapter])[0])
    store = _store()
    attempts = store.attempts(slug)
    if not attempts:
        return console.say.print(f"There is nothing to forget in {slug}.")
    if not yes and not typer.confirm(f"Forget {len(attempts)} attempts in {slug}?"):
        raise typer.Exit(1)
    kept = store.path.with_name(f"{slug}.{now():%Y%m%dT%H%M%S}.json")
    _write(kept, to_json(attempts))
    console.say.print(f"{store.reset(slug)} attempts forgotten; `crib progress import {kept}` brings them back")


def cards(
    out: Annotated[Path, typer.Option("--out", "-o", help="the Anki package to write")] = Path("cloudcrib.apkg"),
) -> None:
    """Write flash cards for Anki: one for each question and each fact; importing it again updates them.

    New cards come in the order of the course. What the course no longer asks stays in Anki, with its dates, until you delete it there.
    """
    from cloudcrib.quizzes.bank import banks
    from cloudcrib.study import anki

    os.environ.setdefault("CLOUDCRIB_ROOT", str(console.course()))
    try:
        count = anki.write(out, banks())
    except OSError as err:
        raise console.stop(f"{out} cannot be written: {err.strerror}.") from None
    console.say.print(f"{count} cards written to {out}")
