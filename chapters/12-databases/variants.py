"""Other figures for questions of this chapter: each function draws one variant."""

import math
from random import Random


def read_units(r: Random) -> dict:
    """Read capacity for eventually consistent reads."""
    rate, size = 2 * r.randint(5, 60), r.choice((3, 5, 6, 7, 9, 10, 11, 13, 14, 17))
    blocks = math.ceil(size / 4)
    return {
        "stem": f"An application makes {rate} eventually consistent reads a second of items of {size} KB. How many read capacity units does that take?",
        "answer": rate * blocks // 2,
        "why": f"{size} KB are {blocks} blocks of {{{{ddb-units.read_kb}}}} KB; at half a unit each, {rate} times a second.",
        "traps": [
            {"value": rate * blocks, "why": "That is the price of strongly consistent reads; eventual ones cost half.", "mistake": "databases-no-half"},
            {"value": rate * size / 8, "why": f"{size} divided by 4 is {size / 4:g}, but each item is rounded up to whole blocks of 4 KB.", "mistake": "databases-no-rounding"},
            {"value": rate * size / 2, "why": "You counted in blocks of 1 KB. That is the size for writes.", "mistake": "databases-read-in-kb"},
            {"value": rate * blocks * 2, "why": "Twice the strong price is for transactional reads."},
        ],
        "hint": ["How many blocks of {{ddb-units.read_kb}} KB does one item take?", "Round up to whole blocks, halve, and count the reads of a second."],
    }


def write_units(r: Random) -> dict:
    """Write capacity for transactional writes."""
    rate, size = r.randint(5, 80), r.randint(0, 6) + r.choice((0.3, 0.5, 0.7))
    units = math.ceil(size)
    return {
        "stem": f"A table takes {rate} **transactional** writes a second of items of {size:g} KB. How many write capacity units does that take?",
        "answer": rate * units * 2,
        "why": f"{size:g} KB are rounded up to {units}, doubled by the transaction, {rate} times a second.",
        "traps": [
            {"value": rate * units, "why": "You left out the second write of a transaction.", "mistake": "databases-tx-single"},
            {"value": round(rate * size * 2, 2), "why": f"{size:g} is rounded up to {units} before anything else.", "mistake": "databases-no-rounding"},
            {"value": rate * math.ceil(size / 4) * 2, "why": "You counted in blocks of 4 KB. That is the size for reads."},
            {"value": round(rate * size, 2), "why": "Neither rounded up nor doubled."},
        ],
        "hint": [f"What does one plain write of {size:g} KB take?", "Round up, then double for the transaction."],
    }


def hit_latency(r: Random) -> dict:
    """The average read through a lazy cache."""
    cache, base, ratio = r.choice((1, 2)), 5 * r.randint(2, 12), r.choice((60, 70, 75, 80, 90, 95))
    miss = (100 - ratio) / 100
    return {
        "stem": f"A lazy cache answers in {cache} ms, the database in {base} ms. What does a read take on average at a hit ratio of {ratio} %?",
        "answer": round(cache + miss * base, 2),
        "why": f"Every read asks the cache: {cache} ms. {100 - ratio} % also ask the database: {miss:g} × {base} ms.",
        "traps": [
            {"value": round(ratio / 100 * cache + miss * base, 2), "why": "You left out that a miss has asked the cache first.", "mistake": "databases-miss-free"},
            {"value": round(cache + ratio / 100 * base, 2), "why": "You swapped hits and misses."},
        ],
        "hint": ["What does one miss cost, from the first call on?", f"A miss takes {cache} + {base} ms."],
    }


def lag_age(r: Random) -> dict:
    """How old the change is that a replica applies when an even burst ends."""
    applies, seconds = 10 * r.randint(5, 20), r.choice((20, 24, 30, 40, 50, 60))
    burst = applies + 10 * r.randint(2, 15)
    waiting = (burst - applies) * seconds
    return {
        "stem": f"A read replica for RDS for MySQL applies {applies} changes a second and is up to date. For {seconds} seconds the source commits {burst} changes in every second, evenly. What is `ReplicaLag` when the burst ends?",
        "answer": round(seconds * (1 - applies / burst), 2),
        "tolerance": 0.05,
        "why": f"In {seconds} s the replica applies {applies * seconds:,} changes. That many had been committed at {applies * seconds / burst:.2f} s, so what it applies next is {seconds * (1 - applies / burst):.2f} s old.",
        "traps": [
            {"value": round(waiting / applies, 2), "why": f"That is how long the {waiting:,} changes that wait will take to apply, and what the lag will have risen to by then.", "mistake": "databases-lag-drain"},
            {"value": seconds, "why": "That is the length of the burst. The replica has not been idle in it."},
            {"value": round(seconds * applies / burst, 2), "why": "That is the second in which the change was committed; its age is what is left of the burst."},
        ],
        "hint": ["`ReplicaLag` is the age of the change that is being applied. Which change is that when the burst ends?", f"Count what {seconds} seconds apply, and ask when the source had committed that many."],
    }


def query_units(r: Random) -> dict:
    """Read units of one Query whose filter keeps a part of what it read."""
    items, size = 4 * r.randint(5, 30), r.choice((0.5, 0.8, 1.2, 1.5, 2.5, 3))
    kept, blocks = r.randint(1, 4), math.ceil(items * size / 4 - 1e-9)
    return {
        "stem": f"One Query reads {items} items of {size:g} KB each with eventually consistent reads; a filter then keeps {kept} of them. How many read units does the call take?",
        "answer": blocks / 2,
        "why": f"A Query adds up what it reads, {items * size:g} KB, and rounds the sum: {blocks} blocks of {{{{ddb-units.read_kb}}}} KB, at half a unit each. The filter saves nothing.",
        "traps": [
            {"value": items / 2, "why": "That is the price of single GetItem calls, each rounded up to a block. A Query rounds the sum.", "mistake": "databases-query-rounds-each"},
            {"value": math.ceil(kept * size / 4) / 2, "why": "You counted what the filter keeps. What is read is paid for, before the filter.", "mistake": "databases-filter-saves"},
            {"value": blocks, "why": "That is the price of a strongly consistent Query; an eventual one costs half.", "mistake": "databases-no-half"},
        ],
        "hint": ["What is rounded: each item, or the sum?", "Add up what is read, count its whole blocks, and halve for eventual reads."],
    }


VARIANTS = {
    "databases-lag-age": lag_age,
    "databases-query-units": query_units,
    "databases-read-units": read_units,
    "databases-write-units": write_units,
    "databases-hit-latency": hit_latency,
}
