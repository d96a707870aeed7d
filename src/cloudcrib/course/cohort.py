"""Variants in a cohort: who works here, which variant is theirs, and the same again in the grader's process."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cloudcrib.course import variants
from cloudcrib.course.course import Course
from cloudcrib.question.kinds import Number, Question, from_key, to_key

if TYPE_CHECKING:
    from cloudcrib.course.chapter import Chapter

NAMES = ("CLOUDCRIB_STUDENT", "JUPYTERHUB_USER", "NB_USER")
NOBODY = ("", "jovyan")  # the user that Jupyter's images give to everybody
WHO = (
    "This course gives each student figures of their own, and this notebook does not know who you are. "
    "Run `%env CLOUDCRIB_STUDENT=` with the name your teacher knows you by in a cell, then run this cell again."
)


def course_id(folder: Path) -> str:
    """The course that shares out variants, by a chapter of it; empty unless its course.toml says `variants = true`."""
    said = Course.of(folder).settings
    return str(said.get("id", "")) if said.get("variants") is True else ""


def student() -> str:
    """Whose notebook runs here: the grader's folders say it, else the environment does, else nobody knows."""
    parts = Path.cwd().parts
    if len(parts) > 3 and parts[-3] in ("autograded", "submitted"):
        return parts[-2]
    return next((os.environ[name] for name in NAMES if os.environ.get(name, "") not in NOBODY), "")


def normal(who: str) -> str:
    """A student's name in one form, however a system writes its accents and capitals."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", who.strip()).casefold())


def pick(course: str, who: str, id: str, size: int) -> int:
    """Which of so many variants a student has: no server, no list, the same wherever it is asked."""
    said = json.dumps([course, normal(who), id], ensure_ascii=False).encode()
    return int.from_bytes(sha256(said).digest(), "big") % size


def public_table(chapter: Chapter, question: Question) -> dict[str, Any]:
    """What a release holds of a question's variants: their stems."""
    return {"variants": [one.stem for one in _table(chapter, question)]}


def secret_table(chapter: Chapter, question: Question) -> dict[str, Any]:
    """What a key holds of a question's variants: stems, answers, traps and reasons."""
    rows = [{name: to_key(one)[name] for name in ("stem", "body")} for one in _table(chapter, question)]
    return {"cohort": {"course": course_id(chapter.folder), "variants": rows}}


def _table(chapter: Chapter, question: Question) -> tuple[Question, ...]:
    return variants.table(question, chapter.folder, chapter.facts)


def shares_out(chapter: Chapter) -> tuple[set[str], set[str]]:
    """The questions and the exercises of which each student of this course gets a variant."""
    if not course_id(chapter.folder):
        return set(), set()
    ids = set(variants.generators(chapter.folder))
    numbers = {q.id for q in chapter.questions if isinstance(q.body, Number)}
    return ids & numbers, ids & {e.id for e in chapter.exercises}


def shown(data: Mapping[str, Any], who: str) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """An assignment's questions as one student sees them, and which variant each is; nobody sees none that varies."""
    rows, variant_of = {}, {}
    for row in data["questions"]:
        stems = row.get("variants")
        own = {name: value for name, value in row.items() if name != "variants"}
        if stems:
            drawn = pick(data["course"], who, row["id"], len(stems))
            variant_of[row["id"]] = str(drawn)
            own["stem"] = stems[drawn]
        if who or not stems:
            rows[row["id"]] = own
    return rows, variant_of


def parameters(id: str, questions: Path) -> dict[str, Any]:
    """The parameters of an exercise that are this student's, from what an assignment may show."""
    data = json.loads(questions.read_text(encoding="utf-8"))
    rows = data.get("parameters", {}).get(id)
    if not rows:
        raise LookupError(f"`{id}` has no variants in this assignment.")
    who = student()
    if not who:
        raise LookupError(WHO)
    return dict(rows[pick(data["course"], who, id, len(rows))])


def derived(key: dict[str, Any], who: str) -> tuple[Question, str]:
    """The question as this student had it, from a key alone, and which variant that is."""
    own = {name: value for name, value in key.items() if name != "cohort"}
    if "cohort" not in key:
        return from_key(own), ""
    rows = key["cohort"]["variants"]
    drawn = pick(key["cohort"]["course"], who, key["id"], len(rows))
    return from_key(own | rows[drawn]), str(drawn)


def other_variant(named: str, own: str) -> str:
    """The sentence for an answer that was given to another variant than the student's own."""
    if not own or not named or named == own:
        return ""
    return (
        f"**The figures were somebody else's.** This answer was given to variant {named}; yours is variant {own}, "
        "and the answer was marked by yours. Tell your teacher if you worked under another name."
    )
