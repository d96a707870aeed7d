"""Say a question and a recorded choice in Markdown: for GitHub, print, feedback pages and the widget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cloudcrib.question import figures, units
from cloudcrib.question.kinds import COUNT_WORDS, Number, Question, public, right_choice
from cloudcrib.question.marking import form_problem, untouched

NOTHING = "Nothing recorded yet."
JUNK = "What is recorded is not an answer to this question; answer it again."


def as_markdown(shown: Mapping[str, Any]) -> str:
    """A public question, readable where no widget runs."""
    task, lines = _SHOW[shown["kind"]](shown)
    said = [] if shown["stem"].rstrip(" *_").endswith(task) else [f"*{task}*"]
    return "\n\n".join([shown["stem"], *said, *lines])


def is_answer(shown: Mapping[str, Any], choice: object) -> bool:
    """Whether a choice is one for this question, right or wrong."""
    return not untouched(choice) and form_problem(dict(shown), choice) is None


def recorded(shown: Mapping[str, Any], choice: object = None) -> str:
    """One line on what is recorded for a question; it does not say whether that is right."""
    said = spoken(shown, choice)
    return f"*{said}*" if said in (NOTHING, JUNK) else f"*Recorded:* {said}"


def spoken(shown: Mapping[str, Any], choice: object = None) -> str:
    """A choice in words, on one line of Markdown."""
    if untouched(choice):
        return NOTHING
    if is_answer(shown, choice):
        return _spoken(shown, choice)
    typed = shown["kind"] == "number" and isinstance(choice, str)
    return f"{code(str(choice))}, which is not understood and counts as no answer" if typed else JUNK


def _spoken(shown: Mapping[str, Any], choice: Any) -> str:
    match shown["kind"]:
        case "number":
            return _figure(choice, shown.get("unit", ""))
        case "match":
            left, right = short(shown["left"]), short(shown["right"])
            given = [each["id"] for each in shown["left"] if each["id"] in choice]
            return "; ".join(f"{left[each]} → {right[choice[each]]}" for each in given)
        case "order":
            items = short(shown["items"])
            return " → ".join(items[each] for each in choice)
        case _:
            options = short(shown["options"])
            return "; ".join(options[each["id"]] for each in shown["options"] if each["id"] in choice)


def _figure(typed: str, unit: str) -> str:
    """What was typed, and how it is read where that is not plain to see."""
    found = figures.read(typed, unit)
    if found.literal or found.value is None:
        return code(f"{typed} {units.agreeing(found.value or Decimal(0), unit)}" if figures.bare(typed) else typed)
    not_so = f" and not as {_with(found.other, unit)}" if found.other is not None else ""
    return f"{code(typed)}, read as {_with(found.value, unit)}{not_so}"


def _with(value: Decimal, unit: str) -> str:
    return f"{figures.plain(value)} {units.agreeing(value, unit)}".strip()


@dataclass(frozen=True)
class Remark:
    """What there is to say about a figure that was typed, in plain text, and what to type instead."""

    text: str
    offers: tuple[str, ...] = ()


def remark(shown: Mapping[str, Any], choice: object) -> Remark | None:
    """How a figure was understood where that is not plain to see, why it was not, or which of two it is."""
    if shown["kind"] != "number" or not isinstance(choice, str) or untouched(choice):
        return None
    unit = shown.get("unit", "")
    if problem := form_problem(dict(shown), choice):
        return Remark(problem)
    found = figures.read(choice, unit)
    if found.literal or found.value is None:
        return None
    if found.other is None:
        return Remark(f"Read as {_with(found.value, unit)}.")
    less, more = sorted((found.value, found.other))
    words = f"This can be read in two ways: is it {figures.plain(less)} or {figures.plain(more)}?"
    return Remark(words, (figures.unmistakable(less), figures.unmistakable(more)))


def short(things: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Texts by id, each on one line: of a text with a code block, what stands before it."""
    return {thing["id"]: one_line(thing["text"]) or f"`{thing['id']}`" for thing in things}


def one_line(text: str) -> str:
    """A text on one line, up to its first code block."""
    return " ".join(text.split("```")[0].split()).rstrip(".:")


def code(typed: str) -> str:
    """What somebody typed, as code, so that it cannot become Markdown or HTML."""
    return f"`{' '.join(typed[: figures.LONGEST].replace('`', '').split()) or ' '}`"


def solution(question: Question) -> str:
    """The right answer in words, on one line."""
    if isinstance(question.body, Number):
        return code(_with(Decimal(str(question.body.answer)), question.body.unit))
    return _spoken(public(question), right_choice(question))


def _show_options(shown: Mapping[str, Any]) -> tuple[str, list[str]]:
    count = shown["choose"]
    task = "Choose one." if count == 1 else f"Choose {COUNT_WORDS[count]}."
    return task, [_texts(shown["options"])]


def _show_number(shown: Mapping[str, Any]) -> tuple[str, list[str]]:
    return f"Answer with a number{' (' + shown['unit'] + ')' if shown.get('unit') else ''}.", []


def _show_items(shown: Mapping[str, Any]) -> tuple[str, list[str]]:
    return "Put these in order.", [_texts(shown["items"])]


def _show_pairs(shown: Mapping[str, Any]) -> tuple[str, list[str]]:
    return "Match each of these …", [_texts(shown["left"]), "*… with one of these.*", _texts(shown["right"])]


_SHOW: dict[str, Callable[[Mapping[str, Any]], tuple[str, list[str]]]] = {
    "choose-one": _show_options,
    "choose-many": _show_options,
    "number": _show_number,
    "order": _show_items,
    "match": _show_pairs,
}


def _texts(things: Iterable[Mapping[str, str]]) -> str:
    return listed(thing["text"] for thing in things)


def listed(texts: Iterable[str]) -> str:
    """A Markdown list whose items may hold code blocks."""
    return "\n".join("- " + text.strip().replace("\n", "\n  ") for text in texts)
