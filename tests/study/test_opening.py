"""Progress on a drive that refuses what SQLite likes best."""

from __future__ import annotations

import errno
import fcntl
import multiprocessing
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from studies import attempt

from cloudcrib.study import opening
from cloudcrib.study.store import Store


class Networked(sqlite3.Connection):
    """A connection on a drive without shared memory and without locks: what needs either fails as it does there."""

    simple = False

    def execute(self, sql: str, *more: Any) -> sqlite3.Cursor:
        if "WAL" in sql:
            raise sqlite3.OperationalError("locking protocol")
        if sql.startswith("BEGIN") and not self.simple:
            raise sqlite3.OperationalError("database is locked")
        return super().execute(sql, *more)


class Simple(Networked):
    """The same drive, where a folder is the lock."""

    simple = True


@pytest.fixture
def drive(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A progress file on a drive that refuses locks and the journal with shared memory."""

    def refuse(*_: Any) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    real = sqlite3.connect

    def connect(path: Any, **options: Any) -> sqlite3.Connection:
        return real(path, factory=Simple if "vfs=unix-dotfile" in str(path) else Networked, **options)

    monkeypatch.setattr(fcntl, "lockf", refuse)
    monkeypatch.setattr(sqlite3, "connect", connect)
    opening.locks.cache_clear()
    yield tmp_path / "ho me" / "progress.sqlite"
    opening.locks.cache_clear()


def test_progress_is_kept_and_one_sentence_says_how(drive: Path) -> None:
    store = Store(drive)

    assert store.notice == opening.SIMPLER
    store.add([attempt()])
    assert [each.item for each in Store(drive).attempts()] == ["vpc-usable-28"]
    assert sorted(each.name for each in drive.parent.iterdir()) == ["progress.sqlite"]


def test_progress_that_was_begun_elsewhere_is_read_on(drive: Path, tmp_path: Path) -> None:
    """A home that moves to a network takes along a file in the mode that needs shared memory."""
    with sqlite3.Connection(tmp_path / "before.sqlite") as db:
        assert db.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
        db.execute("CREATE TABLE kept (item)")
        db.execute("INSERT INTO kept VALUES ('vpc-a')")
    db.close()
    drive.parent.mkdir()
    (tmp_path / "before.sqlite").rename(drive)

    store = Store(drive)

    store.add([attempt()])
    with store._open() as db:
        assert db.execute("SELECT item FROM kept").fetchall() == [("vpc-a",)]


def _write(path: Path, name: str) -> None:
    for number in range(10):
        Store(path).add([attempt(f"vpc-{name}-{number}")])


def test_writers_wait_for_each_other_there_too(drive: Path) -> None:
    writers = [multiprocessing.get_context("fork").Process(target=_write, args=(drive, name)) for name in "abc"]

    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert len(Store(drive).attempts()) == 30


def test_a_lock_that_nobody_holds_any_more_is_taken_away(drive: Path) -> None:
    Store(drive).add([attempt()])
    lock = Path(f"{drive}.lock")
    lock.mkdir()
    long_ago = time.time() - 3 * opening.BUSY
    os.utime(lock, (long_ago, long_ago))

    assert len(Store(drive).attempts()) == 1


def test_a_drive_without_shared_memory_alone_costs_nothing(drive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **options: real(path, factory=Simple, **options))
    opening.locks.cache_clear()

    store = Store(drive)

    store.add([attempt()])
    assert (store.notice, len(store.attempts())) == ("", 1)
