"""How far colours stand apart: on a light page, on a dark one, and for eyes that lack a kind of cone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cloudcrib.kit.pagelook import GROUND, INVERTED

Colour = Sequence[float]  # red, green and blue of sRGB, from 0 to 1
LIGHT, DARK = "#FFFFFF", GROUND
TURN = np.array([[-0.574, 1.430, 0.144], [0.426, 0.430, 0.144], [0.426, 1.430, -0.856]])  # CSS: hue-rotate(180deg)
CONES = {  # Machado, Oliveira and Fernandes 2009, at full strength, in linear light
    "none": np.eye(3),
    "protan": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deutan": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritan": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip


def rgb(colour: str) -> np.ndarray:
    return np.array([int(colour.lstrip("#")[at : at + 2], 16) / 255 for at in (0, 2, 4)])


def turned(colour: Colour) -> np.ndarray:
    """The colour that a dark page makes of this one of a figure: inverted, then its hue turned back."""
    shown = np.asarray(colour)
    return np.clip((INVERTED + shown * (1 - 2 * INVERTED)) @ TURN.T, 0, 1)


def contrast(one: Colour, other: Colour) -> float:
    """WCAG's ratio of luminances, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def least(ink: str, ground: str = LIGHT) -> float:
    """The contrast of an ink on a ground of the figure, in the theme in which it is worse."""
    pairs = ((rgb(ink), rgb(ground)), (turned(rgb(ink)), turned(rgb(ground))))
    return min(contrast(*pair) for pair in pairs)


def apart(one: Colour, other: Colour, cones: str) -> float:
    """How different two colours look (CIE 1976 ΔE) to eyes of this kind."""
    return float(np.linalg.norm(_lab(one, CONES[cones]) - _lab(other, CONES[cones])))


def _luminance(colour: Colour) -> float:
    return float(_linear(colour) @ (0.2126, 0.7152, 0.0722))


def _linear(colour: Colour) -> np.ndarray:
    shown = np.asarray(colour)
    return np.where(shown <= 0.04045, shown / 12.92, ((shown + 0.055) / 1.055) ** 2.4)


def _lab(colour: Colour, cones: np.ndarray) -> np.ndarray:
    seen = np.clip(cones @ _linear(colour), 0, 1)
    white = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt((white @ seen) / (0.95047, 1, 1.08883))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
