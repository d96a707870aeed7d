"""`crib check`: each fault that a machine can see is named with the authored file to edit."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from shared import edit

from cloudcrib.course.chapter import read
from cloudcrib.editions import build, check, check_course


def said(course: Path, quick: bool = True, on: dt.date = dt.date(2026, 11, 25)) -> list[str]:
    return [str(trouble) for trouble in check.check(course, course / "chapters" / "14-vpc", quick, on)]


@pytest.fixture
def built(course: Path) -> Path:
    assert build.build_one(course, course / "chapters" / "14-vpc").trouble is None
    return course


def test_a_sound_and_built_chapter_is_good(built: Path) -> None:
    assert said(built, quick=False) == []


def test_an_edited_notebook_is_named_with_the_authored_file_and_line(built: Path) -> None:
    edit(built / "notebooks" / "14-vpc.ipynb", "The block knows", "The block thinks it knows")

    (only,) = said(built)

    assert "chapter.md:10:" in only and "edit this file, never notebooks/14-vpc.ipynb" in only


def test_a_missing_edition_is_named(built: Path) -> None:
    (built / "release" / "14-vpc" / "14-vpc.ipynb").unlink()

    assert "release/14-vpc/14-vpc.ipynb is missing" in said(built)[0]


FAULTS = [
    ("facts.toml", 'status = "holds"', 'status = "retired"', "rests first on 'subnet-five-reserved', which has gone"),
    ("questions.toml", "[mistakes.vpc-keeps-two]", "[mistakes.vpc-other]", "has no [mistakes.vpc-keeps-two]"),
    ("questions.toml", 'hint = ["Sixty-four, less what AWS keeps."]', 'hint = ["It is 59."]', "holds the answer itself"),
    ("questions.toml", 'why = "Sixty-four less five."', 'why = "…"', "Still to fill in: why"),
    ("questions.toml", 'level = "apply"\nstem = "How many addresses of a /26', 'level = "apply"\nexam = true\nstem = "How many addresses of a /26', "40 to 90 words; this stem has 10"),
    ("chapter.md", 'ip_network("10.0.0.0/24").num_addresses', "\n".join(f"a{n} = {n}" for n in range(16)), "16 lines"),
    ("chapter.md", 'ip_network("10.0.0.0/24").num_addresses', "class Network: pass", "no class"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "expected"), FAULTS, ids=[f[3] for f in FAULTS])
def test_a_fault_is_named(course: Path, file: str, old: str, new: str, expected: str) -> None:
    edit(course / "chapters" / "14-vpc" / file, old, new)

    assert any(expected in sentence for sentence in said(course))


def test_a_fact_that_nobody_teaches_is_named(course: Path) -> None:
    edit(course / "chapters" / "14-vpc" / "facts.toml", 'id = "vpc-cidr-quota"', 'id = "vpc-cidr-quotas"')
    edit(course / "chapters" / "14-vpc" / "chapter.md", "; a VPC takes up to {{vpc-cidr-quota.blocks}} blocks", "")
    edit(course / "chapters" / "14-vpc" / "chapter.md", "{{facts: subnet-five-reserved vpc-cidr-quota}}", "")
    edit(course / "chapters" / "14-vpc" / "chapter.md", "{{changed}}", "")
    edit(course / "chapters" / "14-vpc" / "facts.toml", "{{vpc-cidr-quota.blocks}}", "5")

    assert any("[vpc-cidr-quotas] Nobody teaches this fact" in sentence for sentence in said(course))


def test_a_volatile_fact_unchecked_for_a_year_is_named(course: Path) -> None:
    assert any("nobody has looked since 2026-11-24" in sentence for sentence in said(course, on=dt.date(2027, 11, 26)))


def test_a_fact_checked_in_the_future_is_named(course: Path) -> None:
    assert any("still to come" in sentence for sentence in said(course, on=dt.date(2026, 11, 23)))


EXERCISE_FAULTS = [
    ("    return 2 ** (32 - prefix) - {{subnet-five-reserved.reserved}}\n", "    return 0\n", "The solution earns 0 of 3"),
    ('says="AWS keeps five"', 'says="AWS keeps six"', "does not say 'AWS keeps six'"),
    ("def usable(prefix):\n    return 2 ** (32 - prefix) - 2\n", "def usable(prefix):\n    return 2 ** (32 - prefix) - 5\n", "This wrong solution earns full marks"),
    ("    t.case(usable, 16, gives=65531)\n", "    t.holds(True, 'never')\n", "The starter earns 1"),
    ("    t.case(usable, 24, gives=251)\n", "    t.agree(usable, lambda n: 2 ** (32 - n) - 5, lambda r: (r.randint(16, 28),))\n", "The visible tests hold `lambda n: 2 ** (32 - n) - 5`"),
    ("t = tests(\"vpc-usable\")\n", "def truth(n): return 2 ** (32 - n) - 5\nt = tests(\"vpc-usable\")\n", "The visible tests hold `truth`"),
    ("points=3", "points=4", "earns 3 of 3 points where the fence says points=4"),
    ('"""Addresses of an AWS subnet that you can give away."""\n', '"""Addresses."""\n    undefined_name\n', "solution"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), EXERCISE_FAULTS, ids=[f[2] for f in EXERCISE_FAULTS])
def test_a_fault_of_an_exercise_is_proved(course: Path, old: str, new: str, expected: str) -> None:
    edit(course / "chapters" / "14-vpc" / "chapter.md", old, new)

    assert any(expected in sentence for sentence in said(course, quick=False))


def test_an_id_in_two_chapters_is_named(course: Path) -> None:
    import shutil

    shutil.copytree(course / "chapters" / "14-vpc", course / "chapters" / "15-vpc")

    troubles = [
        str(t)
        for t in check_course.across([read(course / "chapters" / "14-vpc"), read(course / "chapters" / "15-vpc")])
    ]

    assert any("also in 14-vpc" in sentence for sentence in troubles)
