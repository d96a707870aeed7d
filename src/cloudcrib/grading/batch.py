"""Grade a cohort: sanitize, run in parallel, write in one place, and go on whatever happens."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future

from cloudcrib.grading.book.agree import check
from cloudcrib.grading.book.course import Course, Submission
from cloudcrib.grading.book.gradebook import OneGradebook, one_gradebook
from cloudcrib.grading.book.lock import alone
from cloudcrib.grading.book.sheet import Sheet, in_short
from cloudcrib.grading.book.writer import Writer
from cloudcrib.grading.box.bubblewrap import CannotGrade, NoSandbox, try_out
from cloudcrib.grading.doubts import look
from cloudcrib.grading.handed_in import opening
from cloudcrib.grading.outcome import Graded, Ongoing, Options, graded_from
from cloudcrib.grading.register import Register
from cloudcrib.grading.run.cache import Cache
from cloudcrib.grading.run.early import FIRST, setup_for
from cloudcrib.grading.run.job import Job, Recording
from cloudcrib.grading.run.pool import Cluster, Local, Setup, first, pool
from cloudcrib.grading.run.runner import Disturbed

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
        writer = Writer(course, book, options.split, options.limits, look)
        _check_assignment(course, book)
        check(course, book)
        course.roster.learn(student.id for student in book.students)
        submissions = course.submissions()
        asked = _asked(course, submissions, options.students)
        register = Register(course, writer, submissions)
        todo = [one for one in asked if register.wanted(one)]
        register.begin(todo)
        former = [register.former(one) for one in submissions if one not in todo]
        for at, graded in enumerate(former):
            tell(graded, at + 1, len(submissions))
        setup = _setup(course, writer, todo, options)
        with pool(setup, options.workers, options.scheduler, early) as workers:
            batch = Batch(
                course,
                writer,
                workers,
                options,
                register,
                lambda graded, done: tell(graded, done + len(former), len(submissions)),
            )
            return sorted([*former, *batch.run(todo)], key=lambda graded: graded.student)


def _asked(course: Course, submissions: list[Submission], students: tuple[str, ...]) -> list[Submission]:
    """The submissions of these students, or all; one that nobody handed in under such a name is most likely a slip."""
    wanted = {course.roster.student(name)[0] for name in students}
    if lost := sorted(wanted - {one.student for one in submissions}):
        folders = course.path(course.directory.submitted_directory, "*")
        raise Unknown(f"Nothing was handed in for {course.assignment} by {', '.join(lost)}: look into {folders}.")
    return [one for one in submissions if not students or one.student in wanted]


class Unknown(CannotGrade):
    """There is no such assignment; the message says what to do."""


def _check_assignment(course: Course, book: OneGradebook) -> None:
    from nbgrader.api import MissingEntry

    try:
        book.find_assignment(course.assignment)
    except MissingEntry:
        names = ", ".join(sorted(assignment.name for assignment in book.assignments)) or "none yet"
        raise Unknown(
            f"The gradebook knows no assignment {course.assignment!r} (it has: {names}); "
            f"run `nbgrader generate_assignment {course.assignment}` first."
        ) from None


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
        register: Register,
        tell: Callable[[Graded, int], None],
    ) -> None:
        self.course, self.writer, self.workers, self.register, self.tell = course, writer, workers, register, tell
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
        graded = self.register.ended(ongoing.submission, graded_from(ongoing, scores))
        self.uncommitted.append(ongoing)
        if self.writer.full or time.monotonic() - self.committed_at > COMMIT_SECONDS:
            self._commit()
        self._report(graded)

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
        self._report(self.register.ended(submission, Graded(submission.student, notes=(said,), needs_person=True)))

    def _report(self, graded: Graded) -> None:
        self.results.append(graded)
        self.tell(graded, len(self.results))
