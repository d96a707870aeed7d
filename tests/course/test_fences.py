"""A chapter's text is cut as jupytext's Markdown format cuts it, and faster."""

from __future__ import annotations

from pathlib import Path

import jupytext
import pytest
from shared import MINI, REPOSITORY

from cloudcrib.course.chapter import read
from cloudcrib.course.fences import pieces
from cloudcrib.course.trouble import AuthoringError

CHAPTERS = sorted([*REPOSITORY.glob("chapters/*/chapter.md"), *MINI.glob("chapters/*/chapter.md")])
ODD = """# A title


After two blank lines.
```text


Two blank lines inside of a fence part nothing.
```
~~~
```python
this is an example
```
~~~
```python id="a-b" ask=["x", "y, z"] points=2

x = 1


y = 2
```
Close by.
"""


def as_jupytext(text: str) -> list[tuple[str, dict[str, object]]]:
    cells = jupytext.reads(text, fmt="md").cells
    return [(c.source, {k: v for k, v in c.metadata.items() if k != "lines_to_next_cell"}) for c in cells]


@pytest.mark.parametrize("path", CHAPTERS, ids=[p.parent.name for p in CHAPTERS])
def test_every_chapter_is_cut_as_jupytext_cuts_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert [(piece.source, piece.attributes) for piece in pieces(text)] == as_jupytext(text)


def test_blank_lines_and_fences_in_fences_part_nothing() -> None:
    prose, more, code, last = pieces(ODD)

    assert prose.source == "# A title" and "part nothing" in more.source and "an example" in more.source
    assert code.source == "\nx = 1\n\n\ny = 2" and code.attributes == {"id": "a-b", "ask": ["x", "y, z"], "points": 2}
    assert last.source == "Close by."


def test_each_piece_knows_the_line_it_starts_on() -> None:
    lines = ODD.split("\n")

    for piece in pieces(ODD):
        assert lines[piece.line - 1].startswith("```python" if piece.language else piece.source.split("\n")[0])


@pytest.mark.parametrize(
    ("fence", "said"),
    [
        ("```python role=quiz\n```", "is no attribute"),
        ("```python role\n```", "is no attribute"),
        ("```bash\nls\n```", "language 'bash' would become a cell"),
        ("```python\nx = 1", "never closed"),
    ],
)
def test_a_fence_that_cannot_be_read_is_named_with_its_line(vpc: Path, fence: str, said: str) -> None:
    path = vpc / "chapter.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n{fence}\n", encoding="utf-8")

    with pytest.raises(AuthoringError, match=said) as caught:
        read(vpc)

    assert caught.value.line == text.count("\n") + 2
