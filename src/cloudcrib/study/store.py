"""The progress store: every attempt a learner makes, on their own machine, written safely by several notebooks at once."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import json
import math
import os
import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from cloudcrib.study import opening

VERSION = 1
FOLDER = "CLOUDCRIB_DATA"  # where the store lives, when not in the platform's user data folder
SCHEMA = """
CREATE TABLE IF NOT EXISTS attempt (
    uid TEXT PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, item TEXT NOT NULL, chapter TEXT NOT NULL, domain TEXT NOT NULL,
    variant TEXT NOT NULL, answer TEXT NOT NULL, verdict TEXT NOT NULL, fraction REAL NOT NULL, confidence TEXT, seconds REAL,
    mistakes TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS attempt_item ON attempt (item, at);
"""


@dataclass(frozen=True)
class Attempt:
    """One checked answer: what was asked and answered, the verdict, how sure the learner was, how long it took."""

    kind: str  # question | exercise | card
    item: str
    chapter: str
    domain: str
    verdict: str  # a Verdict's name
    fraction: float
    answer: Any = None
    variant: str = ""
    confidence: str | None = None  # sure | think | guess
    seconds: float | None = None  # in sight and in the foreground; None where nobody measured
    mistakes: tuple[str, ...] = ()
    at: str = ""  # UTC, ISO 8601
    uid: str = field(default_factory=lambda: uuid.uuid4().hex)


COLUMNS = tuple(f.name for f in fields(Attempt))


def now() -> dt.datetime:
    """The present moment, UTC; CLOUDCRIB_NOW (ISO 8601) stands in for it in tests and demonstrations."""
    injected = os.environ.get("CLOUDCRIB_NOW")
    return dt.datetime.fromisoformat(injected).astimezone(dt.UTC) if injected else dt.datetime.now(dt.UTC)


def where() -> Path:
    """The file that holds a learner's progress."""
    import platformdirs

    folder = os.environ.get(FOLDER) or platformdirs.user_data_dir("cloudcrib", appauthor=False)
    return Path(folder) / "progress.sqlite"


class Store:
    """Attempts in one SQLite file; each call opens it, writes in one transaction, and closes it.

    Everything else is worked out from the attempts, so that an import or a reset leaves nothing that contradicts them.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or where()
        self.notice = ""  # what happened to a file that could not be used
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._prepare()
        if not opening.locks(self.path.parent):
            self.notice = " ".join(filter(None, [self.notice, opening.SIMPLER]))

    def add(self, attempts: Iterable[Attempt]) -> int:
        """Write attempts that are not there yet; how many were new."""
        rows = [_row(a if a.at else replace(a, at=_iso(now()))) for a in attempts]
        with self._open(write=True) as db:
            before = db.total_changes
            slots = ", ".join("?" * len(COLUMNS))
            db.executemany(
                f"INSERT INTO attempt ({', '.join(COLUMNS)}) VALUES ({slots}) ON CONFLICT (uid) DO NOTHING", rows
            )
            return db.total_changes - before

    def attempts(self, chapter: str | None = None) -> list[Attempt]:
        """All attempts in the order they were made, of one chapter or of all."""
        with self._open() as db:
            sql = f"SELECT {', '.join(COLUMNS)} FROM attempt WHERE ?1 IS NULL OR chapter = ?1 ORDER BY at, rowid"
            return [_attempt(row) for row in db.execute(sql, (chapter,))]

    def reset(self, chapter: str) -> int:
        """Forget a chapter; how many attempts were forgotten."""
        with self._open(write=True) as db:
            return db.execute("DELETE FROM attempt WHERE chapter = ?", (chapter,)).rowcount

    def _prepare(self) -> None:
        """Create the tables; a file that is broken or of a newer version is set aside, never deleted."""
        try:
            with self._open(write=True) as db:
                found = db.execute("PRAGMA user_version").fetchone()[0]
                if found <= VERSION:
                    db.execute(f"PRAGMA user_version = {VERSION}")
                    for statement in filter(str.strip, SCHEMA.split(";")):
                        db.execute(statement)
                    if db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok":
                        return
                    why = "is damaged"
                else:
                    why = f"was written by a newer version of cloudcrib (format {found}, this one knows {VERSION})"
        except sqlite3.OperationalError:
            raise  # locked, or no right to write: nothing is wrong with the file itself
        except sqlite3.DatabaseError as err:
            why = f"cannot be read ({err})"
        self._set_aside(why)
        self._prepare()

    def _set_aside(self, why: str) -> None:
        aside = self.path.with_name(f"{self.path.name}.{now():%Y%m%dT%H%M%S}.set-aside")
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.replace(f"{self.path}{suffix}", f"{aside}{suffix}")
        self.notice = (
            f"The progress file {why}. It was set aside as {aside.name} in {aside.parent}, and a new one was begun."
        )

    @contextlib.contextmanager
    def _open(self, write: bool = False) -> Iterator[sqlite3.Connection]:
        db = opening.connect(self.path)
        try:
            db.execute("BEGIN IMMEDIATE" if write else "BEGIN")
            yield db
            db.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                db.execute("ROLLBACK")
            raise
        finally:
            db.close()


def _iso(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _row(attempt: Attempt) -> tuple[Any, ...]:
    values = asdict(attempt) | {"answer": json.dumps(attempt.answer), "mistakes": json.dumps(attempt.mistakes)}
    return tuple(values[name] for name in COLUMNS)


def _attempt(row: tuple[Any, ...]) -> Attempt:
    values = dict(zip(COLUMNS, row, strict=True))
    return Attempt(
        **values | {"answer": json.loads(values["answer"]), "mistakes": tuple(json.loads(values["mistakes"]))}
    )


def to_json(attempts: Iterable[Attempt]) -> str:
    """Attempts as JSON: `{"format": 1, "attempts": […]}`."""
    return (
        json.dumps({"format": VERSION, "attempts": [asdict(a) for a in attempts]}, indent=1, ensure_ascii=False) + "\n"
    )


def to_csv(attempts: Iterable[Attempt]) -> str:
    """Attempts as CSV with a header; answer and mistakes are JSON in their columns."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(COLUMNS)
    lines.writerows(_row(a) for a in attempts)
    return out.getvalue()


def from_text(text: str) -> list[Attempt]:
    """Attempts from an export, JSON or CSV; a ValueError says what is wrong with it, and then nothing is taken."""
    text = text.removeprefix("\ufeff")  # the byte-order mark that Excel writes
    if text.lstrip().startswith("{"):
        data = json.loads(text)
        if data.get("format") != VERSION or not isinstance(data.get("attempts"), list):
            raise ValueError(f"This is no export of format {VERSION}.")
        return [_sound(Attempt(**row | {"mistakes": tuple(row.get("mistakes", ()))})) for row in data["attempts"]]
    apart = (
        ";" if text.partition("\n")[0].count(";") >= len(COLUMNS) - 1 else ","
    )  # Excel's, where the comma is decimal
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=apart) if row]
    if not rows or tuple(rows[0]) != COLUMNS:
        raise ValueError(f"The first line of an export names its columns: {','.join(COLUMNS)}.")
    return [_sound(_from_csv(row)) for row in rows[1:]]


def _from_csv(row: list[str]) -> Attempt:
    values: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
    values["fraction"] = _number(values["fraction"])
    values["seconds"] = _number(values["seconds"]) if values["seconds"] else None
    values["confidence"] = values["confidence"] or None
    return _attempt(tuple(values[name] for name in COLUMNS))


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _sound(attempt: Attempt) -> Attempt:
    dt.datetime.fromisoformat(attempt.at)
    timed = attempt.seconds is None or 0 <= attempt.seconds < math.inf
    if not 0 <= attempt.fraction <= 1 or not timed or not attempt.item or not attempt.uid:
        raise ValueError(f"The attempt {attempt.uid or attempt.item!r} is not sound.")
    return attempt
