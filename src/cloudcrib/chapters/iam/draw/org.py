"""Figures of many accounts: the tree and its guardrails, the shared bill, one sign-in for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cloudcrib.chapters.iam.billing import Tier, tiered_price
from cloudcrib.chapters.iam.draw import INK, arrow, box
from cloudcrib.kit.drawing import PALETTE, SERIES, Picture, blank, canvas, picture


def tree(attached: Sequence[str], calls: Mapping[str, bool], who: str, title: str) -> Picture:
    """An organization from root to account, the SCP at each level, and which calls of an administrator pass."""
    fig, ax = canvas(title, height=3.3)
    blank(ax, 100, 50)
    box(ax, 37, 38, 26, 10, f"root\nSCP: {attached[0]}", "blue", size=8)
    box(ax, 1, 20, 25, 10, "management account\nno SCP reaches it", "grey", size=8)
    box(ax, 37, 20, 26, 10, f"OU workloads\nSCP: {attached[1]}", "blue", size=8)
    box(ax, 74, 20, 25, 10, "OU security\nSCP: everything", "sky", size=8)
    box(ax, 34, 1, 32, 11, f"account shop\nSCP: {attached[2]}", "green", size=8)
    box(ax, 78, 1, 17, 10, "account audit", "sky", size=8)
    for x, y, to_x, to_y in (
        (45, 38, 14, 30),
        (50, 38, 50, 30),
        (55, 38, 86, 30),
        (50, 20, 50, 12),
        (86.5, 20, 86.5, 11),
    ):
        ax.plot([x, to_x], [y, to_y], color=PALETTE["grey"], linewidth=1.4)
    ax.text(1, 13.5, f"administrator of {who}:", ha="left", va="center", fontsize=7.8, color=INK)
    for n, (call, passes) in enumerate(calls.items()):
        said, colour = ("✓", "green") if passes else ("✗", "red")
        ax.text(2, 10.3 - n * 3, said, ha="center", va="center", fontsize=8.5, color=PALETTE[colour])
        ax.text(4, 10.3 - n * 3, call, ha="left", va="center", fontsize=7.6, family="monospace", color=INK)
    words = ", ".join(f"{call} {'passes' if passes else 'does not'}" for call, passes in calls.items())
    return picture(
        fig,
        alt=f"Root with SCP {attached[0]}; below it the management account, which no SCP reaches, OU workloads with SCP {attached[1]} "
        f"and its account shop with SCP {attached[2]}, and OU security with account audit. For an administrator of {who}: {words}.",
    )


def pooled_bill(usage: Mapping[str, float], tiers: Sequence[Tier]) -> Picture:
    """What accounts pay alone and together, tier by tier."""
    together = tiered_price(sum(usage.values()), tiers)
    alone = {name: tiered_price(tb, tiers) for name, tb in usage.items()}
    saving = sum(alone.values()) - together
    finding = (
        f"Pooled usage saves {saving:,.2f} USD a month"
        if saving > 0.005
        else "Pooling saves nothing: no more is in the cheaper tiers"
    )
    fig, ax = canvas(finding, height=2.9)
    for row, tb in enumerate([*usage.values(), sum(usage.values())]):
        left, start = tb, 0.0
        for (size, _), colour in zip(tiers, SERIES, strict=False):
            taken = min(left, size)
            if taken > 0:
                ax.barh(row, taken, left=start, color=colour, height=0.6, edgecolor="white")
            start, left = start + taken, left - taken
        ax.text(tb + sum(usage.values()) * 0.01, row, f"{tiered_price(tb, tiers):,.2f} USD", va="center", fontsize=8.5)
    ax.set_yticks(range(len(usage) + 1), [*usage, "pooled"])
    limits = {"xlim": (0, sum(usage.values()) * 1.22 or 1), "ylim": (len(usage) + 0.5, -0.5)}
    ax.set(xlabel="TB stored in one month; colours are price tiers", **limits)
    for n, ((size, price), colour) in enumerate(zip(tiers, SERIES, strict=False)):
        said = "above" if size == float("inf") else f"{'first' if n == 0 else 'next'} {size:g} TB"
        ax.barh(0, 0, color=colour, label=f"{said}: {price:g} USD/GB")
    fig.legend(*ax.get_legend_handles_labels(), fontsize=7.8, loc="outside lower center", ncols=3)
    words = ", ".join(f"{name} {price:,.2f} USD" for name, price in alone.items())
    return picture(
        fig,
        alt=f"Bars of stored terabytes by price tier. Alone: {words}; pooled {together:,.2f} USD, {saving:,.2f} USD less.",
    )


def one_sign_in() -> Picture:
    """Identity Center: people in a group, a permission set, the assignment that joins them, and a role in each account."""
    fig, ax = canvas("An assignment joins group, permission set and accounts: a role in each", height=3.1)
    blank(ax, 100, 48)
    box(ax, 0.5, 17, 16.5, 14, "identity source:\nown directory, AD\nor external IdP", "grey", size=7.4)
    box(ax, 27, 3, 45, 41, "", "blue", fill=0)
    ax.text(49.5, 40.3, "IAM Identity Center", ha="center", va="center", weight="bold", fontsize=8.6)
    arrow(ax, (17, 28), (27, 28))
    ax.text(22, 29.4, "sign-in\n(IdP: SAML)", ha="center", va="bottom", fontsize=7.2)
    arrow(ax, (17, 20), (27, 20))
    ax.text(22, 18.6, "users\n(IdP: SCIM)", ha="center", va="top", fontsize=7.2)
    for y, person in ((30, "ana"), (22, "ben")):
        box(ax, 29, y, 9, 5.5, person, "sky", size=7.8)
        arrow(ax, (38, y + 2.75), (43, 28.75))
    box(ax, 43, 23.5, 14, 10.5, "group\nsecurity", "sky", size=8)
    ax.text(40.5, 35.6, "members", ha="center", va="bottom", fontsize=7.4)
    box(ax, 39, 6.5, 18, 10.5, "permission set\nAuditor, 4 h", "orange", size=8)
    box(ax, 61, 16.5, 9.5, 7.5, "assign-\nment", "black", size=7.4)
    arrow(ax, (57, 28.75), (64, 24))
    arrow(ax, (57, 11.75), (64, 16.5), colour="orange")
    for n, account in enumerate(("shop", "payroll", "sandbox")):
        foot = 33 - n * 14.5
        box(ax, 80, foot, 19.5, 11, f"account {account}\nrole …Auditor_…", "green", size=7.8)
        arrow(ax, (70.5, 20.25), (80, foot + 5.5), colour="black")
    return picture(
        fig,
        alt="An identity source signs people in to IAM Identity Center and tells it users and groups; "
        "an external provider does so with SAML and SCIM. "
        "Ana and Ben are members of the group security. An assignment joins this group, the permission set Auditor "
        "(four hours) and the accounts shop, payroll and sandbox, and makes one role in each of these accounts.",
    )
