"""What an exercise looks like before the learner writes anything."""

from __future__ import annotations

import dis
import functools
import re
import types

SOLUTION = re.compile(r"^([ \t]*)### BEGIN SOLUTION[^\n]*\n.*?^[ \t]*### END SOLUTION[^\n]*$", re.MULTILINE | re.DOTALL)
HIDDEN = re.compile(
    r"^[ \t]*### BEGIN HIDDEN TESTS[^\n]*\n.*?^[ \t]*### END HIDDEN TESTS[^\n]*\n?", re.MULTILINE | re.DOTALL
)


STAND_IN = "__crib_shape__"  # on a function that stands for one elsewhere: the shape of that one
LONGEST_SHAPE = 200  # steps; no starter has more


def shape(code: types.CodeType) -> list[list[str]]:
    """What a function does, step by step, as plain data that can be compared."""
    steps = [step for step, _ in zip(dis.get_instructions(code), range(LONGEST_SHAPE), strict=False)]
    return [[step.opname, "" if isinstance(step.argval, types.CodeType) else repr(step.argval)] for step in steps]


def starter(source: str) -> str:
    """The cell with each solution region replaced by `...`, as `nbgrader generate_assignment` leaves it."""
    return SOLUTION.sub(r"\1...", source)


def solution(source: str) -> str:
    """The cell as a solved one, without the markers."""
    return re.sub(r"^[ \t]*### (BEGIN|END) SOLUTION[^\n]*\n?", "", source, flags=re.MULTILINE).rstrip("\n")


def visible(source: str) -> str:
    """A tests cell without its hidden tests."""
    return HIDDEN.sub("", source).rstrip("\n")


def whole(source: str) -> str:
    """A tests cell with its hidden tests, without the markers."""
    return re.sub(r"^[ \t]*### (BEGIN|END) HIDDEN TESTS[^\n]*\n?", "", source, flags=re.MULTILINE).rstrip("\n")


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


@functools.lru_cache(maxsize=256)
def _own(id: str) -> tuple[str, ...]:
    from cloudcrib.course import place

    try:
        where = place.find(id)
        if where.graded:
            import json

            data = json.loads((where.folder / "questions.json").read_text(encoding="utf-8"))
            return tuple(filter(None, [data.get("starters", {}).get(id)]))
        from cloudcrib.course.chapter import read_cells

        cells = read_cells(where.folder / "chapter.md")
    except (LookupError, OSError, ValueError):
        return ()
    return tuple(starter(cell.source) for cell in cells if cell.id == id)
