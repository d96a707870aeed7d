"""The questions that a notebook may ask, from where it stands: with keys in the course, without in an assignment or alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from cloudcrib.course import cohort, items, place, variants
from cloudcrib.course.course import Course, slug_of
from cloudcrib.course.facts import Fact
from cloudcrib.course.place import Place
from cloudcrib.course.trouble import AuthoringError
from cloudcrib.kit.versions import Version, version
from cloudcrib.question import Question, public
from cloudcrib.question.fingerprint import fingerprint


@dataclass(frozen=True)
class Bank:
    """A chapter's questions as shown; in the self-study edition also their keys and the facts these rest on."""

    slug: str
    shown: Mapping[str, Mapping[str, Any]]
    keys: Mapping[str, Question]
    facts: Mapping[str, Fact]
    folder: Path = Path()
    varying: frozenset[str] = frozenset()  # questions that can be asked again with other figures
    variant_of: Mapping[str, str] = field(default_factory=dict)  # in a cohort: which variant this student has
    families: Mapping[str, str] = field(default_factory=dict)  # of questions that have siblings
    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # in an assignment: as its file holds them

    @property
    def graded(self) -> bool:
        """Whether nothing may be revealed here."""
        return not self.keys

    @property
    def alone_here(self) -> bool:
        """Whether these are the package's questions, since none were found where the notebook stands."""
        return self.graded and not (self.folder / place.QUESTIONS).is_file()

    def fact_behind(self, qid: str) -> Fact | None:
        """The fact whose page a learner should read about a question."""
        return next((self.facts[each] for each in self.keys[qid].facts if each in self.facts), None)

    def siblings(self, qid: str) -> tuple[str, ...]:
        """The other questions of its family, in file order from this one on; none where it has no family."""
        ids = [each for each, family in self.families.items() if family == self.families.get(qid)]
        at = ids.index(qid) if qid in ids else 0
        return tuple(ids[at + 1 :] + ids[:at])

    def more_like(self, qid: str) -> bool:
        """Whether there is another question like this one: with other figures, or a sibling."""
        return qid in self.varying or qid in self.families

    def variant(self, qid: str, number: int) -> Bank:
        """This question alone, with the figures of one draw; its id tells which: `vpc-slash-28~17`."""
        one = variants.drawn(self.keys[qid], self.folder, self.facts, number)
        return self.alone(replace(one, id=f"{qid}~{number}"))

    def alone(self, question: Question) -> Bank:
        """A bank of one question, which may be asked under an id of its own."""
        return replace(self, shown={question.id: public(question)}, keys={question.id: question})


def bank(qid: str) -> Bank:
    """The bank that holds a question; a LookupError says in one sentence why there is none."""
    where = place.find(qid)
    found = _assignment(where) if where.graded else _chapter(where.folder)
    if qid not in found.shown and qid in found.variant_of:
        raise LookupError(cohort.WHO)
    if qid not in found.shown:
        near = get_close_matches(qid, found.shown, n=1)
        more = f" Did you mean “{near[0]}”?" if near else ""
        raise LookupError(f"Chapter “{found.slug}” has no question “{qid}”.{more}")
    return found


def banks() -> dict[str, Bank]:
    """Every chapter of the self-study course by its slug, in reading order; one that is being rewritten is left out."""
    course = Course.here()
    found: dict[str, Bank] = {}
    for folder in course.folders if course else ():
        with suppress(AuthoringError):
            made = _chapter(folder)
            found[made.slug] = made
    return found


def same(banks: Mapping[str, Bank], named: str) -> bool:
    """Whether these questions are those that a notebook was made with; where nothing names them, nothing can differ."""
    rows = [row for qid, each in banks.items() if (row := each.rows.get(qid))]
    return not named or len(rows) < len(banks) or fingerprint(rows) == named


def _assignment(where: Place) -> Bank:
    return _released(version(where.questions), where.folder, cohort.student())


def _chapter(folder: Path) -> Bank:
    return _authored(folder, *(version(folder / name) for name in ("questions.toml", "facts.toml", "variants.py")))


@lru_cache(maxsize=32)
def _released(file: Version, folder: Path, who: str) -> Bank:
    data = json.loads(file[0].read_text(encoding="utf-8"))
    shown, variant_of = cohort.shown(data, who)
    rows = {row["id"]: row for row in data["questions"]}
    return Bank(data["slug"], shown, {}, {}, folder, variant_of=variant_of, rows=rows)


@lru_cache(maxsize=64)
def _authored(folder: Path, *files: Version) -> Bank:
    own = items.read(folder)
    keys = {each.id: each for each in own.questions}
    varying = frozenset(keys.keys() & variants.generators(folder).keys())
    shown = {qid: public(each) for qid, each in keys.items()}
    families = {qid: each.family for qid, each in keys.items() if each.family}
    return Bank(slug_of(folder), shown, keys, own.facts, folder, varying, families=families)
