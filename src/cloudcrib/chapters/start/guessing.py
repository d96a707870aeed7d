"""What guessing is worth in an exam that does not punish it."""


def expected_right(questions: int, known: int, options_left: int, guess: bool = True) -> float:
    """Answers that are right on average when the unknown ones are guessed among the options left."""
    return known + (questions - known) / options_left * guess
