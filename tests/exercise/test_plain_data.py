"""Plain data and when two of them are the same."""

from __future__ import annotations

import datetime as dt
from collections import Counter, OrderedDict, defaultdict
from ipaddress import ip_network

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudcrib.exercise.plain_data import NotPlain, plain, same, shown

atoms = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary() | st.dates()
data = st.recursive(
    atoms, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner), max_leaves=20
)


@given(data)
def test_plain_data_is_rebuilt_equal_to_itself(value: object) -> None:
    assert plain(value) == value
    assert same(plain(value), value)


@given(data, data)
def test_same_is_symmetric(one: object, other: object) -> None:
    assert same(one, other) == same(other, one)


@pytest.mark.parametrize(
    ("given_value", "rebuilt"),
    [
        (Counter("aab"), {"a": 2, "b": 1}),
        (defaultdict(list, a=[1]), {"a": [1]}),
        (OrderedDict(a=1), {"a": 1}),
        (np.int64(3), 3),
        (np.float64(0.5), 0.5),
        ({ip_network("10.0.0.0/8")}, {ip_network("10.0.0.0/8")}),
        (dt.date(2026, 1, 1), dt.date(2026, 1, 1)),
    ],
)
def test_near_relatives_of_built_in_types_become_built_in(given_value: object, rebuilt: object) -> None:
    assert plain(given_value) == rebuilt
    assert type(plain(given_value)) is type(rebuilt)


@pytest.mark.parametrize("value", [object(), lambda: 1, np.array([object()]), {"a": object()}, type])
def test_anything_else_is_refused(value: object) -> None:
    with pytest.raises(NotPlain):
        plain(value)


def test_data_nested_without_end_is_refused() -> None:
    endless: list[object] = []
    endless.append(endless)

    with pytest.raises(NotPlain, match="nested"):
        plain(endless)


def test_frames_are_compared_by_value() -> None:
    frame = pd.DataFrame({"az": ["a", "b"], "share": [0.1, 0.2]})

    assert same(frame, pd.DataFrame({"az": ["a", "b"], "share": [0.1, 0.1 + 0.1]}))
    assert not same(frame, frame.assign(share=0.3))


def test_arrays_are_compared_by_value_and_shape() -> None:
    assert same(np.array([1, 2]), np.array([1, 2]))
    assert not same(np.array([1, 2]), np.array([[1, 2]]))


@pytest.mark.parametrize(
    "value",
    [[], (), (1,), [1, "a"], (1, 2.5), {"a": [1], 2: None}, set(), frozenset(), "text", -0.0, {1}, frozenset({1})],
)
def test_a_value_is_shown_as_python_writes_it(value: object) -> None:
    assert shown(value) == repr(value)


def test_sets_are_shown_in_order_wherever_they_stand() -> None:
    assert shown({"C", "A", "B"}) == "{'A', 'B', 'C'}"
    assert (
        shown([{10, 9}, ({"b", "a"}, 1), {"k": frozenset("yx")}])
        == "[{9, 10}, ({'a', 'b'}, 1), {'k': frozenset({'x', 'y'})}]"
    )
    assert shown({1, "a", None}) == "{'a', 1, None}"


def test_a_list_inside_itself_is_shown_all_the_same() -> None:
    endless: list[object] = []
    endless.append(endless)

    assert shown(endless) == "<list>"
