"""Versions, delete markers and locks."""

from datetime import date

import pytest

from cloudcrib.chapters.s3 import versions as v
from cloudcrib.chapters.s3.versions import History, Lock

TODAY = date(2030, 1, 1)


def ids(script):
    return [version.id for version in v.play(script)[-1][1].versions]


def test_without_versioning_a_write_replaces_and_a_delete_destroys():
    assert ids("PUT a, PUT b") == ["null"]
    assert ids("PUT a, DELETE") == []


def test_enabling_keeps_what_was_there_as_null():
    assert ids("PUT a, ENABLE, PUT b") == ["v1", "null"]


def test_a_plain_delete_hides_and_removing_the_marker_shows_again():
    hidden = v.play("ENABLE, PUT a, DELETE")[-1][1]

    assert v.get(hidden) == "404"
    assert v.get(hidden, "v1") == "a"
    assert v.get(hidden, "v2") == "405"
    assert v.get(v.delete(hidden, "v2")) == "a"


def test_a_delete_with_an_id_destroys_that_version():
    assert ids("ENABLE, PUT a, PUT b, DELETE v1") == ["v2"]


def test_suspended_writes_share_the_id_null_and_spare_older_versions():
    assert ids("ENABLE, PUT a, SUSPEND, PUT b, PUT c") == ["null", "v1"]
    assert ids("ENABLE, PUT a, SUSPEND, PUT b, DELETE") == ["null", "v1"]


def test_versioning_is_never_switched_off_again():
    with pytest.raises(ValueError, match="never"):
        v.versioning(History("enabled"), "off")


def test_an_unknown_step_is_named():
    with pytest.raises(ValueError, match="ERASE"):
        v.play("ERASE")


def test_nothing_under_the_last_version_answers_404():
    assert v.get(History()) == "404"
    assert v.get(History(), "v9") == "404"


@pytest.mark.parametrize(
    ("lock", "bypass", "allowed"),
    [
        (Lock(), False, True),
        (Lock("governance", date(2031, 1, 1)), False, False),
        (Lock("governance", date(2031, 1, 1)), True, True),
        (Lock("compliance", date(2031, 1, 1)), True, False),
        (Lock("compliance", date(2029, 1, 1)), False, True),
        (Lock("governance", date(2031, 1, 1), hold=True), True, False),
        (Lock(hold=True), True, False),
    ],
)
def test_who_may_destroy_a_locked_version(lock, bypass, allowed):
    assert v.may_destroy(lock, TODAY, bypass)[0] is allowed


def test_compliance_can_be_extended_but_not_shortened():
    lock = Lock("compliance", date(2031, 1, 1))

    assert v.may_change(lock, date(2032, 1, 1), TODAY)[0]
    assert not v.may_change(lock, date(2030, 6, 1), TODAY, bypass=True)[0]
    assert not v.may_change(lock, None, TODAY, bypass=True)[0]


def test_a_retention_that_is_over_binds_nobody():
    assert v.may_change(Lock("compliance", date(2029, 1, 1)), None, TODAY) == (True, "No retention runs.")


def test_governance_is_shortened_only_with_the_bypass():
    lock = Lock("governance", date(2031, 1, 1))

    assert not v.may_change(lock, None, TODAY)[0]
    assert v.may_change(lock, None, TODAY, bypass=True)[0]
