"""Each lab of the chapter gives full marks to right solutions that look different."""

import os
from functools import cache
from pathlib import Path

import pytest

from cloudcrib import client
from cloudcrib.course import regions
from cloudcrib.course.chapter import Chapter, read
from cloudcrib.exercise.check import examine

CHAPTER = Path(__file__).parents[3] / "chapters" / "05-ec2"

LAUNCHED = {
    "a network interface, the profile's ARN, a tag afterwards": """
def launch_web(region, subnet_id, group_id):
    ec2 = client("ec2", region)
    found = ec2.describe_images(Owners=["self"])["Images"]
    named = sorted((i["Name"], i["ImageId"]) for i in found if i["Name"].startswith("al2023-"))
    arn = client("iam", region).get_instance_profile(InstanceProfileName="web")["InstanceProfile"]["Arn"]
    made = ec2.run_instances(
        ImageId=named[-1][1], MinCount=1, MaxCount=1, InstanceType="t4g.small",
        NetworkInterfaces=[{"DeviceIndex": 0, "SubnetId": subnet_id, "Groups": [group_id]}],
        IamInstanceProfile={"Arn": arn},
        MetadataOptions={"HttpTokens": "required", "HttpPutResponseHopLimit": 1, "HttpEndpoint": "enabled"},
        BlockDeviceMappings=[{"DeviceName": "/dev/xvda", "Ebs": {
            "VolumeSize": 20, "VolumeType": "gp3", "Encrypted": True, "DeleteOnTermination": True}}],
    )["Instances"][0]["InstanceId"]
    ec2.create_tags(Resources=[made], Tags=[{"Key": "Name", "Value": "web"}])
    return made
""",
    "pages, a second filter, metadata afterwards": """
def launch_web(region, subnet_id, group_id):
    ec2 = client("ec2", region)
    pages = ec2.get_paginator("describe_images").paginate(
        Owners=["self"], Filters=[{"Name": "name", "Values": ["al2023-*"]}, {"Name": "state", "Values": ["available"]}]
    )
    newest = sorted((image for page in pages for image in page["Images"]), key=lambda i: i["Name"], reverse=True)[0]
    id = ec2.run_instances(
        ImageId=newest["ImageId"], MinCount=1, MaxCount=1, InstanceType="t4g.small", SubnetId=subnet_id,
        SecurityGroupIds=[group_id], IamInstanceProfile={"Name": "web"},
        BlockDeviceMappings=[{"DeviceName": "/dev/xvda", "Ebs": {
            "VolumeSize": 20, "VolumeType": "gp3", "Encrypted": True, "DeleteOnTermination": True}}],
        TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "team", "Value": "a"}, {"Key": "Name", "Value": "web"}]}],
    )["Instances"][0]["InstanceId"]
    ec2.modify_instance_metadata_options(
        InstanceId=id, HttpTokens="required", HttpPutResponseHopLimit=1, HttpEndpoint="enabled"
    )
    return id
""",
    "a request put together in steps, a tag for the volume as well": """
def launch_web(region, subnet_id, group_id):
    ec2 = client("ec2", region)
    images = ec2.describe_images(Owners=["self"], Filters=[{"Name": "name", "Values": ["al2023-*"]}])["Images"]
    images.sort(key=lambda image: image["Name"])
    tag = [{"Key": "Name", "Value": "web"}]
    request = dict(ImageId=images.pop()["ImageId"], MinCount=1, MaxCount=1, InstanceType="t4g.small")
    request |= dict(SubnetId=subnet_id, SecurityGroupIds=[group_id], IamInstanceProfile=dict(Name="web"))
    request["MetadataOptions"] = {"HttpTokens": "required", "HttpPutResponseHopLimit": 1}
    request["BlockDeviceMappings"] = [{"DeviceName": "/dev/xvda", "Ebs": {
        "Encrypted": True, "DeleteOnTermination": True, "VolumeType": "gp3", "VolumeSize": 20}}]
    request["TagSpecifications"] = [{"ResourceType": kind, "Tags": tag} for kind in ("volume", "instance")]
    return ec2.run_instances(**request)["Instances"][0]["InstanceId"]
""",
}
GROUPED = {
    "one call for each rule, with a description": """
def build_groups(region, vpc_id):
    ec2 = client("ec2", region)
    made = {}
    for name, port, before in (("alb", 443, None), ("web", 8080, "alb"), ("db", 5432, "web")):
        made[name] = ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc_id)["GroupId"]
        source = (
            {"UserIdGroupPairs": [{"GroupId": made[before], "Description": "the tier before"}]}
            if before else {"IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "everybody"}]}
        )
        ec2.authorize_security_group_ingress(
            GroupId=made[name], IpPermissions=[{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **source}]
        )
    return made
""",
    "the short form of a rule with an address, the protocol by its number": """
def build_groups(region, vpc_id):
    ec2 = client("ec2", region)
    new = lambda name: ec2.create_security_group(GroupName=name, Description="a tier", VpcId=vpc_id)["GroupId"]
    alb, web, db = new("alb"), new("web"), new("db")
    ec2.authorize_security_group_ingress(GroupId=alb, IpProtocol="tcp", FromPort=443, ToPort=443, CidrIp="0.0.0.0/0")
    for group, port, source in ((web, 8080, alb), (db, 5432, web)):
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[
            {"IpProtocol": "6", "FromPort": port, "ToPort": port, "UserIdGroupPairs": [{"GroupId": source}]}])
    return {"db": db, "web": web, "alb": alb}
""",
    "a rule too many that is taken back, ids looked up": """
def build_groups(region, vpc_id):
    ec2 = client("ec2", region)
    for name in ("db", "web", "alb"):
        ec2.create_security_group(GroupName=name, Description=name + " tier", VpcId=vpc_id)
    found = ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc_id]}])["SecurityGroups"]
    ids = {group["GroupName"]: group["GroupId"] for group in found if group["GroupName"] in ("alb", "web", "db")}
    ssh = [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}]
    ec2.authorize_security_group_ingress(GroupId=ids["web"], IpPermissions=ssh)
    rules = {"alb": (443, {"IpRanges": [{"CidrIp": "0.0.0.0/0"}]}), "web": (8080, {"UserIdGroupPairs": [{"GroupId": ids["alb"]}]}),
             "db": (5432, {"UserIdGroupPairs": [{"GroupId": ids["web"]}]})}
    for name, (port, source) in rules.items():
        ec2.authorize_security_group_ingress(
            GroupId=ids[name], IpPermissions=[dict(IpProtocol="tcp", FromPort=port, ToPort=port, **source)])
    ec2.revoke_security_group_ingress(GroupId=ids["web"], IpPermissions=ssh)
    return ids
""",
}


@cache
def chapter_on_ec2() -> Chapter:
    return read(CHAPTER)


@pytest.mark.parametrize(
    ("lab", "answer"),
    [
        *(pytest.param("ec2-lab-launch", answer, id=f"launch: {how}") for how, answer in LAUNCHED.items()),
        *(pytest.param("ec2-lab-groups", answer, id=f"groups: {how}") for how, answer in GROUPED.items()),
    ],
)
def test_a_right_solution_that_looks_different_earns_everything(lab: str, answer: str, monkeypatch) -> None:
    monkeypatch.setenv("CLOUDCRIB_ROOT", os.fspath(CHAPTER.parents[1]))
    chapter = chapter_on_ec2()
    exercise, names = chapter.exercise(lab), {"__name__": "__main__", "client": client}
    exec(compile(answer, "<answer>", "exec"), names)

    done = examine(exercise.id, regions.whole(chapter.expand(exercise.tests.source)), names)

    assert (done.earned, done.points) == (5, 5), done.report()
