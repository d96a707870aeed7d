"""The lab on path rules accepts right solutions that look different: what counts is the state of the account."""

from pathlib import Path

import pytest

from cloudcrib.course import regions
from cloudcrib.course.chapter import read
from cloudcrib.exercise.check import examine
from cloudcrib.lab import client

CHAPTER = Path(__file__).parents[3] / "chapters" / "07-elb"


def other_shapes_of_the_same_calls(region, vpc_id, subnet_ids, instances):
    """Subnet mappings, ForwardConfig everywhere, PathPatternConfig, and the rules created from the last to the first."""
    elbv2 = client("elbv2", region)
    arn = elbv2.create_load_balancer(Name="shop", SubnetMappings=[{"SubnetId": s} for s in subnet_ids])
    arn = arn["LoadBalancers"][0]["LoadBalancerArn"]
    groups = {}
    for name in ("api", "images", "web"):
        group = elbv2.create_target_group(
            Name=name, Protocol="HTTP", Port=80, VpcId=vpc_id, TargetType="instance", HealthCheckPath="/health"
        )["TargetGroups"][0]["TargetGroupArn"]
        elbv2.register_targets(TargetGroupArn=group, Targets=[{"Id": i, "Port": 80} for i in instances[name]])
        forward = {"TargetGroups": [{"TargetGroupArn": group, "Weight": 1}]}
        groups[name] = [{"Type": "forward", "ForwardConfig": forward}], group
    listener = elbv2.create_listener(LoadBalancerArn=arn, Protocol="HTTP", Port=80, DefaultActions=groups["web"][0])
    listener = listener["Listeners"][0]["ListenerArn"]
    for name, path, priority in (("api", "/api/*", 20), ("images", "/img/*", 10)):
        where = [{"Field": "path-pattern", "PathPatternConfig": {"Values": [path]}}]
        elbv2.create_rule(ListenerArn=listener, Priority=priority, Conditions=where, Actions=groups[name][0])
    slow = [{"Key": "deregistration_delay.timeout_seconds", "Value": "60"}]
    elbv2.modify_target_group_attributes(TargetGroupArn=groups["api"][1], Attributes=slow)
    return arn


def mended_step_by_step(region, vpc_id, subnet_ids, instances):
    """Everything is made with other values first, and then set right."""
    elbv2 = client("elbv2", region)
    arn = elbv2.create_load_balancer(Name="shop", Subnets=subnet_ids[:2])["LoadBalancers"][0]["LoadBalancerArn"]
    group = {}
    for name, ids in sorted(instances.items()):
        made = elbv2.create_target_group(Name=name, Protocol="HTTP", Port=80, VpcId=vpc_id)["TargetGroups"][0]
        group[name] = made["TargetGroupArn"]
        elbv2.modify_target_group(TargetGroupArn=group[name], HealthCheckPath="/health")
        for one in ids:
            elbv2.register_targets(TargetGroupArn=group[name], Targets=[{"Id": one}])
    first = [{"Type": "forward", "TargetGroupArn": group["api"]}]
    listener = elbv2.create_listener(LoadBalancerArn=arn, Protocol="HTTP", Port=80, DefaultActions=first)
    listener = listener["Listeners"][0]["ListenerArn"]
    right = [{"Type": "forward", "TargetGroupArn": group["web"]}]
    elbv2.modify_listener(ListenerArn=listener, DefaultActions=right)
    made = []
    for priority, path, name in ((5, "/img/*", "images"), (6, "/api/*", "api")):
        rule = elbv2.create_rule(
            ListenerArn=listener,
            Priority=priority,
            Conditions=[{"Field": "path-pattern", "Values": [path]}],
            Actions=[{"Type": "forward", "TargetGroupArn": group[name], "Order": 1}],
        )
        made.append(rule["Rules"][0]["RuleArn"])
    elbv2.set_rule_priorities(
        RulePriorities=[{"RuleArn": made[0], "Priority": 10}, {"RuleArn": made[1], "Priority": 20}]
    )
    elbv2.modify_target_group_attributes(
        TargetGroupArn=group["api"],
        Attributes=[{"Key": "deregistration_delay.timeout_seconds", "Value": "60"}],
    )
    return arn


def with_a_security_group(region, vpc_id, subnet_ids, instances):
    """A group of its own for the load balancer, both attributes of a group's default said aloud, and tags."""
    ec2, elbv2 = client("ec2", region), client("elbv2", region)
    group = ec2.create_security_group(GroupName="shop", Description="shop", VpcId=vpc_id)["GroupId"]
    arn = elbv2.create_load_balancer(
        Name="shop",
        Subnets=list(reversed(subnet_ids)),
        SecurityGroups=[group],
        Scheme="internet-facing",
        Tags=[{"Key": "team", "Value": "shop"}],
    )["LoadBalancers"][0]["LoadBalancerArn"]

    def made(name, delay):
        arn = elbv2.create_target_group(
            Name=name,
            Protocol="HTTP",
            Port=80,
            VpcId=vpc_id,
            HealthCheckProtocol="HTTP",
            HealthCheckPath="/health",
            HealthCheckIntervalSeconds=15,
        )["TargetGroups"][0]["TargetGroupArn"]
        pause = [{"Key": "deregistration_delay.timeout_seconds", "Value": str(delay)}]
        elbv2.modify_target_group_attributes(TargetGroupArn=arn, Attributes=pause)
        elbv2.register_targets(TargetGroupArn=arn, Targets=[{"Id": one} for one in instances[name]])
        return [{"Type": "forward", "TargetGroupArn": arn}]

    listener = elbv2.create_listener(LoadBalancerArn=arn, Protocol="HTTP", Port=80, DefaultActions=made("web", 300))
    for priority, path, actions in ((10, "/img/*", made("images", 300)), (20, "/api/*", made("api", 60))):
        elbv2.create_rule(
            ListenerArn=listener["Listeners"][0]["ListenerArn"],
            Priority=priority,
            Conditions=[{"Field": "path-pattern", "Values": [path]}],
            Actions=actions,
        )
    return arn


@pytest.mark.parametrize("build_shop", [other_shapes_of_the_same_calls, mended_step_by_step, with_a_security_group])
def test_a_right_solution_earns_everything_whatever_it_looks_like(build_shop, monkeypatch):
    monkeypatch.setenv("CLOUDCRIB_ROOT", str(CHAPTER.parents[1]))
    chapter = read(CHAPTER)
    exercise = chapter.exercise("elb-lab-paths")

    done = examine(exercise.id, regions.whole(chapter.expand(exercise.tests.source)), {"build_shop": build_shop})

    assert done.earned == exercise.points, done.report()
