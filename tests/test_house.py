"""The house: which part of the package may import which (the contracts stand in pyproject.toml)."""

from __future__ import annotations

import subprocess
import tomllib

from shared import REPOSITORY


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
