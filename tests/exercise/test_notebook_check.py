"""`check`, `hint` and `solution`, as a notebook calls them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cloudcrib import events
from cloudcrib.events import Checked, Reminder
from cloudcrib.exercise import check as exercises
from cloudcrib.exercise.check import Result, Said, check, hint, solution
from cloudcrib.question import Verdict

ID = "vpc-usable"


@pytest.fixture(autouse=True)
def study(vpc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook of the small course that has just been opened."""
    monkeypatch.chdir(vpc)
    monkeypatch.setattr(exercises, "_hints_shown", {})


def defines(monkeypatch: pytest.MonkeyPatch, **names: object) -> None:
    """What the notebook's own cells have defined."""
    monkeypatch.setattr(exercises, "_notebook", lambda: dict(names))


def test_hints_come_one_by_one_and_after_the_last_all_of_them_and_what_comes_next() -> None:
    first, second, after, later = (hint(ID).text for _ in range(4))

    assert first.startswith("**Hint 1 of 2.**") and second.startswith("**Hint 2 of 2.**")
    assert after.startswith(f'These were all the hints; what comes next is `solution("{ID}")`')
    assert [line[:2] for line in after.splitlines()[2:]] == ["1.", "2."]
    assert later == after


def test_a_solution_shows_figures_and_no_placeholders() -> None:
    assert "- 5" in solution(ID).text and "{{" not in solution(ID).text


def test_an_answer_that_is_not_defined_yet_says_which_cell_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    defines(monkeypatch)

    found = check(ID)

    assert isinstance(found, Result) and found.verdict is Verdict.NOT_ATTEMPTED
    said = found._repr_mimebundle_()
    assert said["text/plain"] == "○ Not attempted yet\nThere is no `usable`: run the cell that defines it."
    assert ">usable</code>: run the cell that defines it." in said["text/html"] and "points" not in said["text/html"]


def test_what_is_not_kept_is_said_below_the_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(event: Checked) -> Reminder | None:
        raise OSError("No space left on device")

    events.listen(refuse)
    defines(monkeypatch, usable=lambda prefix: 2 ** (32 - prefix) - 5)

    shown = check(ID)._repr_mimebundle_()  # type: ignore[union-attr]

    said = "This attempt is not in your progress: No space left on device"
    assert shown["text/plain"].splitlines()[0] == "✓ Correct" and shown["text/plain"].splitlines()[-1] == said
    assert said in shown["text/html"]


def test_a_reminder_comes_with_the_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    events.listen(lambda event: Reminder("This one has come back.", "vpc-usable-28"))
    defines(monkeypatch, usable=lambda prefix: 2 ** (32 - prefix) - 2)

    found = check(ID)

    assert isinstance(found, Result) and found.reminder == Reminder("This one has come back.", "vpc-usable-28")


def test_an_exercise_that_does_not_exist_is_answered_with_those_that_do() -> None:
    assert check("vpc-usabel") == Said("There is no exercise called `vpc-usabel` in this chapter. It has: vpc-usable.")
