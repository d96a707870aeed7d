"""The labs of S3 take right answers that look different, and name what they cannot judge."""

from pathlib import Path

import pytest

from cloudcrib import client
from cloudcrib.course import regions
from cloudcrib.course.chapter import read
from cloudcrib.exercise.check import examine

CHAPTER = read(Path(__file__).parents[3] / "chapters" / "02-s3")
HEAD = "import json\ns3 = client('s3', 'eu-west-1')\n"
BLOCK = """
    on = {n: True for n in ("RestrictPublicBuckets", "BlockPublicPolicy", "IgnorePublicAcls", "BlockPublicAcls")}
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=on)
    both = ["arn:aws:s3:::" + bucket, "arn:aws:s3:::" + bucket + "/*"]
"""
GUARD = f"def guard(bucket, reader):{BLOCK}    policy = %s\n    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))\n"
RULES = "def age_logs(bucket):\n    rules = %s\n    s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={'Rules': rules})\n"
LINK = "def upload_link(bucket, key, minutes):\n    return s3.generate_presigned_url(%s)\n"
UNDELETE = "def undelete(bucket):\n    shown = set()\n%s    return sorted(shown)\n"


def report(lab, source):
    """What an answer earns in a lab, and the report on it."""
    names = {"client": client}
    exec(HEAD + source, names)
    exercise = CHAPTER.exercise(lab)
    done = examine(lab, regions.whole(CHAPTER.expand(exercise.tests.source)), names)
    return done.earned / done.points, done.report()


ROLE_READS = '{"Effect": "Allow", "Principal": {"AWS": [reader]}, "Action": ["s3:GetObject"], "Resource": [both[0] + "/reports/*"]}'


@pytest.mark.parametrize(
    "policy",
    [
        '{"Statement": [{"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "S3:*", "Resource": both, "Condition": '
        '{"Bool": {"AWS:SecureTransport": [False]}}}, %s]}',
        '{"Version": "2012-10-17", "Statement": [%s] + [{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": r, '
        '"Condition": {"StringNotEqualsIgnoreCase": {"aws:securetransport": "TRUE"}}} for r in both]}',
        '{"Version": "2012-10-17", "Statement": [%s, {"Effect": "Deny", "Principal": "*", "NotAction": "iam:*", "Resource": '
        'both[0] + "*", "Condition": {"BoolIfExists": {"aws:SecureTransport": "false"}}}]}',
        '{"Version": "2012-10-17", "Statement": [%s, {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": both, '
        '"Condition": {"Bool": {"aws:SecureTransport": "false"}, "Null": {"aws:SecureTransport": "false"}}}]}',
    ],
    ids=["capitals", "a statement for each ARN", "one pattern for both ARNs", "two conditions"],
)
def test_a_guarded_bucket_may_be_said_in_many_ways(policy):
    earned, said = report("s3-lab-guarded-bucket", GUARD % (policy % ROLE_READS))

    assert earned == 1, said


def test_an_element_that_the_model_does_not_know_is_named():
    policy = f'{{"Statement": [{ROLE_READS}, {{"Effect": "Deny", "NotPrincipal": {{"AWS": reader}}, "Action": "s3:*", "Resource": both}}]}}'

    earned, said = report("s3-lab-guarded-bucket", GUARD % policy)

    assert earned < 1
    assert "does not know NotPrincipal" in said


def test_an_account_is_not_a_role():
    """An Allow for the whole account leaves it to the account's policies, and the role alone was asked for."""
    whole = ROLE_READS.replace("[reader]", 'reader.split(":")[4]')

    earned, said = report("s3-lab-guarded-bucket", GUARD % f'{{"Statement": [{whole}]}}')

    assert earned < 1
    assert "The role cannot read reports/a.pdf" in said


MOVES = '"Transitions": [{"StorageClass": "DEEP_ARCHIVE", "Days": 90}, {"StorageClass": "STANDARD_IA", "Days": 30}]'
END = '"Expiration": {"Days": 365}'
OLD = '"NoncurrentVersionExpiration": {"NoncurrentDays": 14}'
PARTS = '"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}'
PREFIX = '"Status": "Enabled", "Filter": {"Prefix": "logs/"}'


@pytest.mark.parametrize(
    "rules",
    [
        f'[{{"ID": "all", {PREFIX}, {MOVES}, {END}, {OLD}, {PARTS}}}]',
        f'[{{"ID": "a", {PREFIX}, {MOVES}}}, {{"ID": "b", {PREFIX}, {END}, {OLD}}}, {{"ID": "c", {PREFIX}, {PARTS}}}]',
        f'[{{"ID": "old", "Status": "Enabled", "Prefix": "logs/", {MOVES}, {END}, {OLD}, {PARTS}}}]',
    ],
    ids=["one rule", "three rules", "the older form of the prefix"],
)
def test_an_ageing_rule_may_be_said_in_many_ways(rules):
    earned, said = report("s3-lab-ageing-rule", RULES % rules)

    assert earned == 1, said


@pytest.mark.parametrize(
    "call",
    [
        '"put_object", {"Bucket": bucket, "Key": key}, minutes * 60',
        'ClientMethod="put_object", Params=dict(Key=key, Bucket=bucket), ExpiresIn=60 * minutes, HttpMethod="PUT"',
        '"put_object", ExpiresIn=int(minutes * 60.0), Params={"Key": key, "Bucket": bucket}',
    ],
    ids=["by position", "by name", "in another order"],
)
def test_a_link_may_be_made_in_many_ways(call):
    earned, said = report("s3-lab-upload-link", LINK % call)

    assert earned == 1, said


@pytest.mark.parametrize(
    "body",
    [
        """    for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
        newest = {}
        for v in page["Versions"]:
            newest[v["Key"]] = max(newest.get(v["Key"], v["LastModified"]), v["LastModified"])
        hidden = {m["Key"] for m in page.get("DeleteMarkers", []) if m["IsLatest"]}
        for m in page.get("DeleteMarkers", []):
            if m["Key"] in hidden and m["LastModified"] >= newest[m["Key"]]:
                s3.delete_object(Bucket=bucket, Key=m["Key"], VersionId=m["VersionId"])
                shown.add(m["Key"])
""",
        """    while True:
        page = s3.list_object_versions(Bucket=bucket)
        tops = [{"Key": m["Key"], "VersionId": m["VersionId"]} for m in page.get("DeleteMarkers", []) if m["IsLatest"]]
        if not tops:
            break
        s3.delete_objects(Bucket=bucket, Delete={"Objects": tops})
        shown |= {top["Key"] for top in tops}
""",
        """    def top(key):
        page = s3.list_object_versions(Bucket=bucket, Prefix=key)
        return next((m for m in page.get("DeleteMarkers", []) if m["IsLatest"] and m["Key"] == key), None)
    for key in {m["Key"] for m in s3.list_object_versions(Bucket=bucket)["DeleteMarkers"]}:
        while marker := top(key):
            s3.delete_object(Bucket=bucket, Key=key, VersionId=marker["VersionId"])
            shown.add(key)
""",
    ],
    ids=["by time", "in batches", "key by key"],
)
def test_objects_may_be_brought_back_in_many_ways(body):
    earned, said = report("s3-lab-undelete", UNDELETE % body)

    assert earned == 1, said
