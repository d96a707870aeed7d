"""Names of types, and what an instance keeps."""

import pytest

from cloudcrib.model import ec2


@pytest.mark.parametrize(
    ("name", "processor", "extras"),
    [
        ("c7gn.4xlarge", "Graviton", ["network"]),
        ("r6a.large", "AMD", []),
        ("m6id.xlarge", "Intel", ["local disk"]),
        ("g4dn.xlarge", "processor not said", ["local disk", "network"]),
        ("m7i-flex.large", "Intel", ["flex"]),
    ],
)
def test_processor_and_extras_stand_behind_the_generation(name, processor, extras):
    read = ec2.read_type(name)

    assert (read.processor, read.extras) == (processor, extras)


def test_the_letters_in_front_of_the_digits_are_the_family():
    read = ec2.read_type("im4gn.large")

    assert (read.family, read.generation, read.size) == ("im", 4, "large")


def test_what_is_no_type_is_refused_with_an_example():
    with pytest.raises(ValueError, match=r"m7g\.large"):
        ec2.read_type("large")


@pytest.mark.parametrize(("memory", "family"), [(8, "c"), (16, "m"), (17, "r"), (64, "x"), (65, "u")])
def test_the_leanest_family_is_the_first_with_enough_memory(memory, family):
    assert ec2.leanest_family(4, memory) == family


def test_instance_store_outlives_a_reboot_and_nothing_else():
    assert [event for event in ec2.EVENTS if ec2.kept(event)["instance store"]] == ["reboot"]


def test_only_hibernation_keeps_memory():
    assert [event for event in ec2.EVENTS if ec2.kept(event)["memory (RAM)"]] == ["hibernate"]


def test_only_a_volume_attached_later_outlives_termination():
    assert [thing for thing, stays in ec2.kept("terminate").items() if stays] == ["EBS volume attached later"]


def test_each_stop_brings_another_address_and_no_run_of_user_data():
    assert ec2.live(["reboot", "stop", "hibernate"]) == (False, 3, 1)


def test_linux_must_stay_below_its_limit_while_windows_may_reach_its_own():
    fits = [ec2.cannot_hibernate(os, gib, True, True, False) == [] for os, gib in (("linux", 149), ("windows", 16))]
    exceeds = [ec2.cannot_hibernate(os, gib, True, True, False) for os, gib in (("linux", 150), ("windows", 17))]

    assert fits == [True, True]
    assert exceeds == [["too much RAM"]] * 2


def test_all_obstacles_to_hibernation_are_named():
    assert len(ec2.cannot_hibernate("linux", 512, False, False, True)) == 4
