"""Authors' Markdown as HTML that is safe to show, rendered here so that the browser needs no Markdown of its own."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    """CommonMark and tables; raw HTML is shown as text, and links lead to web pages only."""
    from markdown_it import MarkdownIt

    engine = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
    engine.add_render_rule("link_open", _outward)
    return engine


def _outward(self, tokens, at, options, env):  # type: ignore[no-untyped-def]
    tokens[at].attrSet("target", "_blank")
    tokens[at].attrSet("rel", "noopener noreferrer")
    return self.renderToken(tokens, at, options, env)


@lru_cache(maxsize=4096)
def block(text: str) -> str:
    """Markdown as HTML paragraphs, lists and code blocks."""
    return str(_markdown().render(text)).strip()


@lru_cache(maxsize=4096)
def inline(text: str) -> str:
    """Markdown as HTML for one line: no paragraph around it, unless it holds blocks."""
    html = block(text)
    return html[3:-4] if html.startswith("<p>") and html.count("<p>") == 1 and html.endswith("</p>") else html


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Markdown as bare words, for places such as `<option>` that hold no markup."""
    tokens = _markdown().parse(text)
    words = [
        _words(child) for token in tokens for child in token.children or [token] if child.content or child.nesting == 0
    ]
    return " ".join("".join(words).split())


def _words(token) -> str:  # type: ignore[no-untyped-def]
    return " " if token.type in ("softbreak", "hardbreak") else str(token.content)


def link(address: str, words: str) -> str:
    """A link to a web page, opened beside the notebook."""
    if not re.match(r"https://", address):
        return escape(words)
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{escape(words)}</a>'
