"""Every colour of the figures is read on a light page and on a dark one, and told apart by every eye."""

import itertools

import pytest
from contrast import CONES, DARK, LIGHT, apart, least, rgb, turned

from cloudcrib.kit.pagelook import GROUND, INVERTED, style
from cloudcrib.kit.palette import PALETTE, SERIES, STRONG, WRITTEN, ground, hue, ink, tint, written

TEXT, MARK = 4.5, 3.0  # WCAG 2.2: letters, and what must be seen to understand a figure
MARKS = [name for name in PALETTE if name not in ("pale", "white")]
APART = 10  # a just noticeable difference of ΔE is about 2.3


@pytest.mark.parametrize("name", MARKS)
def test_a_mark_is_seen_on_a_page_of_either_theme(name: str) -> None:
    assert least(PALETTE[name]) >= MARK


@pytest.mark.parametrize("name", MARKS)
def test_words_of_a_colour_are_read_on_a_page_of_either_theme(name: str) -> None:
    assert least(written(name)) >= TEXT


@pytest.mark.parametrize("name", STRONG)
def test_words_of_a_strong_colour_are_read_on_the_pale_ground_of_a_diagram(name: str) -> None:
    assert least(PALETTE[name], PALETTE["pale"]) >= TEXT


@pytest.mark.parametrize("name", [*PALETTE, *WRITTEN])
def test_letters_on_a_thing_are_read_in_either_theme(name: str) -> None:
    paper = ground(name)
    letters = ink(paper)

    assert least(hue(letters), paper) >= TEXT


@pytest.mark.parametrize("name", PALETTE)
def test_dark_letters_are_read_on_every_tint(name: str) -> None:
    assert least(PALETTE["black"], tint(name)) >= TEXT


@pytest.mark.parametrize("cones", CONES)
@pytest.mark.parametrize("dark", [False, True])
def test_the_colours_of_a_series_are_told_apart_by_every_eye(cones: str, dark: bool) -> None:
    shown = [turned(rgb(colour)) if dark else rgb(colour) for colour in SERIES]

    assert min(apart(one, other, cones) for one, other in itertools.combinations(shown, 2)) >= APART


def test_a_dark_page_turns_the_white_of_a_figure_into_its_own_ground() -> None:
    assert [round(255 * shade) for shade in turned(rgb(LIGHT))] == [round(255 * shade) for shade in rgb(DARK)]
    assert f"filter: invert({INVERTED:.5f}) hue-rotate(180deg)" in style() and GROUND == DARK


def test_the_contrast_of_black_on_white_is_the_greatest_there_is() -> None:
    assert least("#000000") == pytest.approx(15.9, abs=2.5)
    assert least("#777777") < TEXT < least("#595959")


def test_a_tint_goes_from_white_to_the_colour() -> None:
    assert (tint("blue", 0), tint("blue", 1), tint("#000000", 0.5)) == ("#FFFFFF", PALETTE["blue"], "#808080")
