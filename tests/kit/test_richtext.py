"""Authors' Markdown becomes HTML that holds nothing a page would run."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from cloudcrib.kit.richtext import bare, block, inline, link


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://example.org/spy.png)",
        "`<script>`",
        "[x](https://a.b \"' onclick='alert(1)\")",
    ],
)
def test_nothing_that_runs_or_loads_gets_through(text: str) -> None:
    tags: list[tuple[str, dict[str, str | None]]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: tags.append((tag, dict(attrs)))  # type: ignore[method-assign]

    parser.feed(block(text))

    assert {tag for tag, _ in tags} <= {"p", "code", "a"}
    assert {name for _, attrs in tags for name in attrs} <= {"href", "title", "target", "rel"}
    assert all((attrs.get("href") or "https://").startswith("https://") for _, attrs in tags)


def test_code_and_emphasis_are_kept() -> None:
    assert inline("A *NAT* in `/24`") == "A <em>NAT</em> in <code>/24</code>"


def test_a_text_of_blocks_stays_in_blocks() -> None:
    assert inline("one\n\ntwo") == "<p>one</p>\n<p>two</p>"


def test_links_open_beside_the_notebook() -> None:
    assert 'target="_blank" rel="noopener noreferrer"' in inline("[x](https://docs.aws.amazon.com)")
    assert link("javascript:alert(1)", "<b>") == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("text", "words"), [("Send `/api/*` *there*", "Send /api/* there"), ("a\nb", "a b"), ("```\nx = 1\n```", "x = 1")]
)
def test_bare_words_hold_no_markup(text: str, words: str) -> None:
    assert bare(text) == words
