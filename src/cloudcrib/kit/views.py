"""What a saved notebook shows where no widget runs: of each output of ours, the form that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

VIEW = "application/vnd.jupyter.widget-view+json"
READABLE = ("text/markdown", "text/html", "image/png", "image/svg+xml", "image/jpeg")
OURS = "cloudcrib"  # marks a view of ours, in what the view itself says of its model
QUIZ = "crib-quiz"  # the tag of a quiz cell


def ours(model_id: str) -> dict[str, Any]:
    """A widget's view as an output carries it, marked as ours."""
    return {"version_major": 2, "version_minor": 0, "model_id": model_id, OURS: True}


def strip(notebook: dict[str, Any]) -> None:
    """Drop the widget view from each output of ours that can also be read without it.

    No later kernel could fill that view; a notebook that is opened again would show “Error displaying widget” in its place.
    """
    for cell in _listed(notebook, "cells"):
        quiz = QUIZ in _listed(cell.get("metadata"), "tags", str)
        for output in _listed(cell, "outputs"):
            data = output.get("data")
            if isinstance(data, dict) and (quiz or _marked(data.get(VIEW))):
                drop_view(data)


def _marked(view: object) -> bool:
    return isinstance(view, dict) and view.get(OURS) is True


def drop_view(data: dict[str, Any]) -> None:
    """Drop the widget view from what an output shows, where a readable form stands beside it."""
    if any(kind in data for kind in READABLE):
        data.pop(VIEW, None)


def of_the_course(notebook: dict[str, Any]) -> bool:
    """Whether this is a notebook of a course of ours: one of its cells has a tag of ours."""
    return any(tag.startswith("crib-") for tag in _tags(notebook))


def _tags(notebook: dict[str, Any]) -> Iterator[str]:
    for cell in _listed(notebook, "cells"):
        yield from _listed(cell.get("metadata"), "tags", str)


def _listed(thing: object, name: str, kind: type = dict) -> list[Any]:
    """What stands in a list of a notebook that anybody may have written, as far as it is of the kind that belongs there."""
    found = thing.get(name) if isinstance(thing, dict) else None
    return [each for each in found if isinstance(each, kind)] if isinstance(found, list) else []
