"""How to grade, and how a submission ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cloudcrib.grading.book.course import Submission
from cloudcrib.grading.book.items import Item
from cloudcrib.grading.book.sheet import HandedIn, Score, Sheet
from cloudcrib.grading.doubts import lacking
from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.run.job import Recording

LACKS = "It imports {name}, which is not installed here: install it and grade again with --force, or the points stand."


@dataclass(frozen=True)
class Options:
    """How to grade."""

    split: bool | None = None  # tests and student code apart, or in one interpreter; None: apart where that is fair
    sandboxed: bool = True
    force: bool = False
    students: tuple[str, ...] = ()
    workers: int = 0
    scheduler: str = ""
    limits: Limits | None = None
    cache: bool = True
    accept: tuple[str, ...] = ()  # students whose grade stands: somebody has looked


@dataclass(frozen=True)
class Graded:
    """How a submission ended: its scores, and sentences that say what happened to it."""

    student: str
    scores: tuple[Score, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    cached: bool = False
    skipped: bool = False
    needs_person: bool = False
    lacks: tuple[str, ...] = ()  # modules that it imports and that are not installed here
    had: float | None = None  # points before this run, where it changed them
    ungraded: bool = False  # handed in, and this run was not asked for it
    items: tuple[Item, ...] = ()  # how each question and exercise went, where it was graded now

    @property
    def nothing_answered(self) -> bool:
        """Whether somebody handed in a notebook as it was given out."""
        return bool(self.items) and not any(item.answered for item in self.items)


@dataclass(frozen=True)
class Ended:
    """How one assignment of a run ended."""

    assignment: str
    results: list[Graded] = field(default_factory=list)
    mode: str = ""  # empty where nothing was to be graded
    said: tuple[str, ...] = ()  # which mode, why, and what it protects
    seconds: float = 0.0
    failed: Exception | None = None  # why nothing could be graded

    @property
    def code(self) -> int:
        """0: everybody has a grade; 1: somebody needs a person; 2: nothing could be graded."""
        if self.failed or not self.results:
            return 2
        return 1 if any(graded.needs_person for graded in self.results) else 0


@dataclass
class Ongoing:
    """A submission whose notebooks are out to be run."""

    submission: Submission
    found: HandedIn
    recordings: dict[str, Recording] = field(default_factory=dict)
    failed: Exception | None = None

    @property
    def sheets(self) -> list[Sheet]:
        return self.found.sheets

    @property
    def whole(self) -> bool:
        """Whether nothing is out any more."""
        return all(sheet.job is None or sheet.name in self.recordings for sheet in self.sheets)


def graded_from(ongoing: Ongoing, scores: list[Score]) -> Graded:
    """A submission whose notebooks have all been run and written."""
    recordings = ongoing.recordings.values()
    doubts = [doubt for sheet in ongoing.sheets for doubt in (*sheet.untried, *sheet.doubts)]
    if not any(score.score or score.by_hand for score in scores):
        doubts += ongoing.found.doubtful
    earned, most = sum(score.score for score in scores), sum(score.most for score in scores)
    lacks = [name for recording in recordings for name in lacking(recording)] if earned < most else []
    doubts += [LACKS.format(name=name) for name in lacks]
    notes = [*doubts, *ongoing.found.notes, *(note for sheet in ongoing.sheets for note in sheet.notes)]
    notes += [note for recording in recordings for note in recording.notes]
    broken = any(sheet.broken for sheet in ongoing.sheets) or any("The tests lost" in note for note in notes)
    return Graded(
        ongoing.submission.student, tuple(scores), tuple(notes), sum(recording.seconds for recording in recordings),
        bool(recordings) and all(recording.cached for recording in recordings),
        needs_person=broken or ongoing.found.person or not ongoing.sheets or (bool(doubts) and earned < most),
        items=tuple(item for sheet in ongoing.sheets for item in sheet.items), lacks=tuple(lacks),
    )  # fmt: skip


def missing(results: Sequence[Graded]) -> list[str]:
    """A sentence for each module that submissions import and that is not installed here."""
    needed: dict[str, list[str]] = {}
    for graded in results:
        for name in graded.lacks:
            needed.setdefault(name, []).append(graded.student)
    return [
        f"{name} is not installed here, and {_count(who, 'submission imports', 'submissions import')} it ({_some(who)}): "
        f"install it where you grade and run again with --force, or leave it if it was not allowed."
        for name, who in needed.items()
    ]


def changed(results: Sequence[Graded]) -> list[str]:
    """Whose points another grading changed; nothing where it changed none."""
    found = [
        f"{graded.student} {graded.had:g} → {sum(score.score for score in graded.scores):g}"
        for graded in results
        if graded.had is not None
    ]
    return [f"Points changed for {_count(found, 'submission', 'submissions')}: {_some(found)}."] if found else []


def _count(things: Sequence[str], one: str, many: str) -> str:
    return f"{len(things)} {one if len(things) == 1 else many}"


def _some(names: Sequence[str], most: int = 12) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
