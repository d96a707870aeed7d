"""Say why a choice is right or wrong: for feedback pages all of it, for the widget what may be told by now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cloudcrib.question.kinds import Choose, Item, Match, Number, Option, Order, Question, public
from cloudcrib.question.marking import Mark, Verdict, mark
from cloudcrib.question.wording import JUNK, code, listed, one_line, recorded, short, solution

SAY = {
    Verdict.CORRECT: "**Correct.**",
    Verdict.PARTIAL: "**Partly right.**",
    Verdict.INCORRECT: "**Not yet.**",
    Verdict.NOT_ATTEMPTED: "**Not attempted yet.**",
    Verdict.ERROR: "**Not readable.**",
}


@dataclass(frozen=True)
class Reason:
    """Why one thing is right or wrong where the learner put it.

    `chosen` tells whether the learner chose it at all; `now` is what may be said before the whole answer may be seen.
    """

    id: str
    text: str
    chosen: bool
    right: bool
    why: str
    now: str


def explain(question: Question, choice: object, found: Mark | None = None) -> str:
    """The verdict on a choice, marked already or not, the right answer, and the reason for each thing chosen and each left."""
    found = found or mark(question, choice)
    if found.verdict is Verdict.ERROR:
        said = recorded(public(question), choice)
        return f"{SAY[found.verdict]} {JUNK if JUNK in said else said + '.'}"
    if found.verdict is Verdict.NOT_ATTEMPTED:
        return SAY[found.verdict]
    right = [] if found.verdict is Verdict.CORRECT else [f"*Right:* {solution(question)}"]
    general = [] if isinstance(question.body, Choose | Number) else [question.body.why]
    rows = reasons(question, choice, found)
    yours = listed(_said(row) for row in rows if row.chosen)
    others = listed(_said(row) for row in rows if not row.chosen)
    lists = ["You chose", yours, "The others", others] if isinstance(question.body, Choose) else [yours]
    return "\n\n".join([f"{SAY[found.verdict]} {counted(question, found)}".rstrip(), *right, *general, *lists])


def _said(row: Reason) -> str:
    return f"{'✓' if row.right else '✗'} {row.text}: {row.why}"


def counted(question: Question, found: Mark) -> str:
    """How much of a choice that is not wholly right is right, in a sentence; nothing where there is nothing to count."""
    hits = sum(part.right for part in found.parts)
    if found.verdict is Verdict.CORRECT:
        return ""
    match question.body:
        case Choose() if question.kind == "choose-many":
            return _found(hits, len(question.body.right), len(found.parts) - hits)
        case Order(items):
            almost = ", but most pairs of them follow each other rightly" if found.fraction and not hits else ""
            return f"{_of(hits, len(items))} {'stands in its place' if hits < 2 else 'stand in their place'}{almost}."
        case Match(left):
            return f"{_of(hits, len(left))} pairs {'is' if hits < 2 else 'are'} right."
        case _:
            return ""


def _found(hits: int, wanted: int, misses: int) -> str:
    wrong = f", {misses} {'is' if misses == 1 else 'are'} wrong" if hits and misses else ""
    return f"{_of(hits, wanted)} found{wrong}."


def _of(hits: int, all: int) -> str:
    return f"{hits} of {all}" if hits else f"None of the {all}"


def reasons(question: Question, choice: Any, found: Mark) -> tuple[Reason, ...]:
    """The reason for each option, or for each thing that was ordered, paired or typed, of a sound choice that is marked."""
    match question.body:
        case Choose(options):
            shown = _in_public_order(question, options)
            return tuple(Reason(o.id, one_line(o.text), o.id in choice, o.right, o.why, o.why) for o in shown)
        case Number():
            return (_number_reason(question.body, choice, found),)
        case Order(items):
            return _order_reasons(items, choice)
        case Match():
            return _match_reasons(question.body, choice)


def _in_public_order(question: Question, options: Iterable[Option]) -> list[Option]:
    order = {each["id"]: number for number, each in enumerate(public(question)["options"])}
    return sorted(options, key=lambda option: order[option.id])


def _number_reason(body: Number, typed: str, found: Mark) -> Reason:
    """A wrong figure's reason would tell the figure, unless it is that of a known trap."""
    right = found.verdict is Verdict.CORRECT
    why = found.trap.why if found.trap else body.why
    now = why if right or found.trap else "That is not the figure. A hint may help."
    return Reason("", code(typed), True, right, why, now)


def _order_reasons(items: Sequence[Item], ordered: Sequence[str]) -> tuple[Reason, ...]:
    place = {item.id: at for at, item in enumerate(items)}
    put = [items[place[each]] for each in ordered]
    return tuple(
        Reason(one.id, one_line(one.text), True, at == place[one.id], one.why, _misplaced(one, at - place[one.id]))
        for at, one in enumerate(put)
    )


def _misplaced(item: Item, by: int) -> str:
    """Its own reason would tell the place of an item; which way it is off does not."""
    if by < 0:
        return item.early or "Too early: at least one of those below comes before it."
    return (item.late or "Too late: at least one of those above comes after it.") if by else item.why


def _match_reasons(body: Match, pairs: Mapping[str, str]) -> tuple[Reason, ...]:
    names = short({"id": each.id, "text": each.text} for each in body.right)
    paired = ((each, pairs[each.id]) for each in body.left if each.id in pairs)
    return tuple(
        Reason(
            e.id,
            f"{one_line(e.text)} → {names[to]}",
            True,
            to == e.to,
            e.why,
            e.why if to == e.to else _taken(body, to, pairs),
        )
        for e, to in paired
    )


def _taken(body: Match, to: str, pairs: Mapping[str, str]) -> str:
    """What a wrongly chosen partner is for: by its own text, else by a pair that it makes, best one that was found already."""
    partner = next(each for each in body.right if each.id == to)
    if partner.why:
        return partner.why
    name = one_line(partner.text) or f"`{partner.id}`"
    owners = sorted((each for each in body.left if each.to == to), key=lambda each: pairs.get(each.id) != to)
    if not owners:
        return f"“{name}” is the partner of none of these."
    owner = owners[0]
    if pairs.get(owner.id) == to:
        return f"“{name}” is rightly the partner of “{one_line(owner.text)}”. {owner.why}"
    return f"“{name}” is the partner of another. {owner.why}"
