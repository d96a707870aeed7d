"""Who, what, why and how long: a page for people and JUnit XML for machines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from xml.etree import ElementTree

from cloudcrib.grading.outcome import Graded
from cloudcrib.kit import atomic

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>
 body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1a1a1a; background: #fff }}
 table {{ border-collapse: collapse; width: 100% }}
 th, td {{ text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #d0d0d0 }}
 td.number, th.number {{ text-align: right; font-variant-numeric: tabular-nums }}
 tr.person {{ background: #fff3d6 }}
 ul {{ margin: 0; padding-left: 1.1rem }}
</style></head>
<body><main><h1>{title}</h1>
<p>{summary}</p>{said}
<table><caption hidden>Submissions</caption>
<thead><tr><th scope="col">Student</th><th scope="col" class="number">Points</th><th scope="col">State</th>
<th scope="col" class="number">Seconds</th><th scope="col">What happened</th></tr></thead>
<tbody>
{rows}
</tbody></table></main></body></html>
"""


def write(
    folder: Path, assignment: str, results: list[Graded], seconds: float, said: Sequence[str] = ()
) -> tuple[Path, Path]:
    """Write both reports into a folder and return where they are; `said` tells how the assignment was graded."""
    page, junit = folder / f"{assignment}.report.html", folder / f"{assignment}.report.xml"
    atomic.write(page, html(assignment, results, seconds, said))
    atomic.write(junit, xml(assignment, results, seconds, said))
    return page, junit


def state(graded: Graded) -> str:
    """One word or two on how a submission ended."""
    if graded.skipped:
        return "graded before"
    if graded.needs_person:
        return "needs a person"
    if any(score.by_hand for score in graded.scores):
        return "graded; some cells by hand"
    return "graded"


def summary(results: list[Graded], seconds: float) -> str:
    """One sentence on the whole run."""
    fresh = [graded for graded in results if not graded.skipped]
    cached, person = sum(graded.cached for graded in fresh), sum(graded.needs_person for graded in fresh)
    said = f"{len(fresh)} {'submission' if len(fresh) == 1 else 'submissions'} graded in {seconds:.1f} s"
    said += f", {cached} of them from earlier runs" if cached else ""
    said += f"; {len(results) - len(fresh)} had been graded before" if len(results) > len(fresh) else ""
    return said + (f"; {person} need a person." if person else ".")


def points(graded: Graded) -> str:
    return (
        f"{sum(score.score for score in graded.scores):g} / {sum(score.most for score in graded.scores):g}"
        if graded.scores
        else "–"
    )


def html(assignment: str, results: list[Graded], seconds: float, said: Sequence[str] = ()) -> str:
    """The page; those who need a person stand first."""
    rows = "\n".join(_row(graded) for graded in sorted(results, key=lambda graded: not graded.needs_person))
    title = f"Grading of {escape(assignment)}"
    lines = "".join(f"\n<p>{escape(line)}</p>" for line in said)
    return _PAGE.format(title=title, summary=escape(summary(results, seconds)), said=lines, rows=rows)


def _row(graded: Graded) -> str:
    notes = "".join(f"<li>{escape(note)}</li>" for note in _once(graded.notes))
    cells = [
        f'<th scope="row">{escape(graded.student)}</th>', f'<td class="number">{points(graded)}</td>',
        f"<td>{state(graded)}</td>", f'<td class="number">{graded.seconds:.2f}</td>', f"<td>{f'<ul>{notes}</ul>' if notes else ''}</td>",
    ]  # fmt: skip
    return f"<tr{' class=person' if graded.needs_person else ''}>{''.join(cells)}</tr>"


def _once(notes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(notes))


def xml(assignment: str, results: list[Graded], seconds: float, said: Sequence[str] = ()) -> str:
    """JUnit: a case per submission; it fails when a person is needed."""
    suite = ElementTree.Element(
        "testsuite", name=f"grading.{assignment}", tests=str(len(results)), time=f"{seconds:.3f}",
        failures=str(sum(graded.needs_person for graded in results)), skipped=str(sum(graded.skipped for graded in results)), errors="0",
    )  # fmt: skip
    if said:
        properties = ElementTree.SubElement(suite, "properties")
        ElementTree.SubElement(properties, "property", name="how", value=_legal(" ".join(said)))
    for graded in results:
        case = ElementTree.SubElement(
            suite, "testcase", classname=assignment, name=_legal(graded.student), time=f"{graded.seconds:.3f}"
        )
        said = _legal("\n".join(_once(graded.notes)))
        if graded.skipped:
            ElementTree.SubElement(case, "skipped", message="graded before")
        elif graded.needs_person:
            ElementTree.SubElement(case, "failure", message=said.partition("\n")[0]).text = said
        if graded.scores:
            ElementTree.SubElement(case, "system-out").text = _legal(f"{points(graded)}\n{said}".strip())
    ElementTree.indent(suite)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(suite, encoding="unicode") + "\n"


def _legal(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(
        char if char in "\t\n\r" or (ord(char) >= 32 and not 0xD800 <= ord(char) < 0xE000) else "�" for char in text
    )
