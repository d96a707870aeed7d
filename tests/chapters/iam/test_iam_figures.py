"""What the figures of identity show."""

import math

import pytest
from drawn import look

from cloudcrib.chapters.iam import draw
from cloudcrib.chapters.iam.draw import org
from cloudcrib.chapters.iam.evaluate import Decision, Step
from cloudcrib.kit.drawing import PALETTE
from cloudcrib.kit.palette import tint


def test_a_name_is_taken_apart_and_empty_fields_are_called_so() -> None:
    seen = look(draw.arn_anatomy, "arn:aws:s3:::data/x")

    assert seen.title == "This name holds in the whole partition"
    fields = dict(zip(seen.words[2::2], seen.words[1::2], strict=True))
    assert fields == {
        "arn": "arn",
        "partition": "aws",
        "service": "s3",
        "region": "empty",
        "account": "empty",
        "resource": "data/x",
    }
    assert seen.alt.endswith("partition aws, service s3, region empty, account empty, resource data/x.")


def test_a_role_is_assumed_in_five_steps() -> None:
    seen = look(draw.assume_role)

    assert {
        "1 AssumeRole",
        "2 allowed?",
        "3 key, secret, token, expiry",
        "4 signed calls until the credentials expire",
        "5 allowed?",
    } <= {*seen.words}
    assert {"trust policy: who may assume me?", "permissions policies: what may I do?", "AWS STS"} <= {*seen.words}
    assert seen.alt.startswith("Five steps: a principal calls AssumeRole")


def test_a_request_stops_at_the_gate_that_decides() -> None:
    passed = Step("explicit deny", "no Deny", "goes on", "")
    refused = Step("RCP", "silent", "DENY", "")

    seen = look(draw.gates, Decision("implicit deny", (passed, refused)))

    assert seen.title == "Denied at the RCP"
    assert [seen.words.count(word) for word in ("→", "✗", "✓", "not asked", "no Deny", "silent")] == [1, 1, 0, 5, 1, 1]
    assert seen.colours("explicit deny", "RCP", "SCP") == [tint("sky"), PALETTE["red"], PALETTE["pale"]]
    assert seen.alt == "1 explicit deny: no Deny, goes on; 2 RCP: silent, DENY."


@pytest.mark.parametrize(
    ("step", "title"),
    [
        (Step("explicit deny", "SCP", "DENY", ""), "Denied: an explicit Deny fits"),
        (Step("resource policy", "names the user", "ALLOW", ""), "Allowed at the resource policy"),
        (Step("boundary", "covers it", "goes on", ""), "Past the boundary, not decided yet"),
    ],
)
def test_the_title_says_where_it_was_decided(step: Step, title: str) -> None:
    assert look(draw.gates, Decision("allow", (step,))).title == title


def test_steps_not_yet_shown_are_not_asked() -> None:
    steps = tuple(Step(name, "no word", "goes on", "") for name in ("explicit deny", "RCP", "SCP"))

    seen = look(draw.gates, Decision("allow", steps), shown=1)

    assert seen.title == "Past the explicit deny, not decided yet"
    assert seen.words.count("not asked") == 6


def test_layers_are_read_row_by_row() -> None:
    said = {
        "identity": ["allow", "implicit deny"],
        "SCP": ["allow", "explicit deny"],
        "decision": ["allow", "explicit deny"],
    }

    seen = look(draw.layers, ["s3:Get", "s3:Put"], said, "What is left")

    assert seen.title == "What is left"
    assert seen.words[1:7] == ["✓ allow", "silent", "✓ allow", "✗ Deny", "✓ allow", "explicit deny"]
    assert (seen.ticks("x"), seen.ticks("y")) == (["identity", "SCP", "decision"], ["s3:Get", "s3:Put"])
    assert seen.colours("silent", "✗ Deny") == [PALETTE["pale"], PALETTE["red"]]
    assert seen.alt.endswith("s3:Put: identity implicit deny, SCP explicit deny, decision explicit deny.")


def test_both_accounts_ask_their_own_policies() -> None:
    seen = look(draw.two_accounts)

    assert {"SCPs of A", "identity policy", "boundary", "session policy", "RCPs of B", "request"} <= {*seen.words}
    assert seen.words.count("no Deny, and an allow") == 2
    assert "only when both accounts allow it" in seen.alt


def test_a_deputy_is_refused_with_the_wrong_external_id() -> None:
    seen = look(draw.confused_deputy)

    assert {"ID 7f3c: ✓", "ID 91ab: ✗", "“use my role”", "“use that role”"} <= {*seen.words}
    assert "that customer's ID 91ab and your trust policy refuses" in seen.alt


def test_guardrails_stand_at_each_level_of_the_tree() -> None:
    seen = look(org.tree, ["all", "no ec2", "no s3"], {"s3:Get": False, "sqs:Send": True}, "shop", "Every level counts")

    assert seen.title == "Every level counts"
    assert {"root SCP: all", "OU workloads SCP: no ec2", "account shop SCP: no s3", "administrator of shop:"} <= {
        *seen.words
    }
    calls = dict(zip(seen.words[-3::2], seen.words[-4::2], strict=True))
    assert calls == {"s3:Get": "✗", "sqs:Send": "✓"}
    assert "For an administrator of shop: s3:Get does not, sqs:Send passes." in seen.alt


def test_accounts_climb_the_price_tiers_together() -> None:
    """A terabyte alone costs 20.48 USD; together the second is in the tier at half the price."""
    seen = look(org.pooled_bill, {"shop": 1, "payroll": 1}, [(1, 0.02), (math.inf, 0.01)])

    assert seen.title == "Pooled usage saves 10.24 USD a month"
    rows = [(round(bar.y + bar.height / 2), bar.x, bar.width) for bar in seen.bars() if bar.width]
    assert rows == [(0, 0, 1), (1, 0, 1), (2, 0, 1), (2, 1, 1)]
    assert (seen.words.count("20.48 USD"), seen.words.count("30.72 USD")) == (2, 1)
    assert seen.ticks("y") == ["shop", "payroll", "pooled"]
    assert seen.legend() == ["first 1 TB: 0.02 USD/GB", "above: 0.01 USD/GB"]
    assert seen.alt.endswith("shop 20.48 USD, payroll 20.48 USD; pooled 30.72 USD, 10.24 USD less.")


def test_small_accounts_save_nothing() -> None:
    seen = look(org.pooled_bill, {"shop": 0.25, "payroll": 0.25}, [(1, 0.02), (math.inf, 0.01)])

    assert seen.title == "Pooling saves nothing: no more is in the cheaper tiers"


def test_one_sign_in_makes_a_role_in_each_account() -> None:
    seen = look(org.one_sign_in)

    roles = [said for said in seen.words if said.endswith("role …Auditor_…")]
    assert roles == [f"account {name} role …Auditor_…" for name in ("shop", "payroll", "sandbox")]
    assert {
        "ana",
        "ben",
        "group security",
        "permission set Auditor, 4 h",
        "sign-in (IdP: SAML)",
        "users (IdP: SCIM)",
    } <= {*seen.words}
    assert "makes one role in each of these accounts" in seen.alt
