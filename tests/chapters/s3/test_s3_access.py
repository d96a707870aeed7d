"""Bucket policies, presigned URLs, and the way through encryption."""

import pytest

from cloudcrib.chapters.s3 import access
from cloudcrib.chapters.s3.access import Request

READER = "arn:aws:iam::111122223333:role/reader"
OBJECT = "arn:aws:s3:::b/a.txt"
READ = {"Effect": "Allow", "Principal": {"AWS": READER}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}
TLS = {
    "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
    "Condition": {"Bool": {"aws:SecureTransport": False}},
}  # fmt: skip


def ask(*statements, who=READER, resource=OBJECT, **context):
    request = Request(who, "s3:GetObject", resource, {key.replace("_", ":"): value for key, value in context.items()})
    return access.decide({"Statement": list(statements)}, request)


def test_an_allow_reaches_only_whom_it_names():
    assert ask(READ) == "allow"
    assert ask(READ, who="arn:aws:iam::111122223333:role/other") == "no word"


def test_a_bucket_arn_does_not_cover_its_objects():
    assert ask({**READ, "Resource": "arn:aws:s3:::b"}) == "no word"


def test_a_deny_beats_an_allow_and_an_identity_policy():
    assert ask(READ, TLS, aws_SecureTransport="false") == "deny"
    assert ask(READ, TLS, aws_SecureTransport="true") == "allow"
    plain = Request(READER, "s3:GetObject", OBJECT, {"aws:SecureTransport": "false"})
    assert access.decide({"Statement": TLS}, plain, identity_allows=True) == "deny"


def test_a_negated_condition_holds_when_the_key_is_absent():
    elsewhere = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": "*",
        "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}},
    }

    assert ask(READ, elsewhere) == "deny"
    assert ask(READ, elsewhere, aws_SourceVpce="vpce-1") == "allow"


def test_if_exists_holds_when_the_key_is_absent():
    plain = {**TLS, "Condition": {"BoolIfExists": {"aws:SecureTransport": "false"}}}

    assert ask(READ, plain) == "deny"
    assert ask(READ, plain, aws_SecureTransport="true") == "allow"


def test_actions_are_the_same_in_capitals():
    assert ask({**READ, "Action": "S3:getobject"}) == "allow"


def test_a_link_lives_no_longer_than_its_signer():
    assert access.link_life(12 * 3600, 3600) == 3600
    assert access.link_life(access.WEEK) == access.WEEK
    with pytest.raises(ValueError, match="7 days"):
        access.link_life(8 * 24 * 3600)


def test_a_signature_is_the_one_of_the_documentation():
    scope = "20130524/us-east-1/s3/aws4_request"
    asks = "3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04"

    found = access.signature(
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", scope, f"AWS4-HMAC-SHA256\n20130524T000000Z\n{scope}\n{asks}"
    )

    assert found == "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"


def test_kms_is_asked_only_for_its_own_keys():
    assert access.kms_calls("PUT", "SSE-KMS") == ("GenerateDataKey",)
    assert access.kms_calls("GET", "SSE-KMS") == ("Decrypt",)
    assert access.kms_calls("multipart", "DSSE-KMS") == ("GenerateDataKey", "Decrypt")
    assert access.kms_calls("PUT", "SSE-S3") == ()


@pytest.mark.parametrize("encryption", ["SSE-S3", "SSE-KMS", "DSSE-KMS", "SSE-C", "client-side"])
@pytest.mark.parametrize("operation", ["PUT", "GET"])
def test_a_path_begins_and_ends_with_you(operation, encryption):
    hops = access.path(operation, encryption)

    assert hops[0].sender == "you"
    assert hops[-1].receiver == "you"


def test_only_sse_c_sends_the_key_along():
    assert "key" in access.path("PUT", "SSE-C")[0].says
    assert [hop.says for hop in access.path("PUT", "client-side") if "key" in hop.says] == []
    assert len(access.path("PUT", "client-side")) > 1


ACCOUNT, PARTNER = "111122223333", "444455556666"
SESSION = f"arn:aws:sts::{ACCOUNT}:assumed-role/reader/i-0abc"
GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/"
PRINCIPAL = GUIDE + "reference_policies_elements_principal.html"
OPERATORS = GUIDE + "reference_policies_elements_condition_operators.html"
CONDITION = GUIDE + "reference_policies_elements_condition.html"
LOGIC = GUIDE + "reference_policies_evaluation-logic_policy-eval-basics-req-authz.html"
ACROSS = GUIDE + "reference_policies_evaluation-logic-cross-account.html"
ELEMENTS = GUIDE + "reference_policies_elements.html"
VARIABLES = GUIDE + "reference_policies_variables.html"


def named(*names, **more):
    return READ | {"Principal": {"AWS": list(names)}} | more


def when(operator, key, *values):
    return named("*", Condition={operator: {key: list(values)}})


WHO = [  # where AWS says so, statement, caller, whether identity policies allow, the bucket's account, answer
    (PRINCIPAL, named(READER), READER, False, None, "allow"),
    (PRINCIPAL, named(READER), SESSION, False, None, "allow"),
    (PRINCIPAL, named(f"arn:aws:iam::{ACCOUNT}:role/team/a/reader"), SESSION, False, None, "allow"),
    (PRINCIPAL, named(SESSION), SESSION, False, None, "allow"),
    (PRINCIPAL, named(SESSION), SESSION.replace("i-0abc", "i-0def"), False, None, "no word"),
    (PRINCIPAL, named(f"arn:aws:iam::{PARTNER}:role/reader"), SESSION, False, None, "no word"),
    (PRINCIPAL, named(f"arn:aws:iam::{ACCOUNT}:root"), READER, False, None, "no word"),
    (PRINCIPAL, named(f"arn:aws:iam::{ACCOUNT}:root"), READER, True, None, "allow"),
    (PRINCIPAL, named(f"arn:aws:iam::{ACCOUNT}:root"), f"arn:aws:iam::{ACCOUNT}:root", False, None, "allow"),
    (PRINCIPAL, named(ACCOUNT, Effect="Deny"), READER, True, None, "deny"),
    (PRINCIPAL, named(ACCOUNT, Effect="Deny"), SESSION, True, None, "deny"),
    (PRINCIPAL, named(PARTNER, Effect="Deny"), READER, True, None, "allow"),
    (PRINCIPAL, named("*"), "*", False, None, "allow"),
    (PRINCIPAL, READ | {"Principal": "*"}, READER, False, None, "allow"),
    (PRINCIPAL, named("*"), "*", False, ACCOUNT, "allow"),
    (PRINCIPAL, READ | {"Principal": {"Service": "cloudfront.amazonaws.com"}}, "cloudfront.amazonaws.com", False, ACCOUNT, "allow"),
    (LOGIC, named(PARTNER), READER, False, None, "no word"),
    (LOGIC, named(PARTNER), READER, True, None, "allow"),
    (ACROSS, named(READER), READER, False, PARTNER, "no word"),
    (ACROSS, named(READER), READER, True, PARTNER, "allow"),
    (ACROSS, named(ACCOUNT), READER, True, PARTNER, "allow"),
    (ACROSS, named(ACCOUNT), READER, False, PARTNER, "no word"),
    (ACROSS, named(PARTNER), READER, True, PARTNER, "no word"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "statement", "who", "identity", "owner", "answer"), WHO)
def test_who_is_reached_is_what_aws_documents(source, statement, who, identity, owner, answer):
    found = access.decide({"Statement": [statement]}, Request(who, "s3:GetObject", OBJECT), identity, owner)

    assert found == answer, source


WHEN = [  # where AWS says so, operator, key, values, what the request carries, whether the condition holds
    (CONDITION, "Bool", "AWS:SECURETRANSPORT", ["false"], {"aws:SecureTransport": "false"}, True),
    (CONDITION, "StringEquals", "S3:Prefix", ["a/"], {"s3:prefix": "a/"}, True),
    (CONDITION, "StringEquals", "aws:SourceVpce", ["vpce-1", "vpce-2"], {"aws:SourceVpce": "vpce-2"}, True),
    (CONDITION, "StringNotEquals", "aws:SourceVpce", ["vpce-1", "vpce-2"], {"aws:SourceVpce": "vpce-2"}, False),
    (OPERATORS, "StringEquals", "aws:PrincipalTag/team", ["Ops"], {"aws:PrincipalTag/team": "ops"}, False),
    (OPERATORS, "StringEquals", "s3:prefix", ["a*"], {"s3:prefix": "abc"}, False),
    (OPERATORS, "StringEqualsIgnoreCase", "aws:PrincipalTag/team", ["Ops"], {"aws:PrincipalTag/team": "ops"}, True),
    (OPERATORS, "StringNotEqualsIgnoreCase", "aws:PrincipalTag/team", ["Ops"], {"aws:PrincipalTag/team": "ops"}, False),
    (OPERATORS, "StringLike", "s3:prefix", ["home/?/*"], {"s3:prefix": "home/x/y"}, True),
    (OPERATORS, "StringNotLike", "s3:prefix", ["home/*"], {}, True),
    (OPERATORS, "Bool", "aws:SecureTransport", ["false"], {}, False),
    (OPERATORS, "BoolIfExists", "aws:SecureTransport", ["false"], {}, True),
    (OPERATORS, "StringEqualsIfExists", "aws:SourceVpce", ["vpce-1"], {}, True),
    (OPERATORS, "StringEqualsIfExists", "aws:SourceVpce", ["vpce-1"], {"aws:SourceVpce": "vpce-2"}, False),
    (OPERATORS, "Null", "s3:x-amz-server-side-encryption", ["true"], {}, True),
    (OPERATORS, "Null", "s3:x-amz-server-side-encryption", ["true"], {"s3:x-amz-server-side-encryption": "aws:kms"}, False),
    (OPERATORS, "Null", "s3:x-amz-server-side-encryption", ["false"], {"s3:x-amz-server-side-encryption": "aws:kms"}, True),
    (OPERATORS, "NumericLessThan", "s3:TlsVersion", ["1.2"], {"s3:TlsVersion": "1.1"}, True),
    (OPERATORS, "NumericLessThan", "s3:TlsVersion", ["1.2"], {}, False),
    (OPERATORS, "NumericNotEquals", "s3:max-keys", ["10"], {}, True),
    (OPERATORS, "NumericGreaterThanEquals", "s3:signatureAge", ["600000"], {"s3:signatureAge": "600000"}, True),
    (OPERATORS, "DateGreaterThan", "aws:CurrentTime", ["2026-12-01T00:00:00Z"], {"aws:CurrentTime": "2026-11-29T00:00:00Z"}, False),
    (OPERATORS, "IpAddress", "aws:SourceIp", ["203.0.113.0/24"], {"aws:SourceIp": "203.0.113.7"}, True),
    (OPERATORS, "NotIpAddress", "aws:SourceIp", ["203.0.113.0/24"], {}, True),
    (OPERATORS, "ArnLike", "aws:SourceArn", ["arn:aws:s3:::logs-*"], {"aws:SourceArn": "arn:aws:s3:::logs-eu"}, True),
    (OPERATORS, "ArnEquals", "aws:SourceArn", ["arn:aws:*:topic"], {"aws:SourceArn": "arn:aws:sns:eu-west-1:1:topic"}, False),
    (OPERATORS, "ArnNotEquals", "aws:PrincipalArn", [READER], {}, False),
]  # fmt: skip


@pytest.mark.parametrize(("source", "operator", "key", "values", "carried", "holding"), WHEN)
def test_a_condition_holds_as_aws_documents(source, operator, key, values, carried, holding):
    request = Request(READER, "s3:GetObject", OBJECT, carried)

    assert access.applies(when(operator, key, *values), request) is holding, source


WHAT = [  # where AWS says so, elements, what is asked for, whether the statement speaks about it
    (ELEMENTS, {"Action": "s3:*"}, "s3:GetObject", OBJECT, True),
    (ELEMENTS, {"Action": "S3:GET*"}, "s3:GetObjectVersion", OBJECT, True),
    (ELEMENTS, {"Action": "s3:Get?bject"}, "s3:GetObject", OBJECT, True),
    (ELEMENTS, {"Action": "s3:[GP]etObject"}, "s3:GetObject", OBJECT, False),
    (ELEMENTS, {"NotAction": "s3:GetObject"}, "s3:GetObject", OBJECT, False),
    (ELEMENTS, {"NotAction": "s3:GetObject"}, "s3:PutObject", OBJECT, True),
    (ELEMENTS, {"NotResource": "arn:aws:s3:::b/public/*"}, "s3:GetObject", OBJECT, True),
    (ELEMENTS, {"Resource": "arn:aws:s3:::B/*"}, "s3:GetObject", OBJECT, False),
    (VARIABLES, {"Resource": "arn:aws:s3:::b/${aws:username}/*"}, "s3:GetObject", "arn:aws:s3:::b/ann/x", True),
    (VARIABLES, {"Resource": "arn:aws:s3:::b/${aws:username}/*"}, "s3:GetObject", "arn:aws:s3:::b/bob/x", False),
    (VARIABLES, {"Resource": "arn:aws:s3:::b/${aws:PrincipalTag/team}/*"}, "s3:GetObject", OBJECT, False),
]


@pytest.mark.parametrize(("source", "elements", "action", "resource", "speaks"), WHAT)
def test_a_statement_speaks_about_what_aws_documents(source, elements, action, resource, speaks):
    bare = {key: value for key, value in READ.items() if f"Not{key}" not in elements}
    request = Request(READER, action, resource, {"aws:UserName": "ann"})

    assert access.applies(bare | elements, request) is speaks, source


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ({"Effect": "Deny", "NotPrincipal": {"AWS": READER}, "Action": "s3:*", "Resource": "*"}, "NotPrincipal"),
        (READ | {"Principal": {"Federated": "cognito-identity.amazonaws.com"}}, "Federated"),
        (READ | {"Principal": {"CanonicalUser": "79a5"}}, "CanonicalUser"),
        (when("ForAllValues:StringEquals", "s3:RequestObjectTagKeys", "a"), "ForAllValues:StringEquals"),
        (when("StringEqual", "s3:prefix", "a"), "'StringEqual'"),
        (when("NullIfExists", "s3:prefix", "true"), "NullIfExists"),
        (READ | {"Resource": "arn:aws:s3:::b/${aws:username, 'guest'}/*"}, "guest"),
        (when("StringEquals", "s3:prefix", "${aws:userid}"), "aws:userid"),
    ],
)
def test_what_is_not_modelled_is_refused(statement, said):
    with pytest.raises(access.NotModelled, match="does not know") as raised:
        access.decide({"Version": "2012-10-17", "Statement": statement}, Request(READER, "s3:PutObject", OBJECT))

    assert said in str(raised.value)


def test_variables_need_the_version_that_has_them():
    old = {"Version": "2008-10-17", "Statement": READ | {"Resource": "arn:aws:s3:::b/${aws:username}/*"}}

    with pytest.raises(access.NotModelled, match="2012-10-17"):
        access.decide(old, Request(READER, "s3:GetObject", OBJECT))


def test_the_role_behind_a_session_has_to_be_given():
    """A session's ARN lacks the path of its role, which aws:PrincipalArn shows."""
    deny = {**TLS, "Condition": {"ArnNotEquals": {"aws:PrincipalArn": READER}}}

    with pytest.raises(access.NotModelled, match="PrincipalArn of a session"):
        ask(deny, who=SESSION)
    assert ask(READ, deny, who=SESSION, aws_PrincipalArn=READER) == "allow"


@pytest.mark.parametrize(
    ("principal", "said"),
    [("arn:aws:iam::111122223333:user/ann", "no Principal"), ({"AWS": "arn:aws:iam::111122223333:role/*"}, "wildcard")],
)
def test_a_principal_that_s3_refuses_is_an_error(principal, said):
    with pytest.raises(ValueError, match=said):
        access.applies(READ | {"Principal": principal}, Request(READER, "s3:GetObject", OBJECT))


@pytest.mark.parametrize("missing", ["Principal", "Action", "Resource"])
def test_a_statement_names_who_what_and_on_what(missing):
    with pytest.raises(ValueError, match=missing):
        access.applies({k: v for k, v in READ.items() if k != missing}, Request(READER, "s3:GetObject", OBJECT))
