"""Every explorer shows something at the ends of each of its controls, whatever the others say."""

from __future__ import annotations

import importlib
import inspect
import math
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import ipywidgets as w
import pytest

from cloudcrib import explore
from cloudcrib.kit.drawing import Picture
from cloudcrib.kit.exploring import Explorer

GIVEN: dict[str, dict[str, Any]] = {  # what a chapter hands over, mostly prices
    "iam.shared_bill": {"tiers": [(50, 0.023), (450, 0.022), (math.inf, 0.021)]},
    "databases.capacity": {"unit_hour": 0.00065, "per_million": 0.625},
    "databases.scan_or_warehouse": {"usd_tb": 5.0},
    "vpc.nat_bill": {"usd_hour": 0.045, "usd_gb": 0.045, "usd_crossing": 0.01, "usd_address": 0.005},
}


def makers() -> Iterator[tuple[str, Callable[..., Explorer]]]:
    for found in pkgutil.iter_modules(explore.__path__):
        module = importlib.import_module(f"cloudcrib.kit.exploring.{found.name}")
        for name, maker in inspect.getmembers(module, inspect.isfunction):
            shows = inspect.signature(maker).return_annotation in (Explorer, "Explorer")
            if shows and maker.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{found.name}.{name}", maker


MAKERS = dict(makers())


def ends(control: Any) -> list[Any]:
    """The values of a control where a model is likeliest to break."""
    if isinstance(control, w.Checkbox):
        return [False, True]
    if isinstance(control, w.Text):
        return ["", "nonsense", control.value]
    if hasattr(control, "options"):
        return [value for _, value in control.options]
    return [control.min, control.max]


def positions(made: Explorer) -> Iterator[dict[str, Any]]:
    """As it starts, one control after the other at each of its ends, and all at one end together."""
    start = made.values
    yield start
    for name, control in made.controls.items():
        yield from ({**start, name: value} for value in ends(control))
    for at in (0, -1):
        yield {name: ends(control)[at] for name, control in made.controls.items()}


@pytest.mark.parametrize("name", MAKERS)
def test_an_explorer_shows_something_at_every_end(name: str) -> None:
    made = MAKERS[name](**GIVEN.get(name, {}))

    for values in positions(made):
        try:
            shown = made.show(**values)
        except ValueError as refused:  # a sentence for what was typed
            shown = str(refused)
        views = list(shown) if isinstance(shown, (list, tuple)) else [shown]
        assert views and all(view is not None for view in views), values
        assert all(view.png and view.alt for view in views if isinstance(view, Picture)), values
        assert not any("nan" in str(view).lower().split() for view in views if isinstance(view, str)), values


def test_every_explorer_of_the_course_is_looked_at() -> None:
    assert len(MAKERS) >= 40
    assert {*GIVEN} <= {*MAKERS}
