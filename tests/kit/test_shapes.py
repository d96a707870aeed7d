"""What diagrams are made of, and how a test sees that words cover each other or leave the canvas."""

import pytest
from drawn import Drawn, paint
from matplotlib.colors import to_hex

from cloudcrib.kit import shapes
from cloudcrib.kit.drawing import PALETTE, Picture, blank, canvas, headline, picture
from cloudcrib.kit.palette import tint


def diagram(*words: tuple[float, str], title: str = "A finding") -> Drawn:
    """A small diagram with words at these places, written from the left."""

    def drawing() -> Picture:
        figure, ax = canvas("")
        headline(figure, title)
        blank(ax, 100, 100)
        for x, said in words:
            ax.text(x, 50, said)
        return picture(figure, "Words.")

    seen = paint(drawing)
    assert seen
    return seen


@pytest.mark.parametrize(
    ("ground", "letters"), [("blue", "white"), ("orange", PALETTE["black"]), ("white", PALETTE["black"])]
)
def test_letters_can_be_read_on_their_ground(ground: str, letters: str) -> None:
    assert shapes.ink(ground) == letters


def test_a_box_is_edged_in_its_own_colour_and_named_in_its_middle() -> None:
    _, ax = canvas("")

    shape = shapes.box(ax, 10, 20, 30, 10, "server", "green")

    assert [to_hex(colour).upper() for colour in (shape.get_facecolor(), shape.get_edgecolor())] == [
        PALETTE["green"]
    ] * 2
    assert [(text.get_text(), text.get_position(), text.get_color()) for text in ax.texts] == [
        ("server", (25, 25), "white")
    ]


def test_a_box_of_a_colour_on_which_no_letters_are_read_is_tinted_and_keeps_its_edge() -> None:
    _, ax = canvas("")

    shape = shapes.box(ax, 0, 0, 1, 1, "NAT", "sky", edge="none")

    assert [to_hex(colour).upper() for colour in (shape.get_facecolor(), shape.get_edgecolor())] == [
        tint("sky"),
        PALETTE["sky"],
    ]
    assert ax.texts[0].get_color() == PALETTE["black"]


def test_words_too_faint_for_their_ground_are_noticed() -> None:
    def drawing() -> Picture:
        figure, ax = canvas("A finding")
        blank(ax, 100, 100)
        for y, name in ((20, "blue"), (60, "sky")):
            shapes.block(ax, 0, y, 60, 20, name)
            ax.text(30, y + 10, name, ha="center", va="center", color="white")
        return picture(figure, "Words.")

    seen = paint(drawing)

    assert seen and [each.split()[0] for each in seen.faint()] == ["sky"]


def test_a_box_without_filling_has_dark_letters() -> None:
    _, ax = canvas("")

    shape = shapes.box(ax, 0, 0, 1, 1, "empty", "green", fill=0)

    assert to_hex(shape.get_facecolor()) == "#ffffff"
    assert ax.texts[0].get_color() == PALETTE["black"]


def test_the_words_of_an_arrow_stand_above_its_middle() -> None:
    _, ax = canvas("")

    shapes.arrow(ax, (0, 10), (20, 10), said="request", above=2)

    assert [text.get_position() for text in ax.texts if text.get_text() == "request"] == [(10, 12)]


def test_words_side_by_side_do_not_meet() -> None:
    seen = diagram((0, "left"), (50, "right"))

    assert (seen.collisions(), seen.outside()) == ([], [])


def test_words_on_other_words_are_noticed() -> None:
    assert diagram((0, "a long sentence"), (10, "another")).collisions() == [("a long sentence", "another")]


def test_words_that_leave_the_canvas_are_noticed() -> None:
    assert diagram(title="A finding that goes on " * 5).outside() == ["A finding that goes on " * 5]
