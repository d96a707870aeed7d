"""An author's Markdown as a notebook shows it, and how long a chapter takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cloudcrib.course import facts
from cloudcrib.course.chapter import Chapter
from cloudcrib.course.placeholders import CHANGED, FACTS, MINUTES, TEACHES, in_edition
from cloudcrib.editions import links

CODE_SPAN = re.compile(r"(^```.*?^```|`[^`\n]+`)", re.MULTILINE | re.DOTALL)
UNSEEN = re.compile(r"<!--.*?-->|<[^>\n]+>|(?<=\])\([^)]*\)", re.DOTALL)  # comments, tags, where links lead
TYPED = re.compile(r"\b(?:allow|about)\s+(\d+)\s+minutes\b", re.IGNORECASE)
WORDS_A_MINUTE = 200
FOR_A_QUESTION, FOR_AN_EXERCISE = 1.5, 8.0  # minutes
STEP = 5  # minutes: nobody's pace is known better


def prose(chapter: Chapter, text: str, edition: str = "study") -> str:
    """Markdown as one edition has it, with its placeholders filled in."""
    text = MINUTES.sub(lambda _: str(rounded(minutes(chapter))), text)
    return _filled(chapter, in_edition(text, edition))


def _filled(chapter: Chapter, text: str) -> str:
    text = TEACHES.sub("", text)
    text = FACTS.sub(lambda found: facts.table(chapter.facts[id] for id in found[1].split()), text)
    text = CHANGED.sub(lambda found: facts.changed(chapter.facts.values()), text)
    parts = CODE_SPAN.split(text)  # a link cannot stand inside code
    text = "".join(
        chapter.expand(part) if n % 2 else links.settled(chapter.folder, chapter.expand_prose(part))
        for n, part in enumerate(parts)
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def minutes(chapter: Chapter) -> float:
    """How long a chapter takes who studies alone: its words are read, its quizzes answered, its exercises solved."""
    read = sum(
        words(_filled(chapter, in_edition(cell.source, "study"))) for cell in chapter.cells if cell.role == "prose"
    )
    return read / WORDS_A_MINUTE + len(chapter.asked) * FOR_A_QUESTION + len(chapter.exercises) * FOR_AN_EXERCISE


def words(markdown: str) -> int:
    """How many words a reader sees, those of tables and code blocks included."""
    return len(re.findall(r"\S*\w\S*", UNSEEN.sub(" ", markdown)))


def rounded(measured: float) -> int:
    """Minutes as the top of a chapter says them."""
    return max(STEP, int(measured / STEP + 0.5) * STEP)


def typed(chapter: Chapter) -> Iterator[tuple[int, int]]:
    """The minutes that an author typed above the first section, with their line."""
    for cell in chapter.cells:
        if cell.source.startswith("## "):
            return
        for found in TYPED.finditer(cell.source) if cell.role == "prose" else ():
            yield int(found[1]), cell.line + cell.source.count("\n", 0, found.start())
