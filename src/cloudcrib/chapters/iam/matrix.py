"""Who can do what: one table out of many policies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cloudcrib.chapters.iam.evaluate import Policies, evaluate
from cloudcrib.chapters.iam.match import Policy, Request

if TYPE_CHECKING:
    import pandas as pd

ACCOUNT = "111122223333"
GLYPHS = {"allow": "allow", "implicit deny": "–", "explicit deny": "DENY"}


def user_arn(name: str) -> str:
    """The ARN of an IAM user of the example account."""
    return f"arn:aws:iam::{ACCOUNT}:user/{name}"


def who_can(people: Mapping[str, Policies], actions: Sequence[str], resource: str) -> pd.DataFrame:
    """One row a principal, one column an action: allowed, denied by silence, or denied by statement."""
    import pandas as pd

    rows = {
        name: [GLYPHS[evaluate(Request(a, resource, user_arn(name)), policies, ACCOUNT).verdict] for a in actions]
        for name, policies in people.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(actions))


def unused(granted: Policy, used: Sequence[str], catalogue: Sequence[str]) -> list[str]:
    """Actions that a policy allows and nobody called: what least privilege would take away."""
    allowed = {
        a for a in catalogue if evaluate(Request(a, "*", user_arn("x")), Policies(identity=(granted,)), ACCOUNT).allowed
    }
    return sorted(allowed - set(used))
