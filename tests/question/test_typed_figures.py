"""What people type for a figure is understood, asked back or declined: one table, which widget, cells and grader share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudcrib.question.figures import read, unmistakable
from cloudcrib.question.kinds import Number, Question, public
from cloudcrib.question.marking import form_problem, mark
from cloudcrib.quizzes.bank import banks

UNDERSTOOD = [
    # digits
    ("251", "", 251),
    (" 251. ", "", 251),
    ("+251", "", 251),
    ("\u22123", "", -3),
    (".5", "", "0.5"),
    (",5", "", "0.5"),
    ("2.51e2", "", 251),
    ("= 18", "s", 18),
    ("\uff11\uff18", "s", 18),
    ("\u0661\u0668", "s", 18),
    ("251\u200b", "", 251),
    # decimals by point or comma
    ("2,0", "minutes", 2),
    ("3,5", "hours", "3.5"),
    ("12.25", "", "12.25"),
    ("0.045", "USD", "0.045"),
    ("0,045", "USD", "0.045"),
    ("1234.567", "", "1234.567"),
    ("1.0245", "", "1.0245"),
    # thousands
    ("1 000", "", 1000),
    ("1\u00a0000", "", 1000),
    ("1\u202f000\u202f000", "", 1_000_000),
    ("1\u2009000,5", "", "1000.5"),
    ("1\u2019000.50", "", "1000.5"),
    ("1_000", "", 1000),
    ("1,234.5", "", "1234.5"),
    ("1.234,5", "", "1234.5"),
    ("1.234.567", "", 1234567),
    ("1,234,567", "", 1234567),
    ("1,00,000", "", 100_000),
    ("5 thousand", "", 5000),
    # words
    ("two", "minutes", 2),
    ("Two minutes", "minutes", 2),
    ("twenty-one", "instances", 21),
    ("one hundred and thirty minutes", "minutes", 130),
    ("five hundred twenty five", "MiB", 525),
    ("five thousand two hundred and fifty-six", "hours", 5256),
    ("none", "copies", 0),
    ("once", "times", 1),
    # the unit that is asked for
    ("18 seconds", "s", 18),
    ("18s", "s", 18),
    ("10 min", "minutes", 10),
    ("10 min.", "minutes", 10),
    ("1 minute", "minutes", 1),
    ("one entry", "entries", 1),
    ("5 prefixes", "prefixes", 5),
    ("75 RCUs", "RCU", 75),
    ("600 gb", "GB", 600),
    ("/20", "prefix length", 20),
    ("5 minutes", "minutes past twelve", 5),
    ("200 requests per second", "requests/s", 200),
    ("200/s", "requests/s", 200),
    ("200 requests", "requests/s", 200),
    # percent and money
    ("12 %", "%", 12),
    ("12%", "percent", 12),
    ("12 per cent", "%", 12),
    ("16.667", "%", "16.667"),
    ("16,667 %", "percent", "16.667"),
    ("$0.045", "USD", "0.045"),
    ("0.045 USD", "USD", "0.045"),
    ("US$ 0,045", "USD", "0.045"),
    ("4.50 $", "dollars", "4.5"),
    ("$4.50 USD", "dollars", "4.5"),
    ("-$5", "USD", -5),
    # another unit that measures the same
    ("18 minutes", "s", 1080),
    ("90 s", "minutes", "1.5"),
    ("2 h", "minutes", 120),
    ("2 h 10 min", "minutes", 130),
    ("2h10m", "minutes", 130),
    ("1 hour and 30 minutes", "minutes", 90),
    ("4.5 cents", "USD", "0.045"),
    ("0.6 TB", "GB", 600),
    ("0.003 s", "ms", 3),
]
DECLINED = [
    ("eighteenish", "s", "alone or with “s”"),
    ("about 18", "s", "not understood as a number"),
    ("2^8 - 5", "", "not understood as a number"),
    ("3 or 4", "instances", "not understood as a number"),
    ("12:05", "minutes", "not understood as a number"),
    ("1,02,3", "", "not understood as a number"),
    ("1 00", "", "not understood as a number"),
    ("2 0", "", "not understood as a number"),
    ("1,", "", "not understood as a number"),
    ("1.234,567.8", "", "not understood as a number"),
    ("--3", "", "not understood as a number"),
    ("two three", "", "not understood as a number"),
    ("10\u00b2", "", "not understood"),
    ("0x10", "", "not understood"),
    ("\u00bd", "", "not understood as a number"),
    ("inf", "", "not understood as a number"),
    ("5 GB", "minutes", "“GB” is not understood here: the answer is asked in minutes"),
    ("12 %", "", "a plain number is asked for"),
    ("\u20ac5", "USD", "asked in USD"),
    ("5 EUR", "USD", "asked in USD"),
    ("$20/month", "USD", "asked in USD"),
    ("600 GiB", "GB", "1 GiB is 1.073741824 GB"),
    ("600 Gb", "GB", "“Gb” is not understood here"),
    ("200 requests/min", "requests/s", "asked in requests/s"),
    ("10 min 2 h", "minutes", "not understood as a number"),
    ("10 min ago", "minutes", "“min ago” is not understood here"),
]
TWO_WAYS = [
    ("1.000", 1, 1000),
    ("1,024", "1.024", 1024),
    ("12.500", "12.5", 12500),
    ("1.000 GB", 1, 1000),
    ("-1.024", "-1.024", -1024),
]


@pytest.mark.parametrize(("typed", "unit", "value"), UNDERSTOOD)
def test_what_people_type_is_understood(typed: str, unit: str, value: Any) -> None:
    found = read(typed, unit)

    assert (found.value, found.other, found.problem) == (Decimal(str(value)), None, "")


@pytest.mark.parametrize(("typed", "unit", "says"), DECLINED)
def test_what_is_not_understood_is_said_with_what_would_be(typed: str, unit: str, says: str) -> None:
    found = read(typed, unit)

    assert found.value is None
    assert says in found.problem


@pytest.mark.parametrize(("typed", "small", "large"), TWO_WAYS)
def test_what_can_be_read_in_two_ways_is_not_decided(typed: str, small: Any, large: Any) -> None:
    found = read(typed, "GB")

    assert {found.value, found.other} == {Decimal(str(small)), Decimal(str(large))}


@pytest.mark.parametrize(("typed", "unit", "value"), UNDERSTOOD)
def test_the_grader_reads_what_the_widget_reads(typed: str, unit: str, value: Any) -> None:
    question = Question("demo-x", "number", "?", ("h",), "2.2", "apply", (), Number(float(value), "why", unit=unit))

    assert form_problem(public(question), typed) is None
    assert mark(question, typed).fraction == 1


def test_every_answer_of_the_course_is_understood_with_its_own_unit() -> None:
    bodies = [each.body for bank in banks().values() for each in bank.keys.values()]
    figures = [
        (f"{unmistakable(Decimal(str(body.answer)))} {body.unit}", body) for body in bodies if isinstance(body, Number)
    ]

    assert figures
    assert [typed for typed, body in figures if read(typed, body.unit).value != Decimal(str(body.answer))] == []


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_a_figure_written_for_a_learner_to_take_over_can_be_read_in_one_way_only(value: Decimal) -> None:
    found = read(unmistakable(value))

    assert (found.value, found.other) == (value, None)


@given(
    st.text() | st.text("0123456789.,'_ e-+$%\u00a0/hms"), st.sampled_from(["", "s", "GB", "%", "USD", "requests/s"])
)
def test_no_text_whatsoever_raises_or_is_both_read_and_declined(typed: str, unit: str) -> None:
    found = read(typed, unit)

    assert (found.value is None) == bool(found.problem)
    assert found.other is None or found.value is not None
