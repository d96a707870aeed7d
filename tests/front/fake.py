"""A quiz in a bare page: the bundle as it ships, a model that only writes down and passes on, and no kernel."""

from __future__ import annotations

import json
from typing import Any

from messages import PROTOCOL, conforming
from playwright.sync_api import Locator, Page
from shapes import Shape, faults
from shared import REPOSITORY

FRONT = REPOSITORY / "front"
BUNDLE = (FRONT / json.loads((FRONT / "package.json").read_text(encoding="utf-8"))["bundle"]).resolve()
SITE = "http://quiz.test"
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>A quiz</title><link rel="stylesheet" href="/quiz.css">
<body data-jp-theme-light="true"><main></main><button>Elsewhere</button></body>
<script type="module">
import widget from "/quiz.js";
window.views = [];
window.show = (data) => {
  const hearers = new Set();
  const view = { sent: [], gone: false, tell: (message) => [...hearers].forEach((hear) => hear(message)), deaf: () => hearers.size === 0 };
  const model = {
    get: (name) => ({ data })[name],
    on: (event, hear) => event === "msg:custom" && hearers.add(hear),
    off: (event, hear) => hearers.delete(hear),
    send: (message) => { if (view.gone) throw new Error("no kernel"); view.sent.push(JSON.parse(JSON.stringify(message))); },
  };
  const el = document.createElement("div");
  document.querySelector("main").append(el);
  view.end = widget.render({ model, el });
  views.push(view);
};
</script>
"""


def asked(id: str, kind: str, **rest: Any) -> dict[str, Any]:
    """A question as a kernel shows it."""
    common = {"id": id, "kind": kind, "exam": False, "stem": f"<p>Which {id}?</p>", "another": False}
    return common | {"choose": 1, "word": "ONE", "unit": ""} | rest


def things(**texts: str) -> list[dict[str, str]]:
    return [{"id": id, "html": text, "plain": text} for id, text in texts.items()]


ONE = asked("one", "choose-one", options=things(red="Red", green="Green", blue="Blue"))
MANY = asked("many", "choose-many", choose=2, word="TWO", options=things(ash="Ash", elm="Elm", oak="Oak"))
FIGURE = asked("figure", "number", unit="addresses")
STEPS = asked("steps", "order", items=things(wash="Wash", rinse="Rinse", dry="Dry"))
PAIRS = asked("pairs", "match", left=things(fr="France", it="Italy"), right=things(rome="Rome", paris="Paris"))
CARD = asked("card", "choose-one", back="<b>Four</b>", options=things(recalled="I knew it", forgot="I did not"))
KINDS = {"one": ONE, "many": MANY, "figure": FIGURE, "steps": STEPS, "pairs": PAIRS}


def state(id: str, choice: Any = None, said: str = "", **rest: Any) -> dict[str, Any]:
    """What a kernel says when something is recorded."""
    return {"type": "state", "id": id, "choice": choice, "said": said, "notice": "", "remark": None, "heard": {}} | rest


def part(id: str, taken: bool, right: bool, why: str = "") -> dict[str, Any]:
    return {"id": id, "taken": taken, "right": right, "why": why}


def feedback(id: str, verdict: str, *parts: dict[str, Any], **rest: Any) -> dict[str, Any]:
    """What a kernel says of a choice that was checked."""
    empty = dict.fromkeys(("detail", "solution", "general", "read"), "")
    return (
        {"type": "feedback", "id": id, "verdict": verdict, "title": verdict.title(), "parts": list(parts)}
        | empty
        | rest
    )


def hint(id: str, number: int, total: int) -> dict[str, Any]:
    return {"type": "hint", "id": id, "number": number, "total": total, "html": f"Think <em>{number}</em>"}


def more(asked: dict[str, Any], after: str, title: str = "Another one like this") -> dict[str, Any]:
    return {"type": "more", "id": asked["id"], "after": after, "title": title, "asked": asked}


class Quiz:
    """What a test does with a quiz: it plays the kernel and the learner."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def show(self, *questions: dict[str, Any], mode: str = "study", confidence: bool = True) -> Quiz:
        """One more view; messages go to and come from the newest."""
        data = {"mode": mode, "confidence": confidence, "questions": list(questions)}
        assert not list(faults(PROTOCOL, Shape("View"), data))
        self.page.evaluate("(data) => show(data)", data)
        return self

    def tell(self, *messages: dict[str, Any]) -> None:
        """Speak as the kernel, whose verdicts come, unless they say otherwise, after all that it was told."""
        known = {"feedback": {"heard": self.heard()}}
        whole = [known.get(each["type"], {}) | each for each in messages]
        self.page.evaluate("(all) => all.forEach(views.at(-1).tell)", [conforming(each) for each in whole])

    def heard(self) -> dict[str, int]:
        """What a kernel has heard that answers to all that the newest view has told so far."""
        return dict(each["word"] for each in self.said() if each["type"] != "ready")

    def said(self, type: str | None = None) -> list[dict[str, Any]]:
        """What the kernel was told, every message of it in the table."""
        heard = self.page.evaluate("() => views.at(-1).sent")
        return [conforming(each, "FromBrowser") for each in heard if type in (None, each["type"])]

    def last(self, type: str) -> dict[str, Any]:
        return self.said(type)[-1]

    def choices(self) -> list[Any]:
        """The choices that the kernel was told to record, in order."""
        return [each["choice"] for each in self.said("choose")]

    def card(self, id: str) -> Locator:
        return self.page.locator(f"[data-question='{id}']")

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).click()

    def key(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name)

    def wait(self, milliseconds: int) -> None:
        """Let time pass, on the page's clock alone."""
        self.page.clock.run_for(milliseconds)

    def end(self) -> None:
        """Take the newest view away, as JupyterLab does."""
        self.page.evaluate("() => views.at(-1).end()")


def serve(page: Page) -> None:
    """Answer what a page asks for, and stop its clock: time passes when a test says so."""
    page.route(f"{SITE}/**", lambda route: route.fulfill(content_type="text/html", body=PAGE))
    page.route(f"{SITE}/quiz.*", lambda route: route.fulfill(path=BUNDLE.parent / route.request.url.rpartition("/")[2]))
    page.clock.install(time=0)
    page.goto(SITE)
    page.clock.pause_at(3600)  # far enough for the slowest machine to be there before
