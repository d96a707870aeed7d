"""Every explorer shows something at the ends of each of its controls, whatever the others say."""

from __future__ import annotations

import importlib
import inspect
import math
import pkgutil
import re
from collections.abc import Callable, Iterator
from typing import Any

import ipywidgets as w
import pytest
from drawn import words_drawn

from cloudcrib import chapters
from cloudcrib.kit.drawing import Picture
from cloudcrib.kit.exploring import Explorer

GIVEN: dict[str, dict[str, Any]] = {  # what a chapter hands over, mostly prices
    "iam.shared_bill": {"tiers": [(50, 0.023), (450, 0.022), (math.inf, 0.021)]},
    "databases.capacity": {"unit_hour": 0.00065, "per_million": 0.625},
    "databases.scan_or_warehouse": {"usd_tb": 5.0},
    "vpc.nat_bill": {"usd_hour": 0.045, "usd_gb": 0.045, "usd_crossing": 0.01, "usd_address": 0.005},
    "vpc.private_ways": {"usd_nat_gb": 0.045, "usd_hour": 0.01, "usd_gb": 0.01},
}


REFUSALS: dict[str, list[str]] = {  # what an explorer may say instead of a view: a sentence for what was typed or set
    "ec2.names": ["'(nonsense)?' is not the name of an instance type such as 'm7g.large'"],
    "ec2.placement": ["a spread group holds at most 7 running instances in a zone, so 14 here"],
    "s3.versions": [
        r"Write at least one step, such as PUT a\.",
        r"Say ENABLE, SUSPEND, PUT text, DELETE or DELETE id, not “NONSENSE ”\.",
    ],
    "vpc.overlaps": [r"'(nonsense)?' is no block of addresses such as 10\.0\.0\.0/16: .+"],
    "vpc.packing": [
        "10.1.0.0/23 has no room left for 50 addresses",
        "Type whole numbers above zero, for example: 20, 200, 50, 100",
    ],
    "vpc.routes": [r"'(nonsense)?' is no IPv4 address such as 10\.0\.4\.4: .+"],
}


UNITS = "credits|copies|hosts|failures|parts|interruptions|users|calls|blocks|queries|partitions|records|servers|versions|statements"
MANY = re.compile(  # “1 instances”: a number of one with a noun of many
    rf"(?<![\d.,:/–-])1 (instances|months|zones|targets|addresses|subnets|requests|days|hours|minutes|years|objects|{UNITS})\b"
)


def modules() -> Iterator[tuple[str, Any]]:
    """Each chapter's modules of explorers under the name that notebooks use: `s3_paths` for `chapters/s3/explore/paths`."""
    for found in pkgutil.walk_packages(chapters.__path__, f"{chapters.__name__}."):
        slug, kind, *part = [*found.name.removeprefix(f"{chapters.__name__}.").split("."), ""]
        if kind == "explore":
            yield "_".join([slug, *filter(None, part)]), importlib.import_module(found.name)


def makers() -> Iterator[tuple[str, Callable[..., Explorer]]]:
    for place, module in modules():
        for name, maker in inspect.getmembers(module, inspect.isfunction):
            shows = inspect.signature(maker).return_annotation in (Explorer, "Explorer")
            if shows and maker.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{place}.{name}", maker


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


def views(made: Explorer, values: dict[str, Any], refusals: list[str], met: set[str]) -> list[Any]:
    """What an explorer shows at a position. Only a refusal that is expected of it may stand for a view: any other ValueError is an accident."""
    try:
        shown = made.show(**values)
    except ValueError as refused:
        expected = [one for one in refusals if re.fullmatch(one, str(refused))]
        if not expected:
            raise
        met.update(expected)
        return [str(refused)]
    return list(shown) if isinstance(shown, (list, tuple)) else [shown]


@pytest.mark.parametrize("name", MAKERS)
def test_an_explorer_shows_something_at_every_end(name: str) -> None:
    made, met = MAKERS[name](**GIVEN.get(name, {})), set[str]()

    for values in positions(made):
        with words_drawn() as said:
            found = views(made, values, REFUSALS.get(name, []), met)
        assert found and all(is_view(view) for view in found), values
        said += [view.alt if isinstance(view, Picture) else str(view) for view in found]
        assert [each for each in said if MANY.search(each)] == [], values
        assert not any("nan" in str(view).lower().split() for view in found if isinstance(view, str)), values
    assert met == {*REFUSALS.get(name, [])}


def is_view(view: Any) -> bool:
    """A picture that can be seen and heard, a table with rows, or words."""
    if isinstance(view, Picture):
        return bool(view.png and view.alt)
    return len(view) > 0 if hasattr(view, "to_html") else isinstance(view, str) and bool(view.strip())


def stub(error: Exception | None = None, shows: Any = "words") -> Explorer:
    def show() -> Any:
        if error:
            raise error
        return shows

    return Explorer(show, {})


def test_an_accident_is_no_refusal() -> None:
    met: set[str] = set()

    assert views(stub(ValueError("Type a number")), {}, ["Type a number"], met) == ["Type a number"]
    assert met == {"Type a number"}
    with pytest.raises(ValueError, match="Type a number"):
        views(stub(ValueError("Type a number: not this")), {}, ["Type a number"], met)
    with pytest.raises(KeyError):
        views(stub(KeyError("Type a number")), {}, ["Type a number"], met)
    assert [is_view(view) for view in ("words", " ", "", None, Picture(b"", "alt"))] == [
        True,
        False,
        False,
        False,
        False,
    ]


def test_every_explorer_of_the_course_is_looked_at() -> None:
    assert len(MAKERS) >= 40
    assert {*GIVEN, *REFUSALS} <= {*MAKERS}
    assert {place.split("_")[0] for place, _ in modules()} == {name.split(".")[0].split("_")[0] for name in MAKERS}
