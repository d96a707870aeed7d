"""Anki packages as Anki reads them: notes whose ids never change, complete cards, one file or none."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from shared import DEMO, edit

from cloudcrib.quizzes.bank import Bank, banks
from cloudcrib.study import anki

Notes = dict[str, tuple[str, ...]]


@pytest.fixture
def every(vpc: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Bank]:
    monkeypatch.chdir(vpc.parent.parent)
    return banks()


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> dict[str, Bank]:
    """A question of every kind."""
    monkeypatch.chdir(DEMO)
    return banks()


def read(path: Path, folder: Path) -> tuple[Notes, set[int]]:
    """The notes of a package by guid, and the ids of its decks."""
    with zipfile.ZipFile(path) as package:
        package.extract("collection.anki2", folder)
    with closing(sqlite3.connect(folder / "collection.anki2")) as db:
        notes = {guid: tuple(fields.split("\x1f")) for guid, fields in db.execute("SELECT guid, flds FROM notes")}
        (decks,) = db.execute("SELECT decks FROM col").fetchone()
    return notes, {int(id) for id in json.loads(decks)}


def test_every_question_and_every_fact_is_one_card(every: dict[str, Bank], tmp_path: Path) -> None:
    count = anki.write(tmp_path / "a.apkg", every)

    notes, _ = read(tmp_path / "a.apkg", tmp_path)
    bank = every["vpc"]
    assert count == len(notes) == len(bank.keys) + len(bank.facts)


def test_a_later_import_updates_the_same_notes_in_the_same_deck(
    every: dict[str, Bank], vpc: Path, tmp_path: Path
) -> None:
    anki.write(tmp_path / "a.apkg", every)
    before, decks = read(tmp_path / "a.apkg", tmp_path)
    edit(vpc / "questions.toml", "How many addresses of a /28 can you give away?", "How many of a /28 are yours?")
    edit(vpc / "chapter.md", "# 14 · Networks: a small one", "# 14 · Nets")

    anki.write(tmp_path / "a.apkg", banks())

    after, same_decks = read(tmp_path / "a.apkg", tmp_path)
    assert set(after) == set(before) and same_decks == decks
    assert sum(after[guid] != before[guid] for guid in after) == 1


def test_new_cards_come_in_the_order_of_the_course(
    every: dict[str, Bank], demo: dict[str, Bank], tmp_path: Path
) -> None:
    """With one position for all, Anki would deal them at random."""
    both = {**demo, **every}
    count = anki.write(tmp_path / "a.apkg", both)

    read(tmp_path / "a.apkg", tmp_path)
    with sqlite3.connect(tmp_path / "collection.anki2") as db:
        rows = db.execute("SELECT notes.flds, cards.due FROM cards JOIN notes ON notes.id = cards.nid ORDER BY due")
        fronts, places = zip(*((flds.split("\x1f")[0], due) for flds, due in rows), strict=True)
    assert places == tuple(range(1, count + 1))
    assert list(fronts) == [front for slug, bank in both.items() for _, front, _, _ in anki._cards(slug, bank)]


def test_ids_are_the_same_for_ever() -> None:
    """A changed number here would double the cards of everybody who has imported them."""
    import genanki

    assert anki.number("model") == 1963189308
    assert anki.number("deck/vpc") == 1301226582
    assert genanki.guid_for("cloudcrib", "question/vpc-slash-28") == "A|]zkJ&l~H"


@pytest.mark.parametrize(
    ("qid", "front", "back"),
    [
        ("demo-nat-loss", "Which change keeps", "✓ A NAT gateway in each zone"),
        ("demo-durable", "EBS", "✓ S3 Standard"),
        ("demo-usable", "How many addresses are left", "251 addresses"),
        ("demo-packet", "Security group", "<ol><li>Internet gateway"),
        ("demo-balancers", "Classic Load Balancer", "<strong>Gateway Load Balancer"),
    ],
)
def test_a_card_of_every_kind_asks_and_answers(demo: dict[str, Bank], qid: str, front: str, back: str) -> None:
    question = demo["demo"].keys[qid]

    assert front in anki.front(question) and back in anki.back(question)
    assert "✓" not in anki.front(question)


def test_a_card_says_where_to_read_and_when_that_was_checked(demo: dict[str, Bank], tmp_path: Path) -> None:
    anki.write(tmp_path / "a.apkg", demo)

    notes, _ = read(tmp_path / "a.apkg", tmp_path)

    assert len(notes) >= 5
    assert all("docs.aws.amazon.com" in source and "checked 2026-" in source for _, _, source in notes.values())


def test_a_package_that_cannot_be_finished_leaves_the_old_one(
    every: dict[str, Bank], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.apkg").write_bytes(b"the old one")
    monkeypatch.setattr("genanki.Package.write_to_file", lambda *_: (_ for _ in ()).throw(OSError("disk full")))

    with pytest.raises(OSError, match="disk full"):
        anki.write(tmp_path / "a.apkg", every)

    assert [path.read_bytes() for path in tmp_path.glob("*apkg*")] == [b"the old one"]
