"""A word that is not known is answered with the known one that was most likely meant."""

from __future__ import annotations

import pytest

from cloudcrib.kit.nearest import meant, nearest

CHAPTERS = ("00-start", "01-iam", "12-databases", "14-vpc")


@pytest.mark.parametrize(
    ("word", "near"),
    [("14-vcp", "14-vpc"), ("14-VPC", "14-vpc"), ("databases", "12-databases"), ("quantum", None), ("", None)],
)
def test_the_nearest_of_the_known_words_is_found(word: str, near: str | None) -> None:
    assert nearest(word, CHAPTERS) == near


def test_a_word_is_not_answered_with_itself() -> None:
    assert nearest("14-vpc", ["14-vpc"]) is None


def test_the_question_stands_behind_a_sentence() -> None:
    assert "There is none." + meant("14-vcp", CHAPTERS) == "There is none. Did you mean '14-vpc'?"
    assert meant("quantum", CHAPTERS) == ""
