"""Where a course is, which folders are its chapters, and to which an id belongs."""

from __future__ import annotations

from pathlib import Path

import pytest

from cloudcrib.course.course import Course, is_id, slug_of


def chapters(root: Path, *names: str) -> Course:
    for name in names:
        (root / "chapters" / name).mkdir(parents=True)
    (root / "chapters" / "course.toml").write_text('id = "tiny"\n')
    return Course(root)


def test_chapters_are_the_numbered_folders_in_reading_order(tmp_path: Path) -> None:
    made = chapters(tmp_path, "14-vpc", "02-s3", "notes", "7-elb", "21-mock-exam")

    assert [folder.name for folder in made.folders] == ["02-s3", "14-vpc", "21-mock-exam"]
    assert made.written == []  # none has a text yet


@pytest.mark.parametrize(
    ("id", "slug"),
    [("vpc-usable", "vpc"), ("vpc-path-nat", "vpc-path"), ("vpc", "vpc"), ("vpcs-usable", None), ("s3", None)],
)
def test_an_id_belongs_to_the_chapter_with_the_longest_slug_it_starts_with(
    tmp_path: Path, id: str, slug: str | None
) -> None:
    owner = chapters(tmp_path, "14-vpc", "15-vpc-path").owner(id)

    assert (slug_of(owner) if owner else None) == slug


def test_the_course_of_a_working_directory_stands_above_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chapters(tmp_path / "course", "14-vpc")
    (tmp_path / "course" / "notebooks").mkdir()

    monkeypatch.chdir(tmp_path / "course" / "notebooks")
    assert Course.here() == Course(tmp_path / "course")

    monkeypatch.chdir(tmp_path)
    assert Course.here() is None

    monkeypatch.setenv("CLOUDCRIB_ROOT", str(tmp_path / "course"))
    assert Course.here() == Course(tmp_path / "course")


def test_settings_are_those_of_course_toml(tmp_path: Path) -> None:
    assert chapters(tmp_path, "14-vpc").settings == {"id": "tiny"}
    assert Course(tmp_path / "nowhere").settings == {}


@pytest.mark.parametrize(
    ("text", "fits"),
    [("vpc-usable-28", True), ("vpc", True), ("VPC", False), ("vpc--a", False), ("-a", False), (3, False)],
)
def test_an_id_is_lower_case_words_joined_by_hyphens(text: object, fits: bool) -> None:
    assert is_id(text) is fits
