"""`crib facts --guide`: what the exam guide asks, and what of it the course teaches and asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from cloudcrib.course import guide, items
from cloudcrib.course.guide import Coverage, Served
from cloudcrib.question.kinds import DOMAINS

LISTED = 4  # names a line shows before it counts


def coverage(folders: Sequence[Path]) -> list[Coverage]:
    """How these chapters serve each line of their course's guide; none where there is no guide."""
    lines = guide.load(guide.path_of(folders[0])) if folders else {}
    read = [(folder.name, items.read(folder)) for folder in folders] if lines else []
    facts = [(name, fact.id, fact.covers) for name, own in read for fact in own.facts.values()]
    questions = [(name, question.id, question.covers) for name, own in read for question in own.questions]
    return guide.coverage(lines, facts, questions)


def listing(rows: Sequence[Coverage], missing: bool = False) -> Iterator[str]:
    """The lines by task statement, each with what teaches and what asks it; or only those that lack one of the two."""
    for task, found in guide.tasks(rows):
        wanted = [row for row in found if not (missing and row.whole)]
        if wanted:
            yield f"{task} {DOMAINS[task]}: {guide.counts(found)}"
        for row in wanted:
            yield f"  {row.line.id:7}  {_state(row):13}  {row.line.topic}{_served(row)}"
    yield f"The exam guide: {guide.counts(rows)}."


def _state(row: Coverage) -> str:
    if row.whole:
        return "taught, asked"
    return "only taught" if row.taught else "only asked" if row.asked else "neither"


def _served(row: Coverage) -> str:
    parts = [f"{verb} by {_names(by)}" for verb, by in (("taught", row.taught), ("asked", row.asked)) if by]
    return f" | {'; '.join(parts)}" if parts else ""


def _names(served: Sequence[Served]) -> str:
    """The ids chapter by chapter; a long list is cut and counted."""
    chapters: dict[str, list[str]] = {}
    for chapter, id in served:
        chapters.setdefault(chapter, []).append(id)
    parts = []
    for chapter, ids in chapters.items():
        more = f" and {len(ids) - LISTED} more" if len(ids) > LISTED else ""
        parts.append(f"{', '.join(ids[:LISTED])}{more} ({chapter})")
    return ", ".join(parts)


def summary(rows: Sequence[Coverage]) -> str:
    """How far a course has come with the guide, in one sentence."""
    return f"The exam guide: {guide.counts(rows)}; `crib facts --guide --missing` lists the rest."
