"""Mistakes that come back: the second time, a word about the mistake itself, and the question that tells two ideas apart."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cloudcrib.course import items
from cloudcrib.course.items import Mistake
from cloudcrib.study.mastery import day
from cloudcrib.study.store import Attempt

SIGHTINGS = 2


def sightings(attempts: Iterable[Attempt]) -> dict[str, int]:
    """How often each mistake was seen: pressing a button twice on the same answer is one sighting."""
    seen = {(slug, each.item, each.variant, day(each)) for each in attempts for slug in each.mistakes}
    counts: dict[str, int] = {}
    for slug, *_ in seen:
        counts[slug] = counts.get(slug, 0) + 1
    return counts


def returned(folder: Path, slugs: Iterable[str], attempts: Iterable[Attempt]) -> list[Mistake]:
    """Those of a chapter's mistakes that were seen before."""
    counts, known = sightings(attempts), items.read(folder).mistakes
    return [known[slug] for slug in slugs if slug in known and counts.get(slug, 0) >= SIGHTINGS]


def unsettled(folder: Path, attempts: list[Attempt]) -> list[str]:
    """Questions that separate two ideas which somebody keeps mixing up, and has not told apart since."""
    last: dict[str, str] = {}
    for each in attempts:
        last |= dict.fromkeys(each.mistakes, each.at)
    right = {each.item: each.at for each in attempts if each.verdict == "CORRECT"}
    asked = [(mistake.asks, last[mistake.slug]) for mistake in returned(folder, last, attempts)]
    return [qid for qid, at in asked if qid and right.get(qid, "") < at]


def words(one: Mistake) -> str:
    """The note on a mistake that has come back."""
    return f"**This one has come back.** {one.note}"
