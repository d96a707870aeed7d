"""Other figures for questions of this chapter: each function draws one variant."""

from pathlib import Path
from random import Random

from cloudcrib.course.facts import load
from cloudcrib.chapters.s3.cost import KB_IN_GB

PRICE = load(Path(__file__).with_name("facts.toml"))["s3-prices"].values


def small_in_ia(r: Random) -> dict:
    """Small objects in a class that bills at least 128 KB for each."""
    size, millions = r.choice((8, 10, 16, 20, 32, 40, 50, 64)), r.randint(1, 12)
    cost = lambda kb, price: round(millions * 1_000_000 * kb / KB_IN_GB * price, 2)
    count = "A million objects" if millions == 1 else f"{millions} million objects"
    return {
        "stem": f"{count} of {size} KB lie in Standard-IA for a month at {PRICE['ia']} USD per GB-month (1 GB = 1,024² KB). What does their storage cost?",
        "answer": cost(128, PRICE["ia"]),
        "tolerance": 0.02,
        "why": f"Each object is billed as 128 KB. In Standard the same data would cost {cost(size, PRICE['standard']):.2f} USD.",
        "traps": [
            {"value": cost(size, PRICE["ia"]), "why": f"You billed {size} KB. Standard-IA bills at least 128 KB an object.", "mistake": "s3-no-minimum-size"},
            {"value": cost(size, PRICE["standard"]), "why": "That is Standard, where small objects cost what they weigh."},
        ],
        "hint": ["What is the smallest size that Standard-IA bills?", "The number of objects times that size, in GB, times the price."],
    }


def early_exit(r: Random) -> dict:
    """What is billed of a stay that ends too soon."""
    size, days = 50 * r.randint(2, 40), r.randint(5, 80)
    cost = lambda billed: round(size * PRICE["deep"] * billed / 30, 2)
    return {
        "stem": f"{size:,} GB are uploaded to Glacier Deep Archive at {PRICE['deep']} USD per GB-month and deleted after {days} days. What does their storage cost in all (months of 30 days)?",
        "answer": cost(180),
        "why": f"180 days are billed in any case: {size:,} × {PRICE['deep']} × 6 = {cost(180):.2f} USD.",
        "traps": [
            {"value": cost(days), "why": f"That is {days} days; the minimum stay is 180.", "mistake": "s3-no-minimum-stay"},
            {"value": cost(30), "why": "That is one month; the 30-day minimum belongs to the IA classes."},
            {"value": cost(90), "why": "That is 90 days, the minimum of Glacier Instant and Flexible Retrieval."},
        ],
        "hint": ["Deep Archive has the longest minimum stay of all classes.", "It bills six months."],
    }


VARIANTS = {
    "s3-small-in-ia": small_in_ia,
    "s3-early-exit": early_exit,
}
