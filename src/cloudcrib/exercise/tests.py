"""Verdicts for coded exercises: parts with points, and sentences that say what a function was asked and what it answered."""

from __future__ import annotations

import contextlib
import copy
import io
import random
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cloudcrib.exercise import plain_data, report, wording
from cloudcrib.exercise.untouched import untouched
from cloudcrib.question import Verdict


@dataclass
class Part:
    """Some of an exercise's points, earned together or not at all."""

    name: str
    points: float
    failures: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    checks: int = 0
    untried: bool = False  # something in it could not be seen, since an error that is told elsewhere came first

    @property
    def passed(self) -> bool:
        return self.checks > 0 and not self.failures and not self.untried


class Tests:
    """The tests of one exercise, run against the functions of a learner."""

    __test__ = False  # not for pytest

    def __init__(
        self, id: str, notes: Mapping[str, str] | None = None, reveal: bool = False, of: float | None = None
    ) -> None:
        """`notes` says each mistake's sentence by slug; `reveal` lets reports show what was expected.

        `of` are all points of the exercise, where only some of its tests run.
        """
        self.id, self.notes, self.reveal, self.of = id, dict(notes or {}), reveal, of
        self.parts: dict[str, Part] = {}
        self.broken: list[str] = []
        self.functions: list[Any] = []
        self.marked: dict[str, str] = {}  # sentences again, with values between backticks
        self.missing: list[str] = []  # names that the tests ask for, and nothing has defined
        self._open: Part | None = None
        self._lost = False  # the last call stopped half way, so that nobody knows what it left behind
        self._told: set[str] = set()  # errors that the report names

    def explain(self, notes: Mapping[str, str]) -> None:
        """Say these sentences of known mistakes; a graded edition has no course to read them from."""
        self.notes = {**notes, **self.notes}

    @contextlib.contextmanager
    def part(self, name: str, points: float = 0) -> Iterator[Part]:
        """Open a part, or open it again; whatever goes wrong inside fails this part alone."""
        part = self.parts.setdefault(name, Part(name, 0))
        part.points += points
        self._open = part
        try:
            yield part
        except _Enough:
            pass
        except Exception as err:
            self._interrupted(err)
        finally:
            self._open = None

    def case(
        self,
        f: Any,
        *args: Any,
        gives: Any,
        within: float | None = None,
        mistakes: Mapping[str, Any] | None = None,
        **named: Any,
    ) -> None:
        """`f(*args)` is that value; `mistakes` maps a slug to the value a known mistake would give."""
        self._count()
        call, ok, found = self._ask(f, args, named)
        if ok:
            self._judge(wording.lead(call), found, gives, within, mistakes or {})

    def agree(
        self,
        f: Any,
        reference: Callable[..., Any],
        draw: Callable[[random.Random], tuple[Any, ...]],
        times: int = 50,
        seed: int = 1,
        within: float | None = None,
        mistakes: Mapping[str, Callable[..., Any]] | None = None,
    ) -> None:
        """`f` equals `reference` on arguments drawn with a seeded generator; stops at the first counter-example."""
        rng, part = random.Random(seed), self._count()
        for _ in range(times):
            args = draw(rng)
            known = {slug: _quiet(wrong, copy.deepcopy(args))[1] for slug, wrong in (mistakes or {}).items()}
            before = len(part.failures)
            call, ok, found = self._ask(f, args, {})
            if ok:
                self._judge(wording.lead(call), found, reference(*copy.deepcopy(args)), within, known)
            if len(part.failures) > before:
                return

    def raises(self, error: type[BaseException], f: Any, *args: Any, **named: Any) -> None:
        """`f(*args)` raises that error."""
        self._count()
        self._meet(f)
        ok, found = _quiet(f, copy.deepcopy(args), copy.deepcopy(named))
        call = wording.call(f, args, named)
        self._lost = not ok and not isinstance(found, error)
        if ok:
            said = f"`{call}` returned {{}}; it should raise {error.__name__}."
            self._fail(said.format(wording.returned(found)), said.format(wording.returned(found, "`")))
        elif self._lost:
            self._fail(f"`{call}` raised {wording.error(found)}; it should raise {error.__name__}.")

    def holds(self, condition: Any, otherwise: str) -> None:
        """The condition is true; the sentence tells the learner when it is not."""
        self._count()
        if not (type(condition) is bool and condition):
            self._claim(otherwise)

    def needs(self, condition: Any, otherwise: str) -> None:
        """As `holds`, for what the rest of the part stands on: where it is missing, nothing more is claimed there."""
        self._count()
        if type(condition) is bool and condition:
            return
        if self._lost and self._open:
            self._open.untried = True
        else:
            self._once(otherwise, otherwise)
        raise _Enough

    def value(
        self, name: str, found: Any, gives: Any, within: float | None = None, mistakes: Mapping[str, Any] | None = None
    ) -> None:
        """A value the learner set is that value."""
        self._count()
        if found is ...:
            self._fail(f"`{name}` has not been set yet.")
            return
        if self._lost and not plain_data.same(found, gives, within):
            return self._claim("")
        with contextlib.suppress(_Stop):
            self._judge(wording.lead(name), self._plain(name, found), gives, within, mistakes or {})

    def call(self, f: Any, *args: Any, **named: Any) -> Any:
        """Call a learner's function for its effect; an exception fails the open part, or every part."""
        _, ok, found = self._ask(f, args, named)
        return found if ok else None

    def score(self) -> float:
        """Show the report and return the points earned, as nbgrader reads them."""
        print(self.report())
        return self.earned

    @property
    def points(self) -> float:
        return sum(part.points for part in self.parts.values())

    @property
    def earned(self) -> float:
        return 0.0 if self.broken else float(sum(part.points for part in self.parts.values() if part.passed))

    @property
    def verdict(self) -> Verdict:
        seen = self.functions or (self.missing and not self.earned)
        if seen and all(untouched(f, self.id) for f in self.functions):
            return Verdict.NOT_ATTEMPTED
        if self.points and self.earned == self.points:
            return Verdict.CORRECT
        return Verdict.PARTIAL if self.earned else Verdict.INCORRECT

    @property
    def mistakes(self) -> list[str]:
        """Slugs of the known mistakes that were recognised, first seen first."""
        return list(dict.fromkeys(slug for part in self.parts.values() for slug in part.mistakes))

    def report(self) -> str:
        """What passed, what did not and why, in plain text."""
        return report.text(self)

    def _count(self) -> Part:
        if self._open is None:
            raise RuntimeError("A check stands outside every part; write it inside `with t.part(…):`.")
        self._open.checks += 1
        return self._open

    def _fail(self, said: str, marked: str = "") -> None:
        target = self._open.failures if self._open else self.broken
        if said not in target:
            target.append(said)
        self.marked[said] = marked or said

    def _claim(self, said: str) -> None:
        """Something does not hold; after a call that stopped half way nobody has seen whether it would."""
        if self._lost and self._open:
            self._open.untried = True
        else:
            self._fail(said)

    def _stopped(self, said: str, err: BaseException) -> None:
        """An error is told once; what it stops further down has not been tried."""
        self._once(said, wording.error(err))

    def _once(self, said: str, cause: str) -> None:
        if cause not in self._told or not (self._open or self.broken):
            self._fail(said)
        elif self._open:
            self._open.untried = True
        self._told.add(cause)

    def _interrupted(self, err: Exception) -> None:
        """The tests themselves stopped: over a name that is missing, over what the learner's function gave them, or on purpose."""
        if isinstance(err, NameError):
            self.missing += [err.name] if err.name and err.name not in self.missing else []
            self._stopped(f"There is no `{err.name}`: run the cell that defines it.", err)
        elif type(err) is AssertionError and str(err):
            self._claim(str(err))
        elif self._lost:
            self._claim("")
        else:
            plain = wording.aws(err)
            said = f"The test stopped: {plain}" if plain else f"The test stopped with {wording.error(err)}."
            self._stopped(said, err)

    def _meet(self, f: Any) -> None:
        if not any(f is known for known in self.functions):
            self.functions.append(f)

    def _ask(self, f: Any, args: tuple[Any, ...], named: dict[str, Any]) -> tuple[str, bool, Any]:
        """Call with copies; say what went wrong, if anything did."""
        self._meet(f)
        call = wording.call(f, args, named)
        self._lost = True
        if not callable(f):
            self._fail(f"`{call.split('(')[0]}` is {plain_data.word(f)}, not a function.")
            return call, False, None
        ok, found = _quiet(f, copy.deepcopy(args), copy.deepcopy(named))
        if not ok:
            self._stopped(wording.stopped(f"`{call}`", found), found)
            return call, False, None
        self._lost = False
        try:
            return call, True, self._plain(f"`{call}`", found)
        except _Stop:
            return call, False, None

    def _plain(self, what: str, found: Any) -> Any:
        try:
            return plain_data.plain(found)
        except NotImplementedError:
            raise
        except Exception as err:
            self._fail(
                f"From {what}, {err if isinstance(err, plain_data.NotPlain) else 'something that cannot be read came back'}."
            )
            raise _Stop from None

    def _judge(self, lead: str, found: Any, wanted: Any, within: float | None, mistakes: Mapping[str, Any]) -> None:
        wanted = plain_data.plain(wanted)
        if plain_data.same(found, wanted, within):
            return
        slug = next((s for s, wrong in mistakes.items() if plain_data.same(found, _value(wrong), within)), None)
        more = f". {self.notes[slug]}" if slug in self.notes else "."
        if slug and self._open:
            self._open.mistakes.append(slug)
        elif not plain_data.kindred(found, wanted):
            hint = " Does the function return its result?" if found is None else ""
            more = f"; {plain_data.word(wanted)} is asked for.{hint}"
        plain, marked = (
            f"{lead} {wording.returned(found, mark)}{more}{self._right(wanted, mark, more)}" for mark in ("", "`")
        )
        self._fail(plain, marked)

    def _right(self, wanted: Any, mark: str, more: str) -> str:
        """The right value, where it may be shown and the kind of it is not what is wrong."""
        told = self.reveal and not more.startswith(";")
        return f" Right is {mark}{plain_data.shown(wanted)}{mark}." if told else ""


class _Enough(Exception):
    """The rest of a part stands on something that is missing."""


class _Stop(Exception):
    """What came back cannot be compared, and the report already says so."""


def _value(wrong: Any) -> Any:
    try:
        return plain_data.plain(wrong)
    except plain_data.NotPlain:
        return object()


def _quiet(f: Callable[..., Any], args: tuple[Any, ...], named: dict[str, Any] | None = None) -> tuple[bool, Any]:
    """Whether the call came back, and with what; its output and warnings cost nothing and are not shown."""
    with (
        warnings.catch_warnings(),
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        warnings.simplefilter("ignore")
        try:
            return True, f(*args, **(named or {}))
        except Exception as err:
            return False, err
        except SystemExit as err:
            return False, err
