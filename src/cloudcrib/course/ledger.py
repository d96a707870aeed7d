"""The ledger of the crib sheet: which of its statements no fact of the course takes in."""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One checkable statement of the sheet."""

    id: str
    chapter: str
    status: str
    claim: str


def unplaced(path: Path, slugs: Collection[str], known: Collection[str]) -> list[Row]:
    """The rows of these chapters that are not `vague` and that no fact names."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        rows = [Row(r["id"], r["chapter"], r["status"], r["claim"]) for r in lines]
    return [r for r in rows if r.chapter in slugs and r.status != "vague" and r.id not in known]
