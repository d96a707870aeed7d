"""What a review asks, and in which order: confident errors, mistakes, what is due, a few new cards."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import shutil
from pathlib import Path
from typing import Any

import pytest
from shared import edit
from sharing import GENERATOR
from studies import attempt

from cloudcrib.quizzes import cell
from cloudcrib.quizzes.bank import Bank, banks
from cloudcrib.study import flashcards
from cloudcrib.study import review as reviewing
from cloudcrib.study.review import DUE, MISTAKE, NEW, SURE, ask, review, summary, waiting
from cloudcrib.study.store import Store

QUESTION = """
[[question]]
id = "vpc-extra-{n}"
kind = "number"
domain = "3.4"
facts = ["subnet-five-reserved"]
level = "recall"
stem = "How much is {n}?"
hint = ["Count."]
answer = {n}
why = "It is."
"""


@pytest.fixture
def every(course: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Bank]:
    """Two chapters, `vpc` and a copy of it as `iam`; the day is the 20th, the store is empty."""
    vpc = course / "chapters" / "14-vpc"
    (vpc / "variants.py").write_text(GENERATOR)
    with (vpc / "questions.toml").open("a", encoding="utf-8") as file:
        file.writelines(QUESTION.format(n=n) for n in range(4))
    iam = course / "chapters" / "01-iam"
    shutil.copytree(vpc, iam)
    (iam / "variants.py").unlink()
    for name in ("questions.toml", "facts.toml"):
        text = (iam / name).read_text().replace("vpc-", "iam-").replace("subnet-five-reserved", "iam-five")
        (iam / name).write_text(text)
    monkeypatch.chdir(course)
    monkeypatch.setenv("CLOUDCRIB_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CLOUDCRIB_NOW", "2026-11-20T12:00:00+00:00")
    return banks()


def reasons(rows: list[reviewing.Waiting]) -> list[tuple[str, str]]:
    return [(row.item, row.why) for row in rows if row.why != NEW]


def test_confident_errors_come_first_then_mistakes_then_what_is_due(every: dict[str, Bank]) -> None:
    rows = [
        attempt("vpc-extra-1", day=3),
        attempt("vpc-extra-2", day=3, right=False, confidence="guess"),
        attempt("vpc-extra-3", day=3, right=False, confidence="sure"),
    ]

    assert reasons(waiting(rows, every)) == [("vpc-extra-3", SURE), ("vpc-extra-2", MISTAKE), ("vpc-extra-1", DUE)]


def test_what_is_still_known_is_left_alone(every: dict[str, Bank]) -> None:
    assert reasons(waiting([attempt("vpc-extra-1", day=19, confidence="sure")], every)) == []


def test_chapters_are_interleaved(every: dict[str, Bank]) -> None:
    rows = [attempt(f"{slug}-extra-{n}", day=3) for slug in ("vpc", "iam") for n in range(3)]

    asked = [row.slug for row in waiting(rows, every) if row.why == DUE]

    assert sorted(asked) == ["iam"] * 3 + ["vpc"] * 3
    assert all(one != other for one, other in itertools.pairwise(asked))


def test_a_question_that_the_course_no_longer_has_is_not_asked(every: dict[str, Bank]) -> None:
    rows = [attempt("vpc-gone", day=3), attempt("s3-gone", day=3)]

    assert reasons(waiting(rows, every)) == []


def test_two_ideas_that_are_mixed_up_are_told_apart_even_before_that_is_due(every: dict[str, Bank]) -> None:
    rows = [
        attempt("vpc-usable-28", day=18, confidence="sure"),
        *(attempt("vpc-usable-26", day=day, right=False, mistakes=("vpc-keeps-two",)) for day in (19, 20)),
    ]

    assert ("vpc-usable-28", MISTAKE) in reasons(waiting(rows, every))


def test_only_a_few_new_cards_a_day_and_only_of_chapters_that_were_begun(every: dict[str, Bank]) -> None:
    rows = [attempt("vpc-extra-1", day=19, confidence="sure")]

    fresh = [row for row in waiting(rows, every) if row.why == NEW]
    assert fresh and all(row.slug == "vpc" for row in fresh) and len(fresh) <= reviewing.NEW_CARDS

    today = [attempt(f"vpc-card-{n}", day=20, kind="card") for n in range(reviewing.NEW_CARDS)]
    assert [row for row in waiting([*rows, *today], every) if row.why == NEW] == []


def test_a_question_with_variants_comes_back_with_other_figures_each_time(every: dict[str, Bank]) -> None:
    one = reviewing.Waiting("vpc-usable-26", "vpc", DUE)

    stems = {next(iter(ask(one, every, times).shown.values()))["stem"] for times in range(10)}

    assert len(stems) > 7
    assert ask(one, every, 3).shown == ask(one, every, 3).shown


def test_a_question_without_variants_comes_back_under_an_id_that_no_notebook_records(every: dict[str, Bank]) -> None:
    (qid,) = ask(reviewing.Waiting("vpc-usable-28", "vpc", DUE), every, 1).shown

    assert qid == "vpc-usable-28~"


def test_a_flash_card_hides_its_figure_until_it_is_turned(every: dict[str, Bank]) -> None:
    (shown,) = ask(reviewing.Waiting("vpc-card-subnet-five-reserved", "vpc", NEW), every, 0).shown.values()

    assert "5" not in shown["stem"] and "[…]" in shown["stem"]
    assert "5" in shown["back"]


def test_a_fact_that_changed_is_asked_by_what_the_sheet_said(every: dict[str, Bank]) -> None:
    changed = next(fact for fact in every["vpc"].facts.values() if fact.status == "changed")

    card = flashcards.card(changed)

    assert changed.then in card.front and card.back.startswith(changed.today)  # type: ignore[operator]


def test_figures_inside_words_and_other_figures_stay(every: dict[str, Bank], course: Path) -> None:
    fact = every["vpc"].facts["subnet-five-reserved"]
    one = dataclasses.replace(fact, today="5 of 15, 5.5, IPv5, not 5.", values={"n": 5})

    assert flashcards.cloze(one) == "**[…]** of 15, 5.5, IPv5, not **[…]**."


def test_a_card_has_one_blank_and_another_one_each_time(every: dict[str, Bank]) -> None:
    """Five blanks at once ask five things, and nobody knows which of them they knew."""
    fact = every["vpc"].facts["subnet-five-reserved"]
    one = dataclasses.replace(fact, today="From 16 to 28: 16 gives 65,536.", values={"a": 16, "b": 28, "c": 65536})

    fronts = [flashcards.card(one, turn).front for turn in range(3)]

    assert fronts == [
        "From 16 to **[…]**: 16 gives 65,536.",
        "From 16 to 28: 16 gives **[…]**.",
        "From 16 to **[…]**: 16 gives 65,536.",
    ]


def test_what_is_pressed_below_a_card_stays_in_its_place(every: dict[str, Bank]) -> None:
    cards = [f"vpc-card-{id}" for id in every["vpc"].facts]
    shown = [next(iter(ask(reviewing.Waiting(item, "vpc", NEW), every, 0).shown.values())) for item in cards]

    assert {tuple(option["text"] for option in each["options"]) for each in shown} == {("I knew it", "I did not")}


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What review() shows, in order: Markdown, and the questions it asks."""
    shown: list[Any] = []
    monkeypatch.setattr(reviewing, "say", shown.append)
    monkeypatch.setattr(cell, "practise", lambda asked: shown.append(sorted(asked)))
    return shown


def test_review_asks_a_few_and_says_how_many_wait(every: dict[str, Bank], said: list[Any]) -> None:
    Store().add([attempt(f"vpc-extra-{n}", day=3, right=n > 0) for n in range(4)])

    review(most=2)

    assert said[0].startswith("**") and "1 mistake, 3 due" in said[0] and "the first 2" in said[0]
    assert len(said[1]) == 2 and "vpc-extra-0~" in said[1]


def test_a_day_with_nothing_due_says_when_the_next_comes(every: dict[str, Bank]) -> None:
    known = [attempt("vpc-extra-1", day=20, right=False)]

    assert summary([], known, 10) == "**Nothing is due today.** The next question comes back tomorrow."
    assert "comes back here when it is time" in summary([], [], 10)


def test_in_an_assignment_a_review_asks_nothing(
    every: dict[str, Bank], said: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "questions.json").write_text('{"slug": "vpc", "questions": []}')
    monkeypatch.chdir(tmp_path)

    review()

    assert said == ["A review belongs to the self-study edition; this notebook is an assignment."]
    assert not (tmp_path / "data").exists()


def test_a_chapter_that_is_being_rewritten_is_left_out(every: dict[str, Bank], course: Path) -> None:
    edit(course / "chapters" / "01-iam" / "questions.toml", "[[question]]", "[[questio")

    assert list(banks()) == ["vpc"]


def test_what_is_wrong_today_is_due_tomorrow(every: dict[str, Bank], monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [attempt("vpc-extra-1", day=20, right=False)]
    assert reasons(waiting(rows, every)) == []

    monkeypatch.setenv("CLOUDCRIB_NOW", dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC).isoformat())

    assert reasons(waiting(rows, every)) == [("vpc-extra-1", MISTAKE)]
