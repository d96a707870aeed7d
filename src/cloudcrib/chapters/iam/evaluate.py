"""Is the request allowed? The whole decision, step by step, with a reason for every step.

Left out, and to be kept in mind: VPC endpoint policies, KMS grants, access control lists, S3 Block Public Access,
sessions of federated users and of AssumeRoot, and the path of a session's role in aws:PrincipalArn, unless the request's
context names it. What a policy says in a way that this model does not know is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from cloudcrib.chapters.iam.arn import parse
from cloudcrib.chapters.iam.match import Policy, Request, Verdict, applies, denies_bounded, grant, listed, says
from cloudcrib.chapters.iam.principals import DIRECT, Grant, check_caller, is_root, is_service_linked

Outcome = Literal["goes on", "ALLOW", "DENY"]
BUCKET_POLICY = ("s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy")
STEPS = ("explicit deny", "RCP", "SCP", "resource policy", "identity policy", "boundary", "session policy")


@dataclass(frozen=True)
class Policies:
    """Everything that may speak about a request; None or empty means that there is no such policy."""

    identity: tuple[Policy, ...] = ()
    resource: Policy | None = None
    boundary: Policy | None = None
    session: Policy | None = None
    scps: tuple[Policy, ...] = ()  # one a level, from the organization's root down to the caller's account
    rcps: tuple[Policy, ...] = ()  # the same for the account that owns the resource, RCPFullAWSAccess left out or not


@dataclass(frozen=True)
class Step:
    """One question that AWS asks, what the policies say to it, and where that leads."""

    name: str
    said: str
    outcome: Outcome
    why: str


@dataclass(frozen=True)
class Decision:
    """The verdict on a request, with the steps that led to it."""

    verdict: Verdict
    steps: tuple[Step, ...] = field(default=())

    @property
    def allowed(self) -> bool:
        """Whether the call goes through."""
        return self.verdict == "allow"


def together(policies: Sequence[Policy], request: Request) -> Verdict:
    """What attached policies say as a union: one Deny denies, otherwise one Allow allows."""
    said = {says(policy, request) for policy in policies}
    return next((verdict for verdict in ("explicit deny", "allow") if verdict in said), "implicit deny")  # type: ignore[return-value]


def every_level(policies: Sequence[Policy], request: Request) -> Verdict:
    """What SCPs say as an intersection: an action passes when every level from root to account allows it."""
    said = {says(policy, request) for policy in policies}
    return next((verdict for verdict in ("explicit deny", "implicit deny") if verdict in said), "allow")  # type: ignore[return-value]


def granted_to(policy: Policy | None, request: Request) -> Grant | None:
    """The most direct way in which a resource policy allows the caller; None when it does not."""
    fitting = (
        [s for s in listed(policy["Statement"]) if s["Effect"] == "Allow" and applies(s, request)] if policy else []
    )
    ways = {grant(s["Principal"], request.principal) for s in fitting}
    return next((way for way in (*DIRECT, "role", "account") if way in ways), None)  # type: ignore[return-value]


def same_account(request: Request, owner: str) -> bool:
    """Whether the caller lives in the account that owns the resource."""
    return not request.principal.startswith("arn:") or parse(request.principal).account == owner


def own_policy_first(request: Request) -> bool:
    """Whether the resource is a KMS key or a role to assume, whose own policy must let the caller or the account in."""
    action, resource = request.action.lower(), request.resource
    if not resource.startswith("arn:"):
        return False
    kind = (parse(resource).service, parse(resource).resource.split("/")[0])
    return (kind == ("kms", "key") and action.startswith("kms:")) or (
        kind == ("iam", "role") and action.startswith("sts:assumerole")
    )


def evaluate(request: Request, policies: Policies, owner: str) -> Decision:
    """The decision on a request to a resource of account `owner`, in the order in which AWS's documentation tells it."""
    check_caller(request.principal)
    _check_places(policies, request)
    home, steps = same_account(request, owner), []
    for step in _walk(request, policies, home):
        steps.append(step)
        if step.outcome != "goes on":
            break
    last = steps[-1]
    verdict: Verdict = (
        "allow" if last.outcome == "ALLOW" else "explicit deny" if last.name == "explicit deny" else "implicit deny"
    )
    return Decision(verdict, tuple(steps))


def _check_places(policies: Policies, request: Request) -> None:
    """Refuse elements where AWS refuses them, and a key or a role without the policy that each of them has."""
    attached = [*policies.identity, policies.boundary, policies.session, *policies.scps]
    for statement in (s for p in attached if p for s in listed(p["Statement"])):
        if {"Principal", "NotPrincipal"} & set(statement):
            raise ValueError("Principal and NotPrincipal belong into resource policies (and '*' into RCPs).")
    for statement in (s for p in policies.rcps for s in listed(p["Statement"])):
        if "NotPrincipal" in statement or statement.get("Principal", "*") not in ("*", {"AWS": "*"}):
            raise ValueError("An RCP's Principal is '*'; conditions say whom it means.")
    for statement in listed(policies.resource["Statement"]) if policies.resource else []:
        if not {"Principal", "NotPrincipal"} & set(statement):
            raise ValueError("Each statement of a resource policy needs a Principal.")
    if own_policy_first(request) and policies.resource is None:
        raise ValueError("A KMS key has a key policy and a role a trust policy: pass it as the resource policy.")


def _walk(request: Request, policies: Policies, home: bool):  # type: ignore[no-untyped-def]
    guarded = _guarded(request, policies)
    yield _explicit(request, guarded, home)
    yield _rcp(guarded.rcps)
    yield _scp(guarded.scps, request)
    way = granted_to(policies.resource, request)
    yield _resource(way, policies.resource, home, own_policy_first(request))
    yield _identity(request, policies, way, home)
    yield _cap("boundary", policies.boundary, request)
    last = _cap("session policy", policies.session, request)
    yield last if last.outcome == "DENY" else Step(last.name, last.said, "ALLOW", last.why + " Nothing is left to ask.")


def _guarded(request: Request, policies: Policies) -> Policies:
    """The policies that reach this caller: no SCP reaches a service, and neither SCP nor RCP a service-linked role."""
    if is_service_linked(request.principal):
        return replace(policies, scps=(), rcps=())
    return policies if request.principal.startswith("arn:") else replace(policies, scps=())


def _explicit(request: Request, policies: Policies, home: bool) -> Step:
    spared = home and is_root(request.principal) and request.action.lower() in BUCKET_POLICY
    resource = None if spared else policies.resource
    bounded = policies.boundary is not None and resource is not None and denies_bounded(resource, request)
    named = (("boundary", [policies.boundary]), ("session policy", [policies.session]))
    layers = (("RCP", policies.rcps), ("SCP", policies.scps), ("identity policy", policies.identity), *named)
    denying = [
        name for name, group in layers if any(p is not None and says(p, request) == "explicit deny" for p in group)
    ]
    if bounded or (resource is not None and says(resource, request) == "explicit deny"):
        denying.append("resource policy")
    if denying:
        return Step(
            "explicit deny", ", ".join(denying), "DENY", f"A Deny in the {denying[0]} fits, and no Allow can undo it."
        )
    return Step("explicit deny", "none", "goes on", "No Deny statement fits the request.")


def _rcp(levels: Sequence[Policy]) -> Step:
    """RCPFullAWSAccess is attached at every level and cannot be detached, so an RCP that does not deny changes nothing."""
    if not levels:
        return Step("RCP", "none", "goes on", "No RCP applies to the resource's account.")
    return Step("RCP", "no Deny", "goes on", "No RCP denies, and RCPFullAWSAccess allows the rest at every level.")


def _scp(levels: Sequence[Policy], request: Request) -> Step:
    if not levels:
        return Step("SCP", "none", "goes on", "No SCP applies to the caller's account.")
    if every_level(levels, request) == "allow":
        return Step("SCP", "allow", "goes on", "Every level above the caller's account allows the action.")
    return Step("SCP", "silent", "DENY", "A level above the caller's account does not allow the action.")


def _resource(way: Grant | None, policy: Policy | None, home: bool, first: bool) -> Step:
    if policy is None:
        why = (
            "There is none; the identity policy decides."
            if home
            else "Nobody in the resource's account let the caller in."
        )
        return Step("resource policy", "none", "goes on" if home else "DENY", why)
    if way is None and home and first:
        return Step(
            "resource policy", "silent", "DENY", "The key's or role's own policy lets neither caller nor account in."
        )
    if way is None:
        why = "It does not name the caller; the identity policy decides." if home else "It does not let the caller in."
        return Step("resource policy", "silent", "goes on" if home else "DENY", why)
    if not home:
        return Step(
            "resource policy", f"allow ({way})", "goes on", "The resource's side agrees; now the caller's side must."
        )
    if way in ("role", "account"):
        rest = (
            "boundary and session policy still cap it"
            if way == "role"
            else "the account's own identity policies must still allow"
        )
        return Step("resource policy", f"allow ({way})", "goes on", f"It names the caller's {way}; {rest}.")
    return Step(
        "resource policy", f"allow ({way})", "ALLOW", "It names the caller directly, which is enough in one account."
    )


def _identity(request: Request, policies: Policies, way: Grant | None, home: bool) -> Step:
    if is_root(request.principal):
        return Step("identity policy", "root user", "goes on", "The root user needs no policy in its own account.")
    if together(policies.identity, request) == "allow":
        return Step("identity policy", "allow", "goes on", "An Allow fits.")
    if home and way == "role":
        return Step("identity policy", "silent", "goes on", "Silent, but the resource policy already allowed the role.")
    return Step("identity policy", "silent", "DENY", "No Allow fits, and silence means no.")


def _cap(name: str, policy: Policy | None, request: Request) -> Step:
    if policy is None:
        return Step(name, "none", "goes on", f"There is no {name}.")
    if says(policy, request) == "allow":
        return Step(name, "allow", "goes on", f"The {name} covers the action.")
    return Step(name, "silent", "DENY", f"The {name} does not cover the action, so nothing can grant it.")
