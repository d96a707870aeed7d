"""A graded tests cell carries what to say of known mistakes, and gives away no more than its own sentences."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from typing import Any

import nbformat
import pytest
from shared import REPOSITORY

from cloudcrib.course import chapter as chapters
from cloudcrib.course import regions
from cloudcrib.editions import compose
from cloudcrib.exercise.tests import Tests

NOTE = "You kept back two addresses, as on a network at home: AWS keeps five."
RELEASES = sorted((REPOSITORY / "release").glob("*/*.ipynb"))


def graded_cell(vpc: Path) -> str:
    nb = compose.source(chapters.read(vpc))
    return str(next(cell.source for cell in nb.cells if cell.id == "vpc-usable-tests"))


def report(source: str, answer: str) -> str:
    """What a tests cell prints about an answer, as it runs in a graded edition, where there is no course."""
    names: dict[str, Any] = {}
    exec(answer, names)
    with contextlib.redirect_stdout(io.StringIO()) as said:
        exec(
            source.replace("from cloudcrib import tests", "from cloudcrib.exercise.tests import Tests as tests"), names
        )
    return said.getvalue()


def test_the_note_stands_where_the_known_mistake_is_made(vpc: Path) -> None:
    said = report(graded_cell(vpc), "def usable(prefix):\n    return 2 ** (32 - prefix) - 2")

    assert f"`usable(28)` returned 14. {NOTE}" in said
    assert "`usable(24)` returned 254.\n" in said  # a value that no test names as a mistake is not explained


def test_any_other_wrong_value_gets_no_note(vpc: Path) -> None:
    assert NOTE not in report(graded_cell(vpc), "def usable(prefix):\n    return 7")


def test_the_notes_are_hidden_tests(vpc: Path) -> None:
    source = graded_cell(vpc)

    assert NOTE in source and ".explain(" in source
    assert NOTE not in regions.visible(source) and ".explain(" not in regions.visible(source)


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem)
def test_no_release_holds_them(path: Path) -> None:
    assert not any(".explain(" in cell.source for cell in nbformat.read(path, as_version=4).cells)


def test_a_tests_cell_whose_mistakes_have_no_note_stays_as_it_is(vpc: Path) -> None:
    plain = 'from cloudcrib import tests\nt = tests("vpc-usable")\nt.score()'

    assert compose.explained(chapters.read(vpc), plain) == plain


@pytest.mark.parametrize("probe", [0, 3, 11, 14, 27, 30, 251, 254, 4091, 4094, None, "x", 2.0])
def test_a_student_who_probes_learns_nothing_from_notes_but_what_the_own_value_stands_for(probe: Any) -> None:
    """Without its sentence a report with notes is the report without them: hidden values are neither shown nor told apart."""

    def tried(notes: dict[str, str]) -> str:
        t = Tests("vpc-usable", notes)
        with t.part("hidden", points=1):
            for prefix in (28, 27, 24, 20):
                t.case(lambda n: probe, prefix, gives=2 ** (32 - prefix) - 5, mistakes={"two": 2 ** (32 - prefix) - 2})
        return t.report()

    said = tried({"two": "A NOTE."})

    assert said.replace(" A NOTE.", "") == tried({})
    assert ("A NOTE." in said) is (probe in (14, 30, 254, 4094) and f"returned {probe}. A NOTE." in said)
