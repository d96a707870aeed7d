"""The command `crib` as a person types it."""

from __future__ import annotations

import datetime as dt
import inspect
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
