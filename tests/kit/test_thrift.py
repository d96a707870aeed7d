"""What is made once or later is the same to whoever uses the practice account."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from cloudcrib import lab

REGION = "eu-west-1"
LOOK = """
import json, os
os.environ.update(AWS_ACCESS_KEY_ID="practice", AWS_SECRET_ACCESS_KEY="practice")
import boto3, moto
with moto.mock_aws():
    ec2 = boto3.client("ec2", "eu-west-1")
    snapshots = ec2.describe_snapshots()["Snapshots"]
    images = ec2.describe_images()["Images"]
print(json.dumps([[image["ImageId"] for image in images], len(snapshots), sorted(dir(ec2))]))
"""


@pytest.fixture
def ec2() -> Any:
    lab.fresh()
    return lab.client("ec2", REGION)


def test_an_account_lists_the_images_and_snapshots_that_motos_own_lists_and_its_clients_have_the_same_methods(
    ec2: Any,
) -> None:
    plain = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True, timeout=300)
    images, snapshots, methods = json.loads(plain.stdout)

    assert len(ec2.describe_snapshots()["Snapshots"]) == snapshots
    assert [image["ImageId"] for image in ec2.describe_images()["Images"]] == images
    assert sorted(dir(ec2)) == methods


def test_an_image_of_ones_own_stands_among_the_others_and_is_gone_from_an_emptied_account(ec2: Any) -> None:
    mine = ec2.register_image(Name="mine", RootDeviceName="/dev/sda1")["ImageId"]

    ids = {image["ImageId"] for image in ec2.describe_images()["Images"]}
    lab.fresh()
    later = {image["ImageId"] for image in ec2.describe_images()["Images"]}

    assert mine in ids and mine not in later
    assert ids - {mine} == later and len(later) > 1000


def test_a_deregistered_image_stays_away(ec2: Any) -> None:
    first = ec2.describe_images()["Images"][0]["ImageId"]

    ec2.deregister_image(ImageId=first)

    assert first not in {image["ImageId"] for image in ec2.describe_images()["Images"]}


def test_clients_share_methods_and_nothing_else() -> None:
    here, there = lab.client("ec2", REGION), lab.client("ec2", "us-east-1")

    here.describe_vpcs = lambda: "mine"

    assert there.describe_vpcs()["Vpcs"]
    assert lab.client("ec2", REGION).meta.region_name == REGION != there.meta.region_name
    assert "VPC" in str(there.describe_vpcs.__doc__)
