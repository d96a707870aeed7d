"""The exam guide, line by line in our own words: what the exam asks, and which facts and questions serve it."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cloudcrib.course.course import Course
from cloudcrib.course.trouble import AuthoringError, text_of
from cloudcrib.kit.nearest import meant
from cloudcrib.kit.versions import Version, version
from cloudcrib.question.kinds import DOMAINS

COLUMNS = ("id", "task", "kind", "topic", "source")
KINDS = {"knowledge": "k", "skill": "s"}


@dataclass(frozen=True)
class Line:
    """One thing that the exam guide asks of a candidate."""

    id: str
    task: str  # its task statement, `1.1`
    kind: str  # knowledge | skill
    topic: str
    source: str


def path_of(chapter: Path) -> Path:
    """The guide of the course that a chapter's folder belongs to."""
    return Course.of(chapter).root / "chapters" / "guide.tsv"


def load(path: Path) -> Mapping[str, Line]:
    """The guide's lines by id; none where the course has no guide. Unchanged files are read once."""
    return _load(version(path)) if path.is_file() else {}


@functools.lru_cache(maxsize=8)
def _load(file: Version) -> Mapping[str, Line]:
    path = file[0]
    head, *rows = text_of(path).splitlines() or [""]
    if tuple(head.split("\t")) != COLUMNS:
        raise AuthoringError(path, 1, None, f"The first line names the columns, parted by tabs: {', '.join(COLUMNS)}.")
    found: dict[str, Line] = {}
    for number, row in enumerate(rows, 2):
        line = _line(path, number, row)
        if line.id in found:
            raise AuthoringError(path, number, line.id, "This line of the guide stands above already.")
        found[line.id] = line
    return found


def _line(path: Path, number: int, row: str) -> Line:
    cells = [cell.strip() for cell in row.split("\t")]

    def wrong(sentence: str) -> AuthoringError:
        return AuthoringError(path, number, cells[0] or None, sentence)

    if len(cells) != len(COLUMNS) or not all(cells):
        raise wrong(f"A line of the guide has {len(COLUMNS)} texts, parted by tabs: {', '.join(COLUMNS)}.")
    line = Line(*cells)
    if line.task not in DOMAINS:
        raise wrong(f"The task is {line.task!r}; it must be one of {', '.join(DOMAINS)}.")
    if line.kind not in KINDS:
        raise wrong(f"The kind is {line.kind!r}; it must be one of {', '.join(KINDS)}.")
    start = f"{line.task}-{KINDS[line.kind]}"
    if not re.fullmatch(re.escape(start) + r"[1-9]\d*", line.id):
        raise wrong(f"The id of this line is {start} and a number, such as {start}1.")
    if not line.source.startswith("https://"):
        raise wrong("`source` is the https address of the guide's page.")
    return line


def misnamed(covers: Sequence[str], guide: Mapping[str, Line]) -> str:
    """What is wrong with the lines that a fact or a question says it covers; empty when nothing is."""
    for id in covers:
        if not guide:
            return f"It covers {id!r}, and this course has no chapters/guide.tsv that lists such lines."
        if id not in guide:
            return f"It covers {id!r}, which chapters/guide.tsv lacks.{meant(id, guide)}"
    twice = next((id for at, id in enumerate(covers) if id in covers[:at]), None)
    return f"It covers {twice!r} twice." if twice else ""


Served = tuple[str, str]  # the chapter's name, and the id of the fact or question


@dataclass(frozen=True)
class Coverage:
    """One line of the guide: the facts that teach it, and the questions that ask it."""

    line: Line
    taught: tuple[Served, ...]
    asked: tuple[Served, ...]

    @property
    def whole(self) -> bool:
        """Whether a learner both reads about this line and practises it."""
        return bool(self.taught and self.asked)


Covering = tuple[str, str, tuple[str, ...]]  # the chapter's name, an id, the lines that it covers


def coverage(guide: Mapping[str, Line], facts: Iterable[Covering], questions: Iterable[Covering]) -> list[Coverage]:
    """How a course serves each line of the guide, in the guide's order."""
    taught, asked = _by_line(facts), _by_line(questions)
    return [Coverage(one, tuple(taught.get(id, ())), tuple(asked.get(id, ()))) for id, one in guide.items()]


def _by_line(rows: Iterable[Covering]) -> dict[str, list[Served]]:
    found: dict[str, list[Served]] = {}
    for chapter, id, covers in rows:
        for line in covers:
            found.setdefault(line, []).append((chapter, id))
    return found


def counts(rows: Collection[Coverage]) -> str:
    """How many of these lines are taught and asked, in words."""
    taught, asked = sum(bool(row.taught) for row in rows), sum(bool(row.asked) for row in rows)
    return f"{taught} of {len(rows)} lines taught, {asked} asked"


def tasks(rows: Iterable[Coverage]) -> Iterator[tuple[str, list[Coverage]]]:
    """The lines by task statement, in the guide's order."""
    found: dict[str, list[Coverage]] = {}
    for row in rows:
        found.setdefault(row.line.task, []).append(row)
    yield from found.items()
