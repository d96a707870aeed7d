"""What a command prints is what was written: no path and no author's word is read as markup or as an emoji."""

from __future__ import annotations

import ast
import io
from pathlib import Path

import pytest
import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from shared import REPOSITORY, edit
from typer.testing import CliRunner

from cloudcrib.cli import app as crib
from cloudcrib.cli import console
from cloudcrib.course.trouble import Trouble

HOSTILE = [
    "[red]",
    ":100:",
    "[/]",
    "[/red]",
    "[bold",
    "]",
    "[link=file:///x]y[/link]",
    ":smile:",
    "\\[red]",
    "{x}",
    "%s",
    "`",
]
CLI = REPOSITORY / "src" / "cloudcrib" / "cli"


@pytest.fixture(params=["say", "complain"])
def voice(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[Console, io.StringIO]:
    """A console of the commands, as on a terminal and as in a file."""
    heard = io.StringIO()
    one: Console = getattr(console, request.param)
    monkeypatch.setattr(one, "_file", heard)
    return one, heard


def test_each_line_number_from_1_to_1000_is_printed_as_it_is(voice: tuple[Console, io.StringIO]) -> None:
    one, heard = voice
    said = [str(Trouble("It is wrong.", Path("/nowhere/chapter.md"), line)) for line in range(1, 1001)]

    for sentence in said:
        one.print(sentence)

    assert heard.getvalue().splitlines() == said


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_printed_as_they_are(voice: tuple[Console, io.StringIO], text: str) -> None:
    one, heard = voice
    table = Table("Chapter")
    table.add_row(text)

    one.print(f"{text} in chapters/{text}/chapter.md:100: {text}")
    one.print(table)

    line, *rows = heard.getvalue().splitlines()
    assert line == f"{text} in chapters/{text}/chapter.md:100: {text}"
    assert any(text in row for row in rows)


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_stops_a_command_is_printed_as_it_is(capsys: pytest.CaptureFixture[str], text: str) -> None:
    assert isinstance(console.stop(f"There is no {text}."), typer.Exit)

    assert capsys.readouterr().err == f"There is no {text}.\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_progress_bar_shows_its_words_as_they_are(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    seen: list[Progress] = []
    monkeypatch.setattr(Progress, "start", lambda bar: seen.append(bar))

    with console.progress(3, text) as advance:
        advance()

    heard = io.StringIO()
    Console(file=heard, width=200).print(seen[0].get_renderable())
    assert heard.getvalue().startswith(f"{text} ")


def test_only_one_module_makes_consoles_and_every_text_of_a_bar_is_plain() -> None:
    """A console that reads markup, or a column that does, would bring the emoji back."""
    made: list[str] = []
    for path in CLI.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                plain = {
                    word.arg
                    for word in node.keywords
                    if isinstance(word.value, ast.Constant) and word.value.value is False
                }
                if node.func.id == "Console":
                    made.append(path.name)
                    assert plain >= {"markup", "emoji"}
                if node.func.id == "TextColumn":
                    assert "markup" in plain, path

    assert made == ["console.py", "console.py"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "words", [["build"], ["check"], ["facts"], ["progress", "reset"], ["new", "chapter"], ["new", "question"], ["new", "exercise"]]
)  # fmt: skip
def test_a_hostile_name_comes_back_as_it_was_typed(
    course: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], text: str
) -> None:
    monkeypatch.setenv("CLOUDCRIB_ROOT", str(course))

    done = CliRunner().invoke(crib.app, [*words, "--", text])

    assert done.exit_code == 2 and repr(text) in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(("typed", "near"), [("14-vcp", "14-vpc"), ("vcp", "vpc"), ("14-VPC", "14-vpc")])
@pytest.mark.parametrize("command", ["build", "check", "facts"])
def test_a_misspelt_chapter_is_answered_with_the_nearest(
    course: Path, monkeypatch: pytest.MonkeyPatch, command: str, typed: str, near: str
) -> None:
    monkeypatch.setenv("CLOUDCRIB_ROOT", str(course))

    done = CliRunner().invoke(crib.app, [command, typed])

    assert done.stderr == f"There is no chapter {typed!r}. Did you mean {near!r}? There are: 14-vpc.\n"


@pytest.mark.parametrize("words", [["facts"], ["facts", "--stale"], ["new", "question", "vpc-x"]])
def test_a_file_that_cannot_be_read_is_a_sentence_and_no_traceback(
    course: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setenv("CLOUDCRIB_ROOT", str(course))
    edit(course / "chapters" / "14-vpc" / "facts.toml", 'status = "holds"', 'status = "holds')

    done = CliRunner().invoke(crib.app, words)

    assert done.exit_code == 1 and "facts.toml:3: The text that opens here" in done.stderr
    assert done.exception is None or isinstance(done.exception, SystemExit)
