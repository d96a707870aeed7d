"""The quiz in a notebook: `quiz(...)` asks, `answer(...)` records without a mouse, both remember across restarts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from cloudcrib.kit.views import VIEW, ours
from cloudcrib.question.explaining import explain
from cloudcrib.question.figures import unmistakable
from cloudcrib.question.marking import form_problem, incomplete, untouched
from cloudcrib.question.wording import NOTHING, as_markdown, remark
from cloudcrib.quizzes.bank import Bank
from cloudcrib.quizzes.session import Session, live, note, recorded, session

_open: dict[tuple[str, ...], Callable[[], None]] = {}


def quiz(*ids: str, bank: str = "") -> None:
    """Ask these questions, with what the learner answered before already filled in; `bank` names the questions meant."""
    with _plainly():
        one = session(ids, bank)
        output = f"cloudcrib-quiz-{'+'.join(ids)}"
        one.refresh = lambda: _display(_readable(one), output, update=True)
        _show(one)
        _display(_readable(one), output)
        live.add(one)


def practise(banks: Mapping[str, Bank]) -> None:
    """Ask questions on top of what notebooks ask: answers count for progress, and no notebook records them."""
    one = Session(tuple(banks), dict(banks), {})
    _show(one, "practice")
    _display({"text/markdown": _in_markdown(one)})
    live.add(one)


def _show(one: Session, *name: str) -> None:
    """The first output: the widget, and nothing where there is none.

    What can be read stands in the next output: a view of which the widget is gone shows an error and not its other forms.
    """
    from cloudcrib.quizzes.replies import reply
    from cloudcrib.quizzes.widget import connect, view

    model, one.send, close = connect(view(one), lambda message: reply(one, message))
    _close_earlier(one, close, *(name or one.ids))
    _display({VIEW: ours(model), "text/markdown": ""})


def _close_earlier(one: Session, close: Callable[[], None], *name: str) -> None:
    """A cell that runs again replaces its widget; the one before would only answer nobody."""
    key = (_cell(), *name)
    if key in _open:
        _open.pop(key)()

    def retire() -> None:
        live.discard(one)
        close()

    _open[key] = retire


def _cell() -> str:
    """The id of the cell that runs, where the front end tells it."""
    from IPython.core.getipython import get_ipython

    parent: dict[str, Any] = getattr(get_ipython(), "get_parent", dict)()
    return str(parent.get("metadata", {}).get("cellId", ""))


def _readable(one: Session) -> dict[str, Any]:
    """The second output, which a live widget hides: the questions and what is recorded, as data and in words."""
    data = recorded(one)
    words = [_in_markdown(one), data.get("text/markdown", "")]
    return data | {"text/markdown": "\n\n".join(filter(None, words))}


def _in_markdown(one: Session) -> str:
    """The questions without what is recorded."""
    texts = [as_markdown(one.banks[qid].shown[qid]) for qid in one.ids]
    if len(texts) == 1:
        return texts[0]
    return "\n\n".join(f"**Question {number}.** {text}" for number, text in enumerate(texts, 1))


def answer(id: str, choice: Any, confidence: str | None = None) -> None:
    """Record an answer without a mouse; in the self-study edition it is checked at once."""
    with _plainly("This answer is not recorded."):
        one = session((id,))
        shown = one.banks[id].shown[id]
        choice = _as_choice(shown, choice)
        study = not one.graded and not untouched(choice)
        if problem := _problem(shown, choice, study):
            raise ValueError(f"“{id}” cannot take it. {problem}")
        made = note(one, id, choice, confidence, check=study)
        said = {"text/markdown": explain(one.banks[id].keys[id], choice, made.mark)} if study else {}
        _display({"text/markdown": f"*{NOTHING}*"} | recorded(one, how=False) | said)


def _problem(shown: Mapping[str, Any], choice: Any, study: bool) -> str | None:
    """Why a choice cannot be recorded: it is none, can be read in two ways, or, where it would be judged, is half of one."""
    if untouched(choice):
        return None
    found = remark(shown, choice)
    asks = found.text if found and found.offers else None
    return form_problem(dict(shown), choice) or asks or (incomplete(dict(shown), choice) if study else None)


def _as_choice(shown: Mapping[str, Any], choice: Any) -> Any:
    """What somebody wrote in code as the front end would send it: one id stands for a list, a number for its text."""
    if shown["kind"] == "number":
        return _as_text(choice) if isinstance(choice, (int, float)) and not isinstance(choice, bool) else choice
    if isinstance(choice, str) and choice:
        return [choice]
    return list(choice) if isinstance(choice, (tuple, set, frozenset)) else choice


def _as_text(value: float) -> str:
    """A number of Python's as digits that can be read in one way only."""
    return unmistakable(Decimal(str(value))) if math.isfinite(value) else str(value)


@contextmanager
def _plainly(failed: str = "This question cannot be shown.") -> Iterator[None]:
    """Say what went wrong in one sentence in the output; a traceback would only tell about us."""
    try:
        yield
    except (LookupError, ValueError, OSError) as err:
        said = err.args[-1] if isinstance(err, LookupError) and err.args else err
        _display({"text/markdown": f"**{failed}** {said}"})


def _display(bundle: dict[str, Any], display_id: str | None = None, update: bool = False) -> None:
    from IPython.display import display

    display(bundle, raw=True, **({"display_id": display_id, "update": update} if display_id else {}))  # type: ignore[no-untyped-call]
