"""What a function does, as plain data: enough to tell an untouched starter, in this process or in another."""

from __future__ import annotations

import dis
import types

STAND_IN = "__crib_shape__"  # on a function that stands for one elsewhere: the shape of that one
LONGEST = 200  # steps; no starter has more


def shape(code: types.CodeType) -> list[list[str]]:
    """What a function does, step by step, as plain data that can be compared."""
    steps = [step for step, _ in zip(dis.get_instructions(code), range(LONGEST), strict=False)]
    return [[step.opname, "" if isinstance(step.argval, types.CodeType) else repr(step.argval)] for step in steps]
