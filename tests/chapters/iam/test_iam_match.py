"""One statement, one request: wildcards, principals, conditions."""

import pytest

from cloudcrib.chapters.iam.match import (
    Request,
    action_fits,
    applies,
    arn_fits,
    conditions_hold,
    grant,
    like,
    resource_fits,
    says,
)

USER = "arn:aws:iam::111122223333:user/dev"
SESSION = "arn:aws:sts::111122223333:assumed-role/app/job"


def policy(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def test_a_star_stands_for_anything_and_a_question_mark_for_one_character():
    assert like("s3:Get*", "s3:GetObject")
    assert like("i-?", "i-7")
    assert not like("i-?", "i-77")
    assert not like("a.c", "abc")


def test_case_matters_in_resources_but_not_in_actions():
    assert action_fits("S3:getobject", "s3:GetObject")
    assert not resource_fits("arn:aws:s3:::Bucket", "arn:aws:s3:::bucket")


def test_a_star_that_ends_a_field_of_an_arn_may_run_past_the_colons_behind_it():
    queue = "arn:aws:sqs:eu-west-1:111122223333:orders"

    for pattern in ("arn:aws:sqs:*:111122223333:orders", "arn:aws:sqs:*:orders", "arn:aws:sqs:*", "arn:*", "*"):
        assert resource_fits(pattern, queue), pattern
    assert not resource_fits("arn:aws:ec2:*", queue)


def test_a_star_or_question_mark_inside_a_field_stays_in_it():
    assert resource_fits("arn:aws:sqs:eu-*-1:111122223333:q", "arn:aws:sqs:eu-west-1:111122223333:q")
    assert not resource_fits("arn:aws:sqs:eu*3:q", "arn:aws:sqs:eu-west-1:111122223333:q")
    assert not resource_fits("arn:aws:sqs:eu-west-1?111122223333:q", "arn:aws:sqs:eu-west-1:111122223333:q")


def test_the_operators_for_arns_compare_each_field_by_itself():
    assert arn_fits("arn:aws:sns:*:111122223333:*", "arn:aws:sns:eu-west-1:111122223333:t")
    assert not arn_fits("arn:aws:sns:*", "arn:aws:sns:eu-west-1:111122223333:t")


def test_a_star_in_the_resource_field_crosses_slashes():
    assert resource_fits("arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b/1/2/test/3/o.jpg")
    assert not resource_fits("arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b/1-test/o.jpg")


def test_a_bucket_pattern_does_not_cover_its_objects():
    assert not resource_fits("arn:aws:s3:::b", "arn:aws:s3:::b/key")
    assert not resource_fits("arn:aws:s3:::b/*", "arn:aws:s3:::b")


def test_a_policy_variable_is_filled_from_the_request():
    home = "arn:aws:s3:::homes/${aws:username}/*"

    assert resource_fits(home, "arn:aws:s3:::homes/dev/x", {"aws:username": "dev"})
    assert not resource_fits(home, "arn:aws:s3:::homes/ops/x", {"aws:username": "dev"})
    assert not resource_fits(home, "arn:aws:s3:::homes/ops/x")


def test_a_deny_beats_an_allow_in_the_same_policy_and_silence_is_implicit():
    mixed = policy(
        {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
        {"Effect": "Deny", "Action": "s3:Delete*", "Resource": "*"},
    )

    assert says(mixed, Request("s3:GetObject", "*")) == "allow"
    assert says(mixed, Request("s3:DeleteBucket", "*")) == "explicit deny"
    assert says(mixed, Request("ec2:RunInstances", "*")) == "implicit deny"


def test_a_statement_may_be_written_without_brackets():
    assert (
        says({"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}, Request("s3:GetObject", "*"))
        == "allow"
    )


def test_not_action_speaks_about_everything_else():
    power = {"Effect": "Allow", "NotAction": ["iam:*", "organizations:*", "account:*"], "Resource": "*"}

    assert applies(power, Request("s3:GetObject", "*"))
    assert not applies(power, Request("iam:CreateUser", "*"))


def test_not_resource_speaks_about_every_other_resource():
    keep = {"Effect": "Deny", "Action": "s3:*", "NotResource": "arn:aws:s3:::ours/*"}

    assert applies(keep, Request("s3:GetObject", "arn:aws:s3:::theirs/x"))
    assert not applies(keep, Request("s3:GetObject", "arn:aws:s3:::ours/x"))


@pytest.mark.parametrize(
    ("element", "principal", "way"),
    [
        ("*", USER, "anyone"),
        ({"AWS": "*"}, USER, "anyone"),
        ({"AWS": USER}, USER, "user"),
        ({"AWS": ["111122223333"]}, USER, "account"),
        ({"AWS": "arn:aws:iam::111122223333:root"}, SESSION, "account"),
        ({"AWS": "arn:aws:iam::111122223333:role/app"}, SESSION, "role"),
        ({"AWS": SESSION}, SESSION, "session"),
        ({"Service": "ec2.amazonaws.com"}, "ec2.amazonaws.com", "service"),
        ({"AWS": "444455556666"}, USER, None),
        ({"Service": "ec2.amazonaws.com"}, USER, None),
    ],
)
def test_a_principal_element_names_the_caller_in_one_of_these_ways(element, principal, way):
    assert grant(element, principal) == way


def test_values_are_an_or_and_keys_are_an_and():
    wanted = {"StringEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-central-1"], "aws:PrincipalTag/team": "web"}}

    assert conditions_hold(wanted, {"aws:RequestedRegion": "eu-central-1", "aws:PrincipalTag/team": "web"})
    assert not conditions_hold(wanted, {"aws:RequestedRegion": "eu-central-1", "aws:PrincipalTag/team": "ops"})
    assert not conditions_hold(wanted, {"aws:RequestedRegion": "us-east-1", "aws:PrincipalTag/team": "web"})


def test_a_missing_key_fails_a_condition_passes_a_negated_one_and_passes_if_exists():
    assert not conditions_hold({"Bool": {"aws:MultiFactorAuthPresent": "true"}}, {})
    assert conditions_hold({"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}, {})
    assert conditions_hold({"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}, {})
    assert conditions_hold({"Null": {"aws:TokenIssueTime": "true"}}, {})


def test_addresses_fall_into_ranges_or_not():
    office = {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}

    assert conditions_hold(office, {"aws:SourceIp": "203.0.113.7"})
    assert not conditions_hold(office, {"aws:SourceIp": "198.51.100.7"})
    assert conditions_hold({"NotIpAddress": office["IpAddress"]}, {"aws:SourceIp": "198.51.100.7"})


def test_the_other_operators():
    assert conditions_hold(
        {"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:111122223333:*"}},
        {"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:t"},
    )
    assert conditions_hold({"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}, {"aws:MultiFactorAuthAge": "60"})
    assert not conditions_hold({"StringNotLike": {"aws:PrincipalArn": "*admin*"}}, {"aws:PrincipalArn": "the-admin"})
    before = {"DateLessThan": {"aws:CurrentTime": "2030-01-01T00:00:00Z"}}
    assert conditions_hold(before, {"aws:CurrentTime": "2026-01-01"})
    assert not conditions_hold(before, {"aws:CurrentTime": "1900000000"})


@pytest.mark.parametrize(
    "operator", ["StringEqual", "stringequals", "NotStringEquals", "NumericNotLessThan", "BoolNot", "NullIfExists"]
)
def test_an_operator_that_aws_does_not_have_is_refused(operator):
    with pytest.raises(ValueError, match="no condition operator"):
        conditions_hold({operator: {"aws:RequestedRegion": "eu-west-1"}}, {"aws:RequestedRegion": "eu-west-1"})


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"Principals": "*"}, "no element 'Principals'"),
        ({"Effect": "deny"}, "Allow or Deny"),
        ({"Action": None}, "needs an Action"),
        ({"NotAction": "s3:*"}, "never both"),
        ({"NotPrincipal": {"AWS": USER}}, "NotPrincipal with Allow"),
        ({"Principal": {"AWS": "arn:aws:iam::111122223333:role/*"}}, "part of a Principal"),
        ({"Principal": {"CanonicalUser": "79a5"}}, "Not modelled"),
    ],
)
def test_a_statement_that_aws_refuses_or_the_model_does_not_know_is_refused(change, match):
    written = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"} | change
    statement = {key: value for key, value in written.items() if value is not None}

    with pytest.raises(ValueError, match=match):
        applies(statement, Request("s3:GetObject", "*", USER))


def test_a_variable_in_an_older_policy_is_refused():
    mine = {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::homes/${aws:username}/*"}

    with pytest.raises(ValueError, match="2012-10-17"):
        says({"Statement": mine}, Request("s3:GetObject", "arn:aws:s3:::homes/dev/x", USER))
    assert says(policy(mine), Request("s3:GetObject", "arn:aws:s3:::homes/dev/x", USER)) == "allow"


def test_a_key_with_several_values_needs_a_set_operator():
    with pytest.raises(ValueError, match="several values"):
        conditions_hold({"StringEquals": {"aws:TagKeys": "team"}}, {"aws:TagKeys": ["team", "cost"]})
