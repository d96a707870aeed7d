"""What the figures of S3 show."""

import pytest
from drawn import look

from cloudcrib.chapters.s3 import draw
from cloudcrib.chapters.s3.cost import INSTANT, STANDARD, Step
from cloudcrib.chapters.s3.draw import flow, speed
from cloudcrib.kit.drawing import PALETTE


def test_a_promise_is_minutes_a_month() -> None:
    """99.99 % of 30 days leaves 4.32 minutes, 99.9 % leaves 43.2."""
    seen = look(draw.promises)

    standard = seen.ticks("y").index("Standard")
    (designed, row), (credited, _) = seen.lines()[standard]
    assert row == standard
    assert (designed, credited) == pytest.approx((4.32, 43.2))
    assert "One Zone-IA (1 zone)" in seen.ticks("y")
    assert seen.ticks("x") == ["4.32 99.99", "21.6 99.95", "43.2 99.9", "216 99.5", "432 99"]
    assert {*seen.legend()} == {"design target", "SLA credit"}
    assert "Standard 99.99 % designed, credits below 99.9 %" in seen.alt


def test_classes_cross_where_reads_eat_up_what_storage_saves() -> None:
    """Standard-IA saves 1.05 cents a GB and takes 1 cent to read; Glacier Instant saves 0.85 more and takes 2 more."""
    seen = look(draw.crossover)

    standard, rare, instant, first, second = seen.lines()
    assert (standard, rare, instant) == ([(0, 23), (1.6, 23)], [(0, 12.5), (1.6, 28.5)], [(0, 4), (1.6, 52)])
    assert (first, second) == ([(1.05, 23)], [(0.425, 16.75)])
    assert {"1.05 ×", "0.425 ×", "Standard", "Standard-IA", "Glacier Instant"} <= {*seen.words}
    assert "Standard is cheapest above 1.05, Standard-IA below 1.05, Glacier Instant below 0.425." in seen.alt


def test_the_crossover_said_is_that_of_the_classes_shown() -> None:
    seen = look(draw.crossover, kinds=(STANDARD, INSTANT))

    assert "0.633 ×" in seen.words
    assert "Standard is cheapest above 0.633, Glacier Instant below 0.633." in seen.alt


def test_a_lifecycle_rule_saves_from_the_month_in_which_it_moves() -> None:
    """1,000 GB cost 23 USD a month in Standard, 12.50 in Standard-IA; moving 1,000 objects costs a cent."""
    seen = look(draw.lifecycle, [Step(30, "STANDARD_IA")], gb=1000, objects=1000, months=2)

    assert seen.title == "After 2 months the rule has cost 77 % of Standard"
    stays, moves = seen.lines()
    assert [usd for _, usd in stays] == pytest.approx([0, 23, 46])
    assert [usd for _, usd in moves] == pytest.approx([0, 23, 35.51])
    assert {"46.00", "35.51", "Standard", "Standard-IA"} <= {*seen.words}
    assert seen.legend() == ["stays in Standard", "follows the rule"]
    assert "46.00 USD in Standard, 35.51 USD with Standard-IA from day 30" in seen.alt


def test_without_a_rule_nothing_is_saved() -> None:
    seen = look(draw.lifecycle, (), gb=1000, objects=1, months=1)

    assert seen.title == "After 1 month the rule has cost 100 % of Standard"
    assert "no transition" in seen.alt


def test_the_cheapest_class_is_marked() -> None:
    seen = look(draw.class_bars, {"Standard": 2.0, "Deep Archive": 1.0}, "Cold is cheap")

    assert seen.widths() == [1, 2]
    assert seen.ticks("y") == ["Deep Archive", "Standard"]
    assert seen.words[1:3] == ["1.00 ← least", "2.00"]
    assert seen.alt == "Monthly cost: Standard 2.00 USD, Deep Archive 1.00 USD."


def test_versions_pile_up_under_a_delete_marker() -> None:
    seen = look(flow.history, "PUT a, ENABLE, PUT b, DELETE")

    assert seen.title == "A marker hides the object; 2 versions lie beneath it"
    assert [said for said in seen.words if "GET" in said] == ["GET → a", "GET → a", "GET → b", "GET → 404"]
    assert (seen.words.count("null a"), seen.words.count("v1 b"), seen.words.count("v2 marker")) == (4, 2, 1)
    assert seen.colours("v2 marker") == [PALETTE["red"]]
    assert seen.alt.endswith("After DELETE: v2 (delete marker), v1 (b), null (a).")


def test_without_a_step_there_is_no_history() -> None:
    with pytest.raises(ValueError, match="Write at least one step"):
        flow.history("")


def test_a_lock_forbids_and_a_plain_delete_always_works() -> None:
    seen = look(flow.locks)

    rows = ["no lock", "governance", "compliance", "legal hold"]
    starts = [seen.words.index(row) for row in rows]
    cells = [seen.words[at + 1 : at + 5] for at in starts]
    assert cells == [
        ["yes", "yes", "–", "yes"],
        ["no", "yes", "with bypass", "yes"],
        ["no", "no", "never", "yes"],
        ["no", "no", "–", "yes"],
    ]
    assert "compliance never" in seen.alt


def test_deletions_of_versions_do_not_travel() -> None:
    seen = look(flow.replication)

    said = dict(zip(seen.words, seen.words[1:], strict=False))
    assert said["new object under SSE-S3"] == "always"
    assert said["new object under SSE-KMS, DSSE-KMS"] == "if the rule opts in"
    assert said["object older than the rule"] == "Batch Replication"
    assert said["DELETE of a version ID"] == said["delete marker by lifecycle"] == "never"
    assert seen.words.count("✕") == 2
    assert "lifecycle markers and version deletes never" in seen.alt


def test_three_gates_may_answer_403() -> None:
    seen = look(flow.gates)

    assert seen.words.count("403") == 3
    assert (seen.words.count("yes"), seen.words.count("no")) == (3, 3)
    assert {"request", "object", "Block Public Access: is the grant public?"} <= {*seen.words}
    assert "Failing a gate answers 403" in seen.alt


@pytest.mark.parametrize(
    ("operation", "encryption", "title", "messages"),
    [
        (
            "PUT",
            "SSE-KMS",
            "SSE-KMS: S3 calls GenerateDataKey with your rights",
            ["PUT object", "GenerateDataKey", "data key", "encrypt", "200 OK"],
        ),
        ("GET", "SSE-S3", "SSE-S3: nobody is asked; S3 keeps the keys", ["GET", "decrypt", "object"]),
        (
            "PUT",
            "client-side",
            "Client-side: AWS never sees the plain text, nor the key",
            ["encrypt", "PUT ciphertext", "200 OK"],
        ),
        (
            "GET",
            "SSE-C",
            "SSE-C: your key travels with every request, and S3 forgets it",
            ["GET + key", "decrypt", "object"],
        ),
    ],
)
def test_who_talks_to_whom_under_encryption(operation: str, encryption: str, title: str, messages: list[str]) -> None:
    seen = look(flow.encryption_path, operation, encryption)

    assert seen.title == title
    assert seen.words[1:] == ["you", "S3", "KMS", *messages]
    assert seen.alt.startswith(f"Messages of a {operation} with {encryption}. ")
    assert all(message in seen.alt for message in messages)


def test_streams_are_the_bound_until_the_link_is_full() -> None:
    """60 GiB over two streams of 8 MiB a second take 64 minutes; the link of 64 MiB a second would take 16."""
    seen = look(speed.upload, size_gib=60, part_mib=1024, streams=2, stream_mibps=8, link_mibps=64)

    assert seen.title == "60 parts, 64.0 minutes, bound by its streams"
    curve, _, mine = seen.lines()
    assert (curve[0], curve[1], curve[7], curve[31]) == ((1, 128), (2, 64), (8, 16), (32, 16))
    assert mine == [(2, 64)]
    assert "the link's limit" in seen.words
    assert "2 take 64.0 minutes" in seen.alt


def test_a_prefix_over_its_limits_meets_503() -> None:
    """5,500 reads and 3,500 writes a second are served of each prefix."""
    seen = look(speed.prefixes, {"a/": (6000, 1000), "b/": (100, 4000)})

    assert seen.title == "1,000 requests a second meet 503"
    assert [(bar.x, bar.width) for bar in seen.bars(at=0)] == [(0, 100), (100, 0), (0, 5500), (5500, 500)]
    assert [(bar.x, bar.width) for bar in seen.bars(at=1)] == [(0, 3500), (3500, 500), (0, 1000), (1000, 0)]
    assert seen.ticks("y") == ["b/", "a/"]
    assert {"reads a second (limit 5,500)", "writes a second (limit 3,500)"} <= {*seen.words}
    assert "a/: 6,000 reads, 1,000 writes" in seen.alt and "1,000 are refused" in seen.alt


def test_prefixes_within_their_limits_lose_nothing() -> None:
    seen = look(speed.prefixes, {"a/": (10, 10)})

    assert seen.title == "Every prefix stays under its limits"
