"""Which submission's notebook a preprocessor has before it."""

from __future__ import annotations

from typing import Any

Which = tuple[str, str, str]


def which(resources: Any) -> Which:
    """Student, assignment and notebook: what a step keeps for a later one is kept under them."""
    names = resources["nbgrader"]
    return names["student"], names["assignment"], names["notebook"]
