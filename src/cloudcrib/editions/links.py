"""Links and pictures of authored Markdown: which there are, where headings can be reached, and what becomes of them in a notebook."""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from cloudcrib.course.course import ID
from cloudcrib.kit.richtext import bare

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

CHAPTER = re.compile(rf"(?P<name>\d\d-{ID.pattern})\.ipynb(#(?P<heading>.*))?")
TO_COME = "(to come)"
_TO_CHAPTER = re.compile(
    rf"(?<!!)\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\])+)\]\(<?{CHAPTER.pattern.replace('.*', '[^)>]*')}>?\)"
)
_PICTURE = re.compile(r"(?P<before>!\[[^\]]*\]\()(?P<address>[^)\s:]+)(?P<after>[^)]*\))")
_BROKEN = re.compile(r"\[[^\]]*\](\([^)]*\)?|\[[^\]]+\]| \([^)\s]*(://|\.ipynb|\.md|#)[^)]*\))")
_HTML = re.compile(r"""\b(href|src)\s*=\s*["']([^"']*)["']""", re.IGNORECASE)


@dataclass(frozen=True)
class Link:
    """A link or a picture: where it leads, the line it stands on counted from 0, and a picture's words."""

    kind: str  # link | picture | none: brackets that are meant as a link and are none
    address: str
    below: int
    words: str = "…"


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table"])


def found(text: str) -> Iterator[Link]:
    """Every link and picture of a Markdown text, those of HTML too."""
    if not re.search(r"\]\s?[(\[]|<|^\[", text, re.MULTILINE):
        return
    lines, line = text.split("\n"), 0
    for token in _markdown().parse(text):
        line = token.map[0] if token.map else line
        for each in token.children or [token]:
            for kind, address, words in _of(each):
                yield Link(kind, address, _line(lines, line, address), words)


def _of(token: Any) -> Iterator[tuple[str, str, str]]:
    if token.type == "link_open":
        yield "link", unquote(str(token.attrs.get("href", ""))), "…"
    elif token.type == "image":
        yield "picture", unquote(str(token.attrs.get("src", ""))), token.content
    elif token.type in ("html_inline", "html_block"):
        for tag in _HTML.finditer(re.sub(r"<!--.*?-->", "", token.content, flags=re.DOTALL)):
            yield "picture" if tag[1].lower() == "src" else "link", tag[2], "…"
    elif token.type == "text" and (odd := _BROKEN.search(token.content)):
        yield "none", odd[0], "…"


def _line(lines: list[str], start: int, address: str) -> int:
    sought = address or "]()"
    return next((n for n in range(start, len(lines)) if sought in unquote(lines[n])), start)


def headings(text: str) -> list[str]:
    """The words of the headings of a Markdown text, in order."""
    tokens = _markdown().parse(text)
    return [bare(b.content) for a, b in pairwise(tokens) if a.type == "heading_open"]


def jupyter(words: str) -> str:
    """What JupyterLab lets a link to a heading say."""
    return words.replace(" ", "-")


def github(words: str) -> str:
    """What GitHub lets a link to a heading say."""
    return re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")


def settled(folder: Path, prose: str) -> str:
    """Prose in which a link to a chapter that is not written yet is its words alone, and says so."""

    def put(link: re.Match[str]) -> str:
        there = (folder.parent / link["name"] / "chapter.md").is_file()
        return link[0] if there else f"{link['words']} {TO_COME}"

    return _TO_CHAPTER.sub(put, prose)


def attached(folder: Path, prose: str) -> tuple[str, dict[str, dict[str, str]]]:
    """Prose whose pictures, which stand beside its file, travel in the notebook itself."""
    carried: dict[str, dict[str, str]] = {}

    def put(picture: re.Match[str]) -> str:
        path = folder / unquote(picture["address"])
        kind = mimetypes.guess_type(path.name)[0]
        if not path.is_file() or kind is None:
            return picture[0]
        name = picture["address"].replace("/", "-")
        carried[name] = {kind: base64.b64encode(path.read_bytes()).decode()}
        return f"{picture['before']}attachment:{name}{picture['after']}"

    return _PICTURE.sub(put, prose), carried
