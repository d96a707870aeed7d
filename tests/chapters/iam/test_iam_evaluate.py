"""The whole decision, against AWS's documented cases and against moto's own evaluation of identity policies."""

import json
import random

import pytest

from cloudcrib.chapters.iam.evaluate import Policies, evaluate
from cloudcrib.chapters.iam.match import Request, says
from cloudcrib.chapters.iam.matrix import unused, who_can

HOME, OTHER = "111122223333", "444455556666"
USER = f"arn:aws:iam::{HOME}:user/dev"
ROLE = f"arn:aws:iam::{HOME}:role/app"
SESSION = f"arn:aws:sts::{HOME}:assumed-role/app/job"
BUCKET = "arn:aws:s3:::data/x"


def policy(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(action, resource="*", **more):
    return policy({"Effect": "Allow", "Action": action, "Resource": resource, **more})


def deny(action, resource="*", **more):
    return policy({"Effect": "Deny", "Action": action, "Resource": resource, **more})


def to(principal, action="s3:*"):
    """A bucket policy that lets one principal in."""
    return allow(action, "arn:aws:s3:::data/*", Principal={"AWS": principal})


FULL = allow("*")


def verdict(policies, principal=USER, owner=HOME, action="s3:GetObject", resource=BUCKET, **context):
    return evaluate(Request(action, resource, principal, context), policies, owner).verdict


def test_silence_is_an_implicit_deny():
    assert verdict(Policies()) == "implicit deny"


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("s3:GetObject", "allow"),
        ("s3:PutObject", "implicit deny"),
        ("s3:DeleteBucket", "explicit deny"),
        ("ec2:DescribeInstances", "explicit deny"),
    ],
)
def test_identity_boundary_and_scp_together(action, expected):
    identity = policy(*allow(["s3:*", "ec2:Describe*"])["Statement"], *deny("s3:DeleteBucket")["Statement"])
    scp = policy(*FULL["Statement"], *deny("ec2:*")["Statement"])
    boundary = allow(["s3:Get*", "s3:DeleteBucket", "ec2:*"])

    assert verdict(Policies(identity=(identity,), boundary=boundary, scps=(scp,)), action=action) == expected


@pytest.mark.parametrize(
    ("identity", "bucket", "across", "at_home"),
    [
        ((allow("s3:*"),), None, "implicit deny", "allow"),
        ((), to(ROLE), "implicit deny", "allow"),
        ((allow("s3:*"),), to(ROLE), "allow", "allow"),
    ],
)
def test_across_accounts_both_sides_must_allow_and_at_home_one_is_enough(identity, bucket, across, at_home):
    policies = Policies(identity=identity, resource=bucket)

    assert verdict(policies, SESSION, owner=OTHER) == across
    assert verdict(policies, SESSION, owner=HOME) == at_home


@pytest.mark.parametrize("cap", ["boundary", "session"])
@pytest.mark.parametrize(
    ("principal", "named", "expected"),
    [
        (USER, USER, "allow"),
        (SESSION, SESSION, "allow"),
        (SESSION, ROLE, "implicit deny"),
        (SESSION, HOME, "implicit deny"),
    ],
)
def test_documented_table_of_resource_policies_and_implicit_denies(cap, principal, named, expected):
    """AWS: a grant to a user or a session is not limited by silence elsewhere; a grant to a role is."""
    assert verdict(Policies(resource=to(named), **{cap: allow("ec2:*")}), principal) == expected


def test_a_grant_to_the_role_needs_no_identity_policy_when_the_caps_cover_it():
    assert verdict(Policies(resource=to(ROLE), boundary=allow("s3:*"), session=allow("s3:Get*")), SESSION) == "allow"


def test_an_explicit_deny_anywhere_beats_a_grant_to_the_caller_itself():
    for layer in (
        {"identity": (deny("s3:*"),)},
        {"boundary": deny("s3:*")},
        {"session": deny("s3:*")},
        {"scps": (deny("s3:*"),)},
        {"rcps": (deny("s3:*"),)},
    ):
        assert verdict(Policies(resource=to(SESSION), **layer), SESSION) == "explicit deny"


def test_naming_the_own_account_only_delegates_to_its_identity_policies():
    assert verdict(Policies(resource=to(HOME))) == "implicit deny"
    assert verdict(Policies(resource=to(HOME), identity=(allow("s3:*"),))) == "allow"


def test_naming_a_foreign_account_is_enough_for_the_resource_side():
    assert verdict(Policies(resource=to(HOME), identity=(allow("s3:*"),)), owner=OTHER) == "allow"


def test_every_level_of_the_organization_must_allow():
    ok, narrow = FULL, allow("ec2:*")

    assert verdict(Policies(identity=(FULL,), scps=(ok, ok, ok))) == "allow"
    for levels in ((narrow, ok, ok), (ok, narrow, ok), (ok, ok, narrow)):
        assert verdict(Policies(identity=(FULL,), scps=levels)) == "implicit deny"


def test_an_rcp_that_does_not_deny_changes_nothing():
    """RCPFullAWSAccess hangs at every level and cannot be detached."""
    silent, ours = allow("ec2:*"), deny("s3:Put*")

    for levels in ((silent,), (FULL, silent), (ours,)):
        assert verdict(Policies(identity=(FULL,), rcps=levels)) == "allow"
        assert verdict(Policies(rcps=levels)) == "implicit deny"
    assert verdict(Policies(identity=(FULL,), rcps=(FULL, ours)), action="s3:PutObject") == "explicit deny"


def test_guardrails_grant_nothing():
    assert verdict(Policies(scps=(FULL,), rcps=(FULL,), boundary=FULL, session=FULL)) == "implicit deny"


def test_an_rcp_keeps_out_a_stranger_whom_the_bucket_policy_lets_in():
    ours = deny("s3:*", Principal="*", Condition={"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-ours"}})
    policies = Policies(identity=(FULL,), resource=to(HOME), rcps=(policy(*FULL["Statement"], *ours["Statement"]),))

    assert verdict(policies, owner=OTHER, **{"aws:PrincipalOrgID": "o-strange"}) == "explicit deny"
    assert verdict(policies, owner=OTHER, **{"aws:PrincipalOrgID": "o-ours"}) == "allow"


def test_documented_case_of_a_user_and_a_log_bucket():
    """IAM User Guide, example evaluation: full access to one bucket, a Deny on every bucket with 'log' in its name."""
    mine = ["arn:aws:s3:::dev", "arn:aws:s3:::dev/*"]
    identity = policy(*allow("s3:*", mine)["Statement"], *deny("s3:*", "arn:aws:s3:::*log*")["Statement"])
    bucket = allow("s3:*", mine, Principal={"AWS": USER})

    assert (
        verdict(Policies(identity=(identity,)), action="s3:PutObject", resource="arn:aws:s3:::dev-logs/f")
        == "explicit deny"
    )
    assert (
        verdict(Policies(identity=(identity,), resource=bucket), action="s3:PutObject", resource="arn:aws:s3:::dev/f")
        == "allow"
    )


def test_documented_case_of_a_production_bucket_in_another_account():
    """IAM User Guide, cross-account example: both sides allow objects of one bucket, the user's own Deny covers logs."""
    own = policy(
        *allow("s3:*Object*", "arn:aws:s3:::production/*")["Statement"],
        *deny("s3:*", ["arn:aws:s3:::*log*", "arn:aws:s3:::*log*/*"])["Statement"],
    )
    theirs = allow(["s3:GetObject*", "s3:PutObject*"], "arn:aws:s3:::production/*", Principal={"AWS": USER})
    policies = Policies(identity=(own,), resource=theirs)

    assert verdict(policies, owner=OTHER, action="s3:PutObject", resource="arn:aws:s3:::production/f") == "allow"
    assert (
        verdict(policies, owner=OTHER, action="s3:DeleteObject", resource="arn:aws:s3:::production/f")
        == "implicit deny"
    )
    assert (
        verdict(policies, owner=OTHER, action="s3:PutObject", resource="arn:aws:s3:::productionlogs/f")
        == "explicit deny"
    )


def test_documented_case_of_a_boundary_that_allows_what_no_policy_grants():
    """IAM User Guide, boundaries: the boundary covers S3, CloudWatch and EC2, the user's policy only IAM: nothing is left."""
    policies = Policies(identity=(allow("iam:CreateUser"),), boundary=allow(["s3:*", "cloudwatch:*", "ec2:*"]))

    assert verdict(policies, action="iam:CreateUser", resource="*") == "implicit deny"
    assert verdict(policies, action="s3:GetObject") == "implicit deny"


def test_the_trace_stops_at_the_step_that_decides():
    steps = evaluate(
        Request("s3:GetObject", BUCKET, USER), Policies(identity=(FULL,), scps=(allow("ec2:*"),)), HOME
    ).steps

    assert [step.name for step in steps] == ["explicit deny", "RCP", "SCP"]
    assert steps[-1].outcome == "DENY"


def test_a_service_is_let_in_by_the_resource_policy_alone():
    queue = allow("sqs:SendMessage", "*", Principal={"Service": "sns.amazonaws.com"})

    assert evaluate(Request("sqs:SendMessage", "*", "sns.amazonaws.com"), Policies(resource=queue), HOME).allowed


ACTIONS = [
    "s3:GetObject",
    "s3:PutObject",
    "s3:DeleteBucket",
    "ec2:RunInstances",
    "ec2:DescribeInstances",
    "iam:CreateUser",
]
PATTERNS = [*ACTIONS, "s3:*", "s3:Get*", "*", "ec2:Describe*", "iam:*", "s3:*Object"]
RESOURCES = [
    "arn:aws:s3:::data/x",
    "arn:aws:s3:::data",
    "arn:aws:s3:::logs/2026/y",
    f"arn:aws:ec2:eu-west-1:{HOME}:instance/i-1",
]
RESOURCE_PATTERNS = [*RESOURCES, "*", "arn:aws:s3:::data/*", "arn:aws:s3:::*", f"arn:aws:ec2:*:{HOME}:instance/*"]


def drawn_policy(r):
    def statement():
        element = r.choice(["Action", "Action", "Action", "NotAction"])
        return {
            "Effect": r.choice(["Allow", "Allow", "Deny"]),
            element: r.sample(PATTERNS, r.randint(1, 3)),
            "Resource": r.sample(RESOURCE_PATTERNS, r.randint(1, 3)),
        }

    return policy(*(statement() for _ in range(r.randint(1, 4))))


def test_identity_policies_are_read_as_moto_reads_them():
    """An independent implementation: moto's IAMPolicy, on 400 random policies and every action and resource."""
    from moto.iam import access_control as access

    names = {
        access.PermissionResult.PERMITTED: "allow",
        access.PermissionResult.DENIED: "explicit deny",
        access.PermissionResult.NEUTRAL: "implicit deny",
    }
    r = random.Random(1)
    for _ in range(400):
        drawn = drawn_policy(r)
        theirs = access.IAMPolicy(json.dumps(drawn))
        for action in ACTIONS:
            for resource in RESOURCES:
                assert says(drawn, Request(action, resource)) == names[theirs.is_action_permitted(action, resource)], (
                    drawn,
                    action,
                    resource,
                )


def test_caps_never_widen_and_grants_never_narrow():
    """Properties of the documented logic: a boundary can only take away, an identity policy without Deny can only add."""
    r = random.Random(2)
    for _ in range(300):
        identity, boundary = drawn_policy(r), drawn_policy(r)
        for action in ACTIONS:
            ask = Request(action, r.choice(RESOURCES), USER)
            plain = evaluate(ask, Policies(identity=(identity,)), HOME)
            capped = evaluate(ask, Policies(identity=(identity,), boundary=boundary), HOME)
            wider = evaluate(ask, Policies(identity=(identity, FULL)), HOME)
            assert not capped.allowed or plain.allowed
            assert wider.verdict == ("explicit deny" if plain.verdict == "explicit deny" else "allow")


def test_who_can_do_what_is_a_table():
    table = who_can(
        {"reader": Policies(identity=(allow("s3:Get*"),)), "nobody": Policies()},
        ["s3:GetObject", "s3:PutObject"],
        BUCKET,
    )

    assert table.loc["reader"].tolist() == ["allow", "–"]
    assert table.loc["nobody"].tolist() == ["–", "–"]


def test_what_nobody_used_can_be_taken_away():
    assert unused(allow("s3:*"), ["s3:GetObject"], ["s3:GetObject", "s3:PutObject", "ec2:RunInstances"]) == [
        "s3:PutObject"
    ]
