"""Say a question, a recorded choice and the reasons in Markdown: for GitHub, print, feedback pages and the widget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cloudcrib.question.kinds import (
    COUNT_WORDS,
    Choose,
    Item,
    Left,
    Match,
    Number,
    Option,
    Order,
    Question,
    public,
    right_choice,
)
from cloudcrib.question.marking import LONGEST_NUMBER, Mark, Verdict, form_problem, mark, read_number, untouched

NOTHING = "Nothing recorded yet."
JUNK = "What is recorded is not an answer to this question; answer it again."
SAY = {
    Verdict.CORRECT: "**Correct.**",
    Verdict.PARTIAL: "**Partly right.**",
    Verdict.INCORRECT: "**Not yet.**",
    Verdict.NOT_ATTEMPTED: "**Not attempted yet.**",
    Verdict.ERROR: f"**Not readable.** {JUNK}",
}


def as_markdown(shown: Mapping[str, Any], choice: object = None) -> str:
    """A public question and what is recorded for it, readable where no widget runs."""
    task, lines = _SHOW[shown["kind"]](shown, _sound(shown, choice))
    said = [] if shown["stem"].rstrip(" *_").endswith(task) else [f"*{task}*"]
    return "\n\n".join([shown["stem"], *said, *lines, recorded(shown, choice)])


def _sound(shown: Mapping[str, Any], choice: object) -> Any:
    """The choice where it is one for this question, else None."""
    return None if untouched(choice) or form_problem(dict(shown), choice) else choice


def recorded(shown: Mapping[str, Any], choice: object = None) -> str:
    """One line on what is recorded for a question; it does not say whether that is right."""
    said = spoken(shown, choice)
    return f"*{said}*" if said in (NOTHING, JUNK) else f"*Recorded:* {said}"


def spoken(shown: Mapping[str, Any], choice: object = None) -> str:
    """A choice in words, on one line of Markdown."""
    if untouched(choice):
        return NOTHING
    sound = _sound(shown, choice)
    return JUNK if sound is None else _spoken(shown, sound)


def _spoken(shown: Mapping[str, Any], choice: Any) -> str:
    match shown["kind"]:
        case "number":
            return _code(f"{choice} {shown.get('unit', '')}".strip() if _bare(choice, shown) else choice)
        case "match":
            left, right = _short(shown["left"]), _short(shown["right"])
            given = [each["id"] for each in shown["left"] if each["id"] in choice]
            return "; ".join(f"{left[each]} → {right[choice[each]]}" for each in given)
        case "order":
            items = _short(shown["items"])
            return " → ".join(items[each] for each in choice)
        case _:
            options = _short(shown["options"])
            return "; ".join(options[each["id"]] for each in shown["options"] if each["id"] in choice)


def _bare(typed: str, shown: Mapping[str, Any]) -> bool:
    return read_number(typed) is not None and bool(shown.get("unit"))


def _short(things: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Texts by id, each on one line: of a text with a code block, what stands before it."""
    return {thing["id"]: _one_line(thing["text"]) or f"`{thing['id']}`" for thing in things}


def _one_line(text: str) -> str:
    return " ".join(text.split("```")[0].split()).rstrip(".:")


def _code(typed: str) -> str:
    """What somebody typed, as code, so that it cannot become Markdown or HTML."""
    return f"`{' '.join(typed[:LONGEST_NUMBER].replace('`', '').split()) or ' '}`"


def _show_options(shown: Mapping[str, Any], choice: Any) -> tuple[str, list[str]]:
    on, off = ("◉", "○") if shown["kind"] == "choose-one" else ("☑", "☐")
    count = shown["choose"]
    task = "Choose one." if count == 1 else f"Choose {COUNT_WORDS[count]}."
    return task, [_list((on if each["id"] in (choice or []) else off, each["text"]) for each in shown["options"])]


def _show_number(shown: Mapping[str, Any], choice: Any) -> tuple[str, list[str]]:
    return f"Answer with a number{' (' + shown['unit'] + ')' if shown.get('unit') else ''}.", []


def _show_items(shown: Mapping[str, Any], choice: Any) -> tuple[str, list[str]]:
    texts = {each["id"]: each["text"] for each in shown["items"]}
    ordered = choice or list(texts)
    signs = (f"{number}." if choice else "↕" for number in range(1, len(ordered) + 1))
    return "Put these in order.", [_list(zip(signs, (texts[each] for each in ordered), strict=True))]


def _show_pairs(shown: Mapping[str, Any], choice: Any) -> tuple[str, list[str]]:
    lefts = _list(("–", each["text"]) for each in shown["left"])
    rights = _list(("–", each["text"]) for each in shown["right"])
    return "Match each of these with one from the second list.", [lefts, "with", rights]


_SHOW: dict[str, Callable[[Mapping[str, Any], Any], tuple[str, list[str]]]] = {
    "choose-one": _show_options,
    "choose-many": _show_options,
    "number": _show_number,
    "order": _show_items,
    "match": _show_pairs,
}


def _list(rows: Iterable[tuple[str, str]]) -> str:
    """A Markdown list whose items may hold code blocks."""
    return "\n".join(f"- {sign} " + text.strip().replace("\n", "\n  ") for sign, text in rows)


@dataclass(frozen=True)
class Reason:
    """Why one thing is right or wrong where the learner put it.

    `chosen` tells whether the learner chose it at all, `known` whether the reason speaks about this very choice.
    """

    id: str
    text: str
    chosen: bool
    right: bool
    why: str
    known: bool = True


def explain(question: Question, choice: object, found: Mark | None = None) -> str:
    """The verdict on a choice, marked already or not, the right answer, and the reason for each thing chosen and each left."""
    found = found or mark(question, choice)
    if found.verdict in (Verdict.NOT_ATTEMPTED, Verdict.ERROR):
        return SAY[found.verdict]
    right = [] if found.verdict is Verdict.CORRECT else [f"*Right:* {solution(question)}"]
    general = [] if isinstance(question.body, Choose | Number) else [question.body.why]
    rows = reasons(question, choice, found)
    yours = _list((_sign(row), _said(row)) for row in rows if row.chosen)
    others = _list((_sign(row), _said(row)) for row in rows if not row.chosen)
    lists = ["You chose", yours, "The others", others] if isinstance(question.body, Choose) else [yours]
    return "\n\n".join([SAY[found.verdict], *right, *general, *lists])


def _sign(row: Reason) -> str:
    return "✓" if row.right else "✗"


def _said(row: Reason) -> str:
    return f"{row.text}: {row.why}"


def solution(question: Question) -> str:
    """The right answer in words, on one line."""
    return _spoken(public(question), right_choice(question))


def reasons(question: Question, choice: Any, found: Mark) -> tuple[Reason, ...]:
    """The reason for each option, or for each thing that was ordered, paired or typed, of a sound choice that is marked."""
    match question.body:
        case Choose(options):
            shown = _in_public_order(question, options)
            return tuple(Reason(o.id, _one_line(o.text), o.id in choice, o.right, o.why) for o in shown)
        case Number():
            return (_number_reason(question.body, choice, found),)
        case Order(items):
            return _order_reasons(items, choice)
        case Match(left, right):
            return _match_reasons(left, right, choice)


def _in_public_order(question: Question, options: Iterable[Option]) -> list[Option]:
    order = {each["id"]: number for number, each in enumerate(public(question)["options"])}
    return sorted(options, key=lambda option: order[option.id])


def _number_reason(body: Number, typed: str, found: Mark) -> Reason:
    if found.figure is None:
        unit = f", with or without “{body.unit}”" if body.unit else ""
        why = f"this is not a number; write digits and a decimal point, such as 1,024 or 12.5{unit}."
        return Reason("", _code(typed), True, False, why)
    right, trap = found.verdict is Verdict.CORRECT, found.trap
    return Reason("", _code(typed), True, right, trap.why if trap else body.why, known=right or trap is not None)


def _order_reasons(items: Sequence[Item], ordered: Sequence[str]) -> tuple[Reason, ...]:
    known = {item.id: item for item in items}
    positions = zip((known[each] for each in ordered), items, strict=True)
    return tuple(Reason(one.id, _one_line(one.text), True, one == expected, one.why) for one, expected in positions)


def _match_reasons(left: Iterable[Left], right: Iterable[Item], pairs: Mapping[str, str]) -> tuple[Reason, ...]:
    names = _short({"id": each.id, "text": each.text} for each in right)
    paired = ((each, pairs[each.id]) for each in left if each.id in pairs)
    return tuple(Reason(e.id, f"{_one_line(e.text)} → {names[to]}", True, to == e.to, e.why) for e, to in paired)
