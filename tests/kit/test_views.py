"""Saved notebooks stay readable where no widget runs, and what is not ours stays as it is."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from cloudcrib.kit.views import VIEW, of_the_course, ours, strip

OURS = ours("1")


def stripped(data: dict[str, Any], *tags: str) -> dict[str, Any]:
    outputs = [{"output_type": "display_data", "data": data}]
    strip({"cells": [{"cell_type": "markdown"}, {"metadata": {"tags": list(tags)}, "outputs": outputs}]})
    return data


def test_an_output_that_can_be_read_loses_its_widget_view() -> None:
    assert stripped({VIEW: OURS, "text/markdown": "?"}) == {"text/markdown": "?"}
    assert stripped({VIEW: OURS, "image/png": "…"}) == {"image/png": "…"}
    assert stripped({VIEW: OURS, "text/html": "<table>"}) == {"text/html": "<table>"}


def test_an_output_that_is_only_a_widget_keeps_it() -> None:
    assert stripped({VIEW: OURS, "text/plain": "Slider()"}) == {VIEW: OURS, "text/plain": "Slider()"}


def test_a_widget_that_is_not_ours_keeps_its_view() -> None:
    other = {VIEW: {"model_id": "1"}, "text/html": "<table>"}

    assert stripped(dict(other)) == other


def test_a_quiz_of_before_there_was_a_mark_is_known_by_its_cell() -> None:
    assert stripped({VIEW: {"model_id": "1"}, "text/markdown": "?"}, "crib-quiz") == {"text/markdown": "?"}


def test_a_notebook_is_of_the_course_by_a_tag_of_ours() -> None:
    assert of_the_course({"cells": [{}, {"metadata": {"tags": ["crib-score"]}}]})
    assert not of_the_course({"cells": [{"metadata": {"tags": ["describe"]}, "source": "import cloudcrib"}]})


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"cells": 3},
        {"cells": [None, "x"]},
        {"cells": [{"metadata": 3, "outputs": {}}]},
        {"cells": [{"metadata": {"tags": [3, None]}, "outputs": [7, {"data": "x"}]}]},
        {"cells": [{"outputs": [{"data": {VIEW: 7, "text/html": ""}}]}]},
    ],
)
def test_a_notebook_of_any_form_passes_unchanged(odd: dict[str, Any]) -> None:
    before = copy.deepcopy(odd)

    strip(odd)

    assert not of_the_course(odd)
    assert odd == before
