"""The widget's two ends: what the browser is given to show, and the channel on which it answers."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from cloudcrib.kit.richtext import bare, block, inline
from cloudcrib.question.kinds import COUNT_WORDS
from cloudcrib.quizzes.protocol import Asked, FromKernel, Thing, View
from cloudcrib.quizzes.session import DRAW, Session

STATIC = Path(__file__).parent / "static"
CONFIDENCE = "CLOUDCRIB_CONFIDENCE"


def view(one: Session) -> View:
    """All that a browser may know before anything is checked: texts, and no key, reason or hint."""
    return {
        "mode": "release" if one.graded else "study",
        "confidence": not one.graded and os.environ.get(CONFIDENCE, "on") != "off",
        "questions": [asked(one, qid) for qid in one.ids],
    }


def asked(one: Session, qid: str) -> Asked:
    """One question as the browser shows it, and whether there are more like it."""
    bank = one.banks[qid]
    return cast(Asked, _asked(bank.shown[qid]) | {"another": bank.more_like(qid.partition(DRAW)[0])})


def _asked(shown: Mapping[str, Any]) -> dict[str, Any]:
    row = {name: shown[name] for name in ("id", "kind", "exam")} | {"stem": block(shown["stem"])}
    row |= {"back": shown["back"]} if "back" in shown else {}
    lists = {
        name: [_thing(each) for each in shown[name]] for name in ("options", "items", "left", "right") if name in shown
    }
    count = shown.get("choose", 1)
    return row | lists | {"choose": count, "word": COUNT_WORDS.get(count, "ONE"), "unit": shown.get("unit", "")}


def _thing(each: Mapping[str, str]) -> Thing:
    return {"id": each["id"], "html": inline(each["text"]), "plain": bare(each["text"])}


def connect(data: View, react: Callable[[object], None]) -> tuple[str, Callable[[FromKernel], None], Any]:
    """Open a widget on the data; gives its model's id, the way to send to it, and the way to close it."""
    made = _widget_class()(data=data)
    made.on_msg(lambda _, message, buffers: react(message))
    return made.model_id, made.send, made.close


@lru_cache(maxsize=1)
def _widget_class() -> Any:
    """Made on first use, because importing ipywidgets takes longer than all of cloudcrib."""
    import anywidget
    import traitlets

    class QuizWidget(anywidget.AnyWidget):
        """A channel: its only state is what is shown; answers and reasons travel as messages, which nothing saves."""

        _esm = STATIC / "quiz.js"
        _css = STATIC / "quiz.css"
        data = traitlets.Dict().tag(sync=True)

    return QuizWidget
