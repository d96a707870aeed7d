"""Variants: the same question with other figures, drawn by a chapter's own seeded generators (`variants.py`)."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from cloudcrib.course import facts as fact
from cloudcrib.course.facts import Fact
from cloudcrib.course.trouble import AuthoringError, line_of
from cloudcrib.kit.versions import Version, version
from cloudcrib.question.figures import within
from cloudcrib.question.kinds import Number, Question, Trap

Generator = Callable[[random.Random], dict[str, Any]]
FIELDS = {"stem", "answer", "tolerance", "why", "traps", "hint"}
NEEDED = {"stem", "answer", "why"}
TABLE = 40  # variants that a cohort shares out
TRIES = 400  # draws within which so many different stems must turn up


def generators(folder: Path) -> Mapping[str, Generator]:
    """The generators of a chapter by the id of their question or exercise; none where it has no `variants.py`."""
    path = folder / "variants.py"
    return _generators(version(path)) if path.is_file() else {}


@lru_cache(maxsize=64)
def _generators(file: Version) -> Mapping[str, Generator]:
    path = file[0]
    names: dict[str, Any] = {"__name__": f"variants of {path.parent.name}", "__file__": str(path)}
    try:
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), names)
    except Exception as err:
        line = err.lineno if isinstance(err, SyntaxError) else None
        raise AuthoringError(path, line or 1, None, f"This file stops with {type(err).__name__}: {err}") from None
    found = names.get("VARIANTS")
    if not isinstance(found, dict) or not all(isinstance(id, str) and callable(make) for id, make in found.items()):
        raise AuthoringError(
            path, 1, None, 'The file ends with VARIANTS = {"question-id": generator, …}, a function for each id.'
        )
    return found


def parameters(id: str, make: Generator, number: int) -> dict[str, Any]:
    """What a generator draws for one number: the same on every machine, whatever was drawn before."""
    return dict(make(random.Random(f"{id}/{number}")))


def drawn(base: Question, folder: Path, facts: Mapping[str, Fact], number: int) -> Question:
    """A question with the figures of one draw; a trap that meets the answer or another trap falls away."""
    path = folder / "variants.py"
    text = path.read_text(encoding="utf-8")

    def wrong(sentence: str) -> AuthoringError:
        return AuthoringError(path, line_of(text, base.id), base.id, f"Variant {number}: {sentence}")

    try:
        fields = parameters(base.id, generators(folder)[base.id], number)
    except Exception as err:
        raise wrong(f"the generator stops with {type(err).__name__}: {err}") from None
    if not isinstance(base.body, Number):
        raise wrong("only a number question can have variants.")
    if odd := sorted((NEEDED - fields.keys()) | (fields.keys() - FIELDS)):
        raise wrong(f"`{odd[0]}` is {'missing' if odd[0] in NEEDED else 'not a field that can vary'}.")
    if not all(map(_finite, [fields["answer"], *(trap["value"] for trap in fields.get("traps", []))])):
        raise wrong("an answer or a trap is not a finite number.")
    return _question(base, base.body, fields, fact.expander(facts, path, text))


def _finite(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _question(base: Question, body: Number, fields: dict[str, Any], expand: Callable[[str], str]) -> Question:
    tolerance = fields.get("tolerance", body.tolerance)
    rows = [Trap(row["value"], expand(row["why"]), row.get("mistake")) for row in fields.get("traps", [])]
    new = Number(
        fields["answer"], expand(fields["why"]), tolerance, body.unit, tuple(_apart(fields["answer"], rows, tolerance))
    )
    hints = tuple(expand(hint) for hint in fields.get("hint", base.hint))
    return replace(base, stem=expand(fields["stem"]), hint=hints, body=new)


def _apart(answer: float, rows: list[Trap], tolerance: float) -> Iterator[Trap]:
    from decimal import Decimal

    values = [answer]
    for row in rows:
        if not any(within(Decimal(str(row.value)), other, tolerance) for other in values):
            values.append(row.value)
            yield row


def table(base: Question, folder: Path, facts: Mapping[str, Fact]) -> tuple[Question, ...]:
    """The variants that a cohort shares out: the first draws whose stems differ from each other."""
    found: dict[str, Question] = {}
    for number in range(TRIES):
        one = drawn(base, folder, facts, number)
        found.setdefault(one.stem, one)
        if len(found) == TABLE:
            return tuple(found.values())
    path = folder / "variants.py"
    line = line_of(path.read_text(encoding="utf-8"), base.id)
    sentence = f"In {TRIES} draws only {len(found)} stems differ; a cohort needs {TABLE}, so let more figures vary."
    raise AuthoringError(path, line, base.id, sentence)


def exercise_table(id: str, folder: Path) -> list[dict[str, Any]]:
    """The parameters of an exercise that a cohort shares out."""
    return [parameters(id, generators(folder)[id], number) for number in range(TABLE)]
