"""The evaluator against outcomes that AWS documents: one row a case, with the page of the IAM or Organizations guide that states it."""

import pytest

from cloudcrib.chapters.iam.evaluate import Policies, evaluate
from cloudcrib.chapters.iam.match import Request, says

HOME, OTHER = "111122223333", "444455556666"
ROOT, USER = f"arn:aws:iam::{HOME}:root", f"arn:aws:iam::{HOME}:user/dev"
ROLE, PATHED = f"arn:aws:iam::{HOME}:role/app", f"arn:aws:iam::{HOME}:role/team/app"
SESSION = f"arn:aws:sts::{HOME}:assumed-role/app/job"
LINKED = f"arn:aws:sts::{HOME}:assumed-role/AWSServiceRoleForAutoScaling/x"
OBJECT = "arn:aws:s3:::data/x"
KEY, TRUSTED = f"arn:aws:kms:eu-west-1:{HOME}:key/1a2b", f"arn:aws:iam::{HOME}:role/deploy"
ALLOW, SILENT, DENY = "allow", "implicit deny", "explicit deny"


def one(effect, action="*", resource="*", **more):
    written = {"Effect": effect, "Action": action, "Resource": resource, **more}
    return {"Version": "2012-10-17", "Statement": [written]}


def let(principal, action="*", **more):
    return one("Allow", action, Principal=principal if principal == "*" else {"AWS": principal}, **more)


def but(*names):
    """A bucket policy that denies everybody except those named."""
    spared = {"Effect": "Deny", "Action": "*", "Resource": "*", "NotPrincipal": {"AWS": list(names)}}
    return {"Version": "2012-10-17", "Statement": [spared, *let("*")["Statement"]]}


def both(*policies):
    return {"Version": "2012-10-17", "Statement": [s for p in policies for s in p["Statement"]]}


FULL, NOTHING_OF_S3 = one("Allow"), one("Allow", "ec2:*")
ARN_IS_ROLE = let("*", Condition={"ArnEquals": {"aws:PrincipalArn": ROLE}})
OUR_ORG = {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-ours"}, "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}  # fmt: skip
PERIMETER = both(FULL, one("Deny", "s3:*", Principal="*", Condition=OUR_ORG))

CASES = {
    # reference_policies_evaluation-logic: one account, and the default
    "silence is a deny": (USER, OBJECT, Policies(), HOME, SILENT),
    "one allow of the identity is enough": (USER, OBJECT, Policies((FULL,)), HOME, ALLOW),
    "one allow of the bucket is enough": (USER, OBJECT, Policies(resource=let(USER)), HOME, ALLOW),
    "a deny beats every allow": (USER, OBJECT, Policies((FULL, one("Deny", "s3:*")), let(USER)), HOME, DENY),
    "root needs no policy": (ROOT, OBJECT, Policies(), HOME, ALLOW),
    "root of a member account is capped by an SCP": (ROOT, OBJECT, Policies(scps=(NOTHING_OF_S3,)), HOME, SILENT),
    "root of a member account meets an SCP's deny": (ROOT, OBJECT, Policies(scps=(both(FULL, one("Deny", "s3:*")),)), HOME, DENY),
    "root meets the deny of a bucket policy": (ROOT, OBJECT, Policies(resource=one("Deny", Principal="*")), HOME, DENY),
    "root of another account is a stranger": (ROOT, OBJECT, Policies(), OTHER, SILENT),
    "root of another account comes in when its account is named": (ROOT, OBJECT, Policies(resource=let(HOME)), OTHER, ALLOW),
    # access_policies_boundaries and reference_policies_evaluation-logic: resource policies against silent caps
    "a boundary caps the identity policy": (USER, OBJECT, Policies((FULL,), boundary=NOTHING_OF_S3), HOME, SILENT),
    "a grant to the user passes a silent boundary": (USER, OBJECT, Policies(resource=let(USER), boundary=NOTHING_OF_S3), HOME, ALLOW),
    "a grant to the session passes a silent boundary": (SESSION, OBJECT, Policies(resource=let(SESSION), boundary=NOTHING_OF_S3), HOME, ALLOW),
    "a grant to the role is capped by the boundary": (SESSION, OBJECT, Policies(resource=let(ROLE), boundary=NOTHING_OF_S3), HOME, SILENT),
    "a grant to the role is capped by the session policy": (SESSION, OBJECT, Policies(resource=let(ROLE), session=NOTHING_OF_S3), HOME, SILENT),
    "a star with aws:PrincipalArn is not capped": (SESSION, OBJECT, Policies(resource=ARN_IS_ROLE, boundary=NOTHING_OF_S3), HOME, ALLOW),
    "a boundary's deny beats a grant to the session": (SESSION, OBJECT, Policies(resource=let(SESSION), boundary=one("Deny", "s3:*")), HOME, DENY),
    "a session policy grants nothing": (SESSION, OBJECT, Policies(session=FULL), HOME, SILENT),
    "across accounts a boundary caps a grant to the user": (USER, OBJECT, Policies((FULL,), let(USER), NOTHING_OF_S3), OTHER, SILENT),
    # reference_policies_elements_principal: whom a principal names
    "an account in Principal delegates to its policies": (USER, OBJECT, Policies(resource=let(HOME)), HOME, SILENT),
    "the :root ARN means the account, not the root user": (USER, OBJECT, Policies((FULL,), let(ROOT)), OTHER, ALLOW),
    "a role with a path is named by its sessions": (SESSION, OBJECT, Policies(resource=let(PATHED)), HOME, ALLOW),
    "a session of another role is not": (SESSION.replace("app", "web"), OBJECT, Policies(resource=let(PATHED)), HOME, SILENT),
    "a role of that name in another account is not": (SESSION, OBJECT, Policies(resource=let(PATHED.replace(HOME, OTHER))), HOME, SILENT),
    # reference_policies_elements_notprincipal
    "NotPrincipal spares a user named with the account": (USER, OBJECT, Policies(resource=but(ROOT, USER)), HOME, ALLOW),
    "NotPrincipal spares a session named with role and account": (SESSION, OBJECT, Policies(resource=but(ROOT, ROLE, SESSION)), HOME, ALLOW),
    "NotPrincipal hits everybody else": (USER.replace("dev", "eve"), OBJECT, Policies((FULL,), but(ROOT.replace(HOME, OTHER))), HOME, DENY),
    "NotPrincipal hits whoever has a boundary": (USER, OBJECT, Policies((FULL,), but(ROOT, USER), FULL), HOME, DENY),
    # reference_policies_evaluation-logic-cross-account
    "across accounts the identity alone is not enough": (USER, OBJECT, Policies((FULL,)), OTHER, SILENT),
    "across accounts the bucket alone is not enough": (USER, OBJECT, Policies(resource=let(USER)), OTHER, SILENT),
    "across accounts both together are": (USER, OBJECT, Policies((FULL,), let(USER)), OTHER, ALLOW),
    "across accounts a deny on one side ends it": (USER, OBJECT, Policies((FULL, one("Deny", "s3:*")), let(USER)), OTHER, DENY),
    # kms key-policies: a key is opened by its own policy first
    "a key whose policy names nobody is shut for an administrator": (USER, KEY, Policies((FULL,), let(OTHER)), HOME, SILENT),
    "a key whose policy names nobody is shut for root": (ROOT, KEY, Policies(resource=let(OTHER)), HOME, SILENT),
    "a key that names its account leaves it to IAM": (USER, KEY, Policies((FULL,), let(ROOT)), HOME, ALLOW),
    "a key that names its account grants nothing itself": (USER, KEY, Policies(resource=let(ROOT)), HOME, SILENT),
    "a key that names the user needs no IAM policy": (USER, KEY, Policies(resource=let(USER)), HOME, ALLOW),
    "a key of another account needs both sides": (USER, KEY, Policies(resource=let(USER)), OTHER, SILENT),
    # id_roles_update-role-trust-policy, id_roles_create_for-user: a role is opened by its trust policy
    "a trust policy that names somebody else shuts an administrator out": (USER, TRUSTED, Policies((FULL,), let(OTHER)), HOME, SILENT),
    "a trust policy that names the account leaves it to IAM": (USER, TRUSTED, Policies((FULL,), let(HOME)), HOME, ALLOW),
    "a trust policy that names the user is enough at home": (USER, TRUSTED, Policies(resource=let(USER)), HOME, ALLOW),
    "a trust policy across accounts needs the caller's side": (USER, TRUSTED, Policies(resource=let(HOME)), OTHER, SILENT),
    # orgs_manage_policies_scps(_evaluation): who is capped, and at which levels
    "every level must allow": (USER, OBJECT, Policies((FULL,), scps=(FULL, NOTHING_OF_S3, FULL)), HOME, SILENT),
    "an SCP grants nothing": (USER, OBJECT, Policies(scps=(FULL,)), HOME, SILENT),
    "an SCP caps a grant of the bucket, too": (USER, OBJECT, Policies(resource=let(USER), scps=(NOTHING_OF_S3,)), HOME, SILENT),
    "an SCP spares a service-linked role": (LINKED, OBJECT, Policies((FULL,), scps=(NOTHING_OF_S3,)), HOME, ALLOW),
    "an SCP's deny spares a service-linked role": (LINKED, OBJECT, Policies((FULL,), scps=(one("Deny"),)), HOME, ALLOW),
    # orgs_manage_policies_rcps: the resource's side
    "an RCP spares a service-linked role": (LINKED, OBJECT, Policies((FULL,), rcps=(both(FULL, one("Deny")),)), HOME, ALLOW),
    "an RCP stops a stranger": (USER, OBJECT, Policies((FULL,), let("*"), rcps=(PERIMETER,)), OTHER, DENY),
    "an RCP may let AWS services through": ("logging.s3.amazonaws.com", OBJECT, Policies(resource=one("Allow", Principal={"Service": "logging.s3.amazonaws.com"}), rcps=(PERIMETER,)), OTHER, ALLOW),
    "an SCP does not reach a service": ("logging.s3.amazonaws.com", OBJECT, Policies(resource=one("Allow", Principal={"Service": "logging.s3.amazonaws.com"}), scps=(one("Deny"),)), HOME, ALLOW),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_documented_decision(name):
    principal, resource, policies, owner, expected = CASES[name]
    action = {OBJECT: "s3:GetObject", KEY: "kms:Decrypt", TRUSTED: "sts:AssumeRole"}[resource]

    assert evaluate(Request(action, resource, principal), policies, owner).verdict == expected


def test_root_of_the_owner_can_take_back_a_bucket_policy_that_shuts_out_everybody():
    """S3: whatever the bucket policy denies, the owner's root user can read, replace and delete it."""
    shut = Policies(resource=one("Deny", Principal="*"))

    assert evaluate(Request("s3:DeleteBucketPolicy", "arn:aws:s3:::data", ROOT), shut, HOME).allowed
    assert not evaluate(Request("s3:DeleteBucketPolicy", "arn:aws:s3:::data", USER), shut, HOME).allowed
    assert not evaluate(Request("s3:DeleteBucketPolicy", "arn:aws:s3:::data", ROOT), shut, OTHER).allowed


ABSENT, TAGS = {}, {"aws:TagKeys": ["team", "cost"]}
CONDITIONS = [
    # reference_policies_elements_condition_operators: keys that are absent
    ({"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}, ABSENT, False),
    ({"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}, ABSENT, True),
    ({"NumericEquals": {"s3:max-keys": "10"}}, ABSENT, False),
    ({"NumericNotEquals": {"s3:max-keys": "10"}}, ABSENT, True),
    ({"DateLessThan": {"aws:TokenIssueTime": "2026-01-01T00:00:00Z"}}, ABSENT, False),
    ({"DateNotEquals": {"aws:TokenIssueTime": "2026-01-01T00:00:00Z"}}, ABSENT, True),
    ({"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, ABSENT, True),
    ({"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/x"}}, ABSENT, True),
    ({"Bool": {"aws:MultiFactorAuthPresent": "false"}}, ABSENT, False),
    ({"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}, ABSENT, True),
    ({"Null": {"aws:TokenIssueTime": "true"}}, ABSENT, True),
    ({"Null": {"aws:TokenIssueTime": True}}, {"aws:TokenIssueTime": "2026-01-01T00:00:00Z"}, False),
    # reference_policies_condition-single-vs-multi-valued-context-keys: sets
    ({"ForAllValues:StringEquals": {"aws:TagKeys": ["team", "cost", "site"]}}, TAGS, True),
    ({"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}, TAGS, False),
    ({"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}, ABSENT, True),
    ({"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}, {"aws:TagKeys": []}, True),
    ({"ForAnyValue:StringEquals": {"aws:TagKeys": ["team"]}}, TAGS, True),
    ({"ForAnyValue:StringEquals": {"aws:TagKeys": ["site"]}}, TAGS, False),
    ({"ForAnyValue:StringEquals": {"aws:TagKeys": ["team"]}}, ABSENT, False),
    ({"ForAllValues:StringNotEquals": {"aws:TagKeys": ["site"]}}, TAGS, True),
    # case, numbers, dates, addresses
    ({"StringEquals": {"AWS:requestedregion": "eu-west-1"}}, {"aws:RequestedRegion": "eu-west-1"}, True),
    ({"StringEquals": {"aws:PrincipalTag/team": "Web"}}, {"aws:PrincipalTag/team": "web"}, False),
    ({"StringEqualsIgnoreCase": {"aws:PrincipalTag/team": "Web"}}, {"aws:PrincipalTag/team": "web"}, True),
    ({"NumericLessThanEquals": {"aws:MultiFactorAuthAge": "3600"}}, {"aws:MultiFactorAuthAge": "3600"}, True),
    ({"NumericGreaterThan": {"aws:MultiFactorAuthAge": 3600}}, {"aws:MultiFactorAuthAge": "3600"}, False),
    ({"DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}}, {"aws:CurrentTime": "2026-06-01T00:00:00Z"}, True),
    ({"IpAddress": {"aws:SourceIp": "2001:db8::/32"}}, {"aws:SourceIp": "203.0.113.7"}, False),
    # reference_policies_variables
    ({"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}, {"aws:ResourceTag/team": "web", "aws:PrincipalTag/team": "web"}, True),
    ({"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}, {"aws:ResourceTag/team": "web"}, False),
    ({"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team, 'all'}"}}, {"aws:ResourceTag/team": "all"}, True),
    ({"StringLike": {"s3:prefix": "a${*}b"}}, {"s3:prefix": "axb"}, False),
    ({"StringLike": {"s3:prefix": "a${*}b"}}, {"s3:prefix": "a*b"}, True),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "context", "holds"), CONDITIONS)
def test_documented_condition(condition, context, holds):
    said = says(one("Allow", Condition=condition), Request("s3:GetObject", OBJECT, context=context))

    assert said == ("allow" if holds else "implicit deny")


@pytest.mark.parametrize(
    ("principal", "policies", "match"),
    [
        (USER, Policies((let(USER),)), "belong into resource policies"),
        (USER, Policies(resource=FULL), "needs a Principal"),
        (USER, Policies(resource=but(USER)), "leaves open"),
        (USER, Policies(rcps=(let(USER),)), "An RCP's Principal"),
        ("", Policies((FULL,)), "needs a caller"),
        (f"arn:aws:sts::{HOME}:federated-user/ana", Policies((FULL,)), "Not modelled as a caller"),
        (f"arn:aws:sts::{HOME}:assumed-root", Policies((FULL,)), "Not modelled as a caller"),
    ],
)
def test_what_the_model_cannot_judge_it_refuses(principal, policies, match):
    with pytest.raises(ValueError, match=match):
        evaluate(Request("s3:GetObject", OBJECT, principal), policies, HOME)


def test_a_key_without_its_policy_is_refused():
    with pytest.raises(ValueError, match="has a key policy"):
        evaluate(Request("kms:Decrypt", KEY, USER), Policies((FULL,)), HOME)
