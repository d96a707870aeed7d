"""Which way an assignment is graded, and why, in sentences for its report."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cloudcrib.grading.book.rehearsal import Unfair, Verdict

APART = "Tests and student code were kept apart"
TOGETHER = "Graded in one interpreter"
PROTECTS = (
    "As with plain nbgrader, a submission's code runs beside its tests there: it can read hidden tests and take points that it "
    "has not earned. It runs in a box all the same: nothing outside can be read or written, and nobody else's work or grade changes."
)
MEND = "Mend these tests, or choose --mode split: whoever lacks points in one of these cells then needs a person."


@dataclass(frozen=True)
class Mode:
    """How an assignment is graded: apart or in one interpreter, as asked for (None: whatever is fair), after what verdict."""

    split: bool
    asked: bool | None = None
    verdict: Verdict | None = None

    @property
    def name(self) -> str:
        return "split" if self.split else "compat"

    @property
    def said(self) -> tuple[str, ...]:
        """The mode, why it is that one, and what it protects."""
        if not self.split:
            return self._together()
        why = "as asked for" if self.asked else self._fair()
        return (f"{APART}, {why}.", *self._allowed(), *self._listed())

    def _together(self) -> tuple[str, ...]:
        if self.asked is False or self.verdict is None:
            return (f"{TOGETHER}, as asked for.", PROTECTS)
        if not self.verdict.solved:
            return (
                f"{TOGETHER}: the source holds no solutions that could show whether its tests are fair apart.",
                PROTECTS,
            )
        return (
            f"{TOGETHER}: not every test is fair where it is kept apart from student code.",
            *self._listed(),
            MEND,
            PROTECTS,
        )

    def _fair(self) -> str:
        tests = self.verdict.tests if self.verdict else 0
        if not tests:
            return "since no test that runs says otherwise"
        return f"since your own solution passes {'its one test' if tests == 1 else f'all {tests} tests'} that way"

    def _allowed(self) -> tuple[str, ...]:
        allowed = (self.verdict.allowed or {}) if self.verdict else {}
        names = sorted({_readable(what) for found in allowed.values() for what in found})
        return (f"Beyond plain data its tests may meet what your solution needs: {', '.join(names)}.",) if names else ()

    def _listed(self) -> tuple[str, ...]:
        return tuple(_sentence(unfair) for unfair in self.verdict.unfair) if self.verdict else ()


def _readable(what: str) -> str:
    """What the tests' side calls `argument 0 of f`, `object f(…)` or by its name."""
    if argument := re.fullmatch(r"argument (\w+) of (.+)", what):
        at = int(argument[1]) + 1 if argument[1].isdigit() else argument[1]
        return f"`{argument[2]}` changes its argument {at} in place"
    return (
        f"`{what.removeprefix('object ')}` is an object" if what.startswith("object ") else f"`{what}` changes in place"
    )


def _sentence(unfair: Unfair) -> str:
    nor = ", and in one interpreter neither" if unfair.anyhow else ""
    return (
        f"Your own solution does not pass `{unfair.cell}` of {unfair.notebook} that way{nor}: {unfair.why.rstrip('.')}."
    )
