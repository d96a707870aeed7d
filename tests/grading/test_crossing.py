"""What crosses between a student's process and the tests, and what does not."""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
import math
import re
import time
from collections import Counter, OrderedDict, defaultdict, namedtuple
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudcrib.grading.inside import crossing
from cloudcrib.grading.inside.crossing import NotPlain, Refused, decode, plainness

ATOMS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(), st.binary(), st.dates(), st.datetimes(),
    st.times(), st.timedeltas(), st.decimals(allow_nan=False), st.fractions(), st.ip_addresses(), st.complex_numbers(allow_nan=False),
    st.just(...),
)  # fmt: skip
KEYS = st.one_of(st.integers(), st.text(), st.booleans(), st.none(), st.ip_addresses())
PLAIN = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.lists(inner, max_size=4).map(tuple), st.dictionaries(KEYS, inner, max_size=4),
        st.sets(KEYS, max_size=4), st.frozensets(KEYS, max_size=4),
    ),
    max_leaves=20,
)  # fmt: skip
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.text(), inner, max_size=3),
        st.tuples(st.sampled_from(sorted(decode.READERS)), inner, inner).map(list),
        st.tuples(st.sampled_from(sorted(decode.READERS)), inner).map(list),
        st.sampled_from(sorted(decode.READERS)).map(lambda tag: [tag]),
    ),
    max_leaves=15,
)
EXACT = (
    type(None), bool, int, float, complex, str, bytes, bytearray, list, tuple, set, frozenset, dict, range, type(...), Decimal,
    Fraction, dt.date, dt.datetime, dt.time, dt.timedelta, *plainness.ADDRESSES.values(), np.ndarray, pd.DataFrame, pd.Series,
    pd.Index, pd.RangeIndex, pd.MultiIndex, pd.Timestamp, pd.Timedelta, pd.DatetimeIndex, pd.TimedeltaIndex, pd.CategoricalIndex,
    type(pd.NA), type(pd.NaT), re.Pattern,
)  # fmt: skip


def there_and_back(value: Any) -> Any:
    return crossing.loads(crossing.dumps(value))


def types(value: Any) -> Any:
    """The shape of a value in types, since 1 == True == 1.0."""
    if isinstance(value, dict):
        return dict, [(types(k), types(v)) for k, v in value.items()]
    if isinstance(value, list | tuple):
        return type(value), [types(item) for item in value]
    return type(value)


@given(PLAIN)
def test_plain_data_crosses_by_value_and_type(value: Any) -> None:
    found = there_and_back(value)

    assert found == value
    assert types(found) == types(value)


@pytest.mark.parametrize(
    "value",
    [
        math.inf,
        -math.inf,
        10**4000,
        bytearray(b"x"),
        range(3, 9, 2),
        ipaddress.ip_network("10.0.0.0/8"),
        Fraction(1, 3),
    ],
    ids=repr,
)
def test_numbers_and_ranges_of_every_kind_cross(value: Any) -> None:
    assert there_and_back(value) == value


def test_nan_crosses() -> None:
    assert math.isnan(there_and_back(math.nan))


@pytest.mark.parametrize("dtype", ["<i8", ">f4", "bool", "complex128", "<U5", "S3", "datetime64[ns]", "timedelta64[s]"])
def test_arrays_cross_with_type_and_shape(dtype: str) -> None:
    array = np.zeros((2, 3), dtype=dtype)

    found = there_and_back(array)

    assert found.dtype == array.dtype
    assert found.shape == (2, 3)
    assert (found == array).all()


def test_scalars_of_numpy_stay_scalars_of_numpy() -> None:
    assert type(there_and_back(np.float32(1.5))) is np.float32


@pytest.mark.parametrize(
    "table",
    [
        pd.DataFrame({"a": [1, 2], "b": [1.5, None], "c": ["x", None]}),
        pd.DataFrame({"a": [1]}, index=pd.Index(["r"], name="rows")),
        pd.DataFrame({"when": pd.to_datetime(["2026-01-01"]), "kind": pd.Categorical(["x"])}),
        pd.DataFrame([[1, 2]], columns=["same", "same"]),
        pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)])),
        pd.DataFrame(),
    ],
    ids=["mixed", "named-index", "dates", "twins", "two-levels", "empty"],
)
def test_dataframes_cross(table: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(there_and_back(table), table, check_column_type=False, check_index_type=False)


def test_a_series_crosses_with_its_name() -> None:
    series = pd.Series([1, 2], index=["x", "y"], name="n")

    pd.testing.assert_series_equal(there_and_back(series), series)


@pytest.mark.parametrize(
    "value",
    [Counter("aab"), OrderedDict(a=1), defaultdict(int, a=1), namedtuple("P", "x")(1), type("L", (list,), {})([1])],
    ids=lambda value: type(value).__name__,
)
def test_a_kind_of_container_crosses_as_the_container_it_is(value: Any) -> None:
    found = there_and_back(value)

    assert found == value
    assert type(found) in (dict, tuple, list)


class Sly:
    def __eq__(self, other: object) -> bool:
        return True

    def __reduce__(self) -> Any:
        return print, ("run",)


@pytest.mark.parametrize(
    "value", [Sly(), lambda: 0, (n for n in ()), math, int, [1, [Sly()]]], ids=lambda value: type(value).__name__
)
def test_anything_else_is_refused_by_its_type(value: Any) -> None:
    with pytest.raises(NotPlain, match=r"a Sly|a function|a generator|a module|a type"):
        crossing.dumps(value)


def test_a_text_with_an_equality_of_its_own_loses_it() -> None:
    class Yes(str):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = str.__hash__

    assert type(there_and_back(Yes("x"))) is str


def test_a_list_in_itself_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)

    with pytest.raises(NotPlain, match="nested"):
        crossing.dumps(endless)


def test_a_function_of_the_students_can_be_handed_back_by_name() -> None:
    def theirs() -> None: ...

    data = crossing.dumps([theirs], {id(theirs): "theirs"})

    assert crossing.loads(data, {"theirs": theirs}.__getitem__) == [theirs]


def test_a_function_is_not_taken_where_none_is_expected() -> None:
    with pytest.raises(Refused):
        crossing.loads(b'["ref", "os.system"]')


@given(JSON)
def test_whatever_json_comes_either_is_plain_data_or_is_refused(said: Any) -> None:
    try:
        found = crossing.loads(json.dumps(said).encode())
    except Refused:
        return

    assert type(found) in EXACT or isinstance(found, np.generic)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"nonsense", b"NaN", b'["nd", "O", [1], "AAAA"]', b'["nd", "<i8", [-1], ""]', b'["nd", "<i8", [99999999], ""]',
        b'["col", "object", []]', b'["ip", "__class__", ""]', b'["t"]', b'["d", [[["l", []], 1]]]', b'["unknown", 1]',
        b"[" * 100_000, b'["l", ' * 500 + b"1" + b"]" * 500, b'["r", 1, 2, 0]', b'["n", "x"]', b'["s", [["l", []]]]', b"9" * 5000,
        b'["df", ["l", []], ["l", []], []]', b'["np", "<i8", "AAAA"]', b'["dt", 5]',
    ],
    ids=range(20),
)  # fmt: skip
def test_what_is_no_encoding_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        crossing.loads(data)


TRAPS = {
    "colliding-keys": ["s", [n * (2**61 - 1) for n in range(1, 200_000)]],
    "colliding-pairs": ["d", [[n * (2**61 - 1), 0] for n in range(1, 200_000)]],
    "many-tables": ["l", [["df", ["ri", 0, 0, 1, None], ["ri", 0, 0, 1, None], []]] * 100_000],
    "many-columns": ["df", ["ri", 0, 300_000, 1, None], ["ri", 0, 0, 1, None], [["nd", "|b1", [0], ""]] * 300_000],
    "wide-and-empty": ["nd", "<i8", [10**12, 0], ""],
    "neither-true-nor-false": ["nd", "|b1", [1], "Ag=="],
    "scalar-neither": ["np", "|b1", "Ag=="],
    "no-character": ["nd", "<U1", [1], "////fw=="],
    "decimal-exponent": ["n", "1e999999999"],
    "decimal-signalling": ["n", "sNaN"],
    "endless-range": ["r", 0, 10**18, 1],
    "endless-index": ["ri", 0, 10**18, 1, None],
    "long-date": ["ts", "1" * 10_000_000],
    "a-word-as-a-date": ["ts", "now"],
    "long-address": ["ip", "IPv6Address", "fe80::1%" + "x" * 1_000_000],
    "object": {"a": 1},
    "many-lists": ["l", [[]] * 5_000_000],
}


@pytest.mark.parametrize("said", TRAPS.values(), ids=TRAPS)
def test_a_trap_is_refused_at_once(said: Any) -> None:
    data = json.dumps(said).encode()
    began = time.process_time()

    with pytest.raises(Refused):
        crossing.loads(data)

    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "value",
    [
        np.zeros(0),
        np.zeros((0, 3)),
        np.array([True, False]),
        pd.NaT,
        pd.Timestamp("2026-01-01 12:00:00.5+01:00"),
        pd.Timedelta("-1 days 2s"),
        pd.RangeIndex(5),
    ],
    ids=repr,
)
def test_empty_arrays_and_moments_still_cross(value: Any) -> None:
    found = there_and_back(value)

    assert type(found) is type(value)
    assert repr(found) == repr(value)


@given(st.binary(max_size=300))
def test_whatever_bytes_come_are_plain_data_or_refused(data: bytes) -> None:
    try:
        found = crossing.loads(data)
    except Refused:
        return

    assert type(found) in EXACT


@pytest.mark.parametrize("pattern", [re.compile("a+", re.I | re.M), re.compile(b"[^x]"), re.compile("(?x) a  # b")])
def test_a_regular_expression_crosses_as_it_is_written(pattern: re.Pattern[Any]) -> None:
    found = there_and_back(pattern)

    assert (type(found), found.pattern, found.flags) == (re.Pattern, pattern.pattern, pattern.flags)


@pytest.mark.parametrize("said", ['["re", "(", 0]', '["re", 5, 0]', '["re", "a", "i"]', '["re"]', f'["re", "{"a" * 6000}", 0]', '["re", ["b", "eA=="], 32]'])  # fmt: skip
def test_a_regular_expression_without_sense_is_refused(said: str) -> None:
    with pytest.raises(Refused):
        crossing.loads(said.encode())


def test_no_flag_of_a_regular_expression_makes_it_print(capsys: pytest.CaptureFixture[str]) -> None:
    crossing.loads(f'["re", "abc", {int(re.DEBUG)}]'.encode())

    assert capsys.readouterr().out == ""
