"""Play with identity: patterns, the whole decision, an organization's guardrails, the shared bill, a choice of directory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cloudcrib.chapters.iam import billing, draw
from cloudcrib.chapters.iam import directory as iam_directory
from cloudcrib.chapters.iam.draw import org
from cloudcrib.chapters.iam.evaluate import STEPS, Policies, evaluate
from cloudcrib.chapters.iam.match import Policy, Request, action_fits, resource_fits
from cloudcrib.kit.exploring import Explorer, buttons, choice, explorer, slider, text, toggle

HOME, OTHER, ORG = "111122223333", "444455556666", "o-ours"
USER, ROLE = f"arn:aws:iam::{HOME}:user/dev", f"arn:aws:iam::{HOME}:role/app"
SESSION = f"arn:aws:sts::{HOME}:assumed-role/app/job-7"
OBJECT = "arn:aws:s3:::data/report.csv"


def statement(effect: str, action: str, **more: Any) -> Policy:
    """A policy of one statement about everything."""
    return {"Statement": [{"Effect": effect, "Action": action, "Resource": "*", **more}]}


READ, OTHERS, STOP = statement("Allow", "s3:GetObject"), statement("Allow", "ec2:*"), statement("Deny", "s3:*")
SAID = {"absent": None, "covers the action": READ, "silent about it": OTHERS, "denies it": STOP}


def patterns() -> Explorer:
    """Type an Action and a Resource, and see which calls the statement speaks about."""
    return explorer(_patterns, action=text("Action", "s3:Get*"), resource=text("Resource", "arn:aws:s3:::data/*"))


CALLS = [
    ("s3:GetObject", "arn:aws:s3:::data/report.csv"),
    ("s3:GetObject", "arn:aws:s3:::data/2026/raw/a.csv"),
    ("s3:PutObject", "arn:aws:s3:::data/report.csv"),
    ("s3:ListBucket", "arn:aws:s3:::data"),
    ("s3:GetBucketPolicy", "arn:aws:s3:::data"),
    ("s3:GetObject", "arn:aws:s3:::database-dumps/x.sql"),
    ("sqs:SendMessage", f"arn:aws:sqs:eu-west-1:{HOME}:orders"),
    ("ec2:StartInstances", f"arn:aws:ec2:eu-west-1:{HOME}:instance/i-0abc"),
]


def _patterns(action: str, resource: str) -> Any:
    import pandas as pd

    rows = [
        (a, r, "yes" if action_fits(action, a) else "–", "yes" if resource_fits(resource, r) else "–") for a, r in CALLS
    ]
    table = pd.DataFrame(rows, columns=["call", "on", "Action fits", "Resource fits"])
    table["statement applies"] = ["✓" if a == r == "yes" else "" for *_, a, r in rows]
    count = int((table["statement applies"] == "✓").sum())
    return [f"**{count} of {len(rows)} calls** fall under `{action}` on `{resource}`.", table]


def decision() -> Explorer:
    """Build a request, then step through the seven questions; what happens when the bucket policy names somebody else?"""
    caller = {"IAM user dev": USER, "session of role app": SESSION}
    names = {"nobody (no policy)": "", "the account": HOME, "the role app": ROLE, "the caller itself": "caller"}
    return explorer(
        _decision,
        caller=choice("caller", caller),
        away=toggle("the bucket belongs to another account"),
        identity=choice("identity policy", [k for k in SAID if k != "absent"]),
        names=choice("bucket policy allows", names),
        boundary=choice("permissions boundary", {k: k for k in SAID}, "silent about it"),
        session=choice("session policy (roles only)", list(SAID)),
        scp=choice("SCP above the caller", list(SAID)),
        rcp=choice("RCP above the bucket", [k for k in SAID if k != "covers the action"]),
        shown=slider("questions asked", 1, len(STEPS), len(STEPS)),
    )


def _decision(
    caller: str, away: bool, identity: str, names: str, boundary: str, session: str, scp: str, rcp: str, shown: int
) -> Any:
    allowed = (
        statement("Allow", "s3:GetObject", Principal={"AWS": caller if names == "caller" else names}) if names else None
    )
    guard = {key: (SAID[value],) if SAID[value] else () for key, value in (("scps", scp), ("rcps", rcp))}
    said = Policies(
        identity=(SAID[identity],),  # type: ignore[arg-type]
        resource=allowed,
        boundary=SAID[boundary],
        session=SAID[session] if caller == SESSION else None,
        **guard,  # type: ignore[arg-type]
    )
    found = evaluate(Request("s3:GetObject", OBJECT, caller), said, OTHER if away else HOME)
    told = "\n".join(f"{n + 1}. **{s.name}**: {s.why}" for n, s in enumerate(found.steps[:shown]))
    return [draw.gates(found, shown), told]


GUARDS = {
    "everything": statement("Allow", "*"),
    "everything but EC2": {
        "Statement": [*statement("Allow", "*")["Statement"], *statement("Deny", "ec2:*")["Statement"]]
    },
    "S3 only": statement("Allow", "s3:*"),
    "only a Deny of EC2": statement("Deny", "ec2:*"),
}
CALLED = ["s3:GetObject", "ec2:RunInstances", "iam:CreateUser", "dynamodb:Query"]


def guardrails() -> Explorer:
    """Attach SCPs at root, OU and account, and see what an administrator of the account can still do."""
    start = {"root": "everything", "OU": "everything but EC2", "account": "everything"}
    levels = {name.lower(): choice(f"SCP at the {name}", {k: k for k in GUARDS}, said) for name, said in start.items()}
    return explorer(_guardrails, **levels, management=toggle("the administrator sits in the management account"))


def _guardrails(root: str, ou: str, account: str, management: bool) -> Any:
    scps = () if management else tuple(GUARDS[name] for name in (root, ou, account))
    admin = Policies(identity=(GUARDS["everything"],), scps=scps)
    calls = {action: evaluate(Request(action, "*", USER), admin, HOME).allowed for action in CALLED}
    who = "the management account" if management else "account shop"
    passed = sum(calls.values())
    title = (
        "No SCP reaches the management account: every call passes"
        if management
        else f"What every level allows and none denies passes: {passed} of {len(calls)} calls"
    )
    said = ", ".join(f"`{action}`" for action, passes in calls.items() if passes) or "nothing at all"
    return [org.tree((root, ou, account), calls, who, title), f"With `AdministratorAccess` in {who}: {said}."]


def shared_bill(tiers: Sequence[billing.Tier]) -> Explorer:
    """Move the terabytes of three accounts; pooling pays as soon as two of them together cross the first edge."""

    def show(video: int, logs: int, backup: int) -> Any:
        usage = {"video": video, "logs": logs, "backup": backup}
        saving = billing.consolidated_saving(usage, tiers)
        total = billing.tiered_price(sum(usage.values()), tiers)
        share = f", {100 * saving / (total + saving):.1f} % of what they would pay apart" if saving > 0.005 else ""
        return [org.pooled_bill(usage, tiers), f"Together {total:,.2f} USD{share}."]

    controls = {
        "video": slider("account video", 0, 300, 30, unit="TB"),
        "logs": slider("account logs", 0, 300, 40, unit="TB"),
    }
    return explorer(show, **controls, backup=slider("account backup", 0, 600, 0, unit="TB"))


def directory() -> Explorer:
    """Answer three questions, get a directory and the reason."""
    return explorer(
        _directory,
        own=buttons("Active Directory of your own", {"yes": True, "no": False}),
        controllers=buttons("domain controllers must run in AWS", {"no": False, "yes": True}),
        same=buttons("they must be in the same domain", {"no": False, "yes": True}),
        objects=slider("users, groups and computers", 5_000, 100_000, 5_000, 5_000),
    )


REASONS = {
    iam_directory.CONNECTOR: "It forwards each sign-in to your domain controllers and keeps no data; "
    "when the link is down, so is the sign-in. FSx and RDS for SQL Server join your domain without it.",
    iam_directory.HYBRID: "AWS runs further domain controllers of the domain that you already have.",
    iam_directory.MANAGED: "AWS runs Windows domain controllers in two Availability Zones; a trust can join them to an AD of yours.",
}


def _directory(own: bool, controllers: bool, same: bool, objects: int) -> str:
    found = iam_directory.choose(own, controllers, same)
    new = found == iam_directory.MANAGED
    size = f" For {objects:,} objects it is the {iam_directory.edition(objects)} Edition." if new else ""
    unasked = [] if own else ["domain controllers in AWS"]
    unasked += [] if own and controllers else ["same domain"]
    unasked += [] if new else ["number of objects"]
    said = f"\n\n*Plays no part here: {', '.join(unasked)}.*" if unasked else ""
    return f"### {found}\n\n{REASONS[found]}{size}{said}"
