"""What happens to every notebook: mended, sanitized, planned, run elsewhere, then replayed and graded.

Both steps are nbgrader's own preprocessors, in the order and with the settings they are given; only running the cells is
replaced by replaying how they ran.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Iterable
from typing import Any
from unittest.mock import patch

import nbformat
from nbconvert.exporters import NotebookExporter
from nbconvert.preprocessors import ExecutePreprocessor
from nbformat import NotebookNode
from traitlets.config import Config

from cloudcrib.grading.book import plan
from cloudcrib.grading.book.repair import Release, mend
from cloudcrib.grading.book.replay import Replay, runs
from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.plugins import pictures
from cloudcrib.grading.run.job import Job, Recording, silenced

CELL_SECONDS = 30  # where neither limits nor settings say more
UNSHOWN = "What its cells showed cannot be kept in a notebook; it was left out, and only what the tests showed counts."


class Pipeline:
    """The steps of grading one notebook, for a whole course or for a single call."""

    def __init__(
        self, sanitize: Iterable[Any], autograde: Iterable[Any], config: Config, split: bool, limits: Limits | None = None,
        strict: bool = False,
    ) -> None:  # fmt: skip
        """`strict`: whatever a student may not change is restored, not only what would make nbgrader give up."""
        self.split, self.strict, autograde = split, strict, list(autograde)
        self.leaves_out = pictures.LeaveOutPictures in autograde
        self.sanitizer = _exporter(sanitize, config)
        runs = [cls for cls in autograde if issubclass(cls, ExecutePreprocessor)]
        self.grader = _exporter([Replay if cls in runs else cls for cls in autograde], _for_replay(config, runs))
        self.replay: Any = next((pp for pp in self.grader._preprocessors if isinstance(pp, Replay)), None)
        self.limits = limits or Limits(cell_seconds=float(getattr(self.replay, "timeout", None) or CELL_SECONDS))

    def sanitized(self, nb: NotebookNode, release: Release, resources: Any, notes: list[str]) -> NotebookNode:
        """A submission mended and through nbgrader's sanitize step; where that gives up, everything is restored first."""
        resources[pictures.RESOURCE] = release.own
        notes += mend(nb, release, strict=self.strict)
        try:
            return _converted(self.sanitizer, nb, resources)
        except Exception:
            notes += mend(nb, release, strict=True)
            return _converted(self.sanitizer, nb, resources)

    def job(
        self, nb: NotebookNode, release: Release, cwd: str, files: dict[str, bytes], own_files: dict[str, bytes]
    ) -> Job:
        """What is to be run of a sanitized notebook."""
        nb = self._as_run(nb, release)
        return plan.job(
            nb, release, cwd, files, own_files, split=self.split, limits=self.limits, skip_tag=self.skip_tag
        )

    def _as_run(self, nb: NotebookNode, release: Release) -> NotebookNode:
        return pictures.without(copy.deepcopy(nb), release.own) if self.leaves_out else nb

    def ran(self, nb: NotebookNode, release: Release) -> list[int]:
        """Which of a sanitized notebook's cells are run."""
        return [at for at, cell in enumerate(self._as_run(nb, release).cells) if runs(cell, self.skip_tag)]

    @property
    def skip_tag(self) -> str:
        """The tag of cells that are not run."""
        return str(self.replay.skip_cells_with_tag) if self.replay else ""

    def graded(
        self, nb: NotebookNode, job: Job | None, recording: Recording, resources: Any, notes: list[str]
    ) -> NotebookNode:
        """nbgrader's autograde step; where what a student's cells showed breaks it, once more without that."""
        try:
            return self._replayed(nb, recording, resources)
        except Exception:
            if not self.split or job is None:
                raise
            notes.append(UNSHOWN)
            return self._replayed(nb, silenced(recording, job), resources)

    def _replayed(self, nb: NotebookNode, recording: Recording, resources: Any) -> NotebookNode:
        self.replay.recording = recording
        with patch.dict(os.environ, NBGRADER_EXECUTION="autograde"):
            return _converted(self.grader, nb, resources)


def _for_replay(config: Config, runs: Iterable[Any]) -> Config:
    """Settings given for what runs cells are meant for what stands in for it."""
    config = copy.deepcopy(config)
    for cls in runs:
        config.Replay.merge(config.get(cls.__name__, {}))
    return config


def _exporter(preprocessors: Iterable[Any], config: Config) -> Any:
    config = copy.deepcopy(config)
    config.Exporter.default_preprocessors = []
    exporter = NotebookExporter(config=config, parent=None)
    exporter.optimistic_validation = True
    for cls in preprocessors:
        exporter.register_preprocessor(cls)
    for pp in exporter._preprocessors:
        if hasattr(pp, "log"):
            pp.log.setLevel("ERROR")
    return exporter


def _converted(exporter: Any, nb: NotebookNode, resources: dict[str, Any]) -> NotebookNode:
    """One of nbgrader's two passes over a notebook, and what reading it back would give."""
    text, _ = exporter.from_notebook_node(nb, resources=resources)
    exporter._nb_metadata.clear()  # nbconvert keeps every notebook's, for nobody here
    nb_again: NotebookNode = nbformat.reads(text, as_version=4)
    return nb_again
