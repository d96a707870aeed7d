"""A report names each cause once, in plain words, and claims nothing that it did not see."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError, ParamValidationError

from cloudcrib.exercise.check import Result
from cloudcrib.exercise.report import page
from cloudcrib.exercise.tests import Tests
from cloudcrib.exercise.wording import aws
from cloudcrib.lab import client, fresh


def put(seat: str) -> None:
    """A learner's function with a misspelt argument."""
    client("dynamodb", "eu-west-1").put_item(Tablename="seats", Item={"seat": {"S": seat}})


def seats(f: Any) -> Tests:
    """Four parts of a lab, each of which calls the function or looks at what it left."""
    t = Tests("seats")
    fresh()
    for name in ("a free seat", "a taken seat"):
        with t.part(name, points=1):
            t.case(f, name, gives=None)
            t.holds(False, "The second passenger has replaced the first.")
    with t.part("what it left", points=1):
        t.holds(False, "There is no item.")
        t.value("seats", 0, gives=1)
    with t.part("what the tests do with it", points=1):
        raise KeyError("seat")
    return t


def test_a_misspelt_argument_is_told_once_in_plain_words_and_what_depends_on_it_is_not_tried() -> None:
    report = seats(put).report()

    assert report.splitlines() == [
        "✗ a free seat (1)",
        "    `put('a free seat')` stopped: the AWS call `put_item` does not know the argument `Tablename`: did you mean `TableName`?",
        "– a taken seat (1): not tried yet",
        "– what it left (1): not tried yet",
        "– what the tests do with it (1): not tried yet",
        "0 of 4 points",
    ]


def test_what_holds_all_the_same_is_earned_after_a_call_that_stopped() -> None:
    """Only claims against a learner want to be seen; a right thing stays right."""
    t = Tests("x")
    with t.part("stops", points=1):
        t.call(put, "1A")
    with t.part("holds", points=1):
        t.holds(True, "It does not hold.")
        t.value("seats", 1, gives=1)

    assert t.earned == 1


def test_after_a_call_that_came_back_claims_are_made_again() -> None:
    t = Tests("x")
    with t.part("stops", points=1):
        t.call(put, "1A")
    with t.part("comes back", points=1):
        t.call(lambda: None)
        t.holds(False, "There is no item.")

    assert "There is no item." in t.report()


def test_a_call_for_effect_that_stopped_leaves_every_part_untried() -> None:
    t = Tests("x")
    t.call(put, "1A")
    t.call(put, "1B")
    with t.part("afterwards", points=1):
        t.holds(True, "never said")

    first, second, third = t.report().splitlines()
    assert first.startswith("`put('1A')` stopped: the AWS call `put_item` does not know")
    assert (second, third, t.earned) == ("– afterwards (1): not tried yet", "0 of 1 points", 0)


def test_an_error_in_a_part_does_not_hide_that_a_call_for_effect_stopped() -> None:
    """Else what stopped for every part would cost only one of them."""
    t = Tests("x")
    with t.part("first", points=1):
        t.call(put, "1A")
    t.call(put, "1A")
    with t.part("second", points=1):
        t.holds(True, "never said")

    assert t.earned == 0


def test_what_a_part_stands_on_is_missed_once_and_the_rest_of_the_part_claims_nothing() -> None:
    t = Tests("x")
    for name in ("metadata", "disk"):
        with t.part(name, points=1):
            t.needs(False, "There is not exactly one instance.")
            t.holds(False, "The disk is not encrypted.")
    with t.part("bill", points=1):
        t.needs(True, "There is no bill.")
        t.holds(True, "It is too high.")

    assert t.report().splitlines() == [
        "✗ metadata (1)",
        "    There is not exactly one instance.",
        "– disk (1): not tried yet",
        "✓ bill (1)",
        "1 of 3 points",
    ]


def test_a_part_that_was_seen_to_be_wrong_before_stays_wrong() -> None:
    t = Tests("x")
    with t.part("first", points=1):
        t.call(put, "1A")
    with t.part("second", points=1):
        t.case(lambda: 1, gives=2)
        t.call(put, "1A")

    assert "✗ second (1)\n    `<lambda>()` returned 1." in t.report()


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        (
            'Unknown parameter in TransactItems[0].Update: "Tablename", must be one of: Key, UpdateExpression, TableName\n'
            'Missing required parameter in TransactItems[0].Update: "TableName"',
            "an AWS call does not know the argument `Tablename` in `TransactItems[0].Update`: did you mean `TableName`?",
        ),
        (
            'Unknown parameter in input: "Colour", must be one of: Bucket, Key',
            "an AWS call does not know the argument `Colour`: it takes `Bucket`, `Key`.",
        ),
        (
            'Missing required parameter in input: "Bucket"\nMissing required parameter in input: "Key"',
            "an AWS call lacks the argument `Bucket`; it lacks the argument `Key`.",
        ),
        (
            "Invalid type for parameter MaxSessionDuration, value: two, type: <class 'str'>, valid types: <class 'int'>",
            "an AWS call got `two` as `MaxSessionDuration`, which is text, and takes a whole number.",
        ),
        (
            "Invalid length for parameter TransactItems, value: 0, valid min length: 1",
            "an AWS call is not well formed: Invalid length for parameter TransactItems, value: 0, valid min length: 1.",
        ),
    ],
)
def test_what_botocore_has_against_a_call_is_said_in_plain_words(said: str, plain: str) -> None:
    assert aws(ParamValidationError(report=said)) == plain


def test_what_aws_has_against_a_call_is_said_in_its_own_words() -> None:
    err = ClientError({"Error": {"Code": "NoSuchEntity", "Message": "Role nightly not found"}}, "GetRole")

    assert aws(err) == "AWS refused `GetRole`. Role nightly not found (`NoSuchEntity`)."


def test_an_error_that_came_over_from_another_process_is_understood_too() -> None:
    """There its type is lost, and only its words are left."""
    err = RuntimeError(
        '`put` raised ParamValidationError: Parameter validation failed:\nMissing required parameter in input: "Key"'
    )

    assert aws(err) == "an AWS call lacks the argument `Key`."


def test_an_error_that_is_not_of_aws_is_named_as_python_names_it() -> None:
    t = Tests("x")
    with t.part("divides", points=1):
        t.case(lambda n: 1 // n, 0, gives=1)

    assert "`<lambda>(0)` raised ZeroDivisionError: integer division or modulo by zero." in t.report()


def test_what_is_no_call_and_no_name_is_said_in_words() -> None:
    t = Tests("x")
    with t.part("one", points=1):
        t.value("the balances after moving 30 from red (50)", {"red": 50}, gives={"red": 20})

    assert "The balances after moving 30 from red (50): {'red': 50}." in t.report()


def test_the_page_wraps_at_words_and_shows_calls_and_values_as_code() -> None:
    t = Tests("x", reveal=True)
    with t.part("<all>", points=1):
        t.case(lambda path: {"to": "<web>"}, "/a", gives={"to": "api"})

    html = page(t)

    assert "<pre" not in html and "break-all" not in html and "&lt;all&gt; (1)" in html
    for code in (
        "&lt;lambda&gt;(&#x27;/a&#x27;)",
        "{&#x27;to&#x27;: &#x27;&lt;web&gt;&#x27;}",
        "{&#x27;to&#x27;: &#x27;api&#x27;}",
    ):
        assert f">{code}</code>" in html


def test_a_starter_has_a_verdict_and_no_report() -> None:
    def starter() -> None: ...

    t = Tests("x")
    with t.part("one", points=1):
        t.case(starter, gives=1)

    shown = Result(t.verdict, "", page(t))._repr_mimebundle_()
    assert shown["text/plain"] == "○ Not attempted yet" and "points" not in shown["text/html"]
