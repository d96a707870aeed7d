"""Submissions on their way: sanitized, run in parallel, written in one place, and on it goes whatever happens."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future

from cloudcrib.grading.book.course import Submission
from cloudcrib.grading.book.sheet import Sheet, in_short
from cloudcrib.grading.book.writer import Writer
from cloudcrib.grading.box.bubblewrap import NoSandbox
from cloudcrib.grading.outcome import Graded, Ongoing, graded_from
from cloudcrib.grading.register import Register
from cloudcrib.grading.run.cache import Cache
from cloudcrib.grading.run.job import Job, Recording
from cloudcrib.grading.run.pool import Cluster, Local, first
from cloudcrib.grading.run.runner import Disturbed

AHEAD = 3  # submissions a worker has waiting for it
COMMIT_SECONDS = 2.0


class Flight:
    """Submissions on their way through the pool and into the gradebook."""

    def __init__(
        self,
        writer: Writer,
        workers: Local | Cluster,
        cache: Cache,
        register: Register,
        tell: Callable[[Graded, int], None],
    ) -> None:
        self.writer, self.workers, self.cache, self.register, self.tell = writer, workers, cache, register, tell
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
