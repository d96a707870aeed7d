"""The practice account: boto3 on moto, no credentials, nothing left over."""

from __future__ import annotations

import pytest

from cloudcrib import lab

REGION = "eu-west-1"


@pytest.fixture(autouse=True)
def _empty() -> None:
    lab.fresh()


def test_what_is_built_can_be_read_back() -> None:
    lab.client("ec2", REGION).create_vpc(CidrBlock="10.0.0.0/16")

    blocks = [vpc["CidrBlock"] for vpc in lab.client("ec2", REGION).describe_vpcs()["Vpcs"]]

    assert "10.0.0.0/16" in blocks


def test_fresh_leaves_nothing_of_what_was_built() -> None:
    lab.client("s3").create_bucket(Bucket="mine")

    lab.fresh()

    assert lab.client("s3").list_buckets()["Buckets"] == []


def test_a_client_made_before_fresh_works_after_it() -> None:
    s3 = lab.client("s3")

    lab.fresh()
    s3.create_bucket(Bucket="mine")

    assert len(lab.client("s3").list_buckets()["Buckets"]) == 1


def test_no_credentials_of_the_learners_own_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "real")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "real")

    made = lab.client("sts")._request_signer._credentials

    assert made.access_key == "practice"


def test_links_are_signed_with_version_four() -> None:
    link = lab.client("s3").generate_presigned_url("get_object", Params={"Bucket": "b", "Key": "k"}, ExpiresIn=60)

    assert "X-Amz-Signature=" in link and "X-Amz-Expires=60" in link
