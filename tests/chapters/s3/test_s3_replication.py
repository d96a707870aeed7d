"""What live replication carries."""

import pytest

from cloudcrib.chapters.s3.replication import Event, Rule, replicates


@pytest.mark.parametrize(
    ("event", "rule", "carried"),
    [
        (Event("put"), Rule(), True),
        (Event("put", before_rule=True), Rule(), False),
        (Event("put", key="logs/a"), Rule(prefix="img/"), False),
        (Event("put", tags=("keep",)), Rule(tag="keep"), True),
        (Event("put"), Rule(tag="keep"), False),
        (Event("put", encryption="SSE-KMS"), Rule(), False),
        (Event("put", encryption="SSE-KMS"), Rule(kms=True), True),
        (Event("put", encryption="DSSE-KMS"), Rule(), False),
        (Event("put", encryption="DSSE-KMS"), Rule(kms=True), True),
        (Event("put", encryption="SSE-C"), Rule(), True),
        (Event("put", by="replication"), Rule(), False),
        (Event("marker"), Rule(), False),
        (Event("marker"), Rule(markers=True), True),
        (Event("marker", by="lifecycle"), Rule(markers=True), False),
        (Event("version-delete"), Rule(markers=True), False),
    ],
)
def test_an_event_travels_or_stays(event, rule, carried):
    assert replicates(event, rule)[0] is carried


def test_a_tag_filter_and_delete_markers_exclude_each_other():
    with pytest.raises(ValueError, match="tag"):
        Rule(tag="keep", markers=True)
