"""What one edition alone says or has: prose between two marks, a cell with `only`, a chapter that is not handed out."""

from __future__ import annotations

from pathlib import Path

import pytest
from shared import edit

from cloudcrib.course.chapter import read
from cloudcrib.course.trouble import AuthoringError
from cloudcrib.editions import build, compose

STUDY = "<!-- only: study -->\nPress **Check**.\n<!-- /only -->\n"
RELEASE = "<!-- only: release -->\nIt is recorded.\n<!-- /only -->\n"


def texts(vpc: Path) -> tuple[str, str]:
    """All cells of the self-study edition and of the instructors', of which the students' is made."""
    chapter = read(vpc)
    editions = (compose.study(chapter), compose.source(chapter))
    one, other = ("\n\n".join(cell.source for cell in made.cells) for made in editions)
    return one, other


def test_prose_between_marks_stands_in_its_edition_alone_and_marks_in_none(vpc: Path) -> None:
    edit(vpc / "chapter.md", "The block knows", STUDY + RELEASE + "The block knows")

    study, graded = texts(vpc)

    assert "Press **Check**.\nThe block knows" in study and "It is recorded." not in study
    assert "It is recorded.\nThe block knows" in graded and "Press **Check**" not in graded
    assert "only" not in study + graded


def test_a_row_of_a_table_may_belong_to_one_edition(vpc: Path) -> None:
    edit(
        vpc / "chapter.md",
        "Write `usable",
        "| a | b |\n|---|---|\n<!-- only: study -->\n| c | d |\n<!-- /only -->\n| e | f |\n\nWrite `usable",
    )

    study, graded = texts(vpc)

    assert "|---|---|\n| c | d |\n| e | f |" in study
    assert "|---|---|\n| e | f |" in graded


def test_a_cell_without_a_word_in_an_edition_is_not_there(vpc: Path) -> None:
    edit(vpc / "chapter.md", "## What changed", RELEASE + '\n```python only="study"\nprint(1)\n```\n\n## What changed')

    chapter = read(vpc)

    study, graded = (compose.study(chapter).cells, compose.source(chapter).cells)
    assert "print(1)" in [cell.source for cell in study] and "print(1)" not in [cell.source for cell in graded]
    assert "It is recorded." in [cell.source for cell in graded] and "" not in [cell.source for cell in study]


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("<!-- only: teacher -->\nx\n<!-- /only -->", "<!-- only: teacher -->"),
        ("<!-- only: study -->\nx", "<!-- only: study -->"),
        ("x\n<!-- /only -->", "<!-- /only -->"),
        ("<!-- only: study --> x <!-- /only -->", "<!-- only: study -->"),
        ("<!-- only: study -->\n## x\n<!-- /only -->", "<!-- only: study -->"),
        ("<!-- only: study -->\nx\n<!-- only: release -->\ny\n<!-- /only -->", "<!-- only: release -->"),
    ],
)
def test_a_mark_without_its_partner_is_named_with_its_line(vpc: Path, written: str, named: str) -> None:
    edit(vpc / "chapter.md", "The block knows", written + "\n\nThe block knows")
    line = next(n for n, text in enumerate((vpc / "chapter.md").read_text().splitlines(), 1) if named in text)

    with pytest.raises(AuthoringError, match=rf"chapter.md:{line}: .*`{named}` has no partner"):
        read(vpc)


def test_a_cell_of_an_edition_that_is_none_is_named(vpc: Path) -> None:
    edit(vpc / "chapter.md", 'python id="vpc-imports"', 'python id="vpc-imports" only="teacher"')

    with pytest.raises(AuthoringError, match="`only` names the edition"):
        read(vpc)


def test_a_chapter_that_nobody_hands_in_has_the_self_study_edition_alone(course: Path, vpc: Path) -> None:
    with (course / "chapters" / "course.toml").open("a", encoding="utf-8") as file:
        file.write('\nstudy_only = ["vpc"]\n')
    (course / "release" / "14-vpc").mkdir(parents=True)

    made = build.editions_of(course, read(vpc), cache=False)

    assert set(made) == {"notebooks/14-vpc.ipynb"}
    assert [path.name for path in build.leftovers(course)] == ["14-vpc"]
