"""The report on a learner's function: part by part what passed, what did not and why, and what could not be tried."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from cloudcrib.question import Verdict

if TYPE_CHECKING:
    from cloudcrib.exercise.tests import Part, Tests

SHOWN_FAILURES = 2  # a part reports its first failures; more would bury the first
UNTRIED = "not tried yet"
WRAP = "overflow-wrap:break-word;word-break:normal;max-width:46em"
ROW = "margin:.4em 0 0"
INDENT = "margin:.15em 0 0 1.4em"
CODE = "white-space:pre-wrap;overflow-wrap:anywhere"


def text(done: Tests) -> str:
    """The report in plain text."""
    if done.verdict is Verdict.NOT_ATTEMPTED:
        return "\n".join(["Not attempted yet.", *_missing(done)])
    lines = [*done.broken]
    for part in done.parts.values():
        lines.append(_headline(done, part))
        lines += [f"    {said}" for said in _failures(done, part)]
    return "\n".join([*lines, _sum(done)])


def page(done: Tests) -> str:
    """The report as HTML that wraps at words and shows code as code."""
    if done.verdict is Verdict.NOT_ATTEMPTED:
        return "".join(f'<div style="{ROW}">{_rich(said)}</div>' for said in _missing(done))
    rows = [f'<div style="{ROW}">{_rich(done.marked.get(said, said))}</div>' for said in done.broken]
    for part in done.parts.values():
        said = "".join(
            f'<div style="{INDENT}">{_rich(done.marked.get(one, one))}</div>' for one in _failures(done, part)
        )
        rows.append(f'<div style="{ROW}">{html.escape(_headline(done, part))}{said}</div>')
    rows.append(f'<div style="{ROW}">{_sum(done)}</div>')
    return f'<div style="{WRAP}">{"".join(rows)}</div>'


def _sum(done: Tests) -> str:
    """The points, as last line of a report; where tests are missing, that they are."""
    if done.of is None:
        return f"{done.earned:g} of {done.points:g} points"
    more = "the rest is" if done.points < done.of else "more is"
    return f"{done.earned:g} of {done.of:g} points here; {more} tested after you hand in"


def _missing(done: Tests) -> list[str]:
    return [f"There is no `{name}`: run the cell that defines it." for name in done.missing]


def _headline(done: Tests, part: Part) -> str:
    name = f"{part.name} ({part.points:g})"
    if _untried(done, part):
        return f"– {name}: {UNTRIED}"
    return f"{'✓' if part.passed else '✗'} {name}"


def _untried(done: Tests, part: Part) -> bool:
    """Whether nothing in a part was seen to be wrong, and yet it cannot be called right."""
    return bool(done.broken) or (part.untried and not part.failures)


def _failures(done: Tests, part: Part) -> list[str]:
    return [] if done.broken else part.failures[:SHOWN_FAILURES]


def _rich(said: str) -> str:
    """A sentence whose backticks are code."""
    spans = re.split(r"`([^`]+)`", said)
    return "".join(
        f'<code style="{CODE}">{html.escape(each)}</code>' if place % 2 else html.escape(each).replace("\n", "<br>")
        for place, each in enumerate(spans)
    )
