"""The progress store through real files and real processes."""

from __future__ import annotations

import csv
import dataclasses
import io
import multiprocessing
import sqlite3
from pathlib import Path

import pytest

from cloudcrib.study.store import Attempt, Store, from_text, to_csv, to_json, where


def attempt(item: str = "vpc-usable-28", **more: object) -> Attempt:
    values = {
        "kind": "question",
        "item": item,
        "chapter": "vpc",
        "domain": "3.4",
        "verdict": "CORRECT",
        "fraction": 1.0,
    }
    return Attempt(**values | more)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "progress.sqlite")


def test_an_attempt_comes_back_as_it_was_written(store: Store) -> None:
    one = attempt(
        answer={"a": ["b"]}, confidence="sure", seconds=3.5, mistakes=("keeps-two",), at="2026-11-24T10:00:00.000000Z"
    )

    store.add([one])

    assert store.attempts() == [one]


def test_an_attempt_without_a_time_gets_the_present_moment(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOUDCRIB_NOW", "2026-12-01T08:00:00+00:00")

    store.add([attempt()])

    assert store.attempts()[0].at == "2026-12-01T08:00:00.000000Z"


def test_attempts_of_one_moment_keep_the_order_in_which_they_were_made(store: Store) -> None:
    for answer in range(20):
        store.add([attempt(answer=answer, at="2026-11-24T10:00:00.000000Z")])

    assert [one.answer for one in store.attempts()] == list(range(20))


def _write(path: Path, name: str) -> None:
    for number in range(250):
        Store(path).add([attempt(f"vpc-{name}-{number}")])


def test_a_thousand_writes_from_four_processes_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(path, name)) for name in "abcd"]

    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert [writer.exitcode for writer in writers] == [0, 0, 0, 0]
    assert len({a.item for a in Store(path).attempts()}) == 1000


@pytest.mark.parametrize(("export", "name"), [(to_json, "json"), (to_csv, "csv")], ids=["json", "csv"])
def test_an_export_imports_to_the_same_attempts_and_twice_is_as_good_as_once(
    store: Store, tmp_path: Path, export: object, name: str
) -> None:
    store.add([attempt(answer="1,024", confidence="guess"), attempt("vpc-b", seconds=1.0, mistakes=("x", "y"))])
    text = export(store.attempts())  # type: ignore[operator]
    other = Store(tmp_path / "other" / "progress.sqlite")

    counts = [other.add(from_text(text)), other.add(from_text(text))]

    assert other.attempts() == store.attempts()
    assert counts == [2, 0]


@pytest.mark.parametrize("text", ["", "{}", '{"format": 9, "attempts": []}', "uid,at\n1,2"])
def test_what_is_no_export_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"format|export|columns"):
        from_text(text)


def test_a_broken_file_is_set_aside_with_a_sentence_and_not_deleted(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite"
    path.write_bytes(b"this is no database, but it may be somebody's only copy" * 100)

    store = Store(path)

    (aside,) = tmp_path.glob("*.set-aside")
    assert aside.read_bytes().startswith(b"this is no database")
    assert aside.name in store.notice
    assert store.attempts() == []


def test_a_file_of_a_newer_version_is_set_aside_whole(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
        db.execute("CREATE TABLE future (x)")
    db.close()

    store = Store(path)

    assert "newer version" in store.notice
    (aside,) = tmp_path.glob("*.set-aside")
    with sqlite3.connect(aside) as db:
        assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'future'").fetchone() == (1,)
    db.close()


def test_a_chapter_can_be_reset_and_others_stay(store: Store) -> None:
    store.add([attempt(), attempt("iam-a", chapter="iam")])

    assert store.reset("vpc") == 1

    assert [a.item for a in store.attempts()] == ["iam-a"]


def test_a_write_that_is_interrupted_leaves_nothing_behind(store: Store) -> None:
    bad = dataclasses.replace(attempt("vpc-b"), fraction=None)  # type: ignore[arg-type]

    with pytest.raises(sqlite3.IntegrityError):
        store.add([attempt("vpc-a", at="2026-01-01T00:00:00Z"), bad])

    assert store.attempts() == []


def test_the_store_lives_in_the_users_data_folder_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CLOUDCRIB_DATA", str(tmp_path))
    told = where()
    monkeypatch.delenv("CLOUDCRIB_DATA")

    assert told == tmp_path / "progress.sqlite"
    assert where().parent.name == "cloudcrib"


def test_what_excel_saves_is_taken_in(store: Store) -> None:
    """A byte-order mark in front, and in half of Europe semicolons between columns and commas in figures."""
    store.add([attempt(answer="1,024", fraction=0.5, seconds=8.5), attempt("vpc-b", mistakes=("x", "y"))])
    rows = list(csv.reader(io.StringIO(to_csv(store.attempts()))))
    places = [rows[0].index(name) for name in ("fraction", "seconds")]
    german = io.StringIO()
    for row in rows[1:]:
        for place in places:
            row[place] = row[place].replace(".", ",")
    csv.writer(german, delimiter=";").writerows(rows)

    assert from_text("\ufeff" + to_csv(store.attempts())) == store.attempts()
    assert from_text("\ufeff" + german.getvalue() + "\r\n") == store.attempts()
    assert from_text("\ufeff" + to_json(store.attempts())) == store.attempts()
