"""What JupyterLab's server does for us: keep saved notebooks readable where no widget runs."""

from __future__ import annotations

from typing import Any

VIEW = "application/vnd.jupyter.widget-view+json"
READABLE = ("text/markdown", "text/html", "image/png", "image/svg+xml", "image/jpeg")


def pre_save_hook(model: dict[str, Any], **_: Any) -> None:
    """An output that has a readable form loses its widget view, which no later kernel could fill.

    A re-opened notebook then shows the questions and pictures, not “Error displaying widget”, until it is run.
    """
    if model.get("type") == "notebook" and isinstance(model.get("content"), dict):
        strip(model["content"])


def strip(notebook: dict[str, Any]) -> None:
    """Drop the widget view from each output of a notebook that can also be read without it."""
    for cell in notebook.get("cells", []):
        for output in cell.get("outputs", []):
            drop_view(output.get("data", {}))


def drop_view(data: dict[str, Any]) -> None:
    """Drop the widget view from what an output shows, where a readable form stands beside it."""
    if any(kind in data for kind in READABLE):
        data.pop(VIEW, None)
