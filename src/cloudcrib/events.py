"""The one thing that happens in a notebook and matters elsewhere: an answer was checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True)
class Checked:
    """A learner had an answer checked: what was asked and answered, and what came of it."""

    kind: Literal["question", "exercise", "card"]
    item: str  # id of the question, exercise or card
    chapter: str  # its slug
    folder: Path  # the chapter's
    domain: str
    verdict: str  # a Verdict's name
    fraction: float  # of the points
    answer: Any = None
    variant: str = ""
    confidence: str | None = None
    seconds: float | None = None
    mistakes: tuple[str, ...] = ()  # known ones that the answer shows


@dataclass(frozen=True)
class Reminder:
    """What a listener has to say to the learner: in Markdown, and the question that would help, if there is one."""

    words: str
    ask: str | None = None


Listener = Callable[[Checked], Reminder | None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """From now on tell this listener, once of each checked answer."""
    if listener not in _listeners:
        _listeners.append(listener)


def forget() -> None:
    """Be as a new kernel is, with nobody listening."""
    _listeners.clear()


def tell(event: Checked) -> tuple[Reminder | None, str]:
    """Tell the listeners: a reminder, and what one that failed said, which costs no answer and no other listener."""
    reminder, failure = None, ""
    for listener in _listeners:
        try:
            reminder = listener(event) or reminder
        except Exception as err:
            failure = str(err)
    return reminder, failure
