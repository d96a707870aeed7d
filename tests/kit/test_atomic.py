"""A file is replaced whole or stays as it was."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from cloudcrib.kit import atomic


def test_a_file_that_cannot_be_replaced_stays_and_nothing_is_left_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "notebook.ipynb"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "replace", lambda *a: (_ for _ in ()).throw(OSError("disk full")))

    with pytest.raises(OSError, match="disk full"):
        atomic.write(path, b"new")

    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["notebook.ipynb"]


def test_a_block_that_fails_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "cards.apkg"
    path.write_bytes(b"old")

    def interrupted() -> None:
        with atomic.replacing(path) as beside:
            beside.write_bytes(b"ne")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["cards.apkg"]


def test_a_written_file_has_the_text_in_utf_8_a_folder_and_the_permissions_of_a_new_file(tmp_path: Path) -> None:
    path, plain = tmp_path / "new" / "answers.json", tmp_path / "plain"

    atomic.write(path, "Zürich\n")
    plain.write_text("")

    assert path.read_bytes() == "Zürich\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_the_content_is_on_the_disk_before_the_name_points_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    flush, swap = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append("flushed"), flush(handle)))
    monkeypatch.setattr(os, "replace", lambda *paths: (done.append("replaced"), swap(*paths)))

    atomic.write(tmp_path / "answers.json", "{}")

    assert done == ["flushed", "replaced"]
