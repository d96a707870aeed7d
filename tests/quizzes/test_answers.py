"""Answers are read without trust, kept without loss, and the newer wins."""

from __future__ import annotations

import json
import multiprocessing
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudcrib.quizzes import answers
from cloudcrib.quizzes.answers import (
    MIME,
    Answer,
    from_data,
    from_notebook,
    load,
    merge,
    peek,
    save,
    side_file,
    to_data,
)

EARLY, LATE = "2026-11-24T10:00:00Z", "2026-11-24T10:00:00.000001Z"


def data(**rows: object) -> dict[str, object]:
    return {"schema": 1, "answers": {name.replace("_", "-"): row for name, row in rows.items()}}


def notebook(*bundles: object) -> dict[str, object]:
    return {"cells": [{"outputs": [{"data": {MIME: bundle}} for bundle in bundles]}]}


def test_a_record_survives_json() -> None:
    record = {
        "demo-a": Answer(["x"], EARLY, 3, "sure", True),
        "demo-b": Answer({"l": "r"}, LATE),
        "demo-c": Answer([], LATE, 1),
    }

    assert from_data(json.loads(json.dumps(to_data(record)))) == record


@pytest.mark.parametrize(
    "row",
    [
        None,
        [],
        {"choice": ["x"]},
        {"choice": ["x"], "at": "yesterday"},
        {"choice": ["x"], "at": "2026-13-45T10:00:00Z"},
        {"choice": ["x"], "at": 5},
        {"choice": 251, "at": EARLY},
        {"choice": [["x"]], "at": EARLY},
        {"choice": ["x"] * 51, "at": EARLY},
        {"choice": "x" * 201, "at": EARLY},
        {"choice": {"x": {"y": "z"}}, "at": EARLY},
        {"choice": "\ud800", "at": EARLY},
    ],
)
def test_a_row_that_is_no_answer_is_left_out_and_the_others_stay(row: object) -> None:
    read = from_data(data(demo_bad=row, demo_good={"choice": ["x"], "at": EARLY}))

    assert list(read) == ["demo-good"]


@pytest.mark.parametrize(
    "junk",
    [None, 3, "text", [], {"schema": 2, "answers": {}}, {"schema": 1, "answers": []}, {"schema": 1}],
)
def test_what_is_no_record_holds_no_answers(junk: object) -> None:
    assert from_data(junk) == {}


def test_a_record_of_absurd_size_is_not_read() -> None:
    rows = {f"demo-{number}": {"choice": ["x"], "at": EARLY} for number in range(answers.MOST_ANSWERS + 1)}

    assert from_data({"schema": 1, "answers": rows}) == {}


def test_absurd_extras_are_dropped() -> None:
    row = {"choice": ["x"], "at": EARLY, "tries": -5, "confidence": "certain", "checked": "yes", "score": 100}

    assert from_data(data(demo_a=row))["demo-a"] == Answer(["x"], EARLY)


def test_the_newest_answer_of_all_outputs_counts() -> None:
    older, newer = ({"choice": [name], "at": at} for name, at in (("x", EARLY), ("y", LATE)))

    read = from_notebook(notebook(data(demo_a=newer), data(demo_a=older)))

    assert read["demo-a"].choice == ["y"]


def test_a_bundle_that_was_stored_as_lines_of_text_is_read() -> None:
    text = json.dumps(data(demo_a={"choice": ["x"], "at": EARLY}))

    assert from_notebook(notebook([text[:9], text[9:]])) == from_notebook(notebook(text)) != {}


@pytest.mark.parametrize("junk", [None, {"cells": 3}, {"cells": [None, {"outputs": [None, {"data": 5}]}]}])
def test_a_broken_notebook_holds_no_answers(junk: object) -> None:
    assert from_notebook(junk) == {}


def test_nesting_without_end_is_survived() -> None:
    assert from_notebook(notebook("[" * 100_000)) == {}


jsonish = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.sampled_from([EARLY, "demo-a"]),
    lambda each: st.lists(each) | st.dictionaries(st.text() | st.sampled_from(["choice", "at", "demo-a"]), each),
)


@given(jsonish)
def test_no_data_whatsoever_raises(junk: object) -> None:
    from_data({"schema": 1, "answers": junk})
    from_notebook(notebook(junk))


records = st.dictionaries(
    st.sampled_from(["demo-a", "demo-b"]),
    st.builds(Answer, st.lists(st.sampled_from("xyz")), st.sampled_from([EARLY, LATE])),
)


@given(records, records, records)
def test_merging_does_not_depend_on_the_order_of_the_copies(
    a: answers.Record, b: answers.Record, c: answers.Record
) -> None:
    assert merge(a, b) == merge(b, a)
    assert merge(merge(a, b), c) == merge(a, merge(b, c))


def test_a_clock_that_was_wrong_cannot_make_an_old_answer_win() -> None:
    wrong = "2099-01-01T00:00:00Z"

    later = answers.now(after=wrong)

    assert merge({"demo-a": Answer(["new"], later)}, {"demo-a": Answer(["old"], wrong)})["demo-a"].choice == ["new"]


def test_the_last_moment_of_all_is_survived() -> None:
    assert answers.now(after="9999-12-31T23:59:59.999999Z") < "2999"


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = side_file(tmp_path, "demo")

    save(path, {"demo-a": Answer(["é"], EARLY)})

    assert load(path) == ({"demo-a": Answer(["é"], EARLY)}, "")
    assert [each.name for each in tmp_path.iterdir()] == [".demo.answers.json"]


def test_a_visible_side_file_of_before_is_read_and_moves_into_the_hidden_one(tmp_path: Path) -> None:
    path, before = side_file(tmp_path, "demo"), tmp_path / "demo.answers.json"
    before.write_text(json.dumps(to_data({"demo-a": Answer(["x"], EARLY)})))
    seen = (peek(path), load(path)[0])

    merged, notice = save(path, {"demo-b": Answer(["y"], EARLY)})

    assert [set(each) for each in seen] == [{"demo-a"}] * 2
    assert (set(merged), notice) == ({"demo-a", "demo-b"}, "")
    assert list(tmp_path.iterdir()) == [path] and set(load(path)[0]) == {"demo-a", "demo-b"}


def test_of_a_visible_and_a_hidden_side_file_the_newer_answer_counts(tmp_path: Path) -> None:
    path, before = side_file(tmp_path, "demo"), tmp_path / "demo.answers.json"
    save(path, {"demo-a": Answer(["old"], EARLY)})
    before.write_text(json.dumps(to_data({"demo-a": Answer(["new"], LATE)})))

    assert load(path)[0]["demo-a"].choice == peek(path)["demo-a"].choice == ["new"]


def test_a_broken_visible_side_file_is_kept_where_it_can_be_seen(tmp_path: Path) -> None:
    (tmp_path / "demo.answers.json").write_text("{")

    _, notice = save(side_file(tmp_path, "demo"), {"demo-b": Answer(["y"], EARLY)})

    assert "demo.answers.broken-1.json" in notice
    assert (tmp_path / "demo.answers.broken-1.json").read_text() == "{"


def test_saving_keeps_what_another_kernel_saved(tmp_path: Path) -> None:
    path = side_file(tmp_path, "demo")
    save(path, {"demo-a": Answer(["x"], EARLY)})

    merged, _ = save(path, {"demo-b": Answer(["y"], EARLY)})

    assert set(merged) == set(load(path)[0]) == {"demo-a", "demo-b"}


@pytest.mark.parametrize(
    "broken", ["", "{", '{"schema": 2, "answers": {}}', '{"schema": 1, "answers": {"demo-a": 3}}', "\0"]
)
def test_a_broken_side_file_is_set_aside_whole_with_a_sentence(tmp_path: Path, broken: str) -> None:
    path = side_file(tmp_path, "demo")
    path.write_text(broken)

    _, notice = save(path, {"demo-b": Answer(["y"], EARLY)})

    assert "demo.answers.broken-1.json" in notice
    assert (tmp_path / "demo.answers.broken-1.json").read_text() == broken
    assert set(load(path)[0]) == {"demo-b"}


def test_a_second_broken_file_does_not_replace_the_first(tmp_path: Path) -> None:
    path = side_file(tmp_path, "demo")
    for text in ("one", "two"):
        path.write_text(text)
        load(path)

    assert sorted(each.read_text() for each in tmp_path.iterdir()) == ["one", "two"]


def test_a_failing_replace_leaves_the_old_file_and_no_rubbish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = side_file(tmp_path, "demo")
    save(path, {"demo-a": Answer(["x"], EARLY)})
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    record, notice = save(path, {"demo-b": Answer(["y"], EARLY)})

    assert "No space left on device" in notice
    assert "demo-b" in record
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_gone_costs_a_sentence_and_no_exception(tmp_path: Path) -> None:
    record, notice = save(tmp_path / "gone" / "demo.answers.json", {"demo-a": Answer(["x"], EARLY)})

    assert "save the notebook" in notice
    assert set(record) == {"demo-a"}


def test_the_side_file_can_be_read_by_whom_the_umask_allows(tmp_path: Path) -> None:
    path = side_file(tmp_path, "demo")

    save(path, {"demo-a": Answer(["x"], EARLY)})

    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask


def _write_many(path: Path, writer: int) -> None:
    for number in range(25):
        save(path, {f"demo-{writer}-{number}": Answer(["x"], EARLY)})


def test_four_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = side_file(tmp_path, "demo")
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_many, args=(path, number)) for number in range(4)]

    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)

    assert len(load(path)[0]) == 100
