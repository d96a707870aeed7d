"""How figures and explorers stand on a page: turned over on a dark one, and narrow where the page is."""

from __future__ import annotations

GROUND = "#111111"  # of JupyterLab's dark theme
INVERTED = 1 - 0x11 / 0xFF  # turns the white of a figure into this ground, and its black into as light a grey
