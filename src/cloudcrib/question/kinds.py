"""What a question is: the five kinds, the part of them that everybody may see, and the key that nobody may."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Literal, Protocol, TypeVar

T = TypeVar("T")
Kind = Literal["choose-one", "choose-many", "number", "order", "match"]

KINDS: tuple[Kind, ...] = ("choose-one", "choose-many", "number", "order", "match")
LEVELS = ("recall", "apply", "decide")
DOMAINS = {
    "1.1": "secure access to AWS resources",
    "1.2": "secure workloads and applications",
    "1.3": "data security controls",
    "2.1": "scalable and loosely coupled architectures",
    "2.2": "highly available and fault-tolerant architectures",
    "3.1": "high-performing storage",
    "3.2": "high-performing compute",
    "3.3": "high-performing databases",
    "3.4": "high-performing networks",
    "3.5": "data ingestion and transformation",
    "4.1": "cost-optimized storage",
    "4.2": "cost-optimized compute",
    "4.3": "cost-optimized databases",
    "4.4": "cost-optimized networks",
}
PLANNED = ("covers", "family")  # fields that neither mark nor explain
SELDOM = ("early", "late")  # fields that a key leaves out where they are empty
COUNT_WORDS = {2: "TWO", 3: "THREE", 4: "FOUR", 5: "FIVE"}


@dataclass(frozen=True)
class Option:
    """One thing to choose, and why it is right or wrong."""

    id: str
    text: str
    why: str
    right: bool = False
    mistake: str | None = None


@dataclass(frozen=True)
class Choose:
    """Some options are right: exactly one in a choose-one, several in a choose-many."""

    options: tuple[Option, ...]

    @property
    def right(self) -> tuple[str, ...]:
        """The ids of the options that are right."""
        return tuple(option.id for option in self.options if option.right)


@dataclass(frozen=True)
class Trap:
    """A wrong number that comes from a known misconception."""

    value: float
    why: str
    mistake: str | None = None


@dataclass(frozen=True)
class Number:
    """A figure is right when it differs from the answer by no more than the tolerance."""

    answer: float
    why: str
    tolerance: float = 0
    unit: str = ""
    traps: tuple[Trap, ...] = ()


@dataclass(frozen=True)
class Item:
    """One thing to put in order, or the right side of a match.

    Of an order, `why` tells why it stands where it stands; of a match, what this side is for, said where it was wrongly chosen.
    """

    id: str
    text: str
    why: str = ""
    early: str = ""  # said where it was put too early
    late: str = ""


@dataclass(frozen=True)
class Order:
    """Items in their right order."""

    items: tuple[Item, ...]
    why: str


@dataclass(frozen=True)
class Left:
    """The left side of a pair, with the id of the right side that it belongs to."""

    id: str
    text: str
    to: str
    why: str


@dataclass(frozen=True)
class Match:
    """Each left side belongs to one right side; right sides may be shared or left over."""

    left: tuple[Left, ...]
    right: tuple[Item, ...]
    why: str


Body = Choose | Number | Order | Match


@dataclass(frozen=True)
class Question:
    """One quiz item: what every kind has, and in `body` what its kind adds."""

    id: str
    kind: Kind
    stem: str
    hint: tuple[str, ...]
    domain: str
    level: str
    facts: tuple[str, ...]
    body: Body
    exam: bool = False
    covers: tuple[str, ...] = ()  # lines of the exam guide that it asks
    family: str = ""  # shared by the questions that ask the same options under another stem


class _Texted(Protocol):
    """Anything shown under an id."""

    @property
    def id(self) -> str: ...

    @property
    def text(self) -> str: ...


def public(question: Question) -> dict[str, Any]:
    """What a release may hold of a question: everything except what is right, why, and hints at it."""
    common = ("id", "kind", "stem", "domain", "level", "exam")
    return {name: getattr(question, name) for name in common} | _public_body(question.id, question.body)


def _public_body(qid: str, body: Body) -> dict[str, Any]:
    match body:
        case Choose(options):
            return {"options": _shuffled(qid, options), "choose": len(body.right)}
        case Number():
            return {"unit": body.unit}
        case Order(items):
            return {"items": _shuffled(qid, items)}
        case Match(left, right):
            return {"left": _shuffled(qid, left), "right": _shuffled(qid, right)}


def _shuffled(qid: str, things: Iterable[_Texted]) -> list[dict[str, str]]:
    """The things' ids and texts, in an order that is always the same and says nothing about the author's."""
    shown = sorted(things, key=lambda thing: sha256(f"{qid}/{thing.id}".encode()).digest())
    return [{"id": thing.id, "text": thing.text} for thing in shown]


def right_choice(question: Question) -> Any:
    """The choice that earns full marks."""
    match question.body:
        case Choose():
            return list(question.body.right)
        case Number():
            return str(question.body.answer)
        case Order(items):
            return [item.id for item in items]
        case Match(left):
            return {each.id: each.to for each in left}


def to_key(question: Question) -> dict[str, Any]:
    """All that marks and explains a question, as JSON-able data, for the hidden tests of the instructor's notebook."""
    data: dict[str, Any] = _lists(asdict(question))
    return {name: value for name, value in data.items() if name not in PLANNED}


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _lists(each) for name, each in value.items() if each or name not in SELDOM}
    return [_lists(each) for each in value] if isinstance(value, (list, tuple)) else value


def from_key(key: dict[str, Any]) -> Question:
    """The question that `to_key` wrote down."""
    fields = key | {"hint": tuple(key["hint"]), "facts": tuple(key["facts"])}
    return Question(**fields | {"body": _body(key["kind"], key["body"])})


def _body(kind: str, body: dict[str, Any]) -> Body:
    match kind:
        case "choose-one" | "choose-many":
            return Choose(_each(Option, body["options"]))
        case "number":
            return Number(**body | {"traps": _each(Trap, body["traps"])})
        case "order":
            return Order(_each(Item, body["items"]), body["why"])
        case "match":
            return Match(_each(Left, body["left"]), _each(Item, body["right"]), body["why"])
        case _:
            raise ValueError(f"A key of kind “{kind}” is not one of {', '.join(KINDS)}.")


def _each(make: Callable[..., T], rows: Sequence[dict[str, Any]]) -> tuple[T, ...]:
    return tuple(make(**row) for row in rows)
