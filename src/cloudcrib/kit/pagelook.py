"""How figures and explorers stand on a page: turned over on a dark one, and narrow where the page is.

The style sheet reaches JupyterLab as an extension of this package; explorers bring it along to pages without it.
"""

from __future__ import annotations

import functools
from pathlib import Path

EXTENSIONS = Path(__file__).parent / "labextensions"
GROUND = "#111111"  # of JupyterLab's dark theme
INVERTED = 1 - 0x11 / 0xFF  # turns the white of a figure into this ground, and its black into as light a grey


@functools.cache
def style() -> str:
    """The style sheet as an element."""
    sheet = (EXTENSIONS / "cloudcrib" / "static" / "page.css").read_text(encoding="utf-8")
    return f"<style>{sheet}</style>"
