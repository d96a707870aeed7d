"""nbgrader's feedback page for this course: an index of questions and exercises by name, and no code that only asks or marks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import default

from cloudcrib.grading.plugins.pictures import only_asks
from cloudcrib.grading.plugins.quizzes import key_of
from cloudcrib.grading.plugins.titles import exercises, titles

TEMPLATES = Path(__file__).parent / "templates"


class FeedbackPage(HTMLExporter):  # type: ignore[misc]
    """nbgrader's page with our index and headings; everything else of it stays."""

    @default("extra_loaders")
    def _ours_first(self) -> list[Any]:
        return [FileSystemLoader(TEMPLATES)]

    @default("template_file")
    def _template_file_default(self) -> str:
        return "crib-feedback.html.j2"


class NameCells(NbGraderPreprocessor):
    """Before HideHiddenTests, which takes the keys away: say what each graded cell is, for index and headings."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        names = resources["nbgrader"]
        folder = Path(CourseDirectory(config=self.config).root, "chapters", names["assignment"])
        resources["titles"], resources["unshown"] = titles(nb, names["student"], exercises(folder)), unshown(nb)
        return nb, resources


def unshown(nb: NotebookNode) -> set[str]:
    """The cells whose code says nothing to a student: those that ask questions and those that mark them."""
    locked = [cell for cell in nb.cells if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("locked")]
    return {str(cell.metadata.nbgrader.grade_id) for cell in locked if only_asks(cell.source) or key_of(cell)}
