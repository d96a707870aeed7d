"""CPU credits of a burstable instance: one credit is one vCPU at 100 % for one minute."""

from dataclasses import dataclass

T3 = {  # credits earned in an hour, vCPUs
    "t3.nano": (6, 2), "t3.micro": (12, 2), "t3.small": (24, 2), "t3.medium": (24, 2),
    "t3.large": (36, 2), "t3.xlarge": (96, 4), "t3.2xlarge": (192, 8),
}  # fmt: skip
HOURS_SAVED = 24


@dataclass(frozen=True)
class Hour:
    """How an hour of a burstable instance went."""

    wanted: float  # per cent of all vCPUs
    got: float
    balance: float
    surplus: float
    charged: float


def baseline(earned: float, vcpus: int) -> float:
    """The load, in per cent of all vCPUs, at which an instance spends just what it earns."""
    return 100 * earned / (60 * vcpus)


def spent(load: float, vcpus: int, hours: float = 1) -> float:
    """Credits that a load, in per cent of all vCPUs, costs."""
    return load / 100 * vcpus * 60 * hours


def standard(loads: list[float], earned: float, vcpus: int, start: float) -> list[Hour]:
    """Standard mode: when the balance is empty, the instance falls back to its baseline."""
    hours, balance = [], start
    for load in loads:
        cost = min(spent(load, vcpus), balance + earned)
        balance = min(HOURS_SAVED * earned, balance + earned - cost)
        hours.append(Hour(load, 100 * cost / (60 * vcpus), balance, 0.0, 0.0))
    return hours


def unlimited(loads: list[float], earned: float, vcpus: int, start: float) -> list[Hour]:
    """Unlimited mode: the instance borrows what it lacks, and pays for what it cannot earn back in a day."""
    hours, balance, surplus = [], start, 0.0
    for load in loads:
        net = balance - surplus + earned - spent(load, vcpus)
        balance, owed = min(max(net, 0.0), HOURS_SAVED * earned), max(-net, 0.0)
        surplus = min(owed, HOURS_SAVED * earned)
        hours.append(Hour(load, load, balance, surplus, owed - surplus))
    return hours


def surcharge(hours: list[Hour], per_vcpu_hour: float) -> float:
    """What the surplus credits cost: sixty of them are a vCPU-hour."""
    return sum(hour.charged for hour in hours) / 60 * per_vcpu_hour
