"""Verdicts for code: points by parts, sentences that teach, and no trust in what comes back."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from cloudcrib.exercise.tests import Tests
from cloudcrib.question import Verdict


def usable(prefix: int) -> int:
    return 2 ** (32 - prefix) - 5


def home(prefix: int) -> int:
    return 2 ** (32 - prefix) - 2


NOTES = {"keeps-two": "AWS keeps five."}


def tried(f: Callable[..., Any], reveal: bool = False, **options: Any) -> Tests:
    t = Tests("vpc-usable", NOTES, reveal)
    with t.part("small", points=2):
        t.case(f, 28, gives=11, mistakes={"keeps-two": 14}, **options)
    with t.part("any", points=1):
        t.agree(f, usable, lambda r: (r.randint(16, 27),), mistakes={"keeps-two": home})
    return t


def test_a_right_function_earns_every_part() -> None:
    t = tried(usable)

    assert (t.earned, t.points, t.verdict) == (3, 3, Verdict.CORRECT)


def test_a_function_right_in_one_part_earns_that_part() -> None:
    t = tried(lambda n: 11 if n == 28 else 0)

    assert (t.earned, t.verdict) == (2, Verdict.PARTIAL)


def test_a_starter_is_not_attempted_and_never_wrong() -> None:
    def starter(prefix: int) -> int:
        """Usable addresses."""
        ...

    t = tried(starter)

    assert (t.earned, t.verdict, t.report()) == (0, Verdict.NOT_ATTEMPTED, "Not attempted yet.")


def test_a_failing_check_names_function_input_and_result_but_not_what_was_expected() -> None:
    report = tried(home).report()

    assert "`home(28)` returned 14." in report
    assert "11" not in report


def test_the_self_study_edition_shows_what_is_right() -> None:
    assert "Right is 11." in tried(home, reveal=True).report()


def test_a_known_mistake_gets_its_note() -> None:
    t = tried(home)

    assert "AWS keeps five." in t.report()
    assert t.mistakes == ["keeps-two"]


def test_type_comes_before_value() -> None:
    assert "returned '11' (text); a whole number is asked for." in tried(lambda n: "11").report()


def test_a_function_without_return_is_told_so() -> None:
    def silent(prefix: int) -> None:
        prefix += 1

    assert "returned nothing" in tried(silent).report()
    assert "return its result?" in tried(silent).report()


def test_true_is_not_one() -> None:
    t = Tests("x")
    with t.part("one", points=1):
        t.case(lambda: True, gives=1)

    assert t.earned == 0


def test_an_object_that_equals_everything_earns_nothing() -> None:
    class Equal(int):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = int.__hash__

    assert tried(lambda n: Equal(3)).earned == 0


def test_an_exception_is_reported_with_the_call() -> None:
    assert "`broken(28)` raised ZeroDivisionError: division by zero." in tried(_broken).report()


def _broken(prefix: int) -> float:
    return prefix / 0


_broken.__name__ = "broken"


def test_warnings_and_prints_of_the_function_cost_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    def noisy(prefix: int) -> int:
        warnings.warn("old", DeprecationWarning, stacklevel=1)
        print("noise", file=sys.stderr)
        return usable(prefix)

    t = tried(noisy)

    assert t.earned == 3
    assert capsys.readouterr() == ("", "")


def test_a_function_that_exits_the_interpreter_fails_its_part_alone() -> None:
    t = tried(lambda n: sys.exit(0) if n == 28 else usable(n))

    assert t.earned == 1


def test_a_function_that_changes_its_argument_does_not_change_the_test() -> None:
    t = Tests("x")
    given = [3, 1, 2]
    with t.part("sorted", points=1):
        t.case(lambda xs: (xs.sort(), xs)[1], given, gives=[1, 2, 3])

    assert t.earned == 1
    assert given == [3, 1, 2]


def test_a_random_check_shows_its_first_counter_example_and_the_same_one_every_time() -> None:
    def wrong(n: int) -> int:
        return usable(n) if n < 20 else 0

    first, second = tried(wrong).report(), tried(wrong).report()

    assert first == second
    assert first.count("wrong(2") == 2  # 28 of the case, and one counter-example


def test_a_part_without_a_check_earns_nothing() -> None:
    t = Tests("x")
    with t.part("empty", points=5):
        pass

    assert t.earned == 0


def test_a_check_outside_a_part_is_the_authors_mistake() -> None:
    with pytest.raises(RuntimeError, match="outside every part"):
        Tests("x").case(usable, 28, gives=11)


def test_a_name_that_is_not_defined_says_which_cell_to_run() -> None:
    t = Tests("x")
    with t.part("there", points=1):
        t.case(usabel, 28, gives=11)  # type: ignore[name-defined]  # noqa: F821

    assert "There is no `usabel`" in t.report()


def test_raises_wants_that_error() -> None:
    t = Tests("x")
    with t.part("refuses", points=1):
        t.raises(ValueError, lambda n: int("a"), 1)
    with t.part("does not refuse", points=1):
        t.raises(ValueError, usable, 29)

    assert t.earned == 1


def test_floats_are_compared_within_a_distance() -> None:
    t = Tests("x")
    with t.part("share", points=1):
        t.case(lambda: 0.1 + 0.2, gives=0.3)
        t.case(lambda: 33.3, gives=100 / 3, within=0.1)

    assert t.earned == 1


def test_a_failed_call_for_effect_fails_every_part() -> None:
    t = Tests("x")
    t.call(_broken, 1)
    with t.part("afterwards", points=1):
        t.holds(True, "never said")

    assert t.earned == 0


def test_holds_wants_true_itself_not_something_truthy() -> None:
    t = Tests("x")
    with t.part("truthy", points=1):
        t.holds([1], "It does not hold.")

    assert t.earned == 0


def test_an_unset_variable_is_said_to_be_unset() -> None:
    t = Tests("x")
    with t.part("variable", points=1):
        t.value("share", ..., gives=0.5)

    assert "`share` has not been set yet." in t.report()


def test_a_known_mistake_of_another_type_gets_its_note() -> None:
    t = Tests("x", {"forgets-the-default": "When nothing matches, the default answers."})
    with t.part("one", points=1):
        t.case(lambda path: {"/api": "api"}.get(path), "/", gives="web", mistakes={"forgets-the-default": None})

    assert "the default answers" in t.report()
