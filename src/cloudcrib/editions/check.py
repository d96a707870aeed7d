"""`crib check`: everything a machine can say about a chapter before a learner meets it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import nbformat

from cloudcrib.course import chapter as chapters
from cloudcrib.course.chapter import Chapter
from cloudcrib.course.course import Course
from cloudcrib.course.trouble import AuthoringError, Trouble, line_of
from cloudcrib.editions import build, check_code, check_form, check_links, check_variants, prove
from cloudcrib.kit.nearest import meant
from cloudcrib.question import Question, mark
from cloudcrib.question.figures import unmistakable
from cloudcrib.question.kinds import Choose, Number, right_choice

BLANK = "…"
SCENARIO_WORDS = range(40, 91)
FURNITURE = ("After this chapter you can", "What changed since the sheet", "Exam scenarios", "Further reading")


def check(root: Path, folder: Path, quick: bool = False, on: dt.date | None = None) -> list[Trouble]:
    """What is wrong with one chapter; `quick` neither runs exercises nor notebooks again."""
    try:
        chapter = chapters.read(folder)
        found = list(check_form.look(chapter))
    except AuthoringError as err:
        return [err.trouble]
    found += [trouble for look in LOOKS for trouble in look(chapter)]
    found += list(_stale(chapter, on or dt.date.today()))
    if not quick:
        found += prove.prove(chapter)
    return found + ([] if found else list(_generated(root, chapter, quick)))


def _in_questions(chapter: Chapter, id: str, sentence: str) -> Trouble:
    path = chapter.folder / "questions.toml"
    return Trouble(sentence, path, line_of(path.read_text(encoding="utf-8"), id), id)


def _in_facts(chapter: Chapter, id: str, sentence: str) -> Trouble:
    path = chapter.folder / "facts.toml"
    return Trouble(sentence, path, line_of(path.read_text(encoding="utf-8"), id), id)


def _blanks(chapter: Chapter) -> Iterator[Trouble]:
    """What a skeleton left to fill in."""
    for name in ("chapter.md", "questions.toml", "facts.toml"):
        path = chapter.folder / name
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if f'"{BLANK}"' in line or line.strip() in (BLANK, f"# {BLANK}"):
                field = re.findall(rf'(\w+)\s*=\s*\[?"{BLANK}"', line)
                yield Trouble(f"Still to fill in: {', '.join(field) or 'a text'}.", path, number)


def _facts(chapter: Chapter) -> Iterator[Trouble]:
    known = chapters.taught(chapter)
    for id in chapter.facts:
        if id not in known:
            yield _in_facts(
                chapter, id, "Nobody teaches this fact: name it in a mark beside the prose that does, or delete it."
            )
    for question in chapter.questions:
        if chapter.facts[question.facts[0]].status == "retired":
            yield _in_questions(
                chapter,
                question.id,
                f"Its key rests first on {question.facts[0]!r}, which has gone; rest it on what holds today.",
            )


def _stale(chapter: Chapter, on: dt.date) -> Iterator[Trouble]:
    for fact in chapter.facts.values():
        if fact.stale(on):
            yield _in_facts(
                chapter,
                fact.id,
                f"AWS may move this, and nobody has looked since {fact.checked}: read {fact.source} and set `checked`.",
            )
        if fact.checked > on:
            yield _in_facts(chapter, fact.id, f"`checked` is {fact.checked}, which is still to come.")


def _mistakes(chapter: Chapter) -> Iterator[Trouble]:
    """Each mistake that an option or a test names has its note."""
    for question in chapter.questions:
        parts = (
            question.body.options
            if isinstance(question.body, Choose)
            else question.body.traps
            if isinstance(question.body, Number)
            else ()
        )
        for part in parts:
            if part.mistake and part.mistake not in chapter.mistakes:
                yield _in_questions(
                    chapter,
                    question.id,
                    f"The mistake {part.mistake!r} has no [mistakes.{part.mistake}] with a note."
                    f"{meant(part.mistake, chapter.mistakes)}",
                )
    for exercise in chapter.exercises:
        named = re.findall(r'mistakes=\{\s*"([^"]+)"', exercise.tests.source) + re.findall(
            r'[{,]\s*"([a-z0-9-]+)":\s*lambda', exercise.tests.source
        )
        for slug in dict.fromkeys(named):
            if slug not in chapter.mistakes:
                yield Trouble(
                    f"The mistake {slug!r} has no note in questions.toml.{meant(slug, chapter.mistakes)}",
                    chapter.folder / "chapter.md",
                    check_code.below(exercise.tests, f'"{slug}"'),
                    exercise.id,
                )
        if not exercise.wrongs:
            yield Trouble(
                "No wrong solution shows what these tests tell apart.",
                chapter.folder / "chapter.md",
                exercise.answer.line,
                exercise.id,
            )


def _questions(chapter: Chapter) -> Iterator[Trouble]:
    for question in chapter.questions:
        yield from (_in_questions(chapter, question.id, sentence) for sentence in _flaws(question))


def _flaws(question: Question) -> Iterator[str]:
    words = len(question.stem.split())
    if question.exam and words not in SCENARIO_WORDS:
        yield f"An exam scenario has 40 to 90 words; this stem has {words}."
    if mark(question, None).fraction or mark(question, right_choice(question)).fraction != 1:
        yield "The key does not earn full marks, or silence earns some."
    if isinstance(question.body, Choose):
        chosen = set(question.body.right)
        wrong = [o.id for o in question.body.options if not o.right]
        for id in wrong:
            if mark(question, [id] if len(chosen) == 1 else [id, *sorted(chosen)[1:]]).fraction >= 1:
                yield f"The wrong option {id!r} earns full marks."
        right_texts = [o.text for o in question.body.options if o.right and len(o.text) > 8]
        if any(text.lower() in hint.lower() for text in right_texts for hint in question.hint):
            yield "A hint gives the right option away word for word."
    if isinstance(question.body, Number):
        with_unit = f"{unmistakable(Decimal(str(question.body.answer)))} {question.body.unit}"
        if mark(question, with_unit).fraction != 1:
            yield f"The answer typed with its unit, “{with_unit}”, is not understood; choose another word for the unit."
        figure = re.escape(f"{question.body.answer:g}")
        if any(re.search(rf"(?<![\d.,]){figure}(?![\d.,]*\d)", hint) for hint in question.hint):
            yield "A hint holds the answer itself."


def _variants(chapter: Chapter) -> Iterator[Trouble]:
    yield from check_variants.look(chapter, _flaws)


def _style(chapter: Chapter) -> Iterator[Trouble]:
    """The sections that STYLE.md asks of a chapter."""
    path = chapter.folder / "chapter.md"
    text = path.read_text(encoding="utf-8")
    if chapter.slug not in Course.of(chapter.folder).settings.get("unfurnished", ()):
        for words in (w for w in FURNITURE if w not in text):
            yield Trouble(f"The chapter lacks {words!r}.", path)


def _generated(root: Path, chapter: Chapter, quick: bool) -> Iterator[Trouble]:
    """Generated files that are not what the authored ones make."""
    try:
        editions = build.editions_of(root, chapter, cache=quick)
    except AuthoringError as err:
        yield err.trouble
        return
    for name, content in editions.items():
        path = root / name
        found = path.read_bytes() if path.is_file() else b""
        if found != content:
            yield _differs(chapter, name, found, content)


def _differs(chapter: Chapter, name: str, found: bytes, wanted: bytes) -> Trouble:
    """Which authored file to edit, from the first cell that differs."""
    again = f"edit this file, never {name}, then run `crib build {chapter.name}`"
    if not found:
        return Trouble(f"{name} is missing: run `crib build {chapter.name}`.", chapter.folder / "chapter.md")
    id = _first_difference(found, wanted)
    if any(q.id == id for q in chapter.questions) or name.endswith(".json"):
        return _in_questions(chapter, id or "", f"{name} differs from what it is made of: {again}.")
    line = next((c.line for c in chapter.cells if c.id in (id, f"{id}-tests", (id or "").removesuffix("-check"))), 1)
    return Trouble(f"{name} differs from what it is made of: {again}.", chapter.folder / "chapter.md", line, id)


def _first_difference(found: bytes, wanted: bytes) -> str | None:
    try:
        old, new = (nbformat.reads(text.decode(), as_version=4).cells for text in (found, wanted))
    except Exception:
        return None
    pairs = zip(old, new, strict=False)
    return next((str(n.id) for o, n in pairs if json.dumps(o, sort_keys=True) != json.dumps(n, sort_keys=True)), None)


LOOKS: tuple[Callable[[Chapter], Iterator[Trouble]], ...] = (
    _blanks, _facts, _mistakes, _questions, _variants, _style, check_code.look, check_links.look,
)  # fmt: skip
