"""A number and its noun agree."""

import pytest

from cloudcrib.kit.counted import counted


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 instances"), (1, "1 instance"), (1.3, "1 instance"), (2, "2 instances"), (1024, "1,024 instances")],
)
def test_the_number_as_it_is_written_decides(number: float, said: str) -> None:
    assert counted(number, "instance") == said


def test_a_noun_may_have_a_form_of_its_own_for_many() -> None:
    assert (counted(1, "address", "addresses"), counted(2, "address", "addresses")) == ("1 address", "2 addresses")
