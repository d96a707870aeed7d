"""A key travels in the text of a score cell and comes back as it was."""

from __future__ import annotations

import json
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared import REPOSITORY

from cloudcrib.question import from_key, to_key
from cloudcrib.question.key import Key, read, written

PAGE = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html"
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@settings(deadline=None)
@given(st.dictionaries(st.text(), DATA, max_size=4))
def test_what_is_written_is_what_is_read(data: dict[str, Any]) -> None:
    key = Key(data, PAGE, "2026-11-24")

    assert read(written("vpc-usable-28", key)) == key


@pytest.mark.parametrize(
    "text", ["'", '"', "\\", "\n", "'''", "### END HIDDEN TESTS", "# read: x checked y", "{}", "é€😀"]
)
def test_no_text_of_a_question_ends_its_key_early(text: str) -> None:
    key = Key({"stem": text, text: [text]}, PAGE, "2026-11-24")

    assert read(written("vpc-usable-28", key)) == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "score(",
        'from cloudcrib import score\nscore("vpc-usable-28")',
        'print("score(key=1)")',
        "t.score(key='{}')",
        "def score(id, key='{}'): ...",
    ],
    ids=["empty", "no Python", "released", "in a text", "a method", "a definition"],
)
def test_a_cell_that_gives_score_no_key_has_none(text: str) -> None:
    assert read(text) is None


def test_a_key_is_parsed_and_never_run() -> None:
    with pytest.raises(ValueError, match="malformed node"):
        read("score('x', key=open('/etc/hostname').read())")


def test_every_score_cell_of_the_course_holds_the_key_of_its_own_question() -> None:
    found = {
        cell.id: key
        for path in sorted((REPOSITORY / "source").glob("*/*.ipynb"))
        for cell in nbformat.read(path, as_version=4).cells
        if "crib-score" in cell.metadata.get("tags", []) and (key := read(cell.source))
    }

    assert len(found) > 100
    for id, key in found.items():
        question = from_key({name: value for name, value in key.data.items() if name != "cohort"})
        assert question.id == id
        assert key.page.startswith("https://")
        assert json.loads(json.dumps(to_key(question))) == {n: v for n, v in key.data.items() if n != "cohort"}
