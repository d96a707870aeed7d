"""Who, what, why and how long: a page for people and JUnit XML for machines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from cloudcrib.grading import report_page
from cloudcrib.grading.outcome import Graded
from cloudcrib.grading.report_page import FeedbackOf, nowhere, once, points
from cloudcrib.kit import atomic


def write(
    folder: Path, assignment: str, results: list[Graded], seconds: float, said: Sequence[str] = (),
    feedback: FeedbackOf = nowhere,
) -> tuple[Path, Path]:  # fmt: skip
    """Write both reports into a folder and return where they are.

    `said` tells how the assignment was graded, `feedback` where a student's page will be.
    """
    page, junit = folder / f"{assignment}.report.html", folder / f"{assignment}.report.xml"
    atomic.write(page, html(assignment, results, seconds, said, feedback))
    atomic.write(junit, xml(assignment, results, seconds, said))
    return page, junit


def summary(results: list[Graded], seconds: float) -> str:
    """One sentence on the whole run."""
    fresh = [graded for graded in results if not graded.skipped]
    cached, person = sum(graded.cached for graded in fresh), sum(graded.needs_person for graded in fresh)
    said = f"{len(fresh)} {'submission' if len(fresh) == 1 else 'submissions'} graded in {seconds:.1f} s"
    said += f", {cached} of them from earlier runs" if cached else ""
    said += f"; {len(results) - len(fresh)} had been graded before" if len(results) > len(fresh) else ""
    empty = sum(graded.nothing_answered for graded in fresh)
    said += f"; {empty} answered nothing" if empty else ""
    return said + (f"; {person} {'needs' if person == 1 else 'need'} a person." if person else ".")


def html(
    assignment: str, results: list[Graded], seconds: float, said: Sequence[str] = (), feedback: FeedbackOf = nowhere
) -> str:
    """The page; those who deserve a look stand first."""
    lines = [summary(results, seconds), *said]
    return report_page.html(f"Grading of {assignment}", lines, results, feedback)


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
        said = _legal("\n".join(once(graded.notes)))
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
