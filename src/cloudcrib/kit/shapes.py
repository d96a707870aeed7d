"""What diagrams are made of: blocks, boxes with words in them, and arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cloudcrib.kit.palette import PALETTE, ground, hue, ink, tint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch

Point = tuple[float, float]


def block(
    ax: Axes,
    x: float,
    y: float,
    width: float,
    height: float,
    colour: str,
    *,
    edge: str = "none",
    corner: float = 0,
    line: float = 1,
    **look: Any,
) -> Patch:
    """A rectangle from its lower left corner: filled with one colour, edged with another, its corners rounded or not."""
    from matplotlib.patches import FancyBboxPatch, Rectangle

    look |= {"facecolor": hue(colour), "edgecolor": hue(edge), "linewidth": line}
    if not corner:
        return ax.add_patch(Rectangle((x, y), width, height, **look))
    rounded = f"round,pad=0,rounding_size={corner:g}"
    return ax.add_patch(FancyBboxPatch((x, y), width, height, boxstyle=rounded, **look))


def box(
    ax: Axes,
    x: float,
    y: float,
    width: float,
    height: float,
    said: str,
    colour: str,
    *,
    fill: float = 1,
    edge: str = "",
    corner: float = 1,
    line: float = 1.4,
    size: float | None = 8.5,
    dark: str = PALETTE["black"],
    **text: Any,
) -> Patch:
    """A thing of the diagram, its name in the middle: filled as strongly as `fill` says (0: white), edged in its own colour or another."""
    paper = (ground(colour) if said else hue(colour)) if fill == 1 else tint(colour, fill)
    pale = paper != hue(colour) and edge in ("none", "white")  # what is filled with a tint needs its edge to be seen
    shape = block(ax, x, y, width, height, paper, edge=colour if pale else edge or colour, corner=corner, line=line)
    letters: dict[str, Any] = {"ha": "center", "va": "center", "color": ink(paper, dark), "fontsize": size}
    ax.text(x + width / 2, y + height / 2, said, **{**letters, **text})
    return shape


def arrow(
    ax: Axes,
    start: Point,
    end: Point,
    colour: str = "black",
    *,
    head: str = "-|>",
    line: float = 1.4,
    dash: str = "-",
    bend: float = 0,
    gaps: Point = (0, 0),
    said: str = "",
    above: float = 1.6,
    **look: Any,
) -> None:
    """Something goes from start to end, straight or bent, leaving gaps (in points) at both; words may stand above its middle."""
    look |= {"arrowstyle": head, "color": hue(colour), "linewidth": line, "linestyle": dash}
    look |= {"connectionstyle": f"arc3,rad={bend:g}", "shrinkA": gaps[0], "shrinkB": gaps[1]}
    ax.annotate("", end, start, arrowprops=look)
    if said:
        middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + above
        ax.text(*middle, said, ha="center", va="bottom", fontsize=7.8, color=PALETTE["black"])
