"""The writable folders of a box: what belongs there, and how everything else is removed between two submissions."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FONTS = "/run/matplotlib"  # matplotlib's list of fonts, as a box is shown it
Kept = dict[str, bool]  # path: whether it is a mount of its own


def mounts(folders: list[str]) -> Kept:
    """Writable folders, other mounts, and the folders above them: these stay when a submission's things go."""
    with open("/proc/self/mounts") as mounts:
        points = [*folders, *(line.split()[1] for line in mounts)]
    above = {str(path): False for point in points for path in Path(point).parents}
    return above | dict.fromkeys(points, True)


def _strays(folder: str, kept: Kept) -> Iterator[str]:
    """What a submission left in a folder."""
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if path not in kept:
            yield path
        elif not kept[path]:
            yield from _strays(path, kept)


def empty(folders: list[str], kept: Kept) -> bool:
    """Remove what a submission left; True when nothing is."""
    for path in (path for folder in folders for path in list(_strays(folder, kept))):
        _remove(path)
    return not any(True for folder in folders for _ in _strays(folder, kept))


def _remove(path: str) -> None:
    def unlock(function: Any, inner: str, error: Any) -> None:
        with contextlib.suppress(OSError):
            os.chmod(os.path.dirname(inner), stat.S_IRWXU)
            os.chmod(inner, stat.S_IRWXU, follow_symlinks=False) if not os.path.islink(inner) else None
            shutil.rmtree(inner) if os.path.isdir(inner) and not os.path.islink(inner) else os.unlink(inner)

    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path, onerror=unlock)
    with contextlib.suppress(OSError):
        os.unlink(path)
