"""Marks follow the stated rules, and no junk earns anything or raises."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudcrib.question.kinds import Choose, Item, Left, Match, Number, Option, Order, Question, right_choice
from cloudcrib.question.marking import Verdict, mark


def ask(kind: str, body: object) -> Question:
    return Question("demo-x", kind, "?", ("h",), "2.2", "apply", (), body)  # type: ignore[arg-type]


def options(right: str, wrong: str) -> Choose:
    return Choose(tuple(Option(each, each, "why", each in right) for each in right + wrong))


ONE = ask("choose-one", options("a", "bc"))
MANY = ask("choose-many", options("ab", "cde"))
FIGURE = ask("number", Number(251, "why", unit="addresses"))
SHARE = ask("number", Number(12.5, "why", tolerance=0.1, unit="%"))
ORDER = ask("order", Order(tuple(Item(each, each, "why") for each in "abcd"), "why"))
MATCH = ask("match", Match((Left("x", "X", "1", "w"), Left("y", "Y", "2", "w")), tuple(Item(n, n) for n in "123"), "w"))
EVERY = (ONE, MANY, FIGURE, SHARE, ORDER, MATCH)


@pytest.mark.parametrize("question", EVERY)
@pytest.mark.parametrize("rule", ["practice", "exam"])
def test_the_right_choice_earns_full_marks_under_both_rules(question: Question, rule: str) -> None:
    assert mark(question, right_choice(question), rule).fraction == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("question", EVERY)
@pytest.mark.parametrize("nothing", [None, [], {}, "", "  "])
def test_an_untouched_question_is_not_attempted(question: Question, nothing: object) -> None:
    assert mark(question, nothing).verdict is Verdict.NOT_ATTEMPTED


@pytest.mark.parametrize(
    ("choice", "fraction"),
    [(["a"], 0.5), (["a", "c"], 0), (["c", "d"], 0), (["a", "b", "c"], 0.5), (list("abcde"), 0)],
)
def test_choose_many_counts_right_less_wrong_and_never_below_zero(choice: list[str], fraction: float) -> None:
    assert mark(MANY, choice).fraction == fraction


@pytest.mark.parametrize(("placed", "fraction"), [("bacd", 4 / 6), ("dcba", 0), ("bcda", 0), ("acbd", 4 / 6)])
def test_order_counts_pairs_in_right_order_less_pairs_in_wrong_order(placed: str, fraction: float) -> None:
    assert mark(ORDER, list(placed)).fraction == pytest.approx(fraction)


def test_only_the_right_order_earns_full_marks() -> None:
    full = [placed for placed in permutations("abcd") if mark(ORDER, list(placed)).fraction == 1]

    assert full == [tuple("abcd")]


def test_match_counts_the_share_of_right_pairs() -> None:
    found = mark(MATCH, {"x": "1", "y": "3"})

    assert (found.fraction, found.verdict) == (0.5, Verdict.PARTIAL)
    assert [part.right for part in found.parts] == [True, False]


@pytest.mark.parametrize(("question", "choice"), [(MANY, ["a"]), (MATCH, {"x": "1", "y": "3"}), (ORDER, list("bacd"))])
def test_the_exam_rule_is_all_or_nothing(question: Question, choice: object) -> None:
    found = mark(question, choice, "exam")

    assert (found.fraction, found.verdict) == (0, Verdict.INCORRECT)


@pytest.mark.parametrize(
    "typed",
    ["251", " 251 ", "251.0", "+251", "251 addresses", "251 Address", "2.51e2", "251,0", "two hundred and fifty-one"],
)
def test_a_number_may_be_typed_in_any_usual_way(typed: str) -> None:
    assert mark(FIGURE, typed).verdict is Verdict.CORRECT


@pytest.mark.parametrize("typed", ["12.5 %", "12.5%", "12.5", "12.45", "12.6"])
def test_a_number_may_differ_by_its_tolerance_bounds_included(typed: str) -> None:
    assert mark(SHARE, typed).verdict is Verdict.CORRECT


@pytest.mark.parametrize("typed", ["12.39", "12.61", "0.125", "twelve", "1.25e2", "-12.5"])
def test_what_is_not_the_figure_is_incorrect(typed: str) -> None:
    assert mark(SHARE, typed).verdict is Verdict.INCORRECT


@pytest.mark.parametrize("typed", ["12.5 %%", "nan", "inf", "1_2.5", "12.5 GB", "about twelve", "1" * 65])
def test_what_is_no_figure_is_no_answer_and_not_a_wrong_one(typed: str) -> None:
    assert mark(SHARE, typed).verdict is Verdict.ERROR


@pytest.mark.parametrize(("typed", "fraction"), [("1,024", 1), ("1.024", 0)])
def test_a_recorded_figure_that_can_be_read_in_two_ways_is_marked_as_the_course_writes_figures(
    typed: str, fraction: float
) -> None:
    """Nobody can be asked back any more."""
    assert mark(ask("number", Number(1024, "why")), typed).fraction == fraction


@pytest.mark.parametrize("count", range(2, 30))
def test_parts_that_are_all_right_are_full_marks_whatever_they_divide_into(count: int) -> None:
    ids = [f"p{number}" for number in range(count)]
    many = ask("choose-many", Choose(tuple(Option(each, each, "w", each != "p0") for each in ids)))
    ordered = ask("order", Order(tuple(Item(each, each, "w") for each in ids), "w"))
    paired = ask(
        "match", Match(tuple(Left(each, each, each, "w") for each in ids), tuple(Item(i, i) for i in ids), "w")
    )

    for question in (many, ordered, paired):
        assert (mark(question, right_choice(question)).fraction, mark(question, right_choice(question)).verdict) == (
            1.0,
            Verdict.CORRECT,
        )
    if count > 2:
        assert mark(many, ids[1:-1]).verdict is Verdict.PARTIAL
    assert mark(paired, right_choice(paired) | {"p0": "p1"}).verdict is Verdict.PARTIAL


@pytest.mark.parametrize(
    ("question", "junk"),
    [
        (ONE, ["a", "b"]),
        (ONE, "a"),
        (ONE, ["z"]),
        (ONE, 3),
        (MANY, ["a", "a"]),
        (MANY, [["a"]]),
        (MANY, ["a"] * 10**6),
        (MANY, {"a": "b"}),
        (FIGURE, 251),
        (FIGURE, "2" * 10**6),
        (FIGURE, True),
        (FIGURE, "many"),
        (ORDER, list("abc")),
        (ORDER, list("abca")),
        (MATCH, {"x": ["1"]}),
        (MATCH, {"x": "9"}),
        (MATCH, {"z": "1"}),
        (MATCH, {1: "1"}),
        (MATCH, ["x"]),
    ],
)
def test_a_choice_of_another_form_is_an_error_and_earns_nothing(question: Question, junk: object) -> None:
    found = mark(question, junk)

    assert (found.verdict, found.fraction) == (Verdict.ERROR, 0)


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from("abcdxy123")
anything = st.recursive(leaves, lambda each: st.lists(each) | st.dictionaries(st.text() | st.sampled_from("xy"), each))


@given(anything)
def test_no_data_whatsoever_raises_or_earns_more_than_full_marks(junk: object) -> None:
    for question in EVERY:
        found = mark(question, junk)

        assert 0 <= found.fraction <= 1
        assert (found.fraction == 1) == (found.verdict is Verdict.CORRECT)
