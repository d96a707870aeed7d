"""Saved notebooks stay readable where no widget runs."""

from __future__ import annotations

from typing import Any

from cloudcrib.kit.views import VIEW, pre_save_hook


def saved(data: dict[str, Any]) -> dict[str, Any]:
    cell = {"cell_type": "code", "outputs": [{"output_type": "display_data", "data": data}]}
    model = {"type": "notebook", "content": {"cells": [{"cell_type": "markdown"}, cell]}}
    pre_save_hook(model=model, path="x.ipynb", contents_manager=None)
    return data


def test_an_output_that_can_be_read_loses_its_widget_view() -> None:
    assert saved({VIEW: {}, "text/markdown": "?"}) == {"text/markdown": "?"}
    assert saved({VIEW: {}, "image/png": "…"}) == {"image/png": "…"}
    assert saved({VIEW: {}, "text/html": "<table>"}) == {"text/html": "<table>"}


def test_an_output_that_is_only_a_widget_keeps_it() -> None:
    assert saved({VIEW: {}, "text/plain": "Slider()"}) == {VIEW: {}, "text/plain": "Slider()"}


def test_a_file_that_is_no_notebook_is_left_alone() -> None:
    model = {"type": "file", "content": "text"}

    pre_save_hook(model=model, path="x.txt", contents_manager=None)

    assert model == {"type": "file", "content": "text"}
