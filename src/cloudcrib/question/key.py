"""The key of a question on its way to who marks it: the text of its score cell, written and read here and nowhere else.

nbgrader keeps a cell's text, and of its metadata only what is its own; so the text is where a key stands, as data in a call:
a literal that is parsed, never run.
"""

from __future__ import annotations

import ast
import io
import json
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_CALL, _ARGUMENT = "score", "key"
TITLE = "# For the points of this question; there is nothing to do here."  # all that a folded cell shows
_READ, _CHECKED = "# read: ", " checked "


@dataclass(frozen=True)
class Key:
    """What is right (`data`, as `to_key` gives it), and the page that says so with the day somebody looked there."""

    data: dict[str, Any]
    page: str = ""
    checked: str = ""


def written(id: str, key: Key) -> str:
    """The text of the score cell of a question: its hidden test, which no release has, holds the key."""
    data = json.dumps(key.data, ensure_ascii=False, sort_keys=True)
    lines = [
        TITLE,
        f"from cloudcrib import {_CALL}",
        f'{_CALL}("{id}")',
        "### BEGIN HIDDEN TESTS",
        f'{_CALL}("{id}", {_ARGUMENT}={data!r})',
        f"{_READ}{key.page}{_CHECKED}{key.checked}",
        "### END HIDDEN TESTS",
    ]
    return "\n".join(lines)


def read(text: str) -> Key | None:
    """The key in a cell's text; None where there is none, as in a release or in a cell that is no score cell."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return None
    data = next(_keys(tree), None)
    return None if data is None else Key(json.loads(data), *_page(text))


def _keys(tree: ast.Module) -> Iterator[str]:
    """The literals that calls of `score` are given as their key."""
    for node in tree.body:
        call = node.value if isinstance(node, ast.Expr) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == _CALL:
            yield from (ast.literal_eval(given.value) for given in call.keywords if given.arg == _ARGUMENT)


def _page(text: str) -> tuple[str, str]:
    """Where to read on, and the day it was looked at; two empty texts where no comment says it."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and token.string.startswith(_READ):
            page, _, checked = token.string.removeprefix(_READ).partition(_CHECKED)
            return page, checked
    return "", ""
