"""A learner's attempts, written down by hand for tests of what is made of them."""

from __future__ import annotations

from cloudcrib.study.store import Attempt


def attempt(item: str = "vpc-usable-28", day: int = 1, right: bool = True, **more: object) -> Attempt:
    """An attempt at noon of a day of November 2026."""
    values = {
        "kind": "question",
        "item": item,
        "chapter": item.split("-")[0],
        "domain": "3.4",
        "verdict": "CORRECT" if right else "INCORRECT",
        "fraction": float(right),
        "at": f"2026-11-{day:02}T12:00:00.000000Z",
    }
    return Attempt(**values | more)  # type: ignore[arg-type]
