"""What stands beside the tests for something of the student's: no stand-in says of itself what a test wants to hear."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pytest

from cloudcrib.grading.inside import in_place, sources
from cloudcrib.grading.inside.things import REFUSED, TOLD, Thing


class No(Exception):
    """A test asked for what it cannot have."""


def thing(**attributes: Any) -> Any:
    return Thing("a Stack", lambda _, name: attributes[name], No)


@pytest.mark.parametrize(
    "ask",
    [
        lambda it: it == 5, lambda it: it != 5, lambda it: it in [5], lambda it: it > 5, lambda it: not it, lambda it: hash(it),
        lambda it: list(it), lambda it: 5 in it, lambda it: it[0], lambda it: it + 1, lambda it: 1 + it, lambda it: it(),
        lambda it: float(it), lambda it: it.__enter__(), lambda it: setattr(it, "size", 1), lambda it: delattr(it, "size"),
    ],
    ids=range(16),
)  # fmt: skip
def test_an_object_is_compared_with_nothing_and_is_neither_true_nor_false(ask: Any) -> None:
    with pytest.raises(No, match="a Stack"):
        ask(thing(size=1))


def test_every_special_method_is_refused_or_asked_for_plain_data() -> None:
    ours = {f"__{name}__" for name in (*REFUSED, *TOLD, "format")}

    assert ours <= set(vars(Thing))


def test_attributes_are_looked_up_and_what_an_object_says_of_itself_is_plain() -> None:
    it = thing(size=1, __len__=lambda: 3, __str__=lambda: "Stack(1)")

    assert (it.size, len(it), str(it), f"{it:>9}") == (1, 3, "Stack(1)", " Stack(1)")


@pytest.mark.parametrize("length", [True, "3", 3.0, None])
def test_a_length_that_is_no_whole_number_is_refused(length: Any) -> None:
    with pytest.raises(No, match="gave no int"):
        len(thing(__len__=lambda: length))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([3, 1], [1, 2, 3]), ([1, 2, 3], []), ({"a": 1, "b": 2}, {"b": 3, "c": 4}), ({1}, {2, 3}), (bytearray(b"a"), bytearray(b"bc")),
        ([[1], {"a": [2]}], [[1, 1], {"a": []}, 5]), ([1, [2]], [[1], 2]),
    ],
    ids=range(7),
)  # fmt: skip
def test_a_container_becomes_in_place_what_it_has_become_elsewhere(old: Any, new: Any) -> None:
    kept = old

    assert in_place.put(old, new)
    assert kept is old and old == new


def test_what_a_container_holds_stays_the_same_object_where_it_can() -> None:
    inner = [1]
    old = {"a": inner}

    in_place.put(old, {"a": [1, 2], "b": [3]})

    assert old["a"] is inner and inner == [1, 2]


def test_an_array_changes_in_place_only_in_its_own_shape() -> None:
    old = np.array([1, 2])

    assert in_place.put(old, np.array([3, 4])) and old.tolist() == [3, 4]
    assert not in_place.put(old, np.array([1, 2, 3]))


@pytest.mark.parametrize(("old", "new"), [([1], (1,)), ((1,), (2,)), (1, 2), ("a", "b"), ([1], {1: 1})], ids=range(5))
def test_nothing_else_is_changed(old: Any, new: Any) -> None:
    assert not in_place.put(old, new)


CELL = "import math\n\n@property\ndef f(x):\n    return x  # so\n\nif False:\n    def g(x):\n        return 0\n"


@pytest.mark.parametrize(
    ("text", "name", "stands"),
    [
        ("@property\ndef f(x):\n    return x  # so\n", "f", True),
        ("def f(x):\n    return x  # so\n", "f", False),
        ("@property\ndef f(x):\n    return x  # so\n", "g", False),
        ("    def g(x):\n        return 0\n", "g", False),
        (5, "f", False),
        ("", "f", False),
    ],
    ids=range(6),
)
def test_only_what_a_cell_defines_by_that_name_is_its_text(text: Any, name: str, stands: bool) -> None:
    assert sources.stands_in(text, name, ["%magic", CELL]) is stands


def test_python_finds_the_text_of_everything_else_as_ever() -> None:
    assert sources.find(thing)[0] == inspect.findsource(thing)[0]
