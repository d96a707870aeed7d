"""The parameters of an exercise that has variants."""

from __future__ import annotations

from typing import Any

from cloudcrib.course import cohort, place
from cloudcrib.course.variants import generators, parameters


def variant(id: str, number: int = 0) -> dict[str, Any]:
    """The parameters of an exercise: in the self-study edition those of a number of your choice, in a cohort your own."""
    where = place.find(id)
    if where.graded:
        return cohort.parameters(id, where.questions)
    found = generators(where.folder)
    if id not in found:
        raise LookupError(f"`{id}` has no variants.")
    return parameters(id, found[id], number)
