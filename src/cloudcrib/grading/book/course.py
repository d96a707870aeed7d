"""A course as nbgrader sees it: its configuration, its submissions, and what was released."""

from __future__ import annotations

import ast
import glob
import logging
import os
import re
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
from nbgrader import utils
from nbgrader.apps import AutogradeApp
from nbgrader.converters import Autograde
from traitlets.config import Config

from cloudcrib.grading import handed_in
from cloudcrib.grading.book.repair import Release, release_of
from cloudcrib.grading.book.sheet import in_short
from cloudcrib.grading.box.bubblewrap import CannotGrade
from cloudcrib.grading.inside.limits import MB
from cloudcrib.grading.inside.names import bound
from cloudcrib.grading.plugins.pictures import own
from cloudcrib.grading.run.libraries import locked_text, needed

STAGING = ".grading"
SETTINGS = "nbgrader_config.py"


@dataclass(frozen=True)
class Submission:
    """What one student handed in for an assignment."""

    student: str
    assignment: str
    folder: str
    notebooks: tuple[str, ...]


class Conversion(Autograde):  # type: ignore[misc]
    """nbgrader's autograder, writing beside its destination so that a finished submission can be moved there at once."""

    staging = False

    @property
    def _output_directory(self) -> str:
        folder: str = self.coursedir.autograded_directory
        return os.path.join(folder, STAGING) if self.staging else folder

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """As nbgrader does it, but links and pipes are not copied: they lead elsewhere, or never end."""
        folder, ignore = self._format_source(assignment_id, student_id), self.coursedir.ignore
        odd = [glob.escape(path) for path in utils.find_all_files(folder, ignore) if not handed_in.is_regular(path)]
        self.coursedir.ignore = [*ignore, *odd]
        try:
            super().init_assignment(assignment_id, student_id)
        finally:
            self.coursedir.ignore = ignore

    @property
    def _input_directory(self) -> str:
        folder: str = self.coursedir.submitted_directory
        return folder


class Course:
    """A course folder with its nbgrader configuration."""

    def __init__(self, root: Path, assignment: str, config: Config | None = None, force: bool = False) -> None:
        self.root, self.assignment = root.resolve(), assignment
        self.notes: list[str] = []  # what was done for the course as a whole
        app = AutogradeApp()
        app.log_level = logging.ERROR
        app.load_cwd_config = False
        with utils.chdir(str(self.root)):
            app.raise_config_file_errors = True  # nbgrader itself would go on without the settings
            try:
                app.initialize([], root=str(self.root))
            except Exception as err:
                raise CannotGrade(f"{_where(err, self.root)} fails ({in_short(err)}); mend it and run again.") from err
        app.config.merge(config or {})
        app.log.setLevel(logging.ERROR)
        self.config, self.log = app.config, app.log
        self.directory = app.coursedir
        self.directory.update_config(self.config)
        self.directory.assignment_id = assignment
        self.directory.get_existing_timestamp = self._timestamp
        self.conversion = Conversion(coursedir=self.directory, parent=app)
        self.conversion.force = force

    def _timestamp(self, folder: str) -> Any:
        """When a submission was handed in, as nbgrader reads it from a file that is one."""
        path = os.path.join(folder, "timestamp.txt")
        regular = os.path.lexists(path) and handed_in.is_regular(path)
        return type(self.directory).get_existing_timestamp(self.directory, folder) if regular else None

    @property
    def db_url(self) -> str:
        return str(self.directory.db_url)

    def path(self, step: str, student: str) -> str:
        return os.path.normpath(str(self.directory.format_path(step, student, self.assignment)))

    @property
    def autograded(self) -> str:
        """The folder above every student's autograded notebooks."""
        return os.path.realpath(os.path.join(self.root, self.directory.autograded_directory))

    def submissions(self, students: Iterable[str] = ()) -> list[Submission]:
        """Who handed in, sorted; a folder without a notebook counts too, and so does one that nothing can be read from."""
        wanted, found = set(students), []
        pattern = re.compile(
            self.directory.format_path(
                self.directory.submitted_directory, "(?P<student>.*)", self.assignment, escape=True
            )
        )
        for folder in glob.glob(self.path(self.directory.submitted_directory, "*")):
            matched = pattern.match(folder)
            if matched and os.path.isdir(folder) and (not wanted or matched["student"] in wanted):
                names = sorted(name for name in os.listdir(folder) if name.endswith(".ipynb"))
                found.append(Submission(matched["student"], self.assignment, folder, tuple(names)))
        return sorted(found, key=lambda submission: submission.student)

    def files(self, folder: str, most: int) -> tuple[dict[str, bytes], list[str]]:
        """Files of a folder that notebooks may read, none of them a notebook or a link; and sentences about what was left out."""
        found: dict[str, bytes] = {}
        said: list[str] = []
        room = most
        if not os.path.isdir(folder):
            return found, said
        for path in sorted(utils.find_all_files(folder, [*self.directory.ignore, "*.ipynb"])):
            name, status = os.path.relpath(path, folder), os.lstat(path)
            if not handed_in.is_regular(path) or os.path.realpath(path) != os.path.join(os.path.realpath(folder), name):
                said.append(f"{name} is a link or no plain file; it was left out.")
            elif status.st_size > most:
                said.append(f"{name} is larger than {most // MB} MB; it was left out.")
            elif status.st_size > room:
                said.append(
                    f"{name} was left out: together with the files before it it is larger than {most // MB} MB."
                )
            else:
                found[name] = handed_in.read(path, room)
                room -= len(found[name])
        return found, said

    def release(self, gradebook: Any, notebook: str) -> Release:
        """The cells of a notebook as they were released, with what the tests may take from the course's own notebook."""
        source = self._source(notebook)
        order = [
            cell.metadata.nbgrader.grade_id for cell in source.cells if "grade_id" in cell.metadata.get("nbgrader", {})
        ]
        found = release_of(gradebook, notebook, self.assignment, order)
        return replace(found, **of_source(source))

    def own(self, notebook: str) -> Any:
        """The course's own notebook, with its solutions; None where there is none."""
        path = os.path.join(self.path(self.directory.source_directory, "."), f"{notebook}.ipynb")
        return _read(path) if os.path.isfile(path) else None

    def _source(self, notebook: str) -> Any:
        """The course's own notebook, or the released one, or nothing."""
        for step in (self.directory.source_directory, self.directory.release_directory):
            path = os.path.join(self.path(step, "."), f"{notebook}.ipynb")
            if os.path.isfile(path):
                return _read(path)
        return nbformat.v4.new_notebook()


def _read(path: str) -> Any:
    try:
        return nbformat.read(path, as_version=4)
    except Exception as err:
        raise CannotGrade(f"{path} is no notebook ({in_short(err)}); mend it and run again.") from None


def assignments_handed_in(root: Path) -> list[str]:
    """The assignments that somebody has handed in, sorted."""
    directory = Course(root, "*").directory
    named = directory.format_path(
        directory.submitted_directory, "(?P<student>[^/]+)", "(?P<assignment>[^/]+)", escape=True
    )
    folders = glob.glob(directory.format_path(directory.submitted_directory, "*", "*"))
    found = [re.fullmatch(named, os.path.normpath(folder)) for folder in folders if os.path.isdir(folder)]
    return sorted({match["assignment"] for match in found if match})


def _where(err: Exception, root: Path) -> str:
    """The settings file and the line in it that raised."""
    lines = [f":{at.lineno}" for at in traceback.extract_tb(err.__traceback__) if at.filename.endswith(SETTINGS)]
    return f"{root / SETTINGS}{lines[-1] if lines else ''}"


def _trees(nb: Any, solutions: bool) -> Iterable[ast.Module]:
    from IPython.core.inputtransformer2 import TransformerManager

    for cell in nb.cells:
        meta = cell.metadata.get("nbgrader", {})
        if (
            cell.cell_type == "code"
            and bool(meta.get("solution")) is solutions
            and (solutions or not meta.get("grade"))
        ):
            try:
                yield ast.parse(TransformerManager().transform_cell(cell.source))
            except SyntaxError:
                continue


def asked_for(nb: Any) -> set[str]:
    """Names that the course's solutions define: the student's to define, even where Python has such a name."""
    return {name for tree in _trees(nb, solutions=True) for name in bound(tree)}


def of_source(nb: Any) -> dict[str, Any]:
    """What a release takes from the course's own notebook: names asked for, tests, the imports they rely on, and all its code."""
    tests = locked_text(nb.cells)
    return {
        "theirs": tuple(sorted(asked_for(nb))),
        "imports": {name: line for line in _imports(nb, solutions=True) for name in _binds(line)},
        "prelude": "\n".join(needed(dict.fromkeys(_imports(nb)), tests)),
        "tests": tests,
        "own": own(nb),
    }


def _binds(line: str) -> set[str]:
    return bound(ast.parse(line)) - {"*"}


def _imports(nb: Any, solutions: bool = False) -> list[str]:
    """The imports of the course's own unlocked cells, or of its solutions."""
    return [
        ast.unparse(node)
        for tree in _trees(nb, solutions)
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
