"""Names of types, and what an instance keeps."""

import pytest

from cloudcrib.chapters.ec2 import instance


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
    read = instance.read_type(name)

    assert (read.processor, read.extras) == (processor, extras)


def test_the_letters_in_front_of_the_digits_are_the_family():
    read = instance.read_type("im4gn.large")

    assert (read.family, read.generation, read.size) == ("im", 4, "large")


def test_what_is_no_type_is_refused_with_an_example():
    with pytest.raises(ValueError, match=r"m7g\.large"):
        instance.read_type("large")


@pytest.mark.parametrize(("memory", "family"), [(8, "c"), (16, "m"), (17, "r"), (64, "x"), (65, "u")])
def test_the_leanest_family_is_the_first_with_enough_memory(memory, family):
    assert instance.leanest_family(4, memory) == family


def test_instance_store_outlives_a_reboot_and_nothing_else():
    assert [event for event in instance.EVENTS if instance.kept(event)["instance store"]] == ["reboot"]


def test_only_hibernation_keeps_memory():
    assert [event for event in instance.EVENTS if instance.kept(event)["memory (RAM)"]] == ["hibernate"]


def test_only_a_volume_attached_later_outlives_termination():
    assert [thing for thing, stays in instance.kept("terminate").items() if stays] == ["EBS volume attached later"]


def test_each_stop_brings_another_address_and_no_run_of_user_data():
    assert instance.live(["reboot", "stop", "hibernate"]) == (False, 3, 1)


def test_linux_must_stay_below_its_limit_while_windows_may_reach_its_own():
    fits = [
        instance.cannot_hibernate(os, gib, True, True, False) == [] for os, gib in (("linux", 149), ("windows", 16))
    ]
    exceeds = [instance.cannot_hibernate(os, gib, True, True, False) for os, gib in (("linux", 150), ("windows", 17))]

    assert fits == [True, True]
    assert exceeds == [["too much RAM"]] * 2


def test_all_obstacles_to_hibernation_are_named():
    assert len(instance.cannot_hibernate("linux", 512, False, False, True)) == 4
