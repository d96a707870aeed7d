"""The colours of all figures: told apart by every eye, and read on a light page and on a dark one."""

from __future__ import annotations

# After Okabe and Ito, darker where theirs pale on white: each is a mark of contrast 3 or more on a page of either theme.
PALETTE = {
    "blue": "#005CA8", "orange": "#CC8600", "green": "#007C5B", "red": "#B84300", "sky": "#4A9BD9", "pink": "#C765A0",
    "yellow": "#A39400", "grey": "#636A73", "black": "#222222", "soft": "#444444", "pale": "#EEF1F4", "white": "#FFFFFF",
}  # fmt: skip
# In this order for things side by side that differ in name only.
SERIES = [PALETTE[name] for name in ("blue", "orange", "green", "pink", "sky", "red")]
STRONG = ("blue", "green", "red", "grey", "black", "soft")  # grounds for white letters, and letters themselves
# A page is dark when its theme turns a figure over: what is half way between black and white carries letters in neither.
WRITTEN = {"orange": "#8A5A00", "sky": "#1B6FAE", "pink": "#A23A78", "yellow": "#6E6400"}
TINT = 0.22


def hue(colour: str) -> str:
    """The palette's colour of that name, or any other colour as it is written."""
    return PALETTE.get(colour, colour)


def written(colour: str) -> str:
    """The colour for words about what is drawn in this one."""
    return next((dark for name, dark in WRITTEN.items() if hue(colour) == PALETTE[name]), hue(colour))


def tint(colour: str, part: float = TINT) -> str:
    """This colour on white, so strong: a ground for dark letters."""
    shades = (int(hue(colour)[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - shade) * part):02X}" for shade in shades)


def ground(colour: str) -> str:
    """What letters about a thing of this colour stand on: the colour, or its tint where no letters are read on it."""
    return tint(colour) if hue(colour) in {PALETTE[name] for name in WRITTEN} else hue(colour)


def ink(ground: str, dark: str = PALETTE["black"]) -> str:
    """The colour of letters that can be read on this ground."""
    return "white" if hue(ground) in {PALETTE[name] for name in STRONG} else dark
