"""`crib check` on the course as a whole: what only several chapters together show, and which of them could not be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cloudcrib.course import chapter as chapters
from cloudcrib.course import guide
from cloudcrib.course.chapter import Chapter
from cloudcrib.course.course import Course, is_chapter, slug_of
from cloudcrib.course.trouble import AuthoringError, Trouble, line_of
from cloudcrib.editions import check_form, check_links

FILES = ("chapter.md", "questions.toml", "facts.toml", "variants.py")
TOGETHER = (
    "ids that two chapters share, guessing by length over the course, and what is taught and asked of the exam guide"
)


@dataclass(frozen=True)
class Read:
    """The chapters that can be read, and the first trouble of each that cannot."""

    chapters: tuple[Chapter, ...]
    broken: tuple[tuple[str, Trouble], ...]

    @property
    def unseen(self) -> str:
        """What was not looked at, in a sentence; empty when everything was."""
        names = ", ".join(name for name, _ in self.broken)
        return f"Not looked at, since {names} cannot be read: {TOGETHER}, as far as they are in there." if names else ""


def read(root: Path) -> Read:
    """Every chapter of the course that has a text."""
    found, broken = [], []
    for folder in Course(root).written:
        try:
            found.append(chapters.read(folder))
        except AuthoringError as err:
            broken.append((folder.name, err.trouble))
    return Read(tuple(found), tuple(broken))


def look(root: Path, course: Read) -> Iterator[Trouble]:
    """What is wrong with the chapters together, and with what stands beside them."""
    yield from _folders(root)
    yield from across(course.chapters)
    yield from check_links.documents(root)


def _folders(root: Path) -> Iterator[Trouble]:
    """Folders that look like chapters and are none, and two that share a number or a slug."""
    numbers: dict[str, Path] = {}
    slugs: dict[str, Path] = {}
    for folder in sorted((root / "chapters").glob("*/")):
        authored = [name for name in FILES if (folder / name).is_file()]
        if not is_chapter(folder.name):
            if authored:
                rule = "a chapter is two digits and lower-case words, joined by '-', such as 15-connectivity"
                yield Trouble(
                    f"{folder.name!r} is no name of a chapter, so nobody reads it: {rule}.", folder / authored[0]
                )
            continue
        if authored and "chapter.md" not in authored:
            yield Trouble("This chapter has no chapter.md, so nobody reads it.", folder / authored[0])
        for known, key, what in ((numbers, folder.name[:2], "number"), (slugs, slug_of(folder), "slug")):
            if key in known:
                said = f"This chapter has the {what} {key} of {known[key].name}; rename one of them."
                yield Trouble(said, folder / "chapter.md")
            known.setdefault(key, folder)


def across(read: Sequence[Chapter]) -> Iterator[Trouble]:
    """Ids that two chapters share, and what only all questions together show."""
    seen: dict[str, Chapter] = {}
    for chapter in read:
        for name, ids in (("questions.toml", [q.id for q in chapter.questions]), ("facts.toml", [*chapter.facts])):
            for id in ids:
                if id in seen and seen[id] is not chapter:
                    path = chapter.folder / name
                    said = f"This id is also in {seen[id].name}; ids are unique in the course."
                    yield Trouble(said, path, line_of(path.read_text(encoding="utf-8"), id), id)
                seen[id] = chapter
    if read:
        yield from _whole(read)


def _whole(read: Sequence[Chapter]) -> Iterator[Trouble]:
    try:
        guide.load(guide.path_of(read[0].folder))
        yield from check_form.course(read)
    except AuthoringError as err:
        yield err.trouble
