"""What was just checked, as an attempt in the learner's own store."""

from __future__ import annotations

import sqlite3
from contextlib import suppress

from cloudcrib.course.trouble import AuthoringError
from cloudcrib.events import Checked, Reminder
from cloudcrib.question.marking import Verdict
from cloudcrib.study import mistakes
from cloudcrib.study.store import Attempt, Store

TRIED = (Verdict.CORRECT.name, Verdict.PARTIAL.name, Verdict.INCORRECT.name)


def keep(event: Checked) -> Reminder | None:
    """Write down an answer that was tried; a mistake in it that has come back is worth a word."""
    if event.verdict not in TRIED:
        return None
    store = Store()
    store.add([attempt(event)])
    with suppress(OSError, sqlite3.Error, AuthoringError):  # a word that cannot be found is not missed
        for one in mistakes.returned(event.folder, event.mistakes, store.attempts() if event.mistakes else []):
            return Reminder(mistakes.words(one), one.asks)
    return None


def attempt(event: Checked) -> Attempt:
    """The attempt that a checked answer is."""
    return Attempt(
        event.kind,
        event.item,
        event.chapter,
        event.domain,
        event.verdict,
        event.fraction,
        event.answer,
        event.variant,
        event.confidence,
        event.seconds,
        event.mistakes,
    )
