"""What the equality tests leave out is what nbgrader does not write twice alike, and no more."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cohort.course import joined
from test_equal import alike, stripped


def out(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text}


def err(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stderr", "text": text}


SHOWN = {"output_type": "display_data", "data": {"text/plain": "7"}, "metadata": {}}
FAILED = {"output_type": "error", "ename": "KeyError", "evalue": "'a'", "traceback": ["KeyError: 'a'"]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([out("a\nb\n")], [out("a\n"), out("b\n")]),
        ([out("a\n"), err("e\n")], [err("e\n"), out("a\n")]),
        ([out("a\n"), err("e\n"), out("b\n")], [out("a\nb\n"), err("e\n")]),
        ([err("e\n"), out("a\n"), SHOWN, out("b\n")], [out("a\n"), err("e\n"), SHOWN, out("b\n")]),
    ],
)
def test_where_a_stream_is_cut_and_which_of_two_comes_first_is_no_difference(one: list[Any], other: list[Any]) -> None:
    assert joined(one) == joined(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([out("a\nb\n")], [out("a\n")]),
        ([out("a\nb\n")], [out("b\n"), out("a\n")]),
        ([out("a\n")], [err("a\n")]),
        ([out("a\n"), err("e\n")], [out("a\n"), err("f\n")]),
        ([out("a\n"), err("e\n")], [out("a\n")]),
        ([out("a\n"), SHOWN], [SHOWN, out("a\n")]),
        ([out("a\n"), SHOWN, out("b\n")], [out("a\nb\n"), SHOWN]),
        ([err("e\n"), FAILED], [FAILED, err("e\n")]),
        ([SHOWN, FAILED], [FAILED, SHOWN]),
        ([SHOWN, SHOWN], [SHOWN]),
        ([FAILED], [{**FAILED, "ename": "ValueError"}]),
        ([FAILED], [{**FAILED, "traceback": ["KeyError: 'b'"]}]),
        ([FAILED], []),
    ],
)
def test_a_lost_line_another_error_and_another_order_are(one: list[Any], other: list[Any]) -> None:
    assert joined(one) != joined(other)


def notebook(printed: str, **widgets: Any) -> dict[str, Any]:
    states = {"application/vnd.jupyter.widget-state+json": {"state": widgets}} if widgets else {}
    return {"metadata": {"widgets": states}, "cells": [{"outputs": [out(printed)]}]}


SLIDER, BOX = {"model_name": "SliderModel", "value": 3}, {"model_name": "BoxModel", "value": 3}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (notebook("vpc-0123456789abcdef0"), notebook("vpc-fedcba98765432100"), True),
        (notebook("vpc-0123456789abcdef0"), notebook("subnet-0123456789abcdef0 0"), False),
        (notebook("/hostedzone/ABCDEFGHIJ0123456789AB"), notebook("/hostedzone/ZYXWVUTSRQ0123456789AB"), True),
        (notebook("10.0.0.0/16"), notebook("10.0.0.0/17"), False),
        (notebook("", **{"a" * 32: SLIDER, "b" * 32: BOX}), notebook("", **{"c" * 32: BOX, "d" * 32: SLIDER}), True),
        (notebook("", **{"a" * 32: SLIDER}), notebook("", **{"a" * 32: {**SLIDER, "value": 4}}), False),
        (notebook("", **{"a" * 32: SLIDER}), notebook("", **{"a" * 32: SLIDER, "b" * 32: SLIDER}), False),
    ],
)
def test_only_names_that_each_kernel_draws_anew_are_left_out(one: Any, other: Any, same: bool) -> None:
    one, other = (alike({"nb": json.loads(json.dumps(each))}) for each in (one, other))

    assert (one == other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("<object at 0x7f01>", "<object at 0x7f02>", True),
        ("ipykernel_12/345.py:1: UserWarning: w", "ipykernel_67/890.py:1: UserWarning: w", True),
        ("ipykernel_12/345.py:1: UserWarning: w", "ipykernel_12/345.py:2: UserWarning: w", False),
        ("12 ms", "13 ms", True),
        ("12 ms", "12 MB", False),
        ("a 0x7f01", "b 0x7f01", False),
        ("1", "2", False),
    ],
)
def test_only_addresses_times_and_temporary_names_are_stripped(one: str, other: str, same: bool) -> None:
    class Cells:
        def __init__(self, text: str) -> None:
            self.cells = [{"outputs": [out(text)]}]

    assert (stripped(Cells(one)) == stripped(Cells(other))) is same
