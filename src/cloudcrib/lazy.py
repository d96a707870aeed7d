"""Modules of a chapter, imported when a notebook first names them."""

from __future__ import annotations

import importlib
from typing import Any


def submodule(package: str, name: str, what: str) -> Any:
    """`draw.vpc` and its like; an AttributeError says that a chapter has none."""
    if name.startswith("_"):
        raise AttributeError(name)
    try:
        return importlib.import_module(f"{package}.{name}")
    except ModuleNotFoundError as err:
        if err.name != f"{package}.{name}":
            raise
        raise AttributeError(f"{package} has no {what} for {name!r}") from None
