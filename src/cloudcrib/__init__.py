"""cloudcrib: a Jupyter course for the AWS Certified Solutions Architect – Associate exam.

A notebook imports from here the few names below; what they need is imported when they are used.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "quiz": "notebook",
    "answer": "notebook",
    "score": "quizzes.score",
    "tests": "exercise.check",
    "check": "notebook",
    "hint": "notebook",
    "solution": "notebook",
    "client": "lab",
    "progress": "study.dashboard",
    "review": "notebook",
    "variant": "exercise.variant",
}
__all__ = [
    "answer",
    "check",
    "client",
    "draw",
    "explore",
    "hint",
    "progress",
    "quiz",
    "review",
    "score",
    "solution",
    "tests",
    "variant",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        found = getattr(importlib.import_module(f"cloudcrib.{_HOMES[name]}"), name)
        globals()[name] = found
        return found
    if name in ("draw", "explore"):
        return importlib.import_module(f"cloudcrib.{name}")
    raise AttributeError(f"module 'cloudcrib' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
