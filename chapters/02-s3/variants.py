"""Other figures for questions of this chapter: each function draws one variant."""

from pathlib import Path
from random import Random

from cloudcrib.course.facts import load
from cloudcrib.chapters.s3.cost import KB_IN_GB

FACTS = load(Path(__file__).with_name("facts.toml"))
PRICE = FACTS["s3-prices"].values
TRANSFER = FACTS["s3-transfer-cost"].values
SCAN = FACTS["athena-pricing"].values["tb"]


def small_in_ia(r: Random) -> dict:
    """Small objects in a class that bills at least 128 KB for each."""
    size, millions = r.choice((8, 10, 16, 20, 32, 40, 50, 64)), r.randint(1, 12)
    cost = lambda kb, price: round(millions * 1_000_000 * kb / KB_IN_GB * price, 2)
    count = "A million objects" if millions == 1 else f"{millions} million objects"
    return {
        "stem": f"{count} of {size} KB lie in Standard-IA for a month at {PRICE['ia']} USD per GB-month (1 GB = 1,024² KB). What does their storage cost, to the cent?",
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
        "stem": f"{size:,} GB in large files are uploaded to Glacier Deep Archive at {PRICE['deep']} USD per GB-month and deleted after {days} days. What does their storage cost in all, to the cent (months of 30 days; leave out the overhead of each object)?",
        "answer": cost(180),
        "why": f"180 days are billed in any case: {size:,} × {PRICE['deep']} × 6 = {cost(180):.2f} USD.",
        "traps": [
            {"value": cost(days), "why": f"That is {days} days; the minimum stay is 180.", "mistake": "s3-no-minimum-stay"},
            {"value": cost(30), "why": "That is one month; the 30-day minimum belongs to the IA classes."},
            {"value": cost(90), "why": "That is 90 days, the minimum of Glacier Instant and Flexible Retrieval."},
        ],
        "hint": ["Deep Archive has the longest minimum stay of all classes.", "It bills six months."],
    }


def packed_moves(r: Random) -> dict:
    """What packing saves when very many files move to an archive class."""
    millions, each = 5 * r.randint(1, 24), r.choice((500, 1000, 2000))
    cost = lambda objects: round(objects / 1000 * PRICE["deep_move"], 4)
    bare, packed = cost(millions * 1_000_000), cost(millions * 1_000_000 / each)
    return {
        "stem": f"{millions} million log files are to move to Glacier Deep Archive, at {PRICE['deep_move']} USD per 1,000 objects. Before that they could be packed, {each:,} to an archive file. How many USD does packing save on the moves?",
        "answer": round(bare - packed, 4),
        "why": f"{millions} million objects cost {bare:,.2f} USD to move; packed they are {millions * 1_000_000 // each:,} objects, which cost {packed:,.2f} USD.",
        "traps": [
            {"value": bare, "why": "That is the cost without packing; the archive files cost something, too."},
            {"value": packed, "why": "That is the cost after packing; the saving was asked for."},
        ],
    }


def crossing_bill(r: Random) -> dict:
    """What it costs that another Region reads the same data again and again."""
    size, times = r.randint(2, 40), r.randint(3, 30)
    cost = lambda crossings, price: round(size * 1024 * crossings * price, 2)
    found = cost(times, TRANSFER["region"])
    return {
        "stem": f"Instances in us-west-2 read {size} TB from a bucket in us-east-1, all of it {times} times a month. Transfer between the two Regions costs {TRANSFER['region']} USD per GB; a TB has 1,024 GB. What does the transfer cost a month?",
        "answer": found,
        "why": f"{size * 1024:,} GB × {times} × {TRANSFER['region']} = {found:,.2f} USD. A replica in us-west-2 would cross once.",
        "traps": [
            {"value": cost(1, TRANSFER["region"]), "why": f"That is one crossing; the data crosses {times} times."},
            {"value": 0, "why": "Free is only the way within the Region."},
            {"value": cost(times, TRANSFER["internet"]), "why": "That is the price to the internet."},
        ],
    }


def versioned_size(r: Random) -> dict:
    """What a versioned bucket stores when a job overwrites it every night."""
    current, nightly, days = 50 * r.randint(2, 20), 5 * r.randint(1, 8), r.choice((7, 10, 14, 21, 30))
    return {
        "stem": f"A versioned bucket holds {current} GB of current objects. Each night a job overwrites {nightly} GB of them. A lifecycle rule removes noncurrent versions {days} days after they became noncurrent. S3 rounds the end of the {days} days up to the next midnight UTC; leave that aside. How many GB are stored once this has run for a year?",
        "answer": current + days * nightly,
        "tolerance": nightly,
        "why": f"{current} GB of current objects, and {days} nights of {nightly} GB that were overwritten. S3 rounds the end of the {days} days up to the next midnight UTC, so for part of a day one night more is there, too; that also counts as right.",
        "traps": [
            {"value": current, "why": "That is the listing, which shows current versions only."},
            {"value": current + 365 * nightly, "why": "That is a year without the rule."},
            {"value": days * nightly, "why": "Those are the noncurrent versions alone."},
        ],
    }


def athena_scan(r: Random) -> dict:
    """What a query costs on files that are partitioned and stored by column."""
    size, share = r.randint(2, 20), r.choice((10, 15, 20, 25))
    cost = lambda *factors: round(size * SCAN * factors[0] / factors[1], 4)
    found = cost(share / 100, 12)
    return {
        "stem": f"A query over a year of CSV files scans {size} TB, at {SCAN} USD a TB. The files are turned into Parquet, of which the query reads {share} % as many bytes, and are partitioned by month; the query needs one month of twelve, all alike in size. What does it cost then, to the cent?",
        "answer": found,
        "tolerance": max(0.01, round(found / 50, 3)),
        "why": f"{size} TB × {share / 100:g} ÷ 12, at {SCAN} USD a TB: {found:.2f} USD in place of {size * SCAN}.",
        "traps": [
            {"value": size * SCAN, "why": "That is the query on CSV, without partitions."},
            {"value": cost(share / 100, 1), "why": "You left out the partitions: one month of twelve is read."},
            {"value": cost(1, 12), "why": f"You left out the format: Parquet lets the query read {share} % of the bytes."},
        ],
    }


VARIANTS = {
    "s3-small-in-ia": small_in_ia,
    "s3-early-exit": early_exit,
    "s3-packed-moves": packed_moves,
    "s3-crossing-bill": crossing_bill,
    "s3-versioned-size": versioned_size,
    "s3-athena-scan": athena_scan,
}
