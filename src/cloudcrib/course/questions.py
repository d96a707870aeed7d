"""Read a chapter's questions.toml, and say in one sentence what an author got wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

from cloudcrib.course import families
from cloudcrib.course.course import is_id, slug_of
from cloudcrib.course.trouble import AuthoringError, line_of, tables, toml
from cloudcrib.kit.nearest import meant
from cloudcrib.question.kinds import (
    COUNT_WORDS,
    DOMAINS,
    KINDS,
    LEVELS,
    Body,
    Choose,
    Item,
    Left,
    Match,
    Number,
    Option,
    Order,
    Question,
    Trap,
)

TABLES = ("question", "exercise", "mistakes")
_COMMON = {"id", "kind", "domain", "level", "stem", "hint"}
_OPTIONAL = {"facts", "exam", "covers", "family"}
_FIELDS = {
    "choose-one": ({"options"}, set[str]()),
    "choose-many": ({"options"}, set[str]()),
    "number": ({"answer", "why"}, {"tolerance", "unit", "traps"}),
    "order": ({"items", "why"}, set[str]()),
    "match": ({"left", "right", "why"}, set[str]()),
}
_FIGURE = re.compile(r"[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?")  # as the course writes figures
_TELLING = {"right", "wrong", "correct", "incorrect", "true", "false", "answer", "key", "distractor"}
_POSITION = re.compile(r"[a-z]|first|second|third|last|(option|item|step|answer|choice)-?([0-9]+|[a-z])")


@dataclass(frozen=True)
class _Table:
    """One TOML table under validation: knows how to read a field, and how to say what is wrong with it."""

    row: dict[str, Any]
    fail: Callable[[str], NoReturn]
    expand: Callable[[str], str]
    name: str

    def only(self, needed: set[str], allowed: set[str]) -> None:
        """Refuse a missing field and one that is not known here."""
        for field in sorted(needed - self.row.keys()):
            self.fail(f"{self.name} has no `{field}`.")
        for field in sorted(self.row.keys() - needed - allowed):
            there = ", ".join(sorted(needed | allowed))
            near = meant(field, needed | allowed)
            self.fail(f"{self.name} has a field `{field}`, which is not one of {there}.{near}")

    def text(self, field: str) -> str:
        """A text that is not empty, with its figures filled in."""
        value = self.row.get(field)
        if not isinstance(value, str) or not value.strip():
            self.fail(f"{self.name} needs a text in `{field}`.")
        return self.expand(value.strip())

    def figure(self, field: str, default: float | None = None) -> float:
        """A number, which may be written as a text that names a fact's figure."""
        value = self.row.get(field, default)
        filled = self.expand(value) if isinstance(value, str) else value
        try:
            value = _number(filled)
        except ValueError:
            self.fail(f"{self.name} needs a number in `{field}`, not {filled!r}.")
        return value

    def rows(self, field: str, least: int, needed: set[str], allowed: set[str]) -> tuple[_Table, ...]:
        """The tables of a list field, each checked for its fields and its id."""
        listed = self.row.get(field)
        if not isinstance(listed, list) or len(listed) < least or not all(isinstance(row, dict) for row in listed):
            self.fail(f"{self.name} needs {least} or more tables in `{field}`.")
        tables = tuple(replace(self, row=row, name=_named(field, row)) for row in listed)
        for table in tables:
            table.only(needed, allowed)
        return tables

    def mistake(self) -> str | None:
        """The slug of the misconception behind this row, where one is named."""
        slug = self.row.get("mistake")
        if slug is not None and not (is_id(slug)):
            self.fail(f"{self.name} has a `mistake` that is not lower-case words joined by “-”.")
        return slug


def _named(field: str, row: dict[str, Any]) -> str:
    noun = {"options": "Option", "items": "Item", "left": "Left side", "right": "Right side", "traps": "Trap"}[field]
    return f"{noun} “{row.get('id', row.get('value', '?'))}”"


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError
    if isinstance(value, (int, float)):
        return value
    if not _FIGURE.fullmatch(value.strip()):
        raise ValueError
    read = float(value.replace(",", ""))
    return int(read) if read.is_integer() else read


def load(path: Path, expand: Callable[[str], str]) -> tuple[Question, ...]:
    """The `[[question]]` tables of a questions.toml; an author's first mistake raises an `AuthoringError`."""
    data, text = toml(path)
    rows = tables(path, data, text, "question", TABLES)
    lines = list(_lines(text, rows))
    questions = tuple(
        _question(path, row, line, rows[:at], expand) for at, (row, line) in enumerate(zip(rows, lines, strict=True))
    )
    families.check(path, dict(zip((question.id for question in questions), lines, strict=True)), questions)
    return questions


def _lines(text: str, rows: Sequence[dict[str, Any]]) -> Iterator[int]:
    """The line of each question's id, or of its `[[question]]` where it has none."""
    heads = [found.start() for found in re.finditer(r"^\s*\[\[\s*question\s*\]\]", text, re.MULTILINE)]
    if len(heads) != len(rows):
        heads = [0] * len(rows)
    for row, head in zip(rows, heads, strict=True):
        before = text.count("\n", 0, head + len(text[head:]) - len(text[head:].lstrip("\n ")))
        inside = line_of(text[head:], row["id"]) if isinstance(row.get("id"), str) else 1
        yield text.count("\n", 0, head) + inside if inside > 1 else before + 1


def _question(
    path: Path, row: dict[str, Any], line: int, earlier: Sequence[dict[str, Any]], expand: Callable[[str], str]
) -> Question:
    qid = row.get("id")

    def fail(sentence: str) -> NoReturn:
        raise AuthoringError(path, line, qid if isinstance(qid, str) else None, sentence)

    table = _Table(row, fail, expand, "The question")
    _check_id(table, path, earlier)
    kind = row.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        fail(f"The kind is {kind!r}; it must be one of {', '.join(KINDS)}.{meant(str(kind), KINDS)}")
    needed, allowed = _FIELDS[kind]
    table.only(_COMMON | needed, _OPTIONAL | allowed)
    question = Question(row["id"], kind, table.text("stem"), _hints(table), *_tags(table), _READ[kind](table))
    return replace(question, exam=_exam(table, question), covers=_texts(table, "covers"), family=_family(table, path))


def _check_id(table: _Table, path: Path, earlier: Sequence[dict[str, Any]]) -> None:
    qid = table.row.get("id")
    if not is_id(qid):
        table.fail(f"The question's id is {qid!r}; use lower-case words joined by “-”.")
    slug = slug_of(path.resolve().parent)
    if not qid.startswith(f"{slug}-"):
        table.fail(f"The question's id must start with the chapter's slug, “{slug}-”.")
    if any(other.get("id") == qid for other in earlier):
        table.fail("Another question above has the same id; give this one a new id.")


def _hints(table: _Table) -> tuple[str, ...]:
    hints = table.row["hint"]
    if not isinstance(hints, list) or not 1 <= len(hints) <= 3:
        table.fail("The question needs one to three hints in `hint`, from vague to almost there.")
    return tuple(replace(table, row={"hint": hint}).text("hint") for hint in hints)


def _tags(table: _Table) -> tuple[str, str, tuple[str, ...]]:
    domain, level = table.row["domain"], table.row["level"]
    if not isinstance(domain, str) or domain not in DOMAINS:
        table.fail(f"The domain is {domain!r}; it must be a SAA-C03 task statement: {', '.join(DOMAINS)}.")
    if not isinstance(level, str) or level not in LEVELS:
        table.fail(f"The level is {level!r}; it must be one of {', '.join(LEVELS)}.")
    return domain, level, _texts(table, "facts")


def _texts(table: _Table, field: str) -> tuple[str, ...]:
    """A list of ids, which may be absent."""
    listed, of = table.row.get(field, []), {"facts": "fact ids", "covers": "ids of lines of the exam guide"}[field]
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        table.fail(f"The question's `{field}` must be a list of {of}.")
    return tuple(listed)


def _family(table: _Table, path: Path) -> str:
    family, slug = table.row.get("family", ""), slug_of(path.resolve().parent)
    if "family" in table.row and table.row["kind"] not in ("choose-one", "choose-many"):
        table.fail("Only choose-one and choose-many questions can share their options as a `family`.")
    if "family" in table.row and not (is_id(family) and family.startswith(f"{slug}-")):
        table.fail(f"The question's `family` must be lower-case words joined by “-” that start with “{slug}-”.")
    return str(family)


def _exam(table: _Table, question: Question) -> bool:
    exam = table.row.get("exam", False)
    if not isinstance(exam, bool):
        table.fail("The question's `exam` must be true or false.")
    if exam and question.kind == "choose-one" and len(table.row["options"]) != 4:
        table.fail("An exam scenario of kind choose-one has four options.")
    return exam


def _ids_of(table: _Table, rows: Sequence[_Table], noun: str) -> list[str]:
    ids = [row.row["id"] for row in rows]
    for at, each in enumerate(ids):
        if not is_id(each):
            table.fail(f"The {noun} id {each!r} must be lower-case words joined by “-”.")
        if each in ids[:at]:
            table.fail(f"Two {noun}s have the id “{each}”.")
        if each in _TELLING or _POSITION.fullmatch(each):
            table.fail(f"The {noun} id “{each}” tells what is right or where it stands; name what the {noun} says.")
    return ids


def _choose(table: _Table, least: int) -> Choose:
    rows = table.rows("options", least, {"id", "text", "why"}, {"right", "mistake"})
    _ids_of(table, rows, "option")
    for row in rows:
        if not isinstance(row.row.get("right", False), bool):
            row.fail(f"{row.name} needs true or false in `right`.")
    return Choose(tuple(_option(row) for row in rows))


def _option(row: _Table) -> Option:
    right, mistake = row.row.get("right", False), row.mistake()
    if right and mistake:
        row.fail(f"{row.name} is right, so it cannot carry a `mistake`.")
    return Option(row.row["id"], row.text("text"), row.text("why"), right, mistake)


def _choose_one(table: _Table) -> Choose:
    body = _choose(table, 3)
    if len(body.right) != 1:
        table.fail(f"A choose-one has exactly one option with `right = true`; this one has {len(body.right)}.")
    return body


def _choose_many(table: _Table) -> Choose:
    body = _choose(table, 5)
    count = len(body.right)
    if count not in COUNT_WORDS or count == len(body.options):
        table.fail(f"A choose-many has two or more right options and some wrong ones; this one has {count} right.")
    word = COUNT_WORDS[count]
    if not re.search(rf"\b[Cc]hoose {word}\.?\W*$", table.row["stem"]):
        table.fail(f"The stem must say how many are right: end it with “Choose {word}.”")
    return body


def _figure(table: _Table) -> Number:
    rows = table.rows("traps", 0, {"value", "why"}, {"mistake"}) if "traps" in table.row else ()
    unit = table.text("unit") if table.row.get("unit") else ""
    body = Number(table.figure("answer"), table.text("why"), table.figure("tolerance", 0), unit)
    traps = tuple(Trap(row.figure("value"), row.text("why"), row.mistake()) for row in rows)
    if body.tolerance < 0:
        table.fail("The question's `tolerance` must not be negative.")
    for trap in traps:
        if abs(trap.value - body.answer) <= body.tolerance:
            table.fail(f"Trap “{trap.value}” lies within the tolerance of the answer, so it would be right.")
    return replace(body, traps=traps)


def _order(table: _Table) -> Order:
    rows = table.rows("items", 3, {"id", "text", "why"}, {"early", "late"})
    _ids_of(table, rows, "item")
    ends = ((rows[0], "early", "comes before it"), (rows[-1], "late", "comes after it"))
    for row, field, nothing in ends:
        if field in row.row:
            row.fail(f"{row.name} cannot stand too {field}, since nothing {nothing}: take `{field}` away.")
    return Order(tuple(_step(row) for row in rows), table.text("why"))


def _step(row: _Table) -> Item:
    early, late = (row.text(field) if field in row.row else "" for field in ("early", "late"))
    return Item(row.row["id"], row.text("text"), row.text("why"), early, late)


def _match(table: _Table) -> Match:
    left = table.rows("left", 2, {"id", "text", "to", "why"}, set())
    right = table.rows("right", 2, {"id", "text"}, {"why"})
    _ids_of(table, left, "left")
    known = _ids_of(table, right, "right")
    for row in left:
        if row.row["to"] not in known:
            near = meant(str(row.row["to"]), known)
            row.fail(f"{row.name} goes to “{row.row['to']}”, which is no right id; those are {', '.join(known)}.{near}")
    pairs = tuple(Left(row.row["id"], row.text("text"), row.row["to"], row.text("why")) for row in left)
    return Match(pairs, tuple(_right_side(row) for row in right), table.text("why"))


def _right_side(row: _Table) -> Item:
    return Item(row.row["id"], row.text("text"), row.text("why") if "why" in row.row else "")


_READ: dict[str, Callable[[_Table], Body]] = {
    "choose-one": _choose_one,
    "choose-many": _choose_many,
    "number": _figure,
    "order": _order,
    "match": _match,
}
