"""The page about a graded cohort: what deserves a look first, who did how, and which questions were hard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from statistics import fmean
from urllib.parse import quote

from cloudcrib.grading.book.items import Item
from cloudcrib.grading.outcome import Graded

MOST_OPENED = 400  # submissions whose questions are listed; a page of thousands would open nowhere
FeedbackOf = Callable[[Graded], str]  # where a student's feedback page will stand, seen from the report; empty: nowhere

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>
 :root {{ color-scheme: light dark; --text: #1a1a1a; --ground: #fff; --soft: #595f66; --line: #d0d0d0; --look: #fff3d6; --link: #0b5cad }}
 @media (prefers-color-scheme: dark) {{
  :root {{ --text: #e8e8e8; --ground: #16181b; --soft: #a9b0b8; --line: #43484e; --look: #4a3a10; --link: #8cc4ff }} }}
 body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem }}
 body {{ color: var(--text); background: var(--ground) }}
 a {{ color: var(--link) }}
 table {{ border-collapse: collapse; width: 100% }}
 caption {{ text-align: left; color: var(--soft) }}
 th, td {{ text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }}
 thead th {{ overflow-wrap: normal }}
 td.number, th.number {{ text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; overflow-wrap: normal }}
 tr.person {{ background: var(--look) }}
 ul {{ margin: 0; padding-left: 1.1rem }}
 summary {{ cursor: pointer }}
 details table {{ margin: .3rem 0 .8rem }}
 pre {{ margin: .2rem 0; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13px }}
 .soft {{ color: var(--soft) }}
 @media (max-width: 750px) {{ .wide {{ display: none }} th, td {{ padding: .3rem }} }}
</style></head>
<body><main><h1>{title}</h1>
{said}
{look}
<h2>Submissions</h2>
<table><caption>{caption}</caption>
<thead><tr><th scope="col">Student</th><th scope="col" class="number">Points</th><th scope="col">State</th>
<th scope="col" class="number wide">Seconds</th><th scope="col">What happened</th></tr></thead>
<tbody>
{rows}
</tbody></table>
{hard}
</main></body></html>
"""


def nowhere(graded: Graded) -> str:
    """No feedback page."""
    return ""


def html(title: str, lines: Sequence[str], results: Sequence[Graded], feedback: FeedbackOf = nowhere) -> str:
    """The page; those who deserve a look stand first."""
    ordered = sorted(results, key=_urgency)
    rows = "\n".join(_row(graded, feedback, at < MOST_OPENED) for at, graded in enumerate(ordered))
    said = (
        "The names lead to feedback pages, once <code>nbgrader generate_feedback</code> has made them."
        if any(map(feedback, results))
        else ""
    )
    if len(results) > MOST_OPENED:
        said += f" Questions are listed for the first {MOST_OPENED}; feedback pages have them all."
    return PAGE.format(
        title=escape(title), said="\n".join(f"<p>{escape(line)}</p>" for line in lines), look=_look(ordered),
        caption=said.strip() or "Everybody who handed in.", rows=rows, hard=_hard(results),
    )  # fmt: skip


def state(graded: Graded) -> str:
    """A few words on how a submission ended."""
    if graded.skipped:
        return (
            "not graded yet" if graded.ungraded else f"graded before{'; needs a person' if graded.needs_person else ''}"
        )
    if graded.nothing_answered:
        return "nothing answered"
    if graded.needs_person:
        return "needs a person"
    if any(score.by_hand for score in graded.scores):
        return "graded; some cells by hand"
    return "graded"


def points(graded: Graded) -> str:
    """Points earned of points there are."""
    if not graded.scores:
        return "–"
    return f"{_sum(score.score for score in graded.scores)} / {_sum(score.most for score in graded.scores)}"


def _sum(points: Iterable[float]) -> str:
    return f"{round(sum(points), 2):g}"


def _urgency(graded: Graded) -> int:
    """Which come first: a person is needed, nothing was answered, something was mended, a person decides; the rest as they are."""
    order = (graded.needs_person, graded.nothing_answered, bool(graded.notes), any(s.by_hand for s in graded.scores))
    return next((at for at, holds in enumerate(order) if holds), len(order))


LOOK: tuple[tuple[str, str, Callable[[Graded], bool]], ...] = (
    ("needs a person", "need a person", lambda graded: graded.needs_person),
    ("answered nothing", "answered nothing", lambda graded: graded.nothing_answered and not graded.needs_person),
    ("had something mended", "had something mended", lambda graded: bool(graded.notes) and not graded.needs_person),
    ("has cells that you grade", "have cells that you grade", lambda graded: any(s.by_hand for s in graded.scores)),
)


def _look(results: Sequence[Graded]) -> str:
    """A list of what to look at first; nothing where there is nothing."""
    found = [(one, many, [graded.student for graded in results if holds(graded)]) for one, many, holds in LOOK]
    rows = "".join(
        f"<li><strong>{len(who)} {one if len(who) == 1 else many}:</strong> {_names(who)}</li>"
        for one, many, who in found
        if who
    )
    return f"<h2>Look first</h2>\n<ul>{rows}</ul>" if rows else ""


def _names(who: Sequence[str], most: int = 12) -> str:
    return escape(", ".join(who[:most])) + (f" and {len(who) - most} more" if len(who) > most else "")


def _row(graded: Graded, feedback: FeedbackOf, opened: bool) -> str:
    notes = "".join(f"<li>{escape(note)}</li>" for note in once(graded.notes))
    told = (f"<ul>{notes}</ul>" if notes else "") + (_items(graded) if opened else "")
    name, where = escape(graded.student), feedback(graded)
    who = f'<a href="{escape(quote(where))}">{name}</a>' if where else name
    cells = [
        f'<th scope="row">{who}</th>', f'<td class="number">{points(graded)}</td>', f"<td>{state(graded)}</td>",
        f'<td class="number wide">{graded.seconds:.2f}</td>', f"<td>{told}</td>",
    ]  # fmt: skip
    return f"<tr{' class=person' if graded.needs_person or graded.nothing_answered else ''}>{''.join(cells)}</tr>"


def _items(graded: Graded) -> str:
    """Questions and exercises of one submission, to be opened."""
    if not graded.items or graded.nothing_answered:
        return ""
    given = sum(item.answered for item in graded.items)
    rows = "".join(map(_item, graded.items))
    return (
        f"<details><summary>{given} of {len(graded.items)} answered</summary><table><thead><tr>"
        '<th scope="col">Question or exercise</th><th scope="col" class="number">Points</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></details>"
    )


def _item(item: Item) -> str:
    earned = "by hand" if item.score is None else f"{round(item.score, 2):g} / {item.most:g}"
    said = "" if item.answered else ' <span class="soft">nothing answered</span>'
    report = f"<pre>{escape(item.said.strip())}</pre>" if item.answered and item.parts else ""
    return f'<tr><td>{escape(item.title)}{said}{report}</td><td class="number">{earned}</td></tr>'


def _hard(results: Sequence[Graded]) -> str:
    """How the cohort did on each question, the hardest first; nothing without submissions graded now."""
    answers: dict[str, list[Item]] = {}
    for graded in results:
        for item in () if graded.nothing_answered else graded.items:
            answers.setdefault(item.id, []).append(item)
    if not answers:
        return ""
    rows = "\n".join(_across(items) for items in sorted(answers.values(), key=_share))
    return (
        "<h2>Questions and exercises, the hardest first</h2>\n<table><caption>Of those who answered anything.</caption><thead><tr>"
        '<th scope="col">Question or exercise</th><th scope="col" class="number">Mean points</th>'
        '<th scope="col" class="number">Full points</th><th scope="col" class="number">Nothing answered</th></tr></thead>'
        f"<tbody>\n{rows}\n</tbody></table>"
    )


def _share(items: Sequence[Item]) -> float:
    """The share of an item's points that a cohort earned; what a person grades comes last."""
    known = [item.score / item.most for item in items if item.score is not None and item.most]
    return fmean(known) if known else 2.0


def _across(items: Sequence[Item]) -> str:
    known = [item.score for item in items if item.score is not None]
    mean = f"{fmean(known):.2f} / {items[0].most:g}" if known else "by hand"
    full = sum(item.score is not None and item.score >= item.most for item in items)
    blank = sum(not item.answered for item in items)
    cells = "".join(f'<td class="number">{cell}</td>' for cell in (mean, f"{full} of {len(items)}", blank))
    return f"<tr><td>{escape(items[0].title)}</td>{cells}</tr>"


def once(notes: Iterable[str]) -> list[str]:
    """Each note once, in order."""
    return list(dict.fromkeys(notes))
