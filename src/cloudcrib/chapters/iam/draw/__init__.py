"""Figures of identity: names, roles, and the gates that a request passes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from cloudcrib.chapters.iam import arn
from cloudcrib.chapters.iam.evaluate import STEPS, Decision
from cloudcrib.kit import shapes
from cloudcrib.kit.drawing import PALETTE, Picture, blank, canvas, picture

INK = PALETTE["black"]
box = partial(shapes.box, corner=1.2, line=1.3)
arrow = partial(shapes.arrow, colour="grey")


def arn_anatomy(text: str) -> Picture:
    """One ARN taken apart, with what each field says."""
    read = arn.parse(text)
    fig, ax = canvas(f"This name holds in {arn.scope(read)}", height=1.7)
    blank(ax, 100, 22)
    fields = [
        ("arn", "arn", "grey"),
        *((name, getattr(read, name), colour) for name, colour in zip(arn.FIELDS, _TONES, strict=True)),
    ]
    widths = [max(len(value), len(name) * 0.8, 4) + 2 for name, value, _ in fields]
    unit, x = 97 / (sum(widths) + len(widths)), 1.5
    for (name, value, colour), size in zip(fields, widths, strict=True):
        box(
            ax,
            x,
            8,
            size * unit,
            11,
            value or "empty",
            colour,
            size=8,
            fill=bool(value),
            family="monospace",
            style="normal" if value else "italic",
        )
        ax.text(x + size * unit / 2, 3.5, name, ha="center", va="center", fontsize=8, color=INK)
        x += (size + 1) * unit
    return picture(
        fig, alt=f"The ARN {text} in its fields: " + ", ".join(f"{n} {v or 'empty'}" for n, v, _ in fields[1:]) + "."
    )


_TONES = ("pink", "blue", "orange", "green", "sky")


def assume_role() -> Picture:
    """A role is assumed: who may ask stands in its trust policy, what it may do in its permissions policies."""
    fig, ax = canvas("A role has two kinds of policy: who may assume it, and what it may then do", height=3.3)
    blank(ax, 100, 50)
    box(ax, 1, 19, 19, 13, "principal\n(user, service,\nperson signed in\nelsewhere)", "grey", size=7.8)
    box(ax, 39, 19, 17, 13, "AWS STS", "blue", size=10)
    box(ax, 78, 19, 21, 13, "S3, EC2,\nDynamoDB …", "green", size=9)
    box(ax, 36, 39, 23, 9, "trust policy:\nwho may assume me?", "orange", size=8)
    box(ax, 75, 39, 24, 9, "permissions policies:\nwhat may I do?", "orange", size=8)
    arrow(ax, (20, 28), (39, 28), said="1 AssumeRole")
    arrow(ax, (47.5, 32), (47.5, 39), colour="orange")
    ax.text(49, 35.2, "2 allowed?", fontsize=7.8, va="center")
    arrow(ax, (39, 22), (20, 22))
    ax.text(29.5, 19.2, "3 key, secret,\ntoken, expiry", ha="center", va="top", fontsize=7.8)
    ax.plot([10.5, 10.5, 88.5], [19, 8, 8], color=PALETTE["green"], linewidth=1.6)
    arrow(ax, (88.5, 8), (88.5, 19), colour="green")
    ax.text(50, 4, "4 signed calls until the credentials expire", ha="center", va="center", fontsize=8)
    arrow(ax, (88.5, 32), (88.5, 39), colour="orange")
    ax.text(87, 35.2, "5 allowed?", fontsize=7.8, va="center", ha="right")
    return picture(
        fig,
        alt="Five steps: a principal calls AssumeRole at AWS STS; STS reads the role's trust policy; it returns temporary credentials "
        "with an expiry; the principal signs calls to a service with them; the service asks the role's permissions policies.",
    )


def gates(decision: Decision, shown: int = len(STEPS), title: str = "") -> Picture:
    """The seven questions, as far as the request has come."""
    steps = decision.steps[:shown]
    reached = steps[-1]
    finding = {
        "ALLOW": f"Allowed at the {reached.name}",
        "DENY": f"Denied at the {reached.name}",
        "goes on": f"Past the {reached.name}, not decided yet",
    }
    heading = (
        "Denied: an explicit Deny fits"
        if reached.outcome == "DENY" and reached.name == "explicit deny"
        else finding[reached.outcome]
    )
    fig, ax = canvas(title or heading, height=2.2)
    blank(ax, 100, 32)
    for n, name in enumerate(STEPS):
        step = steps[n] if n < len(steps) else None
        colour = {"goes on": "sky", "ALLOW": "green", "DENY": "red"}[step.outcome] if step else "pale"
        x = 0.5 + n * 14.2
        box(ax, x, 10, 12.6, 14, name.replace(" ", "\n"), colour, size=8)
        ax.text(
            x + 6.3,
            8,
            _caption(step.said if step else "not asked"),
            ha="center",
            va="top",
            fontsize=7.6,
            color=INK,
        )
        ax.text(
            x + 6.3,
            25,
            {"goes on": "→", "ALLOW": "✓", "DENY": "✗"}[step.outcome] if step else "",
            ha="center",
            va="bottom",
            fontsize=12,
            color=INK,
        )
    return picture(fig, alt="; ".join(f"{n + 1} {s.name}: {s.said}, {s.outcome}" for n, s in enumerate(steps)) + ".")


def _caption(said: str) -> str:
    """What is said at a gate, in lines that fit under it."""
    names = said.split(", ")
    return "\n".join(names).replace(" (", "\n(") if len(names) < 4 else f"in {len(names)} kinds\nof policy"


def layers(actions: Sequence[str], said: Mapping[str, Sequence[str]], title: str) -> Picture:
    """Actions against layers of policy: what each layer says, and what is left."""
    fig, ax = canvas(title, height=0.9 + 0.42 * len(actions))
    ax.set(xlim=(-0.5, len(said) - 0.5), ylim=(len(actions) - 0.5, -0.5))
    ax.set_xticks(range(len(said)), list(said), fontsize=8.5)
    ax.set_yticks(range(len(actions)), list(actions), fontsize=8.5, family="monospace")
    ax.tick_params(length=0)
    ax.xaxis.tick_top()
    for spine in ax.spines.values():
        spine.set_visible(False)
    for column, (layer, verdicts) in enumerate(said.items()):
        for row, verdict in enumerate(verdicts):
            _mark(ax, column, row, verdict, verdict if layer == "decision" and verdict != "allow" else "")
    ax.axvline(len(said) - 1.5, color=PALETTE["grey"], linewidth=1)
    return picture(
        fig,
        alt="; ".join(
            f"{a}: " + ", ".join(f"{layer} {v[n]}" for layer, v in said.items()) for n, a in enumerate(actions)
        )
        + ".",
    )


def _mark(ax: Any, x: float, y: float, verdict: str, word: str = "") -> None:
    colour = {"allow": "green", "explicit deny": "red", "implicit deny": "pale"}[verdict]
    word = word or {"allow": "✓ allow", "explicit deny": "✗ Deny", "implicit deny": "silent"}[verdict]
    shapes.box(ax, x - 0.46, y - 0.4, 0.92, 0.8, word, colour, edge="none", corner=0, size=8, dark=PALETTE["soft"])


def two_accounts() -> Picture:
    """Across accounts there are two evaluations, and both must end in allow."""
    fig, ax = canvas("Across accounts each side decides for itself, and both must allow", height=3.1)
    blank(ax, 100, 48)
    for x, head, colour, rows in (
        (
            1,
            "account A, where the caller lives",
            "blue",
            ("SCPs of A", "identity policy", "boundary", "session policy"),
        ),
        (
            55,
            "account B, which owns the bucket",
            "green",
            ("RCPs of B", "bucket policy names the caller\n(or account A)"),
        ),
    ):
        box(ax, x, 1, 44, 45, "", colour, fill=0)
        ax.text(x + 22, 42, head, ha="center", va="center", weight="bold", fontsize=8.8)
        height = 30 / len(rows) - 1.5
        for n, row in enumerate(rows):
            box(ax, x + 4, 37 - (n + 1) * (30 / len(rows)), 36, height, row, colour, size=8.3)
    arrow(ax, (45, 23), (55, 23), said="request", colour="black")
    ax.text(23, 3.6, "no Deny, and an allow", ha="center", va="center", fontsize=8.3)
    ax.text(77, 3.6, "no Deny, and an allow", ha="center", va="center", fontsize=8.3)
    return picture(
        fig,
        alt="Account A asks its SCPs, the caller's identity policy, boundary and session policy; account B asks its RCPs and "
        "the bucket policy. The request passes only when both accounts allow it.",
    )


def confused_deputy() -> Picture:
    """Why a third party needs an external ID: two customers, one deputy, one stolen role name."""
    fig, ax = canvas("With an external ID, knowing the name of a role is not enough", height=3.1)
    blank(ax, 100, 48)
    box(ax, 1, 31, 20, 12, "you\n(customer 1)", "blue")
    box(ax, 1, 5, 20, 12, "somebody else\n(customer 2)", "red")
    box(ax, 37, 16, 19, 16, "third party,\none AWS account\nfor all", "grey", size=8)
    box(ax, 76, 16, 23, 16, "your role\ntrusts the third party\nif ID = 7f3c", "green", size=8)
    arrow(ax, (21, 37), (37, 28.5), said="“use my role”", above=2.6)
    arrow(ax, (21, 11), (37, 19.5), colour="red")
    ax.text(23, 21.5, "“use that role”", ha="left", va="center", fontsize=7.8)
    arrow(ax, (56, 28), (76, 28), said="ID 7f3c: ✓", colour="green")
    arrow(ax, (56, 20), (76, 20), colour="red")
    ax.text(66, 17.5, "ID 91ab: ✗", ha="center", va="center", fontsize=7.8)
    return picture(
        fig,
        alt="Two customers of one third party. For you it assumes your role with external ID 7f3c and gets in. When another "
        "customer names your role, the third party sends that customer's ID 91ab and your trust policy refuses.",
    )
