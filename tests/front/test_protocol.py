"""Kernel and browser have one protocol: two tables that say the same, and messages that keep to it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from declarations import Reader
from messages import PROTOCOL, conforming
from shapes import Shape, Table, faults
from shared import REPOSITORY, edit

from cloudcrib.quizzes.bank import banks
from cloudcrib.quizzes.session import Session
from cloudcrib.quizzes.widget import view
from cloudcrib.study import review

DECLARED = REPOSITORY / "front" / "src" / "protocol.d.ts"


def differences(browser: Table, kernel: Table) -> Iterator[str]:
    """Where two tables do not say the same."""
    for name in sorted(browser.types.keys() | kernel.types.keys()):
        if (one := browser.types.get(name)) != (other := kernel.types.get(name)):
            yield f"{name}: {one} in the browser, {other} in the kernel"
    for name in sorted(browser.objects.keys() | kernel.objects.keys()):
        one, other = browser.objects.get(name, {}), kernel.objects.get(name, {})
        for field in sorted(one.keys() | other.keys()):
            if one.get(field) != other.get(field):
                yield f"{name}.{field}: {_in_words(one.get(field))} in the browser, {_in_words(other.get(field))} in the kernel"


def _in_words(field: tuple[bool, Shape] | None) -> str:
    return "nothing" if field is None else f"{field[1]}{'' if field[0] else ', if at all'}"


def test_the_browsers_table_and_the_kernels_say_the_same() -> None:
    assert list(differences(Reader(DECLARED.read_text(encoding="utf-8")).table(), PROTOCOL)) == []


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("  seen: number;", "  seen: string;", "AskHint.seen"),
        ("  seen: number;", "  seen?: number;", "AskHint.seen"),
        ("  seen: number;", "", "AskHint.seen"),
        ("  seen: number;", "  seen: number;\n  twice: boolean;", "AskHint.twice"),
        ('type: "reveal"', 'type: "show"', "Reveal.type"),
        ("tries?: number", "tries: number", "State.tries"),
        ("parts: Part[]", "parts: Part", "Judgement.parts"),
        (" | Say | More", " | More", "FromKernel"),
        ('"sure";', '"certain";', "Confidence"),
        ("count: number]", "count: string]", "Word"),
        ("export interface Apart", "interface Apart", "Apart"),
        ("Record<string, string>", "Record<string, number>", "Choice"),
    ],
)
def test_any_difference_between_the_tables_is_found(tmp_path: Path, old: str, new: str, named: str) -> None:
    path = tmp_path / "protocol.d.ts"
    path.write_text(DECLARED.read_text(encoding="utf-8"), encoding="utf-8")

    edit(path, old, new)

    found = list(differences(Reader(path.read_text(encoding="utf-8")).table(), PROTOCOL))
    assert [line for line in found if line.startswith(named)]


@pytest.mark.parametrize(
    "text",
    [
        "export class Hint {}",
        "export interface Hint { seen: any; }",
        "export interface Hint { seen(): number; }",
        "export interface Hint { seen: number }",
        "export type Hint = Partial<State>;",
        "export type Hint = 'hint';",
    ],
)
def test_a_form_that_the_reader_does_not_know_is_not_skipped(text: str) -> None:
    with pytest.raises(SyntaxError):
        Reader(text).table()


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ({"type": "say", "id": "x"}, "say.text is missing"),
        ({"type": "say", "id": "x", "text": "y", "key": 1}, "say.key is not declared"),
        ({"type": "say", "id": "x", "text": None}, "say.text is not string: None"),
        ({"type": "hint", "id": "x", "number": True, "total": 1, "html": ""}, "hint.number is not number: True"),
        ({"type": "shout", "id": "x", "text": "y"}, "shout.type is not"),
    ],
)
def test_a_message_that_no_table_holds_fails_the_test_that_sends_it(message: dict[str, Any], says: str) -> None:
    one = Session((), {}, {})

    with pytest.raises(AssertionError, match=says):
        one.send(message)  # type: ignore[arg-type]


def test_a_message_of_the_table_passes() -> None:
    message = {"type": "say", "id": "x", "text": "y"}

    assert conforming(message) == message


@pytest.fixture
def course(monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(REPOSITORY / "notebooks")
    return Path(os.curdir)


def test_the_view_of_every_question_of_the_course_is_in_the_table(course: Path) -> None:
    seen = [view(Session(tuple(each.shown), dict.fromkeys(each.shown, each), {})) for each in banks().values()]

    assert sum(len(one["questions"]) for one in seen) > 100
    for one in seen:
        assert list(faults(PROTOCOL, Shape("View"), one)) == []


def test_the_view_of_a_flash_card_is_in_the_table(course: Path) -> None:
    every = banks()
    slug, here = next(iter(every.items()))
    card = review.ask(review.Waiting(f"{slug}-card-{next(iter(here.facts))}", slug, review.NEW), every, 0)

    one = view(Session(tuple(card.shown), dict.fromkeys(card.shown, card), {}))

    assert "back" in one["questions"][0]
    assert list(faults(PROTOCOL, Shape("View"), one)) == []
