"""One quiz cell while its kernel lives: what it asks, what is recorded, and who is told when that changes."""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from cloudcrib import events
from cloudcrib.events import Checked, Reminder
from cloudcrib.question.marking import Mark, mark, mistakes, untouched
from cloudcrib.question.wording import is_answer, remark, spoken
from cloudcrib.quizzes import answers
from cloudcrib.quizzes.answers import Answer, Record
from cloudcrib.quizzes.bank import Bank, bank, same
from cloudcrib.quizzes.protocol import Confidence, FromKernel, Heard, State
from cloudcrib.quizzes.saved import remembered

DRAW = "~"  # parts the id of a question that is asked for practice from its variant: `vpc-slash-28~17`
live: weakref.WeakSet[Session] = weakref.WeakSet()


@dataclass(eq=False)
class Session:
    """The questions of one cell, the newest answers to them, and the way to its front end and its output."""

    ids: tuple[str, ...]
    banks: dict[str, Bank]
    record: Record
    notice: str = ""
    folder: Path = field(default_factory=Path.cwd)
    send: Callable[[FromKernel], None] = lambda message: None
    refresh: Callable[[], None] = lambda: None
    more: dict[str, tuple[str, str]] = field(default_factory=dict)  # what was asked on top: after which, and why
    heard: dict[str, Heard] = field(default_factory=dict)  # per question: the last word of each view
    warning: str = ""  # what holds as long as the cell stands, where a notice is about the last thing done

    @property
    def graded(self) -> bool:
        """Whether this cell only records."""
        return all(each.graded for each in self.banks.values())

    def answered(self, qid: str) -> bool:
        """Whether what is recorded for a question is an answer to it, right or wrong."""
        made = self.record.get(qid)
        return made is not None and is_answer(self.banks[qid].shown[qid], made.choice)

    def passing(self, qid: str) -> bool:
        """Whether a question is asked for practice only, so that no notebook records its answer."""
        return DRAW in qid


OTHERS = (  # of a notebook whose questions have changed since
    "These questions are not word for word those that this notebook was made with. "
    "Ask your teacher which version of cloudcrib to install, or for the notebook as it is now; what you answer here is recorded."
)

ALONE = (  # of a self-study notebook without its course
    "Only the questions are here, not the course: what you answer is recorded, and nothing is explained. "
    "`crib study` opens the course."
)


def session(ids: Sequence[str], named: str = "") -> Session:
    """The questions with these ids, and what the learner answered before; `named` is the fingerprint that the notebook gives."""
    if not ids:
        raise ValueError('Name at least one question, such as `quiz("vpc-usable-28")`.')
    if twice := [qid for at, qid in enumerate(ids) if qid in ids[:at]]:
        raise ValueError(f"The question “{twice[0]}” is asked twice; name it once.")
    banks = {qid: bank(qid) for qid in ids}
    found = [remembered(slug) for slug in sorted({each.slug for each in banks.values()})]
    known = {qid: each for record, _ in found for qid, each in record.items() if qid in banks}
    notices = [notice for _, notice in found if notice]
    return Session(tuple(ids), banks, known, " ".join(notices), warning=_warning(banks, named))


def _warning(banks: Mapping[str, Bank], named: str) -> str:
    """What a learner must know of questions that stand where the notebook's own do not."""
    if not same(banks, named):
        return OTHERS
    return ALONE if not named and any(each.alone_here for each in banks.values()) else ""


@dataclass(frozen=True)
class Noted:
    """A choice that is recorded; where it was checked, its mark, and what the learner is to be reminded of."""

    answer: Answer
    mark: Mark | None = None
    reminder: Reminder | None = None


def note(
    one: Session,
    qid: str,
    choice: Any,
    confidence: str | None = None,
    check: bool = False,
    seconds: float | None = None,
) -> Noted:
    """Record a choice, checked or not, in the side file and in the notebook; how long it took goes to listeners only."""
    before = one.record.get(qid)
    if before and (before.choice, before.confidence) == (choice, confidence) and not check:
        one.send(state(one, qid))
        return Noted(before)
    counts = check or (one.graded and is_answer(one.banks[qid].shown[qid], choice))
    tries = (before.tries if before else 0) + counts
    variant = one.banks[qid].variant_of.get(qid, "")
    made = Answer(choice, answers.now(before.at if before else None), tries, confidence, check, variant)
    _keep(one, qid, made)
    if not check:
        return Noted(made)
    found = mark(one.banks[qid].keys[qid], choice)
    return Noted(made, found, _tell(one, qid, made, found, seconds))


def _keep(one: Session, qid: str, made: Answer) -> None:
    if one.passing(qid):
        one.record[qid] = made
        one.send(state(one, qid))
        return
    _, one.notice = answers.save(answers.side_file(one.folder, one.banks[qid].slug), {qid: made})
    one.record[qid] = made
    for each in list(live):
        if qid in each.ids:
            each.record[qid] = made
            each.refresh()
            each.send(state(each, qid))


def _tell(one: Session, qid: str, made: Answer, found: Mark, seconds: float | None) -> Reminder | None:
    """Say that an answer was checked; a listener that fails costs the learner a sentence and not the answer."""
    reminder, failure = events.tell(_event(one.banks[qid], qid, made, found, seconds))
    if failure:
        one.notice = f"This attempt is recorded here, but not in your progress: {failure}"
    return reminder


def _event(here: Bank, qid: str, made: Answer, found: Mark, seconds: float | None) -> Checked:
    item, _, variant = qid.partition(DRAW)
    return Checked(
        "card" if item.startswith(f"{here.slug}-card-") else "question",
        item,
        here.slug,
        here.folder,
        here.keys[qid].domain,
        found.verdict.name,
        found.fraction,
        answer=made.choice,
        variant=variant if item in here.varying else "",
        confidence=made.confidence,
        seconds=seconds,
        mistakes=mistakes(here.keys[qid], found),
    )


def recorded(one: Session, how: bool = True) -> dict[str, Any]:
    """What the second output of a cell carries: the answers as data, and in words with how to go on."""
    given = {qid: one.record[qid] for qid in one.ids if qid in one.record}
    words = "\n\n".join([*_given(one), *(_how(one) if how else [])])
    return {answers.MIME: answers.to_data(given)} | ({"text/markdown": words} if words else {})


def _given(one: Session) -> list[str]:
    """What was chosen, where anything was."""
    said = {number: said_of(one, qid) for number, qid in enumerate(one.ids, 1) if not _empty(one, qid)}
    if len(one.ids) == 1 or not said:
        return [f"*Recorded:* {text}" for text in said.values()]
    count = sum(map(one.answered, one.ids))
    lines = "\n".join(f"- Question {number}: {text}" for number, text in said.items())
    return [f"*Recorded, {count} of {len(one.ids)}:*", lines]


def _how(one: Session) -> list[str]:
    """How to answer, for whoever opens the saved notebook; a page that was graded cannot be answered."""
    if os.environ.get("NBGRADER_EXECUTION") == "autograde":
        return []
    go_on = any(not _empty(one, qid) for qid in one.ids)
    return [f"*Run this cell (Shift + Enter) to {'go on' if go_on else 'answer'}.*"]


def _empty(one: Session, qid: str) -> bool:
    made = one.record.get(qid)
    return made is None or untouched(made.choice)


def said_of(one: Session, qid: str) -> str:
    """What is recorded for a question, in words."""
    made = one.record.get(qid)
    return spoken(one.banks[qid].shown[qid], made.choice if made else None)


def state(one: Session, qid: str) -> State:
    """What the front end is told about a question whenever its record changes."""
    from cloudcrib.kit.richtext import inline

    made, said = one.record.get(qid), said_of(one, qid)
    found = remark(one.banks[qid].shown[qid], made.choice) if made else None
    told: State = {
        "type": "state",
        "id": qid,
        "said": inline(said) if one.answered(qid) else "",
        "notice": " ".join(filter(None, [one.warning, one.notice])),
        "remark": {"text": found.text, "offers": list(found.offers)} if found else None,
        "heard": dict(one.heard.get(qid, {})),
        "choice": made.choice if made else None,
    }
    if made:
        told["tries"], told["confidence"] = made.tries, cast(Confidence | None, made.confidence)
    return told
