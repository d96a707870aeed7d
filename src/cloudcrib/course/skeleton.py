"""`crib new`: skeletons that are sound except for the blanks, which `crib check` names."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cloudcrib.course.course import ID_RULE, Course, is_chapter, is_id, slug_of
from cloudcrib.kit.atomic import write
from cloudcrib.question.kinds import KINDS


class Refused(ValueError):
    """Nothing was written, and why."""


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


CODE = '"""{title}: models by subject stand beside this file, figures in `draw`, explorers in `explore`."""\n'


def chapter(root: Path, name: str) -> list[Path]:
    """A chapter's three files with one question and one exercise, and the folder for its code."""
    if not is_chapter(name):
        raise Refused(
            f"{name!r} is no name for a chapter: two digits, then lower-case words, joined by '-', such as 15-connectivity."
        )
    folder = root / "chapters" / name
    number, slug = name[:2], slug_of(folder)
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"There is already something in chapters/{name}; nothing was written.")
    if slug in map(slug_of, Course(root).folders):
        raise Refused(f"Another chapter is already called {slug!r}; nothing was written.")
    write(folder / "facts.toml", FACT.format(slug=slug, today=dt.date.today()))
    write(
        folder / "questions.toml",
        "# One [[question]] a question, one [[exercise]] an exercise; CONTRIBUTING.md says what they hold.\n",
    )
    write(folder / "chapter.md", CHAPTER.format(number=number, title=slug.capitalize(), slug=slug))
    question(root, f"{slug}-first-question", "choose-one", "First section")
    exercise(root, f"{slug}-first-exercise", "First section")
    return [folder / file for file in ("chapter.md", "questions.toml", "facts.toml")] + _code(root, slug)


def _code(root: Path, slug: str) -> list[Path]:
    """The folder for a chapter's models, figures and explorers, in a course that stands beside the package's source."""
    home = root / "src" / "cloudcrib" / "chapters"
    path = home / slug.replace("-", "_") / "__init__.py"
    if not home.is_dir() or path.exists():
        return []
    write(path, CODE.format(title=slug.capitalize()))
    return [path]


def question(root: Path, id: str, kind: str, section: str = "Exam scenarios") -> list[Path]:
    """A question at the end of questions.toml, and a quiz fence at the end of a section."""
    if kind not in KINDS:
        raise Refused(f"{kind!r} is no kind of question; there are {', '.join(KINDS)}.")
    folder = _folder(root, id)
    stem = "… Choose TWO." if kind == "choose-many" else "…"
    body = BODIES[kind].format()
    text = QUESTION.format(id=id, kind=kind, fact=_first_fact(folder), stem=stem, body=body)
    fence = f'\n```python role="quiz" id="{id}-quiz" ask=["{id}"]\n```\n'
    return _added(folder, text, fence, section)


def exercise(root: Path, id: str, section: str = "Exam scenarios") -> list[Path]:
    """An exercise's entry, and its answer, tests and wrong solution at the end of a section."""
    folder = _folder(root, id)
    fences = EXERCISE_MD.format(id=id, name=id.replace("-", "_"))
    return _added(folder, EXERCISE_TOML.format(id=id, fact=_first_fact(folder)), fences, section)


def _folder(root: Path, id: str) -> Path:
    """The chapter that a new id belongs to."""
    course = Course(root)
    folder = course.owner(id)
    if not is_id(id) or folder is None or id == slug_of(folder):
        there = ", ".join(map(slug_of, course.folders)) or "there is none yet"
        raise Refused(f"{id!r} is no id: {ID_RULE}, the first the slug of a chapter ({there}).")
    if any(f'"{id}"' in (folder / name).read_text(encoding="utf-8") for name in ("questions.toml", "chapter.md")):
        raise Refused(f"The id {id!r} is already used in {folder.name}; nothing was written.")
    return folder


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
