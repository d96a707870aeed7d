"""A chapter's modules, imported when a notebook first names them."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

PACKAGE = "cloudcrib.chapters"
FOLDER = Path(__file__).parent.parent / "chapters"


def door(kind: str) -> Callable[[str], Any]:
    """The `__getattr__` of `draw` or `explore`: an AttributeError says that no chapter has such figures or models."""

    def opened(name: str) -> Any:
        wanted = home(kind, name)
        try:
            if wanted:
                return importlib.import_module(wanted)
        except ModuleNotFoundError as err:
            if err.name != wanted:
                raise
        raise AttributeError(f"cloudcrib.{kind} has nothing for {name!r}")

    return opened


def home(kind: str, name: str) -> str | None:
    """The module behind a name: `draw.vpc` is `chapters/vpc/draw`, and `draw.vpc_path` the part `path` of it."""
    words = [] if name.startswith("_") else name.split("_")
    for cut in range(len(words), 0, -1):  # a slug may hold `_` itself
        slug, part = "_".join(words[:cut]), "_".join(words[cut:])
        if (FOLDER / slug).is_dir():
            return ".".join(filter(None, (PACKAGE, slug, kind, part)))
    return None
