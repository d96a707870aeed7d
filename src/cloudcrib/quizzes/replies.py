"""Answer what the front end of a quiz asks: record, check, hint, reveal; and nothing that it has no right to."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from cloudcrib.course import items
from cloudcrib.events import Reminder
from cloudcrib.kit.richtext import inline
from cloudcrib.question import figures
from cloudcrib.question.marking import Mark, form_problem, incomplete, mark, untouched
from cloudcrib.question.wording import remark
from cloudcrib.quizzes.answers import CONFIDENCES
from cloudcrib.quizzes.bank import Bank, bank
from cloudcrib.quizzes.cards import is_card, turned
from cloudcrib.quizzes.feedback import feedback
from cloudcrib.quizzes.protocol import Again, Feedback
from cloudcrib.quizzes.session import DRAW, Session, note, state

DRAWS = 10**6
LONGEST_NAME, MOST_VIEWS = 64, 16  # of views: longer names and more of them are not ours
LONGEST = 600.0  # seconds that one attempt can count; a front end that claims more is not believed


def reply(one: Session, message: object) -> None:
    """React to one message of the front end; anything that is not one of ours is left alone."""
    if not isinstance(message, dict):
        return
    if message.get("type") == "ready":
        _greet(one)
    elif message.get("id") in one.banks and message.get("type") in _REACT:
        _listen(one, message["id"], message.get("word"))
        _REACT[message["type"]](one, message["id"], message)


def _listen(one: Session, qid: str, word: object) -> None:
    """Remember the last word of each view, so that each can tell whether all of its words were heard."""
    match word:
        case [str(view), int(count)] if len(view) <= LONGEST_NAME:
            views = one.heard.setdefault(qid, {})
            views[view] = max(count, views.pop(view, 0))
            for old in list(views)[:-MOST_VIEWS]:
                del views[old]


def _greet(one: Session) -> None:
    """Bring a new view up to date: what is recorded, and the verdict on what had been checked."""
    for qid, (after, title) in one.more.items():
        _send_more(one, qid, after, title)
    for qid in (*one.ids, *one.more):
        one.send(state(one, qid))
        made = one.record.get(qid)
        if made and made.checked and not one.graded and one.answered(qid):
            _send_feedback(one, qid, made.choice)


def _unsound(one: Session, qid: str, choice: object) -> str | None:
    return None if untouched(choice) else form_problem(dict(one.banks[qid].shown[qid]), choice)


def _choose(one: Session, qid: str, message: dict[str, Any]) -> None:
    """Record a choice; a text that is understood as no number is kept too, and is no answer."""
    choice = message.get("choice")
    problem = _unsound(one, qid, choice)
    if problem and not _typed(one, qid, choice):
        _say(one, qid, problem)
    else:
        note(one, qid, choice, _confidence(message))


def _typed(one: Session, qid: str, choice: object) -> bool:
    return one.banks[qid].shown[qid]["kind"] == "number" and isinstance(choice, str) and len(choice) <= figures.LONGEST


def _unclear(one: Session, qid: str, choice: object) -> bool:
    """Whether a text was typed that is no number, or two."""
    found = remark(one.banks[qid].shown[qid], choice) if _typed(one, qid, choice) else None
    return bool(found and (found.offers or _unsound(one, qid, choice)))


def _confidence(message: dict[str, Any]) -> str | None:
    said = message.get("confidence")
    return said if said in CONFIDENCES else None


def _seconds(message: dict[str, Any]) -> float | None:
    """How long the question was in sight, where the front end says so in a figure that can be true."""
    said = message.get("seconds")
    if isinstance(said, bool) or not isinstance(said, int | float) or not 0 <= said < math.inf:
        return None
    return round(float(min(said, LONGEST)), 1)


def _check(one: Session, qid: str, message: dict[str, Any]) -> None:
    choice = message.get("choice")
    if _unclear(one, qid, choice):
        note(one, qid, choice, _confidence(message))  # which also says what is unclear
        return
    problem = _unsound(one, qid, choice) or incomplete(dict(one.banks[qid].shown[qid]), choice)
    if problem or one.graded:
        _say(one, qid, problem or "Answers are checked when the assignment is graded.")
        return
    made = note(one, qid, choice, _confidence(message), check=True, seconds=_seconds(message))
    _send_feedback(one, qid, choice, made.mark, again=_come_back(made.reminder))


def _come_back(reminder: Reminder | None) -> Again | None:
    """A mistake that this learner makes again: a word about it, and what to ask them that tells two ideas apart."""
    return {"html": inline(reminder.words), "ask": reminder.ask or ""} if reminder else None


def _apart(one: Session, qid: str, message: dict[str, Any]) -> None:
    """Ask the question that separates two ideas, afresh and for practice."""
    here, wanted = one.banks[qid], message.get("ask")
    if not one.graded and wanted in [each.asks for each in items.read(here.folder).mistakes.values() if each.asks]:
        name = str(wanted)
        base = bank(name)
        afresh = (
            _other(one, qid, name) if name in base.varying else base.alone(replace(base.keys[name], id=name + DRAW))
        )
        _more(one, qid, afresh, "To tell the two apart")


def _another(one: Session, qid: str, message: dict[str, Any]) -> None:
    """The same question with other figures, or a sibling of it, as often as the learner likes."""
    name = qid.partition(DRAW)[0]
    here = bank(name)
    if one.graded or not here.more_like(name):
        return
    made = _other(one, qid, name) if name in here.varying else _sibling(one, here, name)
    _more(one, qid, made, "Another one like this")


def _sibling(one: Session, here: Bank, name: str) -> Bank:
    """The next question of a family, one on the screen only when all are; each time under an id of its own."""
    shown = {each.partition(DRAW)[0] for each in (*one.ids, *one.more)}
    qid = min(here.siblings(name), key=lambda each: each in shown)
    return here.alone(replace(here.keys[qid], id=f"{qid}{DRAW}{random.randrange(DRAWS)}"))


def _other(one: Session, qid: str, name: str) -> Bank:
    """A draw of a question whose figures are not those on the screen; after a few tries any will do."""
    stem = one.banks[qid].shown[qid]["stem"]
    for _ in range(20):
        made = bank(name).variant(name, random.randrange(DRAWS))
        if stem not in [shown["stem"] for shown in made.shown.values()]:
            break
    return made


def _more(one: Session, after: str, made: Bank, title: str) -> None:
    """Ask a question on top, below the one it came from; an earlier one of the same name gives way."""
    (qid,) = made.shown
    for old in [each for each in one.more if each.partition(DRAW)[0] == qid.partition(DRAW)[0]]:
        after = one.more.pop(old)[0] if old == after else after
        one.record.pop(old, None)
    one.banks[qid], one.more[qid] = made, (after, title)
    one.record.pop(qid, None)
    _send_more(one, qid, after, title)


def _send_more(one: Session, qid: str, after: str, title: str) -> None:
    from cloudcrib.quizzes.widget import asked

    one.send({"type": "more", "id": qid, "after": after, "title": title, "asked": asked(one, qid)})


def _send_feedback(
    one: Session,
    qid: str,
    choice: Any,
    found: Mark | None = None,
    reveal: bool = False,
    again: Again | None = None,
) -> None:
    here = one.banks[qid]
    key = here.keys[qid]
    found = found or mark(key, choice)
    card = is_card(here.shown[qid])
    said = turned(key, found) if card else feedback(key, choice, found, here.fact_behind(qid), reveal)
    come_back = {"again": again} if again else {}
    one.send(cast(Feedback, {"type": "feedback", "id": qid, "heard": dict(one.heard.get(qid, {}))} | said | come_back))


def _reveal(one: Session, qid: str, message: dict[str, Any]) -> None:
    """The whole answer, once there was an attempt to compare it with."""
    made = one.record.get(qid)
    if not one.graded and made and made.checked:
        _send_feedback(one, qid, made.choice, reveal=True)


def _hint(one: Session, qid: str, message: dict[str, Any]) -> None:
    """The next hint after the number already seen."""
    seen = message.get("seen")
    hints = () if one.graded else one.banks[qid].keys[qid].hint
    if type(seen) is int and 0 <= seen < len(hints):
        one.send({"type": "hint", "id": qid, "number": seen + 1, "total": len(hints), "html": inline(hints[seen])})


def _say(one: Session, qid: str, sentence: str) -> None:
    one.send({"type": "say", "id": qid, "text": sentence})


_REACT: dict[str, Callable[[Session, str, dict[str, Any]], None]] = {
    "choose": _choose,
    "check": _check,
    "hint": _hint,
    "reveal": _reveal,
    "another": _another,
    "apart": _apart,
}
