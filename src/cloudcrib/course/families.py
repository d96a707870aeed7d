"""Families: one set of options, two to four stems, each with another key; a learner remembers a family as one thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from cloudcrib.course.trouble import AuthoringError
from cloudcrib.question.kinds import Choose, Question

LEAST, MOST = 2, 4


def members(questions: Iterable[Question]) -> dict[str, list[Question]]:
    """The questions of each family, in file order."""
    found: dict[str, list[Question]] = {}
    for question in questions:
        if question.family:
            found.setdefault(question.family, []).append(question)
    return found


def check(path: Path, lines: Mapping[str, int], questions: Sequence[Question]) -> None:
    """Raise the first thing that is wrong with a family as an `AuthoringError`; `lines` says where each question stands."""
    for name, found in members(questions).items():
        first, *others = found
        if name in lines:
            said = f"The family “{name}” has the id of a question; give it a name of its own."
            raise AuthoringError(path, lines[first.id], first.id, said)
        if not LEAST <= len(found) <= MOST:
            count = "this question alone" if len(found) == 1 else f"{len(found)} questions"
            said = f"The family “{name}” has {count}; a family has two to four, which ask the same options."
            raise AuthoringError(path, lines[found[-1].id], found[-1].id, said)
        for at, other in enumerate(others, 1):
            if said := _unlike(first, other) or _alike(found[:at], other):
                raise AuthoringError(path, lines[other.id], other.id, f"In the family “{name}”, {said}")


def _unlike(first: Question, other: Question) -> str:
    """What a question does not share with the first of its family, and should."""
    assert isinstance(first.body, Choose) and isinstance(other.body, Choose)
    if other.kind != first.kind:
        return f"this is a {other.kind} and “{first.id}” a {first.kind}; siblings are of one kind."
    texts, own = ({option.id: option.text for option in each.options} for each in (first.body, other.body))
    for id in sorted(texts.keys() ^ own.keys()):
        lacking, having = (other, first) if id in texts else (first, other)
        return f"“{having.id}” has an option “{id}” that “{lacking.id}” lacks; siblings share their options."
    for id, text in own.items():
        if text != texts[id]:
            return f"option “{id}” reads otherwise than in “{first.id}”; siblings share their options word for word."
    return ""


def _alike(earlier: Iterable[Question], other: Question) -> str:
    """What a question shares with an earlier sibling, and should not."""
    for sibling in earlier:
        assert isinstance(sibling.body, Choose) and isinstance(other.body, Choose)
        if set(sibling.body.right) == set(other.body.right):
            return f"“{sibling.id}” has the same key; each stem makes another option right."
        if sibling.stem == other.stem:
            return f"“{sibling.id}” has the same stem; each sibling asks something else."
    return ""
