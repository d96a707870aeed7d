"""What a notebook's first cell may import: names first, and what draws, pretends an account or shows tables once it is used."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "IPython", "PIL", "anywidget", "boto3", "botocore", "fsrs", "genanki", "ipywidgets", "jsonschema", "jupyterlab", "lark",
    "markdown_it", "matplotlib", "moto", "nbformat", "numpy", "pandas", "rich", "sqlite3", "typer",
}  # fmt: skip
NAMES = "answer, check, client, draw, explore, hint, quiz, review, score, solution, tests, variant"


def imported(statements: str) -> set[str]:
    """The packages that a fresh Python holds after these statements."""
    code = f"{statements}\nimport json, sys\nprint(json.dumps(sorted({{name.split('.')[0] for name in sys.modules}})))"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parent
    )
    return set(json.loads(said.stdout.splitlines()[-1]))


def test_the_names_of_a_notebook_import_nothing_heavy() -> None:
    assert imported(f"from cloudcrib import {NAMES}") & HEAVY == set()


def test_a_figures_colours_need_no_library() -> None:
    assert imported("import cloudcrib.kit.drawing, cloudcrib.kit.shapes, cloudcrib.kit.palette") & HEAVY == set()


@pytest.mark.parametrize("module", ["cloudcrib.study.copies", "jupyterlab.labapp"])
def test_jupyterlab_starts_without_the_grammar_that_takes_a_second_to_read(module: str) -> None:
    assert "lark" not in imported(f"from cloudcrib.kit import address_grammar\naddress_grammar.skip()\nimport {module}")


def test_crib_study_is_not_made_to_wait_for_libraries_that_draw() -> None:
    assert (
        imported("import cloudcrib.cli.app") & {"matplotlib", "moto", "boto3", "pandas", "numpy", "nbformat", "IPython"}
        == set()
    )
