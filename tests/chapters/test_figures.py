"""What holds for every figure: none lacks a test, and each is small, titled, described, with words that nothing covers."""

from __future__ import annotations

import ast
import importlib
import inspect
import io
import json
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from drawn import Drawn, paint
from PIL import Image
from shared import REPOSITORY

from cloudcrib import chapters
from cloudcrib.kit.drawing import DPI, HEIGHT, WIDTH, Picture
from cloudcrib.kit.exploring import Explorer
from cloudcrib.study import figures as study

TESTS = Path(__file__).parent
SLUGS = sorted(found.name for found in pkgutil.iter_modules(chapters.__path__) if found.ispkg)
MOST_BYTES = 60 * 1024


def modules(slug: str) -> Iterator[ModuleType]:
    """A chapter's figures: one module, or a package of several."""
    if (Path(chapters.__path__[0]) / slug / "draw.py").is_file() or (
        Path(chapters.__path__[0]) / slug / "draw"
    ).is_dir():
        draw = importlib.import_module(f"cloudcrib.chapters.{slug}.draw")
        yield draw
        for part in pkgutil.iter_modules(getattr(draw, "__path__", [])):
            yield importlib.import_module(f"{draw.__name__}.{part.name}")


def drawing(module: ModuleType) -> dict[str, Callable[..., Picture]]:
    """The functions of a module that draw a figure for others."""
    return {
        name: made
        for name, made in inspect.getmembers(module, inspect.isfunction)
        if made.__module__ == module.__name__
        and not name.startswith("_")
        and inspect.signature(made).return_annotation in (Picture, "Picture")
    }


def looked_at(path: Path) -> set[str]:
    """The figure functions that a file of tests hands to `look`."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    looks = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "look"]
    return {what.attr for what in looks if isinstance(what, ast.Attribute)}


@pytest.mark.parametrize("slug", SLUGS)
def test_no_figure_of_a_chapter_lacks_a_test(slug: str) -> None:
    figures = {name for module in modules(slug) for name in drawing(module)}
    path = TESTS / slug / f"test_{slug}_figures.py"

    assert not figures or path.is_file(), f"{path.name} is missing"
    assert not figures or figures - looked_at(path) == set()


def test_no_figure_of_ones_own_progress_lacks_a_test() -> None:
    figures = {*drawing(study)}

    assert figures and figures - looked_at(TESTS.parent / "study" / "test_study_figures.py") == set()


def figure_cells() -> Iterator[tuple[str, str]]:
    """The cells of the course's notebooks that end in a figure or an explorer, each after all that it stands on."""
    for path in sorted(REPOSITORY.glob("notebooks/*.ipynb")):
        cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
        sources = ["".join(cell["source"]) for cell in cells]
        for n, (cell, source) in enumerate(zip(cells, sources, strict=True)):
            if shows_figure(source):
                yield f"{path.stem}:{cell['id']}", "\n".join([*needed(sources[:n], source), source])


def shows_figure(source: str) -> bool:
    """Whether a cell ends in a call to `draw` or `explore`."""
    last = ast.parse(source).body[-1:]
    return any(isinstance(node, ast.Expr) and ast.unparse(node).startswith(("draw.", "explore.")) for node in last)


def needed(before: list[str], source: str) -> list[str]:
    """The cells that bind the names that a cell uses, and those that these use in turn, in their order."""
    wanted = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    for n in range(len(before) - 1, -1, -1):
        if bound(before[n]) & wanted:
            return [*needed(before[:n], "\n".join([before[n], source])), before[n]]
    return []


def bound(source: str) -> set[str]:
    """The names that the statements of a cell give to something."""
    names = set()
    for node in ast.parse(source).body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {part.id for target in node.targets for part in ast.walk(target) if isinstance(part, ast.Name)}
    return names


def first_view(source: str) -> Drawn | None:
    """The figure in which a cell ends, or an explorer's first one, painted; None where words and tables say it all."""
    tree, names = ast.parse(source), {}
    last = tree.body.pop()
    assert isinstance(last, ast.Expr)
    exec(compile(tree, "cell", "exec"), names)

    def show() -> Picture | None:
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
        views = value.views() if isinstance(value, Explorer) else [value]
        assert all(isinstance(view, Picture) or len(view) for view in views)
        return next((view for view in views if isinstance(view, Picture)), None)

    return paint(show)


CELLS = dict(figure_cells())


def test_the_figures_of_the_notebooks_are_found() -> None:
    assert len(CELLS) >= 70


@pytest.mark.parametrize("name", CELLS)
def test_a_figure_is_small_titled_described_and_legible(name: str) -> None:
    seen = first_view(CELLS[name])

    if seen is None:
        return  # words and tables alone
    width, height = Image.open(io.BytesIO(seen.picture.png)).size
    assert len(seen.picture.png) <= MOST_BYTES
    assert width <= WIDTH * DPI and height <= HEIGHT * DPI
    assert seen.title
    assert len(seen.alt.split()) >= 5 and seen.alt.endswith(".")
    assert seen.outside() == []
    assert seen.collisions() == []
    assert seen.faint() == []
