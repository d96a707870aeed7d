"""The student edition, made from the instructor edition by nbgrader's own generate_assignment."""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
from pathlib import Path

STUB = "..."


def release(name: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of `release/NAME` for the files of `source/NAME`; no gradebook is touched."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        made = root / "source" / name
        made.mkdir(parents=True)
        for file, content in files.items():
            (made / file).write_bytes(content)
        config = Config()
        config.CourseDirectory.root = str(root)
        config.CourseDirectory.assignment_id = name
        config.ClearSolutions.code_stub = {"python": STUB}
        config.SaveCells.enabled = False
        quiet = logging.getLogger("cloudcrib.editions.release")
        quiet.setLevel(logging.ERROR)
        with _unchanged_folder():
            coursedir = CourseDirectory(config=config)
            converter = GenerateAssignment(coursedir=coursedir, no_database=True, config=config, log=quiet)
            converter.start()
        return {p.name: p.read_bytes() for p in sorted((root / "release" / name).iterdir())}


@contextlib.contextmanager
def _unchanged_folder():  # type: ignore[no-untyped-def]
    here = os.getcwd()
    try:
        yield
    finally:
        os.chdir(here)
