"""What guessing is worth."""

from cloudcrib.chapters.start.guessing import expected_right, rounded


def test_one_of_four_guesses_is_right_on_average():
    assert expected_right(65, known=25, options_left=4) == 35


def test_each_option_struck_out_is_worth_more_than_the_one_before():
    gains = [expected_right(65, known=5, options_left=left) for left in (4, 3, 2)]

    assert gains == [20, 25, 35]


def test_who_does_not_guess_has_only_what_is_known():
    assert expected_right(65, known=25, options_left=2, guess=False) == 25


def test_what_is_said_in_whole_answers_adds_up():
    """Thirty-five known and eight guessed are forty-three, and not the forty-two that 42.5 is rounded to."""
    assert rounded(65, known=35, options_left=4) == (8, 43)
    for known in range(66):
        for left in (4, 3, 2):
            gain, right = rounded(65, known, left)
            assert known + gain == right and abs(right - expected_right(65, known, left)) <= 0.5
