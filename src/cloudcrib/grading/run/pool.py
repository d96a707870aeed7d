"""Where jobs run: a process per processor here, or a dask cluster; both take bytes and give a recording back."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from cloudcrib.grading.box.bubblewrap import CannotGrade
from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.run.job import Job, Recording
from cloudcrib.grading.run.runner import Disturbed, Runner

TRIES = 3  # when a worker is killed all are replaced, and what the others ran is run again too
KILLED = "the processes that grade were ended {tries} times from outside, for want of memory or by somebody's hand; run the command again."
NOBODY = "No dask scheduler answers at {address} ({why}); start one with `dask scheduler`, and give the address that it prints."
IDLE = "The dask scheduler at {address} has no workers; start some on machines with cloudcrib: `dask worker {address}`."
CONNECT_SECONDS = 30
_mine = threading.local()


@dataclass(frozen=True)
class Setup:
    """What a worker's boxes are made for."""

    base: str = "/submission"
    home: str = "/home/student"
    modules: tuple[str, ...] = ()
    test_modules: tuple[str, ...] = ()
    split: bool = False
    practice: bool = False
    limits: Limits = field(default_factory=Limits)
    sandboxed: bool = True

    def serves(self, other: Setup) -> bool:
        """Whether boxes made for this do for the other: it has less to import and no more sides; a cell's time is a job's."""
        bare = [
            replace(
                one,
                modules=(),
                test_modules=(),
                split=False,
                practice=False,
                limits=replace(one.limits, cell_seconds=0),
            )
            for one in (self, other)
        ]
        enough = {*other.modules} <= {*self.modules} and {*other.test_modules} <= {*self.test_modules}
        enough = enough and other.split <= self.split and other.practice <= self.practice
        return bare[0] == bare[1] and enough


class Pool(Protocol):
    """Something that runs jobs."""

    width: int

    def submit(self, job: Job) -> Future[Recording]: ...


def run(setup: Setup, job: Job) -> bytes:
    """Run one job in this worker's boxes, which stay warm for the next."""
    return runner(setup).run(job).to_bytes()


def runner(setup: Setup) -> Runner:
    """This thread's runner for such jobs."""
    held: tuple[Setup, Runner] | None = getattr(_mine, "held", None)
    if held and not held[0].serves(setup):
        held[1].close()
        held = None
    if held is None:
        held = _mine.held = setup, runner_for(setup)
        held[1].open()
    return held[1]


def runner_for(setup: Setup) -> Runner:
    """A runner with boxes made for this, not yet open."""
    slot = threading.get_ident() % 97
    return Runner(
        setup.base, setup.home, setup.modules, setup.split, setup.practice, setup.limits, setup.sandboxed, slot, setup.test_modules
    )  # fmt: skip


def _begin(setup: Setup, parent: int) -> None:
    """Warm up at once, and leave when the grader is gone."""

    def leave() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=leave, daemon=True).start()
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the grader, which finishes what it has
    runner(setup)


class Local:
    """A worker process per processor."""

    def __init__(self, setup: Setup, width: int = 0) -> None:
        self.setup, self.width, self._lock = setup, width or len(os.sched_getaffinity(0)), threading.Lock()
        self._executor = self._make()

    def _make(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.width, context, initializer=_begin, initargs=(self.setup, os.getpid()))

    def warm(self) -> None:
        """Start the workers before there is anything to do."""
        for _ in range(self.width):
            self._executor.submit(int)

    def submit(self, job: Job) -> Future[Recording]:
        """Run a job; the future fails only when the workers were killed more than once."""
        result: Future[Recording] = Future()
        self._try(job, result, TRIES)
        return result

    def _try(self, job: Job, result: Future[Recording], tries: int) -> None:
        def done(inner: Future[bytes]) -> None:
            if result.cancelled():
                return
            try:
                result.set_result(Recording.from_bytes(inner.result()))
            except BrokenProcessPool:
                self._renew(executor)
                if tries > 1:
                    self._try(job, result, tries - 1)
                else:
                    result.set_exception(Disturbed(KILLED.format(tries=TRIES)))
            except BaseException as err:
                result.set_exception(err)

        executor = self._executor
        try:
            executor.submit(run, self.setup, job).add_done_callback(done)
        except BrokenProcessPool:
            self._renew(executor)
            self._executor.submit(run, self.setup, job).add_done_callback(done)

    def _renew(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._executor is broken:
                self._executor = self._make()

    def close(self) -> None:
        workers = list((self._executor._processes or {}).values())
        self._executor.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join()


class Cluster:
    """The workers of a dask.distributed cluster; they share no disk with us."""

    def __init__(self, setup: Setup, address: str) -> None:
        import distributed

        connect: Any = distributed.Client
        self.setup = setup
        try:
            self.client = connect(address, timeout=CONNECT_SECONDS)
        except (OSError, ValueError) as err:
            raise CannotGrade(NOBODY.format(address=address, why=str(err).partition("\n")[0])) from None
        try:
            self.client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except TimeoutError:
            self.client.close()
            raise CannotGrade(IDLE.format(address=address)) from None
        threads = self.client.scheduler_info(n_workers=-1)["workers"].values()
        self.width = max(1, sum(worker["nthreads"] for worker in threads))

    def submit(self, job: Job) -> Future[Recording]:
        result: Future[Recording] = Future()
        inner = self.client.submit(run, self.setup, job, pure=False, retries=TRIES - 1)

        def done(inner: Any) -> None:
            try:
                result.set_result(Recording.from_bytes(inner.result()))
            except BaseException as err:
                result.set_exception(err)

        inner.add_done_callback(done)
        return result

    def close(self) -> None:
        self.client.close()


@contextmanager
def pool(setup: Setup, width: int = 0, scheduler: str = "", early: Local | None = None) -> Iterator[Local | Cluster]:
    """A pool for as long as it is needed; one that was begun early is told what it is for."""
    made = Cluster(setup, scheduler) if scheduler else early or Local(setup, width)
    made.setup = setup
    try:
        yield made
    finally:
        made.close()


def first(futures: set[Future[Recording]], seconds: float | None = None) -> set[Future[Recording]]:
    """Those that are done, once one is."""
    return wait(futures, timeout=seconds, return_when=FIRST_COMPLETED)[0]
