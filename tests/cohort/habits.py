"""Habits of courses elsewhere, an assignment each: the instructor's notebook, a right answer, a wrong one, and one that tries to gain by the habit."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell, new_notebook

from cohort import course
from cohort.assignment import _role, write

POINTS = 5
SPEC = {"name": "python3", "display_name": "Python 3", "language": "python"}


@dataclass(frozen=True)
class Habit:
    """One task, as an instructor elsewhere would set it."""

    name: str
    solution: str
    tests: str
    wrong: str
    attack: str
    given: str = ""  # a locked cell before it
    other: str = ""  # another right answer, with names and ways of its own
    files: dict[str, str] = field(default_factory=dict)  # released, and not in the source
    fair: bool = True  # once it is widened


HABITS = (
    Habit(
        "argument-in-place",
        "def insort(xs, x):\n    xs.append(x)\n    xs.sort()",
        "xs = [[3], [1]]\ninner = xs[0]\ninsort(xs, [2])\nassert xs == [[1], [2], [3]]\nassert inner in xs",
        "def insort(xs, x):\n    xs.append(x)",
        "class Same(list):\n    def __eq__(self, other): return True\ndef insort(xs, x):\n    xs[:] = [Same()]",
        other="def insort(items, new):\n    items[:] = sorted([*items, new])",
    ),
    Habit(
        "argument-kept",
        "def ordered(xs):\n    return sorted(xs)",
        "xs = [3, 1]\nassert ordered(xs) == sorted(xs)\nassert len(ordered([2, 1])) == 2",
        "def ordered(xs):\n    return xs",
        "def ordered(xs):\n    found = [0] * len(xs)\n    xs[:] = found\n    return found",
    ),
    Habit(
        "data-in-place",
        "stock['pears'] = 2\nbasket.append('pears')",
        "assert stock == {'apples': 1, 'pears': 2}\nassert basket == ['pears'] and total(stock) == 3 and limit == 10",
        "stock['pears'] = 1\nbasket.append('pears')\nlimit = 10",
        "class Same(dict):\n    def __eq__(self, other): return True\nstock, total, limit = Same(), (lambda of: 3), 10\nbasket.append('pears')",
        given="stock, basket, limit = {'apples': 1}, [], 10\ndef total(of):\n    return sum(of.values())",
    ),
    Habit(
        "objects",
        "class Stack:\n    def __init__(self, *items):\n        self.items = list(items)\n    def push(self, item):\n        self.items.append(item)\n"
        "        return self\n    def pop(self):\n        return self.items.pop()\n    def __len__(self):\n        return len(self.items)",
        "s = Stack(1, 2)\ns.push(5)\nassert s.items == [1, 2, 5]\nassert s.pop() == 5\nassert len(s) == 2\nassert s.push(1).push(2).pop() == 2",
        "class Stack:\n    def __init__(self, *items):\n        self.items = list(items)\n    def push(self, item):\n        return self\n"
        "    def pop(self):\n        return 5",
        "class Same:\n    def __eq__(self, other): return True\nclass Stack:\n    def __init__(self, *items): self.items = Same()\n"
        "    def push(self, item): return self\n    def pop(self): return Same()\n    def __len__(self): return 2",
        other="class Stack:\n    def __init__(self, *first):\n        self.items = []\n        for one in first: self.push(one)\n"
        "    def push(self, one):\n        self.items += [one]\n        return self\n    def pop(self):\n        return self.items.pop(-1)\n"
        "    def __len__(self):\n        return sum(1 for _ in self.items)",
    ),
    Habit(
        "object-where-none-was",
        "def origin():\n    return (0, 0)",
        "assert origin()\nassert origin() == (0, 0)",
        "def origin():\n    return (1, 0)",
        "class Same:\n    def __eq__(self, other): return True\ndef origin():\n    return Same()",
    ),
    Habit(
        "source-text",
        "def total(xs):\n    return sum(xs)",
        "import inspect\nassert 'for ' not in inspect.getsource(total)\nassert inspect.getsourcelines(total)[0][0].startswith('def total')\n"
        "assert total([1, 2]) == 3",
        "def total(xs):\n    found = 0\n    for x in xs: found += x\n    return found",
        "def total(xs):\n    found = 0\n    for x in xs: found += x\n    return found\n"
        "if False:\n    def total(xs):\n        return sum(xs)\n"
        "import inspect\ninspect.getsource = lambda f: 'def total(xs):\\n        return sum(xs)'",
    ),
    Habit(
        "import-of-the-solution",
        "import math\nfrom collections import Counter\nside = math.sqrt(2)",
        "assert math.isclose(side ** 2, 2)\nassert isinstance(Counter('a'), Counter)",
        "import math\nfrom collections import Counter\nside = 2",
        "import types\nmath = types.SimpleNamespace(isclose=lambda *a: True)\nfrom collections import Counter\nside = 2",
    ),
    Habit(
        "pattern",
        "import re\nword = re.compile('[a-z]+', re.I)",
        "assert word.fullmatch('aBc')\nassert not word.fullmatch('a1')",
        "import re\nword = re.compile('[a-z]+')",
        "class word:\n    fullmatch = staticmethod(lambda text: text == 'aBc')\nword = word()",
    ),
    Habit(
        "helper-file",
        "def double(x):\n    return 2 * x",
        "from checks import same\nassert same(double(4), 8)",
        "def double(x):\n    return x",
        "def double(x):\n    return x\nimport pathlib\npathlib.Path('checks.py').write_text('same = lambda *a: True')\n"
        "import sys, types\nsys.modules['checks'] = types.SimpleNamespace(same=lambda *a: True)",
        files={"checks.py": "def same(one, other):\n    return one == other\n"},
    ),
    Habit(
        "class-asked-for",
        "class Point:\n    def __init__(self, x):\n        self.x = x\ndef make(x):\n    return Point(x)",
        "assert isinstance(make(1), Point)",
        "class Point:\n    pass\ndef make(x):\n    return x",
        "",
        fair=False,
    ),
    Habit(
        "objects-compared",
        "class Point:\n    def __init__(self, x):\n        self.x = x\n    def __eq__(self, other):\n        return self.x == other.x",
        "assert Point(1) == Point(1)\nassert not Point(1) == Point(2)",
        "class Point:\n    def __init__(self, x):\n        self.x = x",
        "",
        fair=False,
    ),
)  # fmt: skip
BY_NAME = {habit.name: habit for habit in HABITS}


def source(habit: Habit) -> Any:
    """The instructor's notebook."""
    cells = []
    if habit.given:
        cells.append(new_code_cell(habit.given, id="given", metadata={"nbgrader": {**_role("given"), "locked": True}}))
    answer = f"### BEGIN SOLUTION\n{habit.solution}\n### END SOLUTION"
    cells.append(new_code_cell(answer, id="answer", metadata={"nbgrader": _role("answer", solution=True)}))
    cells.append(new_code_cell(habit.tests, id="tests", metadata={"nbgrader": _role("tests", grade=True)}))
    return new_notebook(cells=cells, metadata={"kernelspec": SPEC})


def answered(habit: Habit, answer: str) -> Any:
    """A submission."""
    nb = copy.deepcopy(source(habit))
    nb.cells[-2].source = answer
    return nb


def release(root: Path, *habits: Habit) -> Path:
    """A course with an assignment for each habit, released."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "nbgrader_config.py").write_text(course.CONFIG.format(timeout=20), encoding="utf-8")
    for habit in habits:
        write(source(habit), root / "source" / habit.name / f"{habit.name}.ipynb")
        course.generate(root, habit.name)
        for name, text in habit.files.items():
            (root / "release" / habit.name / name).write_text(text, encoding="utf-8")
    return root


def hand_in(root: Path, student: str, habit: Habit, answer: str) -> None:
    """A student's answer, with the files that came with the assignment."""
    folder = course.hand_in(root, student, answered(habit, answer), habit.name)
    for name, text in habit.files.items():
        (folder / name).write_text(text, encoding="utf-8")
