"""Figures of S3 in which something moves: versions, locks, replication, requests, keys."""

from __future__ import annotations

from functools import partial

from cloudcrib.chapters.s3 import access, versions
from cloudcrib.chapters.s3.versions import History
from cloudcrib.kit import shapes
from cloudcrib.kit.drawing import PALETTE, Picture, blank, canvas, picture
from cloudcrib.kit.shapes import box

arrow = partial(shapes.arrow, gaps=(2, 2))


def history(script: str, title: str = "") -> Picture:
    """What lies under one key after each step, newest on top, and what GET then answers."""
    states = versions.play(script)
    if not states:
        raise ValueError("Write at least one step, such as PUT a.")
    fig, ax = canvas(title or _finding(states[-1][1]))
    tall = max(3, *(len(h.versions) for _, h in states))
    wide = max(4, len(states))
    blank(ax, wide * 10, tall * 8 + 13)
    for column, (step, now) in enumerate(states):
        x = column * 10 + 0.6
        head, size = (step, 8.5) if wide < 9 else (step.replace(" ", "\n", 1), 7)
        ax.text(x + 4.4, tall * 8 + 9.5, head, ha="center", va="center", fontsize=size, weight="bold")
        ax.text(
            x + 4.4,
            1.5,
            f"GET → {versions.get(now)}",
            ha="center",
            va="center",
            fontsize=8 if wide < 9 else 6.5,
            color=PALETTE["soft"],
        )
        for row, version in enumerate(now.versions):
            top = row == 0
            y = (len(now.versions) - 1 - row) * 8 + 5
            label = f"{version.id}\n{'marker' if version.marker else version.body}"
            box(
                ax,
                x,
                y,
                8.8,
                6.6,
                label,
                "red" if version.marker else "blue" if top else "sky",
                fill=top or version.marker,
                size=8,
            )
        if not now.versions:
            ax.text(x + 4.4, 9, "(nothing)", ha="center", va="center", fontsize=8, color=PALETTE["grey"])
    return picture(fig, alt="Versions of one key. " + " ".join(map(_state_said, states)))


def _state_said(state: tuple[str, History]) -> str:
    step, now = state
    held = ", ".join(f"{v.id} ({'delete marker' if v.marker else v.body})" for v in now.versions) or "nothing"
    return f"After {step}: {held}."


def _finding(now: History) -> str:
    kept = sum(not v.marker for v in now.versions)
    if now.versions and now.versions[0].marker:
        lie = "version lies" if kept == 1 else "versions lie"
        return f"A marker hides the object; {kept} {lie} beneath it" if kept else "No version is left, only markers"
    return f"GET sees the top; {kept} version{'s are' if kept != 1 else ' is'} kept and billed"


LOCKS = (
    ("no lock", "yes", "yes", "–"),
    ("governance", "no", "yes", "with bypass"),
    ("compliance", "no", "no", "never"),
    ("legal hold", "no", "no", "–"),
)


def locks() -> Picture:
    """Who may destroy a locked version, and what still may be done to it."""
    fig, ax = canvas("Governance mode yields to a permission, compliance mode to nobody")
    blank(ax, 100, 56)
    heads = (
        "DELETE with\nversion ID",
        "the same,\nwith bypass",
        "shorten the\nretention",
        "plain DELETE:\nmarker on top",
    )
    for n, head in enumerate(heads):
        ax.text(21 + n * 20 + 8.2, 51, head, ha="center", va="center", fontsize=8.5, weight="bold")
    for row, (mode, *cells) in enumerate(LOCKS):
        y = 37 - row * 11.5
        ax.text(1, y + 4.5, mode, va="center", weight="bold")
        for n, cell in enumerate([*cells, "yes"]):
            colour = {"yes": "green", "with bypass": "orange", "–": "grey"}.get(cell, "red")
            box(ax, 21 + n * 20, y, 16.5, 9, cell, colour, fill=cell != "–")
    return picture(
        fig,
        alt="Table of lock modes. Deleting a version: allowed without a lock, in governance mode only with the bypass "
        "permission, forbidden to everybody in compliance mode and under a legal hold. Shortening: "
        "governance with bypass only, compliance never. "
        "A plain DELETE always succeeds and only adds a delete marker.",
    )


def replication() -> Picture:
    """What crosses from the source bucket to the destination, and what stays."""
    fig, ax = canvas("New objects travel; deleting a version never does", height=3.4)
    blank(ax, 100, 60)
    box(ax, 0, 4, 20, 52, "", "pale")
    box(ax, 80, 4, 20, 52, "", "pale")
    ax.text(10, 51, "source", ha="center", weight="bold")
    ax.text(90, 51, "destination", ha="center", weight="bold")
    ax.text(10, 8, "versioning on", ha="center", fontsize=8, color=PALETTE["soft"])
    ax.text(
        90, 8, "versioning on,\nany Region,\nany account", ha="center", va="center", fontsize=8, color=PALETTE["soft"]
    )
    lines = (
        ("new object under SSE-S3", "green", "always"),
        ("new object under SSE-KMS, DSSE-KMS", "orange", "if the rule opts in"),
        ("delete marker by a user", "orange", "if the rule says so"),
        ("object older than the rule", "sky", "Batch Replication"),
        ("delete marker by lifecycle", "red", "never"),
        ("DELETE of a version ID", "red", "never"),
    )
    for n, (what, colour, when) in enumerate(lines):
        y = 45 - n * 6.8
        end = 30 if colour == "red" else 80
        arrow(ax, (20, y), (end, y), colour, dash="-" if colour == "green" else "--")
        if colour == "red":
            ax.text(31, y, "✕", va="center_baseline", color=PALETTE["red"], weight="bold")
        ax.text(23, y + 1.2, what, fontsize=8.5)
        ax.text(78, y + 1.2, when, fontsize=8, ha="right", color=PALETTE["soft"], style="italic")
    return picture(
        fig,
        alt="Arrows from source to destination bucket. New objects under SSE-S3 always travel; KMS-encrypted "
        "objects and user delete markers if the rule says so; older objects only by Batch Replication; "
        "lifecycle markers and version deletes never.",
    )


def gates() -> Picture:
    """The order in which S3 decides about a request."""
    fig, ax = canvas("Public access is stopped first, then any Deny, then someone must allow", height=2.7)
    blank(ax, 100, 44)
    steps = (
        (0.5, "request", "grey"),
        (18, "Block Public\nAccess: is the\ngrant public?", "blue"),
        (42, "any Deny:\nSCP, bucket or\nidentity policy?", "blue"),
        (66, "an Allow: bucket\nor identity policy?\n(two accounts: both)", "blue"),
        (89.5, "object", "green"),
    )
    for x, text, colour in steps:
        wide = 12 if colour == "grey" else 10 if colour == "green" else 19
        box(ax, x, 24, wide, 13, text, colour, size=8)
    for start, end, said in ((12, 18, ""), (37, 42, "no"), (61, 66, "no"), (85, 89.5, "yes")):
        arrow(ax, (start, 30.5), (end, 30.5))
        ax.text((start + end) / 2, 32.5, said, ha="center", fontsize=8)
    for x, said in ((27.5, "yes"), (51.5, "yes"), (75.5, "no")):
        arrow(ax, (x, 24), (x, 12.5), "red")
        ax.text(x + 1, 18, said, fontsize=8, color=PALETTE["red"])
        box(ax, x - 6, 5, 12, 7.5, "403", "red")
    return picture(
        fig,
        alt="A request passes three gates: Block Public Access refuses public grants, any Deny refuses, and an "
        "Allow must exist, in both policies when two accounts are involved. Failing a gate answers 403.",
    )


def encryption_path(operation: str, encryption: str, title: str = "") -> Picture:
    """Who talks to whom when an object is written or read."""
    hops = access.path(operation, encryption)
    fig, ax = canvas(title or _path_finding(operation, encryption))
    blank(ax, 100, 64)
    lanes = {"you": 14, "S3": 52, "KMS": 88}
    asked = bool(access.kms_calls(operation, encryption))
    for name, x in lanes.items():
        box(ax, x - 9, 55, 18, 7.5, name, "blue" if name != "KMS" or asked else "grey", fill=name != "KMS" or asked)
        ax.plot([x, x], [2, 55], color=PALETTE["grey"], lw=1, ls=":", zorder=0)
    gap = 50 / (len(hops) + 0.5)
    for n, hop in enumerate(hops):
        y = 55 - gap * (n + 1)
        start, end = lanes[hop.sender], lanes[hop.receiver]
        colour = (
            "red"
            if "key" in hop.says and hop.sender == "you"
            else "orange"
            if "KMS" in (hop.sender, hop.receiver)
            else "black"
        )
        if start == end:
            box(ax, start - 8, y - 2.8, 16, 5.6, hop.says, "green", size=8.5)
        else:
            arrow(ax, (start, y), (end, y), colour)
            ax.text((start + end) / 2, y + 1.1, hop.says, ha="center", fontsize=8.5)
    said = "; ".join(
        f"{h.sender} to {h.receiver}: {h.says}" if h.sender != h.receiver else f"{h.sender}: {h.says}" for h in hops
    )
    return picture(fig, alt=f"Messages of a {operation} with {encryption}. {said}.")


def _path_finding(operation: str, encryption: str) -> str:
    if calls := access.kms_calls(operation, encryption):
        return f"{encryption}: S3 calls {calls[0]} with your rights"
    return {
        "SSE-C": "SSE-C: your key travels with every request, and S3 forgets it",
        "client-side": "Client-side: AWS never sees the plain text, nor the key",
    }.get(encryption, "SSE-S3: nobody is asked; S3 keeps the keys")
