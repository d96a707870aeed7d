"""The model of the tour: what a guess is worth."""

from typing import Any

from cloudcrib.chapters.start import draw
from cloudcrib.chapters.start import guessing as start
from cloudcrib.kit.exploring import Explorer, buttons, explorer, slider, toggle


def guessing() -> Explorer:
    """Say how many answers you know, strike out options, and guess the rest or not."""
    return explorer(
        _guessing,
        known=slider("questions you know", 0, 65, 35),
        options_left=buttons("options left", {"all four": 4, "three": 3, "two": 2}),
        guess=toggle("guess the others", True),
    )


def _guessing(known: int, options_left: int, guess: bool) -> list[Any]:
    _, right = start.rounded(65, known, options_left, guess)
    said = f"About **{right}** of 65 right. How that becomes a score is AWS's secret; that a guess is free is not."
    return [draw.guessing(known, options_left, guess), said]
