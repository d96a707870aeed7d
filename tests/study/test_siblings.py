"""A family is one thing to remember: its siblings stand in for each other in practice, in reviews, in what is counted."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kin import FAMILY, MEMBERS, OPTIONS, add_family
from shared import edit
from studies import attempt

from cloudcrib import events, notebook
from cloudcrib.quizzes import session
from cloudcrib.quizzes.answers import load, side_file
from cloudcrib.quizzes.bank import Bank, bank, banks
from cloudcrib.quizzes.replies import reply
from cloudcrib.quizzes.widget import asked
from cloudcrib.study import anki, mistakes, review, schedule
from cloudcrib.study.calibration import brier, confidently_wrong, levels
from cloudcrib.study.dashboard import listed
from cloudcrib.study.mastery import Share, histories, newest
from cloudcrib.study.review import DUE, MISTAKE, NEW, SURE, Waiting, ask, sibling, waiting
from cloudcrib.study.standing import standing
from cloudcrib.study.store import Store, from_text, to_csv

ONE, TWO, THREE = MEMBERS
KIN = dict.fromkeys(MEMBERS, FAMILY)


@pytest.fixture
def every(vpc: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Bank]:
    """The small course with a family of three, of which its notebook asks the first; the day is the 20th."""
    add_family(vpc)
    (vpc.parent.parent / "notebooks").mkdir()
    monkeypatch.chdir(vpc.parent.parent / "notebooks")
    monkeypatch.setenv("CLOUDCRIB_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CLOUDCRIB_NOW", "2026-11-20T12:00:00+00:00")
    return banks()


def opened(*ids: str) -> tuple[list[dict[str, Any]], Callable[..., None], session.Session]:
    """A quiz whose answers are kept, with a front end that writes down what it is told."""
    events.listen(notebook._keep)
    one = session.session(ids)
    said: list[dict[str, Any]] = []
    one.send = said.append
    session.live.add(one)
    return said, lambda type, id, **rest: reply(one, {"type": type, "id": id, **rest}), one


def test_a_question_with_siblings_has_another_like_it(every: dict[str, Bank]) -> None:
    _, _, one = opened(ONE, "vpc-usable-28")

    assert asked(one, ONE)["another"] and not asked(one, "vpc-usable-28")["another"]


def test_another_one_like_this_asks_the_siblings_in_turn_and_has_no_end(every: dict[str, Bank]) -> None:
    said, tell, _ = opened(ONE)
    at, met = ONE, []

    for _ in range(5):
        tell("another", at)
        at = said[-1]["id"]
        met.append(at.partition("~")[0])

    assert met[:2] == [TWO, THREE] and set(met[2:]) <= {*MEMBERS}
    assert all(before != after for before, after in itertools.pairwise([ONE, *met]))
    assert len({message["id"] for message in said if message["type"] == "more"}) == 5  # each a card of its own


def test_a_sibling_that_is_on_the_screen_already_comes_last(every: dict[str, Bank]) -> None:
    said, tell, _ = opened(ONE, TWO)

    tell("another", ONE)

    assert said[-1]["id"].startswith(THREE)


def test_an_answer_to_a_sibling_is_kept_under_its_own_id_and_no_notebook_records_it(every: dict[str, Bank]) -> None:
    said, tell, _ = opened(ONE)
    tell("check", ONE, choice=["acl"])
    tell("another", ONE)
    tell("check", said[-1]["id"], choice=["acl"])

    assert [(a.item, a.variant, a.verdict) for a in Store().attempts()] == [
        (ONE, "", "CORRECT"),
        (TWO, "", "INCORRECT"),
    ]
    assert list(load(side_file(Path.cwd(), "vpc"))[0]) == [ONE]


def test_the_browser_is_told_no_family_and_a_release_offers_no_sibling(
    every: dict[str, Bank], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import json

    said, tell, one = opened(ONE)
    tell("another", ONE)
    assert FAMILY not in json.dumps(said)

    (tmp_path / "questions.json").write_text(
        json.dumps({"slug": "vpc", "questions": [dict(one.banks[ONE].shown[ONE])]})
    )
    monkeypatch.chdir(tmp_path)
    said, tell, one = opened(ONE)
    tell("another", ONE)

    assert said == [] and not asked(one, ONE)["another"]
    assert not bank(ONE).families


def test_an_attempt_at_a_sibling_is_an_attempt_at_the_family(every: dict[str, Bank]) -> None:
    rows = [attempt(ONE, day=3), attempt(TWO, day=8), attempt(THREE, day=14)]

    (memory,) = schedule.memories(rows, KIN).values()
    (same,) = schedule.memories([attempt(ONE, day=day) for day in (3, 8, 14)]).values()

    assert (memory.item, memory.due, memory.days) == (FAMILY, same.due, same.days)
    assert memory.last.item == THREE


def test_of_siblings_on_one_day_the_weakest_first_answer_counts() -> None:
    right, wrong, again = attempt(ONE), attempt(TWO, right=False), attempt(TWO)

    assert histories([right, wrong, again], KIN) == {FAMILY: [wrong]}
    assert histories([wrong, right], KIN) == {FAMILY: [wrong]}
    assert newest([wrong, attempt(ONE, day=2)], KIN)[FAMILY].verdict == "CORRECT"


def test_without_a_family_each_question_is_a_thing_of_its_own() -> None:
    assert set(histories([attempt(ONE), attempt(TWO)])) == {ONE, TWO}


def reasons(rows: list[Waiting]) -> list[tuple[str, str]]:
    return [(row.item, row.why) for row in rows if row.why != NEW]


def test_a_family_is_asked_once_in_a_review(every: dict[str, Bank]) -> None:
    assert reasons(waiting([attempt(ONE, day=3), attempt(TWO, day=3)], every)) == [(FAMILY, DUE)]
    assert reasons(waiting([attempt(ONE, day=3), attempt(TWO, day=4, right=False)], every)) == [(FAMILY, MISTAKE)]
    assert reasons(waiting([attempt(TWO, day=3, right=False, confidence="sure")], every)) == [(FAMILY, SURE)]
    assert reasons(waiting([attempt(ONE, day=3), attempt(TWO, day=19, confidence="sure")], every)) == []


def test_a_review_asks_the_sibling_that_has_not_been_asked_for_the_longest(every: dict[str, Bank]) -> None:
    one, rows, met = Waiting(FAMILY, "vpc", DUE), [attempt(ONE, day=1)], []

    for day in range(2, 8):
        (qid,) = ask(sibling(one, every, rows), every, len(rows)).shown
        met.append(qid)
        rows.append(attempt(qid.rstrip("~"), day=day))

    assert met == [f"{qid}~" for qid in (TWO, THREE, ONE, TWO, THREE, ONE)]


def test_review_shows_the_sibling(every: dict[str, Bank], monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    monkeypatch.setattr(review, "say", shown.append)
    monkeypatch.setattr("cloudcrib.quizzes.cell.practise", lambda banks: shown.append(sorted(banks)))
    Store().add([attempt(ONE, day=3)])

    review.review(most=1)

    assert "1 due" in shown[0] and shown[1] == [f"{TWO}~"]


def test_a_sibling_that_the_course_no_longer_has_is_not_asked_and_not_in_the_way(every: dict[str, Bank]) -> None:
    rows = [attempt("vpc-filter-gone", day=3), attempt(ONE, day=3)]

    assert reasons(waiting(rows, every)) == [(FAMILY, DUE)]


def test_two_ideas_are_told_apart_by_any_sibling_of_the_question_that_separates_them(
    every: dict[str, Bank], vpc: Path
) -> None:
    edit(vpc / "questions.toml", 'asks = "vpc-usable-28"', f'asks = "{ONE}"')
    mixed = [attempt("vpc-usable-26", day=day, right=False, mistakes=("vpc-keeps-two",)) for day in (18, 19)]

    assert mistakes.unsettled(vpc, mixed) == [ONE]
    assert (FAMILY, MISTAKE) in reasons(waiting(mixed, every))
    assert mistakes.unsettled(vpc, [*mixed, attempt(TWO, day=20)]) == []
    assert mistakes.unsettled(vpc, [*mixed, attempt(TWO, day=20, right=False)]) == [ONE]


def test_the_same_mistake_at_a_sibling_is_a_second_sighting() -> None:
    rows = [attempt(qid, right=False, mistakes=("vpc-keeps-two",)) for qid in (ONE, TWO)]

    assert mistakes.sightings(rows) == {"vpc-keeps-two": 2}


def test_a_family_counts_once_among_the_things_of_a_chapter(every: dict[str, Bank]) -> None:
    rows = [attempt(ONE, day=18), attempt(TWO, day=19, right=False), attempt("vpc-usable-28", day=19)]

    (row,) = standing(rows, every).chapters

    assert (row.share, row.of) == (Share(1.0, 2), 4)  # two questions, an exercise, a family
    assert sum(area.share.asked for area in standing(rows, every).areas) == 2


def test_sure_and_wrong_is_over_when_a_sibling_is_answered_right_and_shows_its_own_stem(every: dict[str, Bank]) -> None:
    wrong = attempt(TWO, day=18, right=False, confidence="sure")

    assert confidently_wrong([wrong], KIN) == [wrong]
    assert "What filters per network interface?" in next(iter(listed(standing([wrong], every), every)))
    assert confidently_wrong([wrong, attempt(ONE, day=19)], KIN) == []


def test_certainty_is_said_of_each_question() -> None:
    rows = [attempt(ONE, day=day, confidence="sure") for day in range(1, 6)]
    rows += [attempt(TWO, day=day, confidence="sure", right=False) for day in range(1, 6)]

    assert [(level.said, level.share) for level in levels(rows)] == [("sure", Share(5, 10))]
    assert brier(rows) == pytest.approx((0.05**2 + 0.95**2) / 2)


def test_anki_has_a_card_for_each_sibling(every: dict[str, Bank], tmp_path: Path) -> None:
    ids = [id for id, *_ in anki._cards("vpc", every["vpc"]) if id.startswith("question/")]

    assert ids == [f"question/{qid}" for qid in ("vpc-usable-28", "vpc-usable-26", *MEMBERS)]


def test_an_export_names_each_sibling(every: dict[str, Bank]) -> None:
    rows = [attempt(qid, answer=[next(iter(OPTIONS))]) for qid in MEMBERS]

    assert from_text(to_csv(rows)) == rows
    assert FAMILY not in to_csv(rows).replace(ONE, "")
