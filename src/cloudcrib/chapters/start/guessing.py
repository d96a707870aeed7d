"""What guessing is worth in an exam that does not punish it."""


def expected_right(questions: int, known: int, options_left: int, guess: bool = True) -> float:
    """Answers that are right on average when the unknown ones are guessed among the options left."""
    return known + (questions - known) / options_left * guess


def rounded(questions: int, known: int, options_left: int, guess: bool = True) -> tuple[int, int]:
    """How many are guessed right, to the nearest whole, and how many are right in all: so that the parts add up."""
    gain = int(expected_right(questions, known, options_left, guess) - known + 0.5)
    return gain, known + gain
