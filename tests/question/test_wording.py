"""Questions, records and reasons in words."""

from __future__ import annotations

import pytest

from cloudcrib.question.kinds import (
    Choose,
    Item,
    Left,
    Match,
    Number,
    Option,
    Order,
    Question,
    Trap,
    public,
    right_choice,
)
from cloudcrib.question.wording import as_markdown, explain, recorded


def ask(kind: str, body: object) -> Question:
    return Question("demo-x", kind, "Which one?", ("h",), "2.2", "apply", (), body)  # type: ignore[arg-type]


ROUTE = Option("igw", "A route:\n\n```text\n0.0.0.0/0\n```", "It is public.")
ONE = ask("choose-one", Choose((Option("nat", "A gateway", "It lasts.", right=True), ROUTE)))
FIGURE = ask("number", Number(251, "AWS keeps five.", unit="addresses", traps=(Trap(254, "You kept two."),)))
ORDER = ask("order", Order((Item("in", "Gateway", "First."), Item("out", "Group", "Last.")), "From outside in."))
MATCH = ask(
    "match", Match((Left("p", "Paths", "alb", "Layer 7."),), (Item("alb", "ALB"), Item("nlb", "NLB")), "Layers.")
)
EVERY = (ONE, FIGURE, ORDER, MATCH)


def test_a_code_block_in_an_option_stays_inside_its_list_item() -> None:
    text = as_markdown(public(ONE))

    assert "- ○ A route:\n  \n  ```text\n  0.0.0.0/0\n  ```" in text


def test_how_many_to_choose_is_said_once() -> None:
    options = tuple(Option(name, name, "Why.", right=name != "c") for name in "abc")
    bare = public(ask("choose-many", Choose(options)))
    shown = bare | {"stem": "Which hold? Choose TWO."}

    assert as_markdown(shown).count("Choose TWO.") == as_markdown(bare).count("Choose TWO.") == 1


def test_what_is_recorded_is_marked_in_the_question() -> None:
    text = as_markdown(public(ONE), ["nat"])

    assert "◉ A gateway" in text
    assert "○ A route" in text
    assert text.endswith("*Recorded:* A gateway")


@pytest.mark.parametrize("question", EVERY)
def test_a_question_without_an_answer_says_so(question: Question) -> None:
    assert as_markdown(public(question)).endswith("*Nothing recorded yet.*")


@pytest.mark.parametrize("question", EVERY)
def test_the_record_does_not_say_whether_it_is_right(question: Question) -> None:
    line = recorded(public(question), right_choice(question))

    assert line.startswith("*Recorded:* ")
    assert not any(word in line for word in ("Correct", "right", "✓", "It lasts.", "five", "Layer 7", "First."))


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "`x` ![i](j)", "**b**\n# h"])
def test_what_a_learner_typed_cannot_become_markup(typed: str) -> None:
    line = recorded(public(FIGURE), typed)

    assert line.startswith("*Recorded:* `")
    assert line.endswith("`")
    assert line.count("`") == 2
    assert "\n" not in line


def test_junk_is_reported_and_not_repeated() -> None:
    assert "not an answer" in recorded(public(ONE), ["<b>junk</b>"])
    assert "junk" not in recorded(public(ONE), ["<b>junk</b>"])


def test_an_explanation_gives_the_reason_for_what_was_chosen_and_for_the_rest() -> None:
    text = explain(ONE, ["igw"])

    chosen, others = text.split("The others")
    assert "**Not yet.**" in chosen
    assert "✗ A route: It is public." in chosen
    assert "✓ A gateway: It lasts." in others


def test_a_trap_explains_itself_and_the_right_figure_is_named() -> None:
    text = explain(FIGURE, "254")

    assert "You kept two." in text
    assert "251 addresses" in text


def test_a_text_that_is_no_number_is_told_how_to_write_one() -> None:
    assert "not a number" in explain(FIGURE, "many")


def test_order_and_match_say_which_parts_stand_right() -> None:
    assert explain(ORDER, ["out", "in"]).count("✗") == 2
    assert "✓ Paths → ALB: Layer 7." in explain(MATCH, {"p": "alb"})


@pytest.mark.parametrize(("choice", "says"), [(None, "Not attempted yet"), ([["x"]], "Not readable")])
def test_no_reason_is_given_for_no_answer(choice: object, says: str) -> None:
    text = explain(ONE, choice)

    assert says in text
    assert "It lasts." not in text
