"""Questions, records and reasons in words."""

from __future__ import annotations

import pytest

from cloudcrib.question.explaining import explain, reasons
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
from cloudcrib.question.marking import mark
from cloudcrib.question.wording import as_markdown, recorded, remark


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

    assert "- A route:\n  \n  ```text\n  0.0.0.0/0\n  ```" in text


def test_how_many_to_choose_is_said_once() -> None:
    options = tuple(Option(name, name, "Why.", right=name != "c") for name in "abc")
    bare = public(ask("choose-many", Choose(options)))
    shown = bare | {"stem": "Which hold? Choose TWO."}

    assert as_markdown(shown).count("Choose TWO.") == as_markdown(bare).count("Choose TWO.") == 1


@pytest.mark.parametrize("question", EVERY)
def test_a_question_in_markdown_has_lists_that_look_like_lists_and_says_nothing_of_answers(question: Question) -> None:
    text = as_markdown(public(question))

    assert not set("○◉☐☑↕–•") & set(text)
    assert "ecorded" not in text
    assert all(not line.startswith("-") or line[2].isalnum() for line in text.splitlines())


@pytest.mark.parametrize("question", EVERY)
def test_the_record_does_not_say_whether_it_is_right(question: Question) -> None:
    line = recorded(public(question), right_choice(question))

    assert line.startswith("*Recorded:* ")
    assert not any(word in line for word in ("Correct", "right", "✓", "It lasts.", "five", "Layer 7", "First."))


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "`x` ![i](j)", "**b**\n# h"])
def test_what_a_learner_typed_cannot_become_markup(typed: str) -> None:
    line = recorded(public(FIGURE), typed)

    assert line.startswith("*Recorded:* `")
    assert line.endswith("`, which is not understood and counts as no answer")
    assert line.count("`") == 2
    assert "\n" not in line


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("251", "`251 addresses`"),
        ("251 addresses", "`251 addresses`"),
        ("251,5", "`251,5`, read as 251.5 addresses"),
        ("two", "`two`, read as 2 addresses"),
        ("one", "`one`, read as 1 address"),
        ("1", "`1 address`"),
        ("1,024", "`1,024`, read as 1024 addresses and not as 1.024 addresses"),
    ],
)
def test_a_figure_is_said_as_it_was_typed_and_as_it_is_read(typed: str, said: str) -> None:
    assert recorded(public(FIGURE), typed) == f"*Recorded:* {said}"


@pytest.mark.parametrize("typed", ["251", "251 addresses", " 251. ", "", None, 251])
def test_of_a_figure_in_plain_digits_there_is_nothing_to_say(typed: object) -> None:
    assert remark(public(FIGURE), typed) is None


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


def test_a_text_that_is_no_number_is_told_to_count_as_no_answer() -> None:
    assert explain(FIGURE, "many") == (
        "**Not readable.** *Recorded:* `many`, which is not understood and counts as no answer."
    )


EARLY = Item("b", "B", "Second.", early="B needs what A makes.")
LATE = Item("a", "A", "First.", late="Nothing runs before A.")


def test_an_item_says_in_its_own_words_why_it_cannot_come_so_early_or_so_late() -> None:
    question = ask("order", Order((LATE, EARLY, Item("c", "C", "Third.")), "Why."))

    found = reasons(question, ["b", "a", "c"], mark(question, ["b", "a", "c"]))

    assert [row.now for row in found] == ["B needs what A makes.", "Nothing runs before A.", "Third."]


def test_a_partner_says_in_its_own_words_what_it_is_for() -> None:
    right = (Item("alb", "ALB", "It reads paths."), Item("nlb", "NLB", "It passes TCP on."))
    question = ask("match", Match((Left("p", "Paths", "alb", "Layer 7."),), right, "Layers."))

    (row,) = reasons(question, {"p": "nlb"}, mark(question, {"p": "nlb"}))

    assert row.now == "It passes TCP on."


def test_order_and_match_say_which_parts_stand_right() -> None:
    assert explain(ORDER, ["out", "in"]).count("✗") == 2
    assert "✓ Paths → ALB: Layer 7." in explain(MATCH, {"p": "alb"})


@pytest.mark.parametrize(("choice", "says"), [(None, "Not attempted yet"), ([["x"]], "Not readable")])
def test_no_reason_is_given_for_no_answer(choice: object, says: str) -> None:
    text = explain(ONE, choice)

    assert says in text
    assert "It lasts." not in text
