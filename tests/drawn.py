"""What a figure shows, read back from what was drawn: words, bars, lines, points, and where the words stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from unittest import mock

import numpy as np
from contrast import least
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

from cloudcrib.kit import drawing
from cloudcrib.kit.drawing import Picture

ACROSS, ALONG = (
    1.0,
    5.0,
)  # pixels at 150 an inch that boxes of words may share: under each line is room for letters with tails


@dataclass(frozen=True)
class Bar:
    """One bar, standing or lying: where it starts on both axes, and how far it reaches."""

    x: float
    y: float
    width: float
    height: float
    label: str


@dataclass(frozen=True)
class Drawn:
    """A picture together with the figure behind it."""

    picture: Picture
    figure: Figure

    @property
    def alt(self) -> str:
        return self.picture.alt

    @property
    def title(self) -> str:
        """The finding: over all axes, or over the only ones."""
        whole = self.figure.get_suptitle()
        return whole or self.figure.axes[0].get_title(loc="left")

    @property
    def words(self) -> list[str]:
        """All that can be read in the figure, line breaks as spaces."""
        return [" ".join(each.get_text().split()) for each in self.texts()]

    def texts(self) -> Iterator[Text]:
        """All that stands in the figure in letters."""
        found: list[Text] = [*self.figure.texts]
        for legend in self.figure.legends:
            found += legend.get_texts()
        for ax in self.figure.axes:
            found += _texts(ax)
        return (text for text in found if text.get_visible() and text.get_text().strip())

    def ticks(self, axis: str, at: int = 0) -> list[str]:
        """The labels along the x or y axis, line breaks as spaces."""
        ax = self.figure.axes[at]
        labels = _labels(ax.xaxis if axis == "x" else ax.yaxis)
        return [" ".join(label.get_text().split()) for label in labels]

    def legend(self, at: int = 0) -> list[str]:
        """The entries of a legend."""
        legend = self.figure.axes[at].get_legend() or self.figure.legends[0]
        return [text.get_text() for text in legend.get_texts()]

    def bars(self, at: int = 0, label: str | None = None) -> list[Bar]:
        """The bars in the order in which they were drawn; those of one legend entry, if it is named."""
        found = []
        for group in self.figure.axes[at].containers:
            said = str(group.get_label())
            for bar in group:
                if label in (None, said) and isinstance(bar, Rectangle):
                    x, y, width, height = (round(n, 6) for n in (*bar.get_xy(), bar.get_width(), bar.get_height()))
                    found.append(Bar(x, y, width, height, said))
        return found

    def heights(self, at: int = 0, label: str | None = None) -> list[float]:
        return [bar.height for bar in self.bars(at, label)]

    def widths(self, at: int = 0, label: str | None = None) -> list[float]:
        return [bar.width for bar in self.bars(at, label)]

    def tiles(self, at: int = 0) -> list[tuple[float, float]]:
        """The rectangles of a diagram, each as its left edge and its width."""
        return [
            (round(tile.get_x(), 6), round(tile.get_width(), 6))
            for tile in self.figure.axes[at].patches
            if isinstance(tile, Rectangle)
        ]

    def shades(self, at: int = 0, label: str | None = None) -> list[str]:
        """The colours of the bars."""
        groups = [group for group in self.figure.axes[at].containers if label in (None, str(group.get_label()))]
        return [to_hex(bar.get_facecolor()).upper() for group in groups for bar in group]

    def lines(self, at: int = 0) -> list[list[tuple[float, float]]]:
        """Every line as its points; a single marker is a line of one point."""
        return [_points(line) for line in self.figure.axes[at].lines]

    def colours(self, *said: str) -> list[str]:
        """The colours of the boxes in which these words stand."""
        return [_ground(self.figure, each) for each in said]

    def outside(self) -> list[str]:
        """Words that the canvas cuts off."""
        paper = self.figure.bbox
        return [said for said, box in self._boxes() if not _holds(paper, box)]

    def collisions(self) -> list[tuple[str, str]]:
        """Words that lie on other words."""
        pairs = combinations(self._boxes(), 2)
        return [(one, other) for (one, a), (other, b) in pairs if _overlap(a, b)]

    def faint(self) -> list[str]:
        """Words that stand out too little from what lies under them, on a light page or on a dark one."""
        canvas, texts = self.figure.canvas, list(self.texts())
        assert isinstance(canvas, FigureCanvasAgg)
        self.figure.set_layout_engine("none")  # or what is left would move where the words stood
        boxes = [Text.get_window_extent(text, canvas.get_renderer()) for text in texts]
        with ExitStack() as hidden:
            for text in texts:
                hidden.callback(text.set_visible, text.get_visible())
                text.set_visible(False)
            canvas.draw()
            paper = np.asarray(canvas.buffer_rgba())[::-1, :, :3].copy()
        found = []
        for text, box in zip(texts, boxes, strict=True):
            ground = _halo(text) or _most(paper, box)
            large = text.get_fontsize() >= 18 or (text.get_fontsize() >= 14 and text.get_weight() == "bold")
            if least(to_hex(text.get_color()), ground) < (3 if large else 4.5):
                found.append(f"{text.get_text()} ({to_hex(text.get_color())} on {ground})")
        return found

    def _boxes(self) -> list[tuple[str, Bbox]]:
        canvas = self.figure.canvas
        assert isinstance(canvas, FigureCanvasAgg)
        renderer = canvas.get_renderer()
        return [(each.get_text(), Text.get_window_extent(each, renderer)) for each in self.texts()]


@contextmanager
def words_drawn() -> Iterator[list[str]]:
    """All that can be read in the figures that are painted meanwhile."""
    said: list[str] = []
    paint = drawing.painted

    def painted(figure: Figure) -> Image.Image:
        made = paint(figure)
        said.extend(Drawn(Picture(b"", ""), figure).words)
        return made

    with mock.patch.object(drawing, "painted", painted):
        yield said


def look(figure_function: Callable[..., Picture], *args: Any, **named: Any) -> Drawn:
    """What a figure holds, without the time that it takes to paint it."""
    return _kept(lambda figure: Image.new("RGB", (1, 1)), lambda: figure_function(*args, **named))


def paint(draw: Callable[[], Picture | None]) -> Drawn | None:
    """A figure painted as readers see it, so that its size and the places of its words are known; None if none is drawn."""
    return _kept(drawing.painted, draw)


def _kept(paint: Callable[[Figure], Image.Image], draw: Callable[[], Picture | None]) -> Drawn | None:
    kept: list[Figure] = []

    def painted(figure: Figure) -> Image.Image:
        kept.append(figure)
        return paint(figure)

    with mock.patch.object(drawing, "painted", painted):
        made = draw()
    if made is None:
        return None
    FigureCanvasAgg(kept[-1])
    return Drawn(made, kept[-1])


def _texts(ax: Axes) -> list[Text]:
    found = [ax.title, ax._left_title, ax._right_title, *ax.texts]
    if legend := ax.get_legend():
        found += legend.get_texts()
    if ax.axison:
        found += [ax.xaxis.label, ax.yaxis.label, *_labels(ax.xaxis), *_labels(ax.yaxis)]
    return found


def _labels(axis: Any) -> list[Text]:
    axis.get_ticklabels()  # writes the labels that painting would write
    low, high = sorted(axis.get_view_interval())
    edge = 1e-9 * (high - low)
    ticks = [tick for tick in axis.get_major_ticks() if low - edge <= tick.get_loc() <= high + edge]
    labels = [label for tick in ticks for label in (tick.label1, tick.label2)]
    return [label for label in labels if label.get_visible() and label.get_text()]


def _points(line: Line2D) -> list[tuple[float, float]]:
    return [(round(float(x), 6), round(float(y), 6)) for x, y in line.get_xydata()]


def _ground(figure: Figure, said: str) -> str:
    for ax in figure.axes:
        for text in ax.texts:
            if " ".join(text.get_text().split()) == said:
                around = [
                    p
                    for p in ax.patches
                    if p.get_path().get_extents(p.get_patch_transform()).contains(*text.get_position())
                ]
                return to_hex(around[-1].get_facecolor()).upper()
    raise AssertionError(f"{said!r} stands nowhere")


def _holds(paper: Bbox, box: Bbox) -> bool:
    return box.x0 >= paper.x0 - 1 and box.y0 >= paper.y0 - 1 and box.x1 <= paper.x1 + 1 and box.y1 <= paper.y1 + 1


def _halo(text: Text) -> str:
    """The ground that words bring with them."""
    patch = text.get_bbox_patch()
    return to_hex(patch.get_facecolor()) if patch and patch.get_facecolor()[3] >= 0.8 else ""


def _most(paper: np.ndarray, box: Bbox) -> str:
    """The colour of which there is most under a box of words."""
    tall, wide = paper.shape[:2]
    x0, x1 = (int(min(max(x, 0), wide - 1)) for x in (box.x0, box.x1))
    y0, y1 = (int(min(max(y, 0), tall - 1)) for y in (box.y0, box.y1))
    colours, counts = np.unique(paper[y0 : y1 + 1, x0 : x1 + 1].reshape(-1, 3), axis=0, return_counts=True)
    return "#" + bytes(colours[counts.argmax()]).hex()


def _overlap(a: Bbox, b: Bbox) -> bool:
    across = min(a.x1, b.x1) - max(a.x0, b.x0)
    along = min(a.y1, b.y1) - max(a.y0, b.y0)
    return across > ACROSS and along > ALONG
