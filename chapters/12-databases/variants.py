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


VARIANTS = {
    "databases-read-units": read_units,
    "databases-write-units": write_units,
    "databases-hit-latency": hit_latency,
}
