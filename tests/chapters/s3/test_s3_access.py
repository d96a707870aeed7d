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


def test_an_account_named_as_root_stands_for_all_of_it():
    assert ask({**READ, "Principal": {"AWS": "arn:aws:iam::111122223333:root"}}) == "allow"


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


def test_an_unknown_condition_is_said_so():
    with pytest.raises(ValueError, match="DateLessThan"):
        ask({**READ, "Condition": {"DateLessThan": {"aws:CurrentTime": "2030"}}})


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
