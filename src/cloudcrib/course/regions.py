"""The regions of an exercise's cells: what a learner starts from, what solves it, and the tests that are seen."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cloudcrib.kit.nearest import nearest

MARKERS = {
    "answer": ("### BEGIN SOLUTION", "### END SOLUTION"),
    "lab": ("### BEGIN SOLUTION", "### END SOLUTION"),
    "tests": ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"),
}
EVERY = (*MARKERS["answer"], *MARKERS["tests"])
ALIKE = 0.75  # of a comment and a marker, before the comment is taken for a slip
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


def odd(role: str, source: str) -> tuple[int, str] | None:
    """The first line of a cell that is meant as a marker and is none, or that stands where it must not; counted from 0."""
    lines = [(number, line.strip()) for number, line in enumerate(source.split("\n")) if line.lstrip().startswith("#")]
    for number, line in lines:
        if not line.startswith(EVERY) and (near := nearest(line, EVERY, ALIKE)):
            return number, f"`{line}` is no marker. Did you mean `{near}`?"
    found = [(number, marker) for number, line in lines for marker in EVERY if line.startswith(marker)]
    return _out_of_place(MARKERS.get(role, ()), found, role)


def _out_of_place(allowed: Sequence[str], found: Sequence[tuple[int, str]], role: str) -> tuple[int, str] | None:
    begun = -1
    for number, marker in found:
        if marker not in allowed:
            return number, f"`{marker}` has no place in a {role} fence."
        if marker == allowed[0] and begun >= 0:
            return begun, f"`{marker}` is not closed before the next one begins; end it with `{allowed[1]}`."
        if marker == allowed[1] and begun < 0:
            return number, f"`{marker}` closes nothing; `{allowed[0]}` is missing above it."
        begun = number if marker == allowed[0] else -1
    return (begun, f"This part is never closed; end it with `{allowed[1]}`.") if begun >= 0 else None
