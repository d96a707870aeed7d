"""An AWS account to practise on: boto3 on moto, no credentials, no cost, no network."""

from __future__ import annotations

import os
from typing import Any

from cloudcrib.kit import thrift

ENDPOINT = "CLOUDCRIB_LAB_ENDPOINT"  # a moto server outside this process; the grader sets it
_started: list[Any] = []


def client(service: str, region: str = "us-east-1") -> Any:
    """A boto3 client of the practice account: `client("ec2", "eu-west-1")`."""
    _account()
    import boto3

    if service == "ec2" and ENDPOINT not in os.environ:
        thrift.images_when_asked_for()
    return boto3.client(
        service, region_name=region, endpoint_url=os.environ.get(ENDPOINT), **_credentials(), **_signing(service)
    )


def resource(service: str, region: str = "us-east-1") -> Any:
    """A boto3 resource of the practice account."""
    _account()
    import boto3

    return boto3.resource(service, region_name=region, endpoint_url=os.environ.get(ENDPOINT), **_credentials())


def fresh() -> None:
    """Empty the practice account: nothing that was built before is left."""
    _account()
    if endpoint := os.environ.get(ENDPOINT):
        import urllib.request

        urllib.request.urlopen(urllib.request.Request(f"{endpoint}/moto-api/reset", method="POST"), timeout=30).read()
    else:
        from moto.moto_api._internal.models import moto_api_backend

        moto_api_backend.reset()


def _signing(service: str) -> dict[str, Any]:
    """S3 links are signed as AWS wants them today, with Signature Version 4; boto3 alone would use Version 2 in us-east-1."""
    from botocore.config import Config

    return {"config": Config(signature_version="s3v4")} if service == "s3" else {}


def _credentials() -> dict[str, str]:
    return {"aws_access_key_id": "practice", "aws_secret_access_key": "practice"}


def _account() -> None:
    """Start moto in this process, once, unless a server stands in for it."""
    os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")
    if _started or os.environ.get(ENDPOINT):
        return
    from moto import mock_aws

    thrift.methods_once()
    account = mock_aws()
    account.start()
    _started.append(account)
