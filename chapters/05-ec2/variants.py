"""Other figures for questions of this chapter: each function draws one variant."""

import math
from random import Random


def baseline(r: Random) -> dict:
    """The load at which a burstable type spends what it earns."""
    vcpus, each = r.choice([2, 4, 8, 16, 32]), 3 * r.randint(1, 10)
    earned = vcpus * each
    return {
        "stem": f"A burstable instance has {vcpus} vCPUs and earns {earned} CPU credits an hour. A credit is one vCPU at 100 % for one minute. At which constant CPU load, in per cent of all vCPUs, does its balance neither grow nor shrink?",
        "answer": 100 * earned / (60 * vcpus),
        "why": f"{earned} earned of {60 * vcpus} possible: {100 * earned / (60 * vcpus):g} % is the baseline.",
        "traps": [
            {"value": 100 * earned / 60, "why": f"It has {vcpus} vCPUs; an hour at 100 % costs {60 * vcpus} credits, not 60.", "mistake": "ec2-credits-one-vcpu"},
            {"value": earned, "why": f"{earned} are credits; divide them by the {60 * vcpus} of a full hour."},
        ],
        "hint": ["How many credits would an hour at 100 % cost?", f"All vCPUs at 100 % for an hour cost {vcpus} × 60 credits."],
    }


def idle_hours(r: Random) -> dict:
    """How long a burstable type needs to earn back a busy spell."""
    hours, load, earned, start = r.randint(2, 4), 10 * r.randint(5, 9), 24, 50 * r.randint(7, 10)
    spent = 2 * 60 * load // 100
    return {
        "stem": f"A t3.medium (two vCPUs, {earned} credits an hour) holds {start} credits. For {hours} hours both vCPUs run at {load} %, then it idles at 0 %. After how many idle hours does it hold {start} credits again?",
        "answer": hours * (spent - earned) / earned,
        "tolerance": 0.01,
        "why": f"A busy hour costs 2 × 60 × {load} % = {spent} credits and earns {earned}, so {hours} of them leave {hours * (spent - earned)} missing, at {earned} an hour.",
        "traps": [
            {"value": hours * spent / earned, "why": "Credits are earned in the busy hours too.", "mistake": "ec2-no-earning-while-busy"},
            {"value": hours * (spent / 2 - earned) / earned, "why": "You counted one vCPU; both were busy.", "mistake": "ec2-credits-one-vcpu"},
            {"value": (spent - earned) / earned, "why": f"That is for one busy hour; there were {hours}."},
        ],
        "hint": ["What does a busy hour cost, and what does it earn meanwhile?", "It earns in the busy hours as well, so the balance falls by less than it spends."],
    }


def break_even(r: Random) -> dict:
    """From how many hours on a commitment for a year pays."""
    cents, share = r.choice([4, 5, 8, 12, 16, 20, 25, 40]), 5 * r.randint(7, 15)
    hours, paid = 8760 * share / 100, 8760 * share * cents / 10000
    return {
        "stem": f"An instance costs {cents / 100:.2f} USD an hour on demand, or {paid:,.2f} USD for a year, all upfront. From how many hours of use in the year is the commitment the cheaper choice?",
        "answer": hours,
        "tolerance": 1,
        "why": f"{paid:,.2f} / {cents / 100:.2f} = {hours:,.0f} hours, which is {share} % of the 8,760 of a year.",
        "traps": [
            {"value": 8760, "why": "The whole year costs more on demand; the commitment wins long before its end.", "mistake": "ec2-commit-only-full-time"},
            {"value": share, "why": "That is the share in per cent; the question asks for hours."},
        ],
        "hint": ["At which number of hours do both cost the same?", "Divide the one by the other."],
    }


def mixed_cost(r: Random) -> dict:
    """What an Auto Scaling group with a base and a percentage above it costs in an hour."""
    base, above, percent = r.randint(1, 6), 4 * r.randint(2, 6), r.choice([25, 50, 75])
    total, extra = base + above, above * percent // 100
    spot = total - base - extra

    def price(on_demand: int) -> float:
        return round(on_demand * 0.10 + (total - on_demand) * 0.03, 2)

    return {
        "stem": f"An Auto Scaling group of {total} instances has an on-demand base of {base} and {percent} % on-demand above the base; the rest is Spot. On-demand costs 0.10 USD an hour, Spot 0.03 USD. What does the group cost in an hour, in USD?",
        "answer": price(base + extra),
        "tolerance": 0.001,
        "why": f"{base} + {percent} % of {above} = {base + extra} on-demand and {spot} Spot.",
        "traps": [
            {"value": price(base + math.ceil(total * percent / 100)), "why": f"You took {percent} % of all {total}; the percentage is of what lies above the base.", "mistake": "ec2-percent-of-all"},
            {"value": price(base), "why": f"That is the base alone; above it, {percent} % are on-demand too."},
        ],
        "hint": ["How many instances lie above the base, and how many of those are on-demand?", f"{percent} % of the {above} above the base."],
    }


def partition_loss(r: Random) -> dict:
    """The most instances that one rack takes from a partition placement group."""
    zones, partitions, each = r.choice([2, 3]), r.randint(2, 7), r.randint(2, 6)
    count = zones * partitions * each
    return {
        "stem": f"A partition placement group has {partitions} partitions in each of {zones} zones. Its {count} instances are spread evenly over them. How many instances can the failure of a single rack take at most?",
        "answer": each,
        "why": f"{zones * partitions} partitions share {count} instances; a rack holds at most all of one partition.",
        "traps": [
            {"value": 1, "why": "One is the promise of a spread group; a partition's instances may share a rack."},
            {"value": count // partitions, "why": f"There are {partitions} partitions in each of {zones} zones, {zones * partitions} in all.", "mistake": "ec2-zones-forgotten"},
            {"value": count // zones, "why": "So many are lost with a whole zone."},
        ],
        "hint": ["A rack belongs to one partition.", "How many instances does one of all the partitions hold?"],
    }


def spot_billed(r: Random) -> dict:
    """Minutes billed for three interrupted Spot Instances."""
    free, long, own = 5 * r.randint(3, 11), 5 * r.randint(13, 35), 5 * r.randint(2, 10)
    return {
        "stem": f"Three Linux Spot Instances: AWS interrupts the first after {free} minutes and the second after {long} minutes; you terminate the third after {own} minutes. How many minutes are billed in all?",
        "answer": long + own,
        "why": f"The first is free (AWS, first hour), the second is billed for its {long} minutes, the third for its {own}.",
        "traps": [
            {"value": long // 60 * 60 + own, "why": "The partial hour of the second is not free: only an interruption within the first hour is.", "mistake": "ec2-spot-partial-free"},
            {"value": free + long + own, "why": "The first is free: AWS interrupted it within its first hour."},
            {"value": long + 60, "why": "Partial hours are not rounded up; the third is billed by the second."},
        ],
        "hint": ["Two questions for each: who ended it, and in which hour?", "Only one of the three is free."],
    }


VARIANTS = {
    "ec2-baseline": baseline,
    "ec2-idle-hours": idle_hours,
    "ec2-break-even": break_even,
    "ec2-mixed-cost": mixed_cost,
    "ec2-partition-loss": partition_loss,
    "ec2-spot-billed": spot_billed,
}
