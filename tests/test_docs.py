"""What the documents claim: commands exist, options exist, files stand where they are said to stand."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from shared import REPOSITORY

DOCUMENTS = ["README.md", "CONTRIBUTING.md", "STYLE.md", "CHANGELOG.md"]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
TEXT = "\n".join((REPOSITORY / name).read_text(encoding="utf-8") for name in DOCUMENTS)


def commands() -> set[str]:
    return set(re.findall(r"(?<!cloud)\bcrib ([a-z]+)", TEXT)) - {"sheet"}


@pytest.mark.parametrize("command", sorted(commands()))
def test_a_command_that_is_documented_exists(command: str) -> None:
    done = subprocess.run(["crib", command, "--help"], capture_output=True, text=True, timeout=300)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("target", sorted(set(re.findall(r"make ([a-z-]+)", README)) - {"an"}))
def test_a_make_target_that_is_documented_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (REPOSITORY / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#:]+)\)", re.sub(r"`[^`\n]+`", "", TEXT)))))
def test_a_link_to_a_file_leads_somewhere(link: str) -> None:
    assert (REPOSITORY / link).exists()


@pytest.mark.parametrize(
    "name",
    ["notebooks", "source", "release", "autograded", "submitted", "feedback", "chapters", "src", "tests", "bench"],
)
def test_a_folder_of_the_layout_exists(name: str) -> None:
    assert (REPOSITORY / name).is_dir()


def tracked() -> list[Path]:
    out = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    return [REPOSITORY / name for name in out.split("\0") if name]


def test_no_tracked_text_holds_a_path_of_a_machine() -> None:
    machine = re.compile(r"/(root|home/[a-z]+|Users/[A-Za-z]+)/|/work/(main|shared)")
    ours = Path(__file__)
    found = [
        str(p)
        for p in tracked()
        if p != ours
        and "tests" not in p.parts
        and p.suffix in {".py", ".md", ".toml", ".ipynb", ".txt", ".json"}
        and p.is_file()
        and machine.search(p.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_the_version_is_said_once_in_two_places() -> None:
    import tomllib

    import cloudcrib

    assert tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]["version"] == cloudcrib.__version__
