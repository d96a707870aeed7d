"""Building: three editions, byte for byte the same each time, nothing run twice, nothing half written."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from shared import GOLDEN, edit

from cloudcrib.course.chapter import read
from cloudcrib.editions import build

NAME = "14-vpc"


def made(course: Path) -> dict[str, bytes]:
    done = build.build_one(course, course / "chapters" / NAME)
    assert done.trouble is None, done.trouble
    return files(course)


def files(course: Path) -> dict[str, bytes]:
    found = (p for kind in ("notebooks", "source", "release") for p in (course / kind).rglob("*") if p.is_file())
    return {str(p.relative_to(course)): p.read_bytes() for p in found}


def test_the_small_course_is_built_byte_for_byte_as_it_was(course: Path) -> None:
    """A change of the builder shows in a diff of tests/golden; where it is meant, run there what this test's message says."""
    assert made(course) == files(GOLDEN), "cd tests/small && crib build && cp -r notebooks source release ../golden/"


def test_a_chapter_becomes_three_editions(course: Path) -> None:
    assert set(made(course)) == {
        "notebooks/14-vpc.ipynb",
        "source/14-vpc/14-vpc.ipynb",
        "source/14-vpc/questions.json",
        "release/14-vpc/14-vpc.ipynb",
        "release/14-vpc/questions.json",
    }


def test_two_builds_on_different_hash_seeds_give_the_same_bytes(course: Path) -> None:
    code = f"from pathlib import Path; from cloudcrib.editions import build; assert not build.build_one(Path('.'), Path('chapters/{NAME}')).trouble"
    results = []
    for seed in ("1", "2"):
        subprocess.run([sys.executable, "-c", code], cwd=course, env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
        results.append(files(course))
        for path in (course / ".cache" / "build").iterdir():
            path.unlink()

    assert results[0] == results[1]


def test_an_unchanged_chapter_is_not_run_again(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(course)
    monkeypatch.setattr("cloudcrib.editions.execute.execute", lambda *a: pytest.fail("it was run again"))

    done = build.build_one(course, course / "chapters" / NAME)

    assert done.written == ()


def test_an_edited_sentence_runs_nothing_and_changes_at_most_four_lines_a_file(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = made(course)
    monkeypatch.setattr("cloudcrib.editions.execute.execute", lambda *a: pytest.fail("it was run again"))
    edit(course / "chapters" / NAME / "chapter.md", "The block knows how many addresses it has:", "A block can count:")

    after = made(course)

    assert before != after
    for name in before:
        old, new = before[name].splitlines(), after[name].splitlines()
        assert sum(a != b for a, b in zip(old, new, strict=True)) <= 4


def test_an_edited_question_changes_at_most_four_lines_a_file(course: Path) -> None:
    before = made(course)
    edit(
        course / "chapters" / NAME / "questions.toml",
        "That is the whole block; AWS keeps five.",
        "The whole block is not yours.",
    )

    after = made(course)

    assert before != after and before.keys() == after.keys()
    for name in before:
        old, new = before[name].splitlines(), after[name].splitlines()
        assert sum(a != b for a, b in zip(old, new, strict=True)) <= 4


def test_a_cell_that_raises_is_named_with_its_line_and_leaves_no_edition(course: Path) -> None:
    edit(course / "chapters" / NAME / "chapter.md", ".num_addresses", ".number_of_addresses")

    done = build.build_one(course, course / "chapters" / NAME)

    assert done.trouble is not None
    assert done.trouble.line == 14
    assert "AttributeError" in done.trouble.sentence
    assert files(course) == {}


def test_a_failed_build_leaves_the_last_good_edition_as_it_was(course: Path) -> None:
    before = made(course)
    edit(course / "chapters" / NAME / "chapter.md", ".num_addresses", ".number_of_addresses")

    build.build_one(course, course / "chapters" / NAME)

    assert files(course) == before


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import ipywidgets; ipywidgets.IntSlider()", "static form"),
        ("object()", "memory address"),
        ("import sys; print('x', file=sys.stderr)", "stderr"),
    ],
)
def test_output_that_differs_on_every_run_or_needs_a_kernel_to_be_seen_is_refused(
    course: Path, code: str, said: str
) -> None:
    edit(course / "chapters" / NAME / "chapter.md", 'ip_network("10.0.0.0/24").num_addresses', code)

    done = build.build_one(course, course / "chapters" / NAME)

    assert done.trouble
    assert said in done.trouble.sentence
    assert b"widget-view" not in b"".join(files(course).values())


def test_every_code_cell_of_the_self_study_edition_has_been_run(course: Path) -> None:
    notebook = nbformat.reads(made(course)["notebooks/14-vpc.ipynb"].decode(), as_version=4)

    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]

    assert counts == list(range(1, len(counts) + 1))


def test_the_instructor_edition_holds_solutions_hidden_tests_and_keys_but_no_outputs(course: Path) -> None:
    text = made(course)["source/14-vpc/14-vpc.ipynb"].decode()

    assert "BEGIN SOLUTION" in text and "BEGIN HIDDEN TESTS" in text and "AWS keeps five, not two" in text
    assert all(not cell.get("outputs") for cell in nbformat.reads(text, as_version=4).cells)


def secrets(course: Path) -> list[str]:
    """Every text of the chapter that a student may not see before grading."""
    chapter = read(course / "chapters" / NAME)
    keys = [json.loads((course / "source" / NAME / "questions.json").read_text())["slug"]]
    assert keys == ["vpc"]
    return [
        "AWS keeps five, not two", "That leaves two, as at home", "Sixteen less 5", "Sixty-four less five",
        "2 ** (32 - prefix) - 5", "t.agree(usable", "You kept back two addresses",
        *(hint for q in chapter.questions for hint in q.hint), *(hint for e in chapter.exercises for hint in e.hints),
    ]  # fmt: skip


def encodings(text: str) -> list[bytes]:
    """The text as it is, as JSON writes it, and as base64 would hold it at each of its three alignments."""
    raw = text.encode()
    shifted = [base64.b64encode(b"\0" * shift + raw)[4 if shift else 0 : -4] for shift in range(3)]
    return [raw, json.dumps(text)[1:-1].encode(), *shifted]


def test_the_release_holds_no_key_reason_hidden_test_or_solution_in_any_encoding(course: Path) -> None:
    editions = made(course)
    released = b"".join(content for name, content in editions.items() if name.startswith("release/"))
    instructors = b"".join(content for name, content in editions.items() if name.startswith("source/"))

    for secret in secrets(course):
        assert not any(form in released for form in encodings(secret)), secret
    assert secrets(course)[0].encode() in instructors
    assert b"How many addresses of a /28" in released


def test_a_link_to_another_chapter_leads_there_from_each_edition(course: Path) -> None:
    shutil.copytree(course / "chapters" / NAME, course / "chapters" / "01-iam")
    edit(
        course / "chapters" / NAME / "chapter.md", "The block knows", "After [identity](01-iam.ipynb), the block knows"
    )

    editions = made(course)

    assert "](01-iam.ipynb)" in editions["notebooks/14-vpc.ipynb"].decode()
    assert "](../01-iam/01-iam.ipynb)" in editions["release/14-vpc/14-vpc.ipynb"].decode()
