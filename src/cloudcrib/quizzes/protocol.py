"""What kernel and browser tell each other about a quiz, in JSON; the browser's side is `front/src/protocol.d.ts`."""

# Annotations are evaluated here: with postponed ones, Python would not tell which fields may be left out.
from typing import Literal, NotRequired, TypedDict

Html = str
Kind = Literal["choose-one", "choose-many", "number", "order", "match"]
Choice = str | list[str] | dict[str, str]
Confidence = Literal["guess", "think", "sure"]
Judged = Literal["CORRECT", "PARTIAL", "INCORRECT", "REVEALED"]
Word = tuple[str, int]  # JSON has no tuples: it travels as a list
Heard = dict[str, int]


class Thing(TypedDict):
    """An option, an item or one side of a pair."""

    id: str
    html: Html
    plain: str


class _Asked(TypedDict):
    id: str
    exam: bool
    stem: Html
    choose: int
    word: str
    unit: str
    another: bool
    back: NotRequired[Html]


class AskedChoose(_Asked):
    """A question that is answered by picking."""

    kind: Literal["choose-one", "choose-many"]
    options: list[Thing]


class AskedNumber(_Asked):
    """A question that is answered by typing a figure."""

    kind: Literal["number"]


class AskedOrder(_Asked):
    """A question that is answered by putting items in order."""

    kind: Literal["order"]
    items: list[Thing]


class AskedMatch(_Asked):
    """A question that is answered by finding partners."""

    kind: Literal["match"]
    left: list[Thing]
    right: list[Thing]


Asked = AskedChoose | AskedNumber | AskedOrder | AskedMatch


class View(TypedDict):
    """The widget's `data`: all that a browser may know before anything is checked."""

    mode: Literal["study", "release"]
    confidence: bool
    questions: list[Asked]


class Remark(TypedDict):
    """What there is to say about a figure that was typed, and what to type instead."""

    text: str
    offers: list[str]


class State(TypedDict):
    """What is recorded for a question, whenever that changes."""

    type: Literal["state"]
    id: str
    said: Html
    notice: str
    remark: Remark | None
    heard: Heard
    choice: Choice | None
    tries: NotRequired[int]
    confidence: NotRequired[Confidence | None]


class Part(TypedDict):
    """One thing that was chosen, placed or paired, or should have been."""

    id: str
    taken: bool
    right: bool
    why: Html


class Again(TypedDict):
    """A mistake that has come back, and the question that tells two ideas apart."""

    html: Html
    ask: str


class Judgement(TypedDict):
    """The verdict on a choice, and no more of the key than the learner has earned or asked to see."""

    verdict: Judged
    title: str
    detail: str
    parts: list[Part]
    solution: Html
    general: Html
    read: Html


class Feedback(Judgement):
    """A judgement on its way to a question."""

    type: Literal["feedback"]
    id: str
    heard: Heard
    again: NotRequired[Again]


class Hint(TypedDict):
    """The next hint."""

    type: Literal["hint"]
    id: str
    number: int
    total: int
    html: Html


class Say(TypedDict):
    """A sentence, where there is nothing to judge."""

    type: Literal["say"]
    id: str
    text: str


class More(TypedDict):
    """A question on top, to be shown below the one it came from."""

    type: Literal["more"]
    id: str
    after: str
    title: str
    asked: Asked


FromKernel = State | Feedback | Hint | Say | More


class Ready(TypedDict):
    """A new view asks to be brought up to date."""

    type: Literal["ready"]


class _Spoken(TypedDict):
    id: str
    word: Word


class Choose(_Spoken):
    """A choice to record."""

    type: Literal["choose"]
    choice: Choice
    confidence: Confidence | None


class Check(_Spoken):
    """A choice to record and judge."""

    type: Literal["check"]
    choice: Choice | None
    confidence: Confidence | None
    seconds: float | None


class AskHint(_Spoken):
    """Asks for the hint after so many."""

    type: Literal["hint"]
    seen: int


class Reveal(_Spoken):
    """Asks for the whole answer."""

    type: Literal["reveal"]


class Another(_Spoken):
    """Asks for the same question with other figures."""

    type: Literal["another"]


class Apart(_Spoken):
    """Asks for the question that tells two ideas apart."""

    type: Literal["apart"]
    ask: str


FromBrowser = Ready | Choose | Check | AskHint | Reveal | Another | Apart
