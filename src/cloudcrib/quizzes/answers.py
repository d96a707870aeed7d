"""The record of what a learner chose: read from notebooks without trust, kept in a side file without loss."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cloudcrib.course.course import is_id
from cloudcrib.kit import atomic

MIME = "application/vnd.cloudcrib.answers+json"
SCHEMA = 1
MOST_ANSWERS = 1_000
MOST_PARTS = 50
LONGEST_TEXT = 200
LARGEST_FILE = 4_000_000
CONFIDENCES = ("sure", "think", "guess")
_HALVES = re.compile("[\ud800-\udfff]")
_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|\+00:00)")


@dataclass(frozen=True)
class Answer:
    """What a learner chose, when (UTC), after how many checks, how sure they were, whether this was checked, of which variant."""

    choice: Any
    at: str
    tries: int = 0
    confidence: str | None = None
    checked: bool = False
    variant: str = ""


Record = dict[str, Answer]


def now(after: str | None = None) -> str:
    """This moment as the record writes it, or just after an answer that a wrong clock dated later."""
    moment = dt.datetime.now(dt.UTC)
    with suppress(OverflowError):
        moment = max(moment, _moment(after) + dt.timedelta(microseconds=1)) if after else moment
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def to_data(record: Mapping[str, Answer]) -> dict[str, Any]:
    """The record as JSON-able data, in the order of the ids, without fields that say nothing."""
    rows = {qid: {name: value for name, value in asdict(record[qid]).items() if value} for qid in sorted(record)}
    return {"schema": SCHEMA, "answers": {qid: {"choice": record[qid].choice, **row} for qid, row in rows.items()}}


def from_data(data: object) -> Record:
    """The answers in what claims to be a record; whatever is not of the form is left out."""
    answers = data.get("answers") if isinstance(data, dict) and data.get("schema") == SCHEMA else None
    if not isinstance(answers, dict) or len(answers) > MOST_ANSWERS:
        return {}
    read = {qid: _answer(row) for qid, row in answers.items() if _is_id(qid)}
    return {qid: answer for qid, answer in read.items() if answer}


def _is_id(text: object) -> bool:
    return isinstance(text, str) and len(text) <= LONGEST_TEXT and is_id(text)


def _answer(row: object) -> Answer | None:
    if not isinstance(row, dict) or not _is_choice(row.get("choice")) or not _is_time(row.get("at")):
        return None
    tries, confidence = row.get("tries", 0), row.get("confidence")
    return Answer(
        row["choice"],
        row["at"],
        tries if type(tries) is int and 0 <= tries < 10**6 else 0,
        confidence if confidence in CONFIDENCES else None,
        row.get("checked") is True,
        row["variant"] if _is_text(row.get("variant")) else "",
    )


def _is_choice(choice: object) -> bool:
    """Whether this could be a choice for some question: short text, or a short list or dict of short texts."""
    if isinstance(choice, dict):
        return len(choice) <= MOST_PARTS and all(_is_text(each) for pair in choice.items() for each in pair)
    if isinstance(choice, list):
        return len(choice) <= MOST_PARTS and all(map(_is_text, choice))
    return _is_text(choice)


def _is_text(value: object) -> bool:
    """Short text that can be written down: JSON may smuggle in halves of characters."""
    return isinstance(value, str) and len(value) <= LONGEST_TEXT and not _HALVES.search(value)


def _is_time(at: object) -> bool:
    if not isinstance(at, str) or len(at) > 40 or not _AT.fullmatch(at):
        return False
    with suppress(ValueError):
        return bool(_moment(at))
    return False


def _moment(at: str) -> dt.datetime:
    return dt.datetime.fromisoformat(at)


def from_notebook(notebook: object) -> Record:
    """The answers that a notebook's outputs hold, the newest of each question."""
    record: Record = {}
    for bundle in _bundles(notebook):
        for qid, answer in from_data(_parsed(bundle.get(MIME))).items():
            record[qid] = max(record.get(qid, answer), answer, key=_age)
    return record


def _bundles(notebook: object) -> Iterator[dict[str, Any]]:
    for cell in _listed(notebook, "cells"):
        for output in _listed(cell, "outputs"):
            data = output.get("data") if isinstance(output, dict) else None
            if isinstance(data, dict):
                yield data


def _listed(thing: object, name: str) -> list[Any]:
    found = thing.get(name) if isinstance(thing, dict) else None
    return found if isinstance(found, list) else []


def _parsed(value: object) -> object:
    """A notebook may hold JSON of a vendor type as text or as lines of text."""
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        value = "".join(value)
    if not isinstance(value, str):
        return value
    return _json(value) if len(value) <= LARGEST_FILE else None


def _json(text: str) -> Any:
    with suppress(ValueError, RecursionError):
        return json.loads(text)
    return None


def merge(one: Mapping[str, Answer], other: Mapping[str, Answer]) -> Record:
    """Both records as one: of a question that stands in both, the newer answer."""
    both = [*one, *(qid for qid in other if qid not in one)]
    return {qid: max((r[qid] for r in (one, other) if qid in r), key=_age) for qid in both}


def _age(answer: Answer) -> tuple[dt.datetime, int, str]:
    return _moment(answer.at), answer.tries, json.dumps(answer.choice, sort_keys=True)


def side_file(folder: Path, slug: str) -> Path:
    """Where the second copy of a chapter's answers stands: out of sight, since nobody opens it."""
    return folder / f".{slug}.answers.json"


def names(side: Path) -> tuple[Path, Path]:
    """The names a side file may have: today's, and the visible one of before, under which it may also be handed in."""
    return side, side.with_name(side.name.removeprefix("."))


def load(path: Path) -> tuple[Record, str]:
    """The answers of a side file, and a sentence where it could not be read and was set aside."""
    found = [_load(each) for each in dict.fromkeys(names(path))]
    record = merge(found[0][0], found[-1][0])
    return record, " ".join(dict.fromkeys(notice for _, notice in found if notice))


def _load(path: Path) -> tuple[Record, str]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            return {}, _set_aside(path, "is too large to be a record of answers")
        data = _json(path.read_text(encoding="utf-8", errors="replace"))
    except FileNotFoundError:
        return {}, ""
    except OSError as err:
        return {}, f"{path.name} cannot be read ({err.strerror}); answers stay in the notebook only."
    record = from_data(data)
    whole = isinstance(data, dict) and data.get("schema") == SCHEMA and len(record) == len(data.get("answers") or "")
    return record, "" if whole else _set_aside(path, "is not a record of answers that this version can read")


def peek(path: Path) -> Record:
    """The answers of a side file that is left as it is, even where it is broken."""
    record: Record = {}
    for each in names(path):
        with suppress(OSError):
            if each.stat().st_size <= LARGEST_FILE:
                record = merge(record, from_data(_json(each.read_text(encoding="utf-8", errors="replace"))))
    return record


def _set_aside(path: Path, why: str) -> str:
    """Move a file out of the way under a name that is free and can be seen, and say so."""
    number = 1
    while (aside := path.with_name(f"{path.stem.removeprefix('.')}.broken-{number}.json")).exists():
        number += 1
    with suppress(OSError):
        path.rename(aside)
    return f"{path.name} {why}; it was kept as {aside.name}."


def save(path: Path, record: Mapping[str, Answer]) -> tuple[Record, str]:
    """Merge a record into the side file, and return what then stands there; the second value says what went wrong."""
    try:
        with _alone(path.parent):
            before = names(path)[1]
            (kept, notice), (older, said) = _load(path), _load(before) if before != path else ({}, "")
            merged = merge(merge(kept, older), record)
            atomic.write(path, json.dumps(to_data(merged), indent=1, ensure_ascii=False) + "\n")
            if before != path and not said:  # whole, and all of it is in the new one
                before.unlink(missing_ok=True)
            return merged, " ".join(filter(None, (notice, said)))
    except OSError as err:
        return dict(record), f"{path.name} cannot be written ({err.strerror}); save the notebook to keep your answers."


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock where the system has one, so that two kernels do not overwrite each other's answers."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
