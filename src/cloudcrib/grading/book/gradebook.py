"""One gradebook for a whole run: nbgrader's preprocessors open and commit it as ever, and a single engine does the work."""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from typing import Any
from unittest.mock import patch

import jsonschema
from nbgrader import api
from nbgrader.nbgraderformat import common
from sqlalchemy.exc import SAWarning


class OneGradebook(api.Gradebook):  # type: ignore[misc]
    """A gradebook that stays open, and keeps what is committed to it until `commit` is called from outside."""

    def __init__(self, db_url: str, course_id: str) -> None:
        super().__init__(db_url, course_id)
        self._really_commit = self.db.commit
        self.db.commit = self.db.flush
        self.db().expire_on_commit = False
        self._released: dict[tuple[str, ...], Any] = {}
        self._rows: dict[tuple[str, ...], dict[str, Any]] = {}

    def find_source_cell(self, *names: str) -> Any:
        """A released cell, looked up once a run."""
        return self._once(super().find_source_cell, "source", *names)

    def find_graded_cell(self, *names: str) -> Any:
        """A released cell with its points, looked up once a run."""
        return self._once(super().find_graded_cell, "graded", *names)

    def _once(self, find: Any, *key: str) -> Any:
        if key not in self._released:
            self._released[key] = find(*key[1:])
        return self._released[key]

    def find_grade(self, cell: str, notebook: str, assignment: str, student: str) -> Any:
        """A grade of a submission, all of which are fetched at once."""
        found = self._of("grades", notebook, assignment, student).get(cell)
        return found if found is not None else super().find_grade(cell, notebook, assignment, student)

    def find_comment(self, cell: str, notebook: str, assignment: str, student: str) -> Any:
        """A comment on a submission, all of which are fetched at once."""
        found = self._of("comments", notebook, assignment, student).get(cell)
        return found if found is not None else super().find_comment(cell, notebook, assignment, student)

    def _of(self, kind: str, *key: str) -> dict[str, Any]:
        if (kind, *key) not in self._rows:
            book = self.find_submission_notebook(*key)
            self._rows[(kind, *key)] = {row.name: row for row in getattr(book, kind)}
        return self._rows[(kind, *key)]

    def close(self) -> None:
        """Stays open for the next preprocessor."""

    def commit(self) -> None:
        """Write what the preprocessors have committed, and forget the rows."""
        self._really_commit()
        self._forget()

    def undo(self) -> None:
        """Forget everything since the last commit."""
        self.db.rollback()
        self._forget()

    def _forget(self) -> None:
        self._rows.clear()
        self.db.expunge_all()

    def really_close(self) -> None:
        super().close()


@contextmanager
def programs_beside() -> Iterator[None]:
    """Programs that stand beside this Python are found: a new gradebook asks `alembic` for its version."""
    own = os.path.dirname(sys.executable)
    with patch.dict(os.environ, PATH=f"{own}{os.pathsep}{os.environ.get('PATH', os.defpath)}"):
        yield


@contextmanager
def one_gradebook(db_url: str, course_id: str) -> Iterator[OneGradebook]:
    """While this lasts, whoever opens this course's gradebook in this process gets the one that is open already."""
    with programs_beside():
        book = OneGradebook(db_url, course_id)

    def opened(url: str, *args: Any, **named: Any) -> Any:
        return book if url == db_url else api.Gradebook(url, *args, **named)

    with ExitStack() as stack:
        stack.callback(book.really_close)
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore", SAWarning)  # nbgrader's own way of adding rows
        for module in list(sys.modules.values()):
            if module is not api and getattr(module, "__dict__", {}).get("Gradebook") is api.Gradebook:
                stack.enter_context(patch.object(module, "Gradebook", opened))
        stack.enter_context(patch.object(common.jsonschema, "validate", _validate))
        yield book


def _validate(instance: Any, schema: Any, *args: Any, **named: Any) -> None:
    """jsonschema.validate, which checks the schema itself but once."""
    error = jsonschema.exceptions.best_match(_validator(json.dumps(schema, sort_keys=True)).iter_errors(instance))
    if error is not None:
        raise error


@lru_cache(maxsize=64)
def _validator(schema: str) -> Any:
    loaded = json.loads(schema)
    cls = jsonschema.validators.validator_for(loaded)
    cls.check_schema(loaded)
    return cls(loaded)
