"""The chapters' figures: `draw.vpc`, imported when a notebook first names it."""

from __future__ import annotations

from cloudcrib.kit.lazy import door

__getattr__ = door("draw")
