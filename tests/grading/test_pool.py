"""Workers come and go; what was given to them is run all the same, or somebody is told."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from typing import Any

import pytest
from cohort.machine import needs_bubblewrap

from cloudcrib.grading.box.bubblewrap import CannotGrade
from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.run import pool
from cloudcrib.grading.run.job import Job, Step
from cloudcrib.grading.run.pool import Cluster, Local, Setup
from cloudcrib.grading.run.runner import Disturbed

LIMITS = Limits(cell_seconds=20, submission_seconds=60)
SETUP = Setup(limits=LIMITS)
FOREVER = Job((Step("import time; time.sleep(15)"),), "/submission/one", limits=LIMITS)
SLOW = Job((Step("import time; time.sleep(1.5); 6 * 7"),), "/submission/one", limits=LIMITS)


@pytest.fixture
def local() -> Iterator[Local]:
    made = Local(SETUP, 1)
    yield made
    made.close()


def kill_worker(local: Local) -> None:
    """Once there is one."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        for pid in list(local._executor._processes or {}):
            time.sleep(0.5)
            os.kill(pid, signal.SIGKILL)
            return
        time.sleep(0.02)
    raise AssertionError("there was no worker to kill")


@needs_bubblewrap
def test_a_notebook_whose_worker_was_killed_is_run_again(local: Local) -> None:
    waiting = local.submit(SLOW)
    kill_worker(local)

    shown = [
        m.content["data"]["text/plain"] for m in waiting.result(300).cells[0].messages if m.type == "execute_result"
    ]

    assert shown == ["42"]


@needs_bubblewrap
def test_a_notebook_whose_worker_is_always_killed_calls_a_person(local: Local) -> None:
    waiting = local.submit(FOREVER)
    for _ in range(pool.TRIES):
        broken = local._executor
        kill_worker(local)
        deadline = time.monotonic() + 120
        while local._executor is broken and not waiting.done() and time.monotonic() < deadline:
            time.sleep(0.02)

    with pytest.raises(Disturbed, match="the processes that grade were ended 3 times from outside"):
        waiting.result(300)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense://", "tcp://no-such-host.invalid:8786"])
def test_an_address_where_no_scheduler_is_gets_a_sentence(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(pool, "CONNECT_SECONDS", 1)

    with pytest.raises(CannotGrade, match=r"^No dask scheduler answers at .*; start one with `dask scheduler`"):
        Cluster(SETUP, address)


def test_a_scheduler_without_workers_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    import distributed

    monkeypatch.setattr(pool, "CONNECT_SECONDS", 2)
    idle: Any = distributed.LocalCluster
    with (
        idle(n_workers=0, protocol="tcp://", dashboard_address=None) as cluster,
        pytest.raises(CannotGrade, match=r"has no workers; start some on machines with cloudcrib: `dask worker tcp://"),
    ):
        Cluster(SETUP, cluster.scheduler_address)
