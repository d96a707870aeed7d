"""What students hand in is read so that nothing in it leads elsewhere, blocks, floods, or cannot be written again."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from cloudcrib.grading.book.course import Course
from cloudcrib.grading.handed_in import Unreadable, read, whole
from cloudcrib.grading.inside.limits import MB


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "key.ipynb").write_text("{}")
    (tmp_path / "five.ipynb").symlink_to(tmp_path / "key.ipynb")

    with pytest.raises(Unreadable, match="link"):
        read(str(tmp_path / "five.ipynb"), 100)


@pytest.mark.timeout(10)
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "five.ipynb")

    with pytest.raises(Unreadable, match="no plain file"):
        read(str(tmp_path / "five.ipynb"), 100)


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "five.ipynb").write_bytes(b"x" * 101)

    with pytest.raises(Unreadable, match="allowed"):
        read(str(tmp_path / "five.ipynb"), 100)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", "a"),
        ("\ud800", "?"),
        ("\U0001f600", "\U0001f600"),
        ("x = '\\ud83d'", "x = '\\ud83d'"),
        ("\ude00\ud83d", "??"),
    ],
    ids=range(5),
)
def test_halves_of_characters_are_replaced_and_nothing_else(text: str, expected: str) -> None:
    assert whole(text) == expected
    assert json.loads(whole(json.dumps({"source": [text]}).encode())) == {"source": [expected]}


def test_files_that_are_too_much_together_are_left_out_with_a_sentence(class_of: Path) -> None:
    folder = class_of / "submitted" / "victim" / "five"
    for name in "abc":
        (folder / f"{name}.bin").write_bytes(b"x" * MB)
    (folder / "d.bin").write_bytes(b"x" * (3 * MB))

    found, said = Course(class_of, "five").files(str(folder), 2 * MB)

    assert sorted(found) == ["a.bin", "b.bin"]
    assert said == [
        "c.bin was left out: together with the files before it it is larger than 2 MB.",
        "d.bin is larger than 2 MB; it was left out.",
    ]
