"""What an instance type's name says, and what an instance keeps through the events of its life."""

import re
from dataclasses import dataclass

PROCESSORS = {"g": "Graviton", "a": "AMD", "i": "Intel"}
EXTRAS = {"d": "local disk", "n": "network", "b": "EBS bandwidth", "e": "more memory or disk", "z": "high clock"}
GENERAL = {"c", "m", "r", "x", "t", "i", "d", "h", "z", "u"}  # no letter for the processor means Intel here
GIB_PER_VCPU = {"c": 2, "m": 4, "r": 8, "x": 16}

KEPT = {  # after the event and, where one is needed, the start that follows
    "memory (RAM)": {"reboot": False, "stop": False, "hibernate": True, "terminate": False},
    "root volume on EBS": {"reboot": True, "stop": True, "hibernate": True, "terminate": False},
    "EBS volume attached later": {"reboot": True, "stop": True, "hibernate": True, "terminate": True},
    "instance store": {"reboot": True, "stop": False, "hibernate": False, "terminate": False},
    "private address": {"reboot": True, "stop": True, "hibernate": True, "terminate": False},
    "public address, automatic": {"reboot": True, "stop": False, "hibernate": False, "terminate": False},
    "tie to an Elastic IP": {"reboot": True, "stop": True, "hibernate": True, "terminate": False},
    "the same host": {"reboot": True, "stop": False, "hibernate": False, "terminate": False},
}
EVENTS = ("reboot", "stop", "hibernate", "terminate")


@dataclass(frozen=True)
class TypeName:
    """An instance type, read from its name."""

    family: str
    generation: int
    options: str
    size: str

    @property
    def processor(self) -> str:
        """Who made the processor: the first letter after the generation says so, and in general families its absence."""
        return PROCESSORS.get(self.options[:1], "Intel" if self.family in GENERAL else "processor not said")

    @property
    def extras(self) -> list[str]:
        """What the other letters after the generation add."""
        letters, _, variant = self.options.partition("-")
        rest = letters[1:] if letters[:1] in PROCESSORS else letters
        return [EXTRAS[letter] for letter in rest if letter in EXTRAS] + [variant] * bool(variant)


def read_type(name: str) -> TypeName:
    """Family, generation, options and size of an instance type."""
    found = re.fullmatch(r"([a-z]+)(\d+)([a-z]*(?:-[a-z0-9]+)?)\.([a-z0-9-]+)", name)
    if not found:
        raise ValueError(f"{name!r} is not the name of an instance type such as 'm7g.large'")
    family, generation, options, size = found.groups()
    return TypeName(family, int(generation), options, size)


def leanest_family(vcpus: int, memory_gib: float) -> str:
    """The family with the least memory for each vCPU that still has enough."""
    for family, ratio in GIB_PER_VCPU.items():
        if vcpus * ratio >= memory_gib:
            return family
    return "u"


def kept(event: str) -> dict[str, bool]:
    """What an instance still has after the event."""
    return {thing: after[event] for thing, after in KEPT.items()}


def live(events: list[str]) -> tuple[bool, int, int]:
    """Whether the first instance-store data is still there, public addresses seen, and runs of user data."""
    data, addresses, runs = True, 1, 1
    for event in events:
        data = data and KEPT["instance store"][event]
        addresses += event in ("stop", "hibernate")
    return data, addresses, runs


def cannot_hibernate(
    os: str, ram_gib: float, encrypted_root: bool, enabled_at_launch: bool, in_group: bool
) -> list[str]:
    """Everything that keeps an instance from hibernating."""
    too_big = ram_gib > 16 if os == "windows" else ram_gib >= 150
    obstacles = {
        "too much RAM": too_big,
        "root volume not encrypted": not encrypted_root,
        "not enabled at launch": not enabled_at_launch,
        "in an Auto Scaling group": in_group,
    }
    return [said for said, holds in obstacles.items() if holds]
