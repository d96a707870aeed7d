"""The public questions that an installed package carries, so that a student needs no more than the notebook."""

from __future__ import annotations

from pathlib import Path

from cloudcrib.course.course import slug_of

PACKAGE = Path(__file__).parent.parent
RELEASE = PACKAGE.parent.parent / "release"  # of the clone that an editable install runs from


def files() -> dict[str, Path]:
    """The file of each chapter by its slug: in a wheel beside the code, in a clone where the student edition stands."""
    inside = {slug_of(path.with_suffix("")): path for path in (PACKAGE / "banks").glob("*.json")}
    return inside or {slug_of(path.parent): path for path in RELEASE.glob("*/questions.json")}


def owner(id: str) -> tuple[str, Path] | None:
    """The chapter that an id belongs to, as slug and file: the id starts with that slug."""
    fitting = [(slug, path) for slug, path in files().items() if f"{id}-".startswith(f"{slug}-")]
    return max(fitting, key=lambda each: len(each[0]), default=None)
