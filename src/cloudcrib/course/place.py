"""Where a notebook runs: in the self-study course, or in an assignment that is graded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cloudcrib.course.course import Course, slug_of


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
    here = Path.cwd()
    if (here / "questions.json").is_file():
        return Place(_assigned(here), here, graded=True)
    course = Course.here()
    if course is None:
        raise NoCourse(
            f"No course was found above {here}. Open the notebook inside the course folder, with `crib study`."
        )
    folder = course.owner(id)
    if folder is None:
        raise NoCourse(
            f"No chapter of this course has a question or exercise called {id!r}: an id starts with its chapter's name."
        )
    return Place(slug_of(folder), folder, graded=False)


def _assigned(folder: Path) -> str:
    """The slug of the chapter that an assignment was made of."""
    import json

    return str(json.loads((folder / "questions.json").read_text(encoding="utf-8"))["slug"])
