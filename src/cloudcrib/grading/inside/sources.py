"""`inspect.getsource` of a student's function, for the tests: text that stands in the notebook, as data."""

from __future__ import annotations

import ast
import contextlib
import inspect
from collections.abc import Iterable, Iterator
from typing import Any

SOURCE = "__crib_source__"  # on a function that stands for one elsewhere: what gives that one's text
LONGEST = 200_000  # characters
_find = inspect.findsource


def text_of(value: Any) -> str | None:
    """The source of a function of the notebook, where Python knows it."""
    with contextlib.suppress(Exception):
        return inspect.getsource(value)[:LONGEST]
    return None


def stands_in(text: Any, name: str, written: Iterable[str]) -> bool:
    """Whether this is how one of these cells defines that name."""
    return type(text) is str and any(
        text.strip() == found.strip() for cell in written for found in _defined(cell, name)
    )


def _defined(cell: str, name: str) -> Iterator[str]:
    """The text of each function of that name that a cell defines at its top level."""
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        for node in ast.parse(cell).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name == name:
                first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
                yield "\n".join(cell.splitlines()[first - 1 : node.end_lineno])


def find(value: Any) -> tuple[list[str], int]:
    """As `inspect.findsource`; what stands for a student's function gives that one's text."""
    kept = getattr(value, "__dict__", {})
    if type(kept) is dict and SOURCE in kept:
        return kept[SOURCE]().splitlines(keepends=True), 0
    return _find(value)


def install() -> None:
    """From here on `inspect` finds the text of the student's functions."""
    vars(inspect)["findsource"] = find
