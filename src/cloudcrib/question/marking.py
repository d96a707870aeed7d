"""Mark a choice: pure, and safe on whatever a notebook may claim that a learner chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import combinations
from typing import Any, Literal

from cloudcrib.question import figures
from cloudcrib.question.figures import within
from cloudcrib.question.kinds import COUNT_WORDS, Body, Choose, Match, Number, Order, Question, Trap, public

Rule = Literal["practice", "exam"]
_BEGIN = {"order": "Move something first.", "number": "Type a number first.", "match": "Find a partner for each first."}


class Verdict(Enum):
    """What became of an answer."""

    CORRECT = "correct"
    PARTIAL = "partially correct"
    INCORRECT = "incorrect"
    NOT_ATTEMPTED = "not attempted"
    ERROR = "not an answer to this question"


@dataclass(frozen=True)
class Part:
    """One thing the learner chose, ordered or paired, and whether that was right."""

    id: str
    right: bool


@dataclass(frozen=True)
class Mark:
    """The verdict on a choice, the fraction of the points it earns, and the parts it was made of."""

    verdict: Verdict
    fraction: float
    parts: tuple[Part, ...] = ()
    figure: Decimal | None = None  # the number that was typed, where it could be read
    trap: Trap | None = None  # the known misconception that a wrong number comes from


def mark(question: Question, choice: object, rule: Rule = "practice") -> Mark:
    """Mark a choice; anything that is not of the question's form is an ERROR that earns nothing.

    The exam rule is all or nothing. The practice rule gives, never below zero:

    - choose-many: (right options chosen - wrong options chosen) / number of right options;
    - order: of all pairs of items, (pairs in right relative order - pairs in wrong relative order) / number of
      pairs, so one swap of neighbours among four items earns (5 - 1) / 6, a reversed order nothing, and a random
      order nothing on average;
    - match: left sides with their right partner / number of left sides;
    - choose-one and number: all or nothing.
    """
    if untouched(choice):
        return Mark(Verdict.NOT_ATTEMPTED, 0.0)
    if form_problem(public(question), choice):
        return Mark(Verdict.ERROR, 0.0)
    return _marked(question.body, choice, rule)


def _marked(body: Body, choice: Any, rule: Rule) -> Mark:
    """The mark of a choice that has the form of an answer."""
    if isinstance(body, Number):
        return _mark_number(body, choice)
    fraction, parts = _share(body, choice)
    if rule == "exam" and fraction < 1:
        fraction = 0.0
    return Mark(_verdict(fraction), fraction, parts)


def mistakes(question: Question, found: Mark) -> tuple[str, ...]:
    """The known mistakes that a marked choice shows, by slug."""
    slugs = [found.trap.mistake] if found.trap else []
    if isinstance(question.body, Choose):
        chosen = {part.id for part in found.parts}
        slugs = [option.mistake for option in question.body.options if option.id in chosen]
    return tuple(slug for slug in slugs if slug)


def untouched(choice: object) -> bool:
    """Whether the learner has not chosen anything."""
    return (
        choice is None
        or choice == []
        or choice == {}
        or (isinstance(choice, str) and not choice[: figures.LONGEST].strip())
    )


def form_problem(shown: dict[str, Any], choice: object) -> str | None:
    """What keeps a choice from being an answer to the public question at all, in one sentence."""
    match shown["kind"]:
        case "number":
            return _number_problem(choice, shown.get("unit", ""))
        case "match":
            return _pairs_problem(_ids(shown["left"]), _ids(shown["right"]), choice)
        case "order":
            return _order_problem(_ids(shown["items"]), choice)
        case kind:
            return _options_problem(_ids(shown["options"]), choice, alone=kind == "choose-one")


def incomplete(shown: dict[str, Any], choice: Any) -> str | None:
    """What is missing before a choice can be judged, in one sentence: a learner may be half way through."""
    if untouched(choice):
        return _BEGIN.get(shown["kind"], "Choose an answer first.")
    if shown["kind"] == "match" and len(choice) < len(shown["left"]):
        return f"Find a partner for each of the {len(shown['left'])}; you have matched {len(choice)}."
    wanted = shown.get("choose", 1)
    if shown["kind"] == "choose-many" and len(choice) != wanted:
        return f"Choose {COUNT_WORDS[wanted]}; you have chosen {len(choice)}."
    return None


def _ids(things: Sequence[dict[str, str]]) -> list[str]:
    return [thing["id"] for thing in things]


def _number_problem(choice: object, unit: str) -> str | None:
    if not isinstance(choice, str):
        return "Give the number as text, as you would type it."
    if len(choice) > figures.LONGEST:
        return f"A number has at most {figures.LONGEST} characters."
    return figures.read(choice, unit).problem or None


def _options_problem(known: list[str], choice: object, alone: bool) -> str | None:
    if problem := _list_problem(known, choice, "option"):
        return problem
    return "Choose one option only." if alone and len(choice) > 1 else None  # type: ignore[arg-type]


def _order_problem(known: list[str], choice: object) -> str | None:
    if problem := _list_problem(known, choice, "item"):
        return problem
    return None if len(choice) == len(known) else f"Put all {len(known)} items in order."  # type: ignore[arg-type]


def _list_problem(known: list[str], choice: object, noun: str) -> str | None:
    if not isinstance(choice, list) or not all(isinstance(each, str) for each in choice[: len(known) + 1]):
        return f"Give a list of {noun} ids: {', '.join(known)}."
    if len(choice) > len(known) or len(set(choice)) < len(choice):
        return f"Name each {noun} once."
    return None if set(choice) <= set(known) else f"The {noun}s are {', '.join(known)}."


def _pairs_problem(left: list[str], right: list[str], choice: object) -> str | None:
    if not isinstance(choice, dict) or len(choice) > len(left):
        return f"Give a dict from left ids ({', '.join(left)}) to right ids ({', '.join(right)})."
    sides = list(choice) + list(choice.values())
    if not all(isinstance(each, str) for each in sides) or not set(choice) <= set(left):
        return f"The left ids are {', '.join(left)}."
    return None if set(choice.values()) <= set(right) else f"The right ids are {', '.join(right)}."


def _share(body: Choose | Order | Match, choice: Any) -> tuple[float, tuple[Part, ...]]:
    match body:
        case Choose():
            return _share_chosen(body, choice)
        case Order():
            return _share_ordered(body, choice)
        case Match():
            return _share_paired(body, choice)


def _share_chosen(body: Choose, chosen: list[str]) -> tuple[float, tuple[Part, ...]]:
    parts = tuple(Part(each, each in body.right) for each in chosen)
    hits = sum(part.right for part in parts)
    return max(0.0, (hits - (len(parts) - hits)) / len(body.right)), parts


def _mark_number(body: Number, typed: str) -> Mark:
    """A figure is right or wrong as a whole; a wrong one may be that of a known trap."""
    figure = figures.read(typed, body.unit).value
    right = figure is not None and within(figure, body.answer, body.tolerance)
    hit = None
    if figure is not None and not right:
        hit = next((trap for trap in body.traps if within(figure, trap.value, body.tolerance)), None)
    return Mark(_verdict(right), float(right), (Part(typed, right),), figure, hit)


def _share_ordered(body: Order, ordered: list[str]) -> tuple[float, tuple[Part, ...]]:
    right = [item.id for item in body.items]
    at = {item: ordered.index(item) for item in right}
    pairs = [1 if at[one] < at[other] else -1 for one, other in combinations(right, 2)]
    parts = tuple(Part(item, item == expected) for item, expected in zip(ordered, right, strict=True))
    return (max(0.0, sum(pairs) / len(pairs)) if pairs else 1.0), parts


def _share_paired(body: Match, pairs: dict[str, str]) -> tuple[float, tuple[Part, ...]]:
    parts = tuple(Part(left.id, pairs[left.id] == left.to) for left in body.left if left.id in pairs)
    return sum(part.right for part in parts) / len(body.left), parts


def _verdict(fraction: float) -> Verdict:
    if fraction >= 1:
        return Verdict.CORRECT
    return Verdict.PARTIAL if fraction > 0 else Verdict.INCORRECT
