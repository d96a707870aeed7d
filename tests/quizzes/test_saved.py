"""Earlier answers are found in the side file and in the notebook of this kernel."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from cloudcrib.quizzes.answers import MIME, Answer, Record, save, side_file, to_data
from cloudcrib.quizzes.saved import notebook, remembered, saved

EARLY, LATE = "2026-11-24T10:00:00Z", "2026-11-24T11:00:00Z"


@pytest.fixture(autouse=True)
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


def write(path: Path, record: Record) -> Path:
    path.write_text(json.dumps({"cells": [{"outputs": [{"data": {MIME: to_data(record)}}]}]}))
    return path


def test_the_newer_of_side_file_and_notebook_wins(tmp_path: Path) -> None:
    save(side_file(tmp_path, "demo"), {"demo-a": Answer(["side"], LATE), "demo-b": Answer(["side"], EARLY)})
    write(tmp_path / "90-demo.ipynb", {"demo-a": Answer(["book"], EARLY), "demo-b": Answer(["book"], LATE)})

    record, _ = remembered("demo", tmp_path)

    assert {qid: made.choice for qid, made in record.items()} == {"demo-a": ["side"], "demo-b": ["book"]}


def test_the_notebook_that_the_server_names_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "90-demo.ipynb", {})
    mine = write(tmp_path / "my copy.ipynb", {})
    monkeypatch.setenv("JPY_SESSION_NAME", str(mine))

    assert notebook("demo", tmp_path) == mine


def test_a_name_that_the_server_gave_before_a_rename_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = write(tmp_path / "90-demo.ipynb", {})
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "Untitled.ipynb"))

    assert notebook("demo", tmp_path) == own


def test_a_renamed_notebook_is_known_by_the_answers_it_holds(tmp_path: Path) -> None:
    write(tmp_path / "vpc.ipynb", {"vpc-a": Answer(["x"], EARLY)})
    renamed = write(tmp_path / "mine.ipynb", {"demo-a": Answer(["x"], EARLY)})

    assert notebook("demo", tmp_path) == renamed


def test_of_two_that_could_be_meant_none_is_guessed(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / f"{name}.ipynb", {"demo-a": Answer(["x"], EARLY)})

    assert notebook("demo", tmp_path) is None


def test_a_notebook_saved_again_is_read_again(tmp_path: Path) -> None:
    path = write(tmp_path / "90-demo.ipynb", {"demo-a": Answer(["x"], EARLY)})
    saved(path)
    write(path, {"demo-a": Answer(["y"], LATE)})
    os.utime(path, ns=(1, 1))

    assert saved(path)["demo-a"].choice == ["y"]


@pytest.mark.parametrize("text", ["", "{", f'["{MIME}"', f'"{MIME}"', "\0\0"])
def test_a_broken_notebook_holds_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "90-demo.ipynb"
    path.write_text(text)

    assert remembered("demo", tmp_path) == ({}, "")
