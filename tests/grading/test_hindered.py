"""What outside of grading stands in the way is one sentence and an exit code of its own."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest
import typer
from cohort.machine import needs_bubblewrap
from typer.testing import CliRunner

from cloudcrib.cli.grade import grade_command
from cloudcrib.grading.box import bubblewrap
from cloudcrib.grading.hindered import hindered

app = typer.Typer()
app.command()(grade_command)


def crib(root: Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["five", "--course", str(root)])
    return done.exit_code, done.output


@needs_bubblewrap
def test_a_locked_gradebook(class_of: Path) -> None:
    other = sqlite3.connect(class_of / "gradebook.db", isolation_level=None)
    other.execute("begin exclusive")

    code, said = crib(class_of)
    other.close()

    assert code == 3
    assert "gradebook.db is locked by another program" in said
    assert crib(class_of)[0] == 0


@needs_bubblewrap
def test_a_file_where_a_folder_belongs(class_of: Path) -> None:
    (class_of / "autograded").write_text("")

    code, said = crib(class_of)

    assert code == 3
    assert f"{class_of / 'autograded'} is a file where a folder belongs" in said.replace("\n", " ")


@needs_bubblewrap
def test_a_gradebook_of_an_older_nbgrader(class_of: Path) -> None:
    with sqlite3.connect(class_of / "gradebook.db") as book:
        book.execute("alter table student drop column lms_user_id")

    code, said = crib(class_of)

    assert code == 3
    assert said.count("run `nbgrader db upgrade`") == 1


@pytest.mark.parametrize(("number", "says"), [
    (errno.ENOSPC, "There is no room left on the disk for autograded: make room."),
    (errno.EACCES, "autograded cannot be written"),
    (errno.EMFILE, "Too many files are open"),
])  # fmt: skip
def test_what_the_system_refuses_is_said_in_words(number: int, says: str) -> None:
    assert says in str(hindered(OSError(number, "refused", "autograded")))


def test_a_fault_of_ours_is_not_dressed_up() -> None:
    assert hindered(KeyError("x")) is None


def test_where_apparmor_forbids_sandboxes_the_remedy_is_a_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails, restricted = tmp_path / "bwrap", tmp_path / "restricted"
    fails.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    fails.chmod(0o755)
    restricted.write_text("1\n")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(bubblewrap, "RESTRICTED", restricted)

    with pytest.raises(bubblewrap.NoSandbox) as told:
        bubblewrap.try_out()

    assert "setting up uid map: Permission denied" in str(told.value)
    assert f"profile bwrap {fails} flags=(unconfined) {{ userns, }}" in str(told.value)
