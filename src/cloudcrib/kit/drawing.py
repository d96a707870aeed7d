"""Static figures: one palette, one size, a title that says the finding, and alt text."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cloudcrib.kit.palette import PALETTE, SERIES

__all__ = [
    "DPI",
    "HATCHED",
    "HEIGHT",
    "PALETTE",
    "SERIES",
    "WIDTH",
    "Picture",
    "blank",
    "canvas",
    "headline",
    "picture",
]

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from PIL.Image import Image

HATCHED = {"hatch": "//", "edgecolor": PALETTE["white"]}  # for what is refused, cut or new, beside what is not
WIDTH, HEIGHT, DPI = 6.4, 3.6, 150
COLOURS = 128  # flat colours and the edges of letters need no more; it halves a notebook
STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans", "font.size": 9, "axes.titlesize": 10.5, "axes.titleweight": "bold", "axes.titlelocation": "left",
    "axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": PALETTE["grey"], "axes.labelcolor": PALETTE["black"],
    "text.color": PALETTE["black"], "axes.titlecolor": PALETTE["black"], "xtick.color": PALETTE["soft"],
    "ytick.color": PALETTE["soft"], "axes.grid": False, "legend.frameon": False, "figure.facecolor": PALETTE["white"],
}  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """A drawn figure and the words for those who do not see it."""

    png: bytes
    alt: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, str], dict[str, Any]]:
        data = {"image/png": base64.b64encode(self.png).decode(), "text/plain": self.alt}
        looks = {"alt": self.alt, "width": int(WIDTH * 100)}
        return data, {"image/png": looks, "needs_background": "light"}  # where JupyterLab looks; see kit/pagelook


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
    from PIL.Image import Dither

    small = io.BytesIO()
    painted(figure).quantize(COLOURS, dither=Dither.NONE).save(small, format="PNG")
    return Picture(small.getvalue(), alt)


def painted(figure: Figure) -> Image:
    """The figure in its pixels, painted once: to save it as a file would paint it twice."""
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL.Image import frombuffer

    canvas = FigureCanvasAgg(figure)
    with matplotlib.rc_context(STYLE):
        canvas.draw()  # type: ignore[no-untyped-call]
    pixels = canvas.buffer_rgba()  # type: ignore[no-untyped-call]
    return frombuffer("RGBA", canvas.get_width_height(), pixels, "raw", "RGBA", 0, 1).convert("RGB")
