"""The graders of the labs judge the state of the account, so right solutions that look different earn everything."""

from pathlib import Path

import pytest

from cloudcrib.course.chapter import read
from cloudcrib.editions import prove

ROOT = Path(__file__).parents[3]
HEAD = "import json\nfrom cloudcrib.lab import client\n"

AUDITOR = {
    "two statements, the account by its number": """
def open_door(auditor, external_id):
    iam = client("iam")
    trust = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": auditor}, "Action": ["sts:AssumeRole"],
             "Condition": {"StringEquals": {"STS:externalid": [external_id]}}}}
    role = iam.create_role(RoleName="auditor", AssumeRolePolicyDocument=json.dumps(trust), MaxSessionDuration=7200)
    for name, action in (("instances", "EC2:Describe*"), ("people", "IAM:List*")):
        said = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]}
        iam.put_role_policy(RoleName="auditor", PolicyName=name, PolicyDocument=json.dumps(said))
    return role["Role"]["Arn"]
""",
    "everybody on a condition, duration set later": """
def open_door(auditor, external_id):
    iam = client("iam")
    only = {"StringEquals": {"aws:PrincipalAccount": auditor, "sts:ExternalId": external_id}}
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole", "Condition": only}]}
    arn = iam.create_role(RoleName="auditor", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    iam.update_role(RoleName="auditor", MaxSessionDuration=7200)
    look = {"Version": "2012-10-17", "Statement": [{"Sid": "Look", "Effect": "Allow", "Action": ["iam:List*", "ec2:Describe*"], "Resource": ["*"]}]}
    iam.put_role_policy(RoleName="auditor", PolicyName="look", PolicyDocument=json.dumps(look))
    return arn
""",
    "an Allow and a Deny for whoever sends another ID": """
def open_door(auditor, external_id):
    iam = client("iam")
    who = {"AWS": "arn:aws:iam::" + auditor + ":root"}
    trust = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": who, "Action": "sts:AssumeRole"},
        {"Effect": "Deny", "Principal": who, "Action": "sts:AssumeRole", "Condition": {"StringNotEquals": {"sts:ExternalId": external_id}}},
    ]}
    iam.create_role(RoleName="auditor", AssumeRolePolicyDocument=json.dumps(trust), MaxSessionDuration=2 * 60 * 60)
    look = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["ec2:Describe*", "iam:List*"], "Resource": "*"}]}
    iam.put_role_policy(RoleName="auditor", PolicyName="look", PolicyDocument=json.dumps(look))
    return iam.get_role(RoleName="auditor")["Role"]["Arn"]
""",
}

NIGHTLY = {
    "one policy a statement": """
def nightly_role(bucket):
    iam = client("iam")
    trust = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": ["lambda.amazonaws.com"]}, "Action": "sts:AssumeRole"}}
    arn = iam.create_role(RoleName="nightly", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    for action, place in (("s3:GetObject", "in"), ("s3:PutObject", "out")):
        said = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": [action], "Resource": f"arn:aws:s3:::{bucket}/{place}/*"}}
        iam.put_role_policy(RoleName="nightly", PolicyName=place, PolicyDocument=json.dumps(said))
    return arn
""",
    "other case, with a condition on TLS": """
def nightly_role(bucket):
    iam = client("iam")
    trust = {"Version": "2012-10-17", "Statement": [{"Sid": "Lambda", "Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": ["sts:AssumeRole"]}]}
    role = iam.create_role(RoleName="nightly", AssumeRolePolicyDocument=json.dumps(trust))["Role"]
    job = {"Version": "2012-10-17", "Statement": [
        {"Sid": "Write", "Effect": "Allow", "Action": ["S3:putobject"], "Resource": [f"arn:aws:s3:::{bucket}/out/*"]},
        {"Sid": "Read", "Effect": "Allow", "Action": ["S3:getobject"], "Resource": [f"arn:aws:s3:::{bucket}/in/*"]},
        {"Sid": "Tls", "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"AWS:SecureTransport": "false"}}},
    ]}
    iam.put_role_policy(RoleName="nightly", PolicyName="job", PolicyDocument=json.dumps(job))
    return role["Arn"]
""",
    "a role with a path, and a Deny of everything else": """
def nightly_role(bucket):
    iam = client("iam")
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
    role = iam.create_role(Path="/jobs/", RoleName="nightly", AssumeRolePolicyDocument=json.dumps(trust))["Role"]
    places = [f"arn:aws:s3:::{bucket}/in/*", f"arn:aws:s3:::{bucket}/out/*"]
    job = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": places[0]},
        {"Effect": "Allow", "Action": "s3:PutObject", "Resource": places[1]},
        {"Effect": "Deny", "Action": "*", "NotResource": places},
    ]}
    iam.put_role_policy(RoleName="nightly", PolicyName="job", PolicyDocument=json.dumps(job))
    return role["Arn"]
""",
}

TEAM = {
    "ArnEquals, and a statement for each action": """
def let_team_build(account):
    iam = client("iam")
    limit = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": a, "Resource": "*"} for a in ("logs:*", "s3:*", "dynamodb:*")]}
    boundary = iam.create_policy(PolicyName="team-boundary", PolicyDocument=json.dumps(limit))["Policy"]["Arn"]
    only = {"ArnEquals": {"iam:PermissionsBoundary": boundary}}
    said = [{"Effect": "Allow", "Action": a, "Resource": "*", "Condition": only} for a in ("iam:CreateRole", "iam:AttachRolePolicy", "iam:PutRolePolicy")]
    made = iam.create_policy(PolicyName="team-developers", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": said}))
    return {"boundary": boundary, "developers": made["Policy"]["Arn"]}
""",
    "an Allow, and a Deny without the boundary": """
def let_team_build(account):
    iam = client("iam")
    limit = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["s3:*", "dynamodb:*", "logs:*"], "Resource": "*"}}
    boundary = iam.create_policy(PolicyName="team-boundary", PolicyDocument=json.dumps(limit))["Policy"]["Arn"]
    roles = f"arn:aws:iam::{account}:role/*"
    calls = ["iam:CreateRole", "iam:AttachRolePolicy", "iam:PutRolePolicy"]
    said = [{"Effect": "Allow", "Action": calls, "Resource": roles},
            {"Effect": "Deny", "Action": calls, "Resource": "*", "Condition": {"StringNotEquals": {"iam:PermissionsBoundary": boundary}}}]
    made = iam.create_policy(PolicyName="team-developers", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": said}))
    return {"developers": made["Policy"]["Arn"], "boundary": boundary}
""",
    "the boundary's ARN written out, key in other case": """
def let_team_build(account):
    iam = client("iam")
    name = "arn:aws:iam::" + account + ":policy/team-boundary"
    only = {"StringEquals": {"IAM:permissionsboundary": [name]}}
    said = {"Effect": "Allow", "Action": ["IAM:createrole", "IAM:attachrolepolicy", "IAM:putrolepolicy"], "Resource": ["*"], "Condition": only}
    developers = iam.create_policy(PolicyName="team-developers", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": said}))
    limit = {"Sid": "Limit", "Effect": "Allow", "Action": ["dynamodb:*", "logs:*", "s3:*"], "Resource": ["*"]}
    iam.create_policy(PolicyName="team-boundary", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [limit]}))
    return {"boundary": name, "developers": developers["Policy"]["Arn"]}
""",
}

RIGHT = [
    pytest.param(lab, source, id=f"{lab}: {name}")
    for lab, answers in (
        ("iam-lab-external-id", AUDITOR),
        ("iam-lab-least-privilege", NIGHTLY),
        ("iam-lab-boundary", TEAM),
    )
    for name, source in answers.items()
]


@pytest.fixture(scope="module")
def chapter():
    return read(ROOT / "chapters" / "01-iam")


@pytest.mark.xdist_group("iam-labs")
@pytest.mark.parametrize(("lab", "source"), RIGHT)
def test_a_right_solution_earns_everything_whatever_it_looks_like(lab, source, chapter, monkeypatch, tmp_path):
    monkeypatch.setenv("CLOUDCRIB_ROOT", str(ROOT))
    monkeypatch.setenv("CLOUDCRIB_DATA", str(tmp_path))
    exercise = chapter.exercise(lab)

    points, earned, report = prove._points(chapter, exercise, HEAD + source, {"__name__": "__main__"})

    assert (points, earned) == (exercise.points, exercise.points), report
