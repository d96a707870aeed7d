"""Facts: dated, sourced statements, and how prose and questions read them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cloudcrib.course.course import ID_RULE, is_id
from cloudcrib.course.placeholders import VALUE
from cloudcrib.course.trouble import AuthoringError, line_of, tables, toml
from cloudcrib.kit.nearest import meant

STATUSES = ("holds", "changed", "wrong", "retired", "renamed", "new")
CHANGES = {"changed": "has changed", "wrong": "was wrong", "retired": "has gone", "renamed": "was renamed"}
FIELDS = {"id", "ledger", "then", "status", "today", "exam", "values", "source", "checked", "volatile", "covers"}


@dataclass(frozen=True)
class Fact:
    """One statement about AWS that holds today, with its page and the day somebody looked."""

    id: str
    status: str
    today: str
    source: str
    checked: dt.date
    ledger: tuple[str, ...] = ()
    then: str | None = None
    exam: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    volatile: bool = False
    covers: tuple[str, ...] = ()  # lines of the exam guide that it serves

    def stale(self, on: dt.date) -> bool:
        """Whether a fact that AWS may move has not been looked at for a year."""
        return self.volatile and (on - self.checked).days > 365


def load(path: Path) -> dict[str, Fact]:
    """The facts of one chapter by id, in file order."""
    data, text = toml(path)
    facts: dict[str, Fact] = {}
    for row in tables(path, data, text, "fact", only=("fact",)):
        fact = _fact(row, path, text)
        if fact.id in facts:
            raise AuthoringError(path, _second(text, fact.id), fact.id, "This fact id is used twice; rename one.")
        facts[fact.id] = fact
    return {id: _expand_own(fact, path, text) for id, fact in facts.items()}


def _fact(row: dict[str, Any], path: Path, text: str) -> Fact:
    id = str(row.get("id", ""))
    line = line_of(text, id) if id else 1

    def wrong(sentence: str) -> AuthoringError:
        return AuthoringError(path, line, id or None, sentence)

    if not is_id(row.get("id")):
        raise wrong(f"A fact needs an id of {ID_RULE}; this one has {id!r}.")
    if unknown := sorted(set(row) - FIELDS):
        near = meant(unknown[0], FIELDS)
        raise wrong(f"Unknown field {unknown[0]!r}; a fact has {', '.join(sorted(FIELDS))}.{near}")
    if missing := [name for name in ("status", "today", "source", "checked") if not row.get(name)]:
        raise wrong(f"This fact lacks {' and '.join(missing)}.")
    if row["status"] not in STATUSES:
        raise wrong(
            f"Status {row['status']!r} is not one of {', '.join(STATUSES)}.{meant(str(row['status']), STATUSES)}"
        )
    if type(row["checked"]) is not dt.date:
        raise wrong("`checked` is a date without quotes, such as checked = 2026-11-24.")
    if not str(row["source"]).startswith("https://"):
        raise wrong("`source` is the https address of an AWS page.")
    if row["status"] in CHANGES and not row.get("then"):
        raise wrong(f"A fact that {CHANGES[row['status']]} says in `then` what the sheet said.")
    if said := _odd(row):
        raise wrong(said)
    return Fact(**{**row, "ledger": tuple(row.get("ledger", ())), "covers": tuple(row.get("covers", ()))})


def _odd(row: Mapping[str, Any]) -> str:
    """Which field holds something of another kind than it should; empty where none does."""
    for name in ("today", "source", "then", "exam"):
        if not isinstance(row.get(name, ""), str):
            return f"`{name}` is a text between quotation marks."
    for name, of in (("covers", "lines of the exam guide"), ("ledger", "rows of the ledger")):
        listed = row.get(name, [])
        if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
            return f"`{name}` is a list of ids of {of}."
    if not isinstance(row.get("values", {}), dict):
        return "`values` is a table of figures: values = { reserved = 5 }."
    if not isinstance(row.get("volatile", False), bool):
        return "`volatile` is true or false, without quotes."
    return ""


def _expand_own(fact: Fact, path: Path, text: str) -> Fact:
    expand = expander({fact.id: fact}, path, text, grouped=True)
    return dataclasses.replace(fact, today=expand(fact.today), exam=expand(fact.exam) if fact.exam else None)


def _second(text: str, id: str) -> int:
    first = line_of(text, id)
    rest = "\n".join(text.split("\n")[first:])
    return first + line_of(rest, id)


def figure(value: Any) -> str:
    """A value as prose shows it: thousands get a comma."""
    return f"{value:,}" if type(value) is int and abs(value) >= 10_000 else str(value)


def expander(
    facts: Mapping[str, Fact], path: Path, text: str, link: bool = False, grouped: bool = False
) -> Callable[[str], str]:
    """A function that puts each `{{fact-id.key}}` into a text.

    `link` makes volatile figures lead to their page, and it or `grouped` gives thousands their comma.
    """

    def put(found: re.Match[str]) -> str:
        id, key = found[1], found[2]
        if id not in facts or key not in facts[id].values:
            line = text.count("\n", 0, max(text.find(found[0]), 0)) + 1
            what = f"fact {id!r}" if id not in facts else f"value {key!r} of fact {id!r}"
            near = meant(id, facts) if id not in facts else meant(key, facts[id].values)
            raise AuthoringError(path, line, id, f"There is no {what}; `{found[0]}` cannot be filled in.{near}")
        fact = facts[id]
        shown = figure(fact.values[key]) if link or grouped else str(fact.values[key])
        return f'[{shown}]({fact.source} "checked {fact.checked}")' if link and fact.volatile else shown

    return lambda source: VALUE.sub(put, source)


def table(facts: Iterable[Fact]) -> str:
    """What holds today, where AWS says so, and when it was checked: a Markdown table."""
    rows = [f"| {_cell(f.today)}{_exam(f)} | [AWS]({f.source}) | {_day(f)} |" for f in facts]
    return "\n".join(["| What holds | Page | Checked |", "|---|---|---|", *rows])


def changed(facts: Iterable[Fact]) -> str:
    """The table "What changed since the sheet"."""
    moved = [f for f in facts if f.status in CHANGES]
    rows = [
        f"| {_cell(f.then or '')} | {CHANGES[f.status]} | {_cell(f.today)}{_exam(f)} | [AWS]({f.source}) {_day(f)} |"
        for f in moved
    ]
    return "\n".join(["| The sheet said | | Today | Page, checked |", "|---|---|---|---|", *rows])


def _exam(fact: Fact) -> str:
    return f" *On the exam:* {_cell(fact.exam)}" if fact.exam else ""


def _day(fact: Fact) -> str:
    """The date with hyphens that do not break, for a narrow column."""
    return str(fact.checked).replace("-", "\u2011")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
