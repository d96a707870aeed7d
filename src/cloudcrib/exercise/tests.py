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

from cloudcrib.exercise import plain_data
from cloudcrib.exercise.untouched import untouched
from cloudcrib.question import Verdict

SHOWN_FAILURES = 2  # a part reports its first failures; more would bury the first


@dataclass
class Part:
    """Some of an exercise's points, earned together or not at all."""

    name: str
    points: float
    failures: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    checks: int = 0

    @property
    def passed(self) -> bool:
        return self.checks > 0 and not self.failures


class Tests:
    """The tests of one exercise, run against the functions of a learner."""

    __test__ = False  # not for pytest

    def __init__(self, id: str, notes: Mapping[str, str] | None = None, reveal: bool = False) -> None:
        """`notes` says each mistake's sentence by slug; `reveal` lets reports show what was expected."""
        self.id, self.notes, self.reveal = id, dict(notes or {}), reveal
        self.parts: dict[str, Part] = {}
        self.broken: list[str] = []
        self.functions: list[Any] = []
        self._open: Part | None = None

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
        except NameError as err:
            self._fail(f"There is no `{err.name}`: run the cell that defines it.")
        except Exception as err:
            self._fail(str(err) if type(err) is AssertionError and str(err) else f"The test stopped with {_said(err)}.")
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
            self._judge(call, found, gives, within, mistakes or {})

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
                self._judge(call, found, reference(*copy.deepcopy(args)), within, known)
            if len(part.failures) > before:
                return

    def raises(self, error: type[BaseException], f: Any, *args: Any, **named: Any) -> None:
        """`f(*args)` raises that error."""
        self._count()
        self._meet(f)
        ok, found = _quiet(f, copy.deepcopy(args), copy.deepcopy(named))
        call = _call(f, args, named)
        if ok:
            self._fail(f"`{call}` returned {_returned(found)}; it should raise {error.__name__}.")
        elif not isinstance(found, error):
            self._fail(f"`{call}` raised {_said(found)}; it should raise {error.__name__}.")

    def holds(self, condition: Any, otherwise: str) -> None:
        """The condition is true; the sentence tells the learner when it is not."""
        self._count()
        if not (type(condition) is bool and condition):
            self._fail(otherwise)

    def value(
        self, name: str, found: Any, gives: Any, within: float | None = None, mistakes: Mapping[str, Any] | None = None
    ) -> None:
        """A value the learner set is that value."""
        self._count()
        if found is ...:
            self._fail(f"`{name}` has not been set yet.")
            return
        with contextlib.suppress(_Stop):
            self._judge(name, self._plain(name, found), gives, within, mistakes or {})

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
        if self.functions and all(untouched(f, self.id) for f in self.functions):
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
        if self.verdict is Verdict.NOT_ATTEMPTED:
            return "Not attempted yet."
        lines = [*self.broken]
        for part in self.parts.values():
            lines.append(f"{'✓' if part.passed and not self.broken else '✗'} {part.name} ({part.points:g})")
            lines += [f"    {said}" for said in part.failures[:SHOWN_FAILURES]]
        return "\n".join([*lines, f"{self.earned:g} of {self.points:g} points"])

    def _count(self) -> Part:
        if self._open is None:
            raise RuntimeError("A check stands outside every part; write it inside `with t.part(…):`.")
        self._open.checks += 1
        return self._open

    def _fail(self, said: str) -> None:
        target = self._open.failures if self._open else self.broken
        if said not in target:
            target.append(said)

    def _meet(self, f: Any) -> None:
        if not any(f is known for known in self.functions):
            self.functions.append(f)

    def _ask(self, f: Any, args: tuple[Any, ...], named: dict[str, Any]) -> tuple[str, bool, Any]:
        """Call with copies; say what went wrong, if anything did."""
        self._meet(f)
        call = _call(f, args, named)
        if not callable(f):
            self._fail(f"`{call.split('(')[0]}` is {plain_data.word(f)}, not a function.")
            return call, False, None
        ok, found = _quiet(f, copy.deepcopy(args), copy.deepcopy(named))
        if not ok:
            self._fail(f"`{call}` raised {_said(found)}.")
            return call, False, None
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

    def _judge(self, call: str, found: Any, wanted: Any, within: float | None, mistakes: Mapping[str, Any]) -> None:
        wanted = plain_data.plain(wanted)
        if plain_data.same(found, wanted, within):
            return
        said = f"`{call}` returned {_returned(found)}" if call.endswith(")") else f"`{call}` is {_returned(found)}"
        slug = next((s for s, wrong in mistakes.items() if plain_data.same(found, _value(wrong), within)), None)
        if slug and self._open:
            self._open.mistakes.append(slug)
        elif not plain_data.kindred(found, wanted):
            hint = " Does the function return its result?" if found is None else ""
            self._fail(f"{said}; {plain_data.word(wanted)} is asked for.{hint}")
            return
        note = f" {self.notes[slug]}" if slug in self.notes else ""
        right = f" Right is {plain_data.shown(wanted)}." if self.reveal else ""
        self._fail(f"{said}.{note}{right}")


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


def _call(f: Any, args: tuple[Any, ...], named: dict[str, Any]) -> str:
    name = getattr(f, "__name__", "the function")
    return f"{name}({', '.join([*map(plain_data.shown, args), *(f'{k}={plain_data.shown(v)}' for k, v in named.items())])})"


def _returned(found: Any) -> str:
    if found is None:
        return "nothing"
    return plain_data.shown(found) if type(found) is not str else f"{plain_data.shown(found)} (text)"


def _said(err: BaseException) -> str:
    return f"{type(err).__name__}: {err}" if str(err) else type(err).__name__
