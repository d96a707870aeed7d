"""Which of our modules a piece of code imports, itself or through others, without running it."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterable, Iterator
from pathlib import Path

import cloudcrib
from cloudcrib import model
from cloudcrib.kit import lazy

PACKAGE = Path(__file__).parent.parent
DOORS = ("draw", "explore")


def files(sources: Iterable[str], modules: Iterable[str] = ()) -> set[Path]:
    """The files of the package behind these sources and modules, and what stands beside them in `static/`."""
    wanted = [*modules, *(name for source in sources for name in _named(source, ""))]
    found: set[Path] = set()
    while wanted:
        for path in _files_of(wanted.pop()):
            if path not in found:
                found.add(path)
                wanted += _imports(path, path.stat().st_mtime_ns)
    return found | {beside for path in found for beside in path.parent.glob("static/*")}


@functools.cache
def _imports(path: Path, changed: int) -> tuple[str, ...]:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    package = parts[:-1]  # of a package's `__init__`, the package itself
    return tuple(_named(path.read_text(encoding="utf-8"), ".".join(("cloudcrib", *package))))


def _named(source: str, package: str) -> Iterator[str]:
    """Every name below `cloudcrib` that could be a module: imported anywhere, taken from a door, or written as a text."""
    try:
        tree = ast.parse(_plain(source))
    except SyntaxError:
        return  # the cell will say so when it is run
    for node in ast.walk(tree):
        match node:
            case ast.Import(names):
                yield from (name.name for name in names)
            case ast.ImportFrom(written, names, level):
                above = package.split(".")[: len(package.split(".")) - level + 1] if level else []
                base = ".".join(filter(None, [*above, written or ""]))
                yield from (f"{base}.{name.name}" for name in names)
            case ast.Attribute(value=ast.Name(door), attr=name) if door in DOORS:
                yield f"cloudcrib.{door}.{name}"
            case ast.Constant(str(text)) if text.startswith("cloudcrib."):
                yield text.replace(":", ".")


def _plain(source: str) -> str:
    """Without lines that only IPython understands."""
    return "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines())


def _files_of(name: str) -> Iterator[Path]:
    """The module's file, or that of the module that holds the name, and of every package above it."""
    words = _behind(name).split(".")
    if words[0] != "cloudcrib":
        return
    for cut in range(1, len(words) + 1):
        place = PACKAGE.joinpath(*words[1:cut])
        yield from (path for path in (place / "__init__.py", place.with_suffix(".py")) if path.is_file())


def _behind(name: str) -> str:
    """Where a lazily imported name really stands; `__init__`, `model`, `draw` and `explore` know."""
    first, _, rest = name.removeprefix("cloudcrib.").partition(".")
    if first in cloudcrib._HOMES:
        return f"cloudcrib.{cloudcrib._HOMES[first]}"
    subject = rest.partition(".")[0]
    if first == "model" and subject in model._names():
        return f"cloudcrib.chapters.{model._names()[subject]}"
    if first in DOORS and subject:
        return lazy.home(first, subject) or name
    return name
