"""What the figure of the tour shows."""

from drawn import look

from cloudcrib.chapters.start import draw


def test_a_guess_is_worth_one_answer_in_four() -> None:
    seen = look(draw.guessing, known=1, options_left=4, questions=5)

    assert seen.title == "1 known of 5: guessing adds about 1"
    assert seen.widths() == [1, 1, 3]
    assert seen.legend() == ["known: 1", "guessed, right: 1", "guessed, wrong: 3"]
    assert seen.alt == "A bar of 5 questions: 1 known, about 1 guessed right, 3 wrong or open."


def test_what_is_left_open_is_given_away() -> None:
    seen = look(draw.guessing, known=2, guess=False, questions=5)

    assert seen.title == "2 known of 5: the others are given away"
    assert seen.legend() == ["known: 2", "left open: 3"]
