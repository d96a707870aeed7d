"""S3 to play with: promises, classes, lifecycle rules, versions, locks."""

from __future__ import annotations

from datetime import date

from cloudcrib.chapters.s3 import cost as s3_cost
from cloudcrib.chapters.s3 import draw
from cloudcrib.chapters.s3 import objects as s3
from cloudcrib.chapters.s3 import versions as s3_versions
from cloudcrib.chapters.s3.cost import Step
from cloudcrib.chapters.s3.draw import flow
from cloudcrib.chapters.s3.versions import Lock
from cloudcrib.kit.drawing import Picture
from cloudcrib.kit.exploring import Explorer, buttons, choice, explorer, slider, text, toggle


def promises() -> Explorer:
    """Choose how many objects you keep and how many nines, and read what is lost and what is late."""
    return explorer(
        _promises,
        objects=slider("objects, as a power of ten", 3, 15, 7),
        nines=slider("nines of durability", 3, 11, 11),
        availability=choice("availability", {f"{p} %": p for p in (99.99, 99.95, 99.9, 99.5)}),
    )


def _promises(objects: int, nines: int, availability: float) -> str:
    count = 10**objects
    lost, chance = s3.expected_loss(count, nines), s3.chance_of_loss(count, nines)
    once = f"one every {1 / lost:,.0f} years" if lost < 1 else f"{lost:,.0f} a year"
    late = s3.downtime_minutes(availability)
    return (
        f"| promise | figure | for {count:,} objects |\n|---|---|---|\n"
        f"| durability | {nines} nines | expect to lose **{once}** |\n"
        f"| | | chance to lose any within a year: **{100 * chance:.3g} %** |\n"
        f"| availability | {availability} % | requests fail for **{late:.3g} minutes** a month, nothing is lost |"
    )


def classes() -> Explorer:
    """Turn size and reads, and watch the cheapest class change."""
    return explorer(
        _classes,
        gb=slider("data", 100, 10_000, 1000, 100, unit="GB"),
        kb=choice(
            "size of an object",
            {"8 KB": 8, "64 KB": 64, "128 KB": 128, "1 MB": 1024, "64 MB": 65536},
            1024,
        ),
        reads=slider("all of it read, times a month", 0.0, 2.0, 0.3, 0.05),
        instant=toggle("must answer in milliseconds", True),
        again=toggle("can be made again if its zone is lost"),
    )


def _classes(gb: int, kb: int, reads: float, instant: bool, again: bool) -> Picture:
    costs = draw.priced(gb, kb, reads)
    if instant:
        costs = {name: cost for name, cost in costs.items() if s3_cost.CLASSES[name].instant}
    if not again:
        del costs["One Zone-IA"]
    best = min(costs, key=lambda name: costs[name])
    saved = costs["Standard"] - costs[best]
    said = f"saves {saved:,.2f} USD a month" if saved else "nothing beats it"
    return draw.class_bars(costs, f"{best}: {said}")


def lifecycle() -> Explorer:
    """Set the days of a rule; S3's own objections appear as soon as you break one."""
    archives = {"Glacier Instant": "GLACIER_IR", "Glacier Flexible": "GLACIER", "Deep Archive": "DEEP_ARCHIVE"}
    return explorer(
        _lifecycle,
        ia=slider("to Standard-IA on day (0: not at all)", 0, 180, 0, 5),
        archive=choice("then to", archives, "GLACIER_IR"),
        day=slider("on day", 0, 360, 60, 5),
        objects=choice(
            "1,000 GB in",
            {"2,000 objects": 2000, "20,000": 20_000, "8 million": 8_000_000},
            20_000,
        ),
        months=slider("look ahead", 3, 36, 24, unit="months"),
    )


def _lifecycle(ia: int, archive: str, day: int, objects: int, months: int) -> list[Picture | str]:
    steps = sorted([Step(ia, "STANDARD_IA")] * (ia > 0) + [Step(day, archive)], key=lambda step: step.day)
    if refused := s3_cost.problems(steps):
        return ["**S3 refuses this rule.** " + " ".join(refused)]
    paid = [f"**Paid for nothing:** {sentence}" for sentence in s3_cost.early(steps)]
    return [draw.lifecycle(steps, 1000, objects, months), *paid]


def versions() -> Explorer:
    """Write steps, and watch what the bucket keeps."""
    return explorer(
        lambda script: flow.history(script),
        script=text("steps", "ENABLE, PUT a, PUT b, DELETE, DELETE v3"),
    )


def locks() -> Explorer:
    """Lock a version, become somebody, and try to be rid of it."""
    return explorer(
        _locks,
        mode=buttons("mode", ["none", "governance", "compliance"], "governance"),
        years=slider("retention", 1, 7, 3, unit="years"),
        hold=toggle("legal hold"),
        who=choice(
            "you are",
            {
                "a user": False,
                "an administrator with the bypass permission": True,
                "root, with the bypass permission": True,
            },
        ),
        later=slider("try it after", 0, 8, 1, unit="years"),
    )


def _locks(mode: str, years: int, hold: bool, who: bool, later: int) -> str:
    lock = Lock(mode, date(2027 + years, 1, 1) if mode != "none" else None, hold)
    today = date(2027 + later, 1, 1)
    asked = {
        "DELETE the version": s3_versions.may_destroy(lock, today, who),
        "remove the retention": s3_versions.may_change(lock, None, today, who),
        "add a year of retention": s3_versions.may_change(lock, date(2028 + max(years, later), 1, 1), today, who),
        "DELETE without an ID": (True, "It only lays a delete marker on top."),
    }
    rows = "\n".join(f"| {what} | {'✓ allowed' if ok else '✗ refused'} | {why} |" for what, (ok, why) in asked.items())
    return f"Written on 2027-01-01, tried on {today}.\n\n| you try to | S3 says | because |\n|---|---|---|\n{rows}"
