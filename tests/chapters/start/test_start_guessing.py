"""What guessing is worth."""

from cloudcrib.chapters.start.guessing import expected_right


def test_one_of_four_guesses_is_right_on_average():
    assert expected_right(65, known=25, options_left=4) == 35


def test_each_option_struck_out_is_worth_more_than_the_one_before():
    gains = [expected_right(65, known=5, options_left=left) for left in (4, 3, 2)]

    assert gains == [20, 25, 35]


def test_who_does_not_guess_has_only_what_is_known():
    assert expected_right(65, known=25, options_left=2, guess=False) == 25
