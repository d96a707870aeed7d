"""What counts as untouched: a function that does what the exercise's starter does, which is nothing."""

from __future__ import annotations

import functools
import types
from typing import Any

from cloudcrib.exercise.shape import STAND_IN, shape
from cloudcrib.kit.versions import Version, version


def untouched(f: Any, id: str = "") -> bool:
    """Whether a function still does what its starter does: nothing."""
    own = getattr(f, STAND_IN, None)  # of a function that lives elsewhere
    if own is None:
        code = getattr(f, "__code__", None)
        if not isinstance(code, types.CodeType):
            return f is ...
        own = shape(code)
    return any(own == shape(other) for other in codes(id, f.__name__))


def codes(id: str, name: str) -> list[types.CodeType]:
    """Code objects of a function called `name` that does nothing yet: the empty one, and the exercise's own starter."""
    sources = ["def f():\n    ...", 'def f():\n    ""\n    ...', *_own(id)]
    found = (_function(source, name) for source in sources)
    return [code for code in found if code]


def _function(source: str, name: str) -> types.CodeType | None:
    try:
        module = compile(source, "starter", "exec", dont_inherit=True)
    except SyntaxError:
        return None
    inner = [c for c in module.co_consts if isinstance(c, types.CodeType)]
    return next((c for c in inner if c.co_name in (name, "f")), None)


def _own(id: str) -> tuple[str, ...]:
    from cloudcrib.course import place

    try:
        where = place.find(id)
        return _starters(id, where.graded, version(where.questions if where.graded else where.folder / "chapter.md"))
    except (LookupError, OSError, ValueError):
        return ()


@functools.lru_cache(maxsize=256)
def _starters(id: str, graded: bool, file: Version) -> tuple[str, ...]:
    if graded:
        import json

        data = json.loads(file[0].read_text(encoding="utf-8"))
        return tuple(filter(None, [data.get("starters", {}).get(id)]))
    from cloudcrib.course import regions
    from cloudcrib.course.cells import read_cells

    return tuple(regions.starter(cell.source) for cell in read_cells(file[0]) if cell.id == id)
