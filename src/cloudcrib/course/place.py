"""Where a notebook runs: in the self-study course, or in an assignment that is graded."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """The chapter that an id belongs to, and whether its keys may be shown there."""

    slug: str
    folder: Path  # chapters/NN-slug in the self-study edition, the assignment's folder in a graded one
    graded: bool


class NoCourse(LookupError):
    """No chapter was found for an id, from where the notebook runs."""


def find(id: str) -> Place:
    """The place of a question or exercise: `questions.json` beside the notebook means graded, `chapters/` above it self-study."""
    import json

    here = Path.cwd()
    if (here / "questions.json").is_file():
        slug = json.loads((here / "questions.json").read_text(encoding="utf-8"))["slug"]
        return Place(slug, here, graded=True)
    root = course_root()
    if root is None:
        raise NoCourse(
            f"No course was found above {here}. Open the notebook inside the course folder, with `crib study`."
        )
    folders = {f.name.split("-", 1)[1]: f for f in sorted((root / "chapters").glob("[0-9]*-*")) if f.is_dir()}
    fitting = [slug for slug in folders if id == slug or id.startswith(slug + "-")]
    if not fitting:
        raise NoCourse(
            f"No chapter of this course has a question or exercise called {id!r}: an id starts with its chapter's name."
        )
    slug = max(fitting, key=len)
    return Place(slug, folders[slug], graded=False)


def course_root() -> Path | None:
    """The nearest folder above the working directory that holds `chapters/course.toml`; CLOUDCRIB_ROOT comes first."""
    named = os.environ.get("CLOUDCRIB_ROOT")
    if named:
        return Path(named)
    here = Path.cwd()
    return next((p for p in (here, *here.parents) if (p / "chapters" / "course.toml").is_file()), None)
