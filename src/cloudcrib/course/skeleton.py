"""`crib new`: skeletons that are sound except for the blanks, which `crib check` names."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from cloudcrib.course import chapter as chapters
from cloudcrib.kit.atomic import write
from cloudcrib.question.kinds import KINDS

Written = list[Path] | str

FACT = """[[fact]]
id      = "{slug}-first-fact"
status  = "new"
today   = "…"
source  = "https://docs.aws.amazon.com/"
checked = {today}
"""

CHOOSE_ONE = """options = [
  {{ id = "one", right = true, text = "…", why = "…" }},
  {{ id = "two", text = "…", why = "…" }},
  {{ id = "three", text = "…", why = "…" }},
]"""
CHOOSE_MANY = """options = [
  {{ id = "one", right = true, text = "…", why = "…" }},
  {{ id = "two", right = true, text = "…", why = "…" }},
  {{ id = "three", text = "…", why = "…" }},
  {{ id = "four", text = "…", why = "…" }},
  {{ id = "five", text = "…", why = "…" }},
]"""
NUMBER = """answer = 0
tolerance = 0
unit = "…"
why = "…"
traps = [{{ value = 1, why = "…" }}]"""
ORDER = """items = [
  {{ id = "one", text = "…", why = "…" }},
  {{ id = "two", text = "…", why = "…" }},
  {{ id = "three", text = "…", why = "…" }},
]
why = "…\""""
MATCH = """left = [
  {{ id = "one", text = "…", to = "this", why = "…" }},
  {{ id = "two", text = "…", to = "that", why = "…" }},
]
right = [{{ id = "this", text = "…" }}, {{ id = "that", text = "…" }}]
why = "…\""""
BODIES = {"choose-one": CHOOSE_ONE, "choose-many": CHOOSE_MANY, "number": NUMBER, "order": ORDER, "match": MATCH}
QUESTION = """
[[question]]
id     = "{id}"
kind   = "{kind}"
domain = "2.2"
facts  = ["{fact}"]
level  = "apply"
stem   = "{stem}"
hint   = ["…"]
{body}
"""

EXERCISE_TOML = """
[[exercise]]
id     = "{id}"
title  = "…"
domain = "2.2"
facts  = ["{fact}"]
hint   = ["…", "…"]
"""

EXERCISE_MD = '''
…

```python role="answer" id="{id}"
def answer_{name}(number: int) -> int:
    """…"""
    ### BEGIN SOLUTION
    return number + 1
    ### END SOLUTION
```

```python role="tests" for="{id}" points=2
t = tests("{id}")
with t.part("small numbers", points=1):
    t.case(answer_{name}, 1, gives=2)
### BEGIN HIDDEN TESTS
with t.part("any number", points=1):
    t.agree(answer_{name}, lambda n: n + 1, lambda r: (r.randint(2, 999),))
### END HIDDEN TESTS
t.score()
```

```python role="wrong" for="{id}" says="returned 1"
def answer_{name}(number):
    return number
```
'''

CHAPTER = """# {number} · {title}

…

**After this chapter you can** …

*About 60 minutes.*

## First section

…

```python id="{slug}-imports"
from ipaddress import ip_network
```

{{{{facts: {slug}-first-fact}}}}

## Summary

…

## What changed since the sheet

{{{{changed}}}}

## Exam scenarios

…

## Further reading

…
"""


def chapter(root: Path, name: str) -> Written:
    """A chapter's three files with one question and one exercise."""
    if not re.fullmatch(r"\d\d-[a-z0-9]+(-[a-z0-9]+)*", name):
        return f"{name!r} is no name for a chapter: two digits, then lower-case words, joined by '-', such as 15-connectivity."
    folder = root / "chapters" / name
    number, slug = name.split("-", 1)
    if folder.exists() and any(folder.iterdir()):
        return f"There is already something in chapters/{name}; nothing was written."
    if slug in {chapters.slug_of(f) for f in chapters.folders(root)}:
        return f"Another chapter is already called {slug!r}; nothing was written."
    write(folder / "facts.toml", FACT.format(slug=slug, today=dt.date.today()))
    write(
        folder / "questions.toml",
        "# One [[question]] a question, one [[exercise]] an exercise; CONTRIBUTING.md says what they hold.\n",
    )
    write(folder / "chapter.md", CHAPTER.format(number=number, title=slug.capitalize(), slug=slug))
    question(root, f"{slug}-first-question", "choose-one", "First section")
    exercise(root, f"{slug}-first-exercise", "First section")
    return [folder / file for file in ("chapter.md", "questions.toml", "facts.toml")]


def question(root: Path, id: str, kind: str, section: str = "Exam scenarios") -> Written:
    """A question at the end of questions.toml, and a quiz fence at the end of a section."""
    if kind not in KINDS:
        return f"{kind!r} is no kind of question; there are {', '.join(KINDS)}."
    folder = _folder(root, id)
    if isinstance(folder, str):
        return folder
    stem = "… Choose TWO." if kind == "choose-many" else "…"
    body = BODIES[kind].format()
    text = QUESTION.format(id=id, kind=kind, fact=_first_fact(folder), stem=stem, body=body)
    fence = f'\n```python role="quiz" id="{id}-quiz" ask=["{id}"]\n```\n'
    return _added(folder, text, fence, section)


def exercise(root: Path, id: str, section: str = "Exam scenarios") -> Written:
    """An exercise's entry, and its answer, tests and wrong solution at the end of a section."""
    folder = _folder(root, id)
    if isinstance(folder, str):
        return folder
    fences = EXERCISE_MD.format(id=id, name=id.replace("-", "_"))
    return _added(folder, EXERCISE_TOML.format(id=id, fact=_first_fact(folder)), fences, section)


def _folder(root: Path, id: str) -> Path | str:
    every = {chapters.slug_of(f): f for f in chapters.folders(root)}
    slug = max((s for s in every if id.startswith(s + "-")), key=len, default=None)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", id) or slug is None:
        there = ", ".join(every) or "there is none yet"
        return f"{id!r} is no id: lower-case words joined by '-', the first the slug of a chapter ({there})."
    path = every[slug] / "questions.toml"
    if f'"{id}"' in path.read_text(encoding="utf-8") + (every[slug] / "chapter.md").read_text(encoding="utf-8"):
        return f"The id {id!r} is already used in {every[slug].name}; nothing was written."
    return every[slug]


def _first_fact(folder: Path) -> str:
    from cloudcrib.course import facts

    return next(iter(facts.load(folder / "facts.toml")), "…")


def _added(folder: Path, toml: str, fences: str, section: str) -> list[Path]:
    """Append to questions.toml, and put fences before the heading that follows the section (at the end when there is none)."""
    entries, prose = folder / "questions.toml", folder / "chapter.md"
    text = prose.read_text(encoding="utf-8")
    start = text.find(f"## {section}")
    following = text.find("\n## ", start + 3) if start >= 0 else -1
    at = following if following >= 0 else len(text)
    write(entries, (_before_tables(entries.read_text(encoding="utf-8"), toml)))
    write(prose, (text[:at].rstrip("\n") + "\n" + fences + text[at:]))
    return [prose, entries]


def _before_tables(text: str, toml: str) -> str:
    """Entries stand before the [mistakes.…] tables, which close a file."""
    at = text.find("\n[mistakes.")
    return text.rstrip("\n") + "\n" + toml if at < 0 else text[:at].rstrip("\n") + "\n" + toml + text[at:]
