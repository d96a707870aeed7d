"""Grade a cohort, one assignment or many in one run: one warm-up, one writer, and for each the mode that is fair to it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future

from cloudcrib.grading.book import entry
from cloudcrib.grading.book.agree import check
from cloudcrib.grading.book.course import Course, Submission
from cloudcrib.grading.book.gradebook import OneGradebook, one_gradebook
from cloudcrib.grading.book.lock import alone
from cloudcrib.grading.book.rehearsal import Rehearsal, Verdict, with_allowed
from cloudcrib.grading.book.sheet import in_short
from cloudcrib.grading.book.writer import Writer
from cloudcrib.grading.box.bubblewrap import CannotGrade, NoSandbox, try_out
from cloudcrib.grading.doubts import look
from cloudcrib.grading.flight import Flight
from cloudcrib.grading.handed_in import opening
from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.mode import Mode
from cloudcrib.grading.outcome import Ended, Graded, Options, changed, missing
from cloudcrib.grading.register import Register
from cloudcrib.grading.run.cache import Cache
from cloudcrib.grading.run.early import FIRST, setup_for
from cloudcrib.grading.run.job import Job, Recording
from cloudcrib.grading.run.pool import Cluster, Local, Setup, pool
from cloudcrib.kit.nearest import meant

Tell = Callable[[Graded, int, int], None]
UNTRIED = "Your own solution of {name} could not be tried ({why}): run the command again, or choose --mode split or --mode compat."
UNCHANGED = "Nothing new was handed in, so nothing was run."
SILENT: Tell = lambda graded, done, of: None  # noqa: E731


def grade_course(course: Course, options: Options, tell: Tell = SILENT, early: Local | None = None) -> list[Graded]:
    """Grade every submission of an assignment; each ends with a grade and a reason. `early` is a pool that warms up already."""
    (ended,) = grade_courses([course], options, tell, early)
    if ended.failed is not None:
        raise ended.failed
    return ended.results


def grade_courses(
    courses: Sequence[Course], options: Options, tell: Tell = SILENT, early: Local | None = None
) -> Generator[Ended]:
    """The assignments of a course one after the other, each as soon as it is done; one that cannot be graded stops no other."""
    if options.sandboxed and not options.scheduler and early is None:
        try_out()
    one = courses[0]
    with alone(one), one_gradebook(one.db_url, one.directory.course_id) as book:
        cache = Cache(one.root / ".cache" / "grade" if options.cache else None)
        turns = [Turn(course, book, options, cache) for course in courses]
        with pool(_setup(turns, options), options.workers, options.scheduler, early) as workers:
            for turn, later in zip(turns, [*turns[1:], None], strict=True):
                turn.begin(workers)
                if later:
                    later.begin(workers)  # its own solution is tried while this one's submissions are written
                yield turn.ended(workers, tell)


def _asked(course: Course, submissions: list[Submission], students: tuple[str, ...]) -> list[Submission]:
    """The submissions of these students, or all; one that nobody handed in under such a name is most likely a slip."""
    wanted = {course.roster.student(name)[0] for name in students}
    if lost := sorted(wanted - {one.student for one in submissions}):
        folders = course.path(course.directory.submitted_directory, "*")
        raise Unknown(f"Nothing was handed in for {course.assignment} by {', '.join(lost)}: look into {folders}.")
    return [one for one in submissions if not students or one.student in wanted]


class Unknown(CannotGrade):
    """There is no such assignment; the message says what to do."""


class Turn:
    """One assignment of a run."""

    def __init__(self, course: Course, book: OneGradebook, options: Options, cache: Cache) -> None:
        self.course, self.book, self.options, self.cache = course, book, options, cache
        self.failed: CannotGrade | None = None
        self.submissions: list[Submission] = []
        self.todo: list[Submission] = []
        self.rehearsal: Rehearsal | None = None
        self.untried: Exception | None = None
        try:
            _check_assignment(course, book)
            check(course, book)
            self.writer = Writer(course, book, options.split is not False, options.limits, look)
            course.roster.learn(student.id for student in book.students)
            self.submissions = course.submissions()
            asked = _asked(course, self.submissions, options.students)
            self.register = Register(course, self.writer, self.submissions)
            course.notes += self.register.accept(options.accept)
            self.todo = [one for one in asked if self.register.wanted(one)]
            self.releases = [self.writer.release(name) for name in self.writer.known()]
        except CannotGrade as err:
            self.failed, self.todo = err, []

    def begin(self, workers: Local | Cluster) -> None:
        """Have the course's own solution run, unless everything is to be run in one interpreter anyhow."""
        if self.todo and self.rehearsal is None and self.options.split is not False:
            try:
                self.rehearsal = Rehearsal(self.writer, lambda job: _recorded(workers, self.cache, job))
                self.rehearsal.begin()
            except Exception as err:
                self.untried = err

    def ended(self, workers: Local | Cluster, tell: Tell) -> Ended:
        """Choose the mode and grade everybody in it."""
        began = time.monotonic()
        if self.failed:
            return Ended(self.course.assignment, failed=self.failed)
        try:
            mode = self._choose()
        except NoSandbox:
            raise
        except CannotGrade as err:
            return Ended(self.course.assignment, failed=err)
        of, todo = len(self.submissions), {one.student for one in self.todo}
        former = [self.register.former(one) for one in self.submissions if one.student not in todo]
        for at, graded in enumerate(former):
            tell(graded, at + 1, of)
        self.register.begin(self.todo, mode.name if mode else "")
        flight = Flight(
            self.writer, workers, self.cache, self.register, lambda graded, done: tell(graded, done + len(former), of)
        )
        results = sorted([*former, *flight.run(self.todo)], key=lambda graded: graded.student)
        name, said = (mode.name, mode.said) if mode else ("", (UNCHANGED,) if results else ())
        said = (*said, *missing(results), *changed(results))
        return Ended(self.course.assignment, results, name, said, time.monotonic() - began)

    def _tried(self) -> Verdict:
        """What came of running the course's own solution."""
        if self.untried is not None or self.rehearsal is None:
            raise self.untried or RuntimeError("it was never begun")
        return self.rehearsal.verdict()

    def _choose(self) -> Mode | None:
        """The mode that was asked for, or the one that is fair; None where there is nothing to grade."""
        asked = self.options.split
        if not self.todo:
            return None
        if asked is False:
            return Mode(False, asked)
        try:
            verdict = self._tried()
        except NoSandbox:
            raise
        except Exception as err:
            if asked:
                return Mode(True, asked)
            raise CannotGrade(UNTRIED.format(name=self.course.assignment, why=in_short(err))) from err
        mode = Mode(verdict.fair if asked is None else asked, asked, verdict)
        self.writer.choose(mode.split, self.options.limits)
        if mode.split:
            for name in self.writer.known():
                self.writer.releases[name] = with_allowed(self.writer.release(name), verdict, name)
            self.writer.unfair = {(unfair.notebook, unfair.cell): unfair.why for unfair in verdict.unfair}
        return mode


def _recorded(workers: Local | Cluster, cache: Cache, job: Job) -> Future[Recording]:
    """A recording that is there already, or will be."""
    if recording := cache.get(job):
        found: Future[Recording] = Future()
        found.set_result(recording)
        return found
    sent = workers.submit(job)
    sent.add_done_callback(lambda done: None if done.cancelled() or done.exception() else cache.put(job, done.result()))
    return sent


def _check_assignment(course: Course, book: OneGradebook) -> None:
    """Enter the assignment where the gradebook lacks it: in a fresh clone there is a release and no gradebook."""
    from nbgrader.api import MissingEntry

    try:
        book.find_assignment(course.assignment)
    except MissingEntry:
        if course.assignment not in (sources := entry.assignments(course)):
            raise Unknown(_unknown(course, {*sources, *(each.name for each in book.assignments)})) from None
        course.notes.append(entry.enter(course, course.assignment))
        book.commit()


def _unknown(course: Course, names: set[str]) -> str:
    """What to say of an assignment that stands nowhere."""
    folder = os.path.join(course.directory.source_directory, course.assignment)
    more = meant(course.assignment, names) or f" There are: {', '.join(sorted(names)) or 'none yet'}."
    return f"There is no assignment {course.assignment!r}: neither the gradebook nor {folder} has it.{more}"


def _setup(turns: Sequence[Turn], options: Options) -> Setup:
    """What the workers' boxes need for the notebooks of these assignments."""
    tests, everything, limits = list[str](), list[str](), options.limits or Limits()
    for turn in turns:
        if turn.todo:
            tests += [text for release in turn.releases for text in (release.prelude, release.tests)]
            everything += [cell.source for release in turn.releases for cell in release.cells.values()]
            everything += [opening(os.path.join(s.folder, name)) for s in turn.todo[:FIRST] for name in s.notebooks]
            limits = turn.writer.limits
    text, split = "\n".join(tests), options.split is not False
    return setup_for("\n".join([text, *everything]), text, turns[0].course.autograded, split, limits, options.sandboxed)
