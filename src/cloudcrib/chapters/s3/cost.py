"""What storage costs: classes, their traps, and lifecycle rules over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

KB_IN_GB = 1024**2
MONTH = 30  # days
# Beside each archived object lie an index, at the archive's price, and a name, at Standard's.
INDEX_KB, NAME_KB = 32, 8


@dataclass(frozen=True)
class StorageClass:
    """The prices of a class (USD, us-east-1) and its small print."""

    name: str
    api: str
    store: float  # per GB-month
    read: float = 0.0  # per GB retrieved
    move: float = 0.0  # per 1,000 objects that a lifecycle rule moves in
    min_kb: int = 0  # smallest size billed
    min_days: int = 0  # shortest stay billed
    instant: bool = True  # answers a GET without a restore


STANDARD = StorageClass("Standard", "STANDARD", 0.023)
IA = StorageClass("Standard-IA", "STANDARD_IA", 0.0125, 0.01, 0.01, 128, 30)
ONE_ZONE = StorageClass("One Zone-IA", "ONEZONE_IA", 0.01, 0.01, 0.01, 128, 30)
INSTANT = StorageClass("Glacier Instant", "GLACIER_IR", 0.004, 0.03, 0.02, 128, 90)
FLEXIBLE = StorageClass("Glacier Flexible", "GLACIER", 0.0036, 0.01, 0.03, 0, 90, instant=False)
DEEP = StorageClass("Deep Archive", "DEEP_ARCHIVE", 0.00099, 0.02, 0.05, 0, 180, instant=False)
CLASSES = {c.name: c for c in (STANDARD, IA, ONE_ZONE, INSTANT, FLEXIBLE, DEEP)}
BY_API = {c.api: c for c in CLASSES.values()}

# Which class a rule may move an object on to: always downhill.
DOWNHILL = {
    "STANDARD": ("STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"),
    "STANDARD_IA": ("INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"),
    "INTELLIGENT_TIERING": ("ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"),
    "ONEZONE_IA": ("GLACIER", "DEEP_ARCHIVE"),
    "GLACIER_IR": ("GLACIER", "DEEP_ARCHIVE"),
    "GLACIER": ("DEEP_ARCHIVE",),
    "DEEP_ARCHIVE": (),
}


def billed_gb(objects: float, kb: float, kind: StorageClass = STANDARD) -> float:
    """GB on the bill, small objects rounded up to the class's smallest size."""
    return objects * max(kb, kind.min_kb) / KB_IN_GB


def overhead_cost(objects: float, kind: StorageClass) -> float:
    """USD a month for what an archive keeps beside each object, so that it can be listed and found."""
    if kind.instant:
        return 0.0
    return objects * (INDEX_KB * kind.store + NAME_KB * STANDARD.store) / KB_IN_GB


def month_cost(kind: StorageClass, gb: float, reads: float = 0.0) -> float:
    """USD a month for data that is read `reads` times over (requests left out)."""
    return gb * (kind.store + reads * kind.read)


def stay_cost(kind: StorageClass, gb: float, days: float) -> float:
    """USD for a stay of some days, the class's minimum stay at least."""
    return gb * kind.store * max(days, kind.min_days) / MONTH


def crossover(dear: StorageClass, cheap: StorageClass) -> float:
    """How often a month the data may be read before the cheaper shelf becomes the dearer one."""
    return (dear.store - cheap.store) / (cheap.read - dear.read)


def cheapest(reads: float, kinds: Sequence[StorageClass] = (STANDARD, IA, INSTANT)) -> StorageClass:
    """The class that costs least for data read so often a month."""
    return min(kinds, key=lambda kind: month_cost(kind, 1, reads))


@dataclass(frozen=True)
class Step:
    """From this day after creation on, the object lies in this class."""

    day: int
    api: str


def problems(steps: Sequence[Step]) -> list[str]:
    """What S3 would refuse about the steps of a lifecycle rule, in sentences."""
    return [
        f"{now} cannot move to {step.api}: rules only lead downhill."
        for now, step in zip(["STANDARD", *(s.api for s in steps)], steps, strict=False)
        if step.api not in DOWNHILL[now]
    ]


def early(steps: Sequence[Step]) -> list[str]:
    """Where a rule moves on before a class's minimum stay is over, which is billed all the same."""
    return [
        f"{step.api} is left after {after.day - step.day} days and billed for {BY_API[step.api].min_days}."
        for step, after in pairwise(steps)
        if unused(step, after)
    ]


def unused(step: Step, after: Step) -> int:
    """Days of a minimum stay that are billed though the object has moved on."""
    return max(0, BY_API[step.api].min_days - (after.day - step.day))


def class_on(steps: Sequence[Step], day: float) -> StorageClass:
    """The class an object of that age lies in."""
    reached = [step.api for step in steps if step.day <= day]
    return BY_API[reached[-1]] if reached else STANDARD


def running_cost(gb: float, objects: int, steps: Sequence[Step], months: int) -> list[float]:
    """USD spent after each month on one upload that ages down the steps: moves, early exits and overhead included."""
    total, spent = 0.0, []
    for day in range(months * MONTH):
        kind = class_on(steps, day)
        total += (month_cost(kind, gb) + overhead_cost(objects, kind)) / MONTH
        total += sum(objects / 1000 * BY_API[s.api].move for s in steps if s.day == day)
        total += sum(gb * BY_API[a.api].store * unused(a, b) / MONTH for a, b in pairwise(steps) if b.day == day)
        if (day + 1) % MONTH == 0:
            spent.append(total)
    return spent
