"""Tests and student code in two processes."""

from __future__ import annotations

import ast
from typing import Any

import pandas as pd
import pytest

from cloudcrib.exercise.tests import Tests
from cloudcrib.grading.inside import judge, replies
from cloudcrib.grading.inside import names as cell_names
from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.run.job import BOTH, STUDENT, TESTS, Job, Ran, Step
from cloudcrib.grading.run.runner import Runner

LIMITS = Limits(cell_seconds=20, submission_seconds=120, memory_mb=512)


def test_(runner: Runner, student: str, tests: str, **more: Any) -> Ran:
    """What a test cell gives after a student's cell."""
    steps = (Step(student, STUDENT), Step(tests, TESTS))
    job = Job(steps, "/submission/one", split=True, **{"limits": LIMITS, **more})
    return runner.run(job).cells[1]


test_.__test__ = False  # type: ignore[attr-defined]


def said(ran: Ran) -> str:
    """A cell's result, or its error."""
    for message in ran.messages:
        if message.type == "execute_result":
            return str(message.content["data"]["text/plain"])
        if message.type == "error":
            return f"{message.content['ename']}: {message.content['evalue']}"
    return ran.lost


@pytest.mark.parametrize(
    ("student", "tests", "expected"),
    [
        ("def f(x): return 2 * x", "f(21)", "42"),
        ("x = {'a': [1, (2, 3)]}", "x", "{'a': [1, (2, 3)]}"),
        ("def f(*a, **k): return a, k", "f(1, [2], b=3)", "((1, [2]), {'b': 3})"),
        ("f = lambda: 1", "[f() for _ in range(3)]", "[1, 1, 1]"),
        ("import numpy as np\ndef f(n): return np.arange(n)", "f(3).sum()", "np.int64(3)"),
        ("def f(x):\n    '''Doc.'''", "f.__doc__, f.__name__", "('Doc.', 'f')"),
        ("def f(a, b=2): pass", "import inspect; list(inspect.signature(f).parameters)", "['a', 'b']"),
        ("async def f(): return 5", "await f()", "5"),
        ("def g(x): return x + 1\ndef f(h, x): return h(x)", "f(g, 1)", "2"),
        ("def f(): print('said'); return 1", "import io, contextlib\nb = io.StringIO()\nwith contextlib.redirect_stdout(b): f()\nb.getvalue()", "'said\\n'"),
        ("sum = lambda x: 'mine'", "sum([1, 2])", "3"),
        ("def f(): return [1]", "f() == [1] and type(f()) is list", "True"),
    ],
    ids=range(12),
)  # fmt: skip
def test_functions_and_data_of_the_student_are_there_for_the_tests(
    split_runner: Runner, student: str, tests: str, expected: str
) -> None:
    assert said(test_(split_runner, student, tests)) == expected


@pytest.mark.parametrize(
    ("student", "tests", "expected"),
    [
        ("def f(): raise ValueError('no')", "try: f()\nexcept ValueError as e: print(e); r = 'ok'\nr", "'ok'"),
        ("class Mine(KeyError): pass\ndef f(): raise Mine('k')", "try: f()\nexcept KeyError: r = 'ok'\nr", "'ok'"),
        ("class Mine(Exception): pass\ndef f(): raise Mine('k')", "f()", "StudentError: `f` raised Mine: k"),
        ("def f(): raise SystemExit", "f()", "StudentError: `f` raised SystemExit: "),
        ("def f(): raise KeyboardInterrupt", "f()", "StudentError: `f` raised KeyboardInterrupt: "),
        ("def f(): raise StopIteration(5)", "f()", "StudentError: `f` raised StopIteration: 5"),
        ("def f(): return object()", "f()", "Unfit: `f` returned a object; only plain data can be tested."),
        ("def f(): return (i for i in ())", "f()", "Unfit: `f` returned a generator; only plain data can be tested."),
        ("x = object()", "x", "TypeError: `x` is a object; only plain data can be tested."),
        ("", "f()", "NameError: name 'f' is not defined"),
        ("def f(): import os; os._exit(1)", "f()", "StudentError: The submission's process is gone: it left with exit code 1."),
    ],
    ids=range(11),
)  # fmt: skip
def test_what_goes_wrong_over_there_is_an_error_over_here(
    split_runner: Runner, student: str, tests: str, expected: str
) -> None:
    assert said(test_(split_runner, student, tests)) == expected


def test_a_call_that_never_ends_is_stopped_and_the_tests_go_on(split_runner: Runner) -> None:
    ran = test_(
        split_runner,
        "def f():\n    while True: pass",
        "r = []\nfor _ in range(3):\n    try: f()\n    except Exception as e: r.append(str(e)[:10])\nr",
        limits=Limits(cell_seconds=3),
    )

    assert said(ran) == "['It took lo', 'Not called', 'Not called']"


def test_an_answer_that_comes_when_time_is_up_is_no_answer(split_runner: Runner) -> None:
    ran = test_(
        split_runner,
        "import time\ndef f():\n    try: time.sleep(30)\n    except KeyboardInterrupt: return 5",
        "f() == 5",
        limits=Limits(cell_seconds=3),
    )

    assert said(ran) == "StudentError: It took longer than the 3 s that a cell may run."


def test_the_student_never_sees_what_the_tests_define(split_runner: Runner) -> None:
    steps = (
        Step("secret = 5; None", TESTS),
        Step("'secret' in globals(), [x for x in In if x.startswith('secret')]", STUDENT),
    )

    recording = split_runner.run(Job(steps, "/submission/one", split=True, limits=LIMITS))

    assert said(recording.cells[1]) == "(False, [])"


def test_files_of_the_submission_are_not_there_for_the_tests(split_runner: Runner) -> None:
    ran = test_(
        split_runner, "", "import os; os.listdir()", files={"statistics.py": b"x", "own": b""}, own_files={"own": b""}
    )

    assert said(ran) == "['own']"


def test_a_locked_cell_runs_on_both_sides(split_runner: Runner) -> None:
    steps = (Step("base = 10", BOTH), Step("def f(): return base", STUDENT), Step("base + f()", TESTS))

    recording = split_runner.run(Job(steps, "/submission/one", split=True, limits=LIMITS))

    assert said(recording.cells[2]) == "20"


def test_the_courses_imports_serve_the_tests_and_not_a_module_the_student_puts_in_their_place(
    split_runner: Runner,
) -> None:
    ran = test_(split_runner, "import types\nmath = types.SimpleNamespace(pi=0)", "math.pi > 3", prelude="import math")

    assert said(ran) == "True"


def test_what_an_exercise_asks_for_is_the_students_even_where_the_course_or_python_has_it(split_runner: Runner) -> None:
    ran = test_(
        split_runner,
        "def sum(x): return 'mine'\ndef floor(x): return 'mine too'",
        "sum([]), floor(1)",
        prelude="from math import floor",
        theirs=("sum", "floor"),
    )

    assert said(ran) == "('mine', 'mine too')"


def test_a_value_too_large_to_cross_says_so(split_runner: Runner) -> None:
    ran = test_(split_runner, "def f(): return 'x' * 40_000_000", "f()", limits=Limits(answer_mb=32))

    assert "32 MB are allowed" in said(ran)


def test_warnings_of_the_student_cost_nothing(split_runner: Runner) -> None:
    ran = test_(
        split_runner,
        "import warnings, sys\ndef f(): warnings.warn('old'); print('x', file=sys.stderr); return 1",
        "f()",
    )

    assert said(ran) == "1"
    assert not [m for m in ran.messages if m.type == "stream" and m.content["name"] == "stderr"]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("f(x)", {"f", "x"}),
        ("x = 1; f(x)", {"f"}),
        ("def g(y): return f(y) + z\ng(1)", {"f", "z"}),
        ("[f(i) for i in xs]", {"f", "xs"}),
        ("h = lambda rules: rules", set()),
        ("import a.b as c; c.d", set()),
        ("for i in range(3): f(i)", {"range", "f"}),
        ("class A:\n    x = f", {"f"}),
        ("not a python", set()),
    ],
)
def test_names_a_cell_takes_from_outside(source: str, names: set[str]) -> None:
    assert cell_names.used(source) == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def f(): x = 1", {"f"}),
        ("a, (b, *c) = 1, (2, 3)", {"a", "b", "c"}),
        ("import os.path, re as r\nfrom math import pi", {"os", "r", "pi"}),
        ("with open('x') as f:\n    for i in f: pass", {"f", "i"}),
        ("class A:\n    x = 1", {"A"}),
        ("[y for y in ()]; lambda z: z", set()),
    ],
)
def test_names_a_cell_binds(source: str, names: set[str]) -> None:
    assert cell_names.bound(ast.parse(source)) == names


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (None, "`f` raised something: "),
        (5, "`f` raised something: "),
        ({}, "`f` raised something: "),
        ({"ancestors": [5, "print", "BaseException"]}, "`f` raised something: "),
        ({"ancestors": ["SystemExit"]}, "`f` raised something: "),
        ({"ancestors": ["UnicodeDecodeError"]}, "UnicodeDecodeError: "),
    ],
)
def test_an_error_that_makes_no_sense_is_an_error_all_the_same(error: Any, says: str) -> None:
    found = replies.error("f", error)

    assert type(found) is replies.StudentError
    assert str(found) == says


ANSWERS = "import cloudcrib.grading.inside.kernel as k, gc\nme = next(o for o in gc.get_objects() if type(o) is k.Kernel and hasattr(o, 'wire'))\nreal = type(me).say\n"


def test_a_name_that_was_not_asked_for_is_not_bound(split_runner: Runner) -> None:
    lie = (
        ANSWERS
        + "type(me).say = lambda self, tag, value: real(self, tag, {**value, 'all': {'is': 'function'}, 'math': {'is': 'data', 'value': '1'}} if tag == 'names' else value)\nx = 1"
    )

    ran = test_(split_runner, lie, "x, all([False]), math.floor(1.5)", prelude="import math")

    assert said(ran) == "(1, False, 1)"


@pytest.mark.parametrize(
    "answer",
    [
        "5",
        "[]",
        "{'x': 5}",
        "{'x': {}}",
        "{'x': {'is': 'data', 'value': 5}}",
        "{'x': {'is': 'data', 'value': '[' * 9000}}",
    ],
)
def test_an_answer_that_makes_no_sense_fails_its_cell_and_not_the_tests(split_runner: Runner, answer: str) -> None:
    steps = (
        Step(
            ANSWERS
            + f"type(me).say = lambda self, tag, value: real(self, tag, {answer} if tag == 'names' else value)\nx = 1",
            STUDENT,
        ),
        Step("x", TESTS),
        Step("1 + 1", TESTS),
    )

    recording = split_runner.run(Job(steps, "/submission/one", split=True, limits=LIMITS))

    assert recording.cells[1].lost or said(recording.cells[1]).partition(":")[0].endswith(("Error", "Unfit"))
    assert said(recording.cells[2]) == "2"


def test_what_cannot_cross_is_no_error_that_a_test_may_ask_for(split_runner: Runner) -> None:
    ran = test_(split_runner, "def f(x): return object()", "try: f(1)\nexcept (TypeError, ValueError): r = 'earned'\nr")

    assert said(ran).startswith("Unfit")


@pytest.mark.parametrize("text", ["a\x00b\x1b[31m", "\ud800", "<script>", "x" * 10_000])
def test_a_students_words_are_bounded_text_without_control_characters(text: str) -> None:
    found = replies.clean(text)

    assert len(found) == min(len(text), 2000)
    assert not [c for c in found if not c.isprintable() and c not in "\n\t" and c != "\ufffd"]


def test_the_warm_process_cannot_be_looked_into(split_runner: Runner) -> None:
    """It fails without PR_SET_DUMPABLE: the student's process has the same user."""
    look = "import os\nseen = []\nfor name in ('mem', 'maps', 'environ', 'fd'):\n    try: (os.listdir if name == 'fd' else open)(f'/proc/{os.getppid()}/{name}'); seen.append(name)\n    except PermissionError: pass\nseen"

    recording = split_runner.run(
        Job((Step(look, STUDENT), Step(look, TESTS)), "/submission/one", split=True, limits=LIMITS)
    )

    assert [said(ran) for ran in recording.cells] == ["[]", "[]"]


SORTS = "def squares(xs):\n    xs.sort()"


@pytest.mark.parametrize(
    ("student", "tests", "told"),
    [
        (SORTS, "assert squares([3, 1]) == [1, 3]", True),
        (SORTS, "score = 5.0 if squares(xs=[3, 1]) else 0.0\nscore", True),
        (SORTS + "\n    return xs", "assert squares([3, 1]) == [1, 3]", False),
        ("def squares(xs): return sorted(xs)", "assert squares([3, 1]) == 5", False),
        ("def squares(xs): return {x for x in xs}", "assert squares({'b', 'a'}) == 5", False),
    ],
    ids=range(5),
)
def test_a_change_in_place_is_told_where_the_tests_fail(
    split_runner: Runner, student: str, tests: str, told: bool
) -> None:
    ran = test_(split_runner, student, tests)

    printed = "".join(m.content["text"] for m in ran.messages if m.type == "stream")
    assert ("`squares` changed its argument `xs` in place; the tests see only what it returns." in printed) is told


EXERCISE = """
from cloudcrib.exercise.tests import Tests
t = Tests("in-place")
with t.part("sorts", points=2):
    t.case(squares, [3, 1], gives=[1, 3])
with t.part("keeps", points=1):
    t.case(squares, [], gives={nothing})
t.score()"""


@pytest.mark.parametrize(("nothing", "told"), [("[]", False), ("[0]", True)], ids=["all points", "some points"])
def test_an_exercise_with_all_its_points_is_told_nothing(split_runner: Runner, nothing: str, told: bool) -> None:
    ran = test_(split_runner, SORTS + "\n    return xs", EXERCISE.format(nothing=nothing))

    assert said(ran) == ("2.0" if told else "3.0")
    assert any("in place" in m.content["text"] for m in ran.messages if m.type == "stream") is told


def test_only_what_counts_points_of_its_own_is_taken_for_tests() -> None:
    table = pd.DataFrame({"earned": [1], "points": [2]})

    assert judge._counts_points(Tests)
    assert not any(map(judge._counts_points, (type(table), type(judge), dict, type(Tests))))


@pytest.mark.parametrize(("source", "untouched"), [("def f(x):\n    ...", "True"), ("def f(x): return x", "False")])
def test_a_starter_nobody_has_touched_is_known_on_the_other_side(
    split_runner: Runner, source: str, untouched: str
) -> None:
    asked = "from cloudcrib.exercise.tests import untouched\nuntouched(f)"

    assert said(test_(split_runner, source, asked)) == untouched


def test_half_a_character_in_code_or_output_ends_nothing(split_runner: Runner) -> None:
    printed = test_(split_runner, "print('\\ud800')\nx = 5", "x")
    written = test_(split_runner, "x = '\ud800'", "len(x)")

    assert (said(printed), said(written)) == ("5", "1")


def test_a_display_of_the_students_never_has_the_name_of_one_of_the_tests(split_runner: Runner) -> None:
    steps = (
        Step("from IPython.display import display\ndisplay(1, display_id='points')", STUDENT),
        Step("from IPython.display import display\ndisplay(2, display_id='points')", TESTS),
    )

    ran = split_runner.run(Job(steps, "/submission/one", split=True, limits=LIMITS))

    named = [
        m.content["transient"].get("display_id")
        for cell in ran.cells
        for m in cell.messages
        if m.type == "display_data"
    ]
    assert named == ["theirs-points", "points"]


def test_cells_of_both_sides_are_numbered_in_one_row(split_runner: Runner) -> None:
    steps = (Step("x = 1", STUDENT), Step("x", TESTS), Step("y = 2", BOTH), Step("1/0", STUDENT), Step("y", TESTS))

    ran = split_runner.run(Job(steps, "/submission/one", split=True, limits=LIMITS))

    numbers = [m.content["execution_count"] for cell in ran.cells for m in cell.messages if m.type == "execute_input"]
    assert numbers == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("student", "tests", "needs", "with_it", "without"),
    [
        ("def add(xs): xs.append(1)", "ys = []\nadd(ys)\nys", "argument 0 of add", "[1]", "[]"),
        ("def add(xs): xs['a'] = {1}", "ys = {}\nadd(xs=ys)\nys", "argument xs of add", "{'a': {1}}", "{}"),
        ("class A:\n    x = 5\n    def f(self, y): return [self.x, y]", "A().f(1)", "object A(…)", "[5, 1]", "Unfit: `A` returned a A; only plain data can be tested."),
        ("def outer(): return lambda x: x + 1", "outer()(2)", "object outer(…)", "3", "Unfit: `outer` returned a function; only plain data can be tested."),
        ("class A:\n    def __repr__(self): return 'an A'\na = A()", "a", "object a", "an A", "TypeError: `a` is a A; only plain data can be tested."),
    ],
    ids=range(5),
)  # fmt: skip
def test_what_is_no_plain_data_is_there_only_where_the_courses_solution_needs_it(
    split_runner: Runner, student: str, tests: str, needs: str, with_it: str, without: str
) -> None:
    learning, allowed = (
        test_(split_runner, student, tests, learn=True),
        test_(split_runner, student, tests, allowed=(needs,)),
    )

    assert (said(learning), learning.learnt) == (with_it, (needs,))
    assert said(allowed) == with_it
    assert said(test_(split_runner, student, tests)) == without


def test_a_name_of_a_locked_cell_is_the_students_only_where_the_courses_solution_changes_it(
    split_runner: Runner,
) -> None:
    steps = (Step("data, most = [1], 3", BOTH), Step("data.append(2)\nmost = 9", STUDENT), Step("data, most", TESTS))

    def seen(**more: Any) -> Ran:
        return split_runner.run(Job(steps, "/submission/one", split=True, limits=LIMITS, **more)).cells[2]

    assert said(seen()) == "([1], 3)"
    assert said(seen(allowed=("data",))) == "([1, 2], 3)"
    assert seen(learn=True).learnt == ("data", "most")


def test_what_could_not_be_had_is_noted_even_where_a_test_goes_on_without(split_runner: Runner) -> None:
    ran = test_(split_runner, "def f(): return object()", "try: f()\nexcept Exception: pass\n0.0")

    assert (said(ran), ran.unfit) == ("0.0", ("`f` returned a object; only plain data can be tested.",))


def test_a_submission_has_no_say_in_what_is_noted(split_runner: Runner) -> None:
    forged = ANSWERS + "real(me, 'noticed', {'unfit': ['mine'], 'learnt': ['object f(…)']})\ndef f(): return object()"
    steps = (Step(forged, STUDENT), Step("f()", TESTS), Step("f()", TESTS))

    cells = split_runner.run(Job(steps, "/submission/one", split=True, limits=LIMITS)).cells

    assert [(ran.unfit, ran.learnt) for ran in cells[:1]] == [((), ())]
    assert all(said(ran).startswith("Unfit") and ran.learnt == () for ran in cells[1:])


LIES = {
    "an import that is none of the course's": ("names", "{'f': {'is': 'import'}}", "f(1)"),
    "an object nobody may have": ("names", "{'f': {'is': 'object', 'kept': 0, 'type': 'X'}}", "f(1)"),
    "a function without a number": ("names", "{'f': {'is': 'function'}}", "f(1)"),
    "no kind of thing": ("names", "{'f': {'is': 5}}", "f(1)"),
    "an argument it may not change": ("answer", "{'is': 'data', 'value': '0', 'changed': [['xs', 0, '[\"l\",[]]']]}", "xs = [1]\nf(xs)\nassert xs == []"),
    "changes of no sense": ("answer", "{'is': 'data', 'value': '0', 'changed': [[5], 'x', [[], {}, 7]]}", "assert f(1)"),
    "no value": ("answer", "{'is': 'data'}", "f(1)"),
    "nothing at all": ("answer", "{}", "f(1)"),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_an_answer_that_lies_about_what_it_is_gains_nothing(split_runner: Runner, lie: str) -> None:
    tag, answer, tests = LIES[lie]
    liar = (
        ANSWERS
        + f"type(me).say = lambda self, tag, value: real(self, tag, {answer} if tag == {tag!r} else value)\ndef f(xs): return 0"
    )

    ran = test_(split_runner, liar, tests)

    assert any(message.type == "error" for message in ran.messages), said(ran)
