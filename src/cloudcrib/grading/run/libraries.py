"""What notebooks import, found in their text: which libraries a box imports ahead, and which imports the tests need.

Only the standard library is imported here: this is read before nbgrader is, while there is nothing else to do.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from typing import Any

from cloudcrib.grading.inside.warmup import SERVICE
from cloudcrib.kit.lazy import home

WARM = (
    "numpy",
    "pandas",
    "matplotlib",
    "scipy",
    "sympy",
    "networkx",
    "boto3",
    "moto",
    "cloudcrib",
    "ipywidgets",
    "sklearn",
)
WARMED = {
    "matplotlib": ("matplotlib.pyplot", "matplotlib_inline.backend_inline"),
    "moto": ("moto", "moto.core.decorator"),
}
FRAMES = re.compile(
    r"\b(DataFrame|Series|ndarray)\b|\.(columns|iloc|loc|shape|dtypes?|index|values|equals|to_dict|head|tolist|sum|mean|all|any)\b"
)


def practises(source: str) -> bool:
    """Whether a notebook uses the course's practice account."""
    return "cloudcrib.lab" in source or ("from cloudcrib import" in source and "client" in source)


def modules_of(text: str) -> tuple[str, ...]:
    """Heavy libraries that these notebooks import, to be imported once."""
    listed = [name for names in re.findall(r"\bimport\s+([\w., ]+)", text) for name in names.split(",")]
    found = {name.split()[0].partition(".")[0] for name in listed if name.split()} | set(
        re.findall(r"\bfrom\s+(\w+)", text)
    )
    names = [inner for name in WARM if name in found for inner in WARMED.get(name, (name,))]
    if "cloudcrib" in found:
        drawn = re.findall(r"\b(draw|explore)\.(\w+)", text)
        if drawn:
            names += [*WARMED["matplotlib"], *filter(None, (home(kind, name) for kind, name in sorted(set(drawn))))]
        names += ["cloudcrib.exercise.check", "cloudcrib.quizzes.cell"]
    if "moto" in found or practises(text):
        services = set(re.findall(r"(?:client|resource)\(\s*\\*[\"']([a-z0-9-]+)", text))
        names += ["boto3", "moto", *(f"moto.{service.replace('-', '')}.models" for service in sorted(services))]
        names += [f"{SERVICE}{service}" for service in sorted(services)]
    return tuple(dict.fromkeys(names))


def modules_of_tests(tests: str, modules: Iterable[str]) -> tuple[str, ...]:
    """Of the libraries that notebooks import, those that the tests alone have use for; a frame may cross and needs pandas."""
    own = modules_of(tests)
    frames = [name for name in modules if name in ("numpy", "pandas") and name not in own and FRAMES.search(tests)]
    return (*frames, *own)


def locked_text(cells: Iterable[Mapping[str, Any]]) -> str:
    """The text of a course's locked code cells, which run beside the tests."""
    roles = (
        (cell, cell.get("metadata", {}).get("nbgrader") or {}) for cell in cells if cell.get("cell_type") == "code"
    )
    locked = (
        cell["source"] for cell, role in roles if (role.get("grade") or role.get("locked")) and not role.get("solution")
    )
    return "\n".join(source if isinstance(source, str) else "".join(source) for source in locked)


def needed(imports: Iterable[str], tests: str) -> list[str]:
    """Of these import statements, those that bind a name which stands somewhere in the tests."""
    words = set(re.findall(r"\w+", tests))
    return [line for line in imports if (names := _names(line)) is not None and ("*" in names or names & words)]


def _names(line: str) -> set[str] | None:
    """What an import statement binds; None when it is none."""
    try:
        (node,) = ast.parse(line.strip()).body
    except (SyntaxError, ValueError):
        return None
    if not isinstance(node, ast.Import | ast.ImportFrom):
        return None
    return {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
