"""Did you mean …? The known word that is nearest to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

ALIKE = 0.6  # difflib's own share of letters in common


def nearest(word: str, known: Iterable[str], alike: float = ALIKE) -> str | None:
    """The known word that a person most likely meant; none where nothing is near. Case does not count."""
    words = {each.lower(): each for each in reversed([*known]) if each != word}
    found = get_close_matches(word.lower(), words, n=1, cutoff=alike)
    return words[found[0]] if found else None


def meant(word: str, known: Iterable[str], alike: float = ALIKE) -> str:
    """The question to put behind a sentence, with a blank before it; empty where nothing is near."""
    near = nearest(word, known, alike)
    return f" Did you mean {near!r}?" if near else ""
