"""`crib check` on links: chapters, headings, pictures and files are there, web addresses have the form of one; no network is asked."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from cloudcrib.course import cells
from cloudcrib.course.chapter import Chapter
from cloudcrib.course.course import Course
from cloudcrib.course.trouble import AuthoringError, Trouble, line_of, text_of
from cloudcrib.editions import links
from cloudcrib.editions.links import Link
from cloudcrib.kit.nearest import meant
from cloudcrib.kit.versions import Version, version

HEAVIEST = 60  # kilobytes of a picture, which each edition carries
DOCUMENTS = ("*.md", "docs/**/*.md", "*/README.md")
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}|localhost|127\.0\.0\.1", re.IGNORECASE)
SCHEMES = ("http", "https", "mailto")


def look(chapter: Chapter) -> Iterator[Trouble]:
    """The links of one chapter that lead nowhere: in its prose, its questions and its facts."""
    path = chapter.folder / "chapter.md"
    for cell in (cell for cell in chapter.cells if cell.role == "prose"):
        for link in links.found(cell.source):
            if said := _in_prose(chapter, link):
                yield Trouble(said, path, cell.line + link.below, cell.id)
    yield from _items(chapter)


def _in_prose(chapter: Chapter, link: Link) -> str:
    """What is wrong with a link in prose; empty when nothing is."""
    address = chapter.expand(link.address)
    if link.kind == "picture" and not link.words.strip():
        return f"The picture {address!r} has no words for those who cannot see it: ![what it shows]({address})."
    if said := _form(link.kind, address):
        return said
    if urlsplit(address).scheme in SCHEMES:
        return ""
    if link.kind == "picture":
        return _picture(chapter.folder, address)
    if address.startswith("#"):
        return _heading(chapter.folder, address[1:])
    return _chapter(chapter, address)


def _form(kind: str, address: str) -> str:
    """Whether an address has the form of one."""
    if kind == "none":
        return f"{address!r} is no link: write [words](address), with no blank between or in them."
    parts = urlsplit(address)
    if parts.scheme in ("http", "https") and not HOST.fullmatch(parts.hostname or ""):
        return f"{address!r} is no web address: https://, a host with a point in it, a path."
    if parts.scheme == "mailto" and "@" not in parts.path:
        return f"{address!r} is no mail address."
    if re.match(r"https?(//|;)|www\.", address) or (parts.scheme and parts.scheme not in SCHEMES):
        return f"{address!r} is no web address; one begins with https://."
    return "" if address else "This link leads nowhere: its address is empty."


def _picture(folder: Path, address: str) -> str:
    path = folder / unquote(address)
    if not path.is_file():
        there = [str(p.relative_to(folder)) for p in folder.rglob("*") if p.suffix in (".png", ".svg", ".jpg", ".gif")]
        return f"There is no picture {address!r} beside chapter.md.{meant(address, there)}"
    if path.stat().st_size > HEAVIEST * 1024:
        return f"The picture {address!r} has {path.stat().st_size // 1024} KB; each edition carries it, so at most {HEAVIEST}."
    return ""


def _chapter(chapter: Chapter, address: str) -> str:
    """Whether a link leads to a chapter, written or to come; a notebook carries no other file."""
    course = Course.of(chapter.folder)
    written = {folder.name: folder for folder in course.written}
    planned = [str(name) for name in course.settings.get("planned", ())]
    found = links.CHAPTER.fullmatch(address)
    if not found:
        names = [f"{name}.ipynb" for name in (*written, *planned)]
        allowed = "a notebook links to chapters (14-vpc.ipynb), headings (#…) and web pages"
        return f"{address!r} leads nowhere: {allowed}.{meant(address, names)}"
    if found["name"] in written:
        return _heading(written[found["name"]], found["heading"]) if found["heading"] else ""
    if found["name"] in planned:
        return ""
    near = meant(found["name"], [*written, *planned])
    return f"There is no chapter {found['name']!r}; one that is still to come stands in `planned` of chapters/course.toml.{near}"


def _heading(folder: Path, asked: str) -> str:
    try:
        there = _headings(version(folder / "chapter.md"))
    except AuthoringError:
        return ""  # the chapter itself is named for what is wrong with it
    if unquote(asked) in there:
        return ""
    return f"{folder.name} has no heading for #{asked}; its words stand there joined by hyphens.{meant(asked, there)}"


@lru_cache(maxsize=64)
def _headings(file: Version) -> Sequence[str]:
    prose = [cell.source for cell in cells.read_cells(file[0]) if cell.role == "prose"]
    return tuple(links.jupyter(words) for source in prose for words in links.headings(source))


def _items(chapter: Chapter) -> Iterator[Trouble]:
    """What questions and facts show stands in a widget or a card, from where only the web can be reached."""
    asked, known = chapter.folder / "questions.toml", chapter.folder / "facts.toml"
    every: list[tuple[Path, str, Any]] = [(asked, question.id, question) for question in chapter.questions]
    every += [(asked, exercise.id, exercise) for exercise in chapter.exercises]
    every += [(asked, slug, each) for slug, each in chapter.mistakes.items()]
    every += [(known, id, each) for id, each in chapter.facts.items()]
    for path, id, item in every:
        for text in _texts(item):
            for link in links.found(text):
                if said := _form(link.kind, link.address) or _outward(link):
                    yield Trouble(said, path, _line_in(path, id, link.address), id)


def _texts(item: Any) -> Iterator[str]:
    """Every text of a question, an exercise, a mistake or a fact; its code is not Markdown."""
    if isinstance(item, str):
        yield item
    elif isinstance(item, cells.Cell):
        return
    elif dataclasses.is_dataclass(item):
        for part in dataclasses.fields(item):
            yield from _texts(getattr(item, part.name))
    elif isinstance(item, tuple):
        for each in item:
            yield from _texts(each)


def _outward(link: Link) -> str:
    if link.kind == "link" and urlsplit(link.address).scheme in SCHEMES:
        return ""
    if link.kind == "link":
        return f"{link.address!r} leads nowhere from here: questions, notes and facts link to web pages only."
    return "Questions, notes and facts show no pictures; put it into chapter.md, above the question."


def _line_in(path: Path, id: str, address: str) -> int:
    text = path.read_text(encoding="utf-8")
    first = line_of(text, id)
    rest = text.split("\n")[first - 1 :]
    return next((first + n for n, line in enumerate(rest) if address and address in line), first)


def documents(root: Path) -> Iterator[Trouble]:
    """The links of README and its like that lead nowhere."""
    for path in sorted({path for pattern in DOCUMENTS for path in root.glob(pattern)}):
        try:
            text = text_of(path)
        except AuthoringError as err:
            yield err.trouble
            continue
        for link in links.found(text):
            if said := _form(link.kind, link.address) or _on_disk(path, link):
                yield Trouble(said, path, link.below + 1)


def _on_disk(document: Path, link: Link) -> str:
    address = urlsplit(link.address)
    if address.scheme:
        return ""
    target = document.parent / unquote(address.path) if address.path else document
    if address.path.startswith("/") or not target.exists():
        there = (
            [str(p.relative_to(document.parent)) for p in document.parent.glob("**/*.md") if p.is_file()]
            if target.suffix == ".md"
            else []
        )
        return f"There is no file {address.path!r} beside this one.{meant(address.path, there)}"
    if address.fragment and target.suffix == ".md":
        there = [links.github(words) for words in links.headings(text_of(target))]
        if address.fragment not in there:
            return f"{target.name} has no heading for #{address.fragment}.{meant(address.fragment, there)}"
    return ""
