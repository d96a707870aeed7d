"""ARNs, sessions, bills, directories: the small models of the IAM chapter."""

import pytest

from cloudcrib.chapters.iam import arn as iam_arn
from cloudcrib.chapters.iam import billing, directory, explore, session

TIERS = [(50, 0.023), (450, 0.022), (float("inf"), 0.021)]


def test_an_arn_falls_into_its_fields():
    arn = iam_arn.parse("arn:aws:ec2:eu-west-1:123456789012:instance/i-0abc")

    assert (arn.service, arn.region, arn.account, arn.resource) == (
        "ec2",
        "eu-west-1",
        "123456789012",
        "instance/i-0abc",
    )


def test_a_bucket_arn_has_neither_region_nor_account():
    arn = iam_arn.parse("arn:aws:s3:::my-bucket/a/b.txt")

    assert (arn.region, arn.account, arn.resource) == ("", "", "my-bucket/a/b.txt")
    assert iam_arn.scope(arn) == "the whole partition"


def test_colons_after_the_fifth_belong_to_the_resource():
    assert (
        iam_arn.parse("arn:aws:logs:eu-west-1:123456789012:log-group:app:log-stream:x").resource
        == "log-group:app:log-stream:x"
    )


@pytest.mark.parametrize(
    "text", ["s3:::bucket", "arn:aws:s3::bucket", "arn::s3:::bucket", "arn:aws:iam::1234:user/x", "arn:aws:s3:::"]
)
def test_what_is_not_an_arn_is_refused(text):
    with pytest.raises(ValueError, match="is not an ARN"):
        iam_arn.parse(text)


def test_writing_an_arn_undoes_reading_it():
    text = "arn:aws-cn:rds:cn-north-1:123456789012:db:orders"

    assert str(iam_arn.parse(text)) == text


def test_the_kind_of_resource_stands_before_a_slash_or_a_colon():
    assert iam_arn.resource_type(iam_arn.parse("arn:aws:rds:eu-west-1:123456789012:db:orders")) == "db"
    assert iam_arn.resource_type(iam_arn.parse("arn:aws:iam::123456789012:role/team/app")) == "role"
    assert iam_arn.resource_type(iam_arn.parse("arn:aws:s3:::bucket/key")) == ""


def test_an_iam_name_holds_in_every_region():
    assert iam_arn.scope(iam_arn.parse("arn:aws:iam::123456789012:user/x")) == "one account, every Region"
    assert iam_arn.scope(iam_arn.parse("arn:aws:sqs:eu-west-1:123456789012:q")) == "one Region of one account"


def test_a_session_leads_back_to_its_role():
    assert (
        iam_arn.role_of_session("arn:aws:sts::123456789012:assumed-role/app/job-7")
        == "arn:aws:iam::123456789012:role/app"
    )
    assert iam_arn.role_of_session("arn:aws:iam::123456789012:user/x") == ""


def test_a_session_lasts_one_hour_unless_asked_otherwise():
    assert session.session_seconds(None, 12 * 3600) == 3600
    assert session.session_seconds(6 * 3600, 8 * 3600) == 6 * 3600


@pytest.mark.parametrize(
    ("asked", "maximum", "chained"), [(9 * 3600, 8 * 3600, False), (7200, 12 * 3600, True), (60, 3600, False)]
)
def test_sts_refuses_instead_of_shortening(asked, maximum, chained):
    with pytest.raises(ValueError, match=r"minutes|refuses"):
        session.session_seconds(asked, maximum, chained)


def test_a_role_maximum_lies_between_one_and_twelve_hours():
    with pytest.raises(ValueError, match="between 1 and 12"):
        session.session_seconds(None, 13 * 3600)


def test_an_external_id_must_be_presented():
    assert session.may_assume("1", "1", "x-7", "x-7")
    assert not session.may_assume("1", "1", "x-7")
    assert not session.may_assume("1", "2")


def test_accounts_climb_the_tiers_together():
    assert round(billing.tiered_price(30, TIERS) + billing.tiered_price(40, TIERS), 2) == 1648.64
    assert round(billing.tiered_price(70, TIERS), 2) == 1628.16
    assert round(billing.consolidated_saving({"a": 30, "b": 40}, TIERS), 2) == 20.48


def test_pooling_saves_nothing_inside_the_first_tier():
    assert billing.consolidated_saving({"a": 10, "b": 20}, TIERS) == pytest.approx(0)


def test_pooling_saves_where_one_account_or_each_climbs_the_first_edge_alone():
    assert round(billing.consolidated_saving({"a": 20, "b": 60}, TIERS), 2) == 20.48
    assert round(billing.consolidated_saving({"a": 60, "b": 60}, TIERS), 2) == 51.20
    assert billing.consolidated_saving({"a": 300, "b": 0}, TIERS) == pytest.approx(0)


def test_a_reservation_serves_its_owner_first_and_then_the_family():
    running = {"web": 3, "batch": 2, "test": 4}

    assert billing.covered_hours("batch", 4, running, shared=True) == {"web": 2, "batch": 2, "test": 0}
    assert billing.covered_hours("batch", 4, running, shared=False) == {"web": 0, "batch": 2, "test": 0}


def test_a_directory_that_must_not_hold_data_is_a_connector():
    assert directory.choose(own_ad=True, controllers_in_aws=False) == "AD Connector"


def test_domain_controllers_in_aws_mean_a_managed_active_directory():
    assert directory.choose(own_ad=True, controllers_in_aws=True) == "AWS Managed Microsoft AD"
    assert directory.choose(own_ad=True, controllers_in_aws=True, same_domain=True).endswith("(Hybrid Edition)")


def test_without_an_ad_a_new_customer_gets_a_managed_one_whatever_else_is_asked():
    """Simple AD takes no new customers."""
    for controllers in (True, False):
        for same in (True, False):
            assert directory.choose(False, controllers, same) == "AWS Managed Microsoft AD"


def test_the_edition_follows_the_number_of_objects():
    assert directory.edition(30_000) == "Standard"
    assert directory.edition(30_001) == "Enterprise"


def test_the_explorer_says_what_plays_no_part():
    assert "domain controllers in AWS, same domain" in explore._directory(False, True, True, 100_000)
    assert "Enterprise Edition" in explore._directory(False, False, False, 100_000)
    assert "Plays no part here: number of objects" in explore._directory(True, True, True, 5_000)
    assert "Plays no part" not in explore._directory(True, True, False, 5_000)
