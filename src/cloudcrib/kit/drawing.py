"""Static figures: one palette, one size, a title that says the finding, and alt text."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito's colours, told apart by readers with any kind of colour vision.
PALETTE = {
    "blue": "#0072B2", "orange": "#E69F00", "green": "#009E73", "red": "#D55E00",
    "sky": "#56B4E9", "pink": "#CC79A7", "yellow": "#F0E442", "black": "#222222", "grey": "#8A8F98", "pale": "#EEF1F4",
}  # fmt: skip
# In this order for things side by side that differ in name only.
SERIES = [PALETTE[name] for name in ("blue", "orange", "green", "pink", "sky", "red")]
HATCHED = {"hatch": "//", "edgecolor": "white"}  # for what is refused, cut or new, beside what is not
WIDTH, HEIGHT, DPI = 6.4, 3.6, 150
COLOURS = 128  # flat colours and the edges of letters need no more; it halves a notebook
STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans", "font.size": 9, "axes.titlesize": 10.5, "axes.titleweight": "bold", "axes.titlelocation": "left",
    "axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": "#8A8F98", "axes.labelcolor": "#222222",
    "xtick.color": "#444444", "ytick.color": "#444444", "axes.grid": False, "legend.frameon": False, "figure.facecolor": "white",
}  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """A drawn figure and the words for those who do not see it."""

    png: bytes
    alt: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, str], dict[str, Any]]:
        data = {"image/png": base64.b64encode(self.png).decode(), "text/plain": self.alt}
        return data, {"image/png": {"alt": self.alt, "width": int(WIDTH * 100)}}


def canvas(
    title: str, width: float = WIDTH, height: float = HEIGHT, rows: int = 1, cols: int = 1, **options: Any
) -> tuple[Figure, Any]:
    """A figure and its axes (one, or an array), titled with the finding; inches, at most 6.4 × 3.6 unless a table needs more."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(width, height), dpi=DPI, layout="constrained")
        axes = figure.subplots(rows, cols, **options)
        if rows * cols == 1:
            axes.set_title(title, pad=10)
        else:
            headline(figure, title)
    return figure, axes


def headline(figure: Figure, finding: str) -> None:
    """The finding over all axes, from the left edge: a long one, or long names of rows, would push it out of the picture."""
    figure.suptitle(finding, x=0.01, ha="left", fontsize=10.5, fontweight="bold")


def blank(ax: Axes, width: float = 1, height: float = 1) -> Axes:
    """Axes for a diagram: no frame, no ticks, from (0, 0) to (width, height)."""
    ax.set(xlim=(0, width), ylim=(0, height))
    ax.axis("off")
    return ax


def picture(figure: Figure, alt: str) -> Picture:
    """The finished figure as a small PNG whose bytes depend on nothing but what was drawn."""
    import matplotlib
    from PIL import Image

    drawn, small = io.BytesIO(), io.BytesIO()
    with matplotlib.rc_context(STYLE):
        figure.savefig(drawn, format="png", dpi=DPI)
    Image.open(drawn).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(small, format="PNG")
    return Picture(small.getvalue(), alt)
