"""What the figures of a learner's own progress show."""

import pytest
from drawn import look

from cloudcrib.study import figures
from cloudcrib.study.calibration import Level
from cloudcrib.study.mastery import Share
from cloudcrib.study.standing import Row


def test_a_share_stands_in_the_interval_that_its_few_answers_allow() -> None:
    """Of three right of four, Wilson's interval says 30 to 95 per cent."""
    seen = look(figures.mastery, [Row("VPC", Share(3, 4)), Row("S3", Share(0, 0))], [])

    interval, point = seen.lines()
    assert [round(x, 1) for x, _ in interval] == [30.1, 95.4]
    assert point == [(75, 0)]
    assert seen.title == "A beginning: each answer narrows the bar"
    assert seen.ticks("y") == ["VPC"]
    assert "of 4" in seen.words
    assert seen.alt == "Share right at first with its interval, and share right now. VPC: 75% of 4, between 30–95 %."


def test_the_firmest_and_the_weakest_are_named() -> None:
    seen = look(figures.mastery, [Row("VPC", Share(9, 10))], [Row("Secure architectures", Share(1, 10))])

    assert seen.title == "Firmest: VPC – weakest: Secure architectures"
    assert seen.ticks("y") == ["Secure architectures", "VPC"]


def test_a_long_name_is_cut() -> None:
    seen = look(figures.mastery, [Row("A chapter whose name goes on and on and on", Share(1, 1))], [])

    assert seen.ticks("y") == ["A chapter whose name goes on and…"]


@pytest.mark.parametrize(
    ("level", "title"),
    [
        (Level("sure", 0.95, Share(1, 4)), "“Sure” is right less often than it says"),
        (Level("guess", 0.3, Share(9, 10)), "You know more than you trust yourself to"),
        (Level("sure", 0.95, Share(4, 4)), "Nothing yet says that you misjudge yourself"),
    ],
)
def test_confidence_is_held_against_what_came_of_it(level: Level, title: str) -> None:
    seen = look(figures.calibration, [level])

    assert seen.title == title
    assert seen.lines()[-1] == [(pytest.approx(100 * level.claimed), pytest.approx(100 * level.share.value))]


def test_each_word_is_shown_with_how_often_it_was_said() -> None:
    seen = look(figures.calibration, [Level("guess", 0.3, Share(1, 2)), Level("sure", 0.95, Share(3, 4))])

    assert {"guess 2×", "sure 4×"} <= {*seen.words}
    assert "“guess” 50% right of 2; “sure” 75% right of 4" in seen.alt
