"""Which of the files that a student handed in is which notebook of the assignment.

A browser, a hub or a mail program renames and moves what it sends; the cells say what a notebook is.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import nbformat
from nbgrader import utils

from cloudcrib.grading import handed_in
from cloudcrib.grading.book.repair import named

FITS = 0.5  # of the cells that nbgrader knows, so many must be there


@dataclass(frozen=True)
class Claims:
    """The file of each notebook that was found, sentences about the others, and whether somebody has to look."""

    paths: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    person: bool = False
    doubtful: tuple[str, ...] = ()  # said where the grade turns out to be zero


def claims(folder: str, cells: Mapping[str, frozenset[str]], ignore: Iterable[str] = ()) -> Claims:
    """The notebooks of an assignment, whose cells are given by name, among the files of a folder."""
    found = {name: path for name in cells if os.path.lexists(path := os.path.join(folder, f"{name}.ipynb"))}
    others = sorted(path for path in _notebooks(folder, ignore) if path not in found.values())
    if not others:
        return _judged(folder, cells, found, {}, [])
    fitting: dict[str, list[str]] = {}
    strangers = []
    for path in others:
        name = _fit(path, cells)
        fitting.setdefault(name, []).append(path) if name else strangers.append(path)
    return _judged(folder, cells, found, fitting, strangers)


def _notebooks(folder: str, ignore: Iterable[str]) -> list[str]:
    """Files that were a notebook once, wherever they stand: a name may have got a number or a second ending."""
    found = utils.find_all_files(folder, list(ignore))
    return [path for path in found if ".ipynb" in os.path.basename(path).lower()]


def _fit(path: str, cells: Mapping[str, frozenset[str]]) -> str:
    """The notebook of the assignment whose cells this file holds; empty where it holds too few of each."""
    ids = ids_of(path)
    shares = {name: len(ids & known) / len(known) for name, known in cells.items() if known}
    best = max(shares, key=lambda name: shares[name], default="")
    return best if best and shares[best] >= FITS else ""


def ids_of(path: str) -> set[str]:
    """The nbgrader ids of a notebook's cells; none where it cannot be read."""
    try:
        nb = nbformat.reads(handed_in.text(handed_in.read(path)), as_version=4)
        return {name for cell in nb.cells if (name := named(cell))}
    except Exception:
        return set()


def _judged(
    folder: str, cells: Mapping[str, Any], found: dict[str, str], fitting: Mapping[str, list[str]], strangers: list[str]
) -> Claims:
    notes, doubtful, person = [], [], False
    paths = dict(found)
    for name in cells:
        fit = _different(fitting.get(name, []), found.get(name))
        shown = _listed(folder, fit) if fit else ""
        if name in found:
            if fit:
                doubtful.append(f"{name}.ipynb was graded; {shown} fits the assignment too and was not looked at.")
        elif len(fit) == 1:
            paths[name] = fit[0]
            notes.append(f"{shown} was taken for {name}.ipynb: its cells are those of the assignment.")
        elif fit:
            person = True
            notes.append(
                f"{name}.ipynb is missing, and {shown} could each be it: rename the one that counts, and grade again."
            )
        else:
            person = person or bool(strangers) or not found
            notes.append(_missing(folder, name, strangers))
    return Claims(paths, tuple(notes), person, tuple(doubtful))


def _missing(folder: str, name: str, strangers: list[str]) -> str:
    """What stands there in place of a notebook."""
    if strangers:
        return (
            f"{name}.ipynb was not handed in; {_listed(folder, strangers)} holds none of the cells of the assignment."
        )
    files = [path for path in utils.find_all_files(folder, [".ipynb_checkpoints"]) if not path.endswith(".ipynb")]
    beside = f": there is only {_listed(folder, sorted(files))}" if files else ""
    return f"{name}.ipynb was not handed in{beside}."


def _different(paths: list[str], counted: str | None) -> list[str]:
    """Those that hold something else than the one that counts, and than each other."""
    seen, kept = {_content(counted)} if counted else set(), []
    for path in paths:
        if (content := _content(path)) not in seen:
            seen.add(content)
            kept.append(path)
    return kept


def _content(path: str) -> bytes:
    try:
        return handed_in.read(path)
    except (OSError, ValueError):
        return path.encode(errors="replace")


def _listed(folder: str, paths: list[str]) -> str:
    names = [os.path.relpath(path, folder) for path in paths]
    shown = names[:4] + ([f"{len(names) - 4} more"] if len(names) > 4 else [])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
