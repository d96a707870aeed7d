"""Finding partners."""

from __future__ import annotations

from fake import PAIRS, Quiz, asked, feedback, part, state, things
from playwright.sync_api import Locator, expect


def partner(quiz: Quiz, of: str) -> Locator:
    return quiz.page.get_by_role("combobox", name=of)


def test_each_partner_is_told_together_with_those_found_before(quiz: Quiz) -> None:
    quiz.show(PAIRS)

    partner(quiz, "France").select_option("Paris")
    partner(quiz, "Italy").select_option("Rome")

    assert quiz.choices() == [{"fr": "paris"}, {"fr": "paris", "it": "rome"}]


def test_a_partner_can_be_taken_back(quiz: Quiz) -> None:
    quiz.show(PAIRS)

    partner(quiz, "France").select_option("Paris")
    partner(quiz, "France").select_option("Choose…")

    assert quiz.choices()[-1] == {}


def test_the_partners_found_before_are_shown(quiz: Quiz) -> None:
    quiz.show(PAIRS)
    partner(quiz, "France").select_option("Paris")

    quiz.tell(state("pairs", {"it": "rome"}, heard=quiz.heard()))

    expect(partner(quiz, "Italy")).to_have_value("rome")
    expect(partner(quiz, "France")).to_have_value("")


def test_long_partners_get_letters_and_stand_in_full_below(quiz: Quiz) -> None:
    long = "A sentence that is far too long to stand in a list of choices, as everybody can see"

    quiz.show(asked("pairs", "match", left=things(fr="France"), right=things(rome="Rome", long=long)))

    names = partner(quiz, "France").locator("option").all_inner_texts()
    assert names == ["Choose…", "A · Rome", f"B · {long[:48]}"]
    assert quiz.page.locator(".crib-rights li").all_inner_texts() == ["Rome", long]


def test_each_pair_is_marked(quiz: Quiz) -> None:
    quiz.show(PAIRS)

    quiz.tell(feedback("pairs", "PARTIAL", part("fr", True, True), part("it", True, False)))

    assert quiz.page.locator(".crib-match .crib-badge").all_inner_texts() == ["✓\nRight.", "✗\nWrong."]
