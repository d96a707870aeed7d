"""`review()`: what is due today, confident errors and mistakes first, chapters interleaved."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cloudcrib.quizzes.bank import Bank, banks
from cloudcrib.quizzes.session import DRAW
from cloudcrib.study import flashcards, mastery, mistakes, schedule
from cloudcrib.study.mastery import calendar, day
from cloudcrib.study.schedule import Memory
from cloudcrib.study.store import Attempt, Store, now, where

MOST = 10  # questions at a time; more would be scrolled past
NEW_CARDS = 3  # flash cards that a day may bring for the first time
SURE, MISTAKE, DUE, NEW = "sure, and wrong", "mistake", "due", "new flash card"
ORDER = (SURE, MISTAKE, DUE, NEW)


@dataclass(frozen=True)
class Waiting:
    """One thing to be asked today, and why."""

    item: str  # a question, a card or a family
    slug: str
    why: str


def waiting(attempts: list[Attempt], every: Mapping[str, Bank]) -> list[Waiting]:
    """Everything to be asked today, in the order in which it helps most."""
    kin = families(every)
    found = {item: each for item, each in schedule.memories(attempts, kin).items() if _exists(each, every)}
    rows = {each.item: Waiting(each.item, each.last.chapter, _why(each)) for each in schedule.due(found.values())}
    for slug, bank in every.items():
        apart = [kin.get(qid, qid) for qid in mistakes.unsettled(bank.folder, attempts)]
        rows |= {item: Waiting(item, slug, MISTAKE) for item in apart if item not in rows}
    rows |= {each.item: each for each in _new_cards(attempts, found, every)}
    return [one for why in ORDER for one in _interleaved(row for row in rows.values() if row.why == why)]


def families(every: Mapping[str, Bank]) -> dict[str, str]:
    """The family under which a question with siblings is remembered."""
    return {qid: family for bank in every.values() for qid, family in bank.families.items()}


def sibling(one: Waiting, every: Mapping[str, Bank], attempts: Iterable[Attempt]) -> Waiting:
    """Of a family, the question that has not been asked for the longest; anything else as it is."""
    last = {each.item: each.at for each in attempts}
    members = [qid for qid, family in every[one.slug].families.items() if family == one.item]
    return replace(one, item=min(members, key=lambda qid: last.get(qid, ""))) if members else one


def _exists(one: Memory, every: Mapping[str, Bank]) -> bool:
    """Whether the course still has what was once asked."""
    bank = every.get(one.last.chapter)
    if bank is None:
        return False
    return one.item in bank.keys or one.item in bank.families.values() or _fact(one.item, bank) in bank.facts


def _fact(item: str, bank: Bank) -> str:
    return item.removeprefix(f"{bank.slug}-card-")


def _why(one: Memory) -> str:
    if one.last.verdict == "CORRECT":
        return DUE
    return SURE if one.last.confidence == "sure" else MISTAKE


def _new_cards(attempts: list[Attempt], seen: Mapping[str, Memory], every: Mapping[str, Bank]) -> Iterable[Waiting]:
    """A few facts a day, of chapters that somebody has begun; facts without a figure or a change make no card."""
    today = calendar(now())
    firsts = {each.item: day(each) for each in reversed(attempts) if each.kind == "card"}
    left = NEW_CARDS - sum(first == today for first in firsts.values())
    begun = dict.fromkeys(each.chapter for each in attempts if each.chapter in every)
    fresh = [
        Waiting(f"{slug}-card-{id}", slug, NEW)
        for slug in begun
        for id, fact in every[slug].facts.items()
        if f"{slug}-card-{id}" not in seen and not flashcards.card(fact).cue
    ]
    return _interleaved(fresh)[: max(left, 0)]


def _interleaved(rows: Iterable[Waiting]) -> list[Waiting]:
    """One of each chapter in turn: telling topics apart is half of knowing them."""
    turns: Counter[str] = Counter()
    ranked = []
    for row in rows:
        ranked.append((turns[row.slug], row))
        turns[row.slug] += 1
    return [row for _, row in sorted(ranked, key=lambda pair: pair[0])]


def ask(one: Waiting, every: Mapping[str, Bank], times: int) -> Bank:
    """The question as it is asked in a review: with other figures where it has variants, in another order where not."""
    bank = every[one.slug]
    if one.item not in bank.keys:
        fact = bank.facts[_fact(one.item, bank)]
        made = replace(flashcards.question(one.slug, fact, times), id=f"{one.item}{DRAW}")
        return replace(bank, shown={made.id: flashcards.shown(made, fact)}, keys={made.id: made})
    if one.item in bank.varying:
        return bank.variant(one.item, times)
    return bank.alone(replace(bank.keys[one.item], id=f"{one.item}{DRAW}"))


def review(most: int = MOST) -> None:
    """Ask what is due today, a few questions at a time."""
    if (Path.cwd() / "questions.json").is_file():
        return say("A review belongs to the self-study edition; this notebook is an assignment.")
    attempts = kept()
    if attempts is None:
        return None
    every = banks()
    rows = waiting(attempts, every)
    say(summary(rows, attempts, most, families(every)))
    if rows:
        from cloudcrib.quizzes.cell import practise

        times = Counter(each.item for each in attempts)
        asked = [ask(sibling(one, every, attempts), every, times[one.item]) for one in rows[:most]]
        practise({qid: bank for bank in asked for qid in bank.shown})
    return None


def kept() -> list[Attempt] | None:
    """All attempts; where the file cannot be opened, a sentence says so and there are none."""
    try:
        store = Store()
        attempts = store.attempts()
    except (OSError, sqlite3.Error) as err:
        say(f"**Your progress cannot be opened.** {where()}: {err}")
        return None
    if store.notice:
        say(store.notice)
    return attempts


def summary(
    rows: list[Waiting], attempts: list[Attempt], most: int, kin: Mapping[str, str] = mastery.NO_FAMILIES
) -> str:
    """What waits, in one or two sentences."""
    if not rows:
        return f"**Nothing is due today.** {_next(attempts, kin)}"
    counts = Counter(row.why for row in rows)
    parts = ", ".join(
        f"{counts[why]} {why}{'s' * (why in (MISTAKE, NEW) and counts[why] > 1)}" for why in ORDER if counts[why]
    )
    more = f" Here are the first {most}; run the cell again for the next." if len(rows) > most else ""
    return f"**{len(rows)} to review today:** {parts}.{more}"


def _next(attempts: list[Attempt], kin: Mapping[str, str]) -> str:
    coming = sorted(each.due for each in schedule.memories(attempts, kin).values())
    if not coming:
        return "What you answer in the chapters comes back here when it is time."
    wait = (coming[0] - calendar(now())) // dt.timedelta(days=1)
    return f"The next question comes back {'tomorrow' if wait == 1 else f'in {wait} days'}."


def say(text: str) -> None:
    """Show Markdown in the notebook."""
    from IPython.display import display

    display({"text/markdown": text, "text/plain": text}, raw=True)  # type: ignore[no-untyped-call]
