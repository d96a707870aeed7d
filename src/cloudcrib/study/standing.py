"""How somebody stands: chapter by chapter, domain by domain, and what keeps coming back."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from cloudcrib.course.items import Mistake
from cloudcrib.course.trouble import AuthoringError
from cloudcrib.quizzes.bank import Bank
from cloudcrib.study import calibration, mastery, mistakes
from cloudcrib.study.calibration import Level
from cloudcrib.study.mastery import AREAS, Share, Spent
from cloudcrib.study.review import families, waiting
from cloudcrib.study.store import Attempt, now

WEEK = 7
NOTHING = Share(0, 0)


@dataclass(frozen=True)
class Row:
    """One chapter or domain: how much was answered of how much there is, how much of it right, how much is due.

    `share` holds what was right unaided, before any reason was read; `now` what is right as it was left.
    """

    name: str
    share: Share
    of: int = 0
    due: int = 0
    now: Share = NOTHING

    @property
    def range(self) -> str:
        """Where the true share lies, in words."""
        low, high = self.share.interval
        return f"{low * 100:.0f}–{high * 100:.0f} %" if self.share.asked else "–"


@dataclass(frozen=True)
class Standing:
    """All that the dashboard tells."""

    chapters: tuple[Row, ...]
    areas: tuple[Row, ...]
    due: int
    days: int  # of the last seven
    spent: Spent
    levels: tuple[Level, ...]
    brier: float | None
    errors: tuple[Attempt, ...]  # sure at first, and wrong
    mended: frozenset[str]  # those of them that were put right since
    returned: tuple[Mistake, ...]


def standing(attempts: list[Attempt], every: Mapping[str, Bank]) -> Standing:
    """Work out how somebody stands from all their attempts."""
    rows, kin = waiting(attempts, every), families(every)
    due = Counter(row.slug for row in rows)
    unaided, latest = mastery.unaided(attempts, kin), mastery.latest(attempts, kin)
    first, last = (mastery.shares(found.values(), lambda each: each.chapter) for found in (unaided, latest))
    areas, left = (mastery.shares(found.values(), mastery.area) for found in (unaided, latest))
    today = mastery.calendar(now())
    errors = calibration.confidently_wrong(attempts, kin)
    return Standing(
        tuple(
            Row(title(bank), first.get(slug, NOTHING), _things(bank), due[slug], last.get(slug, NOTHING))
            for slug, bank in every.items()
        ),
        tuple(Row(name, areas.get(area, NOTHING), now=left.get(area, NOTHING)) for area, name in AREAS.items()),
        len(rows),
        len([each for each in mastery.days(attempts) if 0 <= (today - each).days < WEEK]),
        mastery.spent(attempts),
        tuple(calibration.levels(attempts)),
        calibration.brier(attempts),
        tuple(errors),
        frozenset(each.item for each in errors if latest[kin.get(each.item, each.item)].verdict == "CORRECT"),
        tuple(_returned(attempts, every)),
    )


def _returned(attempts: list[Attempt], every: Mapping[str, Bank]) -> list[Mistake]:
    """Mistakes seen more than once, the most frequent first."""
    counts = mistakes.sightings(attempts)
    slugs = sorted(counts, key=lambda slug: (-counts[slug], slug))
    found = []
    for bank in every.values():
        try:
            found += mistakes.returned(bank.folder, slugs, attempts)
        except AuthoringError:
            continue
    return sorted(found, key=lambda one: slugs.index(one.slug))


def title(bank: Bank) -> str:
    """A chapter's number and name, from the first line of its text."""
    path = bank.folder / "chapter.md"
    first = path.read_text(encoding="utf-8").split("\n", 1)[0] if path.is_file() else ""
    return first.lstrip("# ").strip() or bank.slug


def _things(bank: Bank) -> int:
    """Questions and exercises of a chapter; siblings are one thing to know."""
    data = tomllib.loads((bank.folder / "questions.toml").read_text(encoding="utf-8"))
    return len({bank.families.get(qid, qid) for qid in bank.keys}) + len(data.get("exercise", []))
