"""A mistake is met when it comes back, and is settled by the question that separates two ideas."""

from __future__ import annotations

from pathlib import Path

import pytest
from studies import attempt

from cloudcrib.study import mistakes

SLUG = ("vpc-keeps-two",)


def test_sightings_are_different_things_or_different_days() -> None:
    once = [attempt("vpc-a", right=False, mistakes=SLUG), attempt("vpc-a", right=False, mistakes=SLUG)]

    assert mistakes.sightings(once) == {"vpc-keeps-two": 1}
    assert mistakes.sightings([*once, attempt("vpc-b", mistakes=SLUG)]) == {"vpc-keeps-two": 2}
    assert mistakes.sightings([*once, attempt("vpc-a", day=2, mistakes=SLUG)]) == {"vpc-keeps-two": 2}
    assert mistakes.sightings([*once, attempt("vpc-a", variant="7", mistakes=SLUG)]) == {"vpc-keeps-two": 2}


@pytest.mark.parametrize(("days", "expected"), [((1,), []), ((1, 2), ["vpc-keeps-two"])])
def test_the_note_comes_at_the_second_sighting(vpc: Path, days: tuple[int, ...], expected: list[str]) -> None:
    rows = [attempt("vpc-a", day=day, right=False, mistakes=SLUG) for day in days]

    assert [one.slug for one in mistakes.returned(vpc, SLUG, rows)] == expected


def test_a_slug_that_the_chapter_does_not_know_is_passed_over(vpc: Path) -> None:
    rows = [attempt("vpc-a", day=day, right=False, mistakes=("gone",)) for day in (1, 2)]

    assert mistakes.returned(vpc, ["gone"], rows) == []


def test_the_separating_question_waits_until_it_is_answered_right_after_the_mistake(vpc: Path) -> None:
    known_before = attempt("vpc-usable-28", day=1)
    twice = [attempt("vpc-usable-26", day=day, right=False, mistakes=SLUG) for day in (2, 3)]

    assert mistakes.unsettled(vpc, [known_before, *twice]) == ["vpc-usable-28"]
    assert mistakes.unsettled(vpc, [known_before, *twice, attempt("vpc-usable-28", day=4, right=False)]) != []
    assert mistakes.unsettled(vpc, [known_before, *twice, attempt("vpc-usable-28", day=5)]) == []
