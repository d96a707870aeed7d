"""From a checked answer to an attempt in the store, through the real quiz and the real exercise cell."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest
from shared import edit
from sharing import GENERATOR

from cloudcrib import events, notebook
from cloudcrib.question.marking import mark, mistakes
from cloudcrib.quizzes import cell, session
from cloudcrib.quizzes.answers import load, side_file
from cloudcrib.quizzes.bank import bank
from cloudcrib.quizzes.replies import reply
from cloudcrib.study import attempts
from cloudcrib.study.store import Store

QID, OTHER = "vpc-usable-26", "vpc-usable-28"


@pytest.fixture
def study(vpc: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A notebook's folder of the small course, with a store of its own."""
    (vpc / "variants.py").write_text(GENERATOR)
    folder = vpc.parent.parent / "notebooks"
    folder.mkdir(exist_ok=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("CLOUDCRIB_DATA", str(tmp_path / "data"))
    return folder


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr(cell, "_display", lambda bundle, *_, **__: bundles.append(bundle))
    return bundles


def opened(*ids: str) -> tuple[list[dict[str, Any]], Callable[..., None], session.Session]:
    """A quiz with a front end that writes down what it is told, whose answers are kept."""
    events.listen(attempts.keep)
    one = session.session(ids)
    said: list[dict[str, Any]] = []
    one.send = said.append
    return said, lambda type, id, **rest: reply(one, {"type": type, "id": id, **rest}), one


def kept() -> list[tuple[str, str, str]]:
    return [(each.item, each.verdict, each.variant) for each in Store().attempts()]


def test_a_checked_question_is_an_attempt_with_all_that_is_known_of_it(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLOUDCRIB_NOW", "2026-12-01T08:00:00+00:00")
    _, tell, _ = opened(QID)

    tell("choose", QID, choice="62")
    tell("check", QID, choice="62", confidence="sure", seconds=8.5)

    (one,) = Store().attempts()
    assert (one.kind, one.item, one.chapter, one.domain) == ("question", QID, "vpc", "3.4")
    assert (one.answer, one.verdict, one.fraction, one.confidence) == ("62", "INCORRECT", 0.0, "sure")
    assert (one.mistakes, one.seconds, one.at) == (("vpc-keeps-two",), 8.5, "2026-12-01T08:00:00.000000Z")


@pytest.mark.parametrize(
    ("qid", "choice", "slugs"),
    [
        (OTHER, ["fourteen"], ("vpc-keeps-two",)),
        (OTHER, ["sixteen"], ()),
        (OTHER, ["eleven"], ()),
        (QID, "62 addresses", ("vpc-keeps-two",)),
        (QID, "59", ()),
        (QID, "many", ()),
    ],
)
def test_a_wrong_choice_shows_the_mistake_behind_it(
    study: Path, qid: str, choice: object, slugs: tuple[str, ...]
) -> None:
    assert mistakes(bank(qid).keys[qid], mark(bank(qid).keys[qid], choice)) == slugs


def test_listening_twice_writes_once(study: Path) -> None:
    events.listen(attempts.keep)
    _, tell, _ = opened(QID)

    tell("check", QID, choice="59")

    assert kept() == [(QID, "CORRECT", "")]


def test_an_answer_is_kept_in_the_course_and_not_in_an_assignment(
    study: Path, shown: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = {"slug": "vpc", "questions": [dict(bank(QID).shown[QID])]}
    folder = tmp_path / "assignment"
    folder.mkdir()
    (folder / "questions.json").write_text(json.dumps(data))

    monkeypatch.chdir(folder)
    notebook.answer(QID, 59)
    assert not (tmp_path / "data").exists()

    monkeypatch.chdir(study)
    notebook.answer(QID, 59)
    assert kept() == [(QID, "CORRECT", "")]


def test_a_store_that_cannot_be_written_costs_a_sentence(study: Path, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    said, tell, one = opened(QID)

    tell("check", QID, choice="59")

    assert "not in your progress" in one.notice
    assert [message["verdict"] for message in said if message["type"] == "feedback"] == ["CORRECT"]


def test_another_one_like_this_is_kept_as_a_variant_and_no_notebook_records_it(study: Path) -> None:
    said, tell, _ = opened(QID)
    tell("check", QID, choice="59")

    for _ in range(3):
        tell("another", QID)
        vid = said[-1]["id"]
        tell("check", vid, choice="1")

    variants = [variant for _, _, variant in kept()]
    assert variants[0] == "" and len(set(variants)) == 4
    assert list(load(side_file(study, "vpc"))[0]) == [QID]


def test_the_browser_knows_no_key_of_another_one(study: Path, vpc: Path) -> None:
    edit(vpc / "variants.py", '"answer": size - 5', '"answer": 700_000_000 + size')  # figures that no stem holds
    edit(vpc / "variants.py", '"value": size - 2', '"value": 800_000_000 + size')
    said, tell, one = opened(QID)

    tell("another", QID)

    (asked,) = [message["asked"] for message in said if message["type"] == "more"]
    body = one.banks[asked["id"]].keys[asked["id"]].body
    assert body.answer > 700_000_000 and body.traps[0].value > 800_000_000  # type: ignore[union-attr]
    secrets = [str(body.answer), body.why, *(text for t in body.traps for text in (str(t.value), t.why, t.mistake))]  # type: ignore[union-attr]
    assert "How many addresses of 10." in asked["stem"]
    assert [secret for secret in secrets if secret in json.dumps(asked)] == []


def test_a_new_view_is_told_what_was_asked_on_top(study: Path) -> None:
    said, tell, one = opened(QID)
    tell("another", QID)
    first = next(message for message in said if message["type"] == "more")
    said.clear()

    reply(one, {"type": "ready"})

    assert [message for message in said if message["type"] == "more"] == [first]


def test_a_question_without_variants_has_no_other(study: Path) -> None:
    said, tell, _ = opened(OTHER)

    tell("another", OTHER)

    assert said == []


def test_the_same_mistake_in_a_question_and_in_code_is_met_the_second_time(study: Path) -> None:
    said, tell, _ = opened(OTHER)
    tell("check", OTHER, choice=["fourteen"])
    assert "again" not in said[-1]

    code = "from cloudcrib import check\ndef usable(prefix):\n    return 2 ** (32 - prefix) - 2\ncheck('vpc-usable')"
    outputs = executed(study, code)

    verdict, again, _, asked = [output["data"] for output in outputs if "data" in output][:4]
    assert verdict["text/plain"].startswith("✗ Not yet")
    assert again["text/markdown"].startswith("**This one has come back.** You kept back two addresses")
    assert "How many addresses of a /28" in asked["text/markdown"]  # the question that separates the two ideas
    assert [(a.kind, a.verdict, a.mistakes) for a in Store().attempts()] == [
        ("question", "INCORRECT", ("vpc-keeps-two",)),
        ("exercise", "INCORRECT", ("vpc-keeps-two",)),
    ]


def test_the_second_sighting_in_a_quiz_brings_the_note_and_offers_the_question(study: Path) -> None:
    said, tell, one = opened(OTHER, QID)
    tell("check", OTHER, choice=["fourteen"])
    tell("check", OTHER, choice=["fourteen"])
    assert "again" not in said[-1]  # the same answer once more is no second sighting

    tell("check", QID, choice="62")
    again = said[-1]["again"]
    assert "You kept back two addresses" in again["html"] and again["ask"] == OTHER

    tell("apart", QID, ask=OTHER)
    assert said[-1]["asked"]["id"] == f"{OTHER}~"
    tell("apart", QID, ask="vpc-usable-27")
    tell("apart", QID, ask=["x"])
    assert set(one.more) == {f"{OTHER}~"}


def test_an_exercise_that_nobody_touched_is_no_attempt(study: Path) -> None:
    executed(study, "from cloudcrib import check\ndef usable(prefix):\n    ...\ncheck('vpc-usable')")

    assert kept() == []


def test_partly_right_code_is_a_partial_attempt(study: Path) -> None:
    code = "def usable(prefix):\n    return 65531 if prefix == 16 else 0"
    outputs = executed(study, f"from cloudcrib import check\n{code}\ncheck('vpc-usable')")

    store = Store()
    rows, beside = store.attempts(), sorted(each.name for each in store.path.parent.iterdir())
    assert len(rows) == 1, (outputs, store.notice, beside)  # what the cell said, and what became of the file
    (one,) = rows
    assert (one.verdict, one.fraction) == ("PARTIAL", pytest.approx(1 / 3))


def test_a_cell_that_checks_and_asks_for_help_shows_all_of_it_in_that_order_and_nothing_twice(study: Path) -> None:
    """Whoever takes away both `#` wants the verdict, the hint and the solution."""
    calls = "check('vpc-usable')\nhint('vpc-usable')\nhint('vpc-usable')\nsolution('vpc-usable')"
    outputs = executed(
        study, f"from cloudcrib import check, hint, solution\ndef usable(prefix):\n    return 0\n{calls}"
    )

    said = [output["data"]["text/plain"].split("\n")[0] for output in outputs]
    assert [words.split(".")[0] for words in said] == [
        "✗ Not yet",
        "**Hint 1 of 2",
        "**Hint 2 of 2",
        "One way to write it; yours may be better",
    ]


def executed(folder: Path, source: str) -> list[nbformat.NotebookNode]:
    """The outputs of a cell after a real kernel has run it."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    nbclient.NotebookClient(
        notebook, timeout=240, startup_timeout=240, resources={"metadata": {"path": str(folder)}}
    ).execute()
    return list(notebook.cells[0].outputs)
