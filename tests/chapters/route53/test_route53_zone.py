"""What a hosted zone may hold."""

import pytest

from cloudcrib.chapters.route53 import zone


def test_a_cname_is_refused_at_the_apex():
    assert zone.conflict("example.com", [], "example.com", "CNAME") == "apex"


@pytest.mark.parametrize(("there", "new"), [("A", "CNAME"), ("CNAME", "TXT")])
def test_a_cname_and_another_type_do_not_share_a_name(there, new):
    assert zone.conflict("example.com", [("www.example.com", there)], "www.example.com", new) == "not alone"


@pytest.mark.parametrize(("there", "new"), [("A", "A"), ("A", "MX"), ("CNAME", "CNAME")])
def test_other_records_share_a_name(there, new):
    assert zone.conflict("example.com", [("www.example.com", there)], "www.example.com", new) == ""


RECORDS = {
    "shop": ("CNAME", "www"),
    "www": ("alias", "lb"),
    "lb": ("A", "203.0.113.10"),
}


def test_a_cname_is_a_step_and_an_alias_is_none():
    assert zone.follow(RECORDS, "shop") == ["shop", "www", "203.0.113.10"]


def test_a_loop_is_noticed():
    with pytest.raises(ValueError, match="leads back to itself"):
        zone.follow({"a": ("CNAME", "b"), "b": ("CNAME", "a")}, "a")
