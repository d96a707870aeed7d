"""A course as nbgrader sees it: its configuration, its submissions, and what was released."""

from __future__ import annotations

import ast
import datetime as dt
import glob
import logging
import os
import re
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase as fnmatch
from pathlib import Path
from typing import Any

import nbformat
from nbgrader import utils
from nbgrader.apps import AutogradeApp
from nbgrader.converters import Autograde
from traitlets.config import Config

from cloudcrib.grading import handed_in
from cloudcrib.grading.book.repair import Release, release_of
from cloudcrib.grading.book.roster import ROSTER, Roster
from cloudcrib.grading.book.sheet import in_short
from cloudcrib.grading.book.stamp import NoTime, moment
from cloudcrib.grading.box.bubblewrap import CannotGrade
from cloudcrib.grading.inside.limits import MB
from cloudcrib.grading.inside.names import bound
from cloudcrib.grading.plugins.pictures import own
from cloudcrib.grading.run.libraries import locked_text, needed

STAGING = ".grading"
ANYBODY = "\x01anybody\x01"  # stands where a path has a student's name
SETTINGS = "nbgrader_config.py"


@dataclass(frozen=True)
class Submission:
    """What one student handed in for an assignment."""

    student: str
    assignment: str
    folder: str
    notebooks: tuple[str, ...]
    notes: tuple[str, ...] = ()
    person: bool = False


class Conversion(Autograde):  # type: ignore[misc]
    """nbgrader's autograder, writing beside its destination so that a finished submission can be moved there at once."""

    staging = ""  # the folder to write to instead
    source = ""  # the folder to read from, where it bears another name than the student's

    @property
    def _output_directory(self) -> str:
        return str(self.coursedir.autograded_directory)

    def _format_dest(self, assignment_id: str, student_id: str, escape: bool = False) -> str:
        if not self.staging:
            return str(super()._format_dest(assignment_id, student_id, escape))
        return os.path.join(self.staging, student_id, assignment_id)

    def _format_source(self, assignment_id: str, student_id: str, escape: bool = False) -> str:
        return self.source or str(super()._format_source(assignment_id, student_id, escape))

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
        self.folder, self.assignment = root.resolve(), assignment
        self.notes: list[str] = []  # what was done for the course as a whole
        app = AutogradeApp()
        app.log_level = logging.ERROR
        app.load_cwd_config = False
        with utils.chdir(str(self.folder)):
            app.raise_config_file_errors = True  # nbgrader itself would go on without the settings
            try:
                app.initialize([], root=str(self.folder))
            except Exception as err:
                raise CannotGrade(
                    f"{_where(err, self.folder)} fails ({in_short(err)}); mend it and run again."
                ) from err
        app.config.merge(config or {})
        app.log.setLevel(logging.ERROR)
        self.config, self.log = app.config, app.log
        self.directory = app.coursedir
        self.directory.update_config(self.config)
        self.directory.assignment_id = assignment
        self.root = Path(self.directory.root).resolve()
        self.roster = Roster(self.root / ROSTER)
        self.directory.get_existing_timestamp = self._timestamp
        self.conversion = Conversion(coursedir=self.directory, parent=app)
        self.conversion.force = force

    def _timestamp(self, folder: str) -> Any:
        """When a submission was handed in, in UTC; nothing where no file says it, or says it so that it is understood."""
        try:
            return self.timestamp(folder)
        except NoTime:
            return None

    def timestamp(self, folder: str) -> dt.datetime | None:
        """The same, but a file that is not understood raises `NoTime`."""
        path = os.path.join(folder, "timestamp.txt")
        if not os.path.lexists(path) or not handed_in.is_regular(path):
            return None
        said = handed_in.read(path)[:200].decode("utf-8-sig", "replace").strip()
        return moment(said) if said else None

    @property
    def db_url(self) -> str:
        return str(self.directory.db_url)

    def path(self, step: str, student: str) -> str:
        return os.path.normpath(str(self.directory.format_path(step, student, self.assignment)))

    @property
    def endings(self) -> Path:
        """The file that keeps how each submission of the assignment ended."""
        return Path(self.autograded) / f".{self.assignment}.endings"

    @property
    def autograded(self) -> str:
        """The folder above every student's autograded notebooks."""
        above = self.path(self.directory.autograded_directory, ANYBODY).partition(ANYBODY)[0]
        return os.path.realpath(os.path.dirname(above.rstrip(os.sep) + os.sep))

    def submissions(self) -> list[Submission]:
        """Who handed in, sorted; a folder without a notebook counts too, and so does one that nothing can be read from."""
        found: dict[str, list[Submission]] = {}
        for folder, named in self._folders():
            student, said = self.roster.student(named)
            names = sorted(name for name in os.listdir(folder) if name.endswith(".ipynb"))
            found.setdefault(student, []).append(Submission(student, self.assignment, folder, tuple(names), said))
        return [self._one(student, found[student]) for student in sorted(found)]

    def _folders(self) -> Iterable[tuple[str, str]]:
        """The folders handed in for the assignment, and whose they claim to be."""
        submitted = self.directory.submitted_directory
        pattern = re.compile(self.directory.format_path(submitted, "(?P<student>[^/]+)", self.assignment, escape=True))
        anybody = glob.escape(self.path(submitted, ANYBODY)).replace(ANYBODY, "*")
        for folder in glob.glob(anybody):
            matched = pattern.fullmatch(folder)
            if matched and os.path.isdir(folder) and fnmatch(matched["student"], self.directory.student_id):
                yield folder, matched["student"]

    def _one(self, student: str, submissions: list[Submission]) -> Submission:
        """What counts where one student handed in under several names: the last; somebody has to look at it."""
        if len(submissions) == 1:
            return submissions[0]
        last = max(submissions, key=lambda one: (self._timestamp(one.folder) or dt.datetime.min, one.folder))
        folders = ", ".join(sorted(os.path.relpath(one.folder, self.root) for one in submissions))
        said = (
            f"{student} handed in more than once, in {folders}; {os.path.relpath(last.folder, self.root)} was graded. "
            f"If these are different people, tell them apart in {ROSTER}."
        )
        return replace(last, notes=(*last.notes, said), person=True)

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
    anything = directory.format_path(directory.submitted_directory, ANYBODY, ANYBODY)
    folders = glob.glob(glob.escape(anything).replace(ANYBODY, "*"))
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
