"""What an installed package brings along: the server extension, and of each question what a student may see."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator

import pytest
from shared import REPOSITORY

from cloudcrib.course import chapter
from cloudcrib.course.chapter import Chapter
from cloudcrib.course.course import Course
from cloudcrib.question import public, to_key

COURSE = Course(REPOSITORY)
CHAPTERS = [chapter.read(folder) for folder in COURSE.written if COURSE.handed_out(folder.name)]
every_chapter = pytest.mark.parametrize("one", CHAPTERS, ids=[one.name for one in CHAPTERS])


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a wheel that is built from this clone."""
    folder = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_a_jupyter_server_is_told_to_load_the_extension(wheel: dict[str, bytes]) -> None:
    (told,) = (
        content
        for name, content in wheel.items()
        if name.endswith(".data/data/etc/jupyter/jupyter_server_config.d/cloudcrib.json")
    )

    assert json.loads(told) == {"ServerApp": {"jpserver_extensions": {"cloudcrib.server": True}}}
    assert "cloudcrib/server.py" in wheel


def test_it_carries_the_questions_of_every_chapter_that_is_handed_out(wheel: dict[str, bytes]) -> None:
    banks = {name: content for name, content in wheel.items() if name.startswith("cloudcrib/banks/")}

    assert banks == {
        f"cloudcrib/banks/{one.name}.json": (REPOSITORY / "release" / one.name / "questions.json").read_bytes()
        for one in CHAPTERS
    }


@every_chapter
def test_what_it_carries_of_a_question_is_what_may_be_shown(wheel: dict[str, bytes], one: Chapter) -> None:
    data = json.loads(wheel[f"cloudcrib/banks/{one.name}.json"])

    assert data["questions"] == json.loads(json.dumps([public(question) for question in one.asked]))
    assert data.keys() == {"slug", "title", "questions", "starters", "points"}


@every_chapter
def test_no_key_reason_hint_or_note_is_anywhere_in_it(wheel: dict[str, bytes], one: Chapter) -> None:
    secret = {text for question in one.questions for text in told(to_key(question))}
    secret |= {text for question in one.questions for text in question.hint}
    secret |= {hint for exercise in one.exercises for hint in exercise.hints}
    secret |= {mistake.note for mistake in one.mistakes.values()}
    carried = b"\n".join(wheel.values())

    assert [text for text in secret if len(text) > 20 and any(form in carried for form in forms(text))] == []


def told(key: object) -> Iterator[str]:
    """Every reason in a key."""
    if isinstance(key, dict):
        yield from (value for name, value in key.items() if name == "why" and isinstance(value, str))
        for value in key.values():
            yield from told(value)
    if isinstance(key, list):
        for each in key:
            yield from told(each)


def forms(text: str) -> tuple[bytes, ...]:
    return text.encode(), json.dumps(text)[1:-1].encode(), json.dumps(text, ensure_ascii=False)[1:-1].encode()


def test_a_key_has_reasons_that_the_test_above_looks_for() -> None:
    found = [text for one in CHAPTERS for question in one.questions for text in told(to_key(question))]

    assert len(found) > 500


def test_no_authored_file_is_in_it(wheel: dict[str, bytes]) -> None:
    authored = {"chapter.md", "questions.toml", "facts.toml", "guide.tsv", "course.toml"}

    assert not [name for name in wheel if name.rpartition("/")[2] in authored or name.endswith(".ipynb")]
