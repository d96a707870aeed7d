"""The command `crib` as a person types it."""

from __future__ import annotations

import datetime as dt
import inspect
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from shared import edit

import cloudcrib


def crib(root: Path, *words: str) -> tuple[int, str, str]:
    done = subprocess.run(["crib", *words], cwd=root, capture_output=True, text=True, timeout=300)
    return done.returncode, done.stdout, done.stderr


def test_build_then_check_is_good_and_says_so(course: Path) -> None:
    edit(
        course / "chapters" / "14-vpc" / "facts.toml", "checked = 2026-11-24", f"checked = {dt.date.today()}"
    )  # or stale
    assert crib(course, "build")[:2] == (0, "14-vpc: 5 files written\n")

    assert crib(course, "check", "--quick") == (0, "14-vpc: good\n", "")


def test_a_mistake_ends_with_one_line_and_exit_code_one(course: Path) -> None:
    edit(course / "chapters" / "14-vpc" / "chapter.md", 'role="quiz"', 'role="quizz"')

    code, out, err = crib(course, "build")

    assert (code, out) == (1, "")
    assert err.startswith("chapters/14-vpc/chapter.md:20: [vpc-quiz-sizes] Unknown role 'quizz'")
    assert err.count("\n") == 1


def test_a_chapter_that_is_not_there_is_answered_with_those_that_are(course: Path) -> None:
    code, _, err = crib(course, "build", "iam")

    assert code == 2 and err == "There is no chapter 'iam'. There are: 14-vpc.\n"


def test_outside_a_course_every_command_says_where_it_belongs(tmp_path: Path) -> None:
    for words in (["build"], ["check"], ["facts"], ["study"], ["new", "chapter", "15-x"]):
        code, _, err = crib(tmp_path, *words)
        assert code == 2 and err.startswith("No course here")


def test_facts_lists_stale_ones_oldest_first(course: Path) -> None:
    code, out, _ = crib(course, "facts", "--stale")

    assert code == 0 and "vpc-cidr-quota" in out and "subnet-five-reserved" not in out


def guided(course: Path) -> None:
    """Give the course a guide of three lines: one is taught and asked, one only taught, one neither."""
    page = "https://docs.aws.amazon.com/aws-certification/"
    rows = [
        ("3.4-k1", "3.4", "knowledge", "blocks"),
        ("3.4-k2", "3.4", "knowledge", "quotas"),
        ("4.4-s1", "4.4", "skill", "bills"),
    ]
    lines = ["id\ttask\tkind\ttopic\tsource", *("\t".join([*row, page]) for row in rows)]
    (course / "chapters" / "guide.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    chapter = course / "chapters" / "14-vpc"
    edit(
        chapter / "facts.toml", "values = { reserved = 5 }", 'values = { reserved = 5 }\ncovers = ["3.4-k1", "3.4-k2"]'
    )
    edit(chapter / "questions.toml", 'kind = "number"', 'kind = "number"\ncovers = ["3.4-k1"]')


def test_facts_lists_what_the_exam_guide_asks_by_task_with_what_teaches_and_asks_it(course: Path) -> None:
    guided(course)

    code, out, err = crib(course, "facts", "--guide")

    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "3.4 high-performing networks: 2 of 2 lines taught, 1 asked",
        "  3.4-k1   taught, asked  blocks | taught by subnet-five-reserved (14-vpc); asked by vpc-usable-26 (14-vpc)",
        "  3.4-k2   only taught    quotas | taught by subnet-five-reserved (14-vpc)",
        "4.4 cost-optimized networks: 0 of 1 lines taught, 0 asked",
        "  4.4-s1   neither        bills",
        "The exam guide: 2 of 3 lines taught, 1 asked.",
    ]


def test_facts_lists_only_what_is_missing_of_the_exam_guide(course: Path) -> None:
    guided(course)

    code, out, _ = crib(course, "facts", "vpc", "--guide", "--missing")

    assert code == 0 and "3.4-k1" not in out
    assert [line.split()[0] for line in out.splitlines() if line.startswith("  ")] == ["3.4-k2", "4.4-s1"]


def test_check_says_how_much_of_the_guide_is_served_and_fails_only_for_what_is_no_line(course: Path) -> None:
    guided(course)
    assert crib(course, "build")[0] == 0
    served = "The exam guide: 2 of 3 lines taught, 1 asked; `crib facts --guide --missing` lists the rest.\n"

    assert crib(course, "check", "--quick") == (0, f"14-vpc: good\n{served}", "")

    edit(course / "chapters" / "14-vpc" / "questions.toml", '"3.4-k1"', '"3.4-k3"')
    code, out, err = crib(course, "check", "--quick")
    assert (code, out) == (1, "") and err.count("\n") == 2  # and what could not be looked at
    assert "[vpc-usable-26] It covers '3.4-k3', which chapters/guide.tsv lacks. Did you mean" in err


def test_check_says_what_it_could_not_look_at_when_another_chapter_cannot_be_read(course: Path) -> None:
    shutil.copytree(course / "chapters" / "14-vpc", course / "chapters" / "15-paths")
    assert crib(course, "build", "14-vpc")[0] == 0

    code, out, err = crib(course, "check", "--quick", "14-vpc")

    assert (code, out) == (1, "14-vpc: good\n")
    broken, unseen = err.splitlines()
    assert broken.startswith("chapters/15-paths/questions.toml:2: [vpc-usable-28] The question's id must start with")
    assert unseen.startswith("Not looked at, since 15-paths cannot be read: ids that two chapters share, guessing")


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--guide"], "has no chapters/guide.tsv"), (["--missing"], "--missing goes with --guide")],
)
def test_facts_says_why_there_is_no_guide_to_list(course: Path, words: list[str], said: str) -> None:
    code, _, err = crib(course, "facts", *words)

    assert code == 2 and said in err


def test_new_writes_and_says_what(course: Path) -> None:
    code, out, _ = crib(course, "new", "chapter", "15-connectivity")

    assert code == 0 and "wrote chapters/15-connectivity/chapter.md" in out


def test_the_public_names_are_these() -> None:
    assert cloudcrib.__all__ == [
        "answer",
        "check",
        "client",
        "draw",
        "explore",
        "hint",
        "progress",
        "quiz",
        "review",
        "score",
        "solution",
        "tests",
        "variant",
    ]


def test_every_public_name_can_be_had() -> None:
    found = {name: getattr(cloudcrib, name) for name in cloudcrib.__all__}

    doors = {name for name, value in found.items() if inspect.ismodule(value)}
    assert doors == {"draw", "explore"}
    assert [name for name in found.keys() - doors if not callable(found[name])] == []


def test_import_loads_nothing_heavy() -> None:
    heavy = "{'matplotlib', 'pandas', 'numpy', 'boto3', 'moto', 'ipywidgets', 'nbformat', 'jupytext'}"
    code = f"import sys, cloudcrib; print({heavy} & set(sys.modules))"

    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert out.strip() == "set()"


@pytest.mark.parametrize("name", ["draw.nothing", "nobody"])
def test_a_name_that_does_not_exist_raises_attribute_error(name: str) -> None:
    target = cloudcrib.draw if name.startswith("draw.") else cloudcrib

    with pytest.raises(AttributeError):
        getattr(target, name.split(".")[-1])
