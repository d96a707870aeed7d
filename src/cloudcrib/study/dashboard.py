"""`progress()`: what you know and how sure that is, what is due, what keeps coming back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from cloudcrib.kit.richtext import bare
from cloudcrib.quizzes.bank import Bank, banks
from cloudcrib.study.mastery import Share, Spent
from cloudcrib.study.standing import Standing, standing

ENOUGH = 5  # answers with a word of confidence before a curve says anything
LISTED = 5
USEFUL, MISLEADING = 0.2, 0.3  # Brier scores, either side of what “fifty-fifty” earns
EMPTY = (
    "**Nothing answered yet.** Each question and exercise that you check in a chapter appears here: "
    "what you know, how sure that is, and what is due for review. All of it stays on this machine."
)


COUNTED = (
    "*Right now* counts how you left things: your last answer to each question, and each exercise that you have solved. "
    "*Right at first* counts what you answered right when last asked, before you had read the reasons, and the exercises that you "
    "have solved, with or without help; *likely* is where your true share of that lies."
)


def progress() -> None:
    """Show in the notebook how you stand."""
    from cloudcrib.study.review import kept, say

    if (Path.cwd() / "questions.json").is_file():
        return say("Progress belongs to the self-study edition; this notebook is an assignment.")
    attempts, every = kept(), banks()
    if not attempts:
        return say(EMPTY) if attempts == [] else None
    found = standing(attempts, every)
    say("\n\n".join([*sentences(found, _way()), *tables(found)]))
    _figures(found)
    if lists := "\n\n".join(listed(found, every)):
        say(lists)
    return None


def _figures(found: Standing) -> None:
    from IPython.display import display

    from cloudcrib.study import figures

    if any(row.share.asked for row in found.chapters):
        display(figures.mastery(found.chapters, found.areas))  # type: ignore[no-untyped-call]
    if sum(level.share.asked for level in found.levels) >= ENOUGH:
        display(figures.calibration(found.levels))  # type: ignore[no-untyped-call]


def _way() -> str:
    """How to come to the review from this notebook: by a link to its notebook, or in the review itself by its cell."""
    from IPython import get_ipython  # type: ignore[attr-defined]

    shell = get_ipython()  # type: ignore[no-untyped-call]
    beside = sorted(Path.cwd().glob("*-review.ipynb"))
    if not beside or (shell is not None and "review" in shell.user_ns):
        return "run `review()`"
    return f"open [the review]({beside[0].name})"


def sentences(found: Standing, way: str) -> Iterator[str]:
    """The dashboard in words, with the way to the review."""
    due = f"**{found.due} to review**: {way}." if found.due else "Nothing is due for review."
    yield f"{_days(found.days)} {_spent(found.spent)} {due}"
    if found.brier is not None:
        yield (
            f"{_foresight(found.brier)} Your Brier score is **{found.brier:.2f}**, the less the better: "
            "0 is perfect foresight, 0.25 is what “fifty-fifty” to every question would earn."
        )


def _foresight(brier: float) -> str:
    """What a Brier score means."""
    if brier < USEFUL:
        return "How sure you say you are tells what you know."
    if brier <= MISLEADING:
        return "How sure you say you are tells little about what you know."
    return "You are often sure and wrong, or right where you guess."


def _days(days: int) -> str:
    return f"You studied on {days} of the last 7 days." if days else "Welcome back."


def _spent(found: Spent) -> str:
    """Time at work; “about” is said of what nobody measured, such as exercises."""
    if not found.measured:
        return f"So far you have spent about {minutes(found.estimated)} on it."
    more = f", and about {minutes(found.estimated)} on what is not timed" if found.estimated else ""
    return f"So far you have spent {minutes(found.measured)} on questions{more}."


def minutes(spent: dt.timedelta) -> str:
    """A time in hours and minutes."""
    hours, rest = divmod(round(spent.total_seconds() / 60), 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def tables(found: Standing) -> Iterator[str]:
    """Chapters that were begun, and exam domains, as Markdown tables."""
    begun = [row for row in found.chapters if row.share.asked or row.due]
    if begun:
        lines = [
            f"| {row.name} | {row.share.asked} of {row.of} | {right(row.now)} | {right(row.share)} | {row.range} | {row.due or ''} |"
            for row in begun
        ]
        head = "| Chapter | answered | right now | right at first | likely | due |"
        yield "\n".join([head, "|---|---|---|---|---|---|", *lines])
        lines = [
            f"| {row.name} | {row.share.asked} | {right(row.now)} | {right(row.share)} | {row.range} |"
            for row in found.areas
        ]
        head = "| Exam domain | answered | right now | right at first | likely |"
        yield "\n".join([head, "|---|---|---|---|---|", *lines])
        yield COUNTED


def right(share: Share) -> str:
    """How many are right; halves where an answer was partly right."""
    return f"{share.right:.3g}" if share.asked else "–"


def listed(found: Standing, every: dict[str, Bank]) -> Iterator[str]:
    """What somebody was sure of and got wrong, and the mistakes that came back."""
    errors = [
        f"- {_stem(each.item, each.chapter, every)}{' – put right since' * (each.item in found.mended)}"
        for each in found.errors[:LISTED]
    ]
    if errors:
        yield "\n".join(["**Sure, and wrong** at the first answer when last asked:", "", *errors])
    if found.returned:
        yield "\n".join(["**Mistakes that came back:**", "", *(f"- {one.note}" for one in found.returned[:LISTED])])


def _stem(item: str, chapter: str, every: dict[str, Bank]) -> str:
    bank = every.get(chapter)
    if bank is None or item not in bank.keys:
        return f"`{item}`"
    words = bare(bank.keys[item].stem)
    return f"{words if len(words) <= 140 else words[:139].rstrip() + '…'} (`{item}`)"
