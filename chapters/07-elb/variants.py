"""Other figures for questions of this chapter: each function draws one variant."""

from random import Random

from cloudcrib.chapters.elb import shares as elb


def canary_share(r: Random) -> dict:
    """What a weighted target group gets of the requests."""
    green = r.choice((5, 8, 10, 15, 20, 25, 30))
    total = r.choice((100, 150, 200, 250, 400, 500))
    rate = r.randint(2, 12) * 1000
    share = elb.weighted_shares({"blue": total - green, "green": green})["green"]
    return {
        "stem": f"A rule forwards to target group blue with weight {total - green} and to green with weight {green}. At {rate:,} requests a second, how many a second reach green?",
        "answer": round(rate * share, 2),
        "tolerance": 0.5,
        "why": f"Green has {green} of {total} parts: {share * 100:g} % of {rate:,}.",
        "traps": [
            {"value": rate * green / 100, "why": f"Weights are parts of their sum, not percentages: the sum is {total}.", "mistake": "elb-weight-is-percent"},
            {"value": rate / 2, "why": "Two groups share equally only when their weights are equal."},
            {"value": rate * green / 1000, "why": "Weights go up to 999, but they are parts of what is used, not of 1,000."},
        ],
        "hint": ["A weight means nothing by itself.", "Which part of the sum of both weights is green's?"],
    }


def share_of_target(r: Random) -> dict:
    """The share of one target while each zone keeps its own traffic."""
    zones = r.choice((2, 3, 4))
    counts = [r.randint(1, 8) for _ in range(zones)]
    place = r.randrange(zones)
    mine = counts[place] = r.choice((2, 4, 5, 8))
    shares = elb.target_shares({str(n): count for n, count in enumerate(counts)}, cross_zone=False)
    listed = ", ".join(map(str, counts[:-1])) + f" and {counts[-1]}"
    nth = ("first", "second", "third", "fourth")[place]
    return {
        "stem": f"A Network Load Balancer with cross-zone off has {listed} healthy targets in its {zones} zones. What share of the traffic does one target get in the {nth} zone, in per cent?",
        "answer": round(shares[str(place)] * 100, 2),
        "why": f"Each zone gets {100 / zones:.4g} %; over {mine} targets that is {shares[str(place)] * 100:.4g} % each.",
        "traps": [
            {"value": round(100 / sum(counts), 2), "why": f"One of {sum(counts)} targets: so it would be with cross-zone on.", "mistake": "elb-divides-by-targets"},
            {"value": round(100 / zones, 2), "why": f"That is the share of the whole zone; {mine} targets divide it."},
        ],
        "hint": ["First the zones, then the targets.", f"One of {zones} parts of everything, divided by …"],
    }


def spare_targets(r: Random) -> dict:
    """Instances enough to outlive a zone."""
    zones, each, need = r.choice((3, 4)), r.choice((200, 250, 400, 500, 800)), r.randint(3, 12)
    demand = each * need * (zones - 1)
    total, bare = need * zones, need * (zones - 1)
    return {
        "stem": f"A service must carry {demand:,} requests a second even just after one of its {zones} zones is lost, before any new instance has started. An instance carries {each}. How many instances must run in all {zones} zones together?",
        "answer": total,
        "why": f"The zones left must carry {demand:,} / {each} = {bare}, so {need} each, and {need} more in the last one: {total}.",
        "traps": [
            {"value": bare, "why": f"That carries {demand:,} while all is well, and not when a zone goes.", "mistake": "elb-no-spare-zone"},
            {"value": bare + 1, "why": "One spare instance outlives an instance. A zone takes its whole share of them along.", "mistake": "elb-one-spare-target"},
            {"value": 2 * bare, "why": "Twice the need is the price of two zones; with more zones less is enough."},
        ],
        "hint": ["How many instances do the remaining zones need between them?", f"As many in the last zone as in each of the other {zones - 1}."],
    }


def load_after_loss(r: Random) -> dict:
    """How busy targets are after a zone has gone."""
    zones, targets = r.choice((3, 4, 5)), r.randint(2, 12)
    load = (zones - 1) * r.randint(8, (100 // zones))
    after = load * zones // (zones - 1)
    return {
        "stem": f"{zones} zones hold {targets} targets each, all {load} % busy. One zone is lost, and its traffic falls on the others. How busy are their targets then, in per cent?",
        "answer": after,
        "why": f"The work of {zones * targets} targets at {load} % falls on {(zones - 1) * targets}: {load} × {zones} / {zones - 1} = {after} %.",
        "traps": [
            {"value": 2 * load, "why": f"Twice {load} is what happens when one of two zones is lost."},
            {"value": load, "why": "The clients of the lost zone do not go away."},
            {"value": round(100 * (zones - 1) / zones, 2), "why": "That is the part of the targets that is left, not the load."},
        ],
        "hint": ["The traffic stays the same; the targets become fewer.", f"{load} % times {zones}, divided by {zones - 1}."],
    }


VARIANTS = {
    "elb-canary-share": canary_share,
    "elb-share-three-zones": share_of_target,
    "elb-zone-spare-targets": spare_targets,
    "elb-load-after-loss": load_after_loss,
}
