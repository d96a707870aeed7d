"""What a guesser earns who looks at nothing but the length of the options of choose-one questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cloudcrib.kit.richtext import bare
from cloudcrib.question.kinds import Choose, Question

ENOUGH = 8  # questions of a chapter before a share says anything
ROUNDING = 1e-9
NAMED = 5  # questions that a sentence names
PICKS: Mapping[str, Callable[[Iterable[int]], int]] = {"longest": max, "shortest": min}


@dataclass(frozen=True)
class Guess:
    """What one way to guess earns over some questions: shares of them, each between 0 and 1."""

    pick: str  # which option is taken: the longest | the shortest
    of: int
    earned: float
    chance: float  # what blind guessing earns
    won: tuple[str, ...]  # the questions in which it is better than chance

    @property
    def points(self) -> float:
        """Percentage points above chance."""
        return 100 * (self.earned - self.chance)


def lengths(question: Question) -> dict[str, int]:
    """The characters of each option as a learner sees them."""
    assert isinstance(question.body, Choose)
    return {option.id: len(bare(option.text)) for option in question.body.options}


def chances(question: Question, pick: str) -> float:
    """The chance to be right who takes the longest or the shortest option, any of those where several are."""
    assert isinstance(question.body, Choose)
    found = lengths(question)
    wanted = PICKS[pick](found.values())
    taken = [id for id, length in found.items() if length == wanted]
    return len(set(taken) & set(question.body.right)) / len(taken)


def chosen(questions: Iterable[Question]) -> list[Question]:
    """The questions that can be guessed so: those with one right option."""
    return [question for question in questions if question.kind == "choose-one"]


def guesses(questions: Sequence[Question]) -> list[Guess]:
    """What each way to guess earns over these questions."""
    asked = chosen(questions)
    if not asked:
        return []
    chance = sum(1 / len(lengths(question)) for question in asked) / len(asked)
    found = []
    for pick in PICKS:
        shares = [chances(question, pick) for question in asked]
        won = tuple(one.id for one, share in zip(asked, shares, strict=True) if share > 1 / len(lengths(one)))
        found.append(Guess(pick, len(asked), sum(shares) / len(asked), chance, won))
    return found


def middle(questions: Sequence[Question]) -> float:
    """How often the right option is neither the longest nor the shortest."""
    asked = chosen(questions)
    inside = [question for question in asked if not any(chances(question, pick) for pick in PICKS)]
    return len(inside) / len(asked) if asked else 0.0


def beyond(questions: Sequence[Question], most: float) -> list[Guess]:
    """The ways to guess that earn more than so many points above chance."""
    return [guess for guess in guesses(questions) if guess.points > most + ROUNDING]


def sentence(guess: Guess, most: float, where: str) -> str:
    """What a guess earns, and where to begin against it."""
    more = len(guess.won) - NAMED
    named = ", ".join(guess.won[:NAMED]) + (f" and {more} more" if more > 0 else "")
    return (
        f"Who always takes the {guess.pick} option is right in {guess.earned:.0%} of the {guess.of} choose-one "
        f"questions {where}, where chance is {guess.chance:.0%} and {most:g} points above it are allowed: "
        f"make options alike in length, to begin with in {named}."
    )
