"""`crib progress` and `crib cards` as a person types them."""

from __future__ import annotations

import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from studies import attempt

from cloudcrib.study.store import Store, to_json

ROWS = [attempt("vpc-usable-28", confidence="sure", right=False), attempt("vpc-usable-26", day=2)]


@pytest.fixture
def home(course: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A course, and an empty place for progress."""
    monkeypatch.setenv("CLOUDCRIB_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CLOUDCRIB_NOW", "2026-11-20T12:00:00+00:00")
    monkeypatch.setenv("COLUMNS", "120")
    return course


def crib(root: Path, *words: str) -> tuple[int, str, str]:
    done = subprocess.run(["crib", *words], cwd=root, capture_output=True, text=True, timeout=300)
    return done.returncode, done.stdout, done.stderr


def test_a_beginner_is_told_how_to_begin(home: Path) -> None:
    assert crib(home, "progress") == (0, "Nothing answered yet. `crib study` opens the course.\n", "")


def test_the_dashboard_fits_a_terminal(home: Path) -> None:
    Store().add(ROWS)

    code, out, err = crib(home, "progress")

    assert (code, err) == (0, "")
    assert "14 · Networks: a small one" in out and "9–91 %" in out
    assert "High-performing architectures" in out
    assert "Sure, and wrong at first: vpc-usable-28" in out


def test_it_says_which_file_holds_progress(home: Path, tmp_path: Path) -> None:
    assert crib(home, "progress", "where") == (0, f"{tmp_path}/data/progress.sqlite\n", "")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_was_exported_is_taken_in_on_another_machine(
    home: Path, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store().add(ROWS)
    file = tmp_path / f"mine.{form}"
    assert crib(home, "progress", "export", "--format", form, "--out", str(file))[0] == 0
    monkeypatch.setenv("CLOUDCRIB_DATA", str(tmp_path / "elsewhere"))

    first, second = (crib(home, "progress", "import", str(file)) for _ in range(2))

    assert first[1] == "2 attempts taken in, 0 were there already\n"
    assert second[1] == "0 attempts taken in, 2 were there already\n"
    assert Store().attempts() == ROWS


def test_an_export_goes_to_standard_output_where_no_file_is_named(home: Path) -> None:
    Store().add(ROWS)

    code, out, _ = crib(home, "progress", "export")

    assert code == 0 and len(json.loads(out)["attempts"]) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"format": 1, "attempts": [{"x": 1}]}',
        '{"format": 1, "attempts": [3]}',
        "uid,at\n1,2",
        "\x00\xff",
    ],
)
def test_what_is_no_export_is_refused_in_one_sentence_and_nothing_is_taken(
    home: Path, tmp_path: Path, text: str
) -> None:
    (tmp_path / "odd").write_text(text)

    code, out, err = crib(home, "progress", "import", str(tmp_path / "odd"))

    assert (code, out) == (2, "") and "nothing was taken" in err and "Traceback" not in err
    assert Store().attempts() == []


def test_one_unsound_attempt_keeps_all_of_an_export_out(home: Path, tmp_path: Path) -> None:
    text = to_json(ROWS).replace('"fraction": 1.0', '"fraction": 7.0')
    (tmp_path / "odd.json").write_text(text)

    assert crib(home, "progress", "import", str(tmp_path / "odd.json"))[0] == 2
    assert Store().attempts() == []


def test_a_file_that_is_not_there_is_said(home: Path) -> None:
    code, _, err = crib(home, "progress", "import", "nowhere.json")

    assert code == 2 and err == "nowhere.json cannot be read: No such file or directory.\n"


def test_reset_forgets_one_chapter_and_says_how_to_bring_it_back(home: Path) -> None:
    other = attempt("iam-a")
    Store().add([*ROWS, other])

    code, out, _ = crib(home, "progress", "reset", "14-vpc", "--yes")

    assert code == 0 and out.startswith("2 attempts forgotten")
    assert Store().attempts() == [other]
    kept = out.split("import ")[1].split("`")[0]
    assert crib(home, "progress", "import", kept)[1].startswith("2 attempts taken in")


def test_reset_asks_first(home: Path) -> None:
    Store().add(ROWS)

    done = subprocess.run(["crib", "progress", "reset", "vpc"], cwd=home, input="n\n", capture_output=True, text=True)

    assert done.returncode == 1 and "Forget 2 attempts in vpc?" in done.stdout
    assert Store().attempts() == ROWS


def test_a_chapter_that_is_not_there_is_answered_with_those_that_are(home: Path) -> None:
    code, _, err = crib(home, "progress", "reset", "s3")

    assert code == 2 and err == "There is no chapter 's3'. There are: 14-vpc.\n"


def test_a_broken_progress_file_is_said_to_be_set_aside(home: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "progress.sqlite").write_bytes(b"not a database" * 500)

    code, out, err = crib(home, "progress", "export")

    assert code == 0 and "was set aside" in err and json.loads(out)["attempts"] == []
    assert len(list((tmp_path / "data").glob("*.set-aside"))) == 1


def test_a_folder_that_cannot_hold_progress_is_said_in_one_sentence(home: Path, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")

    code, _, err = crib(home, "progress", "export")

    assert code == 2 and err.startswith("The progress file cannot be opened:") and err.count("\n") == 1


def test_cards_writes_a_package(home: Path, tmp_path: Path) -> None:
    code, out, err = crib(home, "cards", "--out", str(tmp_path / "new" / "c.apkg"))

    assert (code, err) == (0, "") and out == f"4 cards written to {tmp_path}/new/c.apkg\n"
    assert "collection.anki2" in zipfile.ZipFile(tmp_path / "new" / "c.apkg").namelist()


@pytest.mark.parametrize("words", [["progress"], ["cards"], ["progress", "reset", "vpc"]])
def test_outside_a_course_it_says_where_it_belongs(tmp_path: Path, words: list[str]) -> None:
    code, _, err = crib(tmp_path, *words)

    assert code == 2 and err.startswith("No course here")
