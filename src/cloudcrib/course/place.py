"""Where a notebook runs: in the self-study course, in an assignment that is graded, or alone with what the package carries."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from cloudcrib.course import carried
from cloudcrib.course.course import Course, slug_of

QUESTIONS = "questions.json"  # beside a notebook: what an assignment may show


@dataclass(frozen=True)
class Place:
    """The chapter that an id belongs to, and whether its keys may be shown there."""

    slug: str
    folder: Path  # chapters/NN-slug in the self-study edition, the notebook's folder in a graded one
    graded: bool
    questions: Path = Path()  # in a graded one: the file that holds what may be shown


class NoCourse(LookupError):
    """No chapter was found for an id, from where the notebook runs."""


def find(id: str) -> Place:
    """The place of a question or exercise: `questions.json` beside the notebook means graded, `chapters/` above it self-study.

    Where there is neither, the notebook is all that was handed out; the package carries the questions of its chapter.
    """
    here = Path.cwd()
    if (here / QUESTIONS).is_file():
        return _assigned(here / QUESTIONS)
    course = Course.here()
    if course:
        return _studied(course, id)
    if found := carried.owner(id):
        return Place(found[0], here, graded=True, questions=found[1])
    raise NoCourse(
        f"No course was found above {here}, and the cloudcrib that is installed here carries no chapter that {id!r} belongs to. "
        f"A notebook of a course of your own needs its {QUESTIONS} beside it; a course itself opens with `crib study`."
    )


def _assigned(file: Path) -> Place:
    """The chapter that an assignment was made of."""
    slug = str(json.loads(file.read_text(encoding="utf-8"))["slug"])
    return Place(slug, file.parent, graded=True, questions=file)


def _studied(course: Course, id: str) -> Place:
    folder = course.owner(id)
    if folder is None:
        raise NoCourse(
            f"No chapter of this course has a question or exercise called {id!r}: an id starts with its chapter's name."
        )
    return Place(slug_of(folder), folder, graded=False)
