"""A file that was edited has another version, however quick the edit was."""

from __future__ import annotations

import os
from pathlib import Path

from cloudcrib.kit.versions import version


def test_another_size_is_another_version_within_the_same_instant(tmp_path: Path) -> None:
    path = tmp_path / "facts.toml"
    path.write_text("one")
    before = version(path)
    path.write_text("three")
    os.utime(path, ns=(before[1], before[1]))

    assert version(path) != before


def test_a_file_that_is_not_there_has_a_version_too(tmp_path: Path) -> None:
    missing = version(tmp_path / "variants.py")
    (tmp_path / "variants.py").write_text("")

    assert missing != version(tmp_path / "variants.py")
