"""The page on a run of several assignments, which leads to the report of each."""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import quote

from cloudcrib.grading.outcome import Ended
from cloudcrib.grading.report import summary
from cloudcrib.kit import atomic

NAME = "report.html"
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Grading of several assignments</title>
<style>
 body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1a1a1a; background: #fff }}
 table {{ border-collapse: collapse; width: 100% }}
 th, td {{ text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #d0d0d0 }}
 td.number, th.number {{ text-align: right; font-variant-numeric: tabular-nums }}
 tr.person {{ background: #fff3d6 }}
</style></head>
<body><main><h1>Grading of several assignments</h1>
<p>{summary}</p>
<table><caption hidden>Assignments</caption>
<thead><tr><th scope="col">Assignment</th><th scope="col">What happened</th><th scope="col">Mode</th>
<th scope="col" class="number">Exit code</th></tr></thead>
<tbody>
{rows}
</tbody></table></main></body></html>
"""


def write(folder: Path, ended: list[Ended], seconds: float) -> Path:
    """Write the page and return where it is; assignments that need somebody stand first."""
    rows = "\n".join(_row(one) for one in sorted(ended, key=lambda one: -one.code))
    atomic.write(folder / NAME, _PAGE.format(summary=escape(in_short(ended, seconds)), rows=rows))
    return folder / NAME


def in_short(ended: list[Ended], seconds: float) -> str:
    """One sentence on the whole run."""
    fresh = sum(not graded.skipped for one in ended for graded in one.results)
    person = sum(graded.needs_person for one in ended for graded in one.results)
    left = [one.assignment for one in ended if one.code == 2]
    said = (
        f"{len(ended)} assignments: {fresh} {'submission' if fresh == 1 else 'submissions'} graded in {seconds:.1f} s"
    )
    said += f"; {person} need a person" if person else ""
    said += f"; not graded: {', '.join(left)}" if left else ""
    return f"{said}. Exit code {max(one.code for one in ended)}."


def _row(ended: Ended) -> str:
    """One assignment, with a link to its report where it has one."""
    name, why = escape(ended.assignment), escape(" ".join(ended.said))
    link = name if ended.failed else f'<a href="{quote(ended.assignment)}.report.html">{name}</a>'
    said = escape(str(ended.failed)) if ended.failed else escape(summary(ended.results, ended.seconds))
    mode = f"<details><summary>{ended.mode}</summary>{why}</details>" if ended.mode else "–"
    cells = f'<th scope="row">{link}</th><td>{said}</td><td>{mode}</td><td class="number">{ended.code}</td>'
    return f"<tr{' class=person' if ended.code else ''}>{cells}</tr>"
