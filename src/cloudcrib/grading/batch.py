"""Grade a cohort: sanitize, run in parallel, write in one place, and go on whatever happens."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from itertools import compress

from cloudcrib.grading.book import entry
from cloudcrib.grading.book.course import Course, Submission
from cloudcrib.grading.book.gradebook import OneGradebook, one_gradebook
from cloudcrib.grading.book.lock import alone
from cloudcrib.grading.book.sheet import Sheet, in_short
from cloudcrib.grading.book.writer import Writer
from cloudcrib.grading.box.bubblewrap import CannotGrade, NoSandbox, try_out
from cloudcrib.grading.handed_in import opening
from cloudcrib.grading.outcome import Graded, Ongoing, Options, graded_from
from cloudcrib.grading.run.cache import Cache
from cloudcrib.grading.run.early import FIRST, setup_for
from cloudcrib.grading.run.job import Job, Recording
from cloudcrib.grading.run.pool import Cluster, Local, Setup, first, pool
from cloudcrib.grading.run.runner import Disturbed
from cloudcrib.kit.nearest import meant

AHEAD = 3  # submissions a worker has waiting for it
COMMIT_SECONDS = 2.0


Tell = Callable[[Graded, int, int], None]


def grade_course(
    course: Course, options: Options, tell: Tell = lambda graded, done, of: None, early: Local | None = None
) -> list[Graded]:
    """Grade every submission of the assignment; each ends with a grade and a reason. `early` is a pool that warms up already."""
    if options.sandboxed and not options.scheduler and early is None:
        try_out()
    with alone(course), one_gradebook(course.db_url, course.directory.course_id) as book:
        writer = Writer(course, book, options.split, options.limits)
        _check_assignment(course, book)
        submissions = course.submissions(options.students)
        wanted = [_wanted(course, submission) for submission in submissions]
        todo = list(compress(submissions, wanted))
        before = writer.totals() if len(todo) < len(submissions) else {}
        skipped = [
            Graded(s.student, (before[s.student],) if s.student in before else (), skipped=True)
            for s, sought in zip(submissions, wanted, strict=True)
            if not sought
        ]
        for at, graded in enumerate(skipped):
            tell(graded, at + 1, len(submissions))
        setup = _setup(course, writer, todo, options)
        with pool(setup, options.workers, options.scheduler, early) as workers:
            batch = Batch(
                course,
                writer,
                workers,
                options,
                lambda graded, done: tell(graded, done + len(skipped), len(submissions)),
            )
            return sorted([*skipped, *batch.run(todo)], key=lambda graded: graded.student)


class Unknown(CannotGrade):
    """There is no such assignment; the message says what to do."""


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


def _wanted(course: Course, submission: Submission) -> bool:
    """nbgrader's own rule: graded already, and nothing newer was handed in, means done."""
    if course.conversion.force:
        excluded = course.directory.student_id_exclude.split(",")
        return submission.student not in excluded
    course.conversion.notebooks = []
    graded = course.path(course.directory.autograded_directory, submission.student)
    if not os.path.isdir(graded):
        return bool(course.conversion.init_destination(submission.assignment, submission.student))
    new, old = map(course.directory.get_existing_timestamp, (submission.folder, graded))
    return new is not None and old is not None and new > old


def _setup(course: Course, writer: Writer, todo: list[Submission], options: Options) -> Setup:
    """What the workers' boxes need for these notebooks."""
    releases = [writer.release(name) for name in writer.known()]
    tests = "\n".join(text for release in releases for text in (release.prelude, release.tests))
    own = [cell.source for release in releases for cell in release.cells.values()]
    handed_in = [opening(os.path.join(s.folder, name)) for s in todo[:FIRST] for name in s.notebooks]
    everything = "\n".join([tests, *own, *handed_in])
    return setup_for(everything, tests, course.autograded, options.split, writer.limits, options.sandboxed)


class Batch:
    """Submissions on their way through the pool and into the gradebook."""

    def __init__(
        self,
        course: Course,
        writer: Writer,
        workers: Local | Cluster,
        options: Options,
        tell: Callable[[Graded, int], None],
    ) -> None:
        self.course, self.writer, self.workers, self.tell = course, writer, workers, tell
        self.cache = Cache(course.root / ".cache" / "grade" if options.cache else None)
        self.flying: dict[Future[Recording], tuple[Ongoing, Sheet]] = {}
        self.results: list[Graded] = []
        self.uncommitted: list[Ongoing] = []
        self.committed_at = time.monotonic()

    def run(self, submissions: Iterable[Submission]) -> list[Graded]:
        """Keep every worker busy and write what comes back, until all are graded or somebody interrupts."""
        queue = iter(submissions)
        try:
            more = True
            while more or self.flying:
                while more and len(self.flying) < self.workers.width * AHEAD:
                    more = (submission := next(queue, None)) is not None
                    if submission is not None:
                        self._begin(submission)
                for future in first(set(self.flying)) if self.flying else ():
                    self._landed(future)
        finally:
            self._commit()
        return self.results

    def _begin(self, submission: Submission) -> None:
        try:
            ongoing = Ongoing(submission, self.writer.sheets(submission))
        except Exception as err:
            self._give_up(submission, err)
            return
        for sheet in ongoing.sheets:
            if sheet.job is not None:
                self._send(ongoing, sheet, sheet.job)
        if ongoing.whole:
            self._finish(ongoing)

    def _send(self, ongoing: Ongoing, sheet: Sheet, job: Job) -> None:
        if recording := self.cache.get(job):
            ongoing.recordings[sheet.name] = recording
        else:
            self.flying[self.workers.submit(job)] = ongoing, sheet

    def _landed(self, future: Future[Recording]) -> None:
        ongoing, sheet = self.flying.pop(future)
        try:
            recording = ongoing.recordings[sheet.name] = future.result()
            assert sheet.job is not None
            self.cache.put(sheet.job, recording)
        except NoSandbox:
            raise
        except Exception as err:  # ours, not the student's: no grade is better than an unearned zero
            if ongoing.failed is None:
                self._give_up(ongoing.submission, err)
            ongoing.failed = err
        if ongoing.whole and ongoing.failed is None:
            self._finish(ongoing)

    def _finish(self, ongoing: Ongoing) -> None:
        try:
            scores = self.writer.finish(ongoing.submission, ongoing.sheets, ongoing.recordings)
        except Exception as err:
            self._recover(ongoing.submission, err)
            return
        self.uncommitted.append(ongoing)
        if not self.writer.waiting or time.monotonic() - self.committed_at > COMMIT_SECONDS:
            self._commit()
        self._report(graded_from(ongoing, scores))

    def _recover(self, submission: Submission, err: Exception) -> None:
        """One submission cannot be written: drop what is not committed, write the others again, and report this one."""
        others, self.uncommitted = self.uncommitted, []
        self.writer.undo()
        for other in others:
            self.writer.finish(other.submission, other.sheets, other.recordings)
        self.uncommitted = others
        self._give_up(submission, err)

    def _commit(self) -> None:
        self.writer.commit()
        self.uncommitted.clear()
        self.committed_at = time.monotonic()

    def _give_up(self, submission: Submission, err: Exception) -> None:
        why = str(err).partition("\n")[0] if isinstance(err, Disturbed) else in_short(err)
        said = f"{submission.student} could not be graded: {why}"
        self._report(Graded(submission.student, notes=(said,), needs_person=True))

    def _report(self, graded: Graded) -> None:
        self.results.append(graded)
        self.tell(graded, len(self.results))
