"""S3 to play with: replication, encryption, policies, parts and prefixes."""

from __future__ import annotations

from typing import Any

from cloudcrib.chapters.s3 import access, speed
from cloudcrib.chapters.s3.access import Request
from cloudcrib.chapters.s3.draw import flow
from cloudcrib.chapters.s3.draw import speed as s3_speed
from cloudcrib.chapters.s3.replication import Event, Rule, replicates
from cloudcrib.kit.drawing import Picture
from cloudcrib.kit.exploring import Explorer, buttons, choice, explorer, slider, toggle

ACCOUNT = "111122223333"
READER = f"arn:aws:iam::{ACCOUNT}:role/reader"
EVENTS = {
    "PUT img/cat.png": Event("put", "img/cat.png"),
    "PUT img/dog.png, under SSE-KMS": Event("put", "img/dog.png", encryption="SSE-KMS"),
    "PUT logs/today": Event("put", "logs/today"),
    "img/old.png, older than the rule": Event("put", "img/old.png", before_rule=True),
    "img/copy.png, itself a replica": Event("put", "img/copy.png", by="replication"),
    "DELETE img/cat.png (a marker)": Event("marker", "img/cat.png"),
    "lifecycle expires img/dog.png (a marker)": Event("marker", "img/dog.png", by="lifecycle"),
    "DELETE img/cat.png, version v1": Event("version-delete", "img/cat.png"),
}


def replication() -> Explorer:
    """Change the rule, and see which of eight events cross."""
    return explorer(
        _replication,
        prefix=choice("prefix filter", {"none": "", "img/": "img/", "logs/": "logs/"}),
        markers=toggle("replicate delete markers"),
        kms=toggle("replicate SSE-KMS objects"),
    )


def _replication(prefix: str, markers: bool, kms: bool) -> str:
    rule = Rule(prefix, None, markers, kms)
    found = {name: replicates(event, rule) for name, event in EVENTS.items()}
    rows = "\n".join(f"| {name} | {'→ copied' if ok else '✗ stays'} | {why} |" for name, (ok, why) in found.items())
    return f"| in the source bucket | destination | because |\n|---|---|---|\n{rows}"


def encryption() -> Explorer:
    """Choose who keeps the key, and watch who is asked."""
    ways = ["SSE-S3", "SSE-KMS", "DSSE-KMS", "SSE-C", "client-side"]
    return explorer(
        flow.encryption_path,
        operation=buttons("you", ["PUT", "GET"], "PUT"),
        encryption=choice("encryption", ways, "SSE-KMS"),
    )


def policy() -> Explorer:
    """A bucket policy with three statements to switch, and a caller who comes by three ways."""
    ways = {
        "HTTPS, through vpce-0aa": ("true", "vpce-0aa"),
        "HTTPS, from the internet": ("true", ""),
        "plain HTTP": ("false", ""),
    }
    return explorer(
        _policy,
        share=choice(
            "Allow s3:GetObject on bucket/* to",
            {"nobody": "", "role reader": READER, "the whole account": ACCOUNT},
            READER,
        ),
        tls=toggle("Deny: everything that is not HTTPS", True),
        endpoint=toggle("Deny: everything that does not come through vpce-0aa"),
        who=choice("caller", {"a session of role reader": "reader", "a session of role other": "other"}),
        way=choice("comes by", ways),
    )


def _policy(share: str, tls: bool, endpoint: bool, who: str, way: tuple[str, str]) -> str:
    everyone: dict[str, Any] = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
    }
    statements: list[tuple[bool, dict[str, Any]]] = [
        (
            bool(share),
            {"Effect": "Allow", "Principal": {"AWS": share}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"},
        ),
        (tls, {**everyone, "Condition": {"Bool": {"aws:SecureTransport": "false"}}}),
        (endpoint, {**everyone, "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0aa"}}}),
    ]
    context = {"aws:SecureTransport": way[0]} | ({"aws:SourceVpce": way[1]} if way[1] else {})
    session = f"arn:aws:sts::{ACCOUNT}:assumed-role/{who}/today"
    request = Request(session, "s3:GetObject", "arn:aws:s3:::b/a.txt", context)
    chosen = [statement for on, statement in statements if on]
    said = {
        "allow": "✓ **The bucket policy allows it.**",
        "deny": "✗ **Denied**, whatever identity policies say.",
        "no word": "✗ **The bucket policy alone does not allow it**: refused, unless an IAM policy of the caller allows.",
    }
    speaks = ", ".join(s["Effect"] for s in chosen if access.applies(s, request)) or "none"
    verdict = said[access.decide({"Statement": chosen}, request)]
    return f"{verdict}\n\nStatements that speak about this request: {speaks}."


def upload() -> Explorer:
    """Cut a file into parts, and find what the upload is bound by."""
    return explorer(
        _upload,
        size_gib=slider("object", 1, 2000, 100, unit="GiB"),
        part_mib=choice("part size", {f"{n} MiB": n for n in (8, 16, 64, 256, 1024)}, 64),
        streams=slider("parallel streams", 1, 32, 4),
        stream_mibps=slider("one stream carries", 5, 100, 25, 5, unit="MiB/s"),
        link_mibps=slider("the link carries", 50, 1000, 120, 10, unit="MiB/s"),
    )


def _upload(size_gib: int, part_mib: int, streams: int, stream_mibps: float, link_mibps: float) -> Picture | str:
    if refused := speed.problems(size_gib * speed.MIB_IN_GIB, part_mib):
        return "**S3 refuses this upload.** " + " ".join(refused)
    return s3_speed.upload(size_gib, part_mib, streams, stream_mibps, link_mibps)


def prefixes() -> Explorer:
    """Spread a load over prefixes, evenly or not."""
    return explorer(
        _prefixes,
        reads=slider("reads a second", 0, 40_000, 20_000, 500),
        writes=slider("writes a second", 0, 20_000, 3000, 500),
        count=slider("prefixes", 1, 8, 4),
        skew=slider("skew towards one prefix", 0, 100, 0, 5, unit="%"),
    )


def _prefixes(reads: int, writes: int, count: int, skew: int) -> Picture:
    fair, extra = 1 / count, skew / 100 * (1 - 1 / count)
    shares = [fair + extra] + [(1 - fair - extra) / max(1, count - 1)] * (count - 1)
    return s3_speed.prefixes({f"p{n}/": (reads * share, writes * share) for n, share in enumerate(shares)})
