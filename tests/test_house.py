"""The house: which part of the package may import which (the contracts stand in pyproject.toml)."""

from __future__ import annotations

import importlib
import importlib.util
import re
import subprocess
import tomllib
from pathlib import Path

import grimp
from shared import REPOSITORY

INSIDE = "cloudcrib.grading.inside"
KNOWN_INSIDE = {"cloudcrib.exercise.shape"}  # of this package, beside itself
NAMES_OURS = re.compile(r"\b(?:from|import) (cloudcrib(?:\.\w+)+)")


def test_every_import_goes_downstairs() -> None:
    done = subprocess.run(["lint-imports", "--no-cache"], cwd=REPOSITORY, capture_output=True, text=True, timeout=120)

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr


def test_no_contract_ignores_an_import() -> None:
    contracts = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

    assert contracts
    assert [c["name"] for c in contracts if "ignore_imports" in c or "unmatched_ignore_imports_alerting" in c] == []


def test_every_package_stands_on_a_floor() -> None:
    """A new top-level package must say where it belongs: in the floors, or among the names that stand on the kit."""
    contracts = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    floors = {name for layer in contracts[0]["layers"] for name in layer.replace("|", ":").replace(" ", "").split(":")}
    low = {name.split(".")[1] for c in contracts for name in c.get("source_modules", [])}
    found = {
        p.stem
        for p in (REPOSITORY / "src" / "cloudcrib").iterdir()
        if p.suffix == ".py" or (p / "__init__.py").is_file()
    }

    assert found - {"__init__"} <= floors | low


def test_what_runs_beside_student_code_knows_nothing_else_of_this_package() -> None:
    graph = grimp.build_graph("cloudcrib")
    own = graph.find_descendants(INSIDE) | {INSIDE}

    reached = set[str]().union(*map(graph.find_upstream_modules, own)) - own

    assert {name for name in reached if name.startswith("cloudcrib")} == KNOWN_INSIDE


def texts() -> list[Path]:
    """Whatever holds code that no import of ours leads to: attacks, scripts in tests, benchmarks, documents."""
    found = [path for folder in ("tests", "bench", "docs") for path in (REPOSITORY / folder).rglob("*")]
    return [path for path in [*found, *REPOSITORY.glob("*.*")] if path.suffix in (".py", ".md", ".ipynb", ".toml")]


def test_every_module_of_ours_that_a_text_imports_is_there() -> None:
    named = {
        name: path
        for path in texts()
        for name in NAMES_OURS.findall(path.read_text(encoding="utf-8").replace("\\n", "\n"))
    }

    missing = {name: str(path) for name, path in named.items() if not _is_there(name)}

    assert len(named) > 50
    assert not missing


def _is_there(name: str) -> bool:
    """Whether this is a module, or a name in one."""
    module, _, last = name.rpartition(".")
    try:
        return hasattr(importlib.import_module(module), last) or importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def test_no_two_test_files_have_one_name() -> None:
    """pytest imports test files by their bare names; the second of two would keep the whole run from starting."""
    names = [path.name for path in (REPOSITORY / "tests").rglob("test_*.py")]

    assert len(names) > 50
    assert sorted({name for name in names if names.count(name) > 1}) == []
