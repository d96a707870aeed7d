"""The regions of an exercise's cells: what a learner starts from, what solves it, and the tests that are seen."""

from __future__ import annotations

import re

SOLUTION = re.compile(r"^([ \t]*)### BEGIN SOLUTION[^\n]*\n.*?^[ \t]*### END SOLUTION[^\n]*$", re.MULTILINE | re.DOTALL)
HIDDEN = re.compile(
    r"^[ \t]*### BEGIN HIDDEN TESTS[^\n]*\n.*?^[ \t]*### END HIDDEN TESTS[^\n]*\n?", re.MULTILINE | re.DOTALL
)


def starter(source: str) -> str:
    """The cell with each solution region replaced by `...`, as `nbgrader generate_assignment` leaves it."""
    return SOLUTION.sub(r"\1...", source)


def solution(source: str) -> str:
    """The cell as a solved one, without the markers."""
    return re.sub(r"^[ \t]*### (BEGIN|END) SOLUTION[^\n]*\n?", "", source, flags=re.MULTILINE).rstrip("\n")


def visible(source: str) -> str:
    """A tests cell without its hidden tests."""
    return HIDDEN.sub("", source).rstrip("\n")


def whole(source: str) -> str:
    """A tests cell with its hidden tests, without the markers."""
    return re.sub(r"^[ \t]*### (BEGIN|END) HIDDEN TESTS[^\n]*\n?", "", source, flags=re.MULTILINE).rstrip("\n")
