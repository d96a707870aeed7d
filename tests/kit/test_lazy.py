"""The names by which notebooks reach a chapter's figures and models, whichever file they stand in."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

import cloudcrib
from cloudcrib.kit.lazy import home


@pytest.mark.parametrize(
    ("kind", "name", "module"),
    [
        ("draw", "vpc", "cloudcrib.chapters.vpc.draw"),
        ("draw", "vpc_path", "cloudcrib.chapters.vpc.draw.path"),
        ("explore", "s3_paths", "cloudcrib.chapters.s3.explore.paths"),
        ("draw", "nowhere", None),
        ("draw", "_vpc", None),
    ],
)
def test_a_name_says_which_module_stands_behind_it(kind: str, name: str, module: str | None) -> None:
    assert home(kind, name) == module


def test_a_notebooks_figures_are_the_chapters_own() -> None:
    assert cloudcrib.draw.vpc_path is importlib.import_module("cloudcrib.chapters.vpc.draw.path")


def test_a_chapter_that_is_not_there_is_an_attribute_that_is_not_there() -> None:
    with pytest.raises(AttributeError, match="'nowhere'"):
        cloudcrib.explore.nowhere  # noqa: B018


OLD = {
    "from cloudcrib.model.vpc_path import Rule": ("Rule", "cloudcrib.chapters.vpc.path", "Rule"),
    "from cloudcrib.model import route53 as model; shares = model.shares": (
        "shares",
        "cloudcrib.chapters.route53.records",
        "shares",
    ),
    "import cloudcrib.model.s3_cost; IA = cloudcrib.model.s3_cost.IA": ("IA", "cloudcrib.chapters.s3.cost", "IA"),
}


@pytest.mark.parametrize("said", OLD)
def test_a_notebook_that_was_released_before_still_finds_its_models(said: str) -> None:
    name, module, attribute = OLD[said]
    code = f"{said}\nimport importlib; assert {name} is importlib.import_module({module!r}).{attribute}"

    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, timeout=60)


def test_every_model_of_released_notebooks_has_a_home() -> None:
    from cloudcrib import model

    homes = model._names()

    assert len(homes) == 36
    for home_ in homes.values():
        importlib.import_module(f"cloudcrib.chapters.{home_}")
