"""What the explorers of access say."""

import pytest

from cloudcrib.chapters.s3.explore import paths

TLS, PLAIN = ("true", "vpce-0aa"), ("false", "vpce-0aa")


@pytest.mark.parametrize(
    ("share", "who", "said"),
    [
        (paths.READER, "reader", "The bucket policy allows it"),
        (paths.READER, "other", "does not allow it"),
        (paths.ACCOUNT, "reader", "does not allow it"),
        ("", "reader", "does not allow it"),
    ],
)
def test_an_allow_reaches_a_role_and_only_delegates_to_an_account(share, who, said):
    assert said in paths._policy(share, True, False, who, TLS)


def test_the_statements_that_speak_are_named():
    assert "speak about this request: Allow." in paths._policy(paths.ACCOUNT, True, False, "reader", TLS)
    assert "speak about this request: Allow, Deny." in paths._policy(paths.READER, True, False, "reader", PLAIN)
    assert "Denied" in paths._policy(paths.READER, False, True, "reader", ("true", ""))
