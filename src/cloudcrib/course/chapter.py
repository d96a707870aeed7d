"""Read an authored chapter: its cells with their roles, its questions, exercises, mistakes and facts."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cloudcrib import question as questions_file
from cloudcrib.course import facts as facts_file
from cloudcrib.course import fences, regions
from cloudcrib.course.facts import VALUE, Fact
from cloudcrib.course.trouble import AuthoringError, line_of, toml
from cloudcrib.question import Question

ROLES = {"prose", "code", "quiz", "answer", "lab", "tests", "wrong"}
ATTRIBUTES = {
    "code": {"id"},
    "quiz": {"role", "id", "ask"},
    "answer": {"role", "id"},
    "lab": {"role", "id"},
    "tests": {"role", "for", "points"},
    "wrong": {"role", "for", "says"},
}
FACTS = re.compile(r"^\{\{\s*facts:\s*([a-z0-9 -]+?)\s*\}\}$", re.MULTILINE)
CHANGED = re.compile(r"^\{\{\s*changed\s*\}\}$", re.MULTILINE)
TEACHES = re.compile(r"[ \t]*<!--\s*teaches:\s*([a-z0-9\s-]+?)\s*-->[ \t]*\n?")
ODD_MARK = re.compile(r"\{\{[ a-z0-9-]+(\s*[.:]\s*[a-z0-9_ -]+)?\}\}")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Cell:
    """One cell as authored: what it is for, its text, and the line it starts on."""

    role: str
    id: str
    source: str
    line: int
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Mistake:
    """A misconception that recurs: the note that addresses it, and the question that separates the two ideas."""

    slug: str
    note: str
    asks: str | None = None


@dataclass(frozen=True)
class Exercise:
    """A coded task: the solution, the tests, the wrong solutions that the tests must tell apart, and hints."""

    id: str
    title: str
    domain: str
    facts: tuple[str, ...]
    hints: tuple[str, ...]
    answer: Cell
    tests: Cell
    wrongs: tuple[Cell, ...]

    @property
    def points(self) -> int:
        return int(self.tests.attributes["points"])


@dataclass(frozen=True)
class Chapter:
    """An authored chapter, read and found sound."""

    folder: Path
    title: str
    cells: tuple[Cell, ...]
    questions: tuple[Question, ...]
    exercises: tuple[Exercise, ...]
    mistakes: Mapping[str, Mistake]
    facts: Mapping[str, Fact]
    expand: Callable[[str], str]  # figures into code
    expand_prose: Callable[[str], str]  # figures into prose, volatile ones as links

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def slug(self) -> str:
        return slug_of(self.folder)

    def question(self, id: str) -> Question:
        return next(q for q in self.questions if q.id == id)

    def exercise(self, id: str) -> Exercise:
        return next(e for e in self.exercises if e.id == id)


def slug_of(folder: Path) -> str:
    """`vpc` for `chapters/14-vpc`."""
    return folder.name.split("-", 1)[-1]


def folders(root: Path) -> list[Path]:
    """The chapters of a course in reading order: every `NN-slug` folder that holds a `chapter.md`."""
    return [f for f in sorted((root / "chapters").glob("[0-9]*-*")) if (f / "chapter.md").is_file()]


def read(folder: Path) -> Chapter:
    """The chapter in a folder; the first thing wrong with it raises an `AuthoringError`. Unchanged files are read once."""
    stamps = tuple((p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in sorted(folder.glob("*.*")))
    return _read(folder, stamps)


@functools.lru_cache(maxsize=64)
def _read(folder: Path, stamps: tuple[Any, ...]) -> Chapter:
    path = folder / "chapter.md"
    cells = tuple(read_cells(path))
    text = path.read_text(encoding="utf-8")
    facts = facts_file.load(folder / "facts.toml")
    questions_path = folder / "questions.toml"
    data, toml_text = toml(questions_path)
    in_questions = facts_file.expander(facts, questions_path, toml_text)
    questions = questions_file.load(questions_path, in_questions)
    chapter = Chapter(
        folder=folder,
        title=_title(path, cells),
        cells=cells,
        questions=questions,
        exercises=tuple(_exercises(folder, cells, data, toml_text, in_questions)),
        mistakes=_mistakes(questions_path, data, toml_text, in_questions),
        facts=facts,
        expand=facts_file.expander(facts, path, text),
        expand_prose=facts_file.expander(facts, path, text, link=True),
    )
    _check_ids(chapter)
    _check_references(chapter, toml_text)
    return chapter


def read_cells(path: Path) -> list[Cell]:
    """The cells of a `chapter.md`: prose split at headings, code with its role."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise AuthoringError(path, 1, None, "This file is missing; `crib new chapter` writes a skeleton.") from None
    cells: list[Cell] = []
    try:
        for piece in fences.pieces(text):
            if piece.language:
                cells.append(_code_cell(path, piece))
            else:
                parts = _at_headings(piece.source)
                cells += [Cell("prose", "", part, _line_from(text, part, piece.line)) for part in parts]
    except fences.Unreadable as err:
        raise AuthoringError(path, err.line, None, err.sentence) from None
    return list(_named(slug_of(path.parent), cells))


def _line_from(text: str, part: str, cursor: int) -> int:
    first = part.split("\n", 1)[0]
    for number, line in enumerate(text.split("\n")[cursor - 1 :], cursor):
        if line == first:
            return number
    return cursor


def _at_headings(source: str) -> list[str]:
    """A stretch of prose cut before each heading that is not inside a code block."""
    parts: list[list[str]] = [[]]
    fenced = False
    for line in source.split("\n"):
        fenced ^= line.startswith(("```", "~~~"))
        if re.match(r"#{1,6} ", line) and not fenced and any(s.strip() for s in parts[-1]):
            parts.append([])
        parts[-1].append(line)
    return [text for part in parts if (text := "\n".join(part).strip("\n")).strip()]


def _code_cell(path: Path, piece: fences.Piece) -> Cell:
    line, attributes, source = piece.line, piece.attributes, piece.source
    role = str(attributes.get("role", "code"))
    id = attributes.get("id", attributes.get("for"))

    def wrong(sentence: str) -> AuthoringError:
        return AuthoringError(path, line, str(id) if id else None, sentence)

    if piece.language != "python":
        raise wrong(f"A fence in the language {piece.language!r} would become a cell; write ```text, or ```console.")
    if role not in ATTRIBUTES:
        raise wrong(f"Unknown role {role!r}; a fence has one of {', '.join(sorted(ATTRIBUTES))}.")
    if unknown := sorted(set(attributes) - ATTRIBUTES[role]):
        raise wrong(f"A {role} fence knows no attribute {unknown[0]!r}; it has {', '.join(sorted(ATTRIBUTES[role]))}.")
    if missing := sorted(ATTRIBUTES[role] - set(attributes) - ({"id"} if role == "code" else set())):
        raise wrong(f"A {role} fence needs {missing[0]!r}.")
    _check_form(role, attributes, source, wrong)
    name = f"{id}-tests" if role == "tests" else f"{id}-wrong" if role == "wrong" else str(id or "")
    return Cell(role, name, source, line, attributes)


def _check_form(role: str, attributes: dict[str, Any], source: str, wrong: Callable[[str], AuthoringError]) -> None:
    if role == "quiz" and (source.strip() or not isinstance(attributes["ask"], list) or not attributes["ask"]):
        raise wrong('A quiz fence is empty and asks at least one question: ask=["…"].')
    if role in ("answer", "lab") and not regions.SOLUTION.search(source):
        raise wrong("The solution must stand between `### BEGIN SOLUTION` and `### END SOLUTION`.")
    if role == "tests" and not (isinstance(attributes["points"], int) and attributes["points"] > 0):
        raise wrong("`points` is a whole number above zero, without quotes.")
    if role == "tests" and source.rstrip().split("\n")[-1] != "t.score()":
        raise wrong("A tests fence ends with `t.score()`, since nbgrader takes a silent cell for full marks.")
    if role == "tests" and not regions.HIDDEN.search(source):
        raise wrong("A tests fence has hidden tests between `### BEGIN HIDDEN TESTS` and `### END HIDDEN TESTS`.")


def _named(slug: str, cells: list[Cell]) -> Iterator[Cell]:
    """Give an id to each cell whose author gave none: its section, and a count within it."""
    section, counts = "top", {"prose": 0, "code": 0}
    for cell in cells:
        heading = re.match(r"#{1,6} (.+)", cell.source) if cell.role == "prose" else None
        if heading:
            words = re.sub(r"[^a-z0-9]+", "-", heading[1].lower()).strip("-")
            section, counts = words[:36].rstrip("-") or "section", {"prose": 0, "code": 0}
        if cell.id:
            yield cell
            continue
        counts[cell.role] += 1
        suffix = "" if heading else f"-{'p' if cell.role == 'prose' else 'c'}{counts[cell.role]}"
        yield Cell(cell.role, f"{slug}-s-{section}{suffix}", cell.source, cell.line, cell.attributes)


def _title(path: Path, cells: tuple[Cell, ...]) -> str:
    first = cells[0].source.split("\n")[0] if cells else ""
    if not first.startswith("# "):
        raise AuthoringError(path, 1, None, "A chapter starts with its title: `# NN · Title`.")
    return first[2:].strip()


def _exercises(
    folder: Path, cells: tuple[Cell, ...], data: dict[str, Any], text: str, expand: Callable[[str], str]
) -> Iterator[Exercise]:
    path = folder / "questions.toml"
    rows = {str(row.get("id")): row for row in data.get("exercise", [])}
    answers = {c.id: c for c in cells if c.role in ("answer", "lab")}
    tests = {str(c.attributes["for"]): c for c in cells if c.role == "tests"}
    for cell in (c for c in cells if c.role in ("tests", "wrong") and c.attributes["for"] not in answers):
        raise AuthoringError(
            folder / "chapter.md",
            cell.line,
            str(cell.attributes["for"]),
            "There is no answer or lab fence with this id.",
        )
    for id, row in rows.items():
        line = line_of(text, id)
        if id not in answers:
            raise AuthoringError(path, line, id, "chapter.md has no answer or lab fence with this id.")
        if missing := [n for n in ("title", "domain", "facts", "hint") if not row.get(n)]:
            raise AuthoringError(path, line, id, f"This exercise lacks {' and '.join(missing)}.")
        if unknown := sorted(set(row) - {"id", "title", "domain", "facts", "hint"}):
            raise AuthoringError(path, line, id, f"Unknown field {unknown[0]!r} in an exercise.")
    for id, cell in answers.items():
        if id not in rows:
            raise AuthoringError(
                path, 1, id, "This exercise has no [[exercise]] entry with its title, domain, facts and hints."
            )
        if id not in tests:
            raise AuthoringError(folder / "chapter.md", cell.line, id, "This exercise has no tests fence.")
        row = rows[id]
        hints = tuple(expand(h) for h in row["hint"])
        wrongs = tuple(c for c in cells if c.role == "wrong" and c.attributes["for"] == id)
        yield Exercise(id, row["title"], row["domain"], tuple(row["facts"]), hints, cell, tests[id], wrongs)


def mistakes(folder: Path) -> Mapping[str, Mistake]:
    """The mistakes that a chapter knows, without reading its prose."""
    path = folder / "questions.toml"
    return _known_mistakes(folder, path.stat().st_mtime_ns) if path.is_file() else {}


@functools.lru_cache(maxsize=64)
def _known_mistakes(folder: Path, changed: int) -> Mapping[str, Mistake]:
    path = folder / "questions.toml"
    data, text = toml(path)
    return _mistakes(path, data, text, facts_file.expander(facts_file.load(folder / "facts.toml"), path, text))


def _mistakes(path: Path, data: dict[str, Any], text: str, expand: Callable[[str], str]) -> dict[str, Mistake]:
    found = {}
    for slug, row in data.get("mistakes", {}).items():
        if not isinstance(row, dict) or not row.get("note") or set(row) - {"note", "asks"}:
            raise AuthoringError(
                path, line_of(text, slug), slug, "A mistake has a `note`, and may name in `asks` a question."
            )
        found[slug] = Mistake(slug, expand(row["note"]), row.get("asks"))
    return found


def _check_ids(chapter: Chapter) -> None:
    path = chapter.folder / "chapter.md"
    seen: dict[str, int] = {}
    for cell in (c for c in chapter.cells if c.role != "wrong"):
        if not ID.fullmatch(cell.id) or len(cell.id) > 60 or not (cell.id + "-").startswith(chapter.slug + "-"):
            rule = (
                f"An id starts with `{chapter.slug}-`, has lower-case words joined by '-', and at most 60 characters."
            )
            raise AuthoringError(path, cell.line, cell.id, rule)
        if cell.id in seen:
            raise AuthoringError(
                path, cell.line, cell.id, f"This id is already used on line {seen[cell.id]}; ids are unique."
            )
        seen[cell.id] = cell.line
    for question in chapter.questions:
        where = line_of((chapter.folder / "questions.toml").read_text(encoding="utf-8"), question.id)
        if not question.id.startswith(chapter.slug + "-"):
            raise AuthoringError(
                chapter.folder / "questions.toml", where, question.id, f"A question id starts with `{chapter.slug}-`."
            )
        if question.id in seen:
            raise AuthoringError(
                path, seen[question.id], question.id, "This id is both a cell and a question; rename one."
            )


def _check_references(chapter: Chapter, toml_text: str) -> None:
    path, toml_path = chapter.folder / "chapter.md", chapter.folder / "questions.toml"
    known = {q.id for q in chapter.questions}
    asked: dict[str, int] = {}
    for cell in (c for c in chapter.cells if c.role == "quiz"):
        for id in cell.attributes["ask"]:
            if id not in known:
                raise AuthoringError(
                    path, cell.line, id, "This quiz asks a question that questions.toml does not have."
                )
            if id in asked:
                raise AuthoringError(path, cell.line, id, f"This question is already asked on line {asked[id]}.")
            asked[id] = cell.line
    for id in known - set(asked):
        raise AuthoringError(toml_path, line_of(toml_text, id), id, "No quiz fence of chapter.md asks this question.")
    resting: list[Question | Exercise] = [*chapter.questions, *chapter.exercises]
    for item in resting:
        for name in item.facts:
            if name not in chapter.facts:
                raise AuthoringError(
                    toml_path,
                    line_of(toml_text, item.id),
                    item.id,
                    f"It rests on the fact {name!r}, which facts.toml lacks.",
                )
    for mistake in chapter.mistakes.values():
        if mistake.asks and mistake.asks not in known:
            raise AuthoringError(
                toml_path,
                line_of(toml_text, mistake.slug),
                mistake.slug,
                f"It asks {mistake.asks!r}, which is no question.",
            )
    for cell in chapter.cells:
        for odd in ODD_MARK.finditer(cell.source):
            if not (VALUE.fullmatch(odd[0]) or FACTS.fullmatch(odd[0]) or CHANGED.fullmatch(odd[0])):
                line = cell.line + cell.source.count("\n", 0, odd.start())
                raise AuthoringError(
                    path,
                    line,
                    cell.id,
                    f"`{odd[0]}` is no mark: {{{{fact-id.key}}}}, {{{{facts: id id}}}} or {{{{changed}}}}.",
                )
    for id, line in _taught(chapter):
        if id not in chapter.facts:
            raise AuthoringError(path, line, id, "facts.toml has no fact with this id.")


def _taught(chapter: Chapter) -> Iterator[tuple[str, int]]:
    """Each fact that prose marks as taught, with the line."""
    for cell in chapter.cells:
        for mark in (*FACTS.finditer(cell.source), *TEACHES.finditer(cell.source)):
            line = cell.line + cell.source.count("\n", 0, mark.start())
            yield from ((id, line) for id in mark[1].split())
        for value in VALUE.finditer(cell.source):
            yield value[1], cell.line + cell.source.count("\n", 0, value.start())


def taught(chapter: Chapter) -> set[str]:
    """The facts that the chapter teaches: those its marks name, and those of its table of changes."""
    found = {id for id, _ in _taught(chapter)}
    if any(CHANGED.search(cell.source) for cell in chapter.cells if cell.role == "prose"):
        found |= {id for id, fact in chapter.facts.items() if fact.status in facts_file.CHANGES}
    return found
